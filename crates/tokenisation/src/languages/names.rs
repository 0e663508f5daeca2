//! Names of people, organisations, months and days, and what goes with them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::class::Class;
use super::source::{Row, Wrong};
use super::{Lists, one_of, some_of};
use crate::text::fold::fold;

/// What pronoun a person takes, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    /// he
    Male,
    /// she
    Female,
}

/// What a title, an organisation's word or a particle is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Role,
    BeforeName,
    Shortened,
    Man,
    Woman,
    Body,
    Firm,
    Of,
    Name,
    Phrase,
    Place,
    Joins,
    Oblique,
}

/// The uses of a word.
#[derive(Clone, Debug)]
pub(super) struct Uses(Vec<Use>);

impl Uses {
    pub fn is(&self, wanted: Use) -> bool {
        self.0.contains(&wanted)
    }

    /// The classes of an organisation's word.
    pub fn class(&self) -> Class {
        let mut class = Class::NONE;
        class.set(Class::BODY, self.is(Use::Body));
        class.set(Class::FIRM, self.is(Use::Firm));
        class.set(Class::OBLIQUE, self.is(Use::Oblique));
        class
    }

    fn gender(&self) -> Option<Gender> {
        let woman = || self.is(Use::Woman).then_some(Gender::Female);
        self.is(Use::Man).then_some(Gender::Male).or_else(woman)
    }
}

/// What an ending tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Ending {
    /// A man's surname or patronymic: `-ов`, `-ович`.
    Man,
    /// A woman's surname or patronymic: `-ова`, `-овна`.
    Woman,
    /// Given names of women that no list has.
    GivenWoman,
    /// A patronymic.
    Patronymic,
    /// A case of a name.
    NameCase,
    /// A genitive.
    Genitive,
    /// Somebody who does something: `strategist`.
    Role,
    /// An adjective of nation: `Spanish`.
    Nation,
    /// A plural of a people or a party: `Republicans`.
    People,
    /// An adjective.
    Adjective,
    /// An adverb: `physically`.
    Adverb,
    /// A verb.
    Verb,
    /// What no label ends in.
    NoLabel,
    /// Words that begin a label and do not end one: "foreign policy".
    OpensLabel,
    /// But in such a word it may.
    Label,
    /// An ordinal, behind its figure.
    Ordinal,
    /// An ordinal in a date, behind a hyphen: `3-го`.
    DateOrdinal,
    /// An ordinal in a date, right behind the figure: `3rd`.
    GluedOrdinal,
    /// A plural.
    Plural,
    /// A singular that ends as plurals do: `bus`.
    Singular,
    /// Right behind a year: `1990s`.
    Decade,
    /// The syllable by which a verb denies.
    Denial,
    /// What stands behind that syllable.
    BehindDenial,
    /// What grammar it tells.
    Grammar(Class),
}

/// Where the legal form of a firm stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct CompanyForm {
    /// Behind the name: `Acme Corp`.
    form: bool,
    /// Behind "and": `Lee and Sons`.
    and: bool,
}

/// The lists.
#[derive(Debug)]
pub(crate) struct NameWords {
    given: FxHashMap<&'static str, Option<Gender>>,
    genders: FxHashMap<&'static str, Gender>,
    meant: FxHashMap<&'static str, &'static str>,
    endings: FxHashMap<Ending, Vec<&'static str>>,
    company_forms: FxHashMap<&'static str, CompanyForm>,
    place_openers: FxHashSet<&'static str>,
    adjectives: FxHashSet<&'static str>,
    common: FxHashSet<&'static str>,
    places: FxHashSet<String>,
}

impl NameWords {
    pub(super) fn read(lists: &Lists) -> Self {
        let mut genders = FxHashMap::default();
        for (word, uses) in lists.all("titles", title) {
            if let Some(gender) = uses.gender() {
                genders.entry(word).or_insert(gender);
            }
        }
        Self {
            given: lists.map("given-names", given_name),
            genders,
            meant: lists.all("titles", meaning_of_title).flatten().collect(),
            endings: endings(lists),
            company_forms: lists.map("company-forms", company_form),
            place_openers: lists.set("place-openers"),
            adjectives: lists.set("adjectives"),
            common: lists.set("common-nouns"),
            places: lists.all("countries", names_of_country).flatten().collect(),
        }
    }

    /// Whether a word in lower case is a given name.
    pub fn is_given(&self, word: &str) -> bool {
        self.given.contains_key(word)
    }

    /// Whose given name a word in lower case is.
    pub fn given(&self, word: &str) -> Option<Gender> {
        self.given.get(word).copied().flatten()
    }

