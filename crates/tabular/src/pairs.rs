//! Pairs of ids, as `duplicates --pairs` takes them.

use std::fs::File;
use std::path::Path;

use crate::error::TabularError;
use crate::format::{InputFormat, Packing};
use crate::read::lines::{Fields, json_lines};
use crate::read::row::take_text;
use crate::read::source::{explain, unpack};

const REMEDY: &str = "give each pair as two ids, `a` and `b`";
const MAX_LINE: usize = 1 << 20;
const MAX_BYTES: u64 = 16 << 30;

/// The pairs `(a, b)` of a file of any tabular kind, in the file's order.
///
/// # Errors
/// The file can't be read, or any row is not a pair: no row may be missing from the answer.
pub fn read_pairs(path: &Path) -> Result<Vec<(String, String)>, TabularError> {
    let (kind, packing) = InputFormat::of_path(path);
    if kind != Some(InputFormat::Jsonl) {
        return Err(TabularError::unusable(path, "not a table", REMEDY));
    }
    let file = File::open(path).map_err(|e| TabularError::read(path, e))?;
    let failed = |packing: Packing| move |e| explain(path, packing, e);
    let (reader, packing) = unpack(file, packing, MAX_BYTES).map_err(failed(packing))?;
    let rows = json_lines(reader, MAX_LINE, &|line, fields| pair(path, line, fields));
    rows.map_err(failed(packing))?.into_iter().collect()
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
