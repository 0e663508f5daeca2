//! The texts of a bench.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The `text` of every line.
pub fn read(path: &Path) -> Vec<String> {
    let content =
        std::fs::read_to_string(path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display()));
    let text = |line: &str| -> Option<String> {
        serde_json::from_str::<Value>(line).ok()?.get("text")?.as_str().map(str::to_owned)
    };
    content.lines().filter_map(text).filter(|text| !text.trim().is_empty()).collect()
}

/// Writes texts where every contestant finds them.
pub fn write(name: &str, texts: &[String]) -> PathBuf {
    let path = PathBuf::from("target/bench").join(name);
    std::fs::create_dir_all("target/bench").unwrap();
    let content = texts.iter().fold(String::new(), |mut content, text| {
        writeln!(content, "{}", json!({ "text": text })).unwrap();
        content
    });
    std::fs::write(&path, content).unwrap();
    path
}

/// Texts of more than 384 tokens, made of sentences that follow each other; as many as there are, at most `most`.
pub fn long(sentences: &[String], most: usize) -> Vec<String> {
    let mut texts = Vec::new();
    let mut text = String::new();
    for sentence in sentences {
        text.push_str(sentence);
        text.push(' ');
        // No token of English prose is longer than this on the mean.
        if text.len() > 384 * 7 {
            texts.push(std::mem::take(&mut text));
        }
        if texts.len() == most {
            break;
        }
    }
    texts
}
