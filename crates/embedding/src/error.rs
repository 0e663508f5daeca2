//! What can go wrong, with the file and the cause.

use std::path::{Path, PathBuf};

/// Why a model could not be opened, made or run.
///
/// A message says what is wrong and where; what mends it depends on the program, which finds it by the variant.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddingError {
    /// A file could not be read or written.
    #[error("cannot read or write {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A model folder lacks a file that the model needs.
    #[error("{} is missing; a model folder needs config.json, tokenizer.json and model.safetensors", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A file is not what its manifest says.
    #[error("{} does not fit its manifest: expected {expected}, found {found}", path.display())]
    Tampered {
        /// The file.
        path: PathBuf,
        /// Size or SHA-256 in the manifest.
        expected: String,
        /// Size or SHA-256 of the file.
        found: String,
    },
    /// A file can't be understood: truncated, or not of its form.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A model of a kind that this engine does not run.
    #[error("{} describes a model that this engine does not run: {reason}", path.display())]
    Unsupported {
        /// The file that says so.
        path: PathBuf,
        /// What is not supported.
        reason: String,
    },
    /// An option that makes no sense for this model or machine.
    #[error(transparent)]
    Option(#[from] OptionCause),
    /// The engine failed while it computed.
    #[error("the engine failed: {0}")]
    Engine(
        /// What it says.
        String,
    ),
    /// The tokenizer refused a text.
    #[error("cannot tokenise text {index}: {reason}")]
    Tokenise {
        /// Which of the texts, from 0.
        index: usize,
        /// What the tokenizer says.
        reason: String,
    },
}

/// Why an option can't be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionCause {
    /// Float arithmetic for int8 weights.
    #[error("this model's weights are int8, which float arithmetic can't be made of")]
    WeightsAreInt8,
    /// Int8 arithmetic for float weights.
    #[error("this model's weights are float, which int8 arithmetic can't be made of on the way")]
    WeightsAreFloat,
    /// An arithmetic for a model that has none to choose.
    #[error("a static model has no layers and adds its vectors in f32")]
    NoArithmetic,
    /// A limit of tokens that the model can't have.
    #[error("a limit of {asked} tokens is not possible: this model reads {fewest} to {most}")]
    TokenLimit {
        /// As asked for.
        asked: usize,
        /// Fewest tokens that make sense.
        fewest: usize,
        /// Most that the model reads.
        most: usize,
    },
    /// A limit of no tokens.
    #[error("a limit of 0 tokens leaves nothing to read")]
    NoTokens,
    /// Instructions that this processor does not have.
    #[error("this processor has no {instructions}")]
    NoInstructions {
        /// Their name.
        instructions: &'static str,
    },
    /// A folder to be made that is there already.
    #[error("{} exists", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// Nothing to calibrate the quantised weights with.
    #[error("there is no calibration text")]
    NoCalibration,
    /// A model that the chosen engine does not run, and another may.
    #[error("{} {reason}", path.display())]
    OtherEngine {
        /// The model's folder or file.
        path: PathBuf,
        /// What the engine lacks, as the rest of a sentence: `has int8 weights, which rust-bert does not run`.
        reason: String,
    },
}

impl EmbeddingError {
    /// For `map_err` on file operations.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            std::io::ErrorKind::NotFound => Self::Missing { path },
            _ => Self::Io { path, source },
        }
    }

    pub(crate) fn damaged(path: &Path, reason: impl ToString) -> Self {
        Self::Damaged { path: path.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn unsupported(path: &Path, reason: impl ToString) -> Self {
        Self::Unsupported { path: path.to_owned(), reason: reason.to_string() }
    }
}
