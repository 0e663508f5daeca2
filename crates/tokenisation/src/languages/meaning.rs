//! What single words mean to the readers of figures, dates, names, negation and phrases.
//!
//! One look-up a word answers all of them: a word is a stop word, a month, a number, a currency and
//! so on. The lists are short and closed; what they lack is found by rule or not at all. Words are looked up
//! folded: in lower case, with `е` for `ё` and straight apostrophes.

use rustc_hash::FxHashMap;

use super::names::{Ending, Use, endings, month, organisation, particles, title, weekday};
use super::settings::{Settings, StemRule};
use super::source::{Row, Source, Wrong};
use super::units::UnitWords;
use super::{Lists, one_of, some_of, word};
use crate::features::stems::{Endings, Stems};
use crate::text::fold::fold;

/// What a word says about the number, date or name it stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Role {
    /// Nothing.
    #[default]
    Plain,
    /// From 1.
    Month(u8),
    /// 0 is Monday.
    Weekday(u8),
    /// A number word.
    Cardinal(f64),
    /// A word that multiplies the number before it.
    Scale(f64),
    /// A unit in its canonical form.
    Unit(&'static str),
    /// A currency: its ISO 4217 code.
    Currency(&'static str),
}

bitflags::bitflags! {
    /// What else the lists say of a word.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(crate) struct Marks: u32 {
        /// Carries no content: left out of stems, never at the end of a phrase.
        const STOP = 1;
        /// Has content but makes no label.
        const WEAK = 1 << 1;
        /// Denies.
        const DENIES = 1 << 2;
        /// Denies what follows it.
        const DENIES_NEXT = 1 << 3;
        /// Denies its whole clause.
        const DENIES_CLAUSE = 1 << 4;
        /// After a denial it takes the denial back ("not only").
        const TAKES_BACK = 1 << 5;
        /// May stand in lower case inside a name.
        const PARTICLE = 1 << 6;
        /// An institution or place that goes on with "of": "Bank of England".
        const BODY = 1 << 7;
        /// Takes a full stop that ends no sentence.
        const HONORIFIC = 1 << 8;
        /// Stands before a person's name and is no part of it: "President".
        const TITLE = 1 << 9;
        /// A verb of saying: what stands before it speaks.
        const SPEECH = 1 << 10;
        /// A scale that is a number by itself: «миллион рублей».
        const ALONE = 1 << 11;
        /// A short form of a month.
        const SHORT_MONTH = 1 << 12;
        /// A month that is also another word: "May".
        const DOUBTFUL_MONTH = 1 << 13;
        /// Stands before a month: "in".
        const BEFORE_MONTH = 1 << 14;
        /// Joins two days: "3 and 4 July".
        const JOINS_DAYS = 1 << 15;
        /// Stands behind a year: «года».
        const YEAR = 1 << 16;
        /// Stands behind the year with which a date opens: «2024 жылғы 3 шілде».
        const LEADING_YEAR = 1 << 17;
        /// Before noon.
        const AM = 1 << 18;
        /// After noon.
        const PM = 1 << 19;
        /// A plural without the usual ending.
        const PLURAL = 1 << 20;
        /// Stands between the two numbers of a range: "5 to 7".
        const RANGE = 1 << 21;
        /// Behind a denial it denies the whole clause: "not one".
        const ONE = 1 << 22;
        /// Joins the parts of a number: "two hundred and five".
        const AND = 1 << 23;
        /// "a" in "a million".
        const ARTICLE = 1 << 24;
        /// "of" in "a third of", "3rd of July".
        const OF = 1 << 25;
        /// "per" in "60 km per hour".
        const PER = 1 << 26;
        /// Numbers what it stands before: "No. 5".
        const NUMBERS = 1 << 27;
    }
}

/// All that the lists say of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Meaning {
    /// Its part in a number, a date or a name.
    pub role: Role,
    /// The rest.
    pub marks: Marks,
}

impl Meaning {
    /// Whether it has any of these marks.
    pub fn is(&self, marks: Marks) -> bool {
        self.marks.intersects(marks)
    }
}

/// The words of one language with their meanings.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<&'static str, Meaning>,
    /// Scales, units, currencies, and where endings are stripped months and days, by stem.
    stems: FxHashMap<String, Role>,
    sides: FxHashMap<&'static str, (&'static str, i8)>,
    units: UnitWords,
    /// Stems of the country that a name stands for, by the stems of the name.
    countries: FxHashMap<Vec<u32>, Vec<u32>>,
    endings: FxHashMap<Ending, Vec<&'static str>>,
    /// Whether there are words at all.
    pub is_empty: bool,
}

impl Lexicon {
    pub(super) fn read(source: &'static Source, settings: &Settings) -> Self {
        let lists = Lists(vec![source]);
        let mut lexicon =
            Self { endings: endings(&lists), units: UnitWords::read(&lists), ..Self::default() };
        lexicon.read_marks(&lists);
        lexicon.read_roles(&lists, settings, source);
        for (axis, pole, words) in lists.all("opposites", opposite) {
            for word in words {
                lexicon.sides.entry(word).or_insert((axis, pole));
            }
        }
        lexicon.is_empty = lexicon.words.is_empty();
        lexicon
    }

