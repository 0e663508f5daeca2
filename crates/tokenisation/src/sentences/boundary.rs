//! Where sentences end inside a block.
//!
//! One pass over the block's bytes stops at each mark that may end a sentence. The mark with its closing
//! quotes and brackets stays with the sentence before. Whether it ends there is read off the word
//! before the mark and the first word after it (Grefenstette and Tapanainen 1994; Mikheev 2002), with
//! closed classes of words instead of a learned list.

use std::ops::Range;

use crate::languages::Pack;
use crate::languages::common::common;
use crate::languages::sentences::{Abbreviation, SentenceWords};
use crate::sentences::following::{Case, Following, WORD, is_attribution, is_bare_question};
use crate::sentences::mark::{Candidate, Mark};
use crate::sentences::quoted::Quoted;
use crate::sentences::shortened::{dotted, is_citation, labels, only_char, period, single_letter};
use crate::sentences::{inline, legal, unmarked};
use crate::text::chars::{
    after, before, head, is_alphanumeric, is_bullet, is_dash, is_full_stop, is_letter, is_mark, is_opener,
    skip_space,
};
use crate::text::fold::fold;

/// What the text as a whole says about its sentences.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    /// English, or a language that can't be told: a sentence may start in lower case.
    pub english: bool,
    /// Law reports: full of citations, with numbered paragraphs.
    pub legal: bool,
    /// The language's words.
    pub pack: &'static Pack,
}

impl Style {
    /// That of running text in a language; without words of its own it is split as one that can't be told.
    pub(crate) fn of(pack: &'static Pack) -> Self {
        let english = pack.settings.small_starts;
        Self { english, legal: false, pack: if pack.tag().is_empty() { Default::default() } else { pack } }
    }
}

/// Open quotation marks of the block so far.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    marks: Quoted,
    /// How far the block has been read.
    read: usize,
}

impl Open {
    fn read_to(&mut self, text: &str, end: usize) {
        if end > self.read {
            self.marks.read(text, self.read, end);
            self.read = end;
        }
    }
}

/// Ends of all sentences of `block` but the last, in order.
pub(crate) fn ends(text: &str, block: Range<usize>, style: Style) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut open = Open { read: block.start, ..Open::default() };
    let mut sentence = block.start;
    let mut at = block.start;
    let limit = block.end;
    open_sentence(text, sentence, limit, style, &mut ends);
    while let Some(found) = find_stop(text, at, limit) {
        if let Some(&end) = ends.last().filter(|&&end| end > sentence) {
            sentence = skip_space(text, end, limit);
            if sentence > found {
                at = sentence;
                continue;
            }
        }
        let known = ends.len();
        let first = text.as_bytes()[found];
        if !first.is_ascii() || matches!(first, b'.' | b'!' | b'?') {
            open.read_to(text, found);
            let candidate = Candidate::read(
                text,
                found,
                limit,
                open.marks.straight,
                !style.legal,
                style.pack.sentences(),
            );
            at = candidate.end;
            if candidate.next >= limit {
                break;
            }
            candidate.decide(text, sentence, limit, style, open, &mut ends);
        } else if first == b' ' {
            if unmarked::ends(text, found, sentence, limit, style) {
                open.read_to(text, found);
                ends.extend((!open.marks.is_open()).then_some(found));
            }
            at = found + 1;
        } else {
            at = inline::ends(text, found, sentence, limit, &mut ends).unwrap_or(found + 1).max(found + 1);
        }
        if ends.len() > known {
            let end = ends[ends.len() - 1];
            at = at.max(end);
            sentence = skip_space(text, end, limit);
            open_sentence(text, sentence, limit, style, &mut ends);
        }
    }
    ends.retain(|&end| skip_space(text, end, limit) < limit);
    ends
}

/// Ends of pieces that a sentence's first words are: greetings, remarks in brackets, labels of figures, and
/// in law reports numbers.
fn open_sentence(text: &str, sentence: usize, limit: usize, style: Style, ends: &mut Vec<usize>) {
    if sentence >= limit {
        return;
    }
    let words = style.pack.sentences();
    let end = inline::greeting(text, sentence, limit, words).or_else(|| {
        if style.legal {
            legal::marker(text, sentence, limit)
        } else {
            unmarked::aside(text, sentence, limit, words)
                .or_else(|| unmarked::label(text, sentence, limit, words))
                .or_else(|| unmarked::signature(text, sentence, limit))
        }
    });
    ends.extend(end);
}

