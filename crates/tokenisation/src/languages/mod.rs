//! What is known of each language: the word lists of `languages/<tag>/`, parsed when first asked for.
//!
//! A [`Pack`] is one language's lists, joined with those of the languages that its `settings.txt` names
//! under `beside`: news in Kazakh has Russian names and quotations, news in any language English ones. A word
//! that the language's own lists have is never looked up in another's. The page `docs/languages.md` tells how to
//! add a language.

pub(crate) mod class;
pub(crate) mod common;
mod inflection;
pub(crate) mod meaning;
pub(crate) mod names;
pub(crate) mod page;
pub(crate) mod sentences;
mod settings;
mod source;
pub(crate) mod speech;
#[cfg(test)]
mod tests;
pub(crate) mod units;

use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::features::stems::Stems;
use crate::text::language::{Script, UNDETERMINED, primary};
use meaning::Lexicon;
use names::NameWords;
use sentences::SentenceWords;
use settings::Settings;
pub(crate) use settings::{Convention, Decimal, StemRule};
use source::{Row, SOURCES, Source, Wrong};
use speech::SpeechWords;

/// All that is known of one language.
pub(crate) struct Pack {
    source: &'static Source,
    /// What `settings.txt` says.
    pub settings: Settings,
    sentences: OnceLock<SentenceWords>,
    speech: OnceLock<SpeechWords>,
    names: OnceLock<NameWords>,
    lexicon: OnceLock<Lexicon>,
}

/// One pack for each folder.
static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| SOURCES.iter().map(Pack::new).collect());

/// The pack of a BCP 47 tag, if the language has one.
pub(crate) fn find(tag: &str) -> Option<&'static Pack> {
    let primary = primary(tag);
    PACKS.iter().find(|pack| pack.tag() == primary && primary != UNDETERMINED)
}

/// The pack of a BCP 47 tag; for a language without one, a pack without words.
pub(crate) fn own(tag: &str) -> &'static Pack {
    static NONE: LazyLock<Pack> = LazyLock::new(|| Pack::new(&Source { tag: "", files: &[] }));
    match find(tag) {
        Some(pack) => pack,
        None if primary(tag) == UNDETERMINED => undetermined(),
        None => &NONE,
    }
}

/// The language whose lists serve an unknown language of a script: `scripts.txt` of `und`.
pub(crate) fn of_script(script: Script) -> &'static str {
    let name = format!("{script:?}");
    undetermined()
        .source
        .rows("scripts")
        .find(|row| row.field(0) == name)
        .map_or(UNDETERMINED, |row| row.field(1))
}

/// How a language, in a region if one is given, writes numbers, and what takes the endings off its words: of
/// any language, with a pack or without.
pub(crate) fn convention(primary: &str, region: &str) -> Convention {
    static KNOWN: LazyLock<FxHashMap<&'static str, Convention>> =
        LazyLock::new(|| undetermined().source.read("conventions", Convention::parse).collect());
    if primary == UNDETERMINED {
        return Convention::default();
    }
    if let Some(pack) = find(primary) {
        return pack.settings.convention;
    }
    let of_region = KNOWN.get(format!("{primary}-{region}").as_str());
    of_region.or_else(|| KNOWN.get(primary)).or_else(|| KNOWN.get("*")).copied().unwrap_or_default()
}

/// Whether a region whose language puts the month first does so in figures too: `7/3/2024`. Without a region
/// it is taken to.
pub(crate) fn writes_month_first(region: &str) -> bool {
    region.is_empty() || undetermined().source.rows("month-first-regions").any(|row| row.field(0) == region)
}

/// The pack of a text whose language can't be told.
pub(crate) fn undetermined() -> &'static Pack {
    static PACK: LazyLock<&Pack> = LazyLock::new(|| {
        let found = PACKS.iter().find(|pack| pack.tag() == UNDETERMINED);
        found.unwrap_or_else(|| Box::leak(Box::new(Pack::new(&Source { tag: UNDETERMINED, files: &[] }))))
    });
    *PACK
}

