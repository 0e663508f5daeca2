//! A paragraph as words, punctuation and masked quotations, and its sentences.
//!
//! Each quotation is one token, so that what it says can neither end a sentence nor be taken for the
//! words that attribute it.

use std::ops::Range;

use super::marks::Mark;
use crate::languages::Pack;
use crate::languages::class::Class;
use crate::languages::sentences::Abbreviation;
use crate::languages::speech::{Cue, Form, Frame};
use crate::text::chars::lower;

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Bytes in the article.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Classes of its lower-case form.
    pub class: Class,
    /// How it may attribute words, if it may.
    pub cue: Option<Cue>,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// The last character that a quotation holds, marks inside it left out; none for other tokens.
    pub last: Option<char>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters or digits, with inner hyphens, apostrophes and dots.
    Word,
    /// `'s`, split from its word.
    Clitic,
    /// A quotation: its place among the paragraph's marks.
    Quote(usize),
    /// Anything else, one character, but runs of one kind together.
    Punct(char),
}

impl Token {
    /// Whether it is this punctuation.
    pub fn is(&self, c: char) -> bool {
        self.kind == Kind::Punct(c)
    }

    /// Whether it is a comma, or a quotation with one before its closing mark.
    pub fn is_comma(&self) -> bool {
        self.is(',') || self.last == Some(',')
    }

    /// Whether it is a quotation that ends as a sentence, or as one before its attribution.
    pub fn is_finished(&self) -> bool {
        self.last.is_some_and(|c| ",.?!…—–-".contains(c))
    }

    /// Whether it is a word of any of these classes.
    pub fn has(&self, class: Class) -> bool {
        self.class.intersects(class)
    }

    /// Whether it is a word, a clitic not counted.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Its place among the marks, if it is a quotation.
    pub fn quote(&self) -> Option<usize> {
        match self.kind {
            Kind::Quote(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether it is a dash that sets off words: `—`, `–`, `--` or a lone `-`.
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Punct('—' | '–' | '-' | '―'))
    }
}

/// The tokens of a paragraph, its marks masked.
pub(super) fn tokens(text: &str, paragraph: Range<usize>, marks: &[Mark], pack: &Pack) -> Vec<Token> {
    let mut out = Vec::with_capacity((paragraph.end - paragraph.start) / 5);
    let mut lower = String::new();
    let mut at = paragraph.start;
    for (index, mark) in marks.iter().enumerate() {
        plain(text, at..mark.bytes.start, pack, &mut lower, &mut out);
        let inner = &text[mark.inner(text)];
        let last = inner.trim_end_matches(['’', '\'', '”', '"', '»', ' ']).chars().next_back();
        out.push(Token {
            bytes: mark.bytes.clone(),
            kind: Kind::Quote(index),
            class: Class::NONE,
            cue: None,
            capital: inner.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase),
            last,
        });
        at = mark.bytes.end;
    }
    plain(text, at..paragraph.end, pack, &mut lower, &mut out);
    out
}

fn plain(text: &str, range: Range<usize>, pack: &Pack, lower: &mut String, out: &mut Vec<Token>) {
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c.is_alphanumeric()
            || (matches!(c, '@' | '#' | '$' | '€' | '£') && word_follows(text, at + c.len_utf8(), range.end))
        {
            let end = word_end(text, at, range.end, pack);
            push_word(text, at..end, pack, lower, out);
            at = end;
        } else {
            let mut end = at + c.len_utf8();
            if matches!(c, '-' | '.' | '…') {
                while text[end..range.end].starts_with(c) {
                    end += c.len_utf8();
                }
            }
            let kind = if c == '.' && end - at > 1 { '…' } else { c };
            out.push(Token {
                bytes: at..end,
                kind: Kind::Punct(kind),
                class: Class::NONE,
                cue: None,
                capital: false,
                last: None,
            });
            at = end;
        }
    }
}

fn word_follows(text: &str, at: usize, to: usize) -> bool {
    text[at..to].chars().next().is_some_and(char::is_alphanumeric)
}

/// One past the word that starts at `start`.
fn word_end(text: &str, start: usize, to: usize, pack: &Pack) -> usize {
    let mut end = start;
    let mut chars = text[start..to].char_indices().peekable();
    let mut dots = 0;
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let joins = match c {
            '-' | '‑' | '\'' | '’' | '&' | '/' | '@' | '#' | '_' | '%' => {
                next.is_some_and(char::is_alphanumeric) || c == '%'
            }
            ',' => next.is_some_and(|n| n.is_ascii_digit()) && ends_in_digit(text, start, start + offset),
            '.' => {
                let inner = next.is_some_and(char::is_alphanumeric)
                    && (next.is_some_and(|n| n.is_ascii_digit())
                        || one_letter_before(text, start, start + offset)
                        || next.is_some_and(char::is_lowercase));
                dots += usize::from(inner);
                inner
            }
            _ => c.is_alphanumeric() || offset == 0 || is_mark(c),
        };
        if !joins {
            if c == '.' && takes_dot(&text[start..start + offset], dots, pack) {
                end = start + offset + 1;
            }
            break;
        }
        end = start + offset + c.len_utf8();
    }
    end.max(start + text[start..].chars().next().map_or(1, char::len_utf8)).min(to)
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x900..=0x903 | 0x93A..=0x94F)
}

fn ends_in_digit(text: &str, start: usize, at: usize) -> bool {
    text[start..at].ends_with(|c: char| c.is_ascii_digit())
}

fn one_letter_before(text: &str, start: usize, at: usize) -> bool {
    let mut back = text[start..at].chars().rev();
    back.next().is_some_and(char::is_alphabetic) && back.next().is_none_or(|c| c == '.' || c == '-')
}

