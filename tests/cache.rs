//! The vector cache in the program: the same bytes whatever becomes of it.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use throughline_embedding::VectorCache;
use throughline_testkit::{Bert, WORDS, write};

use crate::common::{said, throughline};

/// A tiny model, many short texts, and a folder for the cache.
struct Bench(TempDir);

impl Bench {
    fn new(texts: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("model"), &Bert::default().make().files);
        let word = |i: usize| WORDS[i % WORDS.len()];
        let line = |i: usize| {
            let text = format!("{} {} {} {} {i}", word(i), word(i / 16), word(i / 256), word(i / 4096));
            format!("{}\n", serde_json::json!({"id": i.to_string(), "text": text}))
        };
        std::fs::write(folder.path().join("texts.jsonl"), (0..texts).map(line).collect::<String>()).unwrap();
        Self(folder)
    }

    fn embed(&self, options: &[&str]) -> Command {
        let mut command = throughline();
        command.arg("embed").arg(self.0.path().join("texts.jsonl")).args(["--format", "jsonl", "--model"]);
        command.arg(self.0.path().join("model")).args(options);
        command
    }

    fn run(&self, options: &[&str]) -> Output {
        let output = self.embed(options).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        output
    }

    fn cache(&self) -> String {
        self.0.path().join("cache").to_str().unwrap().to_owned()
    }

    /// Vectors that the cache holds.
    fn held(&self) -> u64 {
        let output = throughline().args(["models", "cache", "--cache", &self.cache()]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["vectors"].as_u64().unwrap()
    }

    fn file(&self) -> std::path::PathBuf {
        Path::new(&self.cache()).join("vectors.redb")
    }
}

#[test]
fn a_second_run_gives_the_same_bytes_and_the_cache_can_be_cleared() {
    let bench = Bench::new(300);
    let plain = bench.run(&[]).stdout;
    assert!(!bench.file().exists(), "an empty variable turns it off");
    let cache = bench.cache();
    assert_eq!(bench.run(&["--cache", &cache]).stdout, plain);
    assert_eq!(bench.held(), 300);
    let second = bench.run(&["--cache", &cache]);
    assert_eq!((second.stdout, said(&output_of(&bench, &cache)).as_str()), (plain.clone(), ""));

    let by_variable = bench.embed(&[]).env("THROUGHLINE_CACHE", &cache).output().unwrap();
    assert_eq!(by_variable.stdout, plain);
    let off =
        bench.embed(&["--no-cache"]).env("THROUGHLINE_CACHE", bench.0.path().join("other")).output().unwrap();
    assert_eq!(off.stdout, plain);
    assert!(!bench.0.path().join("other").exists());

    let cleared = throughline().args(["models", "cache", "--clear", "--cache", &cache]).output().unwrap();
    assert!(cleared.status.success() && !bench.file().exists());
}

fn output_of(bench: &Bench, cache: &str) -> Output {
    bench.run(&["--cache", cache])
}

#[test]
fn a_run_killed_at_any_moment_leaves_a_cache_that_is_right() {
    const TEXTS: usize = 12_000;
    let bench = Bench::new(TEXTS);
    let plain = bench.run(&[]).stdout;
    let cache = bench.cache();
    let length = || std::fs::metadata(bench.file()).map_or(0, |file| file.len());
    let mut in_its_middle = 0;
    for round in 0..40 {
        let before = length();
        let mut child =
            bench.embed(&["--cache", &cache]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // From the moment it makes the file to when it has grown a little more each time.
        while length() <= before + round * 100_000 && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        // SIGKILL.
        let _ = child.kill();
        let killed = !child.wait().unwrap().success();
        let held = bench.held();
        if killed && held > 0 && held < TEXTS as u64 {
            in_its_middle += 1;
        }
        if in_its_middle == 4 {
            break;
        }
        if held == TEXTS as u64 {
            VectorCache::clear(Path::new(&cache)).unwrap();
        }
    }
    assert!(in_its_middle > 0, "no run was killed in its middle");
    assert_eq!(bench.run(&["--cache", &cache]).stdout, plain);
    assert_eq!(bench.held(), TEXTS as u64);
}

#[test]
fn a_cache_in_use_is_told_and_done_without() {
    let bench = Bench::new(50);
    let cache = bench.cache();
    let plain = bench.run(&[]).stdout;
    let (held, _) = VectorCache::open(Path::new(&cache), 1 << 30).unwrap();
    let output = bench.run(&["--cache", &cache]);
    assert_eq!(output.stdout, plain);
    assert!(said(&output).contains("another program uses the vector cache"), "{}", said(&output));
    drop(held);
    assert_eq!(said(&bench.run(&["--cache", &cache])), "");
}

#[test]
fn a_damaged_cache_is_told_and_replaced() {
    let bench = Bench::new(200);
    let cache = bench.cache();
    let plain = bench.run(&["--cache", &cache]).stdout;
    // Every stored vector, then every page, then all.
    for (from, step) in [(4096, 500), (4096, 61), (0, 1)] {
        let mut bytes = std::fs::read(bench.file()).unwrap();
        (from..bytes.len()).step_by(step).for_each(|at| bytes[at] ^= 0x55);
        std::fs::write(bench.file(), bytes).unwrap();
        let output = bench.run(&["--cache", &cache]);
        assert_eq!(output.stdout, plain);
        assert!(said(&output).contains("was damaged"), "{}", said(&output));
        assert!(!said(&output).contains("bug"), "{}", said(&output));
        bench.run(&["--cache", &cache]);
        assert_eq!(bench.held(), 200);
    }
}
