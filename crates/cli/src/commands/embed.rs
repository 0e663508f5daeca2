//! `throughline embed`.

use clap::Args;
use throughline_pipeline::units::embed_articles;

use crate::args::{Input, VectorOutput};
use crate::context::Context;
use crate::output::{check_npy_place, write_vectors};

/// A unit-length vector for each row
///
/// Embeds title and text as they stand. `tokens_kept` below `tokens` tells that the model read only the
/// beginning. With --format npy the vectors are one NumPy array, rows × dimensions, and line N of the file beside
/// it (.ids.jsonl) tells whose row N is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline embed examples/articles --output vectors.parquet\n  \
    throughline embed examples/articles --output vectors.npy")]
pub struct EmbedArgs {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: VectorOutput,
}

/// Runs the command.
pub fn run(args: EmbedArgs, context: &Context) -> anyhow::Result<()> {
    let output = args.output.npy_or_table();
    if let Ok(place) = &output {
        check_npy_place(place)?;
    }
    let corpus = context.corpus(&args.input.inputs, &args.input.reading)?;
    let encoder = context.encoder(&corpus.articles)?;
    let rows = embed_articles(&corpus.articles, encoder.as_ref(), &context.teller)?;
    match output {
        Ok(place) => write_vectors(&place, &rows, encoder.stamp().dimensions as usize, context),
        Err(output) => output.write(&rows),
    }
}
