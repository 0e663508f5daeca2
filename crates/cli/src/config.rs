//! The configuration file: every option has a key.
//!
//! What the file says is put in front of what was typed, as if it had been typed, unless the same option was;
//! so a value from the file is checked exactly like one from the command line.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Context as _;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, CommandFactory, FromArgMatches};
use toml::Table;
use toml::Value;

use crate::args::Cli;
use crate::failure::{BadUsage, Failure};

/// Parses the command line and, where `--config` names one, the configuration file.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Failure> {
    let args: Vec<OsString> = args.into_iter().collect();
    let matches = Cli::command().try_get_matches_from(&args).map_err(Failure::Usage)?;
    let file = matches.subcommand().and_then(|(_, of)| of.get_one::<std::path::PathBuf>("config").cloned());
    let matches = match file {
        None => matches,
        Some(file) => {
            let typed = from_file(&file, &matches)?;
            let mut all = args;
            // Options stand before the first value that could be positional; a subcommand's go behind its name.
            let (name, _) = matches.subcommand().expect("clap requires a subcommand");
            let at = all.iter().position(|arg| arg == name).map_or(all.len(), |at| at + 1);
            all.splice(at..at, typed);
            Cli::command().try_get_matches_from(&all).map_err(Failure::Usage)?
        }
    };
    Cli::from_arg_matches(&matches).map_err(Failure::Usage)
}

/// The file's keys as options, without those that were typed.
fn from_file(file: &Path, matches: &ArgMatches) -> Result<Vec<OsString>, Failure> {
    let read = || -> anyhow::Result<Vec<OsString>> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read the configuration {}", file.display()))?;
        let keys: Table = text.parse().map_err(|error| BadUsage(format!("{}: {error}", file.display())))?;
        let (name, typed) = matches.subcommand().expect("clap requires a subcommand");
        let cli = Cli::command();
        let command = cli.find_subcommand(name).expect("clap found it");
        let mut options = Vec::new();
        for (key, value) in &keys {
            match value {
                Value::Table(table) => {
                    let section = cli.find_subcommand(key).ok_or_else(|| {
                        BadUsage(format!(
                            "{}: [{key}] is no command: see 'throughline --help'",
                            file.display()
                        ))
                    })?;
                    for (key, value) in table {
                        let arg = find(section, key, file)?;
                        if section.get_name() == name {
                            add(&mut options, arg, value, typed, file)?;
                        }
                    }
                }
                value => {
                    let common = cli.get_arguments().find(|arg| is_key(arg, key));
                    let arg = common.or_else(|| command.get_arguments().find(|arg| is_key(arg, key)));
                    match arg {
                        Some(arg) => add(&mut options, arg, value, typed, file)?,
                        // A key of another command's option is fine at the top; a key of none is a slip.
                        None if cli
                            .get_subcommands()
                            .any(|c| c.get_arguments().any(|arg| is_key(arg, key))) => {}
                        None => return Err(no_option(key, file).into()),
                    }
                }
            }
        }
        Ok(options)
    };
    read().map_err(Failure::Error)
}

fn is_key(arg: &Arg, key: &str) -> bool {
    arg.get_long().is_some_and(|long| long.replace('-', "_") == key) && key != "config"
}

fn find<'c>(command: &'c clap::Command, key: &str, file: &Path) -> anyhow::Result<&'c Arg> {
    command.get_arguments().find(|arg| is_key(arg, key)).ok_or_else(|| no_option(key, file).into())
}

fn no_option(key: &str, file: &Path) -> BadUsage {
    BadUsage(format!("{}: '{key}' is no option: keys are the long options with _ for -", file.display()))
}

fn add(
    options: &mut Vec<OsString>,
    arg: &Arg,
    value: &Value,
    typed: &ArgMatches,
    file: &Path,
) -> anyhow::Result<()> {
    if typed.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine) {
        return Ok(());
    }
    let long = arg.get_long().expect("a key is a long option");
    let text = match value {
        Value::Boolean(true) if !arg.get_action().takes_values() => {
            options.push(format!("--{long}").into());
            return Ok(());
        }
        Value::Boolean(false) if !arg.get_action().takes_values() => return Ok(()),
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        other => {
            let name = other.type_str();
            return Err(BadUsage(format!(
                "{}: '{}' can't be a {name}",
                file.display(),
                long.replace('-', "_")
            ))
            .into());
        }
    };
    options.push(format!("--{long}={text}").into());
    Ok(())
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
        let crate::args::Command::Themes(themes) = cli.command else { panic!() };
        assert_eq!(themes.count, Some(5));
    }

    #[test]
    fn a_key_of_no_option_is_an_error() {
        for config in ["sede = 7", "[theemes]\ncount = 5", "[themes]\nsize = 5", "seed = 'x'"] {
            assert!(parsed(config, &["throughline", "themes", "in"]).is_err(), "{config}");
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
