//! How fast articles are read and written: made-up rows, bytes a second.

use std::io::Cursor;
use std::path::PathBuf;

use divan::Bencher;
use divan::counter::BytesCount;
use throughline_schema::Unit;
use throughline_schema::tables::VectorRow;
use throughline_tabular::{OutputFormat, ReadOptions, read_corpus, write_rows};

fn main() {
    divan::main();
}

const SENTENCE: &str =
    "The council said on Monday that \\\"repairs\\\" to the old bridge would cost 4.1 million. ";

fn lines(rows: usize) -> Vec<u8> {
    (0..rows)
        .map(|i| {
            format!(
                "{{\"id\":\"{i}\",\"title\":\"Row {i}\",\"topics\":[\"a\"],\"text\":\"{}{i}\"}}\n",
                SENTENCE.repeat(10)
            )
        })
        .collect::<String>()
        .into_bytes()
}

/// As many articles as the Reuters collection has, of about the same length.
#[divan::bench]
fn json_lines(bencher: Bencher) {
    let bytes = lines(21_577);
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| read_corpus(&[PathBuf::from("-")], Cursor::new(&bytes), &ReadOptions::default()));
}

/// Ten thousand vectors of 384 components.
#[divan::bench(args = [OutputFormat::Jsonl, OutputFormat::Parquet, OutputFormat::Arrow])]
fn vectors(bencher: Bencher, format: OutputFormat) {
    let rows: Vec<VectorRow> = (0..10_000)
        .map(|i| VectorRow {
            id: i.to_string(),
            vector: Some((0..384).map(|j| ((i * 31 + j * 17) % 997) as f32 / 997.0).collect()),
            tokens: 9,
            tokens_kept: 9,
            unit: Unit::Statement,
            model: "bench".into(),
            reason: None,
        })
        .collect();
    bencher.counter(BytesCount::new(rows.len() * 384 * 4)).bench(|| {
        let mut out = Vec::new();
        write_rows(&rows, format, &mut out).map(|()| out.len())
    });
}
