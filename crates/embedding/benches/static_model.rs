//! Sentences a second of a static model, on one thread: tokenising and the mean, tokens of the default model's
//! vocabulary, vectors of 256 numbers.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use divan::Bencher;
use divan::counter::ItemsCount;
use throughline_embedding::{Encoder, Options, open};
use throughline_testkit::{Tensor, safetensors};

fn main() {
    divan::main();
}

const WIDTH: usize = 256;
const VOCABULARY: usize = 30_522;

/// The sentences of the default model's calibration, many times over with other words at their ends.
fn sentences() -> Vec<String> {
    let lines: Vec<&str> = include_str!("../src/quantise/sentences.txt").lines().collect();
    let words: Vec<&str> = lines.iter().flat_map(|line| line.split(' ')).collect();
    (0..20_000).map(|i| format!("{} {}", lines[i % lines.len()], words[i * 31 % words.len()])).collect()
}

fn encoder() -> (tempfile::TempDir, Box<dyn Encoder>) {
    let folder = tempfile::tempdir().unwrap();
    let table: Vec<f32> = (0..VOCABULARY * WIDTH).map(|i| (i * 37 % 101) as f32 / 101.0 - 0.5).collect();
    let tensors = BTreeMap::from([("embeddings".to_owned(), Tensor::f32(&[VOCABULARY, WIDTH], &table))]);
    let tokenizer = include_bytes!("../../../models/all-MiniLM-L6-v2-int8/tokenizer.json");
    for (name, content) in [
        ("config.json", &br#"{"model_type": "model2vec", "normalize": true}"#[..]),
        ("model.safetensors", &safetensors(&tensors)),
        ("tokenizer.json", tokenizer),
    ] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let encoder = open(folder.path(), &Options::default()).unwrap();
    (folder, encoder)
}

#[divan::bench(sample_count = 20)]
fn one_thread(bencher: Bencher) {
    let (_folder, encoder) = encoder();
    let sentences = sentences();
    let texts: Vec<&str> = sentences.iter().map(String::as_str).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench_local(|| pool.install(|| encoder.encode(&texts, &|_| {}).unwrap()));
}
