//! A Unigram tokenizer (Kudo 2018, "Subword Regularization") over a table that is used as it stands in the file.
//!
//! The vocabulary of a model of a hundred languages has a quarter of a million pieces. Read as JSON and put into a trie, it
//! costs half a second at each start; sorted pieces are searched where they lie. Texts are normalised as SentencePiece's
//! `nmt_nfkc` does, parted at spaces, and each word gets the pieces with the highest sum of scores.
//!
//! The file `unigram.bin`, little-endian: `TLU1`; the length of a head in JSON, and the head; then for each of its `pieces`
//! in order of their bytes an end in the text (u32), an id (u32) and a score (f32), three tables one after the other; then
//! the text of all pieces.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::words::Memory;
use crate::error::EmbeddingError;

const MAGIC: &[u8; 4] = b"TLU1";

/// What stands before every word.
const SPACE: char = '▁';

/// How far below the lowest score a character without a piece is.
const UNKNOWN_PENALTY: f64 = 10.0;

/// The head of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Number of pieces.
    pieces: usize,
    /// Id of what has no piece.
    unknown: u32,
    /// Ids before and after every text.
    before: Vec<u32>,
    after: Vec<u32>,
    /// Characters that are left out, and characters that are spaces.
    deleted: String,
    spaces: String,
}

/// The vocabulary of a model.
pub(crate) struct Unigram {
    head: Head,
    content: Cow<'static, [u8]>,
    /// Where the tables of ends, ids and scores and the text begin.
    tables: [usize; 4],
    lowest: f64,
    prompt: String,
    /// Those that no worker uses just now.
    pub(super) idle: Mutex<Vec<Memory>>,
}

impl Unigram {
    /// Reads a file for a model with `rows` word vectors, and what is set before every text.
    pub(crate) fn read(
        path: &Path,
        content: Cow<'static, [u8]>,
        rows: usize,
        prompt: &str,
    ) -> Result<Self, EmbeddingError> {
        let damaged = |reason: &str| EmbeddingError::damaged(path, reason);
        let length = content.strip_prefix(MAGIC).and_then(|rest| rest.first_chunk::<4>());
        let length = u32::from_le_bytes(*length.ok_or_else(|| damaged("it is no table of pieces"))?) as usize;
        let head = content.get(8..8usize.saturating_add(length)).ok_or_else(|| damaged("it is cut off"))?;
        let head: Head = serde_json::from_slice(head).map_err(|e| EmbeddingError::damaged(path, e))?;
        let first = 8 + length;
        let tables: [usize; 4] = std::array::from_fn(|i| first.saturating_add(i * 4 * head.pieces));
        if content.len() < tables[3] {
            return Err(damaged("it is cut off"));
        }
        let (prompt, idle) = (prompt.to_owned(), Mutex::default());
        let mut read = Self { head, content, tables, lowest: 0.0, prompt, idle };
        let pieces = 0..read.head.pieces;
        let text = read.content.len() - read.tables[3];
        let rising = pieces.clone().all(|i| read.end(i) >= read.start(i) && read.end(i) <= text);
        let sorted = || pieces.clone().skip(1).all(|i| read.piece(i - 1) < read.piece(i));
        if !rising || !sorted() {
            return Err(damaged("its pieces are not in order"));
        }
        let own = pieces.clone().map(|i| read.id(i));
        let of_head = [&read.head.before, &read.head.after].into_iter().flatten().copied();
        let highest = own.chain(of_head).chain([read.head.unknown]).max().unwrap_or_default();
        if highest as usize >= rows {
            return Err(EmbeddingError::damaged(
                path,
                format!("it gives {highest}, the model has {rows} vectors"),
            ));
        }
        read.lowest = pieces.map(|i| read.score(i)).fold(0.0, f64::min);
        Ok(read)
    }

    /// Ids before and after every text.
    pub(crate) fn template(&self) -> (Vec<u32>, Vec<u32>) {
        (self.head.before.clone(), self.head.after.clone())
    }

