//! A user's own gold labels against what the program finds.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::{lines, rows, run, said, text, throughline};

struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, rows: &[Value]) -> PathBuf {
        let path = self.0.path().join(name);
        let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
        std::fs::write(&path, lines.join("\n")).unwrap();
        path
    }
}

fn metrics(rows: &[Value]) -> BTreeMap<&str, f64> {
    rows.iter().map(|row| (text(row, "metric"), row["value"].as_f64().unwrap())).collect()
}

fn piped(args: &[&str], input: &str) -> Output {
    let mut program = throughline()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    program.wait_with_output().unwrap()
}

/// Seven sentences about the harbour, each with a copy; the last three copies are other sentences.
fn pairs() -> Vec<Value> {
    let pair = |a: &str, b: &str, gold: f64| json!({"a": a, "b": b, "gold": gold});
    vec![
        pair(
            "The harbour of Lindhaven reopened on Monday.",
            "The harbour of Lindhaven reopened on Monday.",
            1.0,
        ),
        pair(
            "The ferry to Torsey was late by three hours on Friday.",
            "On Friday the ferry to Torsey was late by three hours.",
            1.0,
        ),
        pair(
            "Two trawlers ran aground near the lighthouse.",
            "Near the lighthouse two trawlers ran aground.",
            1.0,
        ),
        pair("The council wants a second pier.", "Schools in the valley close for a week.", 0.0),
        pair("Fuel for fishing boats became cheaper.", "The museum bought a portrait of its founder.", 0.0),
    ]
}

#[test]
fn pairs_have_the_metrics_of_their_scores() {
    let files = Files::new();
    let gold = files.write("gold.jsonl", &pairs());
    let gold = gold.to_str().unwrap();
    let found = rows(["evaluate", "pairs", "--gold", gold]);
    let found = metrics(&found);
    assert_eq!((found["pairs"], found["positives"]), (5.0, 3.0));
    assert_eq!((found["average_precision"], found["best_f1"], found["f1_at_half"]), (1.0, 1.0, 1.0));
    assert!(found["best_threshold"] > 0.5 && found["brier"] < 0.1);

    let bins = rows(["evaluate", "pairs", "--gold", gold, "--table", "calibration"]);
    assert_eq!(bins.len(), 10);
    assert_eq!(bins.iter().map(|bin| bin["pairs"].as_u64().unwrap()).sum::<u64>(), 5);
    let right = |bin: &Value| bin["pairs"].as_f64().unwrap() * bin["right"].as_f64().unwrap_or(0.0);
    assert!((bins.iter().map(right).sum::<f64>() - 3.0).abs() < 1e-9);
    assert!(bins.iter().all(|bin| bin["right"].is_null() == (bin["pairs"] == 0)));
}

