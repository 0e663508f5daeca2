//! What stands around a number and says what it measures: units, currencies, the noun it counts.

use super::paragraph::{Paragraph, Token};
use crate::languages::common::common;
use crate::languages::meaning::{Marks, Role};
use crate::languages::names::Ending;
use crate::text::words::Kind;

/// Words after a number among which the noun that it counts is looked for.
const REACH: usize = 3;

/// A currency written before its number: tokens `from..to`.
#[derive(Clone, Copy)]
pub(super) struct Before {
    pub code: &'static str,
    pub from: usize,
    pub to: usize,
}

/// The currency sign or code at `at`: `$`, `US$`, `USD`.
pub(super) fn code_before(p: &Paragraph<'_>, at: usize) -> Option<Before> {
    let number_follows = |at: usize| p.get(at).is_some_and(|t| t.kind == Kind::Number && !t.starts);
    if let Some(code) = currency_sign(p, at) {
        return Some(Before { code, from: at, to: at + 1 });
    }
    if let Some(sign) = p.symbol(at + 1).filter(|_| p.glued(at + 1) && number_follows(at + 2)) {
        let code = common().currency(&format!("{}{sign}", p.word(at)))?;
        return Some(Before { code, from: at, to: at + 2 });
    }
    match p.role(at) {
        Role::Currency(code) if is_code(p, at) && number_follows(at + 1) => {
            Some(Before { code, from: at, to: at + 1 })
        }
        _ => None,
    }
}

/// Three capitals.
fn is_code(p: &Paragraph<'_>, at: usize) -> bool {
    p.get(at).is_some_and(|t| t.shout && t.end - t.start == 3)
}