    /// Hands `visit` the ids of a text with the prompt before it, a word at a time.
    pub(crate) fn each(&self, text: &str, memory: &mut Memory, visit: &mut dyn FnMut(&[u32])) {
        let prompted =
            if self.prompt.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(self.prompt.clone() + text) };
        let text = self.normalised(&prompted);
        if text.is_empty() {
            return;
        }
        for word in text.strip_prefix(' ').unwrap_or(&text).split(' ') {
            if let Some(ids) = memory.get(word) {
                visit(ids);
                continue;
            }
            let ids = self.ids(&format!("{SPACE}{word}"));
            visit(&ids);
            memory.put(word, &ids);
        }
    }

    /// Without what is left out, in NFKC, and with single spaces.
    fn normalised<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let is_kept = |c: char| c.is_ascii_graphic() || c == ' ' || !self.is_named(c);
        if text.chars().all(is_kept)
            && is_nfkc_quick(text.chars()) == IsNormalized::Yes
            && !text.contains("  ")
        {
            return Cow::Borrowed(text);
        }
        let named = text.chars().filter(|c| !self.head.deleted.contains(*c));
        let spaced = named.map(|c| if self.head.spaces.contains(c) { ' ' } else { c });
        let mut out = String::with_capacity(text.len());
        for c in spaced.nfkc() {
            if c != ' ' || !out.ends_with(' ') {
                out.push(c);
            }
        }
        Cow::Owned(out)
    }

    fn is_named(&self, c: char) -> bool {
        self.head.deleted.contains(c) || self.head.spaces.contains(c)
    }

    /// The pieces of a word that have the highest sum of scores: the best way to each of its characters.
    fn ids(&self, word: &str) -> Vec<u32> {
        #[derive(Clone, Copy)]
        struct Way {
            from: usize,
            id: u32,
            score: f64,
        }
        let mut ways: Vec<Option<Way>> = vec![None; word.len() + 1];
        let better = |ways: &mut Vec<Option<Way>>, to: usize, way: Way| {
            if ways[to].is_none_or(|best| way.score > best.score) {
                ways[to] = Some(way);
            }
        };
        for (from, c) in word.char_indices() {
            let so_far = if from == 0 { 0.0 } else { ways[from].map_or(0.0, |way| way.score) };
            let next = from + c.len_utf8();
            let mut known = false;
            self.prefixes(&word.as_bytes()[from..], &mut |piece, length| {
                known |= length == c.len_utf8();
                let way = Way { from, id: self.id(piece), score: so_far + self.score(piece) };
                better(&mut ways, from + length, way);
            });
            if !known {
                let score = so_far + self.lowest - UNKNOWN_PENALTY;
                better(&mut ways, next, Way { from, id: self.head.unknown, score });
            }
        }
        let mut ids = Vec::new();
        let mut at = word.len();
        while let Some(way) = ways[at].filter(|_| at > 0) {
            // Characters without a piece that follow each other are one unknown.
            if way.id != self.head.unknown || ids.last() != Some(&way.id) {
                ids.push(way.id);
            }
            at = way.from;
        }
        ids.reverse();
        ids
    }

    /// Hands `found` every piece with which `text` begins, shortest first, and its length.
    fn prefixes(&self, text: &[u8], found: &mut dyn FnMut(usize, usize)) {
        // Pieces that begin with the bytes so far.
        let (mut from, mut to) = (0, self.head.pieces);
        for (depth, byte) in text.iter().enumerate() {
            let at = |i: usize| self.piece(i).get(depth);
            from = bound(from, to, |i| at(i) < Some(byte));
            to = bound(from, to, |i| at(i) <= Some(byte));
            if from == to {
                return;
            }
            if self.piece(from).len() == depth + 1 {
                found(from, depth + 1);
            }
        }
    }

    fn word(&self, table: usize, i: usize) -> [u8; 4] {
        let at = self.tables[table] + 4 * i;
        self.content[at..at + 4].try_into().expect("four bytes")
    }

    fn start(&self, i: usize) -> usize {
        i.checked_sub(1).map_or(0, |before| self.end(before))
    }

    fn end(&self, i: usize) -> usize {
        u32::from_le_bytes(self.word(0, i)) as usize
    }

    fn piece(&self, i: usize) -> &[u8] {
        &self.content[self.tables[3] + self.start(i)..self.tables[3] + self.end(i)]
    }

    fn id(&self, i: usize) -> u32 {
        u32::from_le_bytes(self.word(1, i))
    }

    fn score(&self, i: usize) -> f64 {
        f64::from(f32::from_le_bytes(self.word(2, i)))
    }
}

