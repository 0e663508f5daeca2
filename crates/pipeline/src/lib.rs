//! The stages in order: from a corpus of articles to the tables of a run.
//!
//! Each stage is a function from what earlier stages found to rows of a table. A command of the program
//! calls the stages that it needs; [`run`] calls all of them in one pass and leaves a run folder behind.
//! Nothing here knows a file format (that is `tabular`) or prints (that is the program).
//!
//! ```
//! use throughline_pipeline::{Silent, Texts};
//! use throughline_schema::{Article, ArticleId};
//!
//! let article = Article {
//!     id: ArticleId::from("a"),
//!     text: "The mayor opened the bridge. It cost 40 million crowns.".into(),
//!     title: None, url: None, source: None, published: None, lang: None, file: None,
//!     extra: Default::default(),
//! };
//! let texts = Texts::read(&[article], &Silent);
//! assert_eq!(texts.statements().count(), 2);
//! ```

pub mod article_table;
pub mod compare;
pub mod copies;
mod curation;
pub mod duplicates;
mod error;
pub mod estimate;
pub mod evaluate;
pub mod map;
mod moments;
pub mod narratives;
mod passages;
mod progress;
pub mod report;
pub mod row_narratives;
pub mod run;
pub mod similar;
mod spread;
pub mod stories;
mod surface;
mod texts;
pub mod themes;
mod timeline;
pub mod units;
mod warning;

pub use curation::{Curation, Fault};
pub use error::PipelineError;
pub use moments::day;
pub use progress::{Event, Reporter, Silent, Stage};
pub use texts::{Texts, quote_rows};
pub use units::Units;
pub use warning::{Warning, uncalibrated};
