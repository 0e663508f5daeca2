//! A paragraph as words, punctuation and masked quotations.
//!
//! Each quotation is one token, so that what it says can neither end a sentence nor be taken for the
//! words that attribute it.

use std::ops::Range;

use super::{
    lexicon::{self, Class, Cue},
    marks::Mark,
};

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

/// The tokens of a paragraph, its marks masked. None runs over one of `edges`, which are in order.
pub(super) fn tokens(text: &str, paragraph: Range<usize>, marks: &[Mark], edges: &[usize]) -> Vec<Token> {
    let mut out = Vec::with_capacity((paragraph.end - paragraph.start) / 5);
    let mut lower = String::new();
    let mut at = paragraph.start;
    let mut edges = edges.iter().copied().peekable();
    let mut unmasked = |range: Range<usize>, out: &mut Vec<Token>| {
        let mut at = range.start;
        while let Some(edge) = edges.next_if(|&edge| edge < range.end) {
            if edge > at {
                plain(text, at..edge, &mut lower, out);
                at = edge;
            }
        }
        plain(text, at..range.end, &mut lower, out);
    };
    for (index, mark) in marks.iter().enumerate() {
        unmasked(at..mark.bytes.start, &mut out);
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
    unmasked(at..paragraph.end, &mut out);
    out
}

fn plain(text: &str, range: Range<usize>, lower: &mut String, out: &mut Vec<Token>) {
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c.is_alphanumeric()
            || (matches!(c, '@' | '#' | '$' | '€' | '£') && word_follows(text, at + c.len_utf8(), range.end))
        {
            let end = word_end(text, at, range.end);
            push_word(text, at..end, lower, out);
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
fn word_end(text: &str, start: usize, to: usize) -> usize {
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
            if c == '.' && takes_dot(&text[start..start + offset], dots) {
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
fn takes_dot(word: &str, dots: usize) -> bool {
    if dots > 0 {
        let word = word.rsplit('-').next().unwrap_or(word);
        return word.split('.').all(|part| part.chars().count() <= 2);
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c.is_uppercase() && c != 'I',
        _ => word.rsplit(['-', '–']).next().is_some_and(|part| lexicon::ABBREVIATIONS.contains(&part)),
    }
}

fn push_word(text: &str, bytes: Range<usize>, lower: &mut String, out: &mut Vec<Token>) {
    let word = &text[bytes.clone()];
    let clitic = ["'s", "’s", "'S", "’S"].iter().find(|s| word.ends_with(*s)).map_or(0, |s| s.len());
    if clitic > 0 && clitic < word.len() {
        let cut = bytes.end - clitic;
        push_plain(text, bytes.start..cut, lower, out);
        out.push(Token {
            bytes: cut..bytes.end,
            kind: Kind::Clitic,
            class: Class::NONE,
            cue: None,
            capital: false,
            last: None,
        });
    } else {
        push_plain(text, bytes, lower, out);
    }
}

fn push_plain(text: &str, bytes: Range<usize>, lower: &mut String, out: &mut Vec<Token>) {
    let word = &text[bytes.clone()];
    lower.clear();
    for c in word.chars() {
        let c = if c == '’' { '\'' } else { c };
        lower.extend(c.to_lowercase());
    }
    // "US" is no pronoun.
    let country = word == "US";
    let (class, cue) = if country { (Class::NONE, None) } else { lexicon::look_up(lower) };
    let capital = word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    out.push(Token { bytes, kind: Kind::Word, class, cue, capital, last: None });
}