/// The first of `from..to` of which `before` does not hold; it holds of those that come first.
fn bound(mut from: usize, mut to: usize, before: impl Fn(usize) -> bool) -> usize {
    while from < to {
        let middle = from.midpoint(to);
        if before(middle) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

/// What of a `tokenizer.json` makes such a table.
#[derive(Deserialize)]
struct Json {
    normalizer: Normalizer,
    pre_tokenizer: PreTokenizer,
    added_tokens: Vec<Added>,
    model: Vocabulary,
}

#[derive(Deserialize)]
struct Normalizer {
    normalizers: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    r#type: String,
    #[serde(default)]
    pattern: Pattern,
    #[serde(default)]
    content: String,
}

#[derive(Default, Deserialize)]
struct Pattern {
    #[serde(rename = "Regex", default)]
    regex: String,
}

#[derive(Deserialize)]
struct PreTokenizer {
    r#type: String,
    replacement: char,
    prepend_scheme: String,
}

#[derive(Deserialize)]
struct Added {
    id: u32,
}

#[derive(Deserialize)]
struct Vocabulary {
    r#type: String,
    unk_id: u32,
    vocab: Vec<(String, f64)>,
}

/// The table of a `tokenizer.json` with a Unigram vocabulary and the steps that this module takes; none for any other.
/// `before` and `after` are the ids of its template.
pub(crate) fn from_json(json: &[u8], before: Vec<u32>, after: Vec<u32>) -> Option<Vec<u8>> {
    let json: Json = serde_json::from_slice(json).ok()?;
    let class = |step: &Step, content: &str| {
        let characters = step.pattern.regex.strip_prefix('[')?.strip_suffix(']')?.to_owned();
        (step.r#type == "Replace" && step.content == content).then_some(characters)
    };
    let [deleted, spaces, nfkc, single] = json.normalizer.normalizers.as_slice() else { return None };
    let metaspace = &json.pre_tokenizer;
    let known = json.model.r#type == "Unigram"
        && nfkc.r#type == "NFKC"
        && single.pattern.regex == " {2,}"
        && (metaspace.r#type.as_str(), metaspace.replacement) == ("Metaspace", SPACE)
        && metaspace.prepend_scheme == "always";
    if !known {
        return None;
    }
    let special: Vec<u32> = json.added_tokens.iter().map(|token| token.id).collect();
    let pieces = json.model.vocab.iter().zip(0u32..).filter(|(_, id)| !special.contains(id));
    let mut pieces: Vec<(&[u8], u32, f32)> =
        pieces.map(|((piece, score), id)| (piece.as_bytes(), id, *score as f32)).collect();
    pieces.sort_unstable_by_key(|(piece, id, _)| (*piece, *id));
    pieces.dedup_by_key(|(piece, _, _)| *piece);
    let head = Head {
        pieces: pieces.len(),
        unknown: json.model.unk_id,
        before,
        after,
        deleted: class(deleted, "")?,
        spaces: class(spaces, " ")?,
    };
    let head = serde_json::to_vec(&head).ok()?;
    let mut out = [&MAGIC[..], &(head.len() as u32).to_le_bytes(), &head].concat();
    let mut end = 0;
    for (piece, _, _) in &pieces {
        end += piece.len() as u32;
        out.extend(end.to_le_bytes());
    }
    pieces.iter().for_each(|(_, id, _)| out.extend(id.to_le_bytes()));
    pieces.iter().for_each(|(_, _, score)| out.extend(score.to_le_bytes()));
    pieces.iter().for_each(|(piece, _, _)| out.extend(*piece));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;
    use tokenizers::Tokenizer;

    /// A small vocabulary as both tokenizers read it.
    fn small() -> (Unigram, Tokenizer) {
        let words =
            ["▁", "a", "b", "ab", "▁a", "▁ab", "ba", "я", "и", "▁яб", "é", "1", "▁1", "bab", "▁«", "«"];
        let special = ["<s>", "</s>", "<unk>"];
        let scores =
            [-2.0, -3.5, -3.25, -4.0, -3.0, -4.5, -5.0, -3.0, -3.0, -6.0, -7.0, -2.5, -2.0, -6.5, -4.0, -4.0];
        let known = special.iter().map(|s| (*s, 0.0)).chain(words.into_iter().zip(scores));
        let vocab: Vec<(&str, f64)> = known.collect();
        let replace = |class: &str, content: &str| json!({"type": "Replace", "pattern": {"Regex": class}, "content": content});
        let added: Vec<serde_json::Value> = (0..special.len())
            .map(|id| {
                json!({"id": id, "content": special[id], "single_word": false, "lstrip": false, "rstrip": false,
                    "normalized": false, "special": true})
            })
            .collect();
        let json = json!({
            "version": "1.0",
            "added_tokens": added,
            "normalizer": {"type": "Sequence", "normalizers": [
                replace("[\u{1}\u{7f}]", ""), replace("[\t\n\u{200b}▁]", " "), {"type": "NFKC"}, replace(" {2,}", " ")]},
            "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
            "model": {"type": "Unigram", "unk_id": 2, "vocab": vocab},
        });
        let json = json.to_string();
        let table = from_json(json.as_bytes(), vec![0], vec![1]).unwrap();
        let own = Unigram::read(Path::new("unigram.bin"), Cow::Owned(table), 30, "").unwrap();
        (own, Tokenizer::from_bytes(json).unwrap())
    }

    fn ids(of: &Unigram, text: &str) -> Vec<u32> {
        let mut all = Vec::new();
        of.each(text, &mut Memory::default(), &mut |ids| all.extend_from_slice(ids));
        all
    }

    proptest! {
        #[test]
        fn the_pieces_are_those_of_the_reference(text in "([ab]|[яйии\u{306}é1½]|[ \t\u{a0}«x\u{200b}\u{1}]){1,24}") {
            let (own, reference) = small();
            prop_assert_eq!(ids(&own, &text), reference.encode_fast(text.as_str(), false).unwrap().get_ids().to_vec());
        }

        #[test]
        fn damage_is_told(at in 0usize..200, byte in any::<u8>(), cut in 0usize..300) {
            let (own, _) = small();
            let mut content = own.content.to_vec();
            content.truncate(content.len().saturating_sub(cut));
            if let Some(there) = content.get_mut(at) { *there = byte; }
            if let Ok(read) = Unigram::read(Path::new("unigram.bin"), Cow::Owned(content), 30, "") {
                ids(&read, "abba я «1»");
            }
        }
    }

    #[test]
    fn a_table_is_made_of_what_this_module_does_alone() {
        let bert = include_bytes!("../../../../models/all-MiniLM-L6-v2-int8/tokenizer.json");
        assert_eq!(from_json(bert, vec![], vec![]), None);
    }
}
