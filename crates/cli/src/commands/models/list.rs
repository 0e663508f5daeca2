//! `throughline models list`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use throughline_embedding::EmbeddedModel;
use throughline_embedding::model_files::{self, ModelManifest};
use throughline_schema::tables::ModelRow;

use crate::args::Output;
use crate::system;

/// Show the models on this machine
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline models list")]
pub struct ListArgs {
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
pub fn run(args: &ListArgs) -> anyhow::Result<()> {
    args.output.write(&rows()?)
}

/// The embedded models, then the pulled ones by name.
fn rows() -> anyhow::Result<Vec<ModelRow>> {
    let mut rows = Vec::new();
    for model in EmbeddedModel::all() {
        rows.push(row(&model.manifest()?, "embedded".to_owned()));
    }
    let folder = system::models_folder();
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => {
            entries.collect::<Result<Vec<_>, _>>().with_context(|| folder.display().to_string())?
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
    };
    let mut folders: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    folders.sort();
    for folder in folders {
        if let Some(manifest) = model_files::read_manifest(&folder)? {
            rows.push(row(&manifest, folder.display().to_string()));
        }
    }
    Ok(rows)
}

fn row(manifest: &ModelManifest, location: String) -> ModelRow {
    ModelRow {
        name: manifest.name.clone(),
        location,
        weights: manifest.weights.clone(),
        dimensions: manifest.dimensions,
        max_tokens: manifest.max_tokens,
        bytes: manifest.files.values().map(|file| file.bytes).sum(),
        licence: manifest.licence.clone(),
        sha256: model_files::fingerprint(
            manifest.files.iter().map(|(name, file)| (name.as_str(), file.sha256.as_str())),
        ),
        origin: manifest.origin.clone(),
    }
}
