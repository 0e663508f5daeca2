//! Reprints planted among articles are found, and what is claimed is a copy.
#![allow(clippy::print_stdout, reason = "what it counts is for a reader")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use throughline_testkit::{Dice, plant};

use crate::common::{self, rows, text};

/// Found of planted, by class.
#[derive(Default)]
struct Recall(BTreeMap<String, (usize, usize)>);

impl Recall {
    fn add(&mut self, class: String, found: bool) {
        let entry = self.0.entry(class).or_default();
        entry.0 += usize::from(found);
        entry.1 += 1;
    }

    fn share(&self, class: &str) -> f64 {
        let (found, planted) = self.0[class];
        found as f64 / planted as f64
    }
}

/// What became of the reprints.
struct Outcome {
    recall: Recall,
    /// Pairs claimed that hold a reprint: right, and all.
    claimed: (usize, usize),
    /// Claimed pairs that were not planted, with their scores.
    others: Vec<(f64, String, String)>,
}

fn outcome(articles: &[Value], count: usize, shortest: usize, folder: &Path) -> (Outcome, Vec<Value>) {
    let (copies, planted) = plant(articles, count, shortest);
    let all = [articles, copies.as_slice()].concat();
    let input = folder.join("planted.jsonl");
    let lines: Vec<String> = all.iter().map(Value::to_string).collect();
    std::fs::write(&input, lines.join("\n")).unwrap();
    let claims = rows(["duplicates", input.to_str().unwrap()]);
    let claimed: BTreeSet<(&str, &str)> = claims.iter().map(|c| (text(c, "a"), text(c, "b"))).collect();
    let has = |a: &str, b: &str| claimed.contains(&(a.min(b), a.max(b)));
    let mut recall = Recall::default();
    for (id, copy) in &planted {
        let found = has(id, &copy.source);
        recall.add(if copy.edited <= 20 { "to 20 %" } else { "over 20 %" }.to_owned(), found);
        recall.add(
            format!("{}, {}", copy.manner, if copy.edited <= 20 { "to 20 %" } else { "over 20 %" }),
            found,
        );
    }
    let (mut right, mut of_copies, mut others) = (0, 0, Vec::new());
    for claim in &claims {
        let (a, b) = (text(claim, "a"), text(claim, "b"));
        let parts = |id: &str| -> Vec<String> {
            planted.get(id).map_or(vec![id.to_owned()], |p| {
                [Some(p.source.clone()), p.other.clone()].into_iter().flatten().collect()
            })
        };
        if !planted.contains_key(a) && !planted.contains_key(b) {
            others.push((claim["score"].as_f64().unwrap(), a.to_owned(), b.to_owned()));
            continue;
        }
        // Right where both hold a text, or texts that are claimed to be copies themselves.
        let same = |x: &String, y: &String| x == y || has(x, y);
        of_copies += 1;
        if parts(a).iter().any(|x| parts(b).iter().any(|y| same(x, y))) {
            right += 1;
        } else {
            others.push((claim["score"].as_f64().unwrap(), a.to_owned(), b.to_owned()));
        }
    }
    (Outcome { recall, claimed: (right, of_copies), others }, all)
}

/// Articles of made-up sentences in words of the example articles, each with a matter of its own.
fn made_up(count: usize) -> Vec<Value> {
    let mut words: Vec<String> = Vec::new();
    for row in rows(["statements", common::articles().to_str().unwrap()]) {
        if row["lang"] == "en" {
            words.extend(text(&row, "text").split_whitespace().map(str::to_owned));
        }
    }
    let mut dice = Dice(7);
    (0..count)
        .map(|i| {
            let own: Vec<&str> = (0..60).map(|_| words[dice.below(words.len())].as_str()).collect();
            let mut said = String::new();
            for _ in 0..9 {
                let sentence: Vec<&str> = (0..8 + dice.below(8)).map(|_| dice.of(&own)).collect();
                write!(said, "{}. ", sentence.join(" ").trim_end_matches(['.', ','])).unwrap();
            }
            json!({"id": format!("own-{i:04}"), "text": said.trim()})
        })
        .collect()
}

#[test]
fn reprints_are_found_among_made_up_articles() {
    let folder = tempfile::tempdir().unwrap();
    let (found, _) = outcome(&made_up(400), 160, 50, folder.path());
    for (class, (found, planted)) in &found.recall.0 {
        println!("{class}: {found} of {planted}");
    }
    assert!(found.recall.share("to 20 %") >= 0.99);
    assert!(found.recall.share("over 20 %") >= 0.92);
    let (right, claimed) = found.claimed;
    assert!(right * 100 >= claimed * 98, "{right} of {claimed}");
    assert!(found.others.len() <= 3, "{:?}", found.others);
}

/// Needs a corpus: `just planted FILE`.
#[test]
#[ignore = "needs a corpus of articles"]
fn reprints_are_found_in_a_corpus() {
    let of = |name: &str| std::env::var(name).expect("run it by: just planted FILE");
    let read: Vec<Value> = common::lines(&std::fs::read(of("PLANTED_CORPUS")).unwrap())
        .into_iter()
        .take(of("PLANTED_ARTICLES").parse().unwrap())
        .enumerate()
        .filter(|(_, article)| article["text"].as_str().is_some_and(|text| !text.trim().is_empty()))
        .map(|(i, article)| json!({"id": format!("row-{i:06}"), "title": article["title"], "text": article["text"]}))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let (found, all) = outcome(&read, 500, 50, folder.path());
    println!("{} articles, 500 reprints", read.len());
    for (class, (found, planted)) in &found.recall.0 {
        println!("{class}: {found} of {planted}");
    }
    println!("claimed pairs with a reprint: {} right of {}", found.claimed.0, found.claimed.1);
    println!("claimed pairs that were not planted: {}", found.others.len());
    let by_id: BTreeMap<&str, &Value> = all.iter().map(|article| (text(article, "id"), article)).collect();
    let mut page = String::new();
    for (score, a, b) in &found.others {
        write!(page, "{score:.3}\n{}\n--\n{}\n\n==\n\n", by_id[a.as_str()], by_id[b.as_str()]).unwrap();
    }
    std::fs::write(of("PLANTED_CLAIMS"), page).unwrap();
    assert!(found.recall.share("to 20 %") >= 0.99);
    assert!(found.recall.share("over 20 %") >= 0.95);
    assert!(found.claimed.0 * 100 >= found.claimed.1 * 98);
}
