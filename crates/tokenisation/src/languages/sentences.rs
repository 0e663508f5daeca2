//! Words that decide where sentences end. They are looked up in lower case, without the stop.

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::date_forms;
use super::source::{Row, Wrong};
use super::{Lists, one_of, some_of};

/// How an abbreviation behaves at the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Something always follows: a title, a figure, a name.
    Never,
    /// Ends a sentence only before a word that opens one.
    BeforeStarter,
    /// Ends a sentence before any capital, but not before a figure.
    BeforeCapital,
}

/// An entry of `abbreviations.txt`.
#[derive(Clone, Copy, Debug)]
struct Shortened {
    /// Written small, and with a capital: a title in lower case is no title, and most short forms in lower
    /// case are words or units that may end a sentence.
    class: Option<[Abbreviation; 2]>,
    after_figure: bool,
    after_name: bool,
    answer: bool,
    issued: bool,
}

/// How a word behaves in a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letter {
    Opens,
    Closes,
}

/// The lists.
#[derive(Debug)]
pub(crate) struct SentenceWords {
    abbreviations: FxHashMap<&'static str, Shortened>,
    /// Those that end longer words: `Hauptstr.`
    endings: Vec<(&'static str, Shortened)>,
    /// Whether they open a sentence even behind no mark.
    starters: FxHashMap<&'static str, bool>,
    interjections: FxHashSet<&'static str>,
    figure_labels: FxHashSet<&'static str>,
    unfinished: FxHashSet<&'static str>,
    after_time: FxHashSet<&'static str>,
    half_days: FxHashSet<&'static str>,
    letters: FxHashMap<&'static str, Letter>,
    exclaimed: FxHashSet<&'static str>,
}

impl SentenceWords {
    pub(super) fn read(lists: &Lists) -> Self {
        let mut after_time: FxHashSet<&str> = date_forms(lists).collect();
        after_time.extend(lists.all("time-zones", zone).map(|(zone, _)| zone));
        let abbreviations = lists.map("abbreviations", shortened);
        let ending = |(word, short)| Some((str::strip_prefix(word, '-')?, short));
        Self {
            endings: lists.all("abbreviations", shortened).filter_map(ending).collect(),
            abbreviations,
            starters: lists.map("sentence-starters", starter),
            interjections: lists.set("interjections"),
            figure_labels: lists.set("figure-labels"),
            unfinished: lists.set("unfinished-lines"),
            after_time,
            half_days: lists.all("date-words", half_day).flatten().collect(),
            letters: lists.map("letters", letter),
            exclaimed: lists.set("exclaimed-names"),
        }
    }

    /// What kind of abbreviation `word` is, if any. `capital` says that it is written with one.
    pub fn abbreviation(&self, word: &str, capital: bool) -> Option<Abbreviation> {
        let longer = || self.endings.iter().find(|(end, _)| word.ends_with(end)).map(|(_, short)| short);
        self.abbreviations.get(word).or_else(longer)?.class.map(|class| class[usize::from(capital)])
    }

    /// Units and periods, which end a sentence before any capital where a figure stands before them.
    pub fn is_unit(&self, word: &str) -> bool {
        self.abbreviations.get(word).is_some_and(|short| short.after_figure)
    }

    /// Abbreviations that stand behind a name and so never open a sentence.
    pub fn follows_name(&self, word: &str) -> bool {
        self.abbreviations.get(word).is_some_and(|short| short.after_name)
    }

    /// Currencies behind which their issuer may stand: `долл. США`.
    pub fn is_issued(&self, word: &str) -> bool {
        self.abbreviations.get(word).is_some_and(|short| short.issued)
    }

    /// Whether `word` opens a sentence far more often than it stands capitalised inside one: articles,
    /// pronouns, prepositions, conjunctions, question words and adverbs that link sentences.
    pub fn starts_sentence(&self, word: &str) -> bool {
        self.starters.contains_key(word)
    }

    /// Whether `word` with a capital opens a sentence even where no mark ends the one before: English pronouns
    /// but "I" and the adverbs that link sentences; in Russian and Kazakh, which never write function words with
    /// a capital inside a sentence, all but the letters that also count things (`группа В`).
    pub fn opens_unmarked(&self, word: &str) -> bool {
        self.starters.get(word).copied().unwrap_or_default()
    }

