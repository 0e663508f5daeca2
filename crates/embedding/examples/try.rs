use std::{path::Path, time::Instant};
use throughline_embedding::*;
fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let t = Instant::now();
    let e = NativeEncoder::open(Path::new(&folder)).unwrap();
    eprintln!("load {:?} {:?}", t.elapsed(), e.stamp());
    let lines: Vec<String> = std::fs::read_to_string(std::env::args().nth(2).unwrap())
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    let texts: Vec<&str> = lines.iter().map(|s| s.as_str()).take(1000).collect();
    for _ in 0..3 {
        let t = Instant::now();
        let o = e.encode(&texts, &|_| {}).unwrap();
        let n: u32 = o.tokens_kept.iter().sum();
        eprintln!(
            "{} texts {n} tokens {:?} {:.0} tok/s",
            texts.len(),
            t.elapsed(),
            n as f64 / t.elapsed().as_secs_f64()
        );
        if let Some(out) = std::env::args().nth(3) {
            let b: Vec<u8> = o.vectors.iter().flat_map(|x| x.to_le_bytes()).collect();
            std::fs::write(out, b).unwrap();
        }
    }
}
