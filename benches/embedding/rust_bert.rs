//! rust-bert's side of `just bench-embedding`: MODEL TEXTS MAX_TOKENS, then as `ours.rs`.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[allow(dead_code, reason = "this contestant uses a part of it")]
mod texts;

use std::io::{BufRead, Write};
use std::path::Path;

use serde_json::json;
use throughline_embedding::{Encoder, Options};
use throughline_embedding_rust_bert::RustBertEncoder;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, texts, max_tokens] = args.as_slice() else { panic!("MODEL TEXTS MAX_TOKENS") };
    let options = Options { max_tokens: Some(max_tokens.parse().unwrap()), ..Options::default() };
    let encoder = RustBertEncoder::open_with(Path::new(model), &options).unwrap();
    let texts = texts::read(Path::new(texts));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let encode = |texts: &[&str]| -> u64 {
        let made = encoder.encode(texts, &|_| {}).unwrap();
        made.tokens_kept.iter().map(|&kept| u64::from(kept)).sum()
    };
    encode(&texts[..1]);
    let mut out = std::io::stdout();
    writeln!(out, "{}", json!({ "ready": true })).unwrap();
    for _ in std::io::stdin().lock().lines() {
        writeln!(out, "{}", json!({ "tokens": encode(&texts) })).unwrap();
    }
}
