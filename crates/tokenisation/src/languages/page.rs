//! Words of pages, of all languages together: what stands around an article is often in another language than the
//! article.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::Lists;
use super::names::{date_forms, month};
use super::sentences::zone;
use super::source::SOURCES;

/// The lists.
#[derive(Debug)]
pub(crate) struct PageWords {
    months: FxHashSet<&'static str>,
    dates: FxHashSet<&'static str>,
}

/// The words of all languages.
pub(crate) fn words() -> &'static PageWords {
    static WORDS: LazyLock<PageWords> = LazyLock::new(|| {
        let lists = Lists(SOURCES.iter().collect());
        let mut dates: FxHashSet<&'static str> = date_forms(&lists).collect();
        dates.extend(lists.all("time-zones", zone).filter(|(_, common)| !common).map(|(zone, _)| zone));
        dates.extend(lists.all("date-words", date_word).filter(|(_, page)| *page).map(|(word, _)| word));
        PageWords { months: lists.all("months", month).flat_map(|(_, row)| row.words(1)).collect(), dates }
    });
    &WORDS
}

impl PageWords {
    /// Whether a word in lower case is a month's name, full or short.
    pub fn is_month(&self, word: &str) -> bool {
        self.months.contains(word)
    }

    /// Whether a word in lower case belongs to a date or a time: a month, a day, a zone.
    pub fn is_date_word(&self, word: &str) -> bool {
        self.dates.contains(word)
    }
}

fn date_word(row: &super::source::Row) -> Result<(&'static str, bool), super::source::Wrong> {
    Ok((row.field(0), row.has(1, "page")))
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 3] = [
    ("conventions", |row| super::Convention::parse(row).map(drop)),
    ("month-first-regions", |row| super::word(row).map(drop)),
    ("scripts", |_| Ok(())),
];