/// Whether a full stop after this word belongs to it.
fn takes_dot(word: &str, dots: usize, pack: &Pack) -> bool {
    if dots > 0 {
        let word = word.rsplit('-').next().unwrap_or(word);
        return word.split('.').all(|part| part.chars().count() <= 2);
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c.is_uppercase() && c != 'I',
        _ => word.rsplit(['-', '–']).next().is_some_and(|part| {
            let kind = pack.sentences().abbreviation(&lower(part), part.starts_with(char::is_uppercase));
            kind.is_some_and(|kind| kind != Abbreviation::BeforeCapital || !part.is_ascii())
        }),
    }
}

fn push_word(text: &str, bytes: Range<usize>, pack: &Pack, lower: &mut String, out: &mut Vec<Token>) {
    let word = &text[bytes.clone()];
    let clitic = ["'s", "’s", "'S", "’S"].iter().find(|s| word.ends_with(*s)).map_or(0, |s| s.len());
    if clitic > 0 && clitic < word.len() {
        let cut = bytes.end - clitic;
        push_plain(text, bytes.start..cut, pack, lower, out);
        out.push(Token {
            bytes: cut..bytes.end,
            kind: Kind::Clitic,
            class: Class::NONE,
            cue: None,
            capital: false,
            last: None,
        });
    } else {
        push_plain(text, bytes, pack, lower, out);
    }
}

fn push_plain(text: &str, bytes: Range<usize>, pack: &Pack, lower: &mut String, out: &mut Vec<Token>) {
    let word = &text[bytes.clone()];
    lower.clear();
    for c in word.chars() {
        let c = if c == '’' { '\'' } else { c };
        lower.extend(c.to_lowercase());
    }
    // "US" is no pronoun.
    let country = word == "US";
    let (class, cue) = if country { (Class::NONE, None) } else { pack.speech().look_up(lower) };
    let capital = word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    out.push(Token { bytes, kind: Kind::Word, class, cue, capital, last: None });
}

/// The sentences of a paragraph as ranges of its tokens.
pub(super) fn sentences(text: &str, tokens: &[Token], marks: &[Mark]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..tokens.len() {
        if ends_sentence(text, tokens, marks, i) {
            out.push(start..i + 1);
            start = i + 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn ends_sentence(text: &str, tokens: &[Token], marks: &[Mark], i: usize) -> bool {
    let token = &tokens[i];
    let next = tokens.get(i + 1);
    match token.kind {
        // Brackets and the like stay with the sentence that they close.
        Kind::Punct('.' | '?' | '!') => {
            !next.is_some_and(|n| n.is('.') || n.is('?') || n.is('!') || n.is(')'))
        }
        Kind::Punct('…') => next.is_none_or(|n| n.capital),
        Kind::Punct(')') => {
            i > 0
                && matches!(tokens[i - 1].kind, Kind::Punct('.' | '?' | '!'))
                && next.is_none_or(|n| n.capital)
        }
        Kind::Quote(mark) => {
            let ends = !marks[mark].closed || token.last.is_some_and(|c| ".?!…".contains(c));
            ends && match next {
                None => true,
                Some(n) if n.quote().is_some() => true,
                Some(n) => n.capital && !attribution_follows(tokens, i + 1),
            }
        }
        // An abbreviation ends a sentence only where the next word can't go on with it.
        Kind::Word => {
            text[token.bytes.clone()].ends_with('.')
                && next.is_some_and(|n| n.capital && n.has(Class::STARTER))
                && !token.has(Class::TITLE)
        }
        Kind::Clitic | Kind::Punct(_) => false,
    }
}

/// Whether "Name said" or "said Name" starts at token `from`: a verb of saying comes soon, and the
/// sentence, or another quotation, right behind it.
fn attribution_follows(tokens: &[Token], from: usize) -> bool {
    const REACH: usize = 12;
    let window = &tokens[from..tokens.len().min(from + REACH)];
    if window.first().is_some_and(|t| t.has(Class::HE | Class::SHE | Class::THEY | Class::OBJECT)) {
        // A pronoun with a capital starts a sentence.
        return false;
    }
    for (k, token) in window.iter().enumerate() {
        if matches!(token.kind, Kind::Punct('.' | '?' | '!' | ':') | Kind::Quote(_)) {
            return false;
        }
        let after = window.get(k + 1);
        if let Some(cue) = token.cue.filter(|c| c.says()) {
            let Some(after) = after else { return true };
            let quote_next = after.is(',') && window.get(k + 2).is_some_and(|t| t.quote().is_some());
            return !quote_next && matches!(after.kind, Kind::Punct('.' | ',' | '?' | '!'))
                || after.has(Class::PREPOSITION | Class::TIME)
                || cue.frame == Frame::Tell && addressed(&tokens[from + k + 1..]);
        }
        // "Hannity pressed."
        let verb = token.class == Class::PAST || token.cue.is_some_and(|c| c.form == Form::Past);
        if k > 0 && !token.capital && verb && after.is_none_or(|a| a.is('.')) {
            return window[..k].iter().all(|t| t.capital);
        }
    }
    false
}

/// Whether an addressee and nothing more follows a verb of telling: up to the first preposition or mark, no
/// word begins a clause.
fn addressed(tokens: &[Token]) -> bool {
    for token in tokens {
        if token.has(Class::PREPOSITION) || matches!(token.kind, Kind::Punct('.' | ',')) {
            return true;
        }
        let clause = token.has(Class::THAT | Class::AUXILIARY | Class::SUBORDINATOR)
            || token.has(Class::PRONOUN) && !token.has(Class::OBJECT | Class::DETERMINER);
        if clause || token.quote().is_some() || token.is(':') {
            return false;
        }
    }
    true
}
