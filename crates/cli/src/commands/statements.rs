//! `throughline statements`.

use clap::{Args, ValueEnum};

use crate::args::{Input, Output};
use crate::context::{Context, Read};

/// Statements of articles, with their place to the character
///
/// A statement is a sentence or a heading; page furniture (menus, comment prompts, bylines) is none, and has
/// a table of its own. An article without any statement has one row with the reason.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throughline statements examples/articles --format csv --output statements.csv\n  \
    throughline statements examples/articles --table furniture"
)]
pub struct StatementsArgs {
    /// Which table to give
    #[arg(long, value_enum, default_value_t = StatementsTable::Statements)]
    table: StatementsTable,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

/// Tables of this command.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StatementsTable {
    /// What the articles say
    Statements,
    /// What stands around it on the page
    Furniture,
}

/// Runs the command.
pub fn run(args: StatementsArgs, context: &Context) -> anyhow::Result<()> {
    let Read { corpus, texts } = context.read(&args.input.inputs, &args.input.reading)?;
    match args.table {
        StatementsTable::Statements => args.output.write(&texts.statement_rows(&corpus.articles)),
        StatementsTable::Furniture => args.output.write(&texts.furniture_rows()),
    }
}
