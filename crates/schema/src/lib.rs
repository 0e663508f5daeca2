//! What every other crate agrees on: ids, spans, the record of every table, the manifest, exit codes.
//!
//! Crates that never import each other (tokenisation, embedding, clustering, tabular) meet here.
//! A table's columns are documented once, where its record is declared in [`tables`]; the docs page
//! and `throughline schema` are made from that.
//!
//! ```
//! use throughline_schema::{Span, tables};
//! let span = Span::of("Да. No.", 4..8);
//! assert_eq!((span.char_start, span.char_end), (2, 6));
//! assert!(tables::all().iter().any(|t| t.name == "statements"));
//! ```

pub mod article;
mod cosine_scale;
pub mod exit;
pub mod features;
pub mod ids;
pub mod manifest;
pub mod publication_time;
pub mod span;
pub mod table;
pub mod tables;
pub mod text;
pub mod values;

pub use article::Article;
pub use cosine_scale::CosineScale;
pub use features::{Figure, Side, TextFeatures};
pub use ids::{ArticleId, BundleId, GroupId, NarrativeId, QuoteId, SpeakerId, StatementId, StoryId, ThemeId};
pub use publication_time::PublicationTime;
pub use span::Span;
pub use text::{Furniture, Quote, Statement};
pub use values::{
    Alignment, ArticleRelation, BoilerplateKind, DifferenceKind, Period, QuoteKind, Relation, SourceFrom,
    StatementKind, Task, TimePrecision, Unit,
};

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
