//! Prints the quotations of articles: reads JSON lines with `text` (and `id`) on standard input,
//! writes one JSON line for each quotation.
#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::io::{BufRead, BufWriter, Write};

use serde_json::{Value, json};
use throughline_schema::{Article, ArticleId, Span};
use throughline_tokenisation::{quotes::quotes, read};

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        let article = Article {
            id: row["id"].as_str().map_or_else(|| ArticleId::derive(&[&text]), ArticleId::from),
            text,
            lang: row["lang"].as_str().map(str::to_owned),
            ..Article::default()
        };
        for quote in quotes(&article, &read(&article)) {
            let spans = |spans: &[Span]| {
                (!spans.is_empty()).then(|| spans.iter().map(Span::chars).collect::<Vec<_>>())
            };
            let row = json!({
                "article_id": quote.article,
                "quote_id": quote.id,
                "kind": quote.kind,
                "content_spans": spans(&quote.content),
                "cue_spans": spans(&quote.cue),
                "source_spans": spans(&quote.source),
                "speaker": quote.speaker,
                "statement_ids": quote.statements,
            });
            writeln!(out, "{row}")?;
        }
    }
    out.flush()
}
