//! `throughline models verify`.

use clap::Args;
use throughline_embedding::{Options, model_files};

use crate::context::Context;
use crate::model_folders::{self, Place};

/// Check every file of a model against its manifest
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline models verify all-MiniLM-L6-v2-int8")]
pub struct VerifyArgs {
    /// Model: a name that `models list` shows, or a folder
    name: String,
}

/// Runs the command.
pub fn run(args: &VerifyArgs, context: &Context) -> anyhow::Result<()> {
    let name = &args.name;
    let manifest = match model_folders::find(name)? {
        Place::Folder(folder) => model_files::verify(&folder)?,
        // A test holds embedded files to their hashes; here they are opened.
        Place::Embedded(model) => {
            model.open(&Options::default())?;
            model.manifest()?
        }
    };
    context.teller.note(&format!("{name}: {} files fit their hashes", manifest.files.len()));
    Ok(())
}
