//! Where a model's files are read from.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::error::EmbeddingError;

/// A model's files, in a folder or in the program.
#[derive(Clone, Debug)]
pub(crate) enum ModelFiles {
    Folder(PathBuf),
    Embedded { name: &'static str, files: &'static [(&'static str, &'static [u8])] },
}

impl ModelFiles {
    /// The model's name where no manifest gives one.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Folder(folder) => {
                let full = folder.canonicalize().unwrap_or_else(|_| folder.clone());
                full.file_name().map_or_else(|| "model".to_owned(), |n| n.to_string_lossy().into_owned())
            }
            Self::Embedded { name, .. } => (*name).to_owned(),
        }
    }

    /// Where a file stands, for messages.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        match self {
            Self::Folder(folder) => folder.join(file),
            Self::Embedded { name, .. } => Path::new("(embedded)").join(name).join(file),
        }
    }

    /// The content of a file.
    pub(crate) fn read(&self, file: &str) -> Result<Cow<'static, [u8]>, EmbeddingError> {
        self.read_if_there(file)?.ok_or_else(|| EmbeddingError::Missing { path: self.path(file) })
    }

    /// The content of a file that a model may lack.
    pub(crate) fn read_if_there(&self, file: &str) -> Result<Option<Cow<'static, [u8]>>, EmbeddingError> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(file);
                match fs::read(&path) {
                    Ok(content) => Ok(Some(Cow::Owned(content))),
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(source) => Err(EmbeddingError::Io { path, source }),
                }
            }
            Self::Embedded { files, .. } => {
                Ok(files.iter().find(|(name, _)| *name == file).map(|(_, content)| Cow::Borrowed(*content)))
            }
        }
    }

    /// A JSON file that a model may lack.
    pub(crate) fn json_if_there<T: DeserializeOwned>(&self, file: &str) -> Result<Option<T>, EmbeddingError> {
        let Some(content) = self.read_if_there(file)? else { return Ok(None) };
        serde_json::from_slice(&content).map(Some).map_err(|e| EmbeddingError::damaged(&self.path(file), e))
    }

    /// A JSON file that every model has.
    pub(crate) fn json<T: DeserializeOwned>(&self, file: &str) -> Result<T, EmbeddingError> {
        self.json_if_there(file)?.ok_or_else(|| EmbeddingError::Missing { path: self.path(file) })
    }
}
