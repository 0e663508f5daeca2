//! Rows with their vectors (JSON lines of `id` and `vector`) on standard input to the nearest other row of each:
//! `throughline embed examples/articles --format jsonl | cargo run --release -p throughline-clustering --example neighbours`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::io::{BufRead, stdin};

use ndarray::Array2;
use serde_json::Value;
use throughline_clustering::neighbours::nearest;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut ids, mut flat) = (Vec::new(), Vec::new());
    for line in stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let Some(vector) = row["vector"].as_array() else { continue };
        flat.extend(vector.iter().filter_map(Value::as_f64).map(|value| value as f32));
        ids.push(row["id"].as_str().unwrap_or_default().to_owned());
    }
    let dimensions = flat.len() / ids.len().max(1);
    let vectors = Array2::from_shape_vec((ids.len(), dimensions), flat)?;
    let near = nearest(vectors.view(), 1);
    for (row, id) in ids.iter().enumerate() {
        for (other, cosine) in near.of(row) {
            println!("{cosine:.2}  {id}  {}", ids[other as usize]);
        }
    }
    Ok(())
}
