//! Where sentences end inside a block.
//!
//! One pass over the block's bytes stops at each mark that may end a sentence. The mark with its closing
//! quotes and brackets stays with the sentence before. Whether it ends there is read off the word
//! before the mark and the first word after it (Grefenstette and Tapanainen 1994; Mikheev 2002), with
//! closed classes of words instead of a learned list.

use std::ops::Range;

use crate::chars::{
    after, before, is_bullet, is_closer, is_dash, is_full_stop, is_mark, is_opener, skip_space,
};
use crate::lexicon::{Abbreviation, abbreviation, follows_time, is_saying, starts_sentence};

/// Longest word, in bytes, that is worth a look in the lexicon.
const WORD: usize = 48;

/// What the text as a whole says about its sentences.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    /// English, or Latin script of unknown language: a sentence may start in lower case.
    pub english: bool,
    /// Law reports: full of citations, with numbered paragraphs.
    pub legal: bool,
}

/// Which mark may end the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Dot,
    Ellipsis,
    /// `!` or `?`, alone or in a run.
    Strong,
    /// A full stop of a script without case.
    Always,
}

/// A mark in its place.
#[derive(Clone, Debug)]
struct Candidate {
    mark: Mark,
    /// First byte of the mark.
    start: usize,
    /// One past the mark itself.
    mark_end: usize,
    /// One past what stays with the sentence before: mark, closers, note marks, emoticons.
    end: usize,
    /// First byte of what follows.
    next: usize,
    /// Whether a quotation mark closes after the mark.
    closes_quote: bool,
    /// Whether a bracket closes after the mark.
    closes_bracket: bool,
}

/// Open quotation marks and brackets of the block so far.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    straight: bool,
    curly: u32,
    guillemets: u32,
    /// How far the block has been read.
    read: usize,
}

impl Open {
    fn read_to(&mut self, text: &str, end: usize) {
        for c in text[self.read..end].chars() {
            match c {
                '"' => self.straight = !self.straight,
                '“' | '„' => self.curly += 1,
                '”' => self.curly = self.curly.saturating_sub(1),
                '«' => self.guillemets += 1,
                '»' => self.guillemets = self.guillemets.saturating_sub(1),
                _ => {}
            }
        }
        self.read = end;
    }
}

/// Ends of all sentences of `block` but the last, in order.
pub(crate) fn ends(text: &str, block: Range<usize>, style: Style) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut open = Open { read: block.start, ..Open::default() };
    let mut sentence = block.start;
    let mut at = block.start;
    while let Some(found) = find_mark(text, at, block.end) {
        open.read_to(text, found);
        let candidate = Candidate::read(text, found, block.end, open.straight);
        at = candidate.mark_end;
        if candidate.next >= block.end {
            break;
        }
        if let Some(end) = candidate.decide(text, sentence, block.end, style, open) {
            ends.push(end);
            sentence = skip_space(text, end, block.end);
            at = at.max(end);
        }
    }
    ends
}

/// The next mark in `from..end`.
fn find_mark(text: &str, from: usize, end: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[..end];
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|&b| STOPS[b as usize])?;
        if bytes[at].is_ascii() {
            return Some(at);
        }
        let c = after(text, at)?;
        if is_mark(c) || is_full_stop(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Bytes with which a mark may start.
static STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let firsts = b".!?\xd5\xd8\xdb\xe0\xe1\xe2\xe3\xef";
    let mut i = 0;
    while i < firsts.len() {
        stops[firsts[i] as usize] = true;
        i += 1;
    }
    stops
};

impl Candidate {
    fn read(text: &str, start: usize, limit: usize, in_quote: bool) -> Self {
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
        // A spaced ellipsis: `. . .`
        if mark == Mark::Dot {
            let dots = text.as_bytes()[at..limit].chunks_exact(2).take_while(|pair| pair == b" .").count();
            if dots > 0 {
                (mark, at) = (Mark::Ellipsis, at + 2 * dots);
            }
        }
        let mut candidate =
            Self { mark, start, mark_end: at, end: at, next: at, closes_quote: false, closes_bracket: false };
        candidate.read_tail(text, limit, in_quote);
        candidate.next = skip_space(text, candidate.end, limit);
        candidate
    }

