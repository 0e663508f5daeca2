//! `throughline models`: one file for each of its commands.

mod cache;
mod calibrate;
mod info;
mod list;
mod pull;
mod quantise;
mod verify;

use clap::{Args, Subcommand};

use crate::context::Context;

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
    List(list::ListArgs),
    Pull(pull::PullArgs),
    Verify(verify::VerifyArgs),
    Quantise(quantise::QuantiseArgs),
    Calibrate(calibrate::CalibrateArgs),
    Cache(cache::CacheArgs),
    Info(info::InfoArgs),
}

/// Runs the command.
pub fn run(args: ModelsArgs, context: &Context) -> anyhow::Result<()> {
    match args.action {
        Action::List(args) => list::run(&args),
        Action::Pull(args) => pull::run(args, context),
        Action::Verify(args) => verify::run(&args, context),
        Action::Quantise(args) => quantise::run(args, context),
        Action::Calibrate(args) => calibrate::run(args, context),
        Action::Cache(args) => cache::run(&args, context),
        Action::Info(args) => info::run(&args),
    }
}
