//! Texts to token ids: flat, nothing padded, what was cut told.

pub(crate) mod unigram;
pub(crate) mod words;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;
use tokenizers::Tokenizer;

use self::unigram::Unigram;
use self::words::{Memory, Outline, Seams};
use crate::error::EmbeddingError;

/// Bytes of a text that are tokenised at once. Longer texts are cut at white space: the model reads only
/// the first few hundred tokens, the rest is counted.
const PIECE: usize = 1 << 16;

/// Texts tokenised by one task.
const CHUNK: usize = 16;

/// Lends `work` one of the memories that no worker uses just now.
fn lend<T>(idle: &Mutex<Vec<Memory>>, work: impl FnOnce(&mut Memory) -> T) -> T {
    let mut memory = idle.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
    let result = work(&mut memory);
    if let Ok(mut idle) = idle.lock() {
        idle.push(memory);
    }
    result
}

/// A tokenizer that knows its model's vocabulary and what is set before every text.
pub(crate) struct Tokenising {
    tokenizer: Tokenizer,
    seams: Option<Seams>,
    /// Vectors that the model has: ids are below.
    rows: usize,
    prompt: String,
    /// Those that no worker uses just now.
    idle: Mutex<Vec<Memory>>,
}

impl Tokenising {
    /// Reads a `tokenizer.json` for a model with `rows` word vectors.
    pub(crate) fn read(path: &Path, json: &[u8], rows: usize, prompt: &str) -> Result<Self, EmbeddingError> {
        let damaged = |e: tokenizers::Error| EmbeddingError::damaged(path, e);
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(damaged)?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(damaged)?;
        let words = tokenizer.get_vocab_size(true);
        if words > rows {
            return Err(EmbeddingError::damaged(path, format!("it has {words} tokens, the model {rows}")));
        }
        let outline: Outline = serde_json::from_slice(json).map_err(|e| EmbeddingError::damaged(path, e))?;
        let (seams, prompt, idle) = (outline.seams(), prompt.to_owned(), Mutex::default());
        Ok(Self { tokenizer, seams, rows, prompt, idle })
    }

    pub(crate) fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// Lends a memory to `work`.
    pub(crate) fn with_memory<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        lend(&self.idle, work)
    }

    /// Hands `visit` the ids of a text, the prompt's first and the template's left out, a few at a time.
    pub(crate) fn each(
        &self,
        text: &str,
        memory: &mut Memory,
        visit: &mut dyn FnMut(&[u32]),
    ) -> tokenizers::Result<()> {
        let prompted;
        let text = if self.prompt.is_empty() {
            text
        } else {
            prompted = format!("{}{text}", self.prompt);
            &prompted
        };
        let Some(pieces) = self.seams.and_then(|seams| seams.pieces(text)) else {
            return self.each_of(text, visit);
        };
        for piece in pieces {
            if let Some(ids) = memory.get(piece) {
                visit(ids);
                continue;
            }
            let mut found = Vec::new();
            self.each_of(piece, &mut |ids| found.extend_from_slice(ids))?;
            visit(&found);
            memory.put(piece, &found);
        }
        Ok(())
    }

    /// The same for a piece of text that is not known.
    fn each_of(&self, text: &str, visit: &mut dyn FnMut(&[u32])) -> tokenizers::Result<()> {
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, after) = cut(rest);
            let encoding = self.tokenizer.encode_fast(piece, false)?;
            let ids = encoding.get_ids();
            if let Some(id) = ids.iter().find(|&&id| id as usize >= self.rows) {
                return Err(format!("the tokenizer gives {id}, the model has {} vectors", self.rows).into());
            }
            visit(ids);
            rest = after;
        }
        Ok(())
    }
}

/// How a model's texts become tokens.
enum Splitter {
    /// As its `tokenizer.json` says.
    Json(Box<Tokenising>),
    /// By its `unigram.bin`.
    Unigram(Box<Unigram>),
}

/// A tokenizer that knows the limit and the template of its model.
pub struct Tokens {
    splitter: Splitter,
    /// Ids that the template sets before and after every text.
    before: Vec<u32>,
    after: Vec<u32>,
    max_tokens: usize,
}

impl Splitter {
    fn with_memory<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        match self {
            Self::Json(tokenising) => tokenising.with_memory(work),
            Self::Unigram(pieces) => lend(&pieces.idle, work),
        }
    }

    /// Hands `visit` the ids of a text, the prompt's first and the template's left out, a few at a time.
    fn each(&self, text: &str, memory: &mut Memory, visit: &mut dyn FnMut(&[u32])) -> tokenizers::Result<()> {
        match self {
            Self::Json(tokenising) => tokenising.each(text, memory, visit),
            Self::Unigram(pieces) => {
                pieces.each(text, memory, visit);
                Ok(())
            }
        }
    }
}

/// Token ids of several texts, one after the other.
#[derive(Debug, Default)]
pub struct TokenBatch {
    /// The ids, text after text, with those that the model's template adds.
    pub ids: Vec<u32>,
    /// Ids of each text; 0 where it has no token of its own.
    pub kept: Vec<u32>,
    /// Tokens of each text before truncation.
    pub total: Vec<u32>,
}

