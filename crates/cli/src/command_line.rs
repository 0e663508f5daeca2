//! The whole command line: every command, and what runs it.

use clap::{Command as ClapCommand, CommandFactory, Parser, Subcommand};
use throughline_schema::exit;

use crate::args::Common;
use crate::commands;
use crate::context::Context;

/// What the press says: statements and speakers, stories, narratives that travel, themes.
///
/// Articles come in as JSON lines, CSV, Parquet, Arrow, text, Markdown or HTML; tables go out as JSON lines,
/// CSV, Parquet or Arrow. Everything runs on this machine; only `models pull` uses a network.
#[derive(Debug, Parser)]
#[command(name = "throughline", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  throughline run examples/articles --out runs/demo
  throughline similar runs/demo \"the dam will not be finished in time\"
  throughline narratives examples/articles --table narratives --format csv --output narratives.csv
  throughline config > throughline.toml";

/// The whole command line, with the exit codes in the help of every command.
pub fn command() -> ClapCommand {
    let codes: Vec<String> =
        exit::ALL.iter().map(|(code, meaning)| format!("  {code:>3}  {meaning}")).collect();
    with_exit_codes(Cli::command(), &format!("Exit codes:\n{}", codes.join("\n")))
}

fn with_exit_codes(command: ClapCommand, codes: &str) -> ClapCommand {
    let help = command.get_after_help().map(|help| format!("{help}\n\n{codes}"));
    let command = match help {
        Some(help) => command.after_long_help(help),
        None => command.after_long_help(codes.to_owned()),
    };
    command.mut_subcommands(|inner| with_exit_codes(inner, codes))
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Statements(commands::statements::StatementsArgs),
    Quotes(commands::quotes::QuotesArgs),
    Embed(commands::embed::EmbedArgs),
    Duplicates(commands::duplicates::DuplicatesArgs),
    Stories(commands::stories::StoriesArgs),
    Themes(commands::themes::ThemesArgs),
    Narratives(commands::narratives::NarrativesArgs),
    Similar(commands::similar::SimilarArgs),
    Compare(commands::compare::CompareArgs),
    Run(commands::run::RunArgs),
    Report(commands::report::ReportArgs),
    Export(commands::export::ExportArgs),
    Evaluate(commands::evaluate::EvaluateArgs),
    Models(commands::models::ModelsArgs),
    Schema(commands::schema::SchemaArgs),
    Config(commands::config::ConfigArgs),
    Completions(commands::completions::CompletionsArgs),
    Man(commands::man::ManArgs),
}

/// Runs the command that was asked for.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    let context = Context::new(cli.common)?;
    match cli.command {
        Command::Statements(args) => commands::statements::run(args, &context),
        Command::Quotes(args) => commands::quotes::run(args, &context),
        Command::Embed(args) => commands::embed::run(args, &context),
        Command::Duplicates(args) => commands::duplicates::run(args, &context),
        Command::Stories(args) => commands::stories::run(args, &context),
        Command::Themes(args) => commands::themes::run(args, &context),
        Command::Narratives(args) => commands::narratives::run(args, &context),
        Command::Similar(args) => commands::similar::run(args, &context),
        Command::Compare(args) => commands::compare::run(args, &context),
        Command::Run(args) => commands::run::run(args, &context),
        Command::Report(args) => commands::report::run(args, &context),
        Command::Export(args) => commands::export::run(args, &context),
        Command::Evaluate(args) => commands::evaluate::run(args, &context),
        Command::Models(args) => commands::models::run(args, &context),
        Command::Schema(args) => commands::schema::run(args, &context),
        Command::Config(args) => commands::config::run(args, command()),
        Command::Completions(args) => commands::completions::run(args, command()),
        Command::Man(args) => commands::man::run(args, command()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line as a shell splits it, up to where it redirects.
    fn words(line: &str) -> Vec<String> {
        let quoted = line.split('"').enumerate();
        let words = quoted.flat_map(|(i, part)| match i % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        words.take_while(|word| word != ">").collect()
    }

    #[test]
    fn every_example_is_a_command_line() {
        fn look(one: &ClapCommand, seen: &mut usize) {
            let help = one.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in help.lines().filter_map(|line| line.strip_prefix("  ")) {
                if line.starts_with("throughline ") {
                    *seen += 1;
                    command()
                        .try_get_matches_from(words(line))
                        .unwrap_or_else(|error| panic!("{line}: {error}"));
                }
            }
            one.get_subcommands().for_each(|inner| look(inner, seen));
        }
        let mut seen = 0;
        look(&command(), &mut seen);
        assert!(seen > 25, "{seen}");
    }

    #[test]
    fn a_commands_own_options_stand_first_in_its_help() {
        let shared = ["Reading", "Writing", "Which rows", "Common options"];
        let of_many = |id: &str| {
            let uses = |one: &ClapCommand| one.get_arguments().any(|arg| arg.get_id() == id);
            command().get_subcommands().filter(|one| uses(one)).count() > 1
        };
        for one in command().get_subcommands() {
            for arg in one.get_arguments() {
                let heading = arg.get_help_heading().unwrap_or_default();
                let own = !shared.contains(&heading) || of_many(arg.get_id().as_str());
                assert!(own, "{}: --{} stands under {heading}", one.get_name(), arg.get_id());
            }
        }
    }
}