/// The currency whose sign stands at `at`.
fn currency_sign(p: &Paragraph<'_>, at: usize) -> Option<&'static str> {
    common().currency(p.get(at).filter(|t| t.kind == Kind::Symbol).map(|t| p.slice(t))?)
}

/// The unit or currency that starts at `at`, right after a number, with the token after it.
pub(super) fn measure(p: &Paragraph<'_>, at: usize) -> Option<(String, usize)> {
    if let Some(sign) = p.symbol(at) {
        let opens_number = p.glued(at + 1) && p.get(at + 1).is_some_and(|t| t.kind == Kind::Number);
        if let Some(code) = currency_sign(p, at).filter(|_| !opens_number) {
            return Some((code.to_owned(), at + 1));
        }
        if let Some(unit) = p.get(at).and_then(|t| common().unit(p.slice(t))) {
            return Some((unit.to_owned(), at + 1));
        }
        let lettered = sign == '°' && !p.word(at + 1).is_empty();
        if let Some(unit) = lettered.then(|| common().unit(&format!("°{}", p.word(at + 1)))).flatten() {
            return Some((unit.to_owned(), at + 2));
        }
    }
    let at = after_hyphen(p, at)?;
    phrase(p, at).or_else(|| single(p, at)).map(|(unit, to)| (unit.into(), to))
}

/// The token where a word goes on after a number: right there, or behind a hyphen that joins both.
fn after_hyphen(p: &Paragraph<'_>, at: usize) -> Option<usize> {
    let hyphen = matches!(p.symbol(at), Some('-' | '‑')) && p.glued(at) && p.glued(at + 1);
    let at = at + usize::from(hyphen);
    p.get(at).filter(|t| t.kind == Kind::Word && (hyphen || !t.opens)).map(|_| at)
}

type Unit = Option<(std::borrow::Cow<'static, str>, usize)>;

/// A unit of two words or more.
fn phrase(p: &Paragraph<'_>, at: usize) -> Unit {
    let units = p.reading.pack.lexicon().units();
    let (word, next) = (p.word(at), p.word(at + 1));
    if let Some(unit) = units.phrase(word, next) {
        return Some((unit.into(), at + 2));
    }
    if let Some(power) = units.power(word) {
        let at = at + 1 + usize::from(p.symbol(at + 1) == Some('.'));
        let Role::Unit(unit) = p.role(at) else { return None };
        return Some((format!("{unit}{power}").into(), at + 1));
    }
    // "US dollars", "Canadian dollars".
    let Role::Currency(code) = p.role(at + 1) else { return None };
    let issuer = units.issuer(word).filter(|issuer| !issuer.behind)?;
    Some((issuer.code.unwrap_or(code).into(), at + 2))
}

/// A unit of one word, with the time that makes it a rate and the country that issues it.
fn single(p: &Paragraph<'_>, at: usize) -> Unit {
    let units = p.reading.pack.lexicon().units();
    let word = p.word(at);
    match p.role(at) {
        Role::Currency(code) => {
            // `try` is a verb, `TRY` is a currency.
            if code.eq_ignore_ascii_case(word) && !is_code(p, at) {
                return None;
            }
            let issuer = units.issuer(p.word(at + 1)).filter(|issuer| issuer.behind);
            let code = issuer.and_then(|issuer| issuer.code).unwrap_or(code);
            Some((code.into(), at + 1 + usize::from(issuer.is_some())))
        }
        Role::Unit(unit) => {
            let per = p.symbol(at + 1) == Some('/') && p.glued(at + 1) || p.is(at + 1, Marks::PER);
            match units.rate(unit, p.word(at + 2)).filter(|_| per) {
                Some(rate) => Some((rate.into(), at + 3)),
                None => Some((unit.into(), at + 1)),
            }
        }
        // `100m` where no millions are meant.
        Role::Plain => common().unit_letter(word).map(|unit| (unit.into(), at + 1)),
        _ => None,
    }
}

/// The stem of the noun that a number counts, with the token after it.
///
/// Nobody tags parts of speech here, so the noun is told by its ending: in English the first plural
/// within reach, in Russian and Kazakh the first word that has no adjective's ending.
pub(super) fn counted(p: &Paragraph<'_>, at: usize, value: f64) -> Option<(String, usize)> {
    let first = after_hyphen(p, at)?;
    let mut reach = ahead(p, first);
    let lexicon = p.reading.pack.lexicon();
    let (at, token) = if p.reading.pack.settings.counted_by_plural {
        match reach.clone().find(|(at, _)| is_plural(p, *at)) {
            Some(found) => Some(found),
            None => reach
                .next()
                .filter(|(at, t)| {
                    !t.meaning.is(Marks::WEAK)
                        && (first != *at || first > 0 && p.symbol(first - 1).is_some() || value == 1.0)
                })
                .filter(|(at, _)| !p.word(*at).ends_with("ed")),
        }
    } else {
        reach
            .find(|(at, _)| !lexicon.ends(p.word(*at), Ending::Adjective))
            .filter(|(at, _)| !lexicon.ends(p.word(*at), Ending::Verb))
    }?;
    let unit = match token.meaning.role {
        Role::Unit(unit) => unit,
        _ => p.words.stem_text(token.word),
    };
    Some((unit.to_owned(), at + 1))
}

/// Whether a bare year-like number counts the noun after it: "1500 homes", but "2024 elections".
pub(super) fn year_counts(p: &Paragraph<'_>, year: u32, next: usize) -> bool {
    const USUAL: std::ops::RangeInclusive<u32> = 1900..=2050;
    matches!(p.role(next), Role::Unit(_) | Role::Currency(_) | Role::Scale(_))
        || matches!(p.symbol(next), Some('%' | '°'))
        || currency_sign(p, next).is_some()
        || (!USUAL.contains(&year)
            && p.reading.pack.settings.counted_by_plural
            && ahead(p, next).any(|(at, _)| is_plural(p, at)))
}

/// Content words that follow without a break.
fn ahead<'p>(p: &Paragraph<'p>, from: usize) -> impl Iterator<Item = (usize, &'p Token)> + Clone {
    let tokens = p.tokens;
    (from..from + REACH)
        .map_while(move |at| tokens.get(at).map(|t| (at, t)))
        .take_while(move |(at, t)| {
            t.kind == Kind::Word && (*at == from || !t.opens) && !t.meaning.is(Marks::STOP)
        })
        .take_while(|(_, t)| matches!(t.meaning.role, Role::Plain | Role::Unit(_)))
}

/// Whether the word at `at` is a plural, by its ending or by the list of those without one.
pub(super) fn is_plural(p: &Paragraph<'_>, at: usize) -> bool {
    /// Letters of the shortest plural with an ending.
    const SHORTEST: usize = 4;
    let lexicon = p.reading.pack.lexicon();
    let word = p.word(at);
    let regular =
        word.len() >= SHORTEST && lexicon.ends(word, Ending::Plural) && !lexicon.ends(word, Ending::Singular);
    regular || p.is(at, Marks::PLURAL)
}
