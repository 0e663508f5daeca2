//! The distinct words that a thread has met, each looked at once.
//!
//! News repeats its words, and stemming costs more than all else. So a word's hash, stem, n-grams and
//! meaning are worked out where it is first met and found again after that, from one text to the next.
//! Nothing that is read off a text depends on what was read before it.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::grams::grams;
use super::hash::Hash;
use super::language::Reading;
use super::stems::Stems;
use crate::languages::meaning::{Marks, Meaning};
use crate::languages::{Pack, StemRule};
use crate::text::fold::fold_into;

/// Distinct words after which a thread forgets and starts again: about 15 MB.
const KEPT: usize = 1 << 16;
/// Letters of the longest word that counts as a stop word where there is no list.
const SHORT: usize = 3;

/// A distinct word or number.
pub(super) struct Word {
    folded: Range<usize>,
    stem_text: Range<usize>,
    grams: Range<usize>,
    /// The last text that held it.
    text: u64,
    /// What [`TextFeatures::words`](throughline_schema::TextFeatures::words) holds for it.
    pub hash: u32,
    /// What `stems` holds for it.
    pub stem: u32,
    pub meaning: Meaning,
}

/// The distinct words met in texts of one language.
pub(super) struct Words {
    pack: &'static Pack,
    rule: StemRule,
    stems: Stems,
    /// Folded words and stems, one after the other.
    arena: String,
    grams: Vec<u32>,
    /// By their 64-bit hash; should two words share it, the second takes the next number.
    by_hash: FxHashMap<u64, u32>,
    words: Vec<Word>,
    /// The text that is being read.
    text: u64,
    /// Its distinct words.
    of_text: Vec<u32>,
    chars: Vec<char>,
}

thread_local! {
    static MET: RefCell<Vec<Words>> = const { RefCell::new(Vec::new()) };
}

impl Words {
    /// Hands the words that this thread has met in the language of a text to `read`.
    pub(super) fn of_thread<T>(reading: &Reading, read: impl FnOnce(&mut Self) -> T) -> T {
        let serves = |w: &Self| std::ptr::eq(w.pack, reading.pack) && w.rule == reading.convention.stems;
        let known = MET.with_borrow_mut(|met| met.iter().position(serves).map(|at| met.swap_remove(at)));
        let mut words = known.unwrap_or_else(|| Self::new(reading));
        words.text += 1;
        words.of_text.clear();
        let result = read(&mut words);
        if words.words.len() <= KEPT {
            MET.with_borrow_mut(|met| met.push(words));
        }
        result
    }

    fn new(reading: &Reading) -> Self {
        Self {
            pack: reading.pack,
            rule: reading.convention.stems,
            stems: reading.pack.stems(reading.convention.stems),
            arena: String::new(),
            grams: Vec::new(),
            by_hash: FxHashMap::default(),
            words: Vec::new(),
            text: 0,
            of_text: Vec::new(),
            chars: Vec::new(),
        }
    }

    /// The number of `word` among the distinct words; notes that the text holds it.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let start = self.arena.len();
        fold_into(word, &mut self.arena);
        let hash = Hash::of(&self.arena[start..]);
        let mut key = hash.wide();
        let number = loop {
            match self.by_hash.get(&key) {
                Some(&known) if self.folded(known) == &self.arena[start..] => {
                    self.arena.truncate(start);
                    break known;
                }
                Some(_) => key = key.wrapping_add(1),
                None => break self.learn(start, hash, key),
            }
        };
        let word = &mut self.words[number as usize];
        if word.text != self.text {
            word.text = self.text;
            self.of_text.push(number);
        }
        number
    }

    /// Takes in the folded word that ends the arena.
    fn learn(&mut self, start: usize, hash: Hash, key: u64) -> u32 {
        let folded = start..self.arena.len();
        let stem = self.stems.stem(&self.arena[start..]).into_owned();
        let mut meaning = self.pack.lexicon().meaning(&self.arena[start..], &stem);
        meaning.marks.set(Marks::SPEECH, self.pack.speech().is_usual(&self.arena[start..]));
        if self.pack.lexicon().is_empty {
            // No list: the shortest words of a language are nearly all function words.
            let word = &self.arena[start..];
            let short = word.chars().count() <= SHORT
                && word.starts_with(|c: char| c <= '\u{52f}' && c.is_alphabetic());
            meaning.marks.set(Marks::STOP, short);
        }
        let first_gram = self.grams.len();
        grams(&self.arena[start..], &mut self.chars, &mut self.grams);
        self.arena.push_str(&stem);
        let number = self.words.len() as u32;
        self.words.push(Word {
            stem_text: folded.end..self.arena.len(),
            folded,
            grams: first_gram..self.grams.len(),
            text: 0,
            hash: hash.narrow(),
            stem: Hash::of(&stem).narrow(),
            meaning,
        });
        self.by_hash.insert(key, number);
        number
    }

    /// The pack of their language.
    pub(super) fn pack(&self) -> &'static Pack {
        self.pack
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

    /// The n-grams of the words of the text that is being read, sorted, each once.
    pub(super) fn grams_of_text(&self) -> Vec<u32> {
        let of_word = |number: &u32| &self.grams[self.get(*number).grams.clone()];
        let mut out: Vec<u32> = self.of_text.iter().flat_map(of_word).copied().collect();
        out.sort_unstable();
        out.dedup();
        out.shrink_to_fit();
        out
    }
}
