//! Two kinds of tokenizer over a handful of words, as a file and as plain code.

use serde_json::{Value, json};

/// The vocabulary's own words, and pieces of words.
pub const WORDS: [&str; 16] = [
    "rain",
    "sun",
    "snow",
    "and",
    "the",
    "harbour",
    "bridge",
    "opens",
    "дождь",
    "снег",
    "мост",
    "о",
    "откры",
    "вают",
    "s",
    "er",
];

/// Kinds of tokenizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokenizer {
    /// As BERT has it: lower case, words at white space and punctuation, longest pieces first, `##` inside.
    WordPiece,
    /// As XLM-R has it: `▁` before every word, the likeliest pieces.
    Unigram,
}

/// Ids of the special tokens, the same in both kinds.
pub(crate) const PAD: u32 = 0;
const UNKNOWN: u32 = 1;
const FIRST: u32 = 2;
const LAST: u32 = 3;
const OWN: u32 = 4;

impl Tokenizer {
    fn special(self) -> [&'static str; 4] {
        match self {
            Self::WordPiece => ["[PAD]", "[UNK]", "[CLS]", "[SEP]"],
            Self::Unigram => ["<pad>", "<unk>", "<s>", "</s>"],
        }
    }

    /// Every token in order of id.
    pub(crate) fn vocabulary(self) -> Vec<String> {
        let inside = match self {
            Self::WordPiece => |word: &str| format!("##{word}"),
            Self::Unigram => |word: &str| word.to_owned(),
        };
        let start = match self {
            Self::WordPiece => |word: &str| word.to_owned(),
            Self::Unigram => |word: &str| format!("▁{word}"),
        };
        let special = self.special().map(str::to_owned);
        special.into_iter().chain(WORDS.map(start)).chain(WORDS.map(inside)).collect()
    }

    /// What a Unigram piece costs: the more letters, the likelier, so that whole words win.
    fn score(piece: &str) -> f64 {
        -10.0 + piece.chars().count() as f64 / 4.0
    }

    /// The `tokenizer.json`.
    pub(crate) fn file(self) -> Value {
        let vocabulary = self.vocabulary();
        let names = self.special();
        let added: Vec<Value> = (0..OWN as usize)
            .map(|id| {
                json!({"id": id, "content": names[id], "single_word": false, "lstrip": false,
                    "rstrip": false, "normalized": false, "special": true})
            })
            .collect();
        let template = json!({
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": names[2], "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": names[3], "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {
                names[2]: {"id": names[2], "ids": [FIRST], "tokens": [names[2]]},
                names[3]: {"id": names[3], "ids": [LAST], "tokens": [names[3]]},
            },
        });
        let (normalizer, pre_tokenizer, model) = match self {
            Self::WordPiece => {
                let by_word: serde_json::Map<String, Value> = vocabulary
                    .into_iter()
                    .zip(0..)
                    .map(|(word, id): (String, u32)| (word, id.into()))
                    .collect();
                (
                    json!({"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                        "strip_accents": null, "lowercase": true}),
                    json!({"type": "BertPreTokenizer"}),
                    json!({"type": "WordPiece", "unk_token": names[1], "continuing_subword_prefix": "##",
                        "max_input_chars_per_word": 100, "vocab": by_word}),
                )
            }
            Self::Unigram => {
                let scored: Vec<Value> = vocabulary
                    .iter()
                    .enumerate()
                    .map(|(id, piece)| {
                        json!([piece, if id < OWN as usize { 0.0 } else { Self::score(piece) }])
                    })
                    .collect();
                (
                    json!({"type": "Sequence", "normalizers": [{"type": "NFKC"},
                        {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]}),
                    json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}),
                    json!({"type": "Unigram", "unk_id": UNKNOWN, "vocab": scored}),
                )
            }
        };
        json!({"version": "1.0", "truncation": null, "padding": null, "added_tokens": added,
            "normalizer": normalizer, "pre_tokenizer": pre_tokenizer, "post_processor": template,
            "decoder": null, "model": model})
    }

    /// The ids of a text of plain words, spaces and full stops, without the template's.
    pub(crate) fn own_tokens(self, text: &str) -> Vec<u32> {
        let vocabulary = self.vocabulary();
        let id = |piece: &str| vocabulary.iter().position(|known| known == piece).map(|id| id as u32);
        match self {
            Self::WordPiece => text
                .to_lowercase()
                .replace('.', " . ")
                .split_whitespace()
                .flat_map(|word| longest_first(word, &id).unwrap_or_else(|| vec![UNKNOWN]))
                .collect(),
            Self::Unigram => {
                text.split_whitespace().flat_map(|word| likeliest(&format!("▁{word}"), &id)).collect()
            }
        }
    }

    /// The ids of a text as the model reads it: at most `max`, the template's among them.
    pub(crate) fn tokens(self, text: &str, max: usize) -> Vec<u32> {
        let mut ids = self.own_tokens(text);
        ids.truncate(max - 2);
        ids.insert(0, FIRST);
        ids.push(LAST);
        ids
    }

    /// Whether it is the token for what the vocabulary lacks.
    pub(crate) fn is_unknown(id: u32) -> bool {
        id == UNKNOWN
    }
}

/// Longest match first; none where a part of the word is not in the vocabulary.
fn longest_first(word: &str, id: &dyn Fn(&str) -> Option<u32>) -> Option<Vec<u32>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < word.len() {
        let inside = if start > 0 { "##" } else { "" };
        let ends = (start + 1..=word.len()).rev().filter(|end| word.is_char_boundary(*end));
        let (end, piece) =
            ends.into_iter().find_map(|end| Some((end, id(&format!("{inside}{}", &word[start..end]))?)))?;
        pieces.push(piece);
        start = end;
    }
    Some(pieces)
}

