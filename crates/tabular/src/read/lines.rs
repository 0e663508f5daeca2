//! JSON lines: read in blocks of whole lines, each block parsed on all threads, in order.
//!
//! No line longer than the limit is ever held in memory; it is passed over and reported.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};
use rayon::prelude::*;
use serde_json::{Map, Value};

use crate::cause::Cause;

/// The fields of a row, or what is wrong with it.
pub(crate) type Fields = Result<Map<String, Value>, Cause>;

/// Bytes read at a time; large enough to keep every thread busy, small beside the articles.
const BLOCK: usize = 4 << 20;

enum Piece {
    /// Whole lines, the first of which has this number.
    Lines(u64, Vec<u8>),
    /// A line over the limit.
    TooLong(u64),
}

struct Pieces<R> {
    reader: R,
    rest: Vec<u8>,
    line: u64,
    max_line: usize,
}

impl<R: Read> Pieces<R> {
    fn fill(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        buffer.reserve(BLOCK);
        self.reader.by_ref().take(BLOCK as u64).read_to_end(buffer)
    }

    fn next(&mut self) -> io::Result<Option<Piece>> {
        let mut block = std::mem::take(&mut self.rest);
        loop {
            let before = block.len();
            if self.fill(&mut block)? == 0 {
                return Ok((!block.is_empty()).then_some(Piece::Lines(self.line, block)));
            }
            if let Some(at) = memrchr(b'\n', &block[before..]) {
                self.rest = block.split_off(before + at + 1);
                let first = self.line;
                self.line += memchr_iter(b'\n', &block).count() as u64;
                return Ok(Some(Piece::Lines(first, block)));
            }
            if block.len() > self.max_line {
                self.pass_over(block)?;
                self.line += 1;
                return Ok(Some(Piece::TooLong(self.line - 1)));
            }
        }
    }

    fn pass_over(&mut self, mut buffer: Vec<u8>) -> io::Result<()> {
        loop {
            buffer.clear();
            if self.fill(&mut buffer)? == 0 {
                return Ok(());
            }
            if let Some(at) = memchr(b'\n', &buffer) {
                self.rest = buffer.split_off(at + 1);
                return Ok(());
            }
        }
    }
}

/// Converts every line that is not blank. `convert` is given the line's number, from 1, and its fields.
pub(crate) fn json_lines<T: Send>(
    reader: impl Read,
    max_line: usize,
    convert: &(impl Fn(u64, Fields) -> T + Sync),
) -> io::Result<Vec<T>> {
    let mut pieces = Pieces { reader, rest: Vec::new(), line: 1, max_line };
    let mut out = Vec::new();
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::TooLong(line) => out.push(convert(line, Err(Cause::LineTooLong { limit: max_line }))),
            Piece::Lines(first, block) => {
                let mut lines = Vec::new();
                let mut start = 0;
                for end in memchr_iter(b'\n', &block).chain((!block.ends_with(b"\n")).then_some(block.len()))
                {
                    lines.push(&block[start..end]);
                    start = end + 1;
                }
                let rows: Vec<Option<T>> = lines
                    .par_iter()
                    .enumerate()
                    .with_min_len(8)
                    .map(|(i, line)| {
                        let number = first + i as u64;
                        let line = match line.strip_prefix(b"\xef\xbb\xbf") {
                            Some(line) if number == 1 => line,
                            _ => line,
                        };
                        let line = line.trim_ascii();
                        if line.len() > max_line {
                            return Some(convert(number, Err(Cause::LineTooLong { limit: max_line })));
                        }
                        (!line.is_empty()).then(|| convert(number, parse(line)))
                    })
                    .collect();
                out.extend(rows.into_iter().flatten());
            }
        }
    }
    Ok(out)
}

fn parse(line: &[u8]) -> Fields {
    let text =
        std::str::from_utf8(line).map_err(|error| Cause::LineNotUtf8 { byte: error.valid_up_to() + 1 })?;
    if !text.starts_with('{') {
        return Err(Cause::NotObject);
    }
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Cause::BrokenJson { column: error.column(), message }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &[u8], max_line: usize) -> Vec<(u64, Result<String, Cause>)> {
        json_lines(text, max_line, &|line, fields: Fields| {
            (line, fields.map(|f| f["text"].as_str().unwrap_or_default().to_owned()))
        })
        .unwrap()
    }

    #[test]
    fn lines_keep_their_numbers_over_blank_and_broken_ones() {
        let rows = numbers(
            b"\xef\xbb\xbf{\"text\":\"a\"}\r\n\n{\"text\": oops}\n[1]\n{\"text\":\"\xff\"}\n{\"text\":\"b\"}",
            1000,
        );
        assert_eq!(rows.iter().map(|r| r.0).collect::<Vec<_>>(), [1, 3, 4, 5, 6]);
        assert_eq!(rows[0].1, Ok("a".into()));
        assert!(matches!(rows[1].1, Err(Cause::BrokenJson { column: 10, .. })));
        assert_eq!(rows[2].1, Err(Cause::NotObject));
        assert_eq!(rows[3].1, Err(Cause::LineNotUtf8 { byte: 10 }));
        assert_eq!(rows[4].1, Ok("b".into()));
    }

    #[test]
    fn a_line_longer_than_many_blocks_is_passed_over() {
        let mut text = b"{\"text\":\"a\"}\n{\"text\":\"".to_vec();
        text.resize(3 * BLOCK, b'x');
        text.extend_from_slice(b"\"}\n{\"text\":\"b\"}\n");
        let rows = numbers(&text, BLOCK);
        assert_eq!(rows.len(), 3);
        assert!(rows[1].1.is_err());
        assert_eq!(rows[2], (3, Ok("b".into())));
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{{\"text\":{}", "[".repeat(100_000));
        assert!(numbers(deep.as_bytes(), 1 << 20)[0].1.is_err());
    }
}
