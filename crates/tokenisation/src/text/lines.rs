//! Lines to blocks: which line breaks end a paragraph and which only wrap it.
//!
//! A blank line always ends one. A single break ends one too, unless the sentence plainly goes on: the
//! next line starts in lower case, the line before ends in a word that needs another, or the lines are
//! wrapped at a fixed width and the next word would not have fitted.

use std::ops::Range;

use crate::boilerplate::{self, dateline};
use crate::languages::common::common;
use crate::languages::sentences::SentenceWords;
use crate::sentences::quoted::Quoted;
use crate::text::chars::{
    after, before, head, is_bullet, is_closer, is_dash, is_full_stop, is_mark, is_opener, trim,
};

/// Widths at which people and programs wrap prose, in characters.
const WRAP: std::ops::RangeInclusive<usize> = 40..=132;

/// One line of text, trimmed.
#[derive(Clone, Debug)]
struct Line {
    range: Range<usize>,
    /// Blank columns before it.
    indent: usize,
    /// Its characters.
    width: usize,
    /// Whether blank lines, or the start of the text, stand before it.
    after_blank: bool,
}

/// Byte ranges of the text's blocks, in order, trimmed, none empty.
///
/// `legal`: a sentence of a law report may run on over a blank line.
pub(crate) fn blocks(text: &str, legal: bool, words: &SentenceWords) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for stanza in lines.chunk_by(|_, next| !next.after_blank) {
        let wrap = wrap_width(text, stanza);
        let stanza_end = stanza.last().map_or(0, |line| line.range.end);
        let mut quoted = Quoted::default();
        for (at, line) in stanza.iter().enumerate() {
            match (at.checked_sub(1).map(|p| &stanza[p]), blocks.last_mut()) {
                (Some(previous), Some(block))
                    if goes_on(text, previous, line, wrap, words)
                        || quoted.is_open() && quotation_goes_on(text, previous, line, stanza_end) =>
                {
                    block.end = line.range.end
                }
                (None, Some(block)) if legal && is_unfinished(text, block, words) => {
                    block.end = line.range.end
                }
                _ => {
                    blocks.push(line.range.clone());
                    quoted = Quoted::default();
                }
            }
            quoted.read(text, line.range.start, line.range.end);
        }
    }
    blocks
}

/// Non-blank lines, split at every line and paragraph separator of Unicode.
fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let (mut start, mut at, mut blank) = (0, 0, true);
    let mut push = |start: usize, end: usize, blank: &mut bool| {
        let (from, to) = trim(text, start, end);
        if from == to {
            *blank = true;
        } else {
            let width = text[from..to].chars().count();
            lines.push(Line { range: from..to, indent: from - start, width, after_blank: *blank });
            *blank = false;
        }
    };
    while at < bytes.len() {
        let length = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\n' | b'\r' | 0x0b | 0x0c => 1,
            0xc2 if bytes.get(at + 1) == Some(&0x85) => 2,
            0xe2 if bytes[at..].starts_with(b"\xe2\x80\xa8") => 3,
            0xe2 if bytes[at..].starts_with(b"\xe2\x80\xa9") => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        push(start, at, &mut blank);
        at += length;
        start = at;
    }
    push(start, bytes.len(), &mut blank);
    lines
}

/// The width at which a stanza is wrapped, if it is: at least one break must be proven by its words.
fn wrap_width(text: &str, stanza: &[Line]) -> Option<usize> {
    if stanza.len() < 2 {
        return None;
    }
    let width = stanza.iter().map(|l| l.width + l.indent).max()?;
    let proven = stanza.windows(2).any(|pair| {
        starts_lower(text, &pair[1])
            && !ends_sentence(text, &pair[0])
            && is_full(text, &pair[0], &pair[1], width)
    });
    (WRAP.contains(&width) && proven).then_some(width)
}

/// Whether a block of a law report ends inside a sentence.
fn is_unfinished(text: &str, block: &Range<usize>, words: &SentenceWords) -> bool {
    let block = &text[block.clone()];
    let last = block.rsplit(char::is_whitespace).next().unwrap_or(block);
    block.ends_with([';', ',', '—'])
        || common().cites_alone(last)
        || last.starts_with(char::is_lowercase) && words.needs_more(last)
}

