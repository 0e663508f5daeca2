//! What the press says, from a corpus of articles to the tables of a run.
//!
//! The crates below each solve one problem and do not know each other: text is taken apart, texts become vectors,
//! vectors become groups, tables are read and written. A question such as "which claims travel from outlet to outlet"
//! needs all of them in the right order. That order is here, once, so that a command, a program of your own and a whole
//! run give the same answer.
//!
//! Each stage is a function from what earlier stages found to rows of a table: [`Texts`] and [`Units`] first, then
//! [`duplicates`], [`stories`], [`narratives`] and [`themes`]. [`run`] calls all of them in one pass and leaves a run
//! folder behind. Nothing here knows a file format (that is `tabular`) or prints (that is the program): a stage tells
//! its [`Reporter`] what it does, and an error says what is wrong, not which option mends it.
//!
//! ```
//! use throughline_clustering::duplicates::ShinglePairParams;
//! use throughline_pipeline::duplicates::lexical::{Copies, WordLists};
//! use throughline_pipeline::{Silent, Texts};
//! use throughline_tabular::{ReadOptions, read_corpus};
//!
//! let lines = r#"
//! {"id": "gazette", "text": "The mayor opened the bridge on Monday. It cost 40 million crowns."}
//! {"id": "herald", "text": "The mayor opened the bridge on Monday. It cost 40 million crowns, he said."}
//! {"id": "tribune", "text": "Rain fell on Harrow all night, and the river rose."}
//! "#;
//! let corpus = read_corpus(&["-".into()], lines.as_bytes(), &ReadOptions::default())?;
//!
//! let texts = Texts::read(&corpus.articles, &Silent);
//! assert_eq!(texts.statements().count(), 5);
//!
//! // Who copied whom, by the words alone; other stages need a model.
//! let words = WordLists::read(&corpus.articles, &Silent);
//! let copies = Copies::find(&words, &ShinglePairParams::default().check()?, &Silent).pair_rows();
//! assert_eq!((copies.len(), copies[0].a.as_str(), copies[0].b.as_str()), (1, "gazette", "herald"));
//! # Ok::<(), throughline_pipeline::PipelineError>(())
//! ```

pub mod articles;
pub mod compare;
pub mod duplicates;
mod error;
pub mod estimate;
pub mod evaluate;
mod input;
pub mod map;
mod model_choice;
pub mod narratives;
pub mod outlets;
mod progress;
mod publication_time;
pub mod report;
mod row_languages;
pub mod run;
pub mod selection;
mod shared_passages;
pub mod similar;
pub mod speakers;
pub mod stories;
mod texts;
pub mod themes;
pub mod units;
mod warning;

pub use error::{GoldCause, PipelineError, ThemesFileCause};
pub use input::{Input, read_input};
pub use model_choice::Languages;
pub use progress::{Event, Reporter, Silent, Stage};
pub use publication_time::{DateFormat, WrongDateFormat, date_articles};
pub use texts::{Texts, quote_rows};
pub use themes::ThemesFile;
pub use units::Units;
pub use warning::{Unread, Warning, uncalibrated};

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
