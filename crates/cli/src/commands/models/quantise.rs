//! `throughline models quantise`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use throughline_embedding::{Recipe, quantise};

use crate::context::Context;

/// Make an int8 model from one with float weights; the same weights give the same bytes
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline models quantise models/all-MiniLM-L6-v2 small-model")]
pub struct QuantiseArgs {
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
pub fn run(args: QuantiseArgs, context: &Context) -> anyhow::Result<()> {
    let recipe = Recipe {
        name: args.name,
        origin: args.origin,
        licence: args.licence,
        by: Some("throughline models quantise".to_owned()),
        calibration: args.calibration.as_deref().map(lines).transpose()?,
    };
    quantise(&args.from, &args.to, &recipe)?;
    context.teller.note(&format!("{}: an int8 model; name it with --model", args.to.display()));
    Ok(())
}

/// The lines of a file that hold something.
fn lines(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
}
