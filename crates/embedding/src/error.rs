//! What can go wrong, with the file and the remedy.

use std::path::{Path, PathBuf};

/// Why a model could not be opened, made or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddingError {
    /// A file could not be read or written.
    #[error("cannot read or write {}: {source}; check that the path exists and may be accessed", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A model folder lacks a file that the model needs.
    #[error("{} is missing; a model folder needs config.json, tokenizer.json and model.safetensors: fetch the model again with `models pull`", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A file is not what its manifest says.
    #[error("{} does not fit its manifest: expected {expected}, found {found}; fetch the model again with `models pull`", path.display())]
    Tampered {
        /// The file.
        path: PathBuf,
        /// Size or SHA-256 in the manifest.
        expected: String,
        /// Size or SHA-256 of the file.
        found: String,
    },
    /// A file can't be understood: truncated, or not of its form.
    #[error("{} is damaged: {reason}; fetch the model again with `models pull`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A model of a kind that this engine does not run.
    #[error("{} describes a model that this engine does not run: {reason}; choose a BERT-family encoder or a static model", path.display())]
    Unsupported {
        /// The file that says so.
        path: PathBuf,
        /// What is not supported.
        reason: String,
    },
    /// An option that makes no sense for this model.
    #[error("{0}")]
    Option(String),
    /// The tokenizer refused a text.
    #[error("cannot tokenise text {index}: {reason}")]
    Tokenise {
        /// Which of the texts, from 0.
        index: usize,
        /// What the tokenizer says.
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
