//! Datelines: place, date and agency at the start of a paragraph, before its first sentence.
//!
//! `LONDON, May 3 (Reuters) -`, `АСТАНА, 3 мая. /ТАСС/.`, `Москва. 3 мая. INTERFAX.RU -`,
//! `АСТАНА. КАЗИНФОРМ –`, `Moscow —`.

use super::agency::agency;
use crate::languages::page::{self, Label};
use crate::text::chars::{is_alphanumeric, is_letter};
use crate::text::fold::fold;

/// Longest dateline, in bytes.
const LONGEST: usize = 200;

/// Longest word of a date, in bytes.
const LONGEST_WORD: usize = 32;

/// A dateline at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dateline<'t> {
    /// Its length in bytes.
    pub length: usize,
    /// The agency that it names.
    pub agency: Option<&'t str>,
}

/// What has been read of a dateline.
#[derive(Default)]
struct Parts<'t> {
    places: usize,
    /// All places are in capitals.
    capitals: bool,
    day: bool,
    month: bool,
    agency: Option<&'t str>,
}

/// The dateline that `paragraph` starts with. `lead`: the paragraph may be the article's first.
pub(crate) fn dateline(paragraph: &str, lead: bool) -> Option<Dateline<'_>> {
    let mut parts = Parts { capitals: true, ..Parts::default() };
    let mut found = None;
    let mut at = 0;
    while at < paragraph.len().min(LONGEST) {
        let rest = &paragraph[at..];
        let Some(c) = rest.chars().next() else { break };
        if let Some((name, length)) = parts.signature(rest) {
            parts.agency = Some(name);
            at += length;
        } else if c.is_whitespace() || matches!(c, ',' | '(' | '/' | '.' | '[') {
            at += c.len_utf8();
        } else if matches!(c, ')' | ']') {
            at += 1;
            if parts.agency.is_some() {
                found = Some(at);
            }
        } else if matches!(c, '-' | '–' | '—') {
            let dashes = rest.len() - rest.trim_start_matches(['-', '–', '—']).len();
            at += dashes;
            let spaced = paragraph[at..].is_empty() || paragraph[at..].starts_with(char::is_whitespace);
            if spaced && parts.signs(&paragraph[at..], c, lead) {
                found = Some(at);
            }
            // An agency may follow: `3 мая — РИА Новости.`
            if agency(paragraph[at..].trim_start()).is_none() {
                break;
            }
        } else if let Some((name, after)) = agency(rest).filter(|_| parts.agency.is_none()) {
            parts.agency = Some(name);
            at = paragraph.len() - after.len();
            let signed = after.starts_with("/.") || after.starts_with(". ") || after.starts_with('/');
            if signed && (parts.places > 0 || paragraph.starts_with('/')) {
                found = Some(at + after.len() - after.trim_start_matches(['/', '.']).len());
            }
        } else if let Some(length) = parts.word(rest) {
            at += length;
        } else {
            break;
        }
    }
    let length = found?;
    // The sentence starts after it; a paragraph that is only a dateline is one as a whole.
    let body = paragraph[length..].trim_start();
    let starts = body.chars().next().is_none_or(|c| !c.is_lowercase() && !matches!(c, ',' | ';'));
    starts.then_some(Dateline { length, agency: parts.agency })
}

impl<'t> Parts<'t> {
    /// A name in brackets behind the place and before a dash, `(Continental Wire) -`, signs for an agency that
    /// no list knows. Returns it and the length of the brackets.
    fn signature(&self, rest: &'t str) -> Option<(&'t str, usize)> {
        let name = rest.strip_prefix('(')?.split(')').next()?;
        let after = rest.get(name.len() + 2..)?.trim_start();
        let words = name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
        let whole = (1..=4).contains(&words) && words == name.split(' ').count();
        let placed = self.places > 0 && (self.capitals || self.month && self.day);
        let signs = whole && placed && self.agency.is_none() && after.starts_with(['-', '–', '—']);
        (signs && agency(name).is_none()).then_some((name, name.len() + 2))
    }

    /// Takes in a word of a place or a date. Returns its length.
    fn word(&mut self, rest: &str) -> Option<usize> {
        let length = rest
            .char_indices()
            .find(|&(_, c)| !(is_alphanumeric(c) || matches!(c, '\'' | '’' | '-')))
            .map_or(rest.len(), |(at, _)| at);
        let word = rest[..length].trim_end_matches('-');
        if word.is_empty() {
            return None;
        }
        if word.bytes().all(|b| b.is_ascii_digit()) {
            self.day = true;
            return (word.len() <= 2 || word.len() == 4).then_some(word.len());
        }
        if is_month(word) {
            self.month = true;
        } else if is_date_word(word) {
            // part of the date
        } else if word.starts_with(char::is_uppercase) && !self.month {
            if is_label(word) {
                return None;
            }
            self.places += 1;
            self.capitals &= word.chars().filter(|&c| is_letter(c)).all(char::is_uppercase);
            if self.places > 6 {
                return None;
            }
        } else if !(self.places > 0 && page::words().is_place_particle(word)) {
            return None;
        }
        Some(word.len())
    }

    /// Whether a dash after these parts closes a dateline.
    fn signs(&self, rest: &str, dash: char, lead: bool) -> bool {
        let dated = self.month && self.day;
        if self.agency.is_some() || dated && self.places > 0 {
            return true;
        }
        let body = rest.trim_start();
        let places = (1..=4).contains(&self.places) && !self.month && !self.day;
        let sentence = body
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '«'))
            && body.len() >= 60
            && body.contains(['.', '?', '!']);
        let alone = body.is_empty() || rest.starts_with(['\n', '\r']);
        // `Moscow —` in lower case could open any sentence: only before the first one, or alone on its line.
        places && lead && (alone || sentence && (self.capitals || dash == '—' && self.places <= 2))
    }
}

/// A word in capitals with which an editor heads an item; it stands where a place would.
fn is_label(word: &str) -> bool {
    word.len() <= LONGEST_WORD
        && !word.chars().any(char::is_lowercase)
        && page::words().is_label(&fold(word), Label::Item)
}

/// Whether `word` is a month's name, full or short.
pub(super) fn is_month(word: &str) -> bool {
    // No month has fewer bytes; a long word is worth no look.
    (3..=LONGEST_WORD).contains(&word.len()) && page::words().is_month(&fold(word))
}

/// Whether `word` belongs to a date or a time: a month, a day, a zone.
pub(super) fn is_date_word(word: &str) -> bool {
    word.len() <= LONGEST_WORD && page::words().is_date_word(&fold(word))
}
