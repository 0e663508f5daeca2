//! `throughline quotes`.

use clap::{Args, ValueEnum};
use throughline_pipeline::quote_rows;
use throughline_pipeline::speakers::Speakers;

use crate::args::{Input, Output};
use crate::context::{Context, Read};

/// Who said what: direct, indirect and mixed quotations with their speakers
///
/// Spans are [[char_start, char_end], ...] in the article's text, as Python slices count. The speaker is the
/// fullest name that the article gives, or null where it does not say.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline quotes examples/articles\n  \
    throughline quotes examples/articles --table speakers --format csv --output speakers.csv")]
pub struct QuotesArgs {
    /// Which table to give
    #[arg(long, value_enum, default_value_t = QuotesTable::Quotes)]
    table: QuotesTable,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

/// Tables of this command.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum QuotesTable {
    /// What was said
    Quotes,
    /// Who is quoted, one row a person or body over all articles
    Speakers,
}

/// Runs the command.
pub fn run(args: QuotesArgs, context: &Context) -> anyhow::Result<()> {
    let Read { corpus, texts } = context.read(&args.input.inputs, &args.input.reading)?;
    let quotes = texts.quotes(&corpus.articles, &context.teller);
    let speakers = Speakers::find(&corpus.articles, &texts, &quotes);
    match args.table {
        QuotesTable::Quotes => args.output.write(&quote_rows(&corpus.articles, &texts, &quotes, &speakers)),
        QuotesTable::Speakers => args.output.write(speakers.rows()),
    }
}