    /// Takes in what belongs to the sentence before: closers, then notes, spaced closers and emoticons.
    fn read_tail(&mut self, text: &str, limit: usize, mut in_quote: bool) {
        let mut at = self.mark_end;
        loop {
            let rest = &text[at..limit];
            let Some(c) = rest.chars().next() else { break };
            let following = rest[c.len_utf8()..].chars().next();
            let free = following.is_none_or(|f| !f.is_alphanumeric());
            let entity = ["&#39;", "&quot;", "&raquo;", "&rdquo;"].iter().find(|e| rest.starts_with(**e));
            if let Some(entity) = entity {
                self.closes_quote = true;
                at += entity.len();
            } else if matches!(c, ')' | ']' | '}') {
                self.closes_bracket = true;
                at += 1;
            } else if is_closer(c) && (free || !is_opener(c) || (c == '"' && in_quote)) {
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
        loop {
            let next = skip_space(text, self.end, limit);
            let rest = &text[next..limit];
            if let Some(length) = note_mark(rest) {
                self.end = next + length;
                continue;
            }
            if next == self.end {
                break;
            }
            let free = |length: usize| rest[length..].chars().next().is_none_or(char::is_whitespace);
            if rest.starts_with('"') && in_quote && free(1) {
                in_quote = false;
                self.closes_quote = true;
                self.end = next + 1;
            } else if rest.starts_with(['”', '»', '’']) && !rest.starts_with("’s") {
                self.closes_quote = true;
                self.end = next + rest.chars().next().map_or(0, char::len_utf8);
            } else if rest.starts_with("''") && free(2) {
                self.closes_quote = true;
                self.end = next + 2;
            } else if rest.starts_with(')') && free(1) {
                self.closes_bracket = true;
                self.end = next + 1;
            } else if let Some(length) = emoticon(rest) {
                self.end = next + length;
            } else {
                break;
            }
        }
    }

    /// Where the sentence ends, if it ends here.
    fn decide(&self, text: &str, sentence: usize, limit: usize, style: Style, open: Open) -> Option<usize> {
        let end = Some(self.end);
        if self.mark == Mark::Always {
            return end;
        }
        let enclosed = self.closes_bracket
            && before(text, self.start).is_some_and(|c| matches!(c, '(' | '['))
            && self.mark_end < self.end;
        let next = Next::read(text, self.next, limit);
        if enclosed || next.forbids {
            return None;
        }
        if !style.legal && self.is_item_marker(text, sentence) {
            return None;
        }
        if self.next == self.end {
            return self.glued(text, &next).then_some(self.end);
        }
        if next.after_dash {
            let inside = open.guillemets > 0 && !self.closes_quote;
            let capital = next.case == Case::Upper || next.case == Case::Digit;
            let attribution = self.closes_quote && style.english;
            return (capital
                && !inside
                && !attribution
                && self.mark != Mark::Ellipsis
                && !(self.mark == Mark::Dot && self.abbreviation(text, sentence).is_some()))
            .then_some(self.end);
        }
        let ends = match (next.case, self.mark) {
            (Case::Lower, Mark::Ellipsis) => false,
            (Case::Lower, Mark::Strong) => {
                if style.english {
                    !self.closes_quote && !self.closes_bracket && !self.is_name(text, sentence)
                } else {
                    is_bare_question(&text[self.next..limit]) && text[self.start..self.mark_end].contains('?')
                }
            }
            (Case::Lower, _) => {
                style.english
                    && !self.closes_quote
                    && !self.closes_bracket
                    && self.abbreviation(text, sentence).is_none()
            }
            (_, Mark::Strong) => !(self.closes_quote && is_attribution(text, self.next, limit)),
            (_, Mark::Ellipsis) => {
                // `word. . . . Next`: the first dot ends the sentence, the other three stand for what is left out.
                let dots = &text[self.start..self.mark_end];
                if dots == ". . . ." && before(text, self.start).is_some_and(|c| !c.is_whitespace()) {
                    return Some(self.start + 1);
                }
                next.word != "i"
            }
            (case, _) => match self.abbreviation(text, sentence) {
                None => true,
                Some(_) if self.closes_quote || self.closes_bracket => true,
                Some(Abbreviation::Never) => false,
                Some(Abbreviation::BeforeCapital) => case != Case::Digit,
                Some(Abbreviation::BeforeStarter) => next.starter,
            },
        };
        ends.then_some(self.end)
    }

    /// Whether two sentences stand together without a space: `left.Right`.
    fn glued(&self, text: &str, next: &Next) -> bool {
        let Some(first) = after(text, self.next) else { return false };
        if !first.is_uppercase() || is_dash(first) {
            return false;
        }
        if self.end > self.mark_end {
            return self.closes_quote || self.closes_bracket;
        }
        let word = word_before(text, self.start, 0);
        let letters = word.chars().rev().take_while(|c| c.is_lowercase()).count();
        letters >= 3
            && !word.contains(['/', '@', '.', ':'])
            && next.word.chars().count() >= 3
            && !is_top_level_domain(&next.word)
    }

    /// Whether all of the sentence so far is the number or letter of a list's item.
    fn is_item_marker(&self, text: &str, sentence: usize) -> bool {
        let marker = text[sentence..self.start].trim_start_matches(|c: char| is_bullet(c) || c == ' ');
        self.mark == Mark::Dot
            && (1..=3).contains(&marker.len())
            && (marker.bytes().all(|b| b.is_ascii_digit())
                || marker.len() == 1 && marker.bytes().all(|b| b.is_ascii_lowercase()))
    }

    /// A capitalised word with `!` inside a sentence is a name: `works at Yahoo! in`.
    fn is_name(&self, text: &str, sentence: usize) -> bool {
        let word = word_before(text, self.start, sentence);
        let start = self.start - word.len();
        text[self.start..self.mark_end].eq("!")
            && start > sentence
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase)
            && text[..start].trim_end().ends_with(char::is_lowercase)
    }

    /// The abbreviation that ends in this dot, if one does.
    fn abbreviation(&self, text: &str, sentence: usize) -> Option<Abbreviation> {
        if self.mark != Mark::Dot {
            return None;
        }
        let word = word_before(text, self.start, sentence);
        if word.is_empty() || word.len() > WORD {
            return None;
        }
        let start = self.start - word.len();
        let next = Next::read(text, self.next, text.len());
        let lower = word.to_lowercase();
        let capital = word.starts_with(char::is_uppercase);
        let mut letters = word.chars();
        if let (Some(only), None) = (letters.next(), letters.next()) {
            if only.is_alphabetic() {
                return self.single_letter(text, start, only, &lower, &next, sentence);
            }
            return None;
        }
        if matches!(lower.as_str(), "a.m" | "p.m") {
            let opens = text[sentence..start].split_whitespace().count() <= 2;
            return if opens || follows_time(&next.word) {
                Some(Abbreviation::Never)
            } else {
                Some(Abbreviation::BeforeCapital)
            };
        }
        if let Some(kind) = abbreviation(&lower, capital) {
            return Some(kind);
        }
        // `г.` as in `, 1898 г. В 1854 году`: after a comma a bare year dates a caption or a reference.
        if let Some((_, last)) = word.rsplit_once('.') {
            let parts_are_letters = word
                .split('.')
                .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
            if parts_are_letters {
                return Some(Abbreviation::BeforeStarter);
            }
            if last.chars().all(char::is_alphabetic) && !last.is_empty() && !word.contains(['/', '@']) {
                if last.chars().count() == 1 {
                    return Some(Abbreviation::BeforeStarter);
                }
                return abbreviation(&last.to_lowercase(), capital);
            }
        }
        if let Some((_, last)) = lower.rsplit_once('-') {
            return abbreviation(last, false);
        }
        None
    }

    /// Initials, one-letter units, years and list letters.
    fn single_letter(
        &self,
        text: &str,
        start: usize,
        letter: char,
        lower: &str,
        next: &Next,
        sentence: usize,
    ) -> Option<Abbreviation> {
        if letter.is_uppercase() {
            if next.initial {
                return Some(Abbreviation::Never);
            }
            return Some(Abbreviation::BeforeStarter);
        }
        if lower == "г" {
            let before_year = text[sentence..start].trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
            if before_year.trim_end().ends_with(',') {
                return Some(Abbreviation::Never);
            }
        }
        if !letter.is_alphabetic() || !letter.is_lowercase() {
            return None;
        }
        Some(abbreviation(lower, false).unwrap_or(Abbreviation::BeforeStarter))
    }
}

/// The unbroken word that ends at `end`, without opening quotes and brackets; at most a little over
/// [`WORD`] bytes, and not before `floor`.
fn word_before(text: &str, end: usize, floor: usize) -> &str {
    let mut start = end;
    for (at, c) in text[floor..end].char_indices().rev() {
        if c.is_whitespace() || is_opener(c) || matches!(c, '—' | '–' | '/') || end - start > WORD {
            break;
        }
        start = floor + at;
    }
    &text[start..end]
}

/// How the first letter after a mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Upper,
    Lower,
    Digit,
    /// A letter without case, or a sign.
    Other,
}

