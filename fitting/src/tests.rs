//! Every score fitted from end to end, on a small folder of made-up gold data.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use throughline_testkit::{Dice, edit};

use crate::gold::Gold;
use crate::run;
use crate::scores::SCORES;
use crate::tools::Tools;

/// The parser of the weights files, as the build of clustering runs it.
#[path = "../../crates/clustering/build.rs"]
#[allow(dead_code, reason = "the build script's entry is not run here")]
mod build_script;

const WORDS: [&str; 24] = [
    "river", "bridge", "harbour", "minister", "budget", "election", "storm", "factory", "court", "school",
    "doctor", "airport", "strike", "museum", "police", "railway", "farmers", "energy", "prices", "border",
    "forest", "market", "hospital", "island",
];

/// A text of this many words in sentences of eight, about the matter of this number.
fn text(matter: usize, words: usize, dice: &mut Dice) -> String {
    let mut of_matter = Dice(matter as u64);
    let own: Vec<&str> = (0..6).map(|_| of_matter.of(&WORDS)).collect();
    let mut text = String::new();
    for at in 0..words {
        let word = if dice.below(3) == 0 { dice.of(&WORDS) } else { dice.of(&own) };
        let begins = at % 8 == 0;
        let word =
            if begins { format!("{}{}", word[..1].to_uppercase(), &word[1..]) } else { word.to_owned() };
        let end = if at % 8 == 7 || at + 1 == words { ". " } else { " " };
        write!(text, "{word}{end}").unwrap();
    }
    text.trim().to_owned()
}

fn lines(rows: impl Iterator<Item = serde_json::Value>) -> String {
    rows.map(|row| format!("{row}\n")).collect()
}

/// Pairs of texts of so many words, every second of them the same thing told with some words changed.
fn pairs(count: usize, words: usize, seed: u64) -> String {
    let mut dice = Dice(seed);
    lines((0..count).map(|i| {
        let a = text(i, words, &mut dice);
        let per_cent = 10 + dice.below(50);
        let b =
            if i % 2 == 0 { edit(&a, per_cent, &WORDS, &mut dice) } else { text(i + 1, words, &mut dice) };
        json!({"a": a, "b": b, "gold": if i % 7 == 6 { i % 2 } else { 1 - i % 2 }})
    }))
}

fn groups(count: usize, seed: u64) -> String {
    let mut dice = Dice(seed);
    lines((0..count).map(|i| json!({"id": format!("{i:03}"), "text": text(i % 12, 14, &mut dice), "gold": format!("g{}", i % 12)})))
}

fn articles(count: usize, seed: u64) -> String {
    let mut dice = Dice(seed);
    lines((0..count).map(|i| {
        let words = if i % 2 == 0 { 15 } else { 70 };
        json!({"id": i.to_string(), "title": format!("NOTICE {i}"), "published": format!("{:02}-FEB-1987 15:01", i % 28 + 1),
               "text": text(i % 5, words, &mut dice)})
    }))
}

/// Two articles a row, of which the first sentences make the same claim.
fn claims() -> String {
    let mut dice = Dice(5);
    lines((0..8).map(|i| {
        let same = text(i, 8, &mut dice);
        let [a, b] = [3, 4].map(|other| format!("{same} {}", text(i + other, 16, &mut dice)));
        let article =
            |side: &str, text: &str| json!({"id": format!("{i}{side}"), "title": "News", "text": text});
        let end = same.chars().count();
        json!({"a": article("a", &a), "b": article("b", &b), "same": [[[0, end], [0, end]]], "part": []})
    }))
}

fn gold() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write =
        |name: &str, text: String| fs::write(folder.path().join(format!("{name}.jsonl")), text).unwrap();
    write("pairs.mrpc-train", pairs(60, 14, 1));
    write("pairs.ru-headlines-train", pairs(60, 9, 2));
    write("pairs.news-similarity-dev", pairs(40, 60, 3));
    write("articles.reuters", articles(80, 4));
    write("articles.news", articles(60, 6));
    for (seed, name) in
        (7..).zip(["stories.ecbplus-train", "narratives.emergent-dev", "themes.googlenews-titles"])
    {
        write(name, groups(60, seed));
    }
    write("claims.news", claims());
    folder
}

/// A copy of the program's weights files.
fn weights() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let of = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/clustering/weights");
    for entry in fs::read_dir(of).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

#[test]
fn every_score_is_fitted_and_what_is_written_is_read_by_the_build() {
    let (gold, weights) = (gold(), weights());
    let vectors = tempfile::tempdir().unwrap();
    let (gold, tools) = (Gold::new(gold.path(), None), Tools::new(Some(vectors.path())).unwrap());
    for score in &SCORES {
        let before = fs::read_to_string(weights.path().join(format!("{}.toml", score.file))).unwrap();
        let fit = |with_weights| run(score, &gold, &tools, weights.path(), with_weights).unwrap();
        let (figures, file) = (fit(false), fit(true));
        assert_eq!(fit(true).text(), file.text(), "{}: the same data gives the same bytes", score.name);
        let constants = |text: &str| -> Vec<String> {
            let module = build_script::module(score.file, text);
            module.lines().filter(|line| line.contains("pub const")).map(str::to_owned).collect()
        };
        assert_eq!(
            constants(&figures.text()),
            constants(&before),
            "{}: figures change no weight",
            score.name
        );
        assert_ne!(constants(&file.text()), constants(&before), "{}", score.name);
        assert_eq!(constants(&file.text()).len(), constants(&before).len());
        let module = build_script::module(score.file, &file.text());
        assert!(module.contains("On data that the fit has not seen"), "{module}");
    }
}

#[test]
fn a_folder_without_a_set_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let (gold, tools) = (Gold::new(folder.path(), None), Tools::new(None).unwrap());
    let error = (SCORES[0].prepare)(&gold, &tools).err().unwrap().to_string();
    assert!(error.contains("pairs.mrpc-train.jsonl is missing"), "{error}");
}
