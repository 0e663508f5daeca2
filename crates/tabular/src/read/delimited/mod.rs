//! CSV and TSV in any encoding that ASCII is part of. The first line names the columns.
//!
//! A row with too many or too few fields is reported with its line, and the others are read. A quotation mark that is
//! never closed would take all rows behind it into one field: where the next line is a row by itself, the mark is text.

mod record;

use std::io::{self, Read};
use std::path::Path;

use serde_json::{Map, Value};

use self::record::{Marks, Record, record};
use super::encoding::{Legacy, bytes_to_text};
use super::lines::Fields;
use super::table::Told;
use crate::cause::Cause;
use crate::error::TabularError;

/// Bytes read at a time.
const BLOCK: usize = 256 * 1024;

/// What separates fields, as the file's name says; the header may show otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    Comma,
    Tab,
}

/// A file as bytes of which some are in memory.
struct Bytes<R> {
    reader: R,
    block: Vec<u8>,
    /// Where the next record starts in the block.
    at: usize,
    at_end: bool,
    line: u64,
}

impl<R: Read> Bytes<R> {
    fn rest(&self) -> &[u8] {
        &self.block[self.at..]
    }

    /// Reads on: as much again as a record has taken so far.
    fn fill(&mut self) -> io::Result<()> {
        self.block.drain(..self.at);
        self.at = 0;
        let more = BLOCK.max(self.block.len()) as u64;
        self.at_end = self.reader.by_ref().take(more).read_to_end(&mut self.block)? == 0;
        Ok(())
    }

    fn pass(&mut self, length: usize) {
        let passed = &self.block[self.at..self.at + length];
        let feeds = memchr::memchr_iter(b'\n', passed).count();
        let returns = passed
            .iter()
            .zip(passed.iter().skip(1).chain([&0]))
            .filter(|(a, b)| **a == b'\r' && **b != b'\n');
        self.line += (feeds + returns.count()) as u64;
        self.at += length;
    }
}

pub(crate) fn rows<T>(
    path: &Path,
    reader: impl Read,
    max_record: usize,
    separator: Separator,
    failed: &impl Fn(io::Error) -> TabularError,
    convert: &impl Fn(u64, Fields) -> T,
    told: &mut Told,
) -> Result<Vec<T>, TabularError> {
    let mut bytes = Bytes { reader, block: Vec::new(), at: 0, at_end: false, line: 1 };
    bytes.fill().map_err(failed)?;
    if bytes.rest().starts_with(b"\xef\xbb\xbf") {
        bytes.at += 3;
    }
    let delimiter = delimiter(&mut bytes, separator);
    let mut table = Table { delimiter, header: Vec::new(), max_record };
    let mut out: Vec<Option<T>> = Vec::new();
    let mut legacy = Legacy::default();
    // Rows that are not UTF-8 wait until all of them can tell which encoding they are in.
    let mut waiting: Vec<(usize, u64, Vec<Vec<u8>>)> = Vec::new();
    loop {
        let line = bytes.line;
        match table.next(&mut bytes).map_err(failed)? {
            Next::End => break,
            Next::TooLong => {
                out.push(Some(convert(line, Err(Cause::RecordTooLong { limit: max_record }))));
                break;
            }
            Next::Blank => {}
            Next::Fields { fields, open } => {
                if table.header.is_empty() {
                    let sample = &bytes.block;
                    table.header = columns(fields, sample)
                        .map_err(|cause| TabularError::unusable_row(path, line, cause))?;
                    continue;
                }
                let fits = fields.len() == table.header.len();
                if open {
                    if !fits {
                        out.push(Some(convert(line, Err(Cause::OpenQuote))));
                        continue;
                    }
                    told.open_quote(line);
                }
                if fits && fields.iter().any(|field| std::str::from_utf8(field).is_err()) {
                    fields.iter().for_each(|field| legacy.feed(line, field));
                    waiting.push((out.len(), line, fields));
                    out.push(None);
                    continue;
                }
                out.push(Some(convert(line, table.row(fields, |field| bytes_to_text(field, None)))));
            }
        }
    }
    if let Some(encoding) = legacy.finish(told) {
        for (at, line, fields) in waiting {
            out[at] = Some(convert(line, table.row(fields, |field| bytes_to_text(field, Some(encoding)))));
        }
    }
    Ok(out.into_iter().flatten().collect())
}

enum Next {
    Fields {
        fields: Vec<Vec<u8>>,
        /// A quotation mark in it is never closed, and is read as text.
        open: bool,
    },
    Blank,
    TooLong,
    End,
}

struct Table {
    delimiter: u8,
    header: Vec<String>,
    max_record: usize,
}

