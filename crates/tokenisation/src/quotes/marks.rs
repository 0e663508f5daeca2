//! Quotation marks: where each outermost pair opens and closes.
//!
//! News mixes every convention, often within one page: `"…"`, `“…”`, `''…''`, `‘…’`, `«…»`, `„…“`, `»…«`.
//! A paragraph is read once, left to right. A pair inside a pair belongs to the outer one. A mark that
//! opens and is never closed runs to the end of its paragraph, which is how a quotation of several
//! paragraphs looks: the opening mark is repeated at each, the closing one stands at the last.

use std::ops::Range;

use crate::text::chars::{is_alphanumeric, is_letter};

/// One outermost quotation of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its bytes in the article, marks included.
    pub bytes: Range<usize>,
    /// Which marks it uses.
    pub style: Style,
    /// Whether its closing mark stands in the same paragraph.
    pub closed: bool,
    /// Which part of a quotation it is, where its attribution stands inside the marks.
    pub part: Part,
}

/// A part of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// With the opening mark.
    First,
    /// Without marks.
    Middle,
    /// With the closing mark.
    Last,
}

impl Mark {
    /// The bytes between the marks.
    pub fn inner(&self, text: &str) -> Range<usize> {
        let whole = &text[self.bytes.clone()];
        let opens = matches!(self.part, Part::Whole | Part::First);
        let closes = self.closed && matches!(self.part, Part::Whole | Part::Last);
        let open = if opens { self.style.open_len(whole) } else { 0 };
        let close = if closes { self.style.close_len(whole) } else { 0 };
        let start = self.bytes.start + open;
        start..(self.bytes.end - close).max(start)
    }
}

/// A convention of quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `"…"`
    Straight,
    /// `“…”`, and `”…”` where both ends look the same.
    Curly,
    /// `„…“` or `„…”`
    Low,
    /// `«…»`
    Guillemets,
    /// `»…«`
    Reversed,
    /// `''…''` or ` ``…'' `
    Doubled,
    /// `‘…’`
    Single,
    /// `'…'`
    StraightSingle,
}

impl Style {
    /// Whether its marks are single ones, which headings between paragraphs use too.
    pub fn is_single(self) -> bool {
        matches!(self, Self::Single | Self::StraightSingle)
    }

    fn open_len(self, whole: &str) -> usize {
        match self {
            Self::Doubled => 2,
            _ => whole.chars().next().map_or(0, char::len_utf8),
        }
    }

    fn close_len(self, whole: &str) -> usize {
        match self {
            Self::Doubled => 2,
            _ => whole.chars().next_back().map_or(0, char::len_utf8),
        }
    }
}

/// Single marks are also apostrophes; their other end is looked for no further than this many bytes.
const SINGLE_WINDOW: usize = 600;

/// The outermost quotations of one paragraph, in order. Linear in the paragraph's length.
pub(super) fn find(text: &str, paragraph: Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = paragraph.start;
    while let Some((start, style)) = next_opening(text, at, paragraph.end) {
        let (end, closed) = match style {
            Style::Single | Style::StraightSingle => match single_end(text, start, paragraph.end, style) {
                Some(end) => (end, true),
                None => {
                    at = start + style.open_len(&text[start..]);
                    continue;
                }
            },
            _ => end_of(text, start, paragraph.end, style),
        };
        marks.push(Mark { bytes: start..end, style, closed, part: Part::Whole });
        at = end;
    }
    marks
}

/// Bytes that can begin a mark; every other byte is passed over without decoding.
fn may_open(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | 0xC2 | 0xE2)
}

fn next_opening(text: &str, from: usize, to: usize) -> Option<(usize, Style)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < to {
        if !may_open(bytes[at]) {
            at += 1;
            continue;
        }
        let Some(c) = text[at..to].chars().next() else { break };
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..to].chars().next();
        let spaced = before.is_none_or(|b| b.is_whitespace() || "([{—–-/…:>*\u{a0}".contains(b));
        let meets_word = after.is_some_and(|a| !a.is_whitespace());
        let style = match c {
            '"' if meets_word && (spaced || before.is_some_and(|b| !is_alphanumeric(b) && b != '"')) => {
                Some(Style::Straight)
            }
            '“' => Some(Style::Curly),
            '”' if spaced && after.is_some_and(is_alphanumeric) => Some(Style::Curly),
            '„' => Some(Style::Low),
            '«' => Some(Style::Guillemets),
            '»' if spaced && meets_word => Some(Style::Reversed),
            '`' | '\'' if after == Some(c) && spaced => Some(Style::Doubled),
            '‘' if !before.is_some_and(is_alphanumeric) && meets_word => Some(Style::Single),
            '\'' if spaced && after.is_some_and(is_letter) => Some(Style::StraightSingle),
            _ => None,
        };
        if let Some(style) = style {
            return Some((at, style));
        }
        at += if c == '\'' && after == Some('\'') { 2 } else { c.len_utf8() };
    }
    None
}

