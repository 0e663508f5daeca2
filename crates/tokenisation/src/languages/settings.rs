//! `settings.txt`: what a language does that no list of words tells.

use rust_stemmers::Algorithm;

use super::one_of;
use super::source::{Row, Source, Wrong};

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Decimal {
    /// `1,234.5`
    Point,
    /// `1.234,5` or `1 234,5`
    Comma,
    /// Not known: decided number by number.
    #[default]
    Unknown,
}

/// How words lose their endings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StemRule {
    /// A Snowball stemmer.
    Snowball(Algorithm),
    /// The endings of `stem-endings.txt`.
    Endings,
    /// Words stay as they are.
    #[default]
    None,
}

/// How a language, or one of its regions, writes numbers and dates, and which stemmer it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Convention {
    /// How words lose their endings.
    pub stems: StemRule,
    /// The decimal separator.
    pub decimal: Decimal,
    /// Whether `1.234` is a thousand and not one and a bit.
    pub dot_thousands: bool,
}

/// The rule that finds the forms of verbs of saying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Inflection {
    /// English.
    English,
    /// Russian.
    Russian,
    /// Kazakh.
    Kazakh,
    /// None: every form is listed.
    #[default]
    Listed,
}

/// What `settings.txt` says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Tags of the languages whose lists are joined to its own.
    pub beside: Vec<&'static str>,
    /// How the verbs of saying, listed by their plain form, are inflected.
    pub inflection: Inflection,
    /// Whether the verb stands last and what is said before it.
    pub verb_last: bool,
    /// Whether verbs deny by a syllable inside, as in Kazakh.
    pub kazakh_negation: bool,
    /// Numbers, stems.
    pub convention: Convention,
    /// Whether the month stands before the day: `July 3`, `7/3/2024`, and months have a capital.
    pub month_first: bool,
    /// Whether a full stop makes a figure an ordinal: `3. Mai`.
    pub dotted_ordinals: bool,
    /// Whether a sentence may start with a small letter in careless writing.
    pub small_starts: bool,
    /// Whether a counted noun is told by its plural.
    pub counted_by_plural: bool,
}

/// Snowball's stemmers by the names that settings use.
const STEMMERS: [(&str, Algorithm); 18] = [
    ("arabic", Algorithm::Arabic),
    ("danish", Algorithm::Danish),
    ("dutch", Algorithm::Dutch),
    ("english", Algorithm::English),
    ("finnish", Algorithm::Finnish),
    ("french", Algorithm::French),
    ("german", Algorithm::German),
    ("greek", Algorithm::Greek),
    ("hungarian", Algorithm::Hungarian),
    ("italian", Algorithm::Italian),
    ("norwegian", Algorithm::Norwegian),
    ("portuguese", Algorithm::Portuguese),
    ("romanian", Algorithm::Romanian),
    ("russian", Algorithm::Russian),
    ("spanish", Algorithm::Spanish),
    ("swedish", Algorithm::Swedish),
    ("tamil", Algorithm::Tamil),
    ("turkish", Algorithm::Turkish),
];

impl Settings {
    pub(super) fn read(source: &Source) -> Self {
        let mut settings = Self::default();
        for row in source.rows("settings") {
            // A wrong line is refused by the tests.
            let _ = settings.take(&row);
        }
        settings
    }

    /// Takes in one line.
    pub(super) fn take(&mut self, row: &Row) -> Result<(), Wrong> {
        let value = row.field(1);
        let mut choose = |wanted: &str, flag: fn(&mut Self) -> &mut bool| {
            *flag(self) = value == wanted;
            if value == wanted { Ok(()) } else { Err(format!("{value:?} is not {wanted}")) }
        };
        match row.field(0) {
            "name" if !value.is_empty() => Ok(()),
            "beside" => {
                self.beside = row.words(1).collect();
                Ok(())
            }
            "inflection" => {
                let known = [
                    ("english", Inflection::English),
                    ("russian", Inflection::Russian),
                    ("kazakh", Inflection::Kazakh),
                ];
                self.inflection = one_of(row, 1, &known)?;
                Ok(())
            }
            "order" => choose("verb-last", |s| &mut s.verb_last),
            "negation" => choose("kazakh", |s| &mut s.kazakh_negation),
            "dates" => choose("month-first", |s| &mut s.month_first),
            "ordinals" => choose("dot", |s| &mut s.dotted_ordinals),
            "lower-case" => choose("starts", |s| &mut s.small_starts),
            "counted" => choose("plural", |s| &mut s.counted_by_plural),
            "stems" | "decimal" | "thousands" => self.convention.take(row.field(0), value),
            key => Err(format!("no setting is called {key:?}, or it has no value")),
        }
    }
}

impl Convention {
    /// What one setting says.
    fn take(&mut self, key: &str, value: &str) -> Result<(), Wrong> {
        match (key, value) {
            ("stems", "endings") => self.stems = StemRule::Endings,
            ("stems", name) => {
                let found = STEMMERS.iter().find(|(known, _)| *known == name);
                let (_, algorithm) = found.ok_or_else(|| format!("no stemmer is called {name:?}"))?;
                self.stems = StemRule::Snowball(*algorithm);
            }
            ("decimal", "point") => self.decimal = Decimal::Point,
            ("decimal", "comma") => self.decimal = Decimal::Comma,
            ("thousands", "dot") => self.dot_thousands = true,
            _ => return Err(format!("{value:?} is no {key}")),
        }
        Ok(())
    }

    /// One line of the list of conventions: tag, then `key=value`.
    pub(super) fn parse(row: &Row) -> Result<(&'static str, Self), Wrong> {
        let mut convention = Self::default();
        for pair in row.words(1) {
            let (key, value) = pair.split_once('=').ok_or_else(|| format!("{pair:?} is no key=value"))?;
            convention.take(key, value)?;
        }
        Ok((row.field(0), convention))
    }
}
