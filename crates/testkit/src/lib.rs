//! For tests only: tiny models that are made in a moment, each with what it must compute.
//!
//! An engine that is compared with itself proves nothing. So every model here comes with a second
//! implementation, written from the definition alone: one number after the other, in f64, without a line
//! of the engine's code and without its tokenizer. It is slow and easy to check by eye.
//!
//! Beside them, reprints planted among articles, so that what should be found is known: for the tests of
//! near-duplicates, and for the fit of their score.
//!
//! ```
//! use throughline_testkit::{Bert, Tokenizer};
//! let model = Bert { tokenizer: Tokenizer::Unigram, ..Bert::default() }.make();
//! assert_eq!(model.tokens("rain and snow").len(), 5);
//! let vector = model.vector("rain and snow");
//! assert!((vector.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-12);
//! ```

mod bert;
mod files;
mod planted;
mod static_table;
mod tokenizers;

pub use bert::{Bert, TinyBert};
pub use files::{Files, Tensor, safetensors, write};
pub use planted::{Dice, MANNERS, Planted, edit, plant};
pub use static_table::{StaticTable, TinyStatic};
pub use tokenizers::{Tokenizer, WORDS};

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
