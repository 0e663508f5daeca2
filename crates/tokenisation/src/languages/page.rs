//! Words of pages, of all languages together: what stands around an article is often in another language than the
//! article.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::{Ending, Use, date_forms, ending, month, particle};
use super::sentences::zone;
use super::source::{Row, SOURCES, Wrong};
use super::{Lists, one_of, some_of, word};
use crate::boilerplate::BoilerplateKind;
use crate::text::fold::strip_folded;

/// The beginning or the end of a line that is boilerplate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// Its words, in lower case, with 0 for any number.
    pub text: &'static str,
    /// A space follows the words.
    spaced: bool,
    /// What the line is.
    pub kind: BoilerplateKind,
    /// Whether the last piece of a paragraph may be such a line too.
    pub closing: bool,
    /// No full stop ends the line.
    pub unstopped: bool,
    /// Whether a line of any length may be one.
    pub long: bool,
    /// A number stands in the line.
    pub number: bool,
    /// An address of mail stands in the line.
    pub address: bool,
    /// A word that says what is asked for stands in the line.
    pub subject: bool,
}

/// What a label on a page stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// The agency: `Source: Xinhua`.
    Agency,
    /// Names of authors.
    Byline,
    /// When the page appeared.
    Time,
    /// An item, where a dateline has a place: `UPDATE`.
    Item,
}

/// A word of a bar with buttons to share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Somewhere to share.
    Network,
    /// Sharing or printing.
    Verb,
    /// What may stand between them.
    Filler,
}

/// An agency by one of its names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agency {
    /// In lower case.
    pub name: &'static str,
    /// The agency's own spelling.
    pub spelling: &'static str,
    /// Also signs without a capital.
    pub small: bool,
    /// Signs as the last word of a paragraph even where no full stop stands before it.
    pub closes: bool,
}

/// The lists.
#[derive(Debug)]
pub(crate) struct PageWords {
    months: FxHashMap<&'static str, u8>,
    zones: FxHashMap<&'static str, &'static str>,
    halves: FxHashMap<&'static str, bool>,
    dates: FxHashSet<&'static str>,
    clock: FxHashSet<&'static str>,
    behind_figures: FxHashSet<&'static str>,
    lines: FxHashMap<&'static str, (BoilerplateKind, bool)>,
    /// By their first two bytes, which rule out most before a comparison.
    openings: FxHashMap<[u8; 2], Vec<Form>>,
    endings: Vec<Form>,
    subjects: Vec<(&'static str, BoilerplateKind)>,
    labels: Vec<(&'static str, Vec<Label>)>,
    sharing: FxHashMap<&'static str, Sharing>,
    /// By the first byte of their names, a longer name before one that it starts with.
    agencies: FxHashMap<u8, Vec<Agency>>,
    pictures: Vec<&'static str>,
    particles: FxHashSet<&'static str>,
    places: FxHashSet<&'static str>,
    joins: FxHashSet<&'static str>,
}

/// The words of all languages.
pub(crate) fn words() -> &'static PageWords {
    static WORDS: LazyLock<PageWords> = LazyLock::new(|| PageWords::read(&Lists(SOURCES.iter().collect())));
    &WORDS
}

impl PageWords {
    fn read(lists: &Lists) -> Self {
        let date_words = |wanted: &'static [&'static str]| {
            lists.all("date-words", date_word).filter(move |(_, row)| wanted.iter().any(|w| row.has(1, w)))
        };
        let mut dates: FxHashSet<&'static str> = date_forms(lists).collect();
        dates.extend(lists.all("time-zones", zone).filter(|(_, common)| !common).map(|(zone, _)| zone));
        dates.extend(date_words(&["page"]).map(|(word, _)| word));
        let ordinals = lists.all("endings", ending).filter(|(_, class)| *class == Ending::GluedOrdinal);
        let behind_figures = date_words(&["am", "pm", "hour"]).map(|(word, _)| word);
        let mut openings: FxHashMap<[u8; 2], Vec<Form>> = FxHashMap::default();
        for form in lists.all("boilerplate-openings", opening) {
            if let [first, second, ..] = *form.text.as_bytes() {
                openings.entry([first, second]).or_default().push(form);
            }
        }
        let mut agencies: FxHashMap<u8, Vec<Agency>> = FxHashMap::default();
        let mut known: Vec<Agency> = lists.all("agencies", agency).collect();
        known.sort_by_key(|agency| std::cmp::Reverse(agency.name.len()));
        for agency in known {
            agencies.entry(agency.name.as_bytes()[0]).or_default().push(agency);
        }
        let particles = |wanted: Use| {
            let fits = lists.all("name-particles", particle).filter(move |(_, uses)| uses.is(wanted));
            fits.map(|(word, _)| word).collect()
        };
        let mut months = FxHashMap::default();
        for (number, row) in lists.all("months", month) {
            for form in row.words(1) {
                months.entry(form).or_insert(number);
            }
        }
        Self {
            months,
            zones: lists.all("zone-offsets", zone_rule).collect(),
            halves: lists.all("date-words", half_of_day).flatten().collect(),
            dates,
            clock: date_words(&["am", "pm"]).map(|(word, _)| word).collect(),
            behind_figures: behind_figures.chain(ordinals.map(|(ending, _)| ending)).collect(),
            lines: lists.map("boilerplate-lines", line),
            openings,
            endings: lists.all("boilerplate-endings", opening).collect(),
            subjects: lists.all("boilerplate-subjects", subject).collect(),
            labels: lists.all("page-labels", label).collect(),
            sharing: lists.map("sharing", sharing),
            agencies,
            pictures: lists.all("picture-agencies", word).collect(),
            particles: particles(Use::Name),
            places: particles(Use::Place),
            joins: particles(Use::Joins),
        }
    }

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