/// The next byte in `from..end` at which a sentence may end.
fn find_stop(text: &str, from: usize, end: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[..end];
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&b| STOPS[b as usize])?;
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match bytes[at] {
            b'.' | b'!' | b'?' => return Some(at),
            b'@' => return Some(at),
            b' ' if unmarked::may_end(bytes, at) => return Some(at),
            b'>' if next == b'>' => return Some(at),
            b':' if matches!(next, b'/' | b'0'..=b'9' | b')' | b'(' | b'-' | b'D' | b'P') => return Some(at),
            rule @ (b'-' | b'=' | b'_' | b'*' | b'~') if next == rule => return Some(at),
            byte if byte.is_ascii() => at += 1,
            _ => {
                let c = after(text, at)?;
                if is_mark(c) || is_full_stop(c) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
    }
}

/// Bytes at which [`find_stop`] looks closer.
static STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let firsts = b" .!?:@>-=_*~\xd6\xd8\xdb\xe0\xe1\xe2\xe3\xef";
    let mut i = 0;
    while i < firsts.len() {
        stops[firsts[i] as usize] = true;
        i += 1;
    }
    stops
};

impl Candidate {
    /// Adds where the sentence ends, if it ends here.
    fn decide(
        &self,
        text: &str,
        sentence: usize,
        limit: usize,
        style: Style,
        open: Open,
        ends: &mut Vec<usize>,
    ) {
        if self.mark == Mark::Always {
            ends.push(self.end);
            return;
        }
        let next = Following::read(text, self.next, limit, style.pack.sentences());
        // `word. . . . Next`: the first dot ends the sentence, the others stand for what is left out.
        if self.mark == Mark::Ellipsis
            && text[self.start..].starts_with(". . . .")
            && before(text, self.start).is_some_and(|c| !c.is_whitespace())
            && matches!(next.case, Case::Upper | Case::Other)
        {
            ends.push(self.start + 1);
            if style.legal {
                ends.push(self.end);
            }
            return;
        }
        if self.ends_sentence(text, sentence, limit, style, open, &next) {
            ends.push(self.end);
        }
    }

    fn ends_sentence(
        &self,
        text: &str,
        sentence: usize,
        limit: usize,
        style: Style,
        open: Open,
        next: &Following,
    ) -> bool {
        let closes = self.closes_quote || self.closes_bracket;
        let enclosed = self.closes_bracket
            && (self.mark == Mark::Ellipsis || !self.closes_quote)
            && before(text, self.start).is_some_and(|c| matches!(c, '(' | '['));
        if enclosed || next.cannot_open() || (!style.legal && self.is_item_marker(text, sentence)) {
            return false;
        }
        if self.next == self.end {
            return self.is_glued(text, next, limit, style);
        }
        let abbreviation = self.abbreviation(text, sentence, next, style.pack);
        // Who starts a sentence in lower case may start the next so too.
        let lower_case = style.english || after(text, sentence).is_some_and(char::is_lowercase);
        if next.after_dash {
            let inside = open.marks.guillemets > 0
                && !self.closes_quote
                && !is_behind_clause(&text[sentence..self.start]);
            let attribution = self.closes_quote && style.english;
            return matches!(next.case, Case::Upper | Case::Digit)
                && !inside
                && !attribution
                && self.mark != Mark::Ellipsis
                && abbreviation.is_none();
        }
        match (next.case, self.mark) {
            (Case::Lower, Mark::Ellipsis) => false,
            (Case::Lower, _) if style.legal => false,
            (Case::Lower, Mark::Strong) if lower_case => {
                !closes && !self.is_name(text, sentence, style.pack.sentences())
            }
            (Case::Lower, Mark::Strong) => {
                text[self.start..self.mark_end].contains('?') && is_bare_question(&text[self.next..limit])
            }
            (Case::Lower, _) => {
                (lower_case || is_unshortened(text, self.start)) && !closes && abbreviation.is_none()
            }
            (_, Mark::Strong) => !(self.closes_quote && is_attribution(&text[self.next..limit], style.pack)),
            (case, Mark::Ellipsis) => next.word != "i" && !(next.in_bracket && case != Case::Upper),
            (case, _) => match abbreviation {
                None => true,
                // `37 млрд долл. США`
                Some(_) if self.issued(text, sentence, next, style.pack) => false,
                Some(_) if closes => true,
                Some(Abbreviation::Never) => false,
                Some(Abbreviation::BeforeCapital) => {
                    case != Case::Digit || next.first != next.word.chars().next().unwrap_or(' ')
                }
                Some(Abbreviation::BeforeStarter) => next.starter,
            },
        }
    }