    /// Whether `word` stands at the start of an answer or an exclamation.
    pub fn is_interjection(&self, word: &str) -> bool {
        self.interjections.contains(word)
    }

    /// Whether `word` names what is numbered below a picture or above a table.
    pub fn is_figure_label(&self, word: &str) -> bool {
        self.figure_labels.contains(word)
    }

    /// Whether a line that ends in `word` goes on in the next: articles, prepositions, conjunctions and
    /// auxiliaries, which no sentence or heading ends in.
    pub fn needs_more(&self, word: &str) -> bool {
        self.unfinished.contains(word)
    }

    /// Days, months and time zones, which follow a time of day without ending the sentence.
    pub fn follows_time(&self, word: &str) -> bool {
        self.after_time.contains(word)
    }

    /// Whether a word is also an answer, a sentence by itself: `No.`
    pub fn is_answer(&self, word: &str) -> bool {
        self.abbreviations.get(word).is_some_and(|short| short.answer)
    }

    /// Halves of the day, shortened by full stops: `a.m`.
    pub fn is_half_day(&self, word: &str) -> bool {
        self.half_days.contains(word)
    }

    /// Names that are written with an exclamation mark: `Yahoo!`
    pub fn is_exclaimed(&self, word: &str) -> bool {
        self.exclaimed.contains(word)
    }

    /// Words that open a letter; the name after them ends in a comma.
    pub fn opens_letter(&self, word: &str) -> bool {
        self.letters.get(word) == Some(&Letter::Opens)
    }

    /// Words that close a letter, with the comma after them.
    pub fn closes_letter(&self, word: &str) -> bool {
        self.letters.get(word) == Some(&Letter::Closes)
    }
}

fn shortened(row: &Row) -> Result<(&'static str, Shortened), Wrong> {
    use Abbreviation::{BeforeCapital, BeforeStarter, Never};
    let class = one_of(
        row,
        1,
        &[
            ("never", Some([Never, Never])),
            ("title", Some([BeforeCapital, Never])),
            ("short", Some([BeforeCapital, BeforeStarter])),
            ("before-starter", Some([BeforeStarter, BeforeStarter])),
            ("before-capital", Some([BeforeCapital, BeforeCapital])),
            ("word", None),
        ],
    )?;
    some_of(row, 2, &[("after-figure", ()), ("after-name", ()), ("answer", ()), ("issued", ())])?;
    let is = |name: &str| row.has(2, name);
    let (after_figure, after_name) = (is("after-figure"), is("after-name"));
    let (answer, issued) = (is("answer"), is("issued"));
    Ok((row.field(0), Shortened { class, after_figure, after_name, answer, issued }))
}

fn starter(row: &Row) -> Result<(&'static str, bool), Wrong> {
    Ok((row.field(0), one_of(row, 1, &[("", false), ("unmarked", true)])?))
}

/// A half of the day that full stops shorten, if a word is one.
fn half_day(row: &Row) -> Result<Option<&'static str>, Wrong> {
    let half = (row.has(1, "am") || row.has(1, "pm")) && row.field(0).contains('.');
    Ok(half.then_some(row.field(0)))
}

fn letter(row: &Row) -> Result<(&'static str, Letter), Wrong> {
    Ok((row.field(0), one_of(row, 1, &[("opens", Letter::Opens), ("closes", Letter::Closes)])?))
}

/// A time zone, and whether it is also a common word.
pub(super) fn zone(row: &Row) -> Result<(&'static str, bool), Wrong> {
    Ok((row.field(0), one_of(row, 1, &[("", false), ("word", true)])?))
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 8] = [
    ("abbreviations", |row| shortened(row).map(drop)),
    ("sentence-starters", |row| starter(row).map(drop)),
    ("interjections", |row| super::word(row).map(drop)),
    ("figure-labels", |row| super::word(row).map(drop)),
    ("unfinished-lines", |row| super::word(row).map(drop)),
    ("letters", |row| letter(row).map(drop)),
    ("exclaimed-names", |row| super::word(row).map(drop)),
    ("time-zones", |row| zone(row).map(drop)),
];
