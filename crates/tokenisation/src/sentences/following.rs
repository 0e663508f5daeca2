//! What follows a mark: the first word, how it is written, and what it says about the sentence before.

use crate::languages::Pack;
use crate::languages::class::Class;
use crate::languages::sentences::SentenceWords;
use crate::text::chars::{self, class, is_alphanumeric, is_dash, is_letter, is_opener};
use crate::text::fold::fold;

/// Longest word, in bytes, that is worth a look in the lexicon.
pub(crate) const WORD: usize = 48;

/// How the first letter after a mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Upper,
    Lower,
    Digit,
    /// A letter without case, or a sign.
    Other,
}

/// What follows a mark.
#[derive(Clone, Debug)]
pub(crate) struct Following {
    /// The first sign.
    pub first: char,
    /// How the first letter is written, after opening signs and dashes.
    pub case: Case,
    /// The first word in lower case.
    pub word: String,
    /// Whether the word opens sentences.
    pub starter: bool,
    /// Whether it is an initial: one letter and a dot.
    pub initial: bool,
    /// Whether a dot follows it at once.
    pub dotted: bool,
    /// Whether a dash stands before it.
    pub after_dash: bool,
    /// Whether a bracket opens before it.
    pub in_bracket: bool,
    /// Whether it is an abbreviation that stands behind a name.
    behind_name: bool,
    /// Whether a closing mark opens a quotation before it: `»…«`, `”…”`.
    reversed: bool,
}

impl Following {
    pub(crate) fn read(text: &str, at: usize, limit: usize, words: &SentenceWords) -> Self {
        let rest = &text[at..limit];
        let first = rest.chars().next().unwrap_or(' ');
        let after_dash = is_dash(first);
        let body =
            rest.trim_start_matches(|c: char| is_opener(c) || (after_dash && (is_dash(c) || c == ' ')));
        // `»Das ist gut«`, `”Det är bra”`
        let reversed = body.strip_prefix(['»', '”']).filter(|b| b.starts_with(is_alphanumeric));
        let body = reversed.unwrap_or(body);
        let length = body
            .char_indices()
            .find(|&(i, c)| {
                i > WORD
                    || !(is_alphanumeric(c)
                        || class(c) == chars::Class::Inner
                        || matches!(c, '\'' | '’' | '-'))
            })
            .map_or(body.len(), |(i, _)| i);
        let raw = &body[..length];
        let word = fold(raw);
        let case = match body.chars().next() {
            // `Rec. S3021`: a number with a letter before it.
            Some(c) if c.is_uppercase() && word.ends_with(|c: char| c.is_ascii_digit()) => Case::Digit,
            Some(c) if c.is_uppercase() => Case::Upper,
            Some(c) if c.is_lowercase() => Case::Lower,
            Some(c) if c.is_numeric() => Case::Digit,
            _ => Case::Other,
        };
        let dotted = body[length..].starts_with('.');
        let initial = dotted && raw.chars().count() == 1;
        let is_number = words.is_answer(&word)
            && body[length..].strip_prefix(". ").is_some_and(|b| {
                b.split(' ').next().is_some_and(|w| w.contains(|c: char| c.is_ascii_digit()))
            });
        let starter = case == Case::Upper && !initial && !is_number && words.starts_sentence(&word);
        let behind_name = dotted && words.follows_name(&word);
        Self {
            first,
            case,
            word,
            starter,
            initial,
            dotted,
            after_dash,
            in_bracket: matches!(first, '(' | '['),
            behind_name,
            reversed: reversed.is_some(),
        }
    }

    /// Whether no sentence can start like this.
    pub(crate) fn cannot_open(&self) -> bool {
        !self.reversed
            && matches!(
                self.first,
                ',' | ';' | ':' | '%' | ')' | ']' | '}' | '”' | '»' | '§' | '№' | '&' | '/'
            )
            || self.behind_name
    }
}

/// `Smith asked`: a name of one to four words and a verb of saying, but not `Рудин считает, что`.
pub(crate) fn is_attribution(rest: &str, pack: &Pack) -> bool {
    let mut words = rest.split_whitespace();
    for (names, word) in words.by_ref().take(5).enumerate() {
        let bare = word.trim_end_matches([',', '.']);
        if pack.speech().says(bare) {
            let that = |next: &str| pack.speech().look_up(next).0.contains(Class::THAT);
            return names > 0 && !(word.ends_with(',') && words.next().is_some_and(that));
        }
        if !word.starts_with(char::is_uppercase)
            || word.ends_with(['?', '!'])
            || pack.sentences().starts_sentence(&fold(bare))
        {
            return false;
        }
    }
    false
}

/// `не?`: one word and a question mark.
pub(crate) fn is_bare_question(rest: &str) -> bool {
    let length = rest.char_indices().find(|&(_, c)| !is_letter(c)).map_or(rest.len(), |(at, _)| at);
    rest[length..].starts_with('?')
}
