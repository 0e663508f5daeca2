//! `throughline narratives`.

use clap::{Args, ValueEnum};
use throughline_pipeline::Units;
use throughline_pipeline::narratives::{FoundNarratives, row_unit};
use throughline_schema::Statement;

use crate::args::{Input, Output};
use crate::commands::params;
use crate::context::Context;

/// Claims that travel from article to article, word for word or in other words
///
/// A narrative is made of statements of at least two articles that say nearly the same. Its table lists, pair by
/// pair, the figures, dates, names and negations on which the members differ.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline narratives examples/articles --table narratives\n  \
    throughline narratives headlines.csv --unit row")]
pub struct NarrativesArgs {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
    /// What is joined: statements of articles, or whole rows (headlines, posts)
    #[arg(long, value_enum, default_value_t = Unit::Statement)]
    unit: Unit,
    /// Which table to give
    #[arg(long, value_enum, default_value_t = NarrativesTable::Members)]
    table: NarrativesTable,
}

/// What a narrative is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// Statements of at least two articles
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
}

/// Narratives among statements, with the parameters in force.
pub fn find(units: &Units, context: &Context) -> anyhow::Result<FoundNarratives> {
    Ok(FoundNarratives::find(units, &params::narratives(context)?, &context.teller))
}

/// Runs the command.
pub fn run(args: NarrativesArgs, context: &Context) -> anyhow::Result<()> {
    if args.unit == Unit::Row {
        let (read, units) = context.article_units(&args.input.inputs, &args.input.reading)?;
        let found = row_unit(&units, &read.corpus.articles, &params::stories(context)?, &context.teller);
        return match args.table {
            NarrativesTable::Members => args.output.write(&found.members),
            NarrativesTable::Narratives => args.output.write(&found.narratives),
        };
    }
    let read = context.read(&args.input.inputs, &args.input.reading)?;
    let units = context.statement_units(&read)?;
    let found = find(&units, context)?;
    let articles = &read.corpus.articles;
    let statements: Vec<&Statement> = read.texts.statements().collect();
    let rows = found.rows(&units, articles, &statements);
    match args.table {
        NarrativesTable::Narratives => args.output.write(&rows),
        NarrativesTable::Members => {
            let quotes = read.texts.quotes(articles, &context.teller);
            args.output.write(&found.member_rows(&rows, &units, articles, &read.texts, &quotes))
        }
    }
}
