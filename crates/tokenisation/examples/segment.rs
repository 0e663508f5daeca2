//! Articles as JSON lines (`id`, `text`, `lang`) on standard input to statements and boilerplate as JSON
//! lines on standard output.

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use serde_json::{Value, json};
use throughline_schema::{Article, ArticleId};
use throughline_tokenisation::read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| row[name].as_str().map(str::to_owned);
        let article = Article {
            id: ArticleId(field("id").unwrap_or_default()),
            text: field("text").unwrap_or_default(),
            title: field("title"),
            lang: field("lang"),
            ..Article::default()
        };
        let found = read(&article);
        let mut rows: Vec<Value> = found
            .statements
            .iter()
            .map(|s| {
                json!({"article_id": s.article, "kind": s.kind, "paragraph": s.paragraph, "lang": s.lang, "text": s.text,
                    "char_start": s.span.char_start, "char_end": s.span.char_end, "wire": found.wire})
            })
            .chain(found.furniture.iter().map(|f| {
                json!({"article_id": f.article, "furniture": f.kind, "text": f.text,
                    "char_start": f.span.char_start, "char_end": f.span.char_end, "wire": found.wire})
            }))
            .collect();
        rows.sort_by_key(|row| row["char_start"].as_u64());
        for row in rows {
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}
