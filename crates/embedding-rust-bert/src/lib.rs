//! The second engine: BERT-family encoders on rust-bert and libtorch, behind the same
//! [`Encoder`](throughline_embedding::Encoder) trait as the native one.
//!
//! It is there to check the native engine against an independent implementation, and for those who have
//! libtorch anyway. It reads the same model folders, takes its token ids from the same tokenizer and
//! gives the same vectors to within 1e-5; `tests/agreement.rs` holds it to that. Only float weights run
//! here: libtorch has no form of our int8 ones.
//!
//! Texts go through the model one at a time, each on one thread, several threads side by side. Nothing is
//! padded, and a text's vector does not depend on what else is encoded, nor on the number of threads.
//!
//! ```no_run
//! use std::path::Path;
//! use throughline_embedding::Encoder;
//! use throughline_embedding_rust_bert::RustBertEncoder;
//!
//! # fn main() -> Result<(), throughline_embedding::EmbeddingError> {
//! let encoder = RustBertEncoder::open(Path::new("models/all-MiniLM-L6-v2"))?;
//! let made = encoder.encode(&["Rain is forecast.", "It will rain."], &|_| {})?;
//! assert_eq!(made.vectors.dim(), (2, 384));
//! # Ok(())
//! # }
//! ```

mod encoder;
mod model;

pub use encoder::RustBertEncoder;

/// The libtorch that this crate is built on: rust-bert 0.23 wants this version exactly.
pub const LIBTORCH: &str = "2.4.0";

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