    fn read_marks(&mut self, lists: &Lists) {
        let mut mark = |word: &'static str, marks: Marks| self.words.entry(word).or_default().marks |= marks;
        lists.all("stop-words", word).for_each(|word| mark(word, Marks::STOP));
        lists.all("weak-words", word).for_each(|word| mark(word, Marks::WEAK));
        lists.all("irregular-plurals", word).for_each(|word| mark(word, Marks::PLURAL));
        lists.all("negations", negation).for_each(|(word, marks)| mark(word, marks));
        lists.all("date-words", date_word).for_each(|(word, marks)| mark(word, marks));
        lists.all("number-links", number_link).for_each(|(word, marks)| mark(word, marks));
        particles(lists, "phrase").for_each(|word| mark(word, Marks::PARTICLE));
        for (word, uses) in lists.all("organisations", organisation) {
            mark(word, if uses.is(Use::Of) { Marks::BODY } else { Marks::empty() });
        }
        for (word, uses) in lists.all("titles", title) {
            let mut marks = Marks::empty();
            marks.set(Marks::TITLE, uses.is(Use::BeforeName));
            marks.set(Marks::HONORIFIC, uses.is(Use::Shortened));
            mark(word, marks);
        }
    }

    fn read_roles(&mut self, lists: &Lists, settings: &Settings, source: &Source) {
        let stemmer = Stems::of(settings.convention.stems, || stem_endings(source));
        for (number, row) in lists.all("months", month) {
            for (at, form) in row.words(1).enumerate() {
                let mut marks = Marks::empty();
                marks.set(Marks::SHORT_MONTH, at > 0);
                marks.set(Marks::DOUBTFUL_MONTH, row.has(2, form));
                let meaning = self.words.entry(form).or_default();
                meaning.role = Role::Month(number);
                meaning.marks |= marks;
            }
        }
        for (number, row) in lists.all("weekdays", weekday) {
            for form in row.words(1) {
                self.words.entry(form).or_default().role = Role::Weekday(number - 1);
            }
        }
        for (word, role, alone) in lists.all("numbers", number) {
            let meaning = self.words.entry(word).or_default();
            meaning.role = role;
            meaning.marks.set(Marks::ALONE, alone);
        }
        let stems = |name: &str| -> Vec<u32> {
            name.split_whitespace().map(|word| stemmer.hash(&fold(word))).collect()
        };
        for (country, row) in lists.all("countries", country) {
            for name in row.field(1).split(',') {
                self.countries.entry(stems(name)).or_default().extend(stems(country));
            }
        }
        let scales = lists.all("numbers", number).filter(|(_, role, _)| matches!(role, Role::Scale(_)));
        let scales = scales.map(|(word, role, _)| (role, vec![word]));
        for (role, forms) in scales.chain(lists.all("units", unit)).chain(lists.all("currencies", currency)) {
            for word in forms {
                self.words.entry(word).or_default().role = role;
                // A stem of two letters or fewer would catch words that only begin alike.
                let stem = stemmer.stem(word);
                if !settings.counted_by_plural && stem.chars().count() > 2 {
                    self.stems.entry(stem.into_owned()).or_insert(role);
                }
            }
        }
        if settings.convention.stems == StemRule::Endings {
            for (number, row) in lists.all("months", month) {
                self.stems.insert(
                    stemmer.stem(row.words(1).next().unwrap_or_default()).into_owned(),
                    Role::Month(number),
                );
            }
            for (number, row) in lists.all("weekdays", weekday) {
                let name = row.words(1).next().unwrap_or_default();
                self.stems.insert(stemmer.stem(name).into_owned(), Role::Weekday(number - 1));
            }
        }
    }

    /// What the lists say of a folded word with this stem.
    pub fn meaning(&self, word: &str, stem: &str) -> Meaning {
        match self.words.get(word) {
            Some(meaning) => *meaning,
            None => Meaning { role: self.stems.get(stem).copied().unwrap_or_default(), ..Meaning::default() },
        }
    }

    /// The axis on which a folded word takes a side, and which: 1, -1, or 0 for doubt.
    pub fn side(&self, word: &str) -> Option<(&'static str, i8)> {
        self.sides.get(word).copied()
    }

    /// Hashed stems of the country that a name with these stems stands for; none where it stands for itself.
    pub fn countries(&self, name: &[u32]) -> &[u32] {
        self.countries.get(name).map_or(&[], Vec::as_slice)
    }

    /// What goes on in units of several words.
    pub fn units(&self) -> &UnitWords {
        &self.units
    }

    /// Whether a folded word has an ending of a class.
    pub fn ends(&self, word: &str, class: Ending) -> bool {
        self.endings.get(&class).is_some_and(|endings| endings.iter().any(|e| word.ends_with(e)))
    }

