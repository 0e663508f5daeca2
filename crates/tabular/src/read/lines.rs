//! JSON lines: read in blocks of whole lines, each block parsed on all threads, in order.
//!
//! No line longer than the limit is ever held in memory; it is passed over and reported.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};
use rayon::prelude::*;
use serde_json::{Map, Value};

use super::encoding::{Legacy, bytes_to_text};
use super::table::Told;
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

/// A line that was read, or the bytes of one that is not UTF-8.
enum Line<T> {
    Read(T),
    NotUtf8(u64, Vec<u8>),
}

/// Converts every line that is not blank. `convert` is given the line's number, from 1, and its fields.
pub(crate) fn json_lines<T: Send>(
    reader: impl Read,
    max_line: usize,
    convert: &(impl Fn(u64, Fields) -> T + Sync),
    told: &mut Told,
) -> io::Result<Vec<T>> {
    // Lines that are not UTF-8 wait until all of them can tell which encoding they are in.
    let mut legacy = Legacy::default();
    let mut pieces = Pieces { reader, rest: Vec::new(), line: 1, max_line };
    let mut out: Vec<Line<T>> = Vec::new();
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::TooLong(line) => {
                out.push(Line::Read(convert(line, Err(Cause::LineTooLong { limit: max_line }))));
            }
            Piece::Lines(first, block) => {
                let mut lines = Vec::new();
                let mut start = 0;
                for end in memchr_iter(b'\n', &block).chain((!block.ends_with(b"\n")).then_some(block.len()))
                {
                    lines.push(&block[start..end]);
                    start = end + 1;
                }
                let rows: Vec<Option<(Line<T>, Option<u64>)>> = lines
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
                            let fields = Err(Cause::LineTooLong { limit: max_line });
                            return Some((Line::Read(convert(number, fields)), None));
                        }
                        if line.is_empty() {
                            return None;
                        }
                        let Ok(text) = std::str::from_utf8(line) else {
                            return Some((Line::NotUtf8(number, line.to_vec()), None));
                        };
                        let (fields, mended) = parse(text);
                        Some((Line::Read(convert(number, fields)), mended.then_some(number)))
                    })
                    .collect();
                for (row, mended) in rows.into_iter().flatten() {
                    if let Line::NotUtf8(number, bytes) = &row {
                        legacy.feed(*number, bytes);
                    }
                    mended.into_iter().for_each(|line| told.half_characters(line));
                    out.push(row);
                }
            }
        }
    }
    let encoding = legacy.finish(told);
    let read = |line: Line<T>| match line {
        Line::Read(row) => row,
        Line::NotUtf8(number, bytes) => convert(number, parse(&bytes_to_text(bytes, encoding)).0),
    };
    Ok(out.into_iter().map(read).collect())
}

/// The fields of a line, and whether halves of characters had to be mended in it.
fn parse(text: &str) -> (Fields, bool) {
    if !text.starts_with('{') {
        return (Err(Cause::NotObject), false);
    }
    let error = match serde_json::from_str(text) {
        Ok(fields) => return (Ok(fields), false),
        Err(error) => error,
    };
    if let Some(fields) = whole_characters(text).and_then(|mended| serde_json::from_str(&mended).ok()) {
        return (Ok(fields), true);
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    (Err(Cause::BrokenJson { column: error.column(), message }), false)
}

/// The line with U+FFFD for each `\u` escape that is half a character without the other half, as programs write that
/// cut texts between the two; none where there is no such escape.
fn whole_characters(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let escape = |at: usize| -> Option<u16> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some(found) = memchr(b'\\', &bytes[at..]) {
        at += found;
        match escape(at) {
            Some(0xd800..=0xdbff) if matches!(escape(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                out.push_str(&text[from..at]);
                out.push_str("\\ufffd");
                at += 6;
                from = at;
            }
            Some(_) => at += 6,
            // The character behind a backslash is no escape's start; it may have several bytes.
            None => at += 2,
        }
        if at >= bytes.len() {
            break;
        }
    }
    (from > 0).then(|| out + &text[from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &[u8], max_line: usize) -> Vec<(u64, Result<String, Cause>)> {
        let convert =
            |line, fields: Fields| (line, fields.map(|f| f["text"].as_str().unwrap_or_default().to_owned()));
        json_lines(text, max_line, &convert, &mut Told::new("a.jsonl")).unwrap()
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
        assert_eq!(rows[3].1, Ok("ÿ".into()));
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
    fn half_a_character_loses_only_itself() {
        let lines = r#"{"text":"a \ud83d b"}
            {"text":"\ude00\ud83d\ude00 \\ud83d \ud83d"}
            {"text":"\ud83d\u0041"}
            {"text":"\\"}
            {"text":"\ud83d\"}"#;
        let rows = numbers(lines.as_bytes(), 1000);
        let texts: Vec<Option<&str>> = rows.iter().map(|row| row.1.as_deref().ok()).collect();
        assert_eq!(
            texts,
            [Some("a \u{fffd} b"), Some("\u{fffd}😀 \\ud83d \u{fffd}"), Some("\u{fffd}A"), Some("\\"), None]
        );
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{{\"text\":{}", "[".repeat(100_000));
        assert!(numbers(deep.as_bytes(), 1 << 20)[0].1.is_err());
    }
}