/// The pieces with the highest sum of scores among all ways to cut the word; letters that are in no piece
/// are unknown, several in a row only once.
fn likeliest(word: &str, id: &dyn Fn(&str) -> Option<u32>) -> Vec<u32> {
    let ends: Vec<usize> = word.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    // From the end: the best score from there on, and the piece with which it begins.
    let mut best: Vec<(f64, Vec<u32>)> = vec![(f64::MIN, Vec::new()); word.len() + 1];
    best[word.len()] = (0.0, Vec::new());
    // Unknown letters cost more than any piece.
    let unknown = -100.0;
    for (start, _) in word.char_indices().rev() {
        let mut found = (f64::MIN, Vec::new());
        for &end in ends.iter().filter(|end| **end > start) {
            let single = word[start..end].chars().count() == 1;
            let (score, piece) = match id(&word[start..end]) {
                Some(piece) if piece >= OWN => (Tokenizer::score(&word[start..end]), piece),
                _ if single => (unknown, UNKNOWN),
                _ => continue,
            };
            let (rest, later) = &best[end];
            if score + rest > found.0 {
                let fused = piece == UNKNOWN && later.first() == Some(&UNKNOWN);
                let own = if fused { None } else { Some(piece) };
                found = (score + rest, own.into_iter().chain(later.iter().copied()).collect());
            }
        }
        best[start] = found;
    }
    best.swap_remove(0).1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(tokenizer: Tokenizer, text: &str) -> Vec<String> {
        let vocabulary = tokenizer.vocabulary();
        tokenizer.own_tokens(text).into_iter().map(|id| vocabulary[id as usize].clone()).collect()
    }

    #[test]
    fn words_are_cut_as_each_kind_does() {
        assert_eq!(named(Tokenizer::WordPiece, "Rains on."), ["rain", "##s", "[UNK]", "[UNK]"]);
        assert_eq!(named(Tokenizer::Unigram, "rains  открывают"), ["▁rain", "s", "▁откры", "вают"]);
        assert_eq!(named(Tokenizer::Unigram, "xyz"), ["<unk>"]);
    }
}
