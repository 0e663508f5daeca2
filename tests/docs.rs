//! The docs tell the truth.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{bytes, top};

#[test]
fn the_page_of_tables_is_what_the_program_says() {
    let page = std::fs::read_to_string(top().join("docs/schema.md")).unwrap();
    let said = String::from_utf8(bytes(["schema", "--markdown"])).unwrap();
    assert!(page == said, "make it again: cargo run -- schema --markdown > docs/schema.md");
}

#[test]
fn every_command_has_help_with_an_example() {
    let help = String::from_utf8(bytes(["--help"])).unwrap();
    for command in [
        "statements",
        "quotes",
        "embed",
        "duplicates",
        "stories",
        "themes",
        "narratives",
        "similar",
        "compare",
        "run",
        "export",
        "models",
        "schema",
    ] {
        assert!(help.contains(command), "{command}");
        let help = String::from_utf8(bytes([command, "--help"])).unwrap();
        assert!(help.contains(&format!("throughline {command}")), "{command}");
        assert!(help.contains("Example"), "{command}");
    }
}