    /// Who bears a title or a role, in lower case.
    pub fn of_title(&self, word: &str) -> Option<Gender> {
        self.genders.get(word).copied()
    }

    /// What a shortened title in lower case stands for.
    pub fn meant<'w>(&self, title: &'w str) -> &'w str
    where
        'static: 'w,
    {
        self.meant.get(title).copied().unwrap_or(title)
    }

    /// The longest ending of a class that `word` has and that leaves it `rest` bytes.
    pub fn ending(&self, word: &str, class: Ending, rest: usize) -> Option<&'static str> {
        let endings = self.endings.get(&class)?;
        endings.iter().copied().find(|e| word.ends_with(e) && word.len() >= e.len() + rest)
    }

    /// Whether `word` has an ending of a class.
    pub fn ends(&self, word: &str, class: Ending) -> bool {
        self.ending(word, class, 0).is_some()
    }

    /// Whether a word is the legal form of a firm, with or without its full stop.
    pub fn is_company_form(&self, word: &str) -> bool {
        self.company_form(word).is_some_and(|form| form.form)
    }

    /// Whether a word goes on with a firm's name behind "and": `Lee and Co.`
    pub fn ends_firm_behind_and(&self, word: &str) -> bool {
        self.company_form(word).is_some_and(|form| form.and)
    }

    fn company_form(&self, word: &str) -> Option<&CompanyForm> {
        self.company_forms.get(fold(word.trim_end_matches('.')).as_str())
    }

    /// Whether places and bodies rather than people have this first word, in lower case.
    pub fn opens_place(&self, word: &str) -> bool {
        self.place_openers.contains(word)
    }

    /// Whether a word in lower case is a country, or stands for one.
    pub fn is_place(&self, word: &str) -> bool {
        self.places.contains(word)
    }

    /// Whether a word in lower case is an adjective of party or nation whose ending does not show it.
    pub fn is_adjective(&self, word: &str) -> bool {
        self.adjectives.contains(word)
    }

    /// Whether a word in lower case is no name though it opens a sentence.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }
}

/// A country and what stands for it.
fn names_of_country(row: &Row) -> Result<Vec<String>, Wrong> {
    Ok(std::iter::once(row.field(0)).chain(row.field(1).split(',')).map(|name| fold(name.trim())).collect())
}

/// Endings by what they tell, longest first.
pub(super) fn endings(lists: &Lists) -> FxHashMap<Ending, Vec<&'static str>> {
    let mut endings: FxHashMap<Ending, Vec<&'static str>> = FxHashMap::default();
    for (ending, class) in lists.all("endings", ending) {
        endings.entry(class).or_default().push(ending);
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    for list in endings.values_mut() {
        list.sort_by_key(|ending| std::cmp::Reverse(ending.chars().count()));
    }
    endings
}

/// Every form of the names of months and days.
pub(super) fn date_forms(lists: &Lists) -> impl Iterator<Item = &'static str> {
    let forms = |(_, row): (u8, Row)| row.words(1);
    lists.all("months", month).flat_map(forms).chain(lists.all("weekdays", weekday).flat_map(forms))
}

