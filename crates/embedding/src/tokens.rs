//! Texts to token ids: flat, nothing padded, what was cut told.

use std::path::Path;

use rayon::prelude::*;
use tokenizers::Tokenizer;

use crate::EmbeddingError;

/// Bytes of a text that are tokenised at once. Longer texts are cut at white space: the model reads only
/// the first few hundred tokens, the rest is counted.
const PIECE: usize = 1 << 16;

/// Texts tokenised by one task.
const CHUNK: usize = 16;

/// A tokenizer that knows the limit of its model.
pub struct Tokens {
    tokenizer: Tokenizer,
    /// Ids that the template sets before and after every text.
    before: Vec<u32>,
    after: Vec<u32>,
    max_tokens: usize,
    /// What is set before every text.
    prompt: String,
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
    pub(crate) fn read(
        path: &Path,
        json: &[u8],
        max_tokens: usize,
        prompt: &str,
    ) -> Result<Self, EmbeddingError> {
        let damaged = |e: tokenizers::Error| EmbeddingError::damaged(path, e);
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(damaged)?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(damaged)?;
        let probe = tokenizer.encode_fast("a", true).map_err(damaged)?;
        let mask = probe.get_special_tokens_mask();
        let before = mask.iter().take_while(|&&special| special == 1).count();
        let after = mask[before..].iter().rev().take_while(|&&special| special == 1).count();
        let ids = probe.get_ids();
        let (before, after) = (ids[..before].to_vec(), ids[ids.len() - after..].to_vec());
        if before.len() + after.len() >= max_tokens {
            return Err(EmbeddingError::damaged(path, "its template leaves no room for a text"));
        }
        Ok(Self { tokenizer, before, after, max_tokens, prompt: prompt.to_owned() })
    }

    /// Highest id that the tokenizer can give.
    pub(crate) fn vocabulary(&self) -> usize {
        self.tokenizer.get_vocab_size(true)
    }

    /// The ids of several texts.
    ///
    /// # Errors
    ///
    /// A text that the tokenizer refuses.
    pub fn encode(&self, texts: &[&str]) -> Result<TokenBatch, EmbeddingError> {
        let parts: Vec<TokenBatch> = texts
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(chunk, texts)| {
                let mut part = TokenBatch::default();
                for (i, text) in texts.iter().enumerate() {
                    self.push(&mut part, text).map_err(|e| EmbeddingError::Tokenise {
                        index: chunk * CHUNK + i,
                        reason: e.to_string(),
                    })?;
                }
                Ok(part)
            })
            .collect::<Result<_, EmbeddingError>>()?;
        let mut batch = TokenBatch::default();
        for part in parts {
            batch.ids.extend_from_slice(&part.ids);
            batch.kept.extend_from_slice(&part.kept);
            batch.total.extend_from_slice(&part.total);
        }
        Ok(batch)
    }

    fn push(&self, batch: &mut TokenBatch, text: &str) -> tokenizers::Result<()> {
        if text.trim().is_empty() {
            batch.kept.push(0);
            batch.total.push(0);
            return Ok(());
        }
        let (head, mut rest) = cut(text);
        let encoding = if self.prompt.is_empty() {
            self.tokenizer.encode_fast(head, false)?
        } else {
            self.tokenizer.encode_fast(format!("{}{head}", self.prompt), false)?
        };
        let ids = encoding.get_ids();
        let mut total = ids.len();
        while !rest.is_empty() {
            let (piece, after) = cut(rest);
            total += self.tokenizer.encode_fast(piece, false)?.len();
            rest = after;
        }
        if total == 0 {
            batch.kept.push(0);
            batch.total.push(0);
            return Ok(());
        }
        let frame = self.before.len() + self.after.len();
        let ids = &ids[..ids.len().min(self.max_tokens - frame)];
        batch.ids.extend_from_slice(&self.before);
        batch.ids.extend_from_slice(ids);
        batch.ids.extend_from_slice(&self.after);
        batch.kept.push((ids.len() + frame) as u32);
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
