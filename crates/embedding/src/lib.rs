//! Sentence embeddings: the [`Encoder`] trait, the native engine and model files.
//!
//! Embedding is where a run's time goes, so this crate has an engine of its own: BERT-family encoders
//! read from `config.json`, `tokenizer.json` and `model.safetensors`, in kernels for the instruction sets
//! that matter, and static models, which are a table of vectors. [`open`] takes either. A text gets the same vector, byte for byte, alone or in any batch, on any number of threads.
//!
//! ```
//! use throughline_embedding::{Encoder, embedded};
//!
//! # fn main() -> Result<(), throughline_embedding::EmbeddingError> {
//! let encoder = embedded()?;
//! let made = encoder.encode(&["Rain is forecast.", "It will rain.", "Shares fell."], &|_| {})?;
//! let cosine = |a: usize, b: usize| made.vectors.row(a).dot(&made.vectors.row(b));
//! assert!(cosine(0, 1) > 0.6 && cosine(0, 2) < 0.4);
//! # Ok(())
//! # }
//! ```

mod arithmetic;
mod bert;
mod cache;
mod cached;
mod calibration;
mod checked;
mod config;
mod embedded;
mod error;
mod kernels;
pub mod model_files;
mod native;
mod open;
mod open_model;
mod quantise;
mod static_model;
mod tokens;
mod weights;
mod words;

use ndarray::Array2;
use throughline_schema::manifest::ModelStamp;

pub use arithmetic::Arithmetic;
pub use cache::{CacheSize, CacheTrouble, VectorCache, reads_cache};
pub use cached::CachedEncoder;
pub use calibration::{Calibration, Line};
pub use config::{Config, Pooling};
pub use embedded::{embedded, embedded_manifest, embedded_with};
pub use error::{EmbeddingError, OptionCause};
pub use kernels::{Isa, exercise};
pub use native::{NativeEncoder, Options};
pub use open::{open, weights_kind};
pub use open_model::OpenModel;
pub use quantise::{Recipe, quantise};
pub use static_model::StaticEncoder;
pub use tokens::{TokenBatch, Tokens};
pub use weights::Weights;

/// Turns texts into vectors whose cosine says how much they mean the same.
pub trait Encoder: Send + Sync {
    /// Which model this is, in which arithmetic.
    fn stamp(&self) -> ModelStamp;

    /// One vector a text, in order. `progress` is told how many texts are newly done, from any thread.
    ///
    /// # Errors
    ///
    /// A text that the tokenizer refuses.
    fn encode(&self, texts: &[&str], progress: &(dyn Fn(usize) + Sync))
    -> Result<Embeddings, EmbeddingError>;

    /// Whether making a vector takes longer than reading a kept one.
    fn is_worth_caching(&self) -> bool {
        true
    }
}

impl Encoder for Box<dyn Encoder> {
    fn stamp(&self) -> ModelStamp {
        self.as_ref().stamp()
    }

    fn encode(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Embeddings, EmbeddingError> {
        self.as_ref().encode(texts, progress)
    }

    fn is_worth_caching(&self) -> bool {
        self.as_ref().is_worth_caching()
    }
}

/// Vectors of several texts, and how much of each text the model read.
#[derive(Clone, Debug, PartialEq)]
pub struct Embeddings {
    /// Texts × dimensions, each row of unit length; a zero row where a text has no token.
    pub vectors: Array2<f32>,
    /// Tokens of each text, with those that the model's template adds; 0 where the text has none of its own.
    pub tokens: Vec<u32>,
    /// Tokens of each text that the model read.
    pub tokens_kept: Vec<u32>,
}
