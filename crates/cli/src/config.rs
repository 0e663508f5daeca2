//! The configuration file: every option has a key.
//!
//! What the file says is added to what was typed, as if it had been typed, unless the same option was; so a value
//! from the file is checked exactly like one from the command line.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};
use toml::Table;
use toml::Value;

use crate::args::is_key;
use crate::command_line::{Cli, command};
use crate::failure::{BadUsage, Failure};

/// Parses the command line and, where `--config` names one, the configuration file.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Failure> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    // An option that is missing may stand in the file: nothing is judged before that is read.
    let typed = command().ignore_errors(true).try_get_matches_from(&args).map_err(Failure::Usage)?;
    let options = from_file(&typed).map_err(Failure::Error)?;
    // Behind everything typed they belong to the innermost command; behind `--` they would be values.
    let end = args.iter().position(|arg| arg == "--").unwrap_or(args.len());
    args.splice(end..end, options);
    let matches = command().try_get_matches_from(&args).map_err(Failure::Usage)?;
    Cli::from_arg_matches(&matches).map_err(Failure::Usage)
}

/// What the configuration file adds to the options that were typed; nothing where none is named.
fn from_file(matches: &ArgMatches) -> anyhow::Result<Vec<OsString>> {
    let mut cli = command();
    // Gives the common options to every command.
    cli.build();
    let (mut innermost, mut typed, mut called) = (&cli, matches, Vec::new());
    while let Some((name, inner)) = typed.subcommand() {
        innermost = innermost.find_subcommand(name).expect("clap found it");
        typed = inner;
        called.push(name);
    }
    let Some(path) = typed.get_one::<PathBuf>("config").filter(|_| !called.is_empty()) else {
        return Ok(Vec::new());
    };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the configuration {}", path.display()))?;
    let keys: Table = text.parse().map_err(|error| BadUsage(format!("{}: {error}", path.display())))?;
    let mut file = File { path, innermost, typed, options: BTreeMap::new() };
    file.keys(&cli, Some(&called), &keys)?;
    Ok(file.options.into_values().flatten().collect())
}

/// A configuration file, read for the command that was called.
struct File<'c> {
    path: &'c Path,
    innermost: &'c Command,
    typed: &'c ArgMatches,
    /// What it adds, by the option's name.
    options: BTreeMap<String, Vec<OsString>>,
}

impl File<'_> {
    /// Takes the keys of `command` and of the commands below it. `called` names those below it that were called;
    /// it is none where another command was, whose keys are checked and otherwise left.
    fn keys(&mut self, command: &Command, called: Option<&[&str]>, keys: &Table) -> anyhow::Result<()> {
        for (key, value) in keys.iter().filter(|(_, value)| !value.is_table()) {
            if !knows(command, key) {
                let path = self.path.display();
                let text = format!("{path}: '{key}' is no option: keys are the long options with _ for -");
                return Err(BadUsage(text).into());
            }
            if let (Some(_), Some(arg)) = (called, option(self.innermost, key)) {
                self.add(arg, value)?;
            }
        }
        // After the plain keys, so that a command's own table wins.
        for (key, value) in keys {
            let Value::Table(table) = value else { continue };
            let inner = command.find_subcommand(key).ok_or_else(|| {
                BadUsage(format!("{}: [{key}] is no command: see 'throughline --help'", self.path.display()))
            })?;
            let below = called.and_then(|names| names.split_first()).filter(|(name, _)| *name == key);
            self.keys(inner, below.map(|(_, below)| below), table)?;
        }
        Ok(())
    }

    /// Adds an option, unless it or one that excludes it was typed.
    fn add(&mut self, arg: &Arg, value: &Value) -> anyhow::Result<()> {
        let long = arg.get_long().expect("a key is a long option");
        let given = self.given(arg, long, value)?;
        let was_typed =
            |arg: &Arg| self.typed.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
        let excludes = |a: &Arg, b: &Arg| {
            self.innermost.get_arg_conflicts_with(a).iter().any(|c| c.get_id() == b.get_id())
        };
        let excluded = self
            .innermost
            .get_arguments()
            .any(|other| was_typed(other) && (excludes(arg, other) || excludes(other, arg)));
        if !was_typed(arg) && !excluded {
            self.options.insert(long.to_owned(), given);
        }
        Ok(())
    }

    /// An option as it would be typed; a list is the option several times.
    fn given(&self, arg: &Arg, long: &str, value: &Value) -> anyhow::Result<Vec<OsString>> {
        let text = match value {
            Value::Boolean(on) if !arg.get_action().takes_values() => {
                return Ok(if *on { vec![format!("--{long}").into()] } else { Vec::new() });
            }
            Value::Array(values) if matches!(arg.get_action(), ArgAction::Append) => {
                let each: Result<Vec<_>, _> = values.iter().map(|v| self.given(arg, long, v)).collect();
                return Ok(each?.concat());
            }
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            other => {
                let (path, key, kind) = (self.path.display(), long.replace('-', "_"), other.type_str());
                return Err(BadUsage(format!("{path}: '{key}' can't be of type {kind}")).into());
            }
        };
        Ok(vec![format!("--{long}={text}").into()])
    }
}

