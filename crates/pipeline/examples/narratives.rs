//! The narratives of a folder of articles, widest first, with everything that a stage gives to the next:
//! `cargo run --release -p throughline-pipeline --example narratives -- examples/articles`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use throughline_clustering::narratives::NarrativeParams;
use throughline_embedding::embedded;
use throughline_pipeline::narratives::FoundNarratives;
use throughline_pipeline::{Silent, Texts, Units};
use throughline_tabular::{ReadOptions, read_corpus};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let corpus = read_corpus(&inputs, std::io::stdin(), &ReadOptions::default())?;
    // Articles to statements and quotations, both to vectors and lexical features, those to narratives.
    let texts = Texts::read(&corpus.articles, &Silent);
    let quotes = texts.quotes(&corpus.articles, &Silent);
    let encoder = embedded()?;
    let whole = Units::articles(&corpus.articles, &texts, &encoder, &Silent)?;
    let units = Units::statements(&texts, &encoder, &Silent)?;
    let found = FoundNarratives::find(&units, &whole, &NarrativeParams::default().check()?, &Silent);
    let tables = found.tables(&units, &corpus.articles, &texts, &quotes);
    for row in tables.narratives {
        println!("{} articles: {}", row.articles, row.label.trim());
    }
    Ok(())
}