    /// Whether a word in lower case is a half of the day: "am".
    pub fn is_half_day(&self, word: &str) -> bool {
        self.clock.contains(word)
    }

    /// Whether letters in lower case may stand right behind a figure of a date or time: `3rd`, `5pm`, `17h`.
    pub fn follows_figure(&self, letters: &str) -> bool {
        self.behind_figures.contains(letters)
    }

    /// What a plain line is as a whole, and whether it may also be the last piece of a paragraph.
    pub fn line(&self, plain: &str) -> Option<(BoilerplateKind, bool)> {
        self.lines.get(plain).copied()
    }

    /// The listed beginnings of a plain line.
    pub fn openings<'w>(&'w self, plain: &'w str) -> impl Iterator<Item = &'w Form> {
        let first = plain.as_bytes().first_chunk::<2>();
        let forms = first.and_then(|first| self.openings.get(first)).map_or(&[][..], Vec::as_slice);
        forms.iter().filter(move |form| {
            plain.strip_prefix(form.text).is_some_and(|rest| !form.spaced || rest.starts_with(' '))
        })
    }

    /// The listed ends of a plain line.
    pub fn endings<'w>(&'w self, plain: &'w str) -> impl Iterator<Item = &'w Form> {
        self.endings.iter().filter(move |form| plain.ends_with(form.text))
    }

    /// Whether a plain line names what lines of this kind ask for.
    pub fn names_subject(&self, plain: &str, kind: BoilerplateKind) -> bool {
        self.subjects.iter().any(|(part, of)| *of == kind && plain.contains(part))
    }

    /// What follows a label of this use with which a text starts, with a capital; the longest label counts.
    pub fn behind_label<'t>(&self, text: &'t str, wanted: Label) -> Option<&'t str> {
        if !text.starts_with(char::is_uppercase) {
            return None;
        }
        let fits = self.labels.iter().filter(|(_, uses)| uses.contains(&wanted));
        fits.filter_map(|(label, _)| strip_folded(text, label)).min_by_key(|rest| rest.len())
    }

    /// Whether words in lower case stand before something else on a page, with a colon behind them: no speaker.
    pub fn is_prompt(&self, words: &str) -> bool {
        self.labels.iter().any(|(label, _)| *label == words)
            || self.lines.contains_key(words)
            || self.openings(words).any(|form| form.text == words)
            || self.openings(&format!("{words}:")).any(|form| form.text.strip_suffix(':') == Some(words))
    }

    /// Whether a whole word in lower case is a label of this use.
    pub fn is_label(&self, word: &str, wanted: Label) -> bool {
        self.labels.iter().any(|(label, uses)| *label == word && uses.contains(&wanted))
    }

    /// What a word in lower case is in a bar with buttons to share.
    pub fn sharing(&self, word: &str) -> Option<Sharing> {
        self.sharing.get(word).copied()
    }

    /// Agencies whose names in lower case start with this byte, longer names first.
    pub fn agencies(&self, first: u8) -> &[Agency] {
        self.agencies.get(&first).map_or(&[], Vec::as_slice)
    }

    /// Agencies of pictures, in lower case.
    pub fn pictures(&self) -> &[&'static str] {
        &self.pictures
    }

    /// Whether a word may stand in lower case inside a person's name.
    pub fn is_name_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether a word may stand in lower case inside a dateline's places.
    pub fn is_place_particle(&self, word: &str) -> bool {
        self.places.contains(word)
    }

    /// Whether a word joins the names of a byline.
    pub fn joins_names(&self, word: &str) -> bool {
        self.joins.contains(word)
    }
}

