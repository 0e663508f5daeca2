//! The narratives of a folder of articles, widest first, with everything that a stage gives to the next:
//! `cargo run --release -p throughline-pipeline --example narratives -- examples/articles`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use throughline_clustering::NarrativeParams;
use throughline_embedding::embedded;
use throughline_pipeline::narratives::FoundNarratives;
use throughline_pipeline::{Silent, Texts, Units};
use throughline_schema::Statement;
use throughline_tabular::{ReadOptions, read_corpus};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let corpus = read_corpus(&inputs, std::io::stdin(), &ReadOptions::default())?;
    // Articles to statements, statements to vectors and lexical features, those to narratives.
    let texts = Texts::read(&corpus.articles, &Silent);
    let units = Units::statements(&texts, &embedded()?, &Silent)?;
    let found = FoundNarratives::find(&units, &NarrativeParams::default().check()?, &Silent);

    let statements: Vec<&Statement> = texts.statements().collect();
    let mut rows = found.rows(&units, &corpus.articles, &statements);
    rows.sort_by_key(|row| std::cmp::Reverse(row.articles));
    for row in rows {
        println!("{} articles: {}", row.articles, row.label.trim());
    }
    Ok(())
}
