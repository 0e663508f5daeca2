//! From a model's name to its files.

use std::path::{Path, PathBuf};

use throughline_embedding::{Encoder, Options, embedded_with, open};

use crate::failure::BadModel;
use crate::system;

/// Name of the model that is built into the program.
pub const EMBEDDED: &str = "all-MiniLM-L6-v2-int8";

/// The folder of a model; none for the embedded one.
///
/// # Errors
/// No folder and no pulled model has this name.
pub fn folder(model: &str) -> anyhow::Result<Option<PathBuf>> {
    let given = Path::new(model);
    if model != EMBEDDED && given.is_dir() {
        return Ok(Some(given.to_owned()));
    }
    let pulled = pulled_folder(model);
    if pulled.is_dir() {
        return Ok(Some(pulled));
    }
    if model == EMBEDDED {
        return Ok(None);
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
    Ok(match folder(model)? {
        None => Box::new(embedded_with(options)?),
        Some(folder) => open(&folder, options)?,
    })
}
