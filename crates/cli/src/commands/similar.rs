//! `throughline similar`.

use std::path::PathBuf;

use clap::Args;
use throughline_tabular::open_run;

use crate::args::{Output, WhichRows};
use crate::context::Context;
use crate::model_folders::AUTO;

/// The statements of a run that are nearest to a query
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throughline similar runs/demo \"the dam will not be finished in time\" -k 5\n  \
    throughline similar runs/demo \"who knew of the rust\" --source \"Meridian Post\""
)]
pub struct SimilarArgs {
    /// Run folder
    run: PathBuf,
    /// What to look for, in words
    query: String,
    /// Statements to give at most
    #[arg(short, long = "limit", value_name = "K", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    k: u32,
    #[command(flatten)]
    rows: WhichRows,
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
pub fn run(args: SimilarArgs, context: &Context) -> anyhow::Result<()> {
    let run = open_run(&args.run)?;
    let selection = args.rows.selection(&run)?;
    let encoder = match context.common.model.as_str() {
        AUTO => context.encoder_of(&run.manifest.model.name)?,
        named => context.encoder_of(named)?,
    };
    args.output.write(&throughline_pipeline::similar::similar(
        &run,
        &args.query,
        args.k as usize,
        selection.as_ref(),
        encoder.as_ref(),
    )?)
}
