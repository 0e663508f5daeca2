//! `throughline models info`.

use std::io::Write;

use clap::Args;
use serde_json::json;
use throughline_embedding::model_files;

use crate::model_folders::{self, Place};

/// Show what is known of a model
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline models info all-MiniLM-L6-v2-int8")]
pub struct InfoArgs {
    /// Model: a name that `models list` shows, or a folder
    name: String,
}

/// Runs the command.
pub fn run(args: &InfoArgs) -> anyhow::Result<()> {
    let name = &args.name;
    let place = model_folders::find(name)?;
    let manifest = match &place {
        Place::Folder(folder) => model_files::read_manifest(folder)?,
        Place::Embedded(model) => Some(model.manifest()?),
    };
    let told = json!({"location": place.location(), "manifest": manifest});
    let mut out = std::io::stdout().lock();
    Ok(writeln!(out, "{}", serde_json::to_string_pretty(&told)?)?)
}
