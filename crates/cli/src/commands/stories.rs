//! `throughline stories`.

use clap::{Args, ValueEnum};
use throughline_pipeline::stories::Stories;

use crate::args::{Input, Output};
use crate::commands::{narratives, params};
use crate::context::Context;

/// Which articles tell the same story
///
/// A story is one event. The table of pairs tells reprints, rewrites, other tellings of the story, and articles
/// that share a narrative without sharing the story.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline stories examples/articles\n  \
    throughline stories examples/articles --table pairs")]
pub struct StoriesArgs {
    /// Which table to give
    #[arg(long, value_enum, default_value_t = StoriesTable::Stories)]
    table: StoriesTable,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

/// Tables of this command.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StoriesTable {
    /// The story of every article
    Stories,
    /// Pairs of articles that belong together
    Pairs,
}

/// Runs the command.
pub fn run(args: StoriesArgs, context: &Context) -> anyhow::Result<()> {
    let (read, units) = context.article_units(&args.input.inputs, &args.input.reading)?;
    let stories = Stories::find(&units, &params::stories(context)?, &context.teller);
    match args.table {
        StoriesTable::Stories => args.output.write(&stories.rows(&units)),
        StoriesTable::Pairs => {
            let statements = context.statement_units(&read)?;
            let found = narratives::find(&statements, &units, context)?;
            let sharing = found.sharing(&statements, &units);
            args.output.write(&stories.pair_rows(&units, &read.corpus.articles, &read.texts, &sharing))
        }
    }
}