impl Table {
    fn next(&self, bytes: &mut Bytes<impl Read>) -> io::Result<Next> {
        loop {
            let rest = bytes.rest();
            if let Some(end) =
                rest.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).filter(|end| *end > 0)
            {
                bytes.pass(end);
                return Ok(Next::Blank);
            }
            if let Some(record) = record(rest, bytes.at_end, self.delimiter, Marks::Quote) {
                if rest.iter().all(|byte| matches!(byte, b'\n' | b'\r')) {
                    return Ok(Next::End);
                }
                return Ok(self.judged(bytes, record));
            }
            if rest.len() > self.max_record {
                return Ok(match self.line_of_its_own(rest) {
                    Some(line) if self.is_row_behind(rest, line.length, rest.len()) => {
                        Self::literal(bytes, line)
                    }
                    _ => Next::TooLong,
                });
            }
            bytes.fill()?;
        }
    }

    /// The record, or only its first line where a quotation mark opened that is never closed.
    fn judged(&self, bytes: &mut Bytes<impl Read>, record: Record) -> Next {
        let expected = self.header.len();
        let fits = |record: &Record| expected == 0 || record.fields.len() == expected;
        let doubtful = record.odd || record.open || !fits(&record);
        let line = self.line_of_its_own(bytes.rest()).filter(|line| doubtful && line.length <= record.length);
        if let Some(line) = line {
            let swallows = line.length < record.length;
            if record.open || (swallows && self.is_row_behind(bytes.rest(), line.length, record.length)) {
                return Self::literal(bytes, line);
            }
            if record.odd && !fits(&record) && fits(&line) {
                bytes.pass(line.length);
                return Next::Fields { fields: line.fields, open: false };
            }
        }
        bytes.pass(record.length);
        Next::Fields { fields: record.fields, open: false }
    }

    fn literal(bytes: &mut Bytes<impl Read>, line: Record) -> Next {
        bytes.pass(line.length);
        Next::Fields { fields: line.fields, open: true }
    }

    /// The first line, with quotation marks as text.
    fn line_of_its_own(&self, rest: &[u8]) -> Option<Record> {
        record(rest, true, self.delimiter, Marks::Text)
    }

    /// Whether a line between `from` and `to` is a whole row by itself.
    fn is_row_behind(&self, rest: &[u8], from: usize, to: usize) -> bool {
        let mut at = from;
        while self.header.len() > 1 && at < to {
            let Some(line) = record(&rest[at..], true, self.delimiter, Marks::Text) else { return false };
            let end = at + line.length;
            let whole = record(&rest[at..end], true, self.delimiter, Marks::Quote);
            if whole.is_some_and(|row| !row.odd && !row.open && row.fields.len() == self.header.len()) {
                return true;
            }
            at = end;
        }
        false
    }

    fn row(&self, fields: Vec<Vec<u8>>, text: impl Fn(Vec<u8>) -> String) -> Fields {
        if fields.len() != self.header.len() {
            return Err(Cause::FieldCount { found: fields.len(), expected: self.header.len() });
        }
        let value = |field: Vec<u8>| if field.is_empty() { Value::Null } else { Value::String(text(field)) };
        Ok(self.header.iter().cloned().zip(fields.into_iter().map(value)).collect::<Map<_, _>>())
    }
}

/// What separates fields: as the line `sep=;` says that spreadsheets read and write, which is no row; else as the header
/// shows.
fn delimiter(bytes: &mut Bytes<impl Read>, separator: Separator) -> u8 {
    let first = bytes.rest().split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let said = first.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).and(first.get(4)).copied();
    if let Some(said) = said.filter(|_| first.len() == 5) {
        let length = bytes.rest().len().min(5);
        bytes.pass(length);
        return said;
    }
    let mut quoted = false;
    let mut counts = [0usize; 4];
    const KNOWN: [u8; 4] = [b',', b'\t', b';', b'|'];
    for byte in first {
        quoted ^= *byte == b'"';
        if let Some(known) = KNOWN.iter().position(|known| known == byte).filter(|_| !quoted) {
            counts[known] += 1;
        }
    }
    let named = usize::from(separator == Separator::Tab);
    // The one that the name promises, where the header has it as often as any other.
    let most = (0..KNOWN.len()).max_by_key(|at| (counts[*at], *at == named)).unwrap_or(named);
    if separator == Separator::Tab && counts[named] > 0 { b'\t' } else { KNOWN[most] }
}

fn columns(fields: Vec<Vec<u8>>, sample: &[u8]) -> Result<Vec<String>, Cause> {
    let encoding = Legacy::of(sample);
    let mut names: Vec<String> = Vec::with_capacity(fields.len());
    for (i, name) in fields.into_iter().enumerate() {
        let name = bytes_to_text(name, encoding);
        let name = name.trim();
        let name = if name.is_empty() { format!("column_{}", i + 1) } else { name.to_owned() };
        if names.contains(&name) {
            return Err(Cause::SameColumn { name });
        }
        names.push(name);
    }
    Ok(names)
}
