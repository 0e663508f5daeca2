//! The docs tell the truth.
//!
//! `just refresh-docs` writes what the program says now into the pages that are compared here.

use std::path::Path;
use std::process::Command;

use crate::common::{self, bytes, throughline, top};

/// Set, the pages are written instead of compared.
const REFRESH: &str = "THROUGHLINE_REFRESH_DOCS";

/// Compares a page of ours with what it should say now, or writes it.
pub fn same_or_refreshed(page: &str, now: &str) {
    let place = top().join(page);
    if std::env::var_os(REFRESH).is_some() {
        std::fs::write(&place, now).unwrap();
    }
    let written = std::fs::read_to_string(&place).unwrap();
    assert!(
        written.lines().count() == now.lines().count()
            && written.lines().zip(now.lines()).all(|(a, b)| alike(a, b)),
        "{page} is not what the program says: `just refresh-docs`, then read what changed. Now it is:\n{now}"
    );
}

/// Whether two lines say the same; scores may differ a little from processor to processor.
fn alike(a: &str, b: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let words = |line: &str| line.replace(is_number, "");
    let numbers = |line: &str| line.split(|c| !is_number(c)).map(str::to_owned).collect::<Vec<_>>();
    let near = |(a, b): (String, String)| match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(x), Ok(y)) if a.contains('.') && b.contains('.') => (x - y).abs() < 0.02,
        _ => a == b,
    };
    words(a) == words(b) && std::iter::zip(numbers(a), numbers(b)).all(near)
}

#[test]
fn only_scores_may_differ_a_little() {
    assert!(alike("a 0.5779 of 3 b.", "a 0.5781 of 3 b."));
    assert!(!alike("a 0.5 of 3 b", "a 0.5 of 4 b") && !alike("a 0.5", "a 0.6") && !alike("a 0.5", "b 0.5"));
}

#[test]
fn the_page_of_tables_is_what_the_program_says() {
    same_or_refreshed("docs/schema.md", &String::from_utf8(bytes(["schema", "--markdown"])).unwrap());
}

/// A folder with the example articles in it, as in a clone.
fn clone_of_examples() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("examples/articles");
    std::fs::create_dir_all(&articles).unwrap();
    for entry in std::fs::read_dir(common::articles()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), articles.join(entry.file_name())).unwrap();
    }
    folder
}

/// Runs a line as a shell does, with the program on its path and `home` as the user's.
fn shell(line: &str, folder: &Path) -> std::process::Output {
    let program = Path::new(env!("CARGO_BIN_EXE_throughline")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("HOME", folder)
        .env("THROUGHLINE_MODELS", folder.join("models"))
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn the_readme_shows_what_the_program_prints() {
    let page = std::fs::read_to_string(top().join("README.md")).unwrap();
    let folder = clone_of_examples();
    let (mut now, mut in_block, mut ran) = (String::new(), false, 0);
    for line in page.lines() {
        if line.starts_with("```") {
            in_block = line == "```console";
        }
        match line.strip_prefix("$ ").filter(|_| in_block) {
            Some(command) => {
                let output = shell(&format!("{command} 2>&1"), folder.path());
                let said = String::from_utf8(output.stdout).unwrap();
                assert!(output.status.success(), "{command}: {said}");
                now += &format!("{line}\n{}", without_cost(&said));
                ran += 1;
            }
            // What the command printed stands anew behind it.
            None if in_block && line != "```console" => {}
            None => now += &format!("{line}\n"),
        }
    }
    assert!(ran >= 2);
    same_or_refreshed("README.md", &now);
}

/// Seconds and memory differ from run to run: the page shows no figures for them.
fn without_cost(said: &str) -> String {
    let lines = said.lines().map(|line| match (line.find(" themes ("), line.ends_with(" MB)")) {
        (Some(at), true) => format!("{}\n", &line[..at + " themes".len()]),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

/// The lines under `Example:` in a command's help.
fn examples(command: &[String]) -> Vec<String> {
    let output = throughline().args(command).arg("--help").env("COLUMNS", "1000").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let after = help.lines().skip_while(|line| !line.starts_with("Example"));
    after.skip(1).take_while(|line| line.starts_with("  ")).map(|line| line.trim().to_owned()).collect()
}

/// Every command and every command below one, as they are typed.
fn commands(above: &[String]) -> Vec<Vec<String>> {
    let help = String::from_utf8(throughline().args(above).arg("-h").output().unwrap().stdout).unwrap();
    let mut all = vec![above.to_vec()];
    for line in
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| line.starts_with("  "))
    {
        let name = line.split_whitespace().next().unwrap();
        if name != "help" && line.starts_with("  ") && !line.starts_with("   ") {
            all.extend(commands(&[above, &[name.to_owned()]].concat()));
        }
    }
    all
}

#[cfg(unix)]
#[test]
fn every_command_has_help_with_examples_that_run() {
    let all = commands(&[]);
    assert!(all.len() > 18, "{all:?}");
    let folder = clone_of_examples();
    std::fs::write(folder.path().join("pairs.csv"), "a,b\nledger-dam,northline-dam-reprint\n").unwrap();
    std::fs::write(
        folder.path().join("headlines.csv"),
        "text\nA dam fails above Dorren\nDam above Dorren fails\n",
    )
    .unwrap();
    let gold = "a,b,gold\nA dam fails above Dorren,Dam above Dorren fails,1\nA dam fails,Schools reopen,0\n";
    std::fs::write(folder.path().join("gold.csv"), gold).unwrap();
    let labels = "id,event\nledger-dam,dam\nnorthline-dam-reprint,dam\n";
    std::fs::write(folder.path().join("labels.csv"), labels).unwrap();
    let first = shell("throughline run examples/articles --out runs/demo --quiet", folder.path());
    assert!(first.status.success());
    for command in all {
        let help = throughline().args(&command).arg("--help").output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        assert!(help.contains("Exit codes:") && help.contains("70"), "{command:?}");
        let examples = examples(&command);
        assert!(!examples.is_empty(), "{command:?} has no example");
        for example in examples {
            assert!(example.starts_with("throughline "), "{example}");
            // A network, or weights that are not in the project; that they parse is tested beside the parser.
            if ["throughline models pull", "throughline models quantise", "throughline models calibrate"]
                .iter()
                .any(|far| example.starts_with(far))
            {
                continue;
            }
            let output = shell(&example, folder.path());
            assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}
