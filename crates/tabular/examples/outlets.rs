//! How many articles of each outlet stand in these files and folders, and what in them can't be used:
//! `cargo run --release -p throughline-tabular --example outlets -- examples/articles`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::collections::BTreeMap;

use throughline_tabular::{ReadOptions, read_corpus};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let corpus = read_corpus(&inputs, std::io::stdin(), &ReadOptions::default())?;
    let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
    for article in &corpus.articles {
        *outlets.entry(article.source.as_deref().unwrap_or("not given")).or_default() += 1;
    }
    for (outlet, articles) in outlets {
        println!("{articles:5}  {outlet}");
    }
    for row in &corpus.unused_rows {
        println!("not used: {row}");
    }
    Ok(())
}