    /// Whether two sentences stand together without a space: `left.Right`.
    fn is_glued(&self, text: &str, next: &Following, limit: usize, style: Style) -> bool {
        let rest = &text[self.next..limit];
        let Some(first) = rest.chars().next() else { return false };
        if style.legal && first.is_ascii_digit() && self.mark == Mark::Dot {
            // A note's number: `the union.1 The court`
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let word = word_before(text, self.start, 0);
            return digits <= 2
                && word.chars().count() > 3
                && word.chars().all(char::is_lowercase)
                && rest[digits..].starts_with(' ')
                && rest[digits..].trim_start().starts_with(char::is_uppercase);
        }
        if self.mark == Mark::Strong && self.end == self.mark_end && first.is_lowercase() && style.english {
            // `foreigners?thanks`
            let token =
                head(rest, 0, rest.len(), 2 * WORD).split(char::is_whitespace).next().unwrap_or_default();
            let word = word_before(text, self.start, 0);
            return is_plain(word) && is_plain(token.trim_end_matches(|c: char| c.is_ascii_punctuation()));
        }
        // `it is.- They said`: a blank was lost before the dash.
        if let Some(after) = rest.strip_prefix('-')
            && self.end == self.mark_end
            && after.trim_start().starts_with(char::is_uppercase)
        {
            return is_plain(word_before(text, self.start, 0));
        }
        if !first.is_uppercase() || next.dotted {
            return false;
        }
        if self.end > self.mark_end {
            return self.closes_quote || self.closes_bracket;
        }
        let word = word_before(text, self.start, 0);
        let letters = word.chars().rev().take_while(|c| c.is_lowercase()).count();
        let token = head(rest, 0, rest.len(), 2 * WORD).split(char::is_whitespace).next().unwrap_or_default();
        // Dots in a row stand in no address and after no initial.
        let shortest = if self.mark == Mark::Ellipsis { 1 } else { 3 };
        letters >= shortest.max(2)
            && !word.contains(['/', '@', '.', ':'])
            && !text[..self.start - word.len()].ends_with(['/', '@'])
            && next.word.chars().count() >= shortest
            && !token.contains(['/', '@'])
            && !common().is_domain(&next.word)
    }

    /// Whether all of the sentence so far is the number or letter of a list's item.
    fn is_item_marker(&self, text: &str, sentence: usize) -> bool {
        if self.start - sentence > 2 * WORD {
            return false;
        }
        let marker = text[sentence..self.start].trim_start_matches(|c: char| is_bullet(c) || c == ' ');
        self.mark == Mark::Dot
            && (1..=3).contains(&marker.len())
            && (marker.bytes().all(|b| b.is_ascii_digit())
                || marker.len() == 1 && marker.bytes().all(|b| b.is_ascii_lowercase()))
    }

    /// A capitalised word with `!` inside a sentence is a name: `works at Yahoo! in`.
    fn is_name(&self, text: &str, sentence: usize, words: &SentenceWords) -> bool {
        let word = word_before(text, self.start, sentence);
        let start = self.start - word.len();
        let within = || {
            start > sentence
                && word.chars().skip(1).all(char::is_lowercase)
                && text[..start].trim_end().ends_with(char::is_lowercase)
        };
        text[self.start..self.mark_end].eq("!")
            && word.starts_with(char::is_uppercase)
            && (words.is_exclaimed(&fold(word)) || within())
    }

