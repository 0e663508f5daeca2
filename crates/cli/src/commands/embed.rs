//! `throughline embed`.

use clap::Args;
use throughline_pipeline::units::embed_articles;

use crate::args::{Input, Output};
use crate::context::Context;

/// A unit-length vector for each row
///
/// Embeds title and text as they stand. `tokens_kept` below `tokens` tells that the model read only the
/// beginning.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline embed examples/articles --output vectors.parquet")]
pub struct EmbedArgs {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
pub fn run(args: EmbedArgs, context: &Context) -> anyhow::Result<()> {
    let corpus = context.corpus(&args.input.inputs, &args.input.reading)?;
    let encoder = context.encoder()?;
    args.output.write(&embed_articles(&corpus.articles, encoder.as_ref(), &context.teller)?)
}
