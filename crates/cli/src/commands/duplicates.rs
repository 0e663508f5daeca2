//! `throughline duplicates`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use throughline_pipeline::duplicates::{Duplicates, scored_pairs};
use throughline_tabular::read_pairs;

use crate::args::{Input, Output};
use crate::commands::params;
use crate::context::Context;

/// Pairs of rows that say nearly the same, each verified
///
/// `score` is a calibrated probability: 0.5 is the decision line. `lexical` is the share of words that the two
/// have in common, `semantic` the cosine of their vectors.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline duplicates examples/articles\n  \
    throughline duplicates examples/articles --table groups\n  \
    throughline duplicates examples/articles --pairs pairs.csv")]
pub struct DuplicatesArgs {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
    /// Which table to give
    #[arg(long, value_enum, default_value_t = DuplicatesTable::Pairs)]
    table: DuplicatesTable,
    /// Score exactly the pairs in this file (columns a and b: ids), in its order, whatever their score
    #[arg(long, value_name = "FILE", conflicts_with = "table")]
    pairs: Option<PathBuf>,
}

/// Tables of this command.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DuplicatesTable {
    /// Pairs over the decision line
    Pairs,
    /// The group of every row, singletons too
    Groups,
}

/// Runs the command.
pub fn run(args: DuplicatesArgs, context: &Context) -> anyhow::Result<()> {
    let pairs = args.pairs.as_deref().map(read_pairs).transpose()?;
    let (_, units) = context.article_units(&args.input.inputs, &args.input.reading)?;
    if let Some(pairs) = pairs {
        return args.output.write(&scored_pairs(&units, &pairs)?);
    }
    let found = Duplicates::find(&units, &params::duplicates(context)?, &context.teller);
    match args.table {
        DuplicatesTable::Pairs => args.output.write(&found.pair_rows(&units)),
        DuplicatesTable::Groups => args.output.write(&found.group_rows(&units)),
    }
}