    /// The endings of a class.
    pub fn endings(&self, class: Ending) -> &[&'static str] {
        self.endings.get(&class).map_or(&[], Vec::as_slice)
    }

    /// Whether a whole folded word is an ending of a class, as in `3-го`.
    pub fn is_ending(&self, word: &str, class: Ending) -> bool {
        self.endings.get(&class).is_some_and(|endings| endings.contains(&word))
    }
}

/// The endings of `stem-endings.txt` by group.
pub(super) fn stem_endings(source: &Source) -> Endings {
    let mut groups = Endings::default();
    for (ending, group) in source.read("stem-endings", stem_ending) {
        groups[group - 1].push(ending);
    }
    groups
}

fn stem_ending(row: &Row) -> Result<(&'static str, usize), Wrong> {
    Ok((row.field(0), one_of(row, 1, &[("1", 1), ("2", 2), ("3", 3), ("4", 4)])?))
}

/// A word that denies or takes a denial back.
fn negation(row: &Row) -> Result<(&'static str, Marks), Wrong> {
    marks(
        row,
        &[
            ("denies", Marks::DENIES),
            ("next", Marks::DENIES_NEXT),
            ("clause", Marks::DENIES_CLAUSE),
            ("taken-back", Marks::TAKES_BACK),
            ("one", Marks::ONE),
        ],
    )
}

/// A word beside a date; what it does on a page is read elsewhere.
pub(super) fn date_word(row: &Row) -> Result<(&'static str, Marks), Wrong> {
    marks(
        row,
        &[
            ("page", Marks::empty()),
            ("before-month", Marks::BEFORE_MONTH),
            ("joins", Marks::JOINS_DAYS),
            ("range", Marks::RANGE),
            ("year", Marks::YEAR),
            ("leading-year", Marks::LEADING_YEAR),
            ("am", Marks::AM),
            ("pm", Marks::PM),
            ("hour", Marks::empty()),
        ],
    )
}

/// A small word in numbers or beside them.
pub(super) fn number_link(row: &Row) -> Result<(&'static str, Marks), Wrong> {
    marks(
        row,
        &[
            ("and", Marks::AND),
            ("article", Marks::ARTICLE),
            ("of", Marks::OF),
            ("per", Marks::PER),
            ("numbers", Marks::NUMBERS),
        ],
    )
}

fn marks(row: &Row, known: &[(&str, Marks)]) -> Result<(&'static str, Marks), Wrong> {
    let marks = some_of(row, 1, known)?;
    if marks.is_empty() {
        return Err("a use is missing".to_owned());
    }
    Ok((row.field(0), marks.into_iter().collect()))
}

/// A number word with its value, and whether it is a scale that needs no number before it.
fn number(row: &Row) -> Result<(&'static str, Role, bool), Wrong> {
    let value: f64 = row.field(1).parse().map_err(|_| format!("{:?} is no number", row.field(1)))?;
    let scale = one_of(row, 2, &[("cardinal", false), ("scale", true)])?;
    let alone = one_of(row, 3, &[("", false), ("alone", true)])?;
    Ok((row.field(0), if scale { Role::Scale(value) } else { Role::Cardinal(value) }, alone))
}

fn unit(row: &Row) -> Result<(Role, Vec<&'static str>), Wrong> {
    forms(row).map(|forms| (Role::Unit(row.field(0)), forms))
}

fn currency(row: &Row) -> Result<(Role, Vec<&'static str>), Wrong> {
    forms(row).map(|forms| (Role::Currency(row.field(0)), forms))
}

fn forms(row: &Row) -> Result<Vec<&'static str>, Wrong> {
    let forms: Vec<&'static str> = row.words(1).collect();
    if forms.is_empty() { Err("a form is missing".to_owned()) } else { Ok(forms) }
}

/// A country and the names that stand for it.
fn country(row: &Row) -> Result<(&'static str, Row), Wrong> {
    if row.field(1).split(',').any(|name| name.trim().is_empty()) {
        return Err("a name is missing".to_owned());
    }
    Ok((row.field(0), row.clone()))
}

/// One end of an axis of opposites: its name, which end, its words.
fn opposite(row: &Row) -> Result<(&'static str, i8, Vec<&'static str>), Wrong> {
    let pole = one_of(row, 1, &[("+", 1), ("-", -1), ("?", 0)])?;
    Ok((row.field(0), pole, row.words(2).collect()))
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 12] = [
    ("stem-endings", |row| stem_ending(row).map(drop)),
    ("stop-words", |row| word(row).map(drop)),
    ("weak-words", |row| word(row).map(drop)),
    ("irregular-plurals", |row| word(row).map(drop)),
    ("negations", |row| negation(row).map(drop)),
    ("date-words", |row| date_word(row).map(drop)),
    ("number-links", |row| number_link(row).map(drop)),
    ("numbers", |row| number(row).map(drop)),
    ("units", |row| unit(row).map(drop)),
    ("currencies", |row| currency(row).map(drop)),
    ("opposites", |row| opposite(row).map(drop)),
    ("countries", |row| country(row).map(drop)),
];
