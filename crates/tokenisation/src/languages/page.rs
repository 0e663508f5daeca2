//! Words of pages, of all languages together: what stands around an article is often in another language than the
//! article.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Lists;
use super::names::{date_forms, month};
use super::sentences::zone;
use super::source::SOURCES;

/// The lists.
#[derive(Debug)]
pub(crate) struct PageWords {
    months: FxHashMap<&'static str, u8>,
    zones: FxHashMap<&'static str, &'static str>,
    halves: FxHashMap<&'static str, bool>,
    dates: FxHashSet<&'static str>,
}

/// The words of all languages.
pub(crate) fn words() -> &'static PageWords {
    static WORDS: LazyLock<PageWords> = LazyLock::new(|| {
        let lists = Lists(SOURCES.iter().collect());
        let mut dates: FxHashSet<&'static str> = date_forms(&lists).collect();
        dates.extend(lists.all("time-zones", zone).filter(|(_, common)| !common).map(|(zone, _)| zone));
        dates.extend(lists.all("date-words", date_word).filter(|(_, page)| *page).map(|(word, _)| word));
        let mut months = FxHashMap::default();
        for (number, row) in lists.all("months", month) {
            for form in row.words(1) {
                months.entry(form).or_insert(number);
            }
        }
        PageWords {
            months,
            zones: lists.all("zone-offsets", zone_rule).collect(),
            halves: lists.all("date-words", half_of_day).flatten().collect(),
            dates,
        }
    });
    &WORDS
}

impl PageWords {
    /// Whether a word in lower case is a month's name, full or short.
    pub fn is_month(&self, word: &str) -> bool {
        self.months.contains_key(word)
    }

    /// The number of the month that a word in lower case names.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.months.get(word).copied()
    }

    /// The POSIX rule of a time zone in lower case.
    pub fn zone_rule(&self, zone: &str) -> Option<&'static str> {
        self.zones.get(zone).copied()
    }

    /// Whether a word in lower case says that a time is one of the afternoon.
    pub fn afternoon(&self, word: &str) -> Option<bool> {
        self.halves.get(word).copied()
    }

    /// Whether a word in lower case belongs to a date or a time: a month, a day, a zone.
    pub fn is_date_word(&self, word: &str) -> bool {
        self.dates.contains(word)
    }
}

fn date_word(row: &super::source::Row) -> Result<(&'static str, bool), super::source::Wrong> {
    Ok((row.field(0), row.has(1, "page")))
}

/// A time zone with its rule.
fn zone_rule(row: &super::source::Row) -> Result<(&'static str, &'static str), super::source::Wrong> {
    if row.field(1).is_empty() {
        Err("the rule is missing".to_owned())
    } else {
        Ok((row.field(0), row.field(1)))
    }
}

/// `am` or `pm`, where a word is one of them.
fn half_of_day(row: &super::source::Row) -> Result<Option<(&'static str, bool)>, super::source::Wrong> {
    let half = if row.has(1, "pm") { Some(true) } else { row.has(1, "am").then_some(false) };
    Ok(half.map(|afternoon| (row.field(0), afternoon)))
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 4] = [
    ("conventions", |row| super::Convention::parse(row).map(drop)),
    ("month-first-regions", |row| super::word(row).map(drop)),
    ("scripts", |_| Ok(())),
    ("zone-offsets", |row| zone_rule(row).map(drop)),
];
