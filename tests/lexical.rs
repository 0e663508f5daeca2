//! Copies by their words alone, with no model.

use serde_json::{Value, json};

use crate::common::{bytes, rows, run, said, text};

const FLOOD: &str = "The river Velka flooded three villages on Tuesday night, and two hundred people slept in the \
                     school of Lindhaven while firemen pumped water out of their cellars until the morning.";

fn file(folder: &tempfile::TempDir, rows: &[Value]) -> String {
    let path = folder.path().join("in.jsonl");
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
    path.to_str().unwrap().to_owned()
}

fn articles(folder: &tempfile::TempDir) -> String {
    let retold = "Firemen helped people whose cellars stood under water after the river rose in the night.";
    file(
        folder,
        &[
            json!({"id": "agency", "text": FLOOD}),
            json!({"id": "copy", "text": FLOOD.replace("Tuesday night", "Tuesday night, the region says")}),
            json!({"id": "empty", "text": " "}),
            json!({"id": "retold", "text": retold}),
            json!({"id": "same", "text": FLOOD.to_uppercase()}),
        ],
    )
}

#[test]
fn copies_are_found_with_their_exact_overlap() {
    let folder = tempfile::tempdir().unwrap();
    let input = articles(&folder);
    let found = rows(["duplicates", &input, "--lexical"]);
    let seen: Vec<_> =
        found.iter().map(|row| (text(row, "a"), text(row, "b"), text(row, "relation"))).collect();
    assert_eq!(
        seen,
        [("agency", "copy", "near_copy"), ("agency", "same", "identical"), ("copy", "same", "near_copy")]
    );
    assert!(found.iter().all(|row| row["semantic"].is_null()));
    // Thirty words have 26 shingles of five; three words in one place change four and add three.
    let words = FLOOD.split_whitespace().count();
    let overlap = (words - 4 - 4) as f64 / (words + 3) as f64;
    assert!((found[0]["lexical"].as_f64().unwrap() - overlap).abs() < 1e-6, "{overlap} {}", found[0]);

    let strict = rows(["duplicates", &input, "--lexical", "--threshold", "0.9"]);
    assert_eq!(strict.len(), 1);
    let groups = rows(["duplicates", &input, "--lexical", "--table", "groups"]);
    assert_eq!(groups.len(), 5);
    assert_eq!(groups.iter().filter(|row| row["size"] == 3).count(), 3);
}

#[test]
fn pairs_asked_for_are_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let input = articles(&folder);
    let pairs = folder.path().join("pairs.csv");
    std::fs::write(&pairs, "a,b\nretold,agency\ncopy,agency\nempty,copy\n").unwrap();
    let found = rows(["duplicates", &input, "--lexical", "--pairs", pairs.to_str().unwrap()]);
    let seen: Vec<_> = found.iter().map(|row| (text(row, "a"), text(row, "relation"))).collect();
    assert_eq!(seen, [("retold", "related"), ("copy", "near_copy"), ("empty", "related")]);
    assert!(found[1]["score"].as_f64().unwrap() >= 0.5 && found[0]["score"].as_f64().unwrap() < 0.5);
}

#[test]
fn threads_and_the_order_of_rows_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut all: Vec<Value> = (0..40)
        .map(
            |i| json!({"id": format!("r{i:02}"), "text": FLOOD.replace("three", &format!("three{}", i / 4))}),
        )
        .collect();
    let first = bytes(["duplicates", &file(&folder, &all), "--lexical", "--threads", "1"]);
    all.reverse();
    let second = bytes(["duplicates", &file(&folder, &all), "--lexical", "--threads", "4"]);
    assert!(first == second);
}

#[test]
fn options_of_the_mode_need_the_mode_and_a_sane_value() {
    let folder = tempfile::tempdir().unwrap();
    let input = articles(&folder);
    let without = run(["duplicates", &input, "--threshold", "0.7"]);
    assert_eq!(without.status.code(), Some(2));
    let wrong = run(["duplicates", &input, "--lexical", "--threshold", "1.5"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("threshold is 1.5"), "{}", said(&wrong));
}
