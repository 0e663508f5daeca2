//! `throughline quotes`.

use clap::Args;
use throughline_pipeline::{Texts, quote_rows};

use crate::args::{Input, Output};
use crate::context::Context;

/// Who said what: direct, indirect and mixed quotations with their speakers
///
/// Spans are [[char_start, char_end], ...] in the article's text, as Python slices count. The speaker is the
/// fullest name that the article gives, or null where it does not say.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline quotes examples/articles\n  \
    throughline quotes examples/articles --format csv --output quotes.csv")]
pub struct QuotesArgs {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
pub fn run(args: QuotesArgs, context: &Context) -> anyhow::Result<()> {
    let corpus = context.corpus(&args.input.inputs, &args.input.reading)?;
    let texts = Texts::read(&corpus.articles, &context.teller);
    let quotes = texts.quotes(&corpus.articles, &context.teller);
    args.output.write(&quote_rows(&corpus.articles, &texts, &quotes))
}
