//! Words whose tokens are known already.
//!
//! Most tokenizers of sentence models first part a text at white space and then look at one word at a
//! time, so that a text's tokens are those of its words, one after the other. Where the file says so, a
//! word that came up before need not be tokenised again. Tokenising is a few per cent of a transformer's
//! time; for a static model it is nearly all of it.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;

/// Words that one memory holds; it is emptied when they are more.
const WORDS: usize = 1 << 16;

/// Bytes of the longest word that is remembered.
const LONGEST: usize = 48;

/// Where a text may be cut so that its tokens are those of the pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seams {
    /// At any white space of ASCII.
    WhiteSpace,
    /// At a single space between two plain characters: where spaces become part of the tokens.
    SingleSpaces,
}

/// What `tokenizer.json` says of the steps before the vocabulary is asked; the vocabulary is skipped.
#[derive(Deserialize)]
pub(crate) struct Outline {
    #[serde(default)]
    normalizer: Option<Step>,
    #[serde(default)]
    pre_tokenizer: Option<Step>,
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
    pub(crate) model: ModelOutline,
}

/// What it says of the vocabulary's unknown words.
#[derive(Deserialize)]
pub(crate) struct ModelOutline {
    /// Of WordPiece, WordLevel and BPE.
    #[serde(default)]
    pub(crate) unk_token: Option<String>,
    /// Of Unigram.
    #[serde(default)]
    pub(crate) unk_id: Option<u32>,
}

#[derive(Deserialize)]
struct AddedToken {
    content: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Step {
    r#type: String,
    normalizers: Vec<Step>,
    pretokenizers: Vec<Step>,
    pattern: Value,
    prepend_scheme: Option<String>,
    split: Option<bool>,
}

impl Outline {
    /// Where a text may be cut; none where the steps are not known to allow it.
    pub(crate) fn seams(&self) -> Option<Seams> {
        if self.added_tokens.iter().any(|token| token.content.contains(char::is_whitespace)) {
            return None;
        }
        let before = self.normalizer.as_slice_of(|step| &step.normalizers, "Sequence");
        let splitters = self.pre_tokenizer.as_slice_of(|step| &step.pretokenizers, "Sequence");
        let (first, later) = splitters.split_first()?;
        let parts_words = |step: &Step| {
            matches!(step.r#type.as_str(), "BertPreTokenizer" | "Whitespace" | "WhitespaceSplit")
        };
        let inside_words = |step: &Step| matches!(step.r#type.as_str(), "Punctuation" | "Digits");
        let metaspace = |step: &Step| {
            step.r#type == "Metaspace"
                && step.split.unwrap_or(true)
                && step.prepend_scheme.as_deref().unwrap_or("always") == "always"
        };
        if parts_words(first) && later.iter().all(|step| parts_words(step) || inside_words(step)) {
            return before.iter().all(|step| step.keeps_words()).then_some(Seams::WhiteSpace);
        }
        let spaced = match later.split_last() {
            None => metaspace(first),
            Some((last, middle)) => parts_words(first) && middle.is_empty() && metaspace(last),
        };
        let normalised = before.iter().all(|step| step.keeps_words() || step.keeps_plain_edges());
        (spaced && normalised).then_some(Seams::SingleSpaces)
    }
}

/// The steps of a sequence, or a single one as such.
trait Steps {
    fn as_slice_of(&self, inner: fn(&Step) -> &Vec<Step>, sequence: &str) -> &[Step];
}

impl Steps for Option<Step> {
    fn as_slice_of(&self, inner: fn(&Step) -> &Vec<Step>, sequence: &str) -> &[Step] {
        match self {
            Some(step) if step.r#type == sequence => inner(step),
            Some(step) => std::slice::from_ref(step),
            None => &[],
        }
    }
}

impl Step {
    /// Whether it treats what stands between white space by itself.
    fn keeps_words(&self) -> bool {
        let known = ["BertNormalizer", "Lowercase", "NFC", "NFD", "NFKC", "NFKD", "StripAccents"];
        known.contains(&self.r#type.as_str())
    }

    /// Whether it treats what stands between single spaces by itself, where plain characters stand at both ends.
    fn keeps_plain_edges(&self) -> bool {
        match self.r#type.as_str() {
            "Precompiled" | "Nmt" | "Strip" => true,
            "Replace" => match self.pattern["Regex"].as_str() {
                Some(" {2,}") => true,
                // One character of a class without anything plain in it.
                Some(pattern) => {
                    let class = pattern.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
                    class.is_some_and(|class| {
                        !class.is_empty() && !class.contains(|c| c == ' ' || is_plain(c))
                    })
                }
                None => false,
            },
            _ => false,
        }
    }
}

/// Letters, digits and marks that no neighbouring space can change, nor be changed by.
fn is_plain(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_graphic(),
        '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}' => c.is_alphabetic(),
        '«' | '»' | '–' | '—' | '‘' | '’' | '“' | '”' | '„' | '…' => true,
        _ => false,
    }
}

impl Seams {
    /// The pieces of a text, none of them empty; none where this text can't be cut.
    pub(crate) fn pieces(self, text: &str) -> Option<Pieces<'_>> {
        let fits = match self {
            Self::WhiteSpace => true,
            Self::SingleSpaces => text.split(' ').all(|word| {
                word.chars().next().is_some_and(is_plain) && word.chars().next_back().is_some_and(is_plain)
            }),
        };
        fits.then_some(Pieces { rest: text, seams: self })
    }
}

/// See [`Seams::pieces`].
pub(crate) struct Pieces<'t> {
    rest: &'t str,
    seams: Seams,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let is_seam = |b: &u8| match self.seams {
            Seams::WhiteSpace => matches!(b, b' ' | b'\t' | b'\n' | b'\r'),
            Seams::SingleSpaces => *b == b' ',
        };
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(|b| !is_seam(b))?;
        let length = bytes[start..].iter().position(is_seam).unwrap_or(bytes.len() - start);
        let piece = &self.rest[start..start + length];
        self.rest = &self.rest[start + length..];
        Some(piece)
    }
}