/// Words that may stand in lower case inside a name.
pub(super) fn particles(lists: &Lists, place: &'static str) -> impl Iterator<Item = &'static str> {
    let wanted = if place == "name" { Use::Name } else { Use::Phrase };
    lists.all("name-particles", particle).filter(move |(_, uses)| uses.is(wanted)).map(|(word, _)| word)
}

pub(super) fn particle(row: &Row) -> Result<(&'static str, Uses), Wrong> {
    uses(row, &[("name", Use::Name), ("phrase", Use::Phrase), ("place", Use::Place), ("joins", Use::Joins)])
}

pub(super) fn organisation(row: &Row) -> Result<(&'static str, Uses), Wrong> {
    uses(row, &[("body", Use::Body), ("firm", Use::Firm), ("of", Use::Of), ("oblique", Use::Oblique)])
}

pub(super) fn title(row: &Row) -> Result<(&'static str, Uses), Wrong> {
    let known = [
        ("role", Use::Role),
        ("before-name", Use::BeforeName),
        ("shortened", Use::Shortened),
        ("oblique", Use::Oblique),
        ("man", Use::Man),
        ("woman", Use::Woman),
    ];
    let uses: Result<Vec<Use>, Wrong> = row
        .words(1)
        .filter(|word| !word.starts_with("means="))
        .map(|word| {
            let found = known.iter().find(|(name, _)| *name == word);
            found.map(|(_, value)| *value).ok_or_else(|| format!("{word:?} is no use of a title"))
        })
        .collect();
    Ok((row.field(0), Uses(uses?)))
}

/// A shortened title with what it stands for, if it stands for another.
fn meaning_of_title(row: &Row) -> Result<Option<(&'static str, &'static str)>, Wrong> {
    Ok(row.words(1).find_map(|word| word.strip_prefix("means=")).map(|long| (row.field(0), long)))
}

fn uses(row: &Row, known: &[(&str, Use)]) -> Result<(&'static str, Uses), Wrong> {
    let uses = some_of(row, 1, known)?;
    if uses.is_empty() { Err("a use is missing".to_owned()) } else { Ok((row.field(0), Uses(uses))) }
}

pub(super) fn company_form(row: &Row) -> Result<(&'static str, CompanyForm), Wrong> {
    some_of(row, 1, &[("form", ()), ("and", ())])?;
    let form = row.field(1).is_empty() || row.has(1, "form");
    Ok((row.field(0), CompanyForm { form, and: row.has(1, "and") }))
}

pub(super) fn given_name(row: &Row) -> Result<(&'static str, Option<Gender>), Wrong> {
    let known = [("man", Some(Gender::Male)), ("woman", Some(Gender::Female)), ("either", None)];
    Ok((row.field(0), one_of(row, 1, &known)?))
}

pub(super) fn ending(row: &Row) -> Result<(&'static str, Ending), Wrong> {
    let known = [
        ("surname-man", Ending::Man),
        ("patronymic-man", Ending::Man),
        ("surname-woman", Ending::Woman),
        ("patronymic-woman", Ending::Woman),
        ("given-woman", Ending::GivenWoman),
        ("patronymic", Ending::Patronymic),
        ("name-case", Ending::NameCase),
        ("genitive", Ending::Genitive),
        ("role", Ending::Role),
        ("adjective-of-nation", Ending::Nation),
        ("people", Ending::People),
        ("adjective", Ending::Adjective),
        ("verb", Ending::Verb),
        ("no-label", Ending::NoLabel),
        ("opens-label", Ending::OpensLabel),
        ("label", Ending::Label),
        ("ordinal", Ending::Ordinal),
        ("date-ordinal", Ending::DateOrdinal),
        ("glued-ordinal", Ending::GluedOrdinal),
        ("adverb", Ending::Adverb),
        ("plural", Ending::Plural),
        ("singular", Ending::Singular),
        ("decade", Ending::Decade),
        ("denial", Ending::Denial),
        ("behind-denial", Ending::BehindDenial),
        ("oblique", Ending::Grammar(Class::OBLIQUE)),
        ("possessor", Ending::Grammar(Class::GENITIVE)),
        ("possessed", Ending::Grammar(Class::POSSESSED)),
        ("finite", Ending::Grammar(Class::FINITE)),
        ("participle", Ending::Grammar(Class::PARTICIPLE)),
        ("nominative", Ending::Grammar(Class::NOMINATIVE)),
        ("gerund", Ending::Grammar(Class::GERUND)),
        ("reported", Ending::Grammar(Class::REPORTED)),
        ("manner", Ending::Grammar(Class::ADVERB)),
        ("of-many", Ending::Grammar(Class::OF_MANY)),
    ];
    Ok((row.field(0), one_of(row, 1, &known)?))
}

/// A month with its row: number, forms, and the forms that are also other words.
pub(super) fn month(row: &Row) -> Result<(u8, Row), Wrong> {
    numbered(row, 12)
}

/// A day of the week with its row; 1 is Monday.
pub(super) fn weekday(row: &Row) -> Result<(u8, Row), Wrong> {
    numbered(row, 7)
}

fn numbered(row: &Row, last: u8) -> Result<(u8, Row), Wrong> {
    let number = row.field(0).parse().ok().filter(|n| (1..=last).contains(n));
    let number = number.ok_or_else(|| format!("{:?} is no number from 1 to {last}", row.field(0)))?;
    if row.field(1).is_empty() { Err("a form is missing".to_owned()) } else { Ok((number, row.clone())) }
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 11] = [
    ("given-names", |row| given_name(row).map(drop)),
    ("titles", |row| title(row).map(drop)),
    ("organisations", |row| organisation(row).map(drop)),
    ("endings", |row| ending(row).map(drop)),
    ("name-particles", |row| particle(row).map(drop)),
    ("months", |row| month(row).map(drop)),
    ("weekdays", |row| weekday(row).map(drop)),
    ("company-forms", |row| company_form(row).map(drop)),
    ("place-openers", |row| super::word(row).map(drop)),
    ("adjectives", |row| super::word(row).map(drop)),
    ("common-nouns", |row| super::word(row).map(drop)),
];
