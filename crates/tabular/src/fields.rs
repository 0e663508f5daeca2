//! Rows that are no articles: pairs of ids, gold labels. Every row counts, so a broken one is an error.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::{Map, Value};

use crate::cause::Cause;
use crate::error::TabularError;
use crate::format::{InputFormat, Packing};
use crate::read::row::take_text;
use crate::read::source::{explain, unpack};
use crate::read::table::{TableFile, Told};

/// Longest line or record: a text of the default limit, escaped.
const MAX_RECORD: usize = 40_000_000;
const MAX_BYTES: u64 = 16 << 30;

/// A row as it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldRow {
    /// Its line or row, from 1.
    pub line: u64,
    /// Its fields.
    pub fields: Map<String, Value>,
}

impl FieldRow {
    /// Takes a field that should be text; none where it is missing, empty or nested. Numbers become text.
    pub fn take_text(&mut self, name: &str) -> Option<String> {
        take_text(&mut self.fields, name)
    }
}

/// Every row of a file of any kind that has rows, in the file's order; `-` is `stdin`, as JSON lines.
///
/// # Errors
/// The file can't be read, or any row of it.
pub fn read_fields(path: &Path, stdin: impl Read + Send) -> Result<Vec<FieldRow>, TabularError> {
    let is_stdin = path == Path::new("-");
    let (kind, packing) =
        if is_stdin { (Some(InputFormat::Jsonl), Packing::Plain) } else { InputFormat::of_path(path) };
    let Some(kind) = kind else {
        return Err(TabularError::unusable(path, Cause::UnknownTable));
    };
    let stored: Box<dyn Read + Send + '_> = match is_stdin {
        true => Box::new(stdin),
        false => Box::new(File::open(path).map_err(|e| TabularError::read(path, e))?),
    };
    let (reader, packing) = unpack(stored, packing, MAX_BYTES).map_err(|e| explain(path, packing, e))?;
    let file = TableFile { path, packing, reader, max_record: MAX_RECORD, max_file: MAX_BYTES };
    let row = |line, fields| match fields {
        Ok(fields) => Ok(FieldRow { line, fields }),
        Err(cause) => Err(TabularError::unusable_row(path, line, cause)),
    };
    let rows = file.rows(kind, &row, &mut Told::new(&path.to_string_lossy()))?;
    rows.into_iter().collect()
}

/// The pairs `(a, b)` of a file of any kind that has rows, in the file's order; `-` is `stdin`.
///
/// # Errors
/// The file can't be read, or any row is not a pair: no row may be missing from the answer.
pub fn read_pairs(path: &Path, stdin: impl Read + Send) -> Result<Vec<(String, String)>, TabularError> {
    let pair = |mut row: FieldRow| match (row.take_text("a"), row.take_text("b")) {
        (Some(a), Some(b)) => Ok((a, b)),
        _ => Err(TabularError::unusable_row(path, row.line, Cause::NotPair)),
    };
    read_fields(path, stdin)?.into_iter().map(pair).collect()
}
