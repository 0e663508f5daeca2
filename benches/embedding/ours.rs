//! Our side: a process that embeds its texts whenever it is told to.
//!
//! It reads commands from standard input, one a line, and answers each with a JSON object: `turn` embeds all
//! texts, `vectors FILE` also writes their vectors as little-endian `f32`.

use std::io::{BufRead, Write};
use std::path::Path;

use serde_json::json;
use throughline_embedding::{Arithmetic, Embeddings, Encoder, Isa, NativeEncoder, Options, exercise};

use crate::texts;

const ARITHMETICS: [Arithmetic; 3] = [Arithmetic::F32, Arithmetic::Bf16, Arithmetic::Int8];

fn isa(name: &str) -> Isa {
    Isa::available().into_iter().find(|isa| isa.name() == name).unwrap_or_else(|| panic!("no {name} here"))
}

fn arithmetic(name: &str) -> Arithmetic {
    ARITHMETICS.into_iter().find(|a| a.name() == name).unwrap_or_else(|| panic!("no arithmetic {name}"))
}

/// `KEY=VALUE` arguments: `model`, `isa`, `arithmetic`, `threads`, `max_tokens`, `texts`, `calls=single`; or
/// `peak=ISA arithmetic=NAME`.
pub fn run(args: &[String]) {
    let of = |key: &str| args.iter().find_map(|arg| arg.strip_prefix(key)?.strip_prefix('='));
    let numbers = of("arithmetic").map(arithmetic);
    if let Some(name) = of("peak") {
        let (isa, numbers) = (isa(name), numbers.unwrap());
        return answer(|_| json!({ "operations": exercise(isa, numbers, 6_000_000) }));
    }
    let threads = of("threads").map_or(1, |threads| threads.parse().unwrap());
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().unwrap();
    let options = Options {
        isa: of("isa").map(isa),
        arithmetic: numbers,
        max_tokens: of("max_tokens").map(|limit| limit.parse().unwrap()),
        ..Options::default()
    };
    let folder =
        of("model").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/all-MiniLM-L6-v2-int8"));
    let encoder = NativeEncoder::open_with(Path::new(folder), &options).unwrap();
    let texts = texts::read(Path::new(of("texts").unwrap()));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let single = of("calls") == Some("single");
    let encode = |texts: &[&str]| encoder.encode(texts, &|_| {}).unwrap();
    encode(&texts[..1]);
    answer(|command| match command.split_once(' ') {
        Some(("vectors", path)) => {
            let made = encode(&texts);
            let bytes: Vec<u8> = made.vectors.iter().flat_map(|x| x.to_le_bytes()).collect();
            std::fs::write(path, bytes).unwrap();
            json!({ "tokens": tokens(&made) })
        }
        _ if single => {
            json!({ "tokens": texts.iter().map(|text| tokens(&encode(&[text]))).sum::<u64>() })
        }
        _ => json!({ "tokens": tokens(&encode(&texts)) }),
    });
}

fn tokens(made: &Embeddings) -> u64 {
    made.tokens_kept.iter().map(|&kept| u64::from(kept)).sum()
}

/// Says that it is ready, then answers until there are no more commands.
fn answer(mut carry_out: impl FnMut(&str) -> serde_json::Value) {
    let mut out = std::io::stdout();
    writeln!(out, "{}", json!({ "ready": true })).unwrap();
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", carry_out(line.unwrap().trim())).unwrap();
    }
}
