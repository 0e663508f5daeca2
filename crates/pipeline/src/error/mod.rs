//! What can go wrong between the stages.

mod gold;
mod themes_file;

use std::path::PathBuf;

use throughline_embedding::EmbeddingError;
use throughline_tabular::TabularError;

pub use gold::GoldCause;
pub use themes_file::ThemesFileCause;

/// Why a stage or a run could not be finished.
///
/// A message says what is wrong and where; what mends it depends on the program, which finds it by the variant.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// Reading articles or writing tables.
    #[error(transparent)]
    Tabular(#[from] TabularError),
    /// The model or its engine.
    #[error(transparent)]
    Embedding(#[from] EmbeddingError),
    /// A parameter out of its range.
    #[error(transparent)]
    Parameter(#[from] throughline_clustering::Error),
    /// A themes file that can't be used.
    #[error("{name} line {line}: {cause}")]
    ThemesFile {
        /// Its name.
        name: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        cause: ThemesFileCause,
    },
    /// A file of gold labels that can't be used.
    #[error("{}{}: {cause}", path.display(), line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Gold {
        /// The file.
        path: PathBuf,
        /// Its line or row, from 1, where there is one.
        line: Option<u64>,
        /// What is wrong.
        cause: GoldCause,
    },
    /// A query without a word.
    #[error("the query has no word in it")]
    NoWord,
    /// A pair that names a row which is not in the input.
    #[error("the pairs name the id '{id}', which no row of the input has")]
    UnknownId {
        /// The id.
        id: String,
    },
    /// A name that nothing in the run has.
    #[error("the run has no {what} \"{name}\"")]
    UnknownName {
        /// What should have it: `theme`, `speaker`.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Tables of a run that do not fit together.
    #[error("the run's tables disagree: {0}")]
    Inconsistent(
        /// On what.
        String,
    ),
    /// The run was made by another model than the one at hand.
    #[error("the run was made with the model {made} and the model at hand is {given}")]
    OtherModel {
        /// Name and hash of the run's model.
        made: String,
        /// Name and hash of the model at hand.
        given: String,
    },
}
