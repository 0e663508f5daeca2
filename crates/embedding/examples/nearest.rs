//! Ranks texts by how near they are in meaning to the first:
//! `cargo run --release -p throughline-embedding --example nearest -- "The dam broke." "A gate failed." "Bees swarm."`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use throughline_embedding::{Encoder, embedded};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts: Vec<String> = std::env::args().skip(1).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let [query, others @ ..] = texts.as_slice() else { return Err("name a text and others to rank".into()) };
    // The model is built into the crate; `NativeEncoder::open` takes a folder.
    let made = embedded()?.encode(&texts, &|_| {})?;
    let mut ranked: Vec<(f32, &str)> = others
        .iter()
        .enumerate()
        .map(|(i, text)| (made.vectors.row(0).dot(&made.vectors.row(i + 1)), *text))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("{query}");
    for (cosine, text) in ranked {
        println!("  {cosine:.2}  {text}");
    }
    Ok(())
}