/// The option of `command` that has this key: its long name, or the letter that is short for it.
fn option<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    let key = key.replace('_', "-");
    command.get_arguments().filter(|arg| is_key(arg)).find(|arg| {
        arg.get_long() == Some(&key) || arg.get_short().is_some_and(|short| key == short.to_string())
    })
}

/// Whether `command` or one below it has an option of this key.
fn knows(command: &Command, key: &str) -> bool {
    option(command, key).is_some() || command.get_subcommands().any(|inner| knows(inner, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(config: &str, typed: &[&str]) -> Result<Cli, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("throughline.toml");
        std::fs::write(&file, config).unwrap();
        let mut args: Vec<OsString> = typed.iter().map(Into::into).collect();
        args.extend(["--config".into(), file.into_os_string()]);
        parse(args)
    }

    #[test]
    fn the_file_fills_in_and_the_command_line_wins() {
        let config = "seed = 7\nthreads = 3\n[themes]\ncount = 5\n[run]\nout = 'x'\n";
        let Ok(cli) = parsed(config, &["throughline", "themes", "in", "--threads", "1"]) else { panic!() };
        assert_eq!((cli.common.seed, cli.common.threads), (7, 1));
        let crate::command_line::Command::Themes(themes) = cli.command else { panic!() };
        assert_eq!(themes.cut.count, Some(5));
    }

    #[test]
    fn a_required_option_may_stand_in_the_file() {
        let Ok(cli) = parsed("[run]\nout = 'x'\n", &["throughline", "run", "in"]) else { panic!() };
        assert!(matches!(cli.command, crate::command_line::Command::Run(_)));
        assert!(parsed("", &["throughline", "run", "in"]).is_err());
    }

    #[test]
    fn the_name_of_a_command_may_be_a_value() {
        let typed = ["throughline", "--model", "themes", "themes", "--", "themes"];
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("themes");
        std::fs::write(&file, "count = 5\nseed = 7").unwrap();
        let mut args: Vec<OsString> = typed.iter().map(Into::into).collect();
        args.splice(1..1, ["--config".into(), file.into_os_string()]);
        let Ok(cli) = parse(args) else { panic!() };
        assert_eq!((cli.common.model.as_str(), cli.common.seed), ("themes", 7));
        let crate::command_line::Command::Themes(themes) = cli.command else { panic!() };
        assert_eq!(themes.cut.count, Some(5));
    }

    #[test]
    fn the_more_special_key_wins() {
        let config = "count = 3\nseed = 1\n[themes]\ncount = 5\nseed = 2\n[run]\ncount = 9\n";
        let Ok(cli) = parsed(config, &["throughline", "themes", "in"]) else { panic!() };
        assert_eq!(cli.common.seed, 2);
        let crate::command_line::Command::Themes(themes) = cli.command else { panic!() };
        assert_eq!(themes.cut.count, Some(5));
    }

    #[test]
    fn every_kind_of_option_has_a_key() {
        let config = "[models.list]\nformat = 'csv'\n[models.pull]\nreplace = true\n";
        assert!(parsed(config, &["throughline", "models", "list"]).is_ok());
        assert!(parsed("k = 3", &["throughline", "similar", "run", "dam"]).is_ok());
        assert!(parsed("max-text-bytes = 3", &["throughline", "quotes", "in"]).is_ok());
        assert!(parsed("in = ['x', 'y']", &["throughline", "compare", "a", "b"]).is_ok());
        // What was typed excludes what the file says.
        let config = "[duplicates]\ntable = 'groups'";
        assert!(parsed(config, &["throughline", "duplicates", "in", "--pairs", "p.csv"]).is_ok());
    }

    #[test]
    fn a_key_of_no_option_is_an_error() {
        for config in [
            "sede = 7",
            "[theemes]\ncount = 5",
            "[themes]\nsize = 5",
            "seed = 'x'",
            "help = true",
            "strict = [true]",
        ] {
            assert!(parsed(config, &["throughline", "themes", "in"]).is_err(), "{config}");
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }
}
