//! The distinct words of one text, each looked at once.
//!
//! News repeats its words, and stemming costs more than all else: a word's hash, stem and meaning
//! are worked out where it first stands and found again by its hash after that.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::hash::Hash;
use super::language::Language;
use super::lexicon::{Lexicon, Meaning};
use super::scan::fold;
use super::stems::Stems;

/// A distinct word or number.
pub(super) struct Word {
    folded: Range<usize>,
    stem_text: Range<usize>,
    /// What [`TextFeatures::words`](throughline_schema::TextFeatures::words) holds for it.
    pub hash: u32,
    /// What `stems` holds for it.
    pub stem: u32,
    pub meaning: Meaning,
}

/// The distinct words of one text.
pub(super) struct Words {
    lexicon: &'static Lexicon,
    stems: Stems,
    language: Language,
    /// Folded words and stems, one after the other.
    arena: String,
    /// By 64 bits of hash: two different words of one text share them once in 10^19 pairs.
    by_hash: FxHashMap<u64, u32>,
    words: Vec<Word>,
}

impl Words {
    pub(super) fn new(language: Language, stems: Stems) -> Self {
        Self {
            lexicon: Lexicon::of(language),
            stems,
            language,
            arena: String::new(),
            by_hash: FxHashMap::default(),
            words: Vec::new(),
        }
    }

    /// The number of `word` among the distinct words of the text.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let start = self.arena.len();
        fold(word, &mut self.arena);
        let hash = Hash::of(&self.arena[start..]);
        if let Some(&known) = self.by_hash.get(&hash.wide()) {
            self.arena.truncate(start);
            return known;
        }
        let folded = start..self.arena.len();
        let stem = self.stems.stem(&self.arena[folded.clone()]).into_owned();
        let mut meaning = self.lexicon.meaning(&self.arena[folded.clone()], &stem);
        if self.language == Language::Other {
            // No list: the shortest words of a language are nearly all function words.
            meaning.stop = self.arena[folded.clone()].chars().count() <= SHORT
                && self.arena[folded.clone()].starts_with(|c: char| c <= '\u{52f}' && c.is_alphabetic());
        }
        let stem_start = self.arena.len();
        self.arena.push_str(&stem);
        let number = self.words.len() as u32;
        self.words.push(Word {
            folded,
            stem_text: stem_start..self.arena.len(),
            hash: hash.narrow(),
            stem: Hash::of(&stem).narrow(),
            meaning,
        });
        self.by_hash.insert(hash.wide(), number);
        number
    }

    pub(super) fn get(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    pub(super) fn folded(&self, number: u32) -> &str {
        &self.arena[self.get(number).folded.clone()]
    }

    pub(super) fn stem_text(&self, number: u32) -> &str {
        &self.arena[self.get(number).stem_text.clone()]
    }

    /// Every distinct word, folded.
    pub(super) fn distinct(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|w| &self.arena[w.folded.clone()])
    }
}

/// Letters of the longest word that counts as a stop word where there is no list.
const SHORT: usize = 3;
