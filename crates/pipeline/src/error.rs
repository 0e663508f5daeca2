//! What can go wrong between the stages.

use throughline_embedding::EmbeddingError;
use throughline_tabular::TabularError;

/// Why a stage or a run could not be finished.
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
    #[error("{0}")]
    Parameter(String),
    /// A themes file that can't be used.
    #[error("{name} line {line}: {message}")]
    ThemesFile {
        /// Its name.
        name: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, and what would mend it.
        message: String,
    },
    /// Something that was asked for is not there.
    #[error("{0}")]
    NotFound(String),
    /// The run was made by another model than the one at hand.
    #[error(
        "the run was made with the model {made} and the model at hand is {given}: name the run's model with --model"
    )]
    OtherModel {
        /// Name and hash of the run's model.
        made: String,
        /// Name and hash of the model at hand.
        given: String,
    },
}