/// The tokens of words that came up before. What it gives does not depend on what it holds.
#[derive(Default)]
pub(crate) struct Memory {
    places: FxHashMap<Box<str>, Range<u32>>,
    ids: Vec<u32>,
}

impl Memory {
    /// The tokens of a word, if it is known.
    pub(crate) fn get(&self, word: &str) -> Option<&[u32]> {
        let place = self.places.get(word)?;
        Some(&self.ids[place.start as usize..place.end as usize])
    }

    /// Remembers a word.
    pub(crate) fn put(&mut self, word: &str, ids: &[u32]) {
        if word.len() > LONGEST {
            return;
        }
        if self.places.len() >= WORDS {
            self.places.clear();
            self.ids.clear();
        }
        let start = self.ids.len() as u32;
        self.ids.extend_from_slice(ids);
        self.places.insert(word.into(), start..self.ids.len() as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seams(normalizer: &str, pre_tokenizer: &str) -> Option<Seams> {
        let json = format!(
            r#"{{"normalizer": {normalizer}, "pre_tokenizer": {pre_tokenizer}, "model": {{"vocab": [["a", 0.0]]}}}}"#
        );
        serde_json::from_str::<Outline>(&json).unwrap().seams()
    }

    #[test]
    fn a_text_is_cut_only_where_the_steps_are_known_to_allow_it() {
        let bert = r#"{"type": "BertNormalizer", "lowercase": true}"#;
        assert_eq!(seams(bert, r#"{"type": "BertPreTokenizer"}"#), Some(Seams::WhiteSpace));
        assert_eq!(seams("null", r#"{"type": "WhitespaceSplit"}"#), Some(Seams::WhiteSpace));
        assert_eq!(seams(bert, "null"), None);
        assert_eq!(seams(bert, r#"{"type": "ByteLevel"}"#), None);
        assert_eq!(seams(r#"{"type": "Prepend"}"#, r#"{"type": "BertPreTokenizer"}"#), None);

        let metaspace = r#"{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}"#;
        let both = format!(
            r#"{{"type": "Sequence", "pretokenizers": [{{"type": "WhitespaceSplit"}}, {metaspace}]}}"#
        );
        let spaces = r#"{"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}"#;
        let normalizers =
            format!(r#"{{"type": "Sequence", "normalizers": [{{"type": "Precompiled"}}, {spaces}]}}"#);
        for pre_tokenizer in [metaspace, &both] {
            assert_eq!(seams(&normalizers, pre_tokenizer), Some(Seams::SingleSpaces));
        }
        let first = metaspace.replace("always", "first");
        assert_eq!(seams(&normalizers, &first), None);
        let replace = |class: &str| {
            format!(r#"{{"type": "Replace", "pattern": {{"Regex": "{class}"}}, "content": ""}}"#)
        };
        assert_eq!(seams(&replace("[\u{ad}\u{200b}]"), metaspace), Some(Seams::SingleSpaces));
        assert_eq!(seams(&replace("[a\u{ad}]"), metaspace), None);
        assert_eq!(seams(&replace("a b"), metaspace), None);
    }

    #[test]
    fn pieces_leave_out_nothing_but_white_space() {
        let cut = |seams: Seams, text| seams.pieces(text).map(|pieces| pieces.collect::<Vec<_>>());
        assert_eq!(cut(Seams::WhiteSpace, " ein  Wort,\n"), Some(vec!["ein", "Wort,"]));
        assert_eq!(cut(Seams::SingleSpaces, "«Это слово»."), Some(vec!["«Это", "слово»."]));
        for text in ["two  spaces", " before", "after ", "a \u{301}b", "", "a\n b"] {
            assert_eq!(cut(Seams::SingleSpaces, text), None, "{text:?}");
        }
    }

    #[test]
    fn a_full_memory_starts_anew() {
        let mut memory = Memory::default();
        for i in 0..WORDS as u32 {
            memory.put(&i.to_string(), &[i, i + 1]);
        }
        assert_eq!(memory.get("7"), Some(&[7, 8][..]));
        memory.put("one more", &[1]);
        assert_eq!((memory.get("7"), memory.get("one more")), (None, Some(&[1][..])));
        memory.put(&"long".repeat(20), &[2]);
        assert_eq!(memory.get(&"long".repeat(20)), None);
    }
}