impl Tokens {
    #[expect(clippy::ptr_arg, reason = "what is borrowed here is part of the program and need not be copied")]
    pub(crate) fn read(
        path: &Path,
        content: &Cow<'static, [u8]>,
        rows: usize,
        max_tokens: usize,
        prompt: &str,
    ) -> Result<Self, EmbeddingError> {
        if path.extension().is_some_and(|extension| extension == "bin") {
            let pieces = Unigram::read(path, content.clone(), rows, prompt)?;
            let (before, after) = pieces.template();
            let splitter = Splitter::Unigram(Box::new(pieces));
            return Self { splitter, before, after, max_tokens }.checked(path);
        }
        let tokenising = Tokenising::read(path, content, rows, prompt)?;
        let probe = tokenising.tokenizer.encode_fast("a", true);
        let probe = probe.map_err(|e| EmbeddingError::damaged(path, e))?;
        let mask = probe.get_special_tokens_mask();
        let before = mask.iter().take_while(|&&special| special == 1).count();
        let after = mask[before..].iter().rev().take_while(|&&special| special == 1).count();
        let ids = probe.get_ids();
        let (before, after) = (ids[..before].to_vec(), ids[ids.len() - after..].to_vec());
        if let Some(id) = before.iter().chain(&after).find(|&&id| id as usize >= rows) {
            let reason = format!("its template adds {id}, the model has {rows} vectors");
            return Err(EmbeddingError::damaged(path, reason));
        }
        Self { splitter: Splitter::Json(Box::new(tokenising)), before, after, max_tokens }.checked(path)
    }

    fn checked(self, path: &Path) -> Result<Self, EmbeddingError> {
        if self.before.len() + self.after.len() >= self.max_tokens {
            return Err(EmbeddingError::damaged(path, "its template leaves no room for a text"));
        }
        Ok(self)
    }

    /// The `unigram.bin` of their `tokenizer.json`; none where it is of another kind.
    pub(crate) fn table(&self, json: &[u8]) -> Option<Vec<u8>> {
        unigram::from_json(json, self.before.clone(), self.after.clone())
    }

    /// The ids of several texts.
    ///
    /// # Errors
    ///
    /// A text that the tokenizer refuses.
    pub fn encode(&self, texts: &[&str]) -> Result<TokenBatch, EmbeddingError> {
        let part = |(chunk, texts): (usize, &[&str])| {
            let mut part = TokenBatch::default();
            self.splitter.with_memory(|memory| {
                for (i, text) in texts.iter().enumerate() {
                    self.push(&mut part, text, memory).map_err(|e| EmbeddingError::Tokenise {
                        index: chunk * CHUNK + i,
                        reason: e.to_string(),
                    })?;
                }
                Ok(part)
            })
        };
        let parts: Vec<TokenBatch> =
            texts.par_chunks(CHUNK).enumerate().map(part).collect::<Result<_, EmbeddingError>>()?;
        let mut batch = TokenBatch::default();
        for part in parts {
            batch.ids.extend_from_slice(&part.ids);
            batch.kept.extend_from_slice(&part.kept);
            batch.total.extend_from_slice(&part.total);
        }
        Ok(batch)
    }

    fn push(&self, batch: &mut TokenBatch, text: &str, memory: &mut Memory) -> tokenizers::Result<()> {
        let start = batch.ids.len();
        let frame = self.before.len() + self.after.len();
        let end = start + self.max_tokens - self.after.len();
        let mut total = 0;
        if !text.trim().is_empty() {
            batch.ids.extend_from_slice(&self.before);
            self.splitter.each(text, memory, &mut |ids| {
                total += ids.len();
                let room = end - batch.ids.len();
                batch.ids.extend_from_slice(&ids[..ids.len().min(room)]);
            })?;
        }
        if total == 0 {
            batch.ids.truncate(start);
            batch.kept.push(0);
            batch.total.push(0);
            return Ok(());
        }
        batch.ids.extend_from_slice(&self.after);
        batch.kept.push((batch.ids.len() - start) as u32);
        batch.total.push((total + frame) as u32);
        Ok(())
    }
}

/// The first piece of a text and the rest, which begins with white space unless there is none near.
fn cut(text: &str) -> (&str, &str) {
    if text.len() <= PIECE {
        return (text, "");
    }
    let end = (0..=PIECE).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let at = text[..end].rfind(char::is_whitespace).filter(|&at| at > PIECE / 2).unwrap_or(end);
    text.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn embedded() -> Tokenising {
        let json = include_bytes!("../../../../models/all-MiniLM-L6-v2-int8/tokenizer.json");
        Tokenising::read(Path::new("tokenizer.json"), json, 30_522, "").unwrap()
    }

    fn ids(tokenising: &Tokenising, text: &str, memory: &mut Memory) -> Vec<u32> {
        let mut all = Vec::new();
        tokenising.each(text, memory, &mut |ids| all.extend_from_slice(ids)).unwrap();
        all
    }

    proptest! {
        #[test]
        fn words_from_memory_are_the_tokenizers_own(
            texts in prop::collection::vec("([a-cA-É\u{301}-\u{303}0-9.,'«\\[MASK\\]漢я]|[ \t\n]|\\PC){0,40}", 1..6),
        ) {
            let tokenising = embedded();
            prop_assert_eq!(tokenising.seams, Some(Seams::WhiteSpace));
            let mut memory = Memory::default();
            // Twice: from the tokenizer, then from memory.
            for text in texts.iter().chain(&texts) {
                let whole = tokenising.tokenizer.encode_fast(text.as_str(), false).unwrap();
                prop_assert_eq!(ids(&tokenising, text, &mut memory), whole.get_ids().to_vec());
            }
        }
    }

    #[test]
    fn an_id_without_a_vector_is_an_error() {
        let json = r#"{"version": "1.0", "pre_tokenizer": {"type": "WhitespaceSplit"},
            "model": {"type": "WordLevel", "unk_token": "u", "vocab": {"u": 0, "far": 9}}}"#;
        let tokenising = Tokenising::read(Path::new("tokenizer.json"), json.as_bytes(), 2, "").unwrap();
        let error = tokenising.each("far", &mut Memory::default(), &mut |_| {}).unwrap_err();
        assert!(error.to_string().contains("the tokenizer gives 9, the model has 2 vectors"), "{error}");
    }
}
