//! Sentence embeddings: the [`Encoder`] trait, the native engine and model files.
//!
//! Embedding is where a run's time goes, so this crate has an engine of its own: BERT-family encoders
//! read from `config.json`, `tokenizer.json` and `model.safetensors`, in kernels for the instruction sets
//! that matter, and static models, which are a table of vectors. [`open`] takes a folder with either. A text gets the
//! same vector, byte for byte, alone or in any batch, on any number of threads.
//!
//! A model can be built into the program: each [`EmbeddedModel`] stands behind a feature, off by default, so that the
//! crate alone is small. `embedded-minilm` is all-MiniLM-L6-v2 in int8, 24 MB:
//!
#![cfg_attr(feature = "embedded-minilm", doc = "```")]
#![cfg_attr(not(feature = "embedded-minilm"), doc = "```ignore")]
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
//!
//! # Order of the modules
//!
//! A module imports only from those before it; a test holds this:
//!
//! 1. `error`, `arithmetic` and `encoder`: what can go wrong, the kinds of numbers, the trait.
//! 2. `kernels`: matrix products and attention for each instruction set; the only unsafe code.
//! 3. [`model_files`]: the manifest, configuration, calibration and weights of a model.
//! 4. `tokens`: texts to token ids.
//! 5. `engines`: BERT-family and static models made of the four above.
//! 6. `cache`, `quantise` and `embedded`: vectors kept, weights made int8, models in the program. None knows the others.

mod arithmetic;
mod cache;
mod embedded;
mod encoder;
mod engines;
mod error;
mod kernels;
pub mod model_files;
mod quantise;
mod space;
mod tokens;

pub use arithmetic::Arithmetic;
pub use cache::encoder::CachedEncoder;
pub use cache::file::{CacheSize, CacheTrouble, VectorCache, reads_cache};
pub use embedded::EmbeddedModel;
#[cfg(feature = "embedded-minilm")]
pub use embedded::{embedded, embedded_with};
pub use encoder::{Embeddings, Encoder};
pub use engines::native::NativeEncoder;
pub use engines::open::{open, weights_kind};
pub use engines::open_model::OpenModel;
pub use engines::options::Options;
pub use engines::static_model::StaticEncoder;
pub use error::{EmbeddingError, OptionCause};
pub use kernels::{Isa, exercise};
pub use model_files::calibration::{Calibration, Line};
pub use model_files::config::{Config, Pooling};
pub use model_files::weights::Weights;
pub use quantise::{Recipe, quantise};
pub use space::Space;
pub use tokens::{TokenBatch, Tokens};

/// The example of the README, run as a test.
#[cfg(all(doctest, feature = "embedded-minilm"))]
#[doc = include_str!("../README.md")]
struct Readme;
