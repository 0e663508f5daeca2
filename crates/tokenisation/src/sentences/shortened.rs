//! What kind of abbreviation a word before a full stop is, where no list alone tells: years and centuries, initials,
//! letters, citations.

use crate::languages::Pack;
use crate::languages::class::Class;
use crate::languages::sentences::{Abbreviation, SentenceWords};
use crate::sentences::following::{Case, Following, WORD};
use crate::text::chars::{is_letter, tail};
use crate::text::fold::fold;

/// `2010 г.`, `XIX в.`, `80 км.`: may end a sentence, unless it opens one (`В 2010 г. Виктор`) or dates a
/// caption after a comma (`Дом, 1898 г. В 1854 году`).
pub(super) fn period(lead: &str, words: &SentenceWords) -> Abbreviation {
    let mut parts = lead.split_whitespace();
    let first = parts.next().unwrap_or_default();
    // `В мае 2010 г.`, `Летом 2010 г.`, but not `Дом сдали в 2010 г.`
    let opens = match parts.take(4).count() {
        0 | 1 => true,
        2 | 3 => words.starts_sentence(&fold(first)),
        _ => false,
    };
    let near = tail(lead, WORD);
    let number = near.rsplit(char::is_whitespace).next().unwrap_or(near);
    let caption = lead[..lead.len() - number.len()].trim_end().ends_with(',');
    if opens || caption { Abbreviation::Never } else { Abbreviation::BeforeCapital }
}

/// Whether what stands before a letter shows that it is one of two that label something: `points A and B.`
pub(super) fn labels(lead: &str, pack: &Pack) -> bool {
    let mut back = tail(lead, WORD).rsplit(char::is_whitespace);
    let and = back.next().is_some_and(|and| pack.speech().look_up(&fold(and)).0.contains(Class::CONJUNCTION));
    and && back.next().and_then(only_char).is_some_and(char::is_uppercase)
}

/// Initials, one-letter units, years and list letters.
pub(super) fn single_letter(
    letter: char,
    lower: &str,
    lead: &str,
    next: &Following,
    words: &SentenceWords,
) -> Option<Abbreviation> {
    if !is_letter(letter) {
        return None;
    }
    if letter.is_uppercase() {
        return Some(if next.initial { Abbreviation::Never } else { Abbreviation::BeforeStarter });
    }
    // Spaced pairs, `т. д.`: the dot before belongs to the same abbreviation.
    if let Some(pair) =
        lead.strip_suffix('.').and_then(|l| only_char(tail(l, WORD).rsplit([' ', '(']).next()?))
    {
        let mut spaced = String::from(pair);
        spaced.push_str(". ");
        spaced.push_str(lower);
        if let Some(kind) = words.abbreviation(&spaced, false) {
            return Some(kind);
        }
    }
    Some(words.abbreviation(lower, false).unwrap_or(Abbreviation::BeforeStarter))
}

/// `U.S`, `Fed.R.Crim.P`: letters alone, or an abbreviation in the last part.
pub(super) fn dotted(word: &str, capital: bool, words: &SentenceWords) -> Option<Abbreviation> {
    let (_, last) = word.rsplit_once('.')?;
    if word.contains(['/', '@']) || last.is_empty() || !last.chars().all(is_letter) {
        return None;
    }
    if only_char(last).is_some() {
        return Some(Abbreviation::BeforeStarter);
    }
    words.abbreviation(&fold(last), capital)
}

/// `104 S. Ct. 3405`, `7 Vet. App. 439`, `(Fed. Cir. 2009)`: short capitalised words between figures, or
/// from a bracket to a figure, name a reporter or a court.
pub(super) fn is_citation(word: &str, lead: &str, next: &Following) -> bool {
    let short = word.len() <= 6 && word.starts_with(char::is_uppercase);
    let opens = lead.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '(' | ']'));
    short
        && opens
        && (next.case == Case::Digit
            || next.case == Case::Upper && next.dotted && !next.starter && !word.contains('.'))
}

/// The character of a word that has only one.
pub(super) fn only_char(word: &str) -> Option<char> {
    let mut chars = word.chars();
    chars.next().filter(|_| chars.next().is_none())
}
