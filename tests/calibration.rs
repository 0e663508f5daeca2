//! Decision lines belong to a model: an uncalibrated one says so, and a calibration is what every stage compares on.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use throughline_schema::CosineScale;
use throughline_testkit::{Bert, write};

use crate::common::{articles, lines, said, throughline};

const TEXTS: [&str; 4] = ["rain and snow", "the harbour bridge opens", "sun", "the sun and the snow"];

/// A folder with a pulled tiny model.
struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        let bench = Self(tempfile::tempdir().unwrap());
        write(&bench.path("source/tiny"), &Bert::default().make().files);
        let rows = TEXTS
            .iter()
            .enumerate()
            .map(|(i, text)| format!("{}\n", json!({"id": i.to_string(), "text": text})));
        std::fs::write(bench.path("texts.jsonl"), rows.collect::<String>()).unwrap();
        let pulled = bench.program(&["models", "pull"]).arg(bench.path("source/tiny")).output().unwrap();
        assert!(pulled.status.success(), "{}", said(&pulled));
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn program(&self, args: &[&str]) -> Command {
        let mut command = throughline();
        command.env("THROUGHLINE_MODELS", self.path("models")).args(args).current_dir(self.0.path());
        command
    }

    fn rows(&self, args: &[&str]) -> (Vec<Value>, String) {
        let output = self.program(args).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        (lines(&output.stdout), said(&output))
    }

    fn semantic(&self) -> (Vec<f32>, String) {
        let all: String = (0..4)
            .flat_map(|a| (0..a).map(move |b| (a, b)))
            .map(|(a, b)| format!("{}\n", json!({"a": a.to_string(), "b": b.to_string()})))
            .collect();
        std::fs::write(self.path("ids.jsonl"), all).unwrap();
        let (rows, said) =
            self.rows(&["duplicates", "texts.jsonl", "--pairs", "ids.jsonl", "--model", "tiny"]);
        (rows.iter().map(|row| row["semantic"].as_f64().unwrap() as f32).collect(), said)
    }

    fn calibrate(&self, pairs: &str) -> std::process::Output {
        std::fs::write(self.path("pairs.jsonl"), pairs).unwrap();
        self.program(&["models", "calibrate", "tiny", "--pairs", "pairs.jsonl"]).output().unwrap()
    }
}

/// Pairs of the same words, and of others.
fn pairs() -> String {
    let mut rows = String::new();
    for i in 0..40 {
        let (one, other) = (TEXTS[i % 4], TEXTS[(i + 1 + i / 4 % 3) % 4]);
        let (b, gold) = if i % 2 == 0 { (format!("{one} and"), 1) } else { (other.to_owned(), 0) };
        rows += &format!("{}\n", json!({"a": one, "b": b, "gold": gold}));
    }
    rows
}

#[test]
fn a_calibration_is_kept_and_every_cosine_is_on_its_scale() {
    let bench = Bench::new();
    let (raw, said_before) = bench.semantic();
    assert!(said_before.contains("the model tiny is not calibrated"), "{said_before}");

    let output = bench.calibrate(&pairs());
    assert!(output.status.success(), "{}", said(&output));
    let told: Value =
        serde_json::from_slice(&bench.program(&["models", "info", "tiny"]).output().unwrap().stdout).unwrap();
    let kept = &told["manifest"]["calibration"];
    assert_eq!(
        (&kept["pairs"], &kept["same"], &kept["reference"]),
        (&json!(40), &json!(20.0), &json!("all-MiniLM-L6-v2-int8"))
    );
    assert!(
        kept["source"].as_str().unwrap().starts_with("pairs.jsonl, sha256 ") && kept["date"].is_string(),
        "{kept}"
    );
    let scale: CosineScale = serde_json::from_value(kept.clone()).unwrap();
    let ratio = kept["line"]["slope"].as_f64().unwrap() / kept["reference_line"]["slope"].as_f64().unwrap();
    assert!(scale.is_rising() && (f64::from(scale.gain) / ratio - 1.0).abs() < 1e-6, "{kept}");

    let (mapped, said_after) = bench.semantic();
    assert_eq!(said_after, "");
    assert_eq!(mapped, raw.iter().map(|&cosine| scale.apply(cosine)).collect::<Vec<_>>());
    assert_ne!(mapped, raw);
    // The files are still those of the manifest, and vectors are as they were.
    assert!(bench.program(&["models", "verify", "tiny"]).status().unwrap().success());
    // Another prompt makes other cosines.
    let (_, said_with_prompt) =
        bench.rows(&["stories", "texts.jsonl", "--model", "tiny", "--prompt", "the "]);
    assert!(
        said_with_prompt.contains("the model tiny with the prompt \"the \" is not calibrated"),
        "{said_with_prompt}"
    );
}

#[test]
fn a_run_keeps_the_warning_and_the_scale() {
    let bench = Bench::new();
    let manifest = |out: &str| -> Value {
        serde_json::from_str(&std::fs::read_to_string(bench.path(out).join("manifest.json")).unwrap())
            .unwrap()
    };
    let run = |out: &str| {
        let articles = articles();
        bench.rows(&["run", articles.to_str().unwrap(), "--out", out, "--model", "tiny"]);
        manifest(out)
    };
    let warned = |manifest: &Value| {
        manifest["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|w| w.as_str().unwrap().contains("not calibrated"))
    };
    let before = run("before");
    assert!(warned(&before) && before["model"]["calibration"].is_null(), "{before}");
    assert!(bench.calibrate(&pairs()).status.success());
    let after = run("after");
    assert!(!warned(&after) && after["model"]["calibration"]["gain"].is_number(), "{after}");
}

#[test]
fn the_default_model_needs_none_and_bad_pairs_are_refused() {
    let bench = Bench::new();
    std::fs::write(bench.path("pairs.jsonl"), pairs()).unwrap();
    let default = bench
        .program(&["models", "calibrate", "all-MiniLM-L6-v2-int8", "--pairs", "pairs.jsonl"])
        .output()
        .unwrap();
    assert_eq!(default.status.code(), Some(2), "{}", said(&default));
    for (pairs, message) in [
        ("{\"a\": \"x\", \"b\": \"y\"}\n".to_owned(), "pairs.jsonl line 1"),
        (
            format!("{}{}", pairs(), "{\"a\": \"x\", \"b\": \"y\", \"gold\": \"yes\"}\n"),
            "pairs.jsonl line 41: gold is",
        ),
        (pairs().replace("\"gold\":1", "\"gold\":0"), "only 0 are the same"),
    ] {
        let output = bench.calibrate(&pairs);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(message), "{}", said(&output));
    }
    let without_manifest =
        bench.program(&["models", "calibrate", "./source/tiny", "--pairs", "pairs.jsonl"]).output().unwrap();
    assert_eq!(without_manifest.status.code(), Some(3), "{}", said(&without_manifest));
}
