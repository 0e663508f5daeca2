//! Which texts are near-duplicates, which tell one story or one narrative, and what themes they form.
//!
//! Every stage takes the same thing, [`Rows`]: ids, unit vectors and lexical features of texts, in the order of their
//! ids. Every stage gives indices into these rows and numbers, never text, so that this crate knows no file format, no
//! model and no language. A vector alone says that two texts are about the same; whether one is a copy of the other,
//! or makes the same claim, shows only in their words. So a pair is found by either and always scored by both, and no
//! group holds a pair that was not scored.
//!
//! Equal rows and parameters give equal bytes, on any number of threads.
//!
//! ```
//! use ndarray::arr2;
//! use throughline_clustering::duplicates::{DuplicateParams, Scorer, find_pairs};
//! use throughline_clustering::{Relation, Rows};
//! use throughline_schema::TextFeatures;
//!
//! # fn main() -> Result<(), throughline_clustering::Error> {
//! let ids = ["a", "b", "c"].map(str::to_owned);
//! // Two texts of the same twelve words, and one of others. Words are hashes.
//! let features = [0, 0, 100].map(|from| {
//!     let words: Vec<u32> = (from..from + 12).collect();
//!     TextFeatures { stems: words.clone(), grams: words.clone(), words, ..TextFeatures::default() }
//! });
//! let vectors = arr2(&[[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]);
//! let rows = Rows::new(&ids, vectors.view(), None, &features)?;
//! let pairs = find_pairs(&Scorer::new(&rows), &DuplicateParams::default().check()?);
//! assert_eq!(pairs.len(), 1);
//! assert_eq!((pairs[0].0, pairs[0].1, pairs[0].2.relation), (0, 1, Relation::Identical));
//! # Ok(())
//! # }
//! ```
//!
//! # Modules
//!
//! Imports run one way: `error`, `random`, `weights` → [`neighbours`] → [`rows`], `tf_idf`, [`linkage`] →
//! [`duplicates`] → [`stories`] → [`narratives`]. [`themes`] and [`layout`] stand on [`neighbours`] alone, [`metrics`] on
//! nothing. Each folder holds all that only it uses. Every number that was fitted on data or chosen by hand, and that
//! decides a result, stands in `weights/` with where it came from.

mod across;
pub mod duplicates;
mod error;
pub mod layout;
pub mod linkage;
pub mod metrics;
pub mod narratives;
pub mod neighbours;
mod random;
pub mod rows;
pub mod stories;
mod tf_idf;
pub mod themes;
pub mod weights;

pub use error::Error;
pub use rows::Rows;
// What pairs are told apart by; the tables use the same.
pub use throughline_schema::{ArticleRelation, DifferenceKind, Relation};

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
