//! One file per command: its arguments and what it does.

pub mod compare;
pub mod completions;
pub mod config;
pub mod duplicates;
pub mod embed;
pub mod evaluate;
pub mod export;
pub mod man;
pub mod models;
pub mod narratives;
mod params;
pub mod quotes;
pub mod report;
pub mod run;
pub mod schema;
pub mod similar;
pub mod statements;
pub mod stories;
pub mod themes;

use crate::args::{Cli, Command};
use crate::context::Context;

/// Runs the command that was asked for.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    let context = Context::new(cli.common)?;
    match cli.command {
        Command::Statements(args) => statements::run(args, &context),
        Command::Quotes(args) => quotes::run(args, &context),
        Command::Embed(args) => embed::run(args, &context),
        Command::Duplicates(args) => duplicates::run(args, &context),
        Command::Stories(args) => stories::run(args, &context),
        Command::Themes(args) => themes::run(args, &context),
        Command::Narratives(args) => narratives::run(args, &context),
        Command::Similar(args) => similar::run(args, &context),
        Command::Compare(args) => compare::run(args, &context),
        Command::Run(args) => run::run(args, &context),
        Command::Report(args) => report::run(args, &context),
        Command::Export(args) => export::run(args, &context),
        Command::Evaluate(args) => evaluate::run(args, &context),
        Command::Models(args) => models::run(args, &context),
        Command::Schema(args) => schema::run(args, &context),
        Command::Config(args) => config::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    }
}