/// Where the quotation that opens at `start` ends, and whether a closing mark stands there.
///
/// Opening marks of the same style inside count as nested. Where they leave the outer one without
/// its end, the last closing mark seen is taken for it.
fn end_of(text: &str, start: usize, to: usize, style: Style) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = start + style.open_len(&text[start..]);
    let mut depth = 0_usize;
    let mut last_close = None;
    while at < to {
        if !may_open(bytes[at]) {
            at += 1;
            continue;
        }
        let Some(c) = text[at..to].chars().next() else { break };
        let mut len = c.len_utf8();
        let before = text[..at].chars().next_back();
        let after = text[at + len..to].chars().next();
        let follows_space = before.is_none_or(|b| b.is_whitespace() || b == '(' || b == '[');
        let meets_word = after.is_some_and(|a| !a.is_whitespace());
        let (opens, closes) = match style {
            // Pages mix the two, and set curly marks the wrong way round.
            Style::Straight | Style::Curly => match c {
                '"' => (follows_space && meets_word, !(follows_space && meets_word)),
                '“' if !follows_space && !after.is_some_and(is_alphanumeric) => (false, true),
                _ => (c == '“', c == '”'),
            },
            Style::Low => match c {
                // A typewriter's mark may close.
                '"' => (follows_space && meets_word, !(follows_space && meets_word)),
                _ => (c == '„', c == '“' || c == '”'),
            },
            Style::Guillemets => (c == '«', c == '»'),
            Style::Reversed => (c == '»' && follows_space, c == '«'),
            Style::Doubled if (c == '\'' || c == '`') && after == Some(c) => {
                len = 2;
                let meets_word = text[at + 2..to].chars().next().is_some_and(|a| !a.is_whitespace());
                (follows_space && meets_word, !(follows_space && meets_word))
            }
            _ => (false, false),
        };
        at += len;
        // Behind a sentence the same mark opens the next paragraph of the quotation, whose break was lost.
        let continues = || text[start..at - len].trim_end().ends_with(['.', '?', '!', '…']);
        if opens && !continues() {
            depth += 1;
        } else if closes {
            last_close = Some(at);
            if depth == 0 {
                return (at, true);
            }
            depth -= 1;
        }
    }
    match last_close {
        Some(end) => (end, true),
        None => (to, false),
    }
}

/// The closing single mark: the first that follows punctuation, else the first that ends a word,
/// and none beyond another opening one.
fn single_end(text: &str, start: usize, to: usize, style: Style) -> Option<usize> {
    let (open, close) = if style == Style::Single { ('‘', '’') } else { ('\'', '\'') };
    let mut before = open;
    let mut first = None;
    let mut chars = text[start..to].char_indices().skip(1).peekable();
    while let Some((offset, c)) = chars.next() {
        if offset > SINGLE_WINDOW {
            break;
        }
        let after = chars.peek().map(|&(_, a)| a);
        if c == close && !before.is_whitespace() && !after.is_some_and(is_alphanumeric) {
            let end = start + offset + c.len_utf8();
            if ",.?!…;".contains(before) {
                return Some(end);
            }
            first = first.or(Some(end));
        } else if c == open && (before.is_whitespace() || before == '(') {
            break;
        }
        before = c;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text, 0..text.len()).into_iter().map(|m| &text[m.bytes]).collect()
    }

    #[test]
    fn every_convention_pairs() {
        assert_eq!(found("He said \"yes\" and “no” twice."), ["\"yes\"", "“no”"]);
        assert_eq!(found("Он «сказал» и „ушёл“ домой"), ["«сказал»", "„ушёл“"]);
        assert_eq!(found("Er sagte »ja« und „nein“."), ["»ja«", "„nein“"]);
        assert_eq!(found("„Das ist \"sehr\" teuer\", sagte er."), ["„Das ist \"sehr\" teuer\""]);
        assert_eq!(found("''It is,'' he said. ``So it is.''"), ["''It is,''", "``So it is.''"]);
        assert_eq!(found("The town’s ‘new era’ and the dogs’ bowls"), ["‘new era’"]);
        assert_eq!(found("It's the dogs' 'golden age' here"), ["'golden age'"]);
    }

    #[test]
    fn a_quotation_inside_belongs_to_the_outer_one() {
        assert_eq!(
            found("“She said ‘no’ and “never” to us,” he said."),
            ["“She said ‘no’ and “never” to us,”"]
        );
        assert_eq!(found("«Газета «Заря» писала об этом», — сказал он."), ["«Газета «Заря» писала об этом»"]);
        assert_eq!(found("\"I said \"no\" to them,\" she said."), ["\"I said \"no\" to them,\""]);
    }

    #[test]
    fn a_mark_repeated_behind_a_sentence_opens_nothing_new() {
        let text = "\"It is over. \"We lost. \"But we live.\" He left. \"Good,\" she said.";
        assert_eq!(found(text), ["\"It is over. \"We lost. \"But we live.\"", "\"Good,\""]);
    }

    #[test]
    fn an_open_quotation_runs_to_the_end() {
        let text = "He said: “We will go.";
        let marks = find(text, 0..text.len());
        assert_eq!((marks.len(), marks[0].closed, marks[0].bytes.end), (1, false, text.len()));
    }

    #[test]
    fn inches_and_apostrophes_are_no_marks() {
        assert!(found("A 5'10\" man in the '90s didn't").is_empty());
    }
}
