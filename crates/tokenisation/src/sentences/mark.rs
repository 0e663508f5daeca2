//! A mark that may end a sentence, and what belongs to it: closing quotes and brackets, notes, emoticons.

use crate::languages::sentences::SentenceWords;
use crate::text::chars::{after, is_alphanumeric, is_closer, is_full_stop, is_mark, is_opener, skip_space};
use crate::text::fold::fold;

/// Which mark may end the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// One full stop.
    Dot,
    /// Two or more, `…`, or `. . .`.
    Ellipsis,
    /// `!` or `?`, alone or in a run.
    Strong,
    /// A full stop of a script without case.
    Always,
}

/// A mark in its place.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub mark: Mark,
    /// First byte of the mark.
    pub start: usize,
    /// One past the mark itself.
    pub mark_end: usize,
    /// One past what stays with the sentence before: mark, closers, note marks, emoticons.
    pub end: usize,
    /// First byte of what follows.
    pub next: usize,
    /// Whether a quotation mark closes after the mark.
    pub closes_quote: bool,
    /// Whether a bracket closes after the mark.
    pub closes_bracket: bool,
}

/// Undecoded character references and old typewriter forms of a closing quotation mark.
const CLOSING_FORMS: [&str; 7] = ["&#39;&#39;", "&#39;", "&quot;", "&raquo;", "&rdquo;", "''", "``"];

impl Candidate {
    /// The mark that starts at `start`. `in_quote`: an odd number of straight quotes stands before it.
    /// `notes`: note marks after a space stay with the sentence before, as those without one always do.
    pub(crate) fn read(
        text: &str,
        start: usize,
        limit: usize,
        in_quote: bool,
        notes: bool,
        words: &SentenceWords,
    ) -> Self {
        let mut mark = Mark::Dot;
        let (mut at, mut count) = (start, 0);
        while let Some(c) = after(text, at).filter(|&c| at < limit && (is_mark(c) || is_full_stop(c))) {
            count += 1;
            mark = match (mark, c) {
                (Mark::Always, _) => Mark::Always,
                (_, c) if is_full_stop(c) => Mark::Always,
                (Mark::Strong, _) => Mark::Strong,
                (_, '.') if count == 1 => Mark::Dot,
                (_, '.' | '…') => Mark::Ellipsis,
                _ => Mark::Strong,
            };
            at += c.len_utf8();
        }
        if mark == Mark::Dot {
            let dots = text.as_bytes()[at..limit].chunks_exact(2).take_while(|pair| pair == b" .").count();
            if dots > 0 {
                (mark, at) = (Mark::Ellipsis, at + 2 * dots);
            }
        }
        let mut candidate =
            Self { mark, start, mark_end: at, end: at, next: at, closes_quote: false, closes_bracket: false };
        let in_quote = candidate.read_closers(text, limit, in_quote);
        candidate.read_spaced(text, limit, in_quote, notes, words);
        candidate.next = skip_space(text, candidate.end, limit);
        candidate
    }

    /// Closing quotes and brackets that follow at once. Returns whether a straight quote is still open.
    fn read_closers(&mut self, text: &str, limit: usize, mut in_quote: bool) -> bool {
        let mut at = self.mark_end;
        loop {
            let rest = &text[at..limit];
            let Some(c) = rest.chars().next() else { break };
            if let Some(form) = CLOSING_FORMS.iter().find(|form| rest.starts_with(**form)) {
                self.closes_quote = true;
                at += form.len();
            } else if matches!(c, ')' | ']' | '}') {
                self.closes_bracket = true;
                at += 1;
            } else if is_closer(c)
                && (!is_opener(c) || is_free(&rest[c.len_utf8()..]) || (c == '"' && in_quote))
            {
                in_quote &= c != '"';
                self.closes_quote = true;
                at += c.len_utf8();
            } else if is_mark(c) && at > self.mark_end {
                // `«Не видали маму?».`
                at += c.len_utf8();
            } else {
                break;
            }
        }
        self.end = at;
        in_quote
    }

    /// Note marks, and closers and emoticons after a space.
    fn read_spaced(
        &mut self,
        text: &str,
        limit: usize,
        mut in_quote: bool,
        notes: bool,
        words: &SentenceWords,
    ) {
        loop {
            let next = skip_space(text, self.end, limit);
            let rest = &text[next..limit];
            let Some(first) = rest.chars().next() else { break };
            if let Some(length) = raised_note(rest, words).filter(|_| notes && next > self.end) {
                self.end = next + length;
                break;
            }
            if let Some(length) = note_mark(rest).filter(|_| notes || next == self.end) {
                self.end = next + length;
                continue;
            }
            if next == self.end {
                break;
            }
            let free =
                |length: usize| rest[length..].chars().next().is_none_or(|c| c.is_whitespace() || is_mark(c));
            let length = if first == '"' && in_quote && free(1) {
                in_quote = false;
                1
            } else if matches!(first, '”' | '»' | '\'') && free(first.len_utf8()) {
                first.len_utf8()
            } else if (rest.starts_with("''") || rest.starts_with("``")) && free(2) {
                2 + usize::from(rest[2..].starts_with('.'))
            } else if first == ')' && free(1) {
                self.closes_bracket = true;
                self.end = next + 1;
                continue;
            } else if let Some(length) = emoticon(rest) {
                self.end = next + length;
                continue;
            } else {
                break;
            };
            self.closes_quote = true;
            self.end = next + length;
        }
    }
}

/// Whether no letter or figure follows.
fn is_free(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !is_alphanumeric(c))
}

/// Length of a note mark such as `[12]`, `[3, 4–6]` or `[...]` at the start of `rest`.
fn note_mark(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let length = inner.bytes().take(24).position(|b| b == b']')?;
    let note = inner.get(..length)?;
    let digits = note.starts_with(|c: char| c.is_ascii_digit())
        && note.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'));
    let end = length + 2;
    let free = rest[end..].chars().next().is_none_or(|c| c.is_whitespace() || c == '[');
    ((digits || matches!(note, "..." | "…")) && free).then_some(end)
}

/// Length of a note's number that lost its raised form, `rights. 4 Even though`: one or two digits before a
/// word that opens a sentence.
fn raised_note(rest: &str, words: &SentenceWords) -> Option<usize> {
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let body = rest.get(digits..)?.strip_prefix(' ')?;
    let length = body.bytes().take(16).take_while(u8::is_ascii_alphabetic).count();
    let opens =
        body.starts_with(|c: char| c.is_ascii_uppercase()) && words.starts_sentence(&fold(&body[..length]));
    ((1..=2).contains(&digits) && opens).then_some(digits)
}

/// Length of an emoticon at the start of `rest`.
pub(crate) fn emoticon(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let eyes = matches!(bytes.first()?, b':' | b';' | b'=');
    let nose = usize::from(bytes.get(1) == Some(&b'-'));
    let mouth = bytes.get(1 + nose)?;
    let length = 2 + nose;
    let free = rest.get(length..)?.chars().next().is_none_or(char::is_whitespace);
    (eyes && matches!(mouth, b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|' | b']') && free).then_some(length)
}