/// Whether the first word of `next` would not have fitted on `line`.
fn is_full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let word = text[next.range.clone()].split_whitespace().next().map_or(0, |w| w.chars().count());
    line.indent + line.width + 1 + word > width
}

/// Whether the sentence of `line` goes on in `next`.
fn goes_on(text: &str, line: &Line, next: &Line, wrap: Option<usize>, words: &SentenceWords) -> bool {
    let (left, right) = (&text[line.range.clone()], &text[next.range.clone()]);
    let fits = wrap.is_some_and(|width| next.indent <= line.indent + 1 && is_full(text, line, next, width));
    let cites = |line| common().cites_alone(line);
    let runs_on =
        fits || cites(left) || cites(right) || starts_lower(text, next) || ends_open(text, line, words);
    runs_on
        && !starts_item(text, next)
        && boilerplate::kind(left).is_none()
        && boilerplate::kind(right).is_none()
        && dateline::dateline(left, true).is_none_or(|found| found.length < left.len())
}

/// Whether a quotation that is open at the end of `line` goes on in the next: no sentence ends there, and the next
/// mark closes one.
fn quotation_goes_on(text: &str, line: &Line, next: &Line, stanza_end: usize) -> bool {
    /// How far the closing mark is looked for, in bytes.
    const REACH: usize = 1000;
    let ahead = head(text, next.range.start, stanza_end, REACH);
    let closes = ahead.find(['"', '”', '»', '«', '“', '„']).is_some_and(|at| {
        let spaced = ahead[..at].chars().next_back().is_none_or(char::is_whitespace);
        !spaced && !ahead[at..].starts_with(['«', '„'])
    });
    closes && !ends_sentence(text, line) && !starts_item(text, next)
}

fn starts_lower(text: &str, line: &Line) -> bool {
    text[line.range.clone()]
        .chars()
        .find(|&c| !(is_opener(c) || c == '—' || c == '–' || c == ' '))
        .is_some_and(char::is_lowercase)
}

fn ends_sentence(text: &str, line: &Line) -> bool {
    text[line.range.clone()]
        .chars()
        .rev()
        .find(|&c| !is_closer(c))
        .is_some_and(|c| is_mark(c) || is_full_stop(c))
}

/// Whether a line ends in a word or a sign that needs another.
fn ends_open(text: &str, line: &Line, words: &SentenceWords) -> bool {
    let line = &text[line.range.clone()];
    let last = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    if last.ends_with('(') || common().cites_on(last) {
        return true;
    }
    // A long word is no function word, and lower-casing it would cost.
    last.len() <= 16
        && last.len() < line.len()
        && last.starts_with(char::is_lowercase)
        && words.needs_more(last)
}

/// Whether a line starts with the mark or number of a list's item.
fn starts_item(text: &str, line: &Line) -> bool {
    let (start, end) = (line.range.start, line.range.end);
    let Some(first) = after(text, start) else { return false };
    let rest = &text[start + first.len_utf8()..end];
    if is_bullet(first) || (is_dash(first) && first != '—' || first == '*') && rest.starts_with(' ') {
        return true;
    }
    let digits = text[start..end].bytes().take_while(u8::is_ascii_digit).count();
    let after_number = &text[start + digits..end];
    (1..=3).contains(&digits)
        && (after_number.starts_with(". ") || after_number.starts_with(") "))
        && before(text, start).is_none_or(char::is_whitespace)
}

/// What blank lines separate, with the breaks: a cheap first cut of a text into paragraphs, for readers to which
/// a statement or a line break is all the same.
pub(crate) fn stanzas(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let mut at = 0;
        let cut = loop {
            match memchr::memchr(b'\n', &bytes[at..]) {
                None => break bytes.len(),
                Some(offset) => {
                    let line = at + offset + 1;
                    let blank =
                        bytes[line..].iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
                    if bytes.get(line + blank) == Some(&b'\n') {
                        break line + blank;
                    }
                    at = line;
                }
            }
        };
        let (stanza, tail) = rest.split_at(cut);
        rest = tail;
        Some(stanza)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_separate() {
        let text = "a\nb\n \t\nc\r\n\r\n\nd";
        let parts: Vec<&str> = stanzas(text).collect();
        assert_eq!(parts.concat(), text);
        assert_eq!(
            parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect::<Vec<_>>(),
            ["a\nb", "c", "d"]
        );
    }
}
