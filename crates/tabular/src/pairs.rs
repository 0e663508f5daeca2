//! Pairs of ids, as `duplicates --pairs` takes them.

use std::fs::File;
use std::path::Path;

use crate::error::TabularError;
use crate::format::InputFormat;
use crate::read::lines::Fields;
use crate::read::row::take_text;
use crate::read::source::{explain, unpack};
use crate::read::table::TableFile;

const REMEDY: &str = "give each pair as two ids, `a` and `b`";
const MAX_LINE: usize = 1 << 20;
const MAX_BYTES: u64 = 16 << 30;

/// The pairs `(a, b)` of a file of any kind that has rows, in the file's order.
///
/// # Errors
/// The file can't be read, or any row is not a pair: no row may be missing from the answer.
pub fn read_pairs(path: &Path) -> Result<Vec<(String, String)>, TabularError> {
    let (kind, packing) = InputFormat::of_path(path);
    let Some(kind) = kind else {
        let problem = "its name does not tell what it holds";
        return Err(TabularError::unusable(path, problem, "use .jsonl, .csv, .tsv, .parquet or .arrow"));
    };
    let file = File::open(path).map_err(|e| TabularError::read(path, e))?;
    let (reader, packing) = unpack(file, packing, MAX_BYTES).map_err(|e| explain(path, packing, e))?;
    let file = TableFile { path, packing, reader, max_record: MAX_LINE };
    file.rows(kind, &|line, fields| pair(path, line, fields))?.into_iter().collect()
}

fn pair(path: &Path, line: u64, fields: Fields) -> Result<(String, String), TabularError> {
    let wrong = |problem: String| TabularError::Unusable {
        path: path.to_owned(),
        line: Some(line),
        problem,
        remedy: REMEDY.into(),
    };
    let mut fields = fields.map_err(wrong)?;
    match (take_text(&mut fields, "a"), take_text(&mut fields, "b")) {
        (Some(a), Some(b)) => Ok((a, b)),
        _ => Err(wrong("no `a` or no `b` in it".into())),
    }
}
