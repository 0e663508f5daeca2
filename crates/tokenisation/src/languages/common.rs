//! What needs no language: signs of currencies and units, and the few words that are read alike in every text.

use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use super::meaning::{Marks, number_link};
use super::source::{Row, SOURCES, Wrong};
use super::{Lists, one_of, some_of};

/// The lists.
#[derive(Debug)]
pub(crate) struct Common {
    currencies: FxHashMap<&'static str, &'static str>,
    units: FxHashMap<&'static str, (&'static str, bool)>,
    domains: FxHashSet<&'static str>,
    numbering: FxHashSet<&'static str>,
    citations: Vec<Citation>,
}

/// A sign by which law reports cite.
#[derive(Debug)]
struct Citation {
    sign: &'static str,
    /// Finds it, with the spaces around it where it stands alone.
    finder: Option<memmem::Finder<'static>>,
    alone: bool,
    unfinished: bool,
}

/// The lists of `und`, and what the languages have in common.
pub(crate) fn common() -> &'static Common {
    static COMMON: LazyLock<Common> = LazyLock::new(|| {
        let lists = Lists(SOURCES.iter().collect());
        let numbers =
            lists.all("number-links", number_link).filter(|(_, marks)| marks.contains(Marks::NUMBERS));
        Common {
            currencies: lists.map("currency-signs", currency_sign),
            units: lists.map("unit-signs", unit_sign),
            domains: lists.set("domains"),
            numbering: numbers.map(|(word, _)| word).collect(),
            citations: lists.all("citations", citation).collect(),
        }
    });
    &COMMON
}

impl Common {
    /// The code of the currency of a sign, or of letters and a sign: `$`, `us$`.
    pub fn currency(&self, sign: &str) -> Option<&'static str> {
        self.currencies.get(sign).copied()
    }

    /// The unit of a sign in lower case: `%`, `°c`.
    pub fn unit(&self, sign: &str) -> Option<&'static str> {
        self.units.get(sign).filter(|(_, letter)| !letter).map(|(unit, _)| *unit)
    }

    /// The unit of a letter where no other word fits: `100 m`.
    pub fn unit_letter(&self, letter: &str) -> Option<&'static str> {
        self.units.get(letter).filter(|(_, letter)| *letter).map(|(unit, _)| *unit)
    }

    /// Whether a word in lower case is the last part of a web address.
    pub fn is_domain(&self, word: &str) -> bool {
        self.domains.contains(word)
    }

    /// Whether a word in lower case, with a full stop behind it, numbers what it stands before: `No. 5`.
    pub fn numbers(&self, word: &str) -> bool {
        self.numbering.contains(word)
    }

    /// How often the signs of law reports stand in a text, counted up to `enough`.
    pub fn citations(&self, text: &str, enough: usize) -> usize {
        let finders = self.citations.iter().filter_map(|citation| citation.finder.as_ref());
        finders.flat_map(|finder| finder.find_iter(text.as_bytes()).take(enough)).take(enough).count()
    }

    /// Whether a line, or the last word of one, that is only this sign joins the lines beside it.
    pub fn cites_alone(&self, line: &str) -> bool {
        self.citations.iter().any(|citation| citation.alone && citation.sign == line)
    }

    /// Whether a line whose last word is this goes on in the next.
    pub fn cites_on(&self, last: &str) -> bool {
        self.citations.iter().any(|citation| citation.unfinished && last.ends_with(citation.sign))
    }
}

fn currency_sign(row: &Row) -> Result<(&'static str, &'static str), Wrong> {
    match (row.field(0), row.field(1)) {
        ("", _) | (_, "") => Err("a sign or a code is missing".to_owned()),
        pair => Ok(pair),
    }
}

fn unit_sign(row: &Row) -> Result<(&'static str, (&'static str, bool)), Wrong> {
    let letter = one_of(row, 2, &[("", false), ("letter", true)])?;
    currency_sign(row).map(|(sign, unit)| (sign, (unit, letter)))
}

fn citation(row: &Row) -> Result<Citation, Wrong> {
    some_of(row, 1, &[("report", ()), ("alone", ()), ("unfinished", ())])?;
    let (sign, alone) = (row.field(0), row.has(1, "alone"));
    let sought = if alone { format!(" {sign} ") } else { sign.to_owned() };
    let finder = row.has(1, "report").then(|| memmem::Finder::new(&sought).into_owned());
    Ok(Citation { sign, finder, alone, unfinished: row.has(1, "unfinished") })
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 4] = [
    ("currency-signs", |row| currency_sign(row).map(drop)),
    ("unit-signs", |row| unit_sign(row).map(drop)),
    ("domains", |row| super::word(row).map(drop)),
    ("citations", |row| citation(row).map(drop)),
];
