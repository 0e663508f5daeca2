//! How well the program does on a user's own gold labels.
//!
//! Each task runs the stage that a user of its command runs, with the same defaults, and compares what it
//! finds with the gold. A row that the stage leaves without an answer counts as a wrong answer.
//!
//! ```
//! use std::path::Path;
//! use throughline_pipeline::Silent;
//! use throughline_pipeline::evaluate::{Gold, boundaries};
//!
//! let line = r#"{"text": "Rain fell. It stopped.", "gold": ["Rain fell.", "It stopped."]}"#;
//! let rows = throughline_tabular::read_fields(Path::new("-"), line.as_bytes()).unwrap();
//! let gold = Gold::new(Path::new("-"), rows, "gold", None).unwrap();
//! let found = boundaries(&gold, &Silent).unwrap();
//! assert!(found.metrics.iter().any(|row| row.metric == "f1" && row.value == Some(1.0)));
//! ```

mod evaluation;
mod gold;
mod groupings;
mod pairs;
mod texts;

pub use evaluation::{Evaluation, Tools};
pub use gold::Gold;
pub use groupings::{Grouped, groupings};
pub use pairs::{pairs, similarity};
pub use texts::{boundaries, quotes};
