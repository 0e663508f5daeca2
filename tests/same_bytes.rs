//! The same input, options and model give the same bytes: shuffled, on one thread and on two.

use std::fs;
use std::path::Path;

use tempfile::tempdir;

use crate::common::{self, articles, throughline};

/// Every article of the examples as JSON lines in this order of lines.
fn lines() -> Vec<String> {
    let folder = tempdir().unwrap();
    let out = folder.path().join("run");
    let run = throughline().arg("run").arg(articles()).arg("--out").arg(&out).output().unwrap();
    assert!(run.status.success(), "{}", common::said(&run));
    let rows = common::rows([
        Path::new("export"),
        &out,
        Path::new("articles"),
        Path::new("--format"),
        Path::new("jsonl"),
    ]);
    rows.iter()
        .map(|row| {
            let keep = |name: &str| row[name].clone();
            serde_json::json!({
                "id": keep("article_id"), "text": keep("text"), "title": keep("title"), "source": keep("source"),
                "published": keep("published"), "url": keep("url"),
            })
            .to_string()
        })
        .collect()
}

#[test]
fn shuffled_input_and_other_threads_give_the_same_run() {
    let folder = tempdir().unwrap();
    let lines = lines();
    let mut turned = lines.clone();
    turned.reverse();
    turned.rotate_left(3);
    let mut runs = Vec::new();
    for (name, lines, threads) in [("one", &lines, "1"), ("two", &turned, "2")] {
        let input = folder.path().join(name).join("articles.jsonl");
        fs::create_dir(input.parent().unwrap()).unwrap();
        fs::write(&input, lines.join("\n")).unwrap();
        let out = folder.path().join(format!("run-{name}"));
        let run = throughline()
            .arg("run")
            .arg(&input)
            .arg("--out")
            .arg(&out)
            .args(["--threads", threads])
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", common::said(&run));
        runs.push(out);
    }
    let mut compared = 0;
    for entry in fs::read_dir(&runs[0]).unwrap() {
        let name = entry.unwrap().file_name();
        let [one, two] = [&runs[0], &runs[1]].map(|run| fs::read(run.join(&name)).unwrap());
        if name == "manifest.json" {
            let [mut one, mut two] =
                [one, two].map(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).unwrap());
            for manifest in [&mut one, &mut two] {
                manifest["cost"] = serde_json::Value::Null;
                manifest["inputs"] = serde_json::Value::Null; // the files differ, the articles do not
            }
            assert_eq!(one, two);
        } else {
            assert!(one == two, "{name:?} differs");
            compared += 1;
        }
    }
    assert_eq!(compared, 20, "tables of a run and its report");
}

#[test]
fn a_vector_does_not_move_with_its_company() {
    let folder = tempdir().unwrap();
    let lines = lines();
    let alone = folder.path().join("alone.jsonl");
    let all = folder.path().join("all.jsonl");
    fs::write(&alone, &lines[lines.len() / 2]).unwrap();
    fs::write(&all, lines.join("\n")).unwrap();
    let [one, many] = [&alone, &all].map(|input| common::rows([Path::new("embed"), input]));
    let same = many.iter().find(|row| row["id"] == one[0]["id"]).unwrap();
    assert_eq!(&one[0], same);
}