/// What follows a mark.
#[derive(Clone, Debug)]
struct Next {
    case: Case,
    /// The first word in lower case.
    word: String,
    /// Whether the word opens sentences.
    starter: bool,
    /// Whether it is an initial: one letter and a dot.
    initial: bool,
    /// Whether a dash stands before it.
    after_dash: bool,
    /// Whether it is a sign that cannot open a sentence.
    forbids: bool,
}

impl Next {
    fn read(text: &str, at: usize, limit: usize) -> Self {
        let rest = &text[at..limit];
        let first = rest.chars().next().unwrap_or(' ');
        let forbids = matches!(first, ',' | ';' | ':' | '%' | ')' | ']' | '}' | '”' | '»');
        let after_dash = is_dash(first);
        let body =
            rest.trim_start_matches(|c: char| is_opener(c) || (after_dash && (is_dash(c) || c == ' ')));
        let length = body
            .char_indices()
            .find(|&(i, c)| i > WORD || !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
            .map_or(body.len(), |(i, _)| i);
        let raw = &body[..length];
        let word = raw.to_lowercase();
        let case = match body.chars().next() {
            Some(c) if c.is_uppercase() => Case::Upper,
            Some(c) if c.is_lowercase() => Case::Lower,
            Some(c) if c.is_numeric() => Case::Digit,
            _ => Case::Other,
        };
        let initial = raw.chars().count() == 1 && body[length..].starts_with('.');
        let starter = case == Case::Upper && !initial && starts_sentence(&word);
        Self { case, word, starter, initial, after_dash, forbids }
    }
}

/// Length of a note mark such as `[12]` or `[3, 4–6]` at the start of `rest`.
fn note_mark(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let length = inner.bytes().take(24).position(|b| b == b']')?;
    let note = &inner.get(..length)?;
    let digits = note.starts_with(|c: char| c.is_ascii_digit())
        && note.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'));
    let end = length + 2;
    let free = rest[end..].chars().next().is_none_or(|c| c.is_whitespace() || c == '[');
    ((digits || matches!(*note, "..." | "…")) && free).then_some(end)
}

/// Length of an emoticon at the start of `rest`.
fn emoticon(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let eyes = matches!(bytes.first()?, b':' | b';' | b'=');
    let nose = usize::from(bytes.get(1) == Some(&b'-'));
    let mouth = bytes.get(1 + nose)?;
    let length = 2 + nose;
    let free = rest.get(length..)?.chars().next().is_none_or(char::is_whitespace);
    (eyes && matches!(mouth, b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|' | b']') && free).then_some(length)
}

/// `не?`: one word and a question mark.
fn is_bare_question(rest: &str) -> bool {
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()).min(WORD);
    rest.get(length..).is_some_and(|r| r.starts_with('?'))
}

/// `Smith asked`: a name of one to four words and a verb of saying.
fn is_attribution(text: &str, at: usize, limit: usize) -> bool {
    for (names, word) in text[at..limit].split_whitespace().take(6).enumerate() {
        let bare = word.trim_end_matches([',', '.']);
        if is_saying(bare) {
            return names > 0;
        }
        if !word.starts_with(char::is_uppercase)
            || word.ends_with(['?', '!'])
            || starts_sentence(&bare.to_lowercase())
        {
            return false;
        }
    }
    false
}

fn is_top_level_domain(word: &str) -> bool {
    matches!(word, "com" | "net" | "org" | "gov" | "edu" | "info" | "biz" | "html")
}
