//! From a model's name to its files.

use std::path::{Path, PathBuf};

use throughline_embedding::{EmbeddedModel, Encoder, Options, open};

use crate::failure::BadModel;
use crate::system;

/// The model that is used where none is named, and on whose cosines the decision lines were fitted. Built into the
/// program by its feature `embedded-minilm`.
pub const DEFAULT: &str = "all-MiniLM-L6-v2-int8";

/// The model of collections that are not all English. Built into the program by its feature `embedded-e5`.
pub const MULTILINGUAL: &str = "multilingual-e5-small-int8";

/// Stands for one of the two, by the languages of the collection.
pub const AUTO: &str = "auto";

/// Where a model is.
pub enum Place {
    /// In the program.
    Embedded(EmbeddedModel),
    /// In this folder.
    Folder(PathBuf),
}

impl Place {
    /// Where it is, for people.
    pub fn location(&self) -> String {
        match self {
            Self::Embedded(_) => "embedded".to_owned(),
            Self::Folder(folder) => folder.display().to_string(),
        }
    }
}

/// Finds a model: a folder, else a pulled model, else one in the program. A folder never hides the default model.
///
/// # Errors
/// No model has this name.
pub fn find(model: &str) -> anyhow::Result<Place> {
    let given = Path::new(model);
    if model != DEFAULT && given.is_dir() {
        return Ok(Place::Folder(given.to_owned()));
    }
    let pulled = pulled_folder(model);
    if pulled.is_dir() {
        return Ok(Place::Folder(pulled));
    }
    if let Some(embedded) = EmbeddedModel::find(model) {
        return Ok(Place::Embedded(embedded));
    }
    if model == DEFAULT {
        return Err(BadModel(format!(
            "this program was built without the model {DEFAULT}: name another with --model, such as a folder or \
             sentence-transformers/all-MiniLM-L6-v2, which 'throughline models pull \
             sentence-transformers/all-MiniLM-L6-v2' fetches; or build the program with its default features"
        ))
        .into());
    }
    Err(BadModel(format!(
        "no model '{model}': it is no folder, and {} has none of this name; 'throughline models list' shows what \
         is there, 'throughline models pull' fetches others",
        system::models_folder().display()
    ))
    .into())
}

/// Where a pulled model of this name lies; `/` of a hub name becomes `--`.
pub fn pulled_folder(model: &str) -> PathBuf {
    system::models_folder().join(model.replace(['/', '\\'], "--"))
}

/// The model on the native engine.
pub fn native(model: &str, options: &Options) -> anyhow::Result<Box<dyn Encoder>> {
    Ok(match find(model)? {
        Place::Embedded(embedded) => embedded.open(options)?,
        Place::Folder(folder) => open(&folder, options)?,
    })
}
