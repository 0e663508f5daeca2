//! Articles in and tables out: JSON lines, CSV, spreadsheets, Parquet, Arrow, text and HTML.
//!
//! Whatever a researcher has on disk becomes one [`Corpus`]: articles in canonical order (by id), the
//! files they came from with their hashes, and a list of every row that can't be used, with the reason.
//! Nothing is dropped in silence. The order of the input never shows in the articles.
//!
//! Going out, a table's columns come from its description in [`throughline_schema::table`], so the same
//! rows look the same in every format, and give the same bytes each time.
//!
//! ```
//! use throughline_tabular::{OutputFormat, ReadOptions, read_corpus};
//!
//! let lines = "{\"id\": 7, \"text\": \"Rain fell.\", \"desk\": \"weather\"}\n{\"text\": ";
//! let corpus = read_corpus(&["-".into()], lines.as_bytes(), &ReadOptions::default())?;
//! assert_eq!(corpus.articles[0].id.as_str(), "7");
//! assert_eq!(corpus.articles[0].extra["desk"], "weather");
//! assert_eq!(corpus.unused_rows[0].line, Some(2));
//! # Ok::<(), throughline_tabular::TabularError>(())
//! ```
//!
//! Bounds: a text over [`ReadOptions::max_text_bytes`], a line or a record several times longer, and a file
//! that unpacks to more than [`ReadOptions::max_file_bytes`] are refused while they are read, so no input
//! decides how much memory a reader takes.

mod cause;
mod error;
mod fields;
mod format;
mod read;
mod remark;
mod run;
mod write;

pub use cause::{Cause, OtherKind};
pub use error::{Instead, Obstacle, TabularError, Unused, listing};
pub use fields::{FieldRow, read_fields, read_pairs};
pub use format::{InputFormat, OutputFormat};
pub use read::columns::Field;
pub use read::file_names::FileNames;
pub use read::{Corpus, ReadOptions, read_corpus};
pub use remark::Remark;
pub use run::{Cell, Pick, Run, RunFolder, copy_table, open_run, read_rows};
pub use write::{write_npy, write_npy_ids, write_rows};

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