#[test]
fn a_label_that_is_wrong_costs_what_it_should() {
    let files = Files::new();
    let mut rows_of_gold = pairs();
    // The pair with the highest score is denied: precision 0, 1/2, 2/3, …
    rows_of_gold[0]["gold"] = json!(0);
    let gold = files.write("gold.jsonl", &rows_of_gold);
    let found = rows(["evaluate", "pairs", "--gold", gold.to_str().unwrap()]);
    let found = metrics(&found);
    assert!((found["average_precision"] - (0.5 + 2.0 / 3.0) / 2.0).abs() < 1e-9);
    assert!((found["best_f1"] - 0.8).abs() < 1e-9);
    assert!((found["precision_at_half"] - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(found["recall_at_half"], 1.0);
}

#[test]
fn grades_are_correlated_and_a_line_makes_them_yes_and_no() {
    let files = Files::new();
    let mut graded = pairs();
    for (row, grade) in graded.iter_mut().zip([5.0, 4.0, 4.0, 0.0, 0.0]) {
        row["gold"] = json!(grade);
    }
    let gold = files.write("gold.jsonl", &graded);
    let gold = gold.to_str().unwrap();
    let plain = rows(["evaluate", "similarity", "--gold", gold]);
    let plain = metrics(&plain);
    assert!(plain["spearman"] > 0.8 && plain["pearson"] > 0.9);
    assert!(!plain.contains_key("best_f1"));
    let lined = rows(["evaluate", "similarity", "--gold", gold, "--positive-from", "4"]);
    assert_eq!((metrics(&lined)["best_f1"], metrics(&lined)["positives"]), (1.0, 3.0));
}

#[test]
fn boundaries_take_spans_and_sentences() {
    let files = Files::new();
    let gold = files.write(
        "gold.jsonl",
        &[
            json!({"text": "Жел тұрды. Rain fell.", "gold": [[0, 10], [11, 21]]}),
            json!({"text": "It rained. It stopped.", "gold": ["It rained.", "It stopped."]}),
            json!({"text": "It rained. It stopped.", "gold": ["It rained. It stopped."]}),
        ],
    );
    let found = rows(["evaluate", "boundaries", "--gold", gold.to_str().unwrap()]);
    let found = metrics(&found);
    // Five gold sentences, six statements, four in both.
    assert_eq!((found["gold"], found["given"], found["right"]), (5.0, 6.0, 4.0));
    assert!((found["f1"] - 8.0 / 11.0).abs() < 1e-9);
    assert!((found["texts_right"] - 2.0 / 3.0).abs() < 1e-9);
}

#[test]
fn quotations_count_by_part_and_by_character() {
    let files = Files::new();
    let said = "“The pier is safe,” Anna Lund said.";
    let other = "The pier is new, Anna Lund said.";
    let gold = files.write(
        "gold.jsonl",
        &[
            json!({"text": said, "gold": [{"content": [[0, 19]], "source": [[[20, 29]]]}]}),
            // Half of the source; no content.
            json!({"text": other, "gold": [{"content": [], "source": [[17, 21]]}]}),
        ],
    );
    let found = rows(["evaluate", "quotes", "--gold", gold.to_str().unwrap()]);
    let found = metrics(&found);
    assert_eq!((found["direct.content.f1"], found["direct.source.f1"]), (1.0, 1.0));
    assert_eq!((found["all.source.gold"], found["all.source.right"]), (2.0, 1.0));
    assert_eq!(found["all.content.precision"], 0.5);
}

#[test]
fn groups_are_judged_by_labels_and_by_pairs() {
    let files = Files::new();
    let dam =
        "Engineers said that the Velka dam will open next spring after repairs to its northern spillway.";
    let gold: Vec<Value> = [
        ("a", dam, "dam"),
        ("b", dam, "dam"),
        ("c", "The choir of Lindhaven won the national contest in the capital on Sunday.", "choir"),
    ]
    .into_iter()
    .map(|(id, text, event)| json!({"id": id, "text": text, "event": event}))
    .collect();
    let labelled = files.write("gold.jsonl", &gold);
    let labelled = labelled.to_str().unwrap();
    for task in ["groups", "stories", "claims", "narratives"] {
        let found = rows(["evaluate", task, "--gold", labelled, "--label", "event"]);
        let found = metrics(&found);
        assert_eq!((found["groups"], found["gold_groups"], found["b_cubed_f1"]), (2.0, 2.0, 1.0), "{task}");
    }
    let themes = rows(["evaluate", "themes", "--gold", labelled, "--label", "event"]);
    assert!(metrics(&themes).contains_key("count_given.v_measure"));

    let judged = files.write(
        "pairs.jsonl",
        &[json!({"a": "a", "b": "b", "gold": true}), json!({"a": "b", "b": "c", "gold": true})],
    );
    let found = rows(["evaluate", "stories", labelled, "--gold", judged.to_str().unwrap()]);
    let found = metrics(&found);
    assert_eq!((found["precision"], found["recall"]), (1.0, 0.5));
}

#[test]
fn what_is_wrong_with_the_gold_is_said_with_its_line() {
    let files = Files::new();
    let good = json!({"a": "x", "b": "y", "gold": 1});
    let text = json!({"text": "Rain fell.", "gold": [[0, 10]]});
    for (task, row, reason) in [
        ("pairs", json!({"a": "x", "b": "y"}), "no `gold`"),
        ("pairs", json!({"a": "x", "b": "y", "gold": "perhaps"}), "not a number"),
        ("pairs", json!({"a": "x", "gold": 1}), "no `b`"),
        ("boundaries", json!({"text": "Rain fell.", "gold": [[0, 99]]}), "no span"),
        ("boundaries", json!({"text": "Rain fell.", "gold": ["Snow fell."]}), "does not stand"),
        ("boundaries", json!({"text": "Rain fell.", "gold": 3}), "is not a list"),
        ("stories", json!({"id": "a", "text": "Rain fell."}), "no `gold`"),
    ] {
        let first = if task == "pairs" { &good } else { &text };
        let first = if task == "stories" { &json!({"text": "Rain.", "gold": "g"}) } else { first };
        let gold = files.write("gold.jsonl", &[first.clone(), row]);
        let output = run(["evaluate", task, "--gold", gold.to_str().unwrap()]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("gold.jsonl, line 2") && said.contains(reason), "{said}");
    }
    let empty = files.write("gold.jsonl", &[]);
    assert!(said(&run(["evaluate", "pairs", "--gold", empty.to_str().unwrap()])).contains("no row"));
    let calibration = ["evaluate", "quotes", "--gold", "x.jsonl", "--table", "calibration"];
    assert_eq!(run(calibration).status.code(), Some(2));
}

#[test]
fn gold_and_pairs_come_from_standard_input_too() {
    let gold: String = pairs().iter().map(|row| format!("{row}\n")).collect();
    let output = piped(&["evaluate", "pairs", "--gold", "-"], &gold);
    assert_eq!(metrics(&lines(&output.stdout))["best_f1"], 1.0, "{}", said(&output));

    let files = Files::new();
    let input = files.write(
        "in.jsonl",
        &[json!({"id": "x", "text": "Rain fell."}), json!({"id": "y", "text": "It rained."})],
    );
    let input = input.to_str().unwrap();
    let output = piped(&["duplicates", input, "--pairs", "-"], "{\"a\": \"y\", \"b\": \"x\"}\n");
    let found = lines(&output.stdout);
    assert_eq!((text(&found[0], "a"), text(&found[0], "b")), ("y", "x"), "{}", said(&output));
    let both = run(["duplicates", "-", "--pairs", "-"]);
    assert_eq!(both.status.code(), Some(2));
}
