//! `throughline config`.

use std::io::Write;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Args, Command};

use crate::args::is_key;

/// A configuration file to start from: every option with what it does and its default
///
/// A key stands at the top where it holds for several commands, or in the table of its command. Nothing in it is
/// in force until the `#` before a key is taken away.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline config > throughline.toml\n  \
    throughline run examples/articles --out runs/configured --config throughline.toml")]
pub struct ConfigArgs {}

/// Runs the command.
pub fn run(_: ConfigArgs, program: Command) -> anyhow::Result<()> {
    Ok(std::io::stdout().lock().write_all(page(program).as_bytes())?)
}

const HEAD: &str = "\
# Configuration of throughline, for --config FILE. What is typed wins over what stands here.
#
# Every option has a key. A line that begins with # and a key shows the default: take the # away and change the
# value. <…> stands where there is no default.
";

/// The commented file, made from the command line itself.
fn page(mut program: Command) -> String {
    program.build();
    let mut all = Vec::new();
    collect(&program, &mut Vec::new(), &mut all);
    let uses = |text: &str| all.iter().filter(|entry| entry.text == text).count();
    // At the top a key stands once, as most commands have it.
    let is_common = |entry: &Entry| {
        let of_key = all.iter().filter(|other| other.key == entry.key);
        let most = of_key.map(|other| uses(&other.text)).max().unwrap_or_default();
        entry.table.is_empty() || (most > 1 && uses(&entry.text) == most)
    };
    let mut page = format!("{HEAD}\n# Options of several commands\n");
    let mut seen = Vec::new();
    for entry in all.iter().filter(|entry| is_common(entry)) {
        if !seen.contains(&&entry.key) {
            seen.push(&entry.key);
            // Where one command has no default, another's must not be put in force for it.
            let open = all.iter().any(|other| other.key == entry.key && other.text == other.without_default);
            page += if open { &entry.without_default } else { &entry.text };
        }
    }
    let mut table = "";
    for entry in all.iter().filter(|entry| !is_common(entry)) {
        if entry.table != table {
            table = &entry.table;
            page += &format!("\n[{table}]\n");
        }
        page += &entry.text;
    }
    page
}

/// One option: the table of its command, empty for the program's own, and its lines.
struct Entry {
    table: String,
    key: String,
    text: String,
    without_default: String,
}

fn collect<'c>(command: &'c Command, names: &mut Vec<&'c str>, all: &mut Vec<Entry>) {
    for arg in command.get_arguments().filter(|arg| is_key(arg) && (names.is_empty() || !arg.is_global_set()))
    {
        let key = arg.get_long().unwrap_or_default().replace('-', "_");
        let text = lines(arg, &key, &value(arg));
        let without_default = lines(arg, &key, &placeholder(arg));
        all.push(Entry { table: names.join("."), text, without_default, key });
    }
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        names.push(inner.get_name());
        collect(inner, names, all);
        names.pop();
    }
}

fn lines(arg: &Arg, key: &str, value: &str) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<PossibleValue> =
        if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    let choice: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let choice = if choice.is_empty() { String::new() } else { format!(": {}", choice.join(", ")) };
    format!("\n# {help}{choice}\n#{key} = {value}\n")
}

/// What stands for a value that the user names.
fn placeholder(arg: &Arg) -> String {
    let name = arg.get_value_names().and_then(|names| names.first()).map_or("VALUE", |name| name.as_str());
    if matches!(arg.get_action(), ArgAction::Append) { format!("[<{name}>]") } else { format!("<{name}>") }
}

/// The default as TOML.
fn value(arg: &Arg) -> String {
    if !arg.get_action().takes_values() {
        return "false".to_owned();
    }
    match arg.get_default_values() {
        [] => placeholder(arg),
        [first, ..] => {
            let text = first.to_string_lossy();
            if text.parse::<i64>().is_ok() {
                text.into_owned()
            } else {
                toml::Value::from(text.as_ref()).to_string()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::command_line::{self, Cli, command};
    use crate::config::parse;

    /// Command lines that reach every command.
    const CALLS: &[&str] = &[
        "statements in",
        "quotes in",
        "embed in",
        "duplicates in",
        "stories in",
        "themes in",
        "narratives in",
        "similar run dam",
        "compare a b",
        "run in --out x",
        "report run",
        "export run articles",
        "models list",
        "models pull x",
        "models verify x",
        "models quantise a b",
        "models info x",
        "schema",
        "config",
        "completions bash",
        "man",
    ];

    fn called(call: &str, config: Option<&str>) -> Cli {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.toml");
        let mut args: Vec<OsString> =
            std::iter::once("throughline").chain(call.split(' ')).map(Into::into).collect();
        if let Some(config) = config {
            std::fs::write(&file, config).unwrap();
            args.extend(["--config".into(), file.into_os_string()]);
        }
        match parse(args) {
            Ok(mut cli) => {
                cli.common.config = None;
                cli
            }
            Err(crate::failure::Failure::Usage(error)) => panic!("{call}: {error}"),
            Err(crate::failure::Failure::Error(error)) => panic!("{call}: {error}"),
        }
    }

    /// The page with every default in force; options without one stay out.
    fn in_force() -> String {
        let is_key =
            |line: &str| line.starts_with('#') && line[1..].starts_with(|c: char| c.is_ascii_lowercase());
        let lines = page(command())
            .lines()
            .map(|line| if is_key(line) && !line.contains('<') { &line[1..] } else { line }.to_owned())
            .collect::<Vec<_>>();
        lines.join("\n")
    }

    #[test]
    fn the_defaults_change_nothing() {
        for call in CALLS {
            let plain = format!("{:?}", called(call, None));
            assert_eq!(format!("{:?}", called(call, Some(&page(command())))), plain, "{call}");
            assert_eq!(format!("{:?}", called(call, Some(&in_force()))), plain, "{call}, defaults in force");
        }
    }

    #[test]
    fn a_table_has_no_key_twice() {
        let every = in_force()
            .replace("#format = <FORMAT>", "format = 'csv'")
            .replace("\n#output = \"-\"", "\noutput = '-'");
        assert!(every.contains("\nformat = 'csv'"));
        toml::from_str::<toml::Table>(&every).unwrap_or_else(|error| panic!("{error}"));
    }

    #[test]
    fn every_option_of_every_command_has_its_key() {
        let page = page(command());
        fn look(command: &Command, page: &str) {
            for arg in command.get_arguments().filter(|arg| is_key(arg)) {
                let key = arg.get_long().unwrap().replace('-', "_");
                assert!(page.contains(&format!("\n#{key} = ")), "{key}");
            }
            command.get_subcommands().for_each(|inner| look(inner, page));
        }
        let mut program = command();
        program.build();
        look(&program, &page);
        assert!(
            page.contains("\n[run]\n")
                && page.contains("\n#threads = 0\n")
                && page.contains("#engine = \"native\"")
        );
    }

    #[test]
    fn a_key_that_is_uncommented_is_in_force() {
        let config = page(command()).replace("#seed = 42", "seed = 7").replace("#count = <K>", "count = 5");
        let cli = called("themes in", Some(&config));
        assert_eq!(cli.common.seed, 7);
        let command_line::Command::Themes(themes) = cli.command else { panic!() };
        assert_eq!(themes.cut.count, Some(5));
    }
}
