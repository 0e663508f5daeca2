//! Imports between modules run one way, in the order that the crate's documentation gives.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of one line do not know each other; each line may import from those before it.
const ORDER: [&[&str]; 9] = [
    &["error"],
    &["arithmetic", "space"],
    &["encoder"],
    &["kernels"],
    &["model_files"],
    &["tokens"],
    &["engines"],
    &["cache", "quantise", "embedded"],
    &["lib"],
];

fn level(module: &str) -> usize {
    ORDER.iter().position(|line| line.contains(&module)).unwrap_or_else(|| panic!("{module} has no place"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_module_imports_from_a_later_one() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    assert!(files.len() > 30);
    for file in files {
        let inside = file.strip_prefix(&source).unwrap().with_extension("");
        let module = inside.iter().next().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for used in code.flat_map(|line| line.split("crate::").skip(1)) {
            let other: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let fits = other == module || level(&other) < level(module);
            assert!(fits, "{} imports from {other}", inside.display());
        }
    }
}
