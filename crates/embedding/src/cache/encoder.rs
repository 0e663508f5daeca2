//! An encoder that remembers.

use std::sync::Mutex;

use ndarray::Array2;
use throughline_schema::manifest::ModelStamp;

use super::file::{CacheTrouble, Entry, Key, Keys, VectorCache};
use crate::encoder::{Embeddings, Encoder};
use crate::error::EmbeddingError;
use crate::space::Space;

/// Texts that are looked up at a time, and encoded before their vectors are put away: what a kill can cost.
const WAVE: usize = 1024;

/// An encoder with a cache: it hands on only texts that it has not seen, and gives the same bytes.
pub struct CachedEncoder<E> {
    encoder: E,
    keys: Keys,
    width: usize,
    /// None from the first trouble on.
    cache: Mutex<Option<VectorCache>>,
    /// Is told, once, why the cache is no longer used.
    tell: Box<dyn Fn(&CacheTrouble) + Send + Sync>,
}

impl<E: Encoder> CachedEncoder<E> {
    /// Puts `cache` before `encoder`. `tell` is called when the cache can't be used any more; encoding goes on without.
    pub fn new(encoder: E, cache: VectorCache, tell: impl Fn(&CacheTrouble) + Send + Sync + 'static) -> Self {
        let stamp = encoder.stamp();
        Self {
            keys: Keys::new(&stamp),
            width: stamp.dimensions as usize,
            encoder,
            cache: Mutex::new(Some(cache)),
            tell: Box::new(tell),
        }
    }

    /// Lets `work` use the cache, if it still is one.
    fn with<T>(&self, work: impl FnOnce(&VectorCache) -> Result<T, CacheTrouble>) -> Option<T> {
        let mut cache = self.cache.lock().ok()?;
        match work(cache.as_ref()?) {
            Ok(value) => Some(value),
            Err(trouble) => {
                (self.tell)(&trouble);
                *cache = None;
                None
            }
        }
    }
}

impl<E: Encoder> Encoder for CachedEncoder<E> {
    fn stamp(&self) -> ModelStamp {
        self.encoder.stamp()
    }

    fn space(&self) -> Option<&Space> {
        self.encoder.space()
    }

    fn encode(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Embeddings, EmbeddingError> {
        let keys: Vec<Key> = texts.iter().map(|text| self.keys.of(text)).collect();
        let mut out = Embeddings {
            vectors: Array2::zeros((texts.len(), self.width)),
            tokens: vec![0; texts.len()],
            tokens_kept: vec![0; texts.len()],
        };
        let mut place = |i: usize, entry: &Entry| {
            out.vectors.row_mut(i).iter_mut().zip(&entry.vector).for_each(|(x, y)| *x = *y);
            (out.tokens[i], out.tokens_kept[i]) = (entry.tokens, entry.tokens_kept);
        };
        let mut missing = Vec::new();
        for (wave, keys) in keys.chunks(WAVE).enumerate() {
            let known = self.with(|cache| cache.get(keys, self.width));
            let known = known.unwrap_or_else(|| vec![None; keys.len()]);
            for (i, entry) in known.iter().enumerate() {
                match entry {
                    Some(entry) => place(wave * WAVE + i, entry),
                    None => missing.push(wave * WAVE + i),
                }
            }
        }
        progress(texts.len() - missing.len());
        for wave in missing.chunks(WAVE) {
            let new: Vec<&str> = wave.iter().map(|&i| texts[i]).collect();
            let made = self.encoder.encode(&new, progress).map_err(|error| match error {
                EmbeddingError::Tokenise { index, reason } => {
                    EmbeddingError::Tokenise { index: wave.get(index).copied().unwrap_or(index), reason }
                }
                other => other,
            })?;
            let entries: Vec<(Key, Entry)> = wave
                .iter()
                .enumerate()
                .map(|(row, &i)| {
                    let entry = Entry {
                        vector: made.vectors.row(row).to_vec(),
                        tokens: made.tokens[row],
                        tokens_kept: made.tokens_kept[row],
                    };
                    place(i, &entry);
                    (keys[i], entry)
                })
                .collect();
            self.with(|cache| cache.put(&entries));
        }
        Ok(out)
    }
}