    /// The abbreviation that ends in this dot, if one does.
    fn abbreviation(
        &self,
        text: &str,
        sentence: usize,
        next: &Following,
        pack: &Pack,
    ) -> Option<Abbreviation> {
        let words = pack.sentences();
        if self.mark != Mark::Dot {
            return None;
        }
        let word = word_before(text, self.start, sentence);
        if word.is_empty() || word.len() > WORD {
            return None;
        }
        let start = self.start - word.len();
        let lead = text[sentence..start].trim_end();
        let lower = fold(word);
        let capital = word.starts_with(char::is_uppercase);
        if words.is_answer(&lower) && lead.is_empty() && next.case != Case::Digit {
            // An answer, not a number.
            return None;
        }
        // `3. Mai`, `im 19. Jahrhundert`
        let ordinal = pack.settings.dotted_ordinals && word.len() <= 2;
        if ordinal && word.bytes().all(|b| b.is_ascii_digit()) && !lead.is_empty() {
            return Some(Abbreviation::BeforeStarter);
        }
        if is_citation(word, lead, next) {
            return Some(Abbreviation::Never);
        }
        if words.is_unit(&lower)
            && lead.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'))
        {
            return Some(period(lead, words));
        }
        // `100 км/ч.`
        if text[..start].ends_with('/') && words.abbreviation(&lower, capital).is_some() {
            return Some(Abbreviation::BeforeCapital);
        }
        if let Some(letter) = only_char(word) {
            if labels(lead, pack) {
                return None;
            }
            return single_letter(letter, &lower, lead, next, words);
        }
        if words.is_half_day(&lower)
            && (lead.split_whitespace().take(3).count() <= 2 || words.follows_time(&next.word))
        {
            // A time of day that opens a sentence does not end it.
            return Some(Abbreviation::Never);
        }
        words.abbreviation(&lower, capital).or_else(|| dotted(word, capital, words)).or_else(|| {
            // `17-м` is an ordinal.
            let part = |(first, _): &(&str, &str)| !first.ends_with(|c: char| c.is_ascii_digit());
            let (_, last) = lower.rsplit_once('-').filter(part)?;
            words.abbreviation(last, false)
        })
    }

    /// Whether the word before the mark is a currency's and the next one says whose: `млрд долл. США`.
    fn issued(&self, text: &str, sentence: usize, next: &Following, pack: &Pack) -> bool {
        pack.sentences().is_issued(&fold(word_before(text, self.start, sentence)))
            && pack.lexicon().units().issuer(&next.word).is_some_and(|issuer| issuer.behind)
    }
}

/// Whether the words behind the last dash say who speaks in the middle of a quotation, behind a clause of it that they
/// end: `«Мы устали, — сказал Рудин.` Behind a question or a cry they end nothing.
fn is_behind_clause(sentence: &str) -> bool {
    let Some((at, _)) = sentence.char_indices().rfind(|&(at, c)| {
        is_dash(c) && sentence[..at].ends_with(' ') && sentence[at + c.len_utf8()..].starts_with(' ')
    }) else {
        return false;
    };
    sentence[..at].trim_end().ends_with(',')
}

/// Three letters or more and nothing else.
fn is_plain(word: &str) -> bool {
    word.chars().count() >= 3 && word.chars().all(is_letter)
}

/// Whether the word that ends at `end` is written out: Russian and Kazakh cut words short after a
/// consonant only, so a longer word that ends otherwise is whole.
fn is_unshortened(text: &str, end: usize) -> bool {
    let word = word_before(text, end, 0);
    is_plain(word)
        && word
            .ends_with(['а', 'е', 'ё', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я', 'й', 'ь', 'ә', 'і', 'ө', 'ұ', 'ү'])
}

/// The unbroken word that ends at `end`, without opening quotes and brackets; at most a little over
/// [`WORD`] bytes, and not before `floor`.
fn word_before(text: &str, end: usize, floor: usize) -> &str {
    let mut start = end;
    for (at, c) in text[floor..end].char_indices().rev() {
        let opens = is_opener(c) && !(c == '\'' && before(text, floor + at).is_some_and(is_alphanumeric));
        if c.is_whitespace()
            || opens
            || matches!(c, '—' | '–' | '/')
            || is_dash(c) && c != '-'
            || end - start > WORD
        {
            break;
        }
        start = floor + at;
    }
    &text[start..end]
}
