//! How fast the embedding engine is, beside its peers and the machine's own limit.
//!
//! Every contestant is a process of its own, pinned to the same core. They take turns on the same texts, and
//! what counts is the processor time that the system books to each: a shared machine's seconds say little.
//!
//! `just bench-embedding [SENTENCES.jsonl]`; `--only speed,long,single,threads,start,memory,cosine` for some of
//! it, `--rounds N` for more turns. Linux only.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

mod contestant;
mod figures;
mod ours;
mod sections;
mod texts;

use std::path::PathBuf;

/// What was asked for.
pub struct Asked {
    /// Sentences, one a text.
    pub sentences: PathBuf,
    /// Sections; none means all.
    pub only: Vec<String>,
    /// Turns of each contestant.
    pub rounds: usize,
    /// Cores, as `taskset` takes them: one, and two.
    pub cores: [String; 2],
}

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if args.first().is_some_and(|arg| arg == "contestant") {
        args.remove(0);
        return ours::run(&args);
    }
    let mut asked = Asked {
        sentences: PathBuf::from("target/bench/sentences.jsonl"),
        only: Vec::new(),
        rounds: 5,
        cores: ["1".to_owned(), "0,1".to_owned()],
    };
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().unwrap_or_else(|| panic!("{arg} needs a value"));
        match arg.as_str() {
            "--only" => asked.only = value().split(',').map(str::to_owned).collect(),
            "--rounds" => asked.rounds = value().parse().expect("--rounds takes a number"),
            "--core" => asked.cores[0] = value(),
            "--cores" => asked.cores[1] = value(),
            file => asked.sentences = PathBuf::from(file),
        }
    }
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).unwrap();
    sections::run(&asked);
}
