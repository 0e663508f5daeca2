//! Units of more than one word: what stands before, between and behind.

use rustc_hash::FxHashMap;

use super::source::{Row, Wrong};
use super::{Lists, one_of};

/// Beside its name, who issues a currency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Issuer {
    /// Stands behind the name, not before it.
    pub behind: bool,
    /// The currency's code, where the name does not tell it.
    pub code: Option<&'static str>,
}

/// The lists.
#[derive(Debug, Default)]
pub(crate) struct UnitWords {
    phrases: Vec<Phrase>,
    powers: FxHashMap<&'static str, &'static str>,
    rates: Vec<Phrase>,
    issuers: FxHashMap<&'static str, Issuer>,
    shares: FxHashMap<&'static str, f64>,
    approximations: FxHashMap<Vec<&'static str>, Approximation>,
}

/// What a word beside a number makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Approximation {
    /// Near it, on either side.
    About,
    /// It or somewhat more.
    Over,
    /// It or somewhat less.
    Under,
}

/// What a unit and two words, or a unit and one of time, make.
#[derive(Debug)]
struct Phrase {
    unit: &'static str,
    first: Vec<&'static str>,
    second: Vec<&'static str>,
}

impl UnitWords {
    pub(super) fn read(lists: &Lists) -> Self {
        Self {
            phrases: lists.all("unit-phrases", phrase).collect(),
            powers: lists
                .all("unit-powers", power)
                .flat_map(|(power, row)| row.words(1).map(move |word| (word, power)))
                .collect(),
            rates: lists.all("unit-rates", phrase).collect(),
            issuers: lists.map("currency-issuers", issuer),
            shares: lists.map("shares", share),
            approximations: lists.all("approximations", approximation).collect(),
        }
    }

    /// What words beside a number make of it: `more than`.
    pub fn approximation(&self, words: &[&str]) -> Option<Approximation> {
        self.approximations.get(words).copied()
    }

    /// The unit that two words make: `per cent`.
    pub fn phrase(&self, first: &str, second: &str) -> Option<&'static str> {
        find(&self.phrases, first, second)
    }

    /// The unit by time that a unit and a word of time make: `km` and `hour`.
    pub fn rate(&self, unit: &str, time: &str) -> Option<&'static str> {
        find(&self.rates, unit, time)
    }

    /// The power to which a word raises the unit behind it: `square`.
    pub fn power(&self, word: &str) -> Option<&'static str> {
        self.powers.get(word).copied()
    }

    /// Whose currency a word beside its name says that it is.
    pub fn issuer(&self, word: &str) -> Option<Issuer> {
        self.issuers.get(word).copied()
    }

    /// How many of a part make the whole: 3 of a third.
    pub fn share(&self, word: &str) -> Option<f64> {
        self.shares.get(word).copied()
    }
}

fn find(phrases: &[Phrase], first: &str, second: &str) -> Option<&'static str> {
    let fits = |p: &&Phrase| p.first.contains(&first) && p.second.contains(&second);
    phrases.iter().find(fits).map(|p| p.unit)
}

fn phrase(row: &Row) -> Result<Phrase, Wrong> {
    let phrase = Phrase { unit: row.field(0), first: row.words(1).collect(), second: row.words(2).collect() };
    if phrase.first.is_empty() || phrase.second.is_empty() {
        return Err("words are missing".to_owned());
    }
    Ok(phrase)
}

fn power(row: &Row) -> Result<(&'static str, Row), Wrong> {
    if row.field(1).is_empty() {
        Err("a word is missing".to_owned())
    } else {
        Ok((row.field(0), row.clone()))
    }
}

fn issuer(row: &Row) -> Result<(&'static str, Issuer), Wrong> {
    let behind = one_of(row, 1, &[("before", false), ("behind", true)])?;
    let code = match row.field(2) {
        "" => return Err("a code is missing".to_owned()),
        code => Some(code).filter(|code| *code != "-"),
    };
    Ok((row.field(0), Issuer { behind, code }))
}

fn share(row: &Row) -> Result<(&'static str, f64), Wrong> {
    let parts = row.field(1).parse().ok().filter(|parts| *parts > 1.0);
    Ok((row.field(0), parts.ok_or_else(|| format!("{:?} is no number of parts", row.field(1)))?))
}

fn approximation(row: &Row) -> Result<(Vec<&'static str>, Approximation), Wrong> {
    let known =
        [("about", Approximation::About), ("over", Approximation::Over), ("under", Approximation::Under)];
    Ok((row.words(0).collect(), one_of(row, 1, &known)?))
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 6] = [
    ("unit-phrases", |row| phrase(row).map(drop)),
    ("unit-powers", |row| power(row).map(drop)),
    ("unit-rates", |row| phrase(row).map(drop)),
    ("currency-issuers", |row| issuer(row).map(drop)),
    ("shares", |row| share(row).map(drop)),
    ("approximations", |row| approximation(row).map(drop)),
];
