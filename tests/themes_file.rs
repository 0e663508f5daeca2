//! The themes file: what a reader changed holds on later collections, and what no longer applies is told.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{articles, lines, run, said, text};

const FILE: &str = r#"
[[rename]]
theme = { theme = "a label of some other day", like = ["Engineers inspect the spillway of the Ishmer dam."] }
to = "The dam"

[[merge]]
themes = [
    { like = ["Halden Rail wants to buy Sorvian Tramworks."] },
    { like = ["The fisheries minister defends the herring quota."] },
]
to = "Rail and herring"
"#;

struct Folder(TempDir);

impl Folder {
    fn new(content: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("themes.toml"), content).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("themes.toml")
    }

    /// Themes of the inputs, and what was said beside them.
    fn themes(&self, inputs: &[PathBuf], table: &str) -> (Vec<Value>, String) {
        let mut args: Vec<String> = vec!["themes".into()];
        args.extend(inputs.iter().map(|p| p.display().to_string()));
        args.extend([
            "--table".into(),
            table.into(),
            "--format".into(),
            "jsonl".into(),
            "--themes-file".into(),
        ]);
        args.push(self.file().display().to_string());
        let output = run(args);
        assert!(output.status.success(), "{}", said(&output));
        (lines(&output.stdout), said(&output))
    }
}

fn labelled<'v>(themes: &'v [Value], label: &str) -> Option<&'v Value> {
    themes.iter().find(|theme| text(theme, "label") == label)
}

#[test]
fn names_and_joins_hold_when_the_collection_changes() {
    let folder = Folder::new(FILE);
    let (whole, _) = folder.themes(&[articles()], "themes");
    let fewer = [
        "coastline-daily.jsonl",
        "dam-inquiry-vote.txt",
        "harrow-ledger.jsonl",
        "meridian-post.jsonl",
        "minister-defends-herring-deal.txt",
        "northline-news.jsonl",
        "ozyorny-vestnik.jsonl",
    ]
    .map(|name| articles().join(name))
    .to_vec();
    let (part, _) = folder.themes(&fewer, "themes");
    for themes in [&whole, &part] {
        let dam = labelled(themes, "The dam").unwrap();
        assert!(dam["terms"].to_string().to_lowercase().contains("dam"), "{dam}");
        assert!(labelled(themes, "Rail and herring").is_some());
    }
    let joined = text(labelled(&whole, "Rail and herring").unwrap(), "theme_id");
    let below = whole.iter().filter(|theme| theme["parent_id"].as_str() == Some(joined)).count();
    assert_eq!(below, 2);
    assert_ne!(
        text(labelled(&whole, "The dam").unwrap(), "theme_id"),
        text(labelled(&part, "The dam").unwrap(), "theme_id")
    );
}

#[test]
fn a_pinned_theme_is_there_even_where_it_is_small() {
    let content = "[[pin]]\nlabel = \"Bees and gardens\"\nlike = [\"ledger-bees\"]\n";
    let folder = Folder::new(content);
    let (themes, _) = folder.themes(&[articles()], "themes");
    let pinned = labelled(&themes, "Bees and gardens").unwrap();
    let (rows, _) = folder.themes(&[articles()], "rows");
    let id = text(pinned, "theme_id");
    assert!(rows.iter().any(|row| row["theme_id"].as_str() == Some(id)));
}

#[test]
fn what_no_longer_applies_is_told_with_its_place() {
    let folder = Folder::new(FILE);
    let other = folder.0.path().join("other.jsonl");
    let recipes: String = [
        "soup of beetroot and dill",
        "a cake with seven eggs",
        "bread from rye and barley",
        "pickled cucumbers",
    ]
    .iter()
    .map(|dish| format!("{}\n", serde_json::json!({"text": format!("How to make {dish} at home.")})))
    .collect();
    std::fs::write(&other, recipes).unwrap();
    let (_, said) = folder.themes(&[other], "themes");
    assert!(
        said.contains("themes.toml line 2 (rename): no theme is 'a label of some other day' any more"),
        "{said}"
    );
    assert!(said.contains("themes.toml line 6 (merge)"), "{said}");
}

#[test]
fn a_run_keeps_the_file_and_a_wrong_file_is_told_with_its_line() {
    let folder = Folder::new(FILE);
    let out = folder.0.path().join("run");
    let args = |file: &Path, out: &Path| {
        let (file, out) = (file.display().to_string(), out.display().to_string());
        ["run", articles().to_str().unwrap(), "--out", &out, "--themes-file", &file].map(str::to_owned)
    };
    let output = run(args(&folder.file(), &out));
    assert!(output.status.success(), "{}", said(&output));
    let manifest = std::fs::read_to_string(out.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["options"]["themes_file"].as_str(), Some(FILE));

    let wrong = Folder::new("[[rename]]\ntheme = \"dam\"\n");
    let output = run(args(&wrong.file(), &out));
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("themes.toml line 1"), "{}", said(&output));
}
