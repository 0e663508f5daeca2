//! How long themes take from vectors that are there already, and how much memory.
//!
//! `just bench-themes` runs this beside its peers. By hand:
//! `themes FILE.npy` (themes of the rows of a float32 matrix), `neighbours FILE.npy` (recall of the
//! approximate search), `grow FILE.npy ROWS` (themes of so many rows made from those of the file).
//! Each prints one line of JSON.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs;
use std::time::Instant;

use ndarray::{Array2, s};
use serde_json::{Value, json};
use throughline_clustering::neighbours::{EXACT_UP_TO, Search, search};
use throughline_clustering::themes::{ThemeInput, ThemeParams, themes};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let line = match arguments.as_slice() {
        ["themes", file] => of_themes(read(file)?)?,
        ["grow", file, rows] => of_themes(grown(&read(file)?, rows.parse()?))?,
        ["neighbours", file] => of_neighbours(&read(file)?),
        _ => return Err("give: themes FILE.npy | neighbours FILE.npy | grow FILE.npy ROWS".into()),
    };
    println!("{line}");
    Ok(())
}

fn of_themes(vectors: Array2<f32>) -> Result<Value, Box<dyn Error>> {
    let rows = vectors.nrows();
    let group: Vec<u32> = (0..rows as u32).collect();
    let phrases = vec![&[][..]; rows];
    let input = ThemeInput::new(vectors.view(), &group, &phrases, None)?;
    let params = ThemeParams::default().check()?;
    let (found, seconds, cpu) = timed(|| themes(&input, &params));
    let top = found.nodes.iter().filter(|node| node.level == 0).count();
    Ok(json!({
        "what": "themes", "rows": rows, "dimensions": vectors.ncols(), "seconds": seconds,
        "cpu_seconds": cpu, "peak_mb": peak_mb(), "themes": top, "nodes": found.nodes.len(),
    }))
}

/// Recall of the approximate search on as many rows as an exact one is bearable for.
fn of_neighbours(vectors: &Array2<f32>) -> Value {
    const K: usize = 50;
    let how = |exact_up_to| Search { k: K, exact_up_to, seed: 0 };
    let (exact, exact_seconds, exact_cpu) = timed(|| search(vectors.view(), &how(usize::MAX)));
    let (near, seconds, cpu) = timed(|| search(vectors.view(), &how(0)));
    let recall = |k: usize| {
        let mut found = 0;
        for (a, b) in exact.index.rows().into_iter().zip(near.index.rows()) {
            let (a, b) = (a.slice(s![..k]), b.slice(s![..k]));
            found += a.iter().filter(|x| b.iter().any(|y| y == *x)).count();
        }
        found as f64 / (k * vectors.nrows()) as f64
    };
    json!({
        "what": "neighbours", "rows": vectors.nrows(), "dimensions": vectors.ncols(), "k": K,
        "exact_by_default": vectors.nrows() <= EXACT_UP_TO,
        "exact_seconds": exact_seconds, "exact_cpu_seconds": exact_cpu,
        "approximate_seconds": seconds, "approximate_cpu_seconds": cpu,
        "recall_at_10": recall(10), "recall_at_50": recall(K), "peak_mb": peak_mb(),
    })
}

/// What `work` gives, the seconds it took, and the processor's seconds.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64, f64) {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let result = work();
    (result, start.elapsed().as_secs_f64(), cpu_seconds() - cpu)
}

/// Seconds that all threads of this process have computed.
fn cpu_seconds() -> f64 {
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

fn peak_mb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb / 1000)
}

/// So many rows: those of `vectors`, each again with some of another row mixed in until there are enough.
fn grown(vectors: &Array2<f32>, rows: usize) -> Array2<f32> {
    let (given, width) = vectors.dim();
    let mut state = 1u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut all = Array2::zeros((rows, width));
    for (i, mut row) in all.rows_mut().into_iter().enumerate() {
        row.assign(&vectors.row(i % given));
        if i >= given {
            let share = 0.2 + (random() % 600) as f32 / 1000.0;
            row.scaled_add(share, &vectors.row(random() % given));
            let length = row.dot(&row).sqrt();
            row /= length;
        }
    }
    all
}

/// A float32 matrix in NumPy's format.
fn read(path: &str) -> Result<Array2<f32>, Box<dyn Error>> {
    let bytes = fs::read(path).map_err(|e| format!("{path}: {e}"))?;
    let wrong = || format!("{path}: not a .npy file with a C-ordered float32 matrix");
    let start = match (bytes.get(..6), bytes.get(6)) {
        (Some(b"\x93NUMPY"), Some(1)) => 10,
        (Some(b"\x93NUMPY"), Some(2 | 3)) => 12,
        _ => return Err(wrong().into()),
    };
    let length = match start {
        10 => usize::from(u16::from_le_bytes([bytes[8], bytes[9]])),
        _ => u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]) as usize,
    };
    let header = std::str::from_utf8(bytes.get(start..start + length).ok_or_else(wrong)?)?;
    let shape: Vec<usize> = header
        .split_once("'shape': (")
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(shape, _)| shape.split(',').filter_map(|n| n.trim().parse().ok()).collect())
        .ok_or_else(wrong)?;
    let &[rows, width] = shape.as_slice() else { return Err(wrong().into()) };
    if !header.contains("'<f4'") || header.contains("'fortran_order': True") {
        return Err(wrong().into());
    }
    let numbers = bytes[start + length..].as_chunks::<4>().0.iter().map(|x| f32::from_le_bytes(*x));
    Ok(Array2::from_shape_vec((rows, width), numbers.collect())?)
}
