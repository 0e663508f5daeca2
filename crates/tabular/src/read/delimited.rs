//! CSV and TSV. Must be UTF-8; the first line names the columns.
//!
//! A row with too many or too few fields is reported with its line, and the others are read. A record
//! over the limit, which an unclosed quotation mark makes of the rest of the file, ends the reading.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::lines::Fields;
use crate::cause::Cause;
use crate::error::TabularError;

#[derive(Debug, thiserror::Error)]
#[error("record too long")]
struct RecordTooLong;

/// Lets so many bytes through until it is given new allowance.
struct Allowance<R> {
    inner: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Allowance<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 && !buffer.is_empty() {
            return Err(io::Error::other(RecordTooLong));
        }
        let most = buffer.len().min(left);
        let n = self.inner.read(&mut buffer[..most])?;
        self.left.set(left - n);
        Ok(n)
    }
}

pub(crate) fn rows<T>(
    path: &Path,
    reader: impl Read,
    max_record: usize,
    delimiter: u8,
    failed: &impl Fn(io::Error) -> TabularError,
    convert: &impl Fn(u64, Fields) -> T,
) -> Result<Vec<T>, TabularError> {
    let mut reader = BufReader::with_capacity(64 * 1024, reader);
    let delimiter =
        if delimiter == b',' { delimiter_of(reader.fill_buf().map_err(failed)?) } else { delimiter };
    let left = Rc::new(Cell::new(max_record));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(Allowance { inner: reader, left: left.clone() });

    let mut record = csv::ByteRecord::new();
    let mut out = Vec::new();
    let mut header: Option<Vec<String>> = None;
    loop {
        left.set(max_record);
        let line = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(out),
            Err(error) => {
                let error = match error.into_kind() {
                    csv::ErrorKind::Io(error) => error,
                    other => io::Error::other(format!("{other:?}")),
                };
                if error.get_ref().is_some_and(|inner| inner.is::<RecordTooLong>()) {
                    out.push(convert(line, Err(Cause::RecordTooLong { limit: max_record })));
                    return Ok(out);
                }
                return Err(failed(error));
            }
        }
        let line = record.position().map_or(line, csv::Position::line);
        match &header {
            None => {
                header = Some(columns(&record).map_err(|cause| TabularError::unusable_row(path, 1, cause))?)
            }
            Some(header) => out.push(convert(line, fields(header, &record))),
        }
    }
}

/// A header without a comma but with semicolons or tabs is separated by those, as spreadsheets in many
/// countries write it.
fn delimiter_of(start: &[u8]) -> u8 {
    let header = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |byte: u8| memchr::memchr_iter(byte, header).count();
    if count(b',') > 0 {
        b','
    } else if count(b';') > 0 {
        b';'
    } else if count(b'\t') > 0 {
        b'\t'
    } else {
        b','
    }
}

fn columns(record: &csv::ByteRecord) -> Result<Vec<String>, Cause> {
    let mut names: Vec<String> = Vec::with_capacity(record.len());
    for (i, name) in record.iter().enumerate() {
        let name = std::str::from_utf8(name).map_err(|_| Cause::HeaderNotUtf8)?.trim();
        let name = if name.is_empty() { format!("column_{}", i + 1) } else { name.to_owned() };
        if names.contains(&name) {
            return Err(Cause::SameColumn { name });
        }
        names.push(name);
    }
    Ok(names)
}

fn fields(header: &[String], record: &csv::ByteRecord) -> Fields {
    if record.len() != header.len() {
        return Err(Cause::FieldCount { found: record.len(), expected: header.len() });
    }
    let mut fields = Map::with_capacity(header.len());
    for (name, cell) in header.iter().zip(record) {
        let cell = std::str::from_utf8(cell).map_err(|_| Cause::CellNotUtf8 { column: name.clone() })?;
        let value = if cell.is_empty() { Value::Null } else { Value::String(cell.to_owned()) };
        fields.insert(name.clone(), value);
    }
    Ok(fields)
}