fn date_word(row: &Row) -> Result<(&'static str, Row), Wrong> {
    Ok((row.field(0), row.clone()))
}

/// The kind of furniture that the second field names.
fn kind(row: &Row) -> Result<BoilerplateKind, Wrong> {
    BoilerplateKind::named(row.field(1)).ok_or_else(|| format!("{:?} is no kind of furniture", row.field(1)))
}

fn line(row: &Row) -> Result<(&'static str, (BoilerplateKind, bool)), Wrong> {
    let closing = one_of(row, 2, &[("", false), ("closing", true)])?;
    Ok((row.field(0), (kind(row)?, closing)))
}

/// An entry of the beginnings or the ends. A space at the end is written as `_`.
fn opening(row: &Row) -> Result<Form, Wrong> {
    let uses = ["closing", "unstopped", "long", "number", "address", "subject"];
    some_of(row, 2, &uses.map(|name| (name, ())))?;
    let is = |name: &str| row.has(2, name);
    if row.field(0).len() < 2 {
        return Err("too short".to_owned());
    }
    Ok(Form {
        text: row.field(0).trim_end_matches('_'),
        spaced: row.field(0).ends_with('_'),
        kind: kind(row)?,
        closing: is("closing"),
        unstopped: is("unstopped"),
        number: is("number"),
        address: is("address"),
        subject: is("subject"),
        long: is("long"),
    })
}

fn subject(row: &Row) -> Result<(&'static str, BoilerplateKind), Wrong> {
    Ok((row.field(0), kind(row)?))
}

fn label(row: &Row) -> Result<(&'static str, Vec<Label>), Wrong> {
    let known =
        [("agency", Label::Agency), ("byline", Label::Byline), ("time", Label::Time), ("item", Label::Item)];
    let uses = some_of(row, 1, &known)?;
    if uses.is_empty() { Err("a use is missing".to_owned()) } else { Ok((row.field(0), uses)) }
}

fn sharing(row: &Row) -> Result<(&'static str, Sharing), Wrong> {
    let known = [("network", Sharing::Network), ("verb", Sharing::Verb), ("filler", Sharing::Filler)];
    Ok((row.field(0), one_of(row, 1, &known)?))
}

fn agency(row: &Row) -> Result<Agency, Wrong> {
    some_of(row, 2, &[("small", ()), ("closes", ())])?;
    let (small, closes) = (row.has(2, "small"), row.has(2, "closes"));
    match (row.field(0), row.field(1)) {
        ("", _) | (_, "") => Err("a name is missing".to_owned()),
        (name, spelling) => Ok(Agency { name, spelling, small, closes }),
    }
}

/// A time zone with its rule.
fn zone_rule(row: &Row) -> Result<(&'static str, &'static str), Wrong> {
    if row.field(1).is_empty() {
        Err("the rule is missing".to_owned())
    } else {
        Ok((row.field(0), row.field(1)))
    }
}

/// `am` or `pm`, where a word is one of them.
fn half_of_day(row: &Row) -> Result<Option<(&'static str, bool)>, Wrong> {
    let half = if row.has(1, "pm") { Some(true) } else { row.has(1, "am").then_some(false) };
    Ok(half.map(|afternoon| (row.field(0), afternoon)))
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 12] = [
    ("conventions", |row| super::Convention::parse(row).map(drop)),
    ("month-first-regions", |row| word(row).map(drop)),
    ("scripts", |_| Ok(())),
    ("boilerplate-lines", |row| line(row).map(drop)),
    ("boilerplate-openings", |row| opening(row).map(drop)),
    ("boilerplate-endings", |row| opening(row).map(drop)),
    ("boilerplate-subjects", |row| subject(row).map(drop)),
    ("page-labels", |row| label(row).map(drop)),
    ("sharing", |row| sharing(row).map(drop)),
    ("agencies", |row| agency(row).map(drop)),
    ("picture-agencies", |row| word(row).map(drop)),
    ("zone-offsets", |row| zone_rule(row).map(drop)),
];