/// Whether texts in the language of a BCP 47 tag are read with word lists of its own. Texts in other
/// languages are split by rules that serve all, and of their quotations only the plainest forms are found.
pub fn is_supported(tag: &str) -> bool {
    find(tag).is_some()
}

impl std::fmt::Debug for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pack").field(&self.tag()).finish()
    }
}

impl Default for &'static Pack {
    fn default() -> Self {
        undetermined()
    }
}

impl Pack {
    fn new(source: &'static Source) -> Self {
        Self {
            source,
            settings: Settings::read(source),
            sentences: OnceLock::new(),
            speech: OnceLock::new(),
            names: OnceLock::new(),
            lexicon: OnceLock::new(),
        }
    }

    /// The tag of its language.
    pub fn tag(&self) -> &'static str {
        self.source.tag
    }

    /// What decides where sentences end.
    pub fn sentences(&self) -> &SentenceWords {
        self.sentences.get_or_init(|| SentenceWords::read(&self.lists()))
    }

    /// Who says what: classes of words and verbs of saying.
    pub fn speech(&self) -> &SpeechWords {
        self.speech.get_or_init(|| SpeechWords::read(&self.lists()))
    }

    /// Names, titles, and what they tell of who bears them.
    pub fn names(&self) -> &NameWords {
        self.names.get_or_init(|| NameWords::read(&self.lists()))
    }

    /// What single words mean to the readers of features. Of this language alone: figures and dates are
    /// compared across languages, so a word must not be taken for another language's.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::read(self.source, &self.settings))
    }

    /// What takes the endings off its words, by a rule.
    pub fn stems(&self, rule: StemRule) -> Stems {
        Stems::of(rule, || meaning::stem_endings(self.source))
    }

    /// Its own lists, then those of the languages beside it.
    fn lists(&self) -> Lists {
        let beside = self.settings.beside.iter().filter_map(|tag| SOURCES.iter().find(|s| s.tag == *tag));
        Lists(std::iter::once(self.source).chain(beside).collect())
    }
}

/// The sources that a pack reads, its own first.
struct Lists(Vec<&'static Source>);

impl Lists {
    /// A list as a map; the first source that has a word decides.
    fn map<T>(
        &self,
        list: &str,
        parse: fn(&Row) -> Result<(&'static str, T), Wrong>,
    ) -> FxHashMap<&'static str, T> {
        let mut map = FxHashMap::default();
        for (word, value) in self.all(list, parse) {
            map.entry(word).or_insert(value);
        }
        map
    }

    /// A list of words.
    fn set(&self, list: &str) -> FxHashSet<&'static str> {
        self.all(list, word).collect()
    }

    /// The entries of all sources, in order.
    fn all<T>(&self, list: &str, parse: fn(&Row) -> Result<T, Wrong>) -> impl Iterator<Item = T> {
        self.0.iter().flat_map(move |source| source.read(list, parse))
    }
}

/// An entry that is one word.
fn word(row: &Row) -> Result<&'static str, Wrong> {
    match (row.field(0), row.field(1)) {
        ("", _) => Err("a word is missing".to_owned()),
        (word, "") => Ok(word),
        (_, more) => Err(format!("one word, not also {more:?}")),
    }
}

/// A field that must be one of a few words.
fn one_of<T: Copy>(row: &Row, at: usize, known: &[(&str, T)]) -> Result<T, Wrong> {
    let field = row.field(at);
    let found = known.iter().find(|(name, _)| *name == field).map(|(_, value)| *value);
    found.ok_or_else(|| format!("{field:?} is none of {}", names_of(known)))
}

/// Every word of a field, each one of a few.
fn some_of<T: Copy>(row: &Row, at: usize, known: &[(&str, T)]) -> Result<Vec<T>, Wrong> {
    row.words(at)
        .map(|word| {
            let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
            found.ok_or_else(|| format!("{word:?} is none of {}", names_of(known)))
        })
        .collect()
}

fn names_of<T>(known: &[(&str, T)]) -> String {
    known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
