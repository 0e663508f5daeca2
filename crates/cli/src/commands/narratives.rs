//! `throughline narratives`.

use clap::{Args, ValueEnum};
use throughline_pipeline::Units;
use throughline_pipeline::narratives::FoundNarratives;
use throughline_pipeline::narratives::rows::RowNarratives;

use crate::args::{Input, Output};
use crate::commands::params;
use crate::context::Context;
use crate::failure::BadUsage;

/// Claims that travel from article to article, word for word or in other words
///
/// A narrative is made of statements of at least two articles that say nearly the same. Its table lists, pair by
/// pair, the figures, dates, names and negations on which the members differ.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline narratives examples/articles --table narratives\n  \
    throughline narratives headlines.csv --unit row")]
pub struct NarrativesArgs {
    /// What is joined: statements of articles, or whole rows (headlines, posts)
    #[arg(long, value_enum, default_value_t = Unit::Statement)]
    unit: Unit,
    /// Which table to give
    #[arg(long, value_enum, default_value_t = NarrativesTable::Members)]
    table: NarrativesTable,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

/// What is joined, or gets themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// Statements of articles
    Statement,
    /// Rows of the input, each as a whole
    Row,
}

/// Tables of this command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NarrativesTable {
    /// The members of every narrative
    Members,
    /// The narratives
    Narratives,
    /// Narratives that travel together across the same articles
    Bundles,
}

/// Narratives among statements, with the parameters in force.
pub fn find(units: &Units, whole: &Units, context: &Context) -> anyhow::Result<FoundNarratives> {
    Ok(FoundNarratives::find(units, whole, &params::narratives(context)?, &context.teller))
}

/// Runs the command.
pub fn run(args: NarrativesArgs, context: &Context) -> anyhow::Result<()> {
    if args.unit == Unit::Row {
        if args.table == NarrativesTable::Bundles {
            let problem =
                "--table bundles needs statements, since each row is one claim: leave --unit row out";
            return Err(BadUsage(problem.to_owned()).into());
        }
        let (read, units) = context.article_units(&args.input.inputs, &args.input.reading)?;
        let found =
            RowNarratives::find(&units, &read.corpus.articles, &params::stories(context)?, &context.teller);
        return match args.table {
            NarrativesTable::Narratives => args.output.write(&found.narratives),
            _ => args.output.write(&found.members),
        };
    }
    let (read, whole) = context.article_units(&args.input.inputs, &args.input.reading)?;
    let units = context.statement_units(&read)?;
    let found = find(&units, &whole, context)?;
    let articles = &read.corpus.articles;
    let quotes = read.texts.quotes(articles, &context.teller);
    let tables = found.tables(&units, articles, &read.texts, &quotes);
    match args.table {
        NarrativesTable::Narratives => args.output.write(&tables.narratives),
        NarrativesTable::Members => args.output.write(&tables.members),
        NarrativesTable::Bundles => args.output.write(&tables.bundles),
    }
}
