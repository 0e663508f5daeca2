//! What single words mean to the readers of figures, dates, names, negation and phrases.
//!
//! One look-up a word answers all of them: a word is a stop word, a month, a number, a currency and
//! so on. The lists are short and closed; what they lack is found by rule or not at all.

mod english;
mod kazakh;
mod russian;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::language::Language;
use super::stems::Stems;

/// What a word says about the number, date or name it stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Role {
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

/// All that the lists say of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Meaning {
    pub role: Role,
    /// Carries no content: left out of stems, never at the end of a phrase.
    pub stop: bool,
    /// Has content but makes no label.
    pub weak: bool,
    /// Denies.
    pub denial: bool,
    /// After a denial it takes the denial back ("not only").
    pub not_only: bool,
    /// May stand in lower case inside a name.
    pub particle: bool,
    /// An institution or place that goes on with "of": "Bank of England", but not "Ostrander of Tamarra".
    pub body: bool,
    /// Takes a full stop that ends no sentence.
    pub honorific: bool,
    /// Stands before a person's name and is no part of it: "President".
    pub title: bool,
    /// A verb of saying: what stands before it speaks.
    pub speech: bool,
}

/// The lists of one language; each text holds words separated by space.
struct Lists {
    stop: &'static str,
    weak: &'static str,
    denials: &'static str,
    not_only: &'static str,
    months: [&'static str; 12],
    weekdays: [&'static str; 7],
    cardinals: &'static [(&'static str, f64)],
    scales: &'static [(&'static str, f64)],
    units: &'static [(&'static str, &'static str)],
    currencies: &'static [(&'static str, &'static str)],
    particles: &'static str,
    bodies: &'static str,
    honorifics: &'static str,
    titles: &'static str,
    speech: &'static str,
}

/// The words of one language with their meanings.
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, Meaning>,
    /// Scales, units and currencies by stem, for languages that inflect them.
    stems: FxHashMap<String, Role>,
}

impl Lexicon {
    pub(super) fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new(&english::LISTS, Language::English));
        static RUSSIAN: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new(&russian::LISTS, Language::Russian));
        static KAZAKH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&kazakh::LISTS, Language::Kazakh));
        static OTHER: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon { words: FxHashMap::default(), stems: FxHashMap::default() });
        match language {
            Language::English => &ENGLISH,
            Language::Russian => &RUSSIAN,
            Language::Kazakh => &KAZAKH,
            Language::Other => &OTHER,
        }
    }

    fn new(lists: &Lists, language: Language) -> Self {
        let mut words: FxHashMap<&'static str, Meaning> = FxHashMap::default();
        let mut mark = |list: &'static str, set: fn(&mut Meaning)| {
            list.split_whitespace().for_each(|word| set(words.entry(word).or_default()));
        };
        mark(lists.stop, |m| m.stop = true);
        mark(lists.weak, |m| m.weak = true);
        mark(lists.denials, |m| m.denial = true);
        mark(lists.not_only, |m| m.not_only = true);
        mark(lists.particles, |m| m.particle = true);
        mark(lists.bodies, |m| m.body = true);
        mark(lists.honorifics, |m| m.honorific = true);
        mark(lists.titles, |m| m.title = true);
        mark(lists.speech, |m| m.speech = true);

        let months = (1..).zip(lists.months).map(|(n, forms)| (Role::Month(n), forms));
        let weekdays = (0..).zip(lists.weekdays).map(|(n, forms)| (Role::Weekday(n), forms));
        let cardinals = lists.cardinals.iter().map(|(word, value)| (Role::Cardinal(*value), *word));
        for (role, forms) in months.chain(weekdays).chain(cardinals) {
            for word in forms.split_whitespace() {
                words.entry(word).or_default().role = role;
            }
        }

        let stemmer = Stems::of(language, None);
        let mut stems = FxHashMap::default();
        let scales = lists.scales.iter().map(|(word, value)| (Role::Scale(*value), *word));
        let units = lists.units.iter().map(|(unit, forms)| (Role::Unit(unit), *forms));
        let currencies = lists.currencies.iter().map(|(code, forms)| (Role::Currency(code), *forms));
        for (role, forms) in scales.chain(units).chain(currencies) {
            for word in forms.split_whitespace() {
                words.entry(word).or_default().role = role;
                // A stem of two letters or fewer would catch words that only begin alike.
                let stem = stemmer.stem(word);
                if language != Language::English && stem.chars().count() > 2 {
                    stems.entry(stem.into_owned()).or_insert(role);
                }
            }
        }
        if language == Language::Kazakh {
            for (n, month) in (1..).zip(lists.months) {
                stems.insert(stemmer.stem(month).into_owned(), Role::Month(n));
            }
            for (n, day) in (0..).zip(lists.weekdays) {
                stems.insert(stemmer.stem(day).into_owned(), Role::Weekday(n));
            }
        }
        Self { words, stems }
    }

    /// What the lists say of a folded word with this stem.
    pub(super) fn meaning(&self, word: &str, stem: &str) -> Meaning {
        match self.words.get(word) {
            Some(meaning) => *meaning,
            None => Meaning { role: self.stems.get(stem).copied().unwrap_or_default(), ..Meaning::default() },
        }
    }
}
