//! Sentence embeddings: the [`Encoder`] trait, the native engine and model files.
//!
//! Embedding is where a run's time goes, so this crate has an engine of its own: BERT-family encoders
//! read from `config.json`, `tokenizer.json` and `model.safetensors`, in kernels for the instruction sets
//! that matter. A text gets the same vector, byte for byte, alone or in any batch, on any number of threads.
//!
//! ```no_run
//! use std::path::Path;
//! use throughline_embedding::{Encoder, NativeEncoder};
//!
//! # fn main() -> Result<(), throughline_embedding::EmbeddingError> {
//! let encoder = NativeEncoder::open(Path::new("models/all-MiniLM-L6-v2"))?;
//! let made = encoder.encode(&["Rain is forecast.", "It will rain."], &|_| {})?;
//! assert_eq!(made.vectors.dim(), (2, 384));
//! # Ok(())
//! # }
//! ```

mod bert;
mod config;
mod error;
mod kernels;
pub mod model_files;
mod native;
mod open_model;
mod tokens;
mod weights;

use ndarray::Array2;
use throughline_schema::manifest::ModelStamp;

pub use config::{Config, Pooling};
pub use error::EmbeddingError;
pub use kernels::Isa;
pub use native::{NativeEncoder, Options};
pub use open_model::OpenModel;
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

/// The default model, which is built into the program.
///
/// # Errors
///
/// None that a user can cause.
pub fn embedded() -> Result<NativeEncoder, EmbeddingError> {
    let files = model_files::ModelFiles::Embedded { name: "all-MiniLM-L6-v2-int8", files: &[] };
    NativeEncoder::read(&files, &Options::default())
}
