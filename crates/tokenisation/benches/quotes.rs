//! Bytes of text searched for quotations and speakers a second, on one thread, the statements known.

use divan::Bencher;
use divan::counter::BytesCount;
use throughline_schema::{Article, ArticleId};
use throughline_tokenisation::{ArticleText, quotes::quotes, read};

fn main() {
    divan::main();
}

const ENGLISH: &str = include_str!("../../../examples/articles/harrow-ledger.jsonl");
const RUSSIAN: &str = include_str!("../../../examples/articles/ozyorny-vestnik.jsonl");

/// Made-up articles, as many times over as make about a megabyte.
fn articles(lang: &str) -> Vec<Article> {
    let lines = if lang == "ru" { RUSSIAN } else { ENGLISH };
    let rows = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let texts: Vec<String> = rows.filter_map(|row| row["text"].as_str().map(str::to_owned)).collect();
    let copies = (1 << 20) / texts.iter().map(String::len).sum::<usize>().max(1) + 1;
    let all = texts.iter().cycle().take(texts.len() * copies);
    all.map(|text| Article {
        id: ArticleId::derive(&[text]),
        text: text.clone(),
        lang: Some(lang.to_owned()),
        ..Article::default()
    })
    .collect()
}

#[divan::bench(args = ["en", "ru"])]
fn of_articles(bencher: Bencher<'_, '_>, lang: &str) {
    let articles = articles(lang);
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let texts: Vec<ArticleText> = articles.iter().map(read).collect();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        articles.iter().zip(&texts).map(|(article, text)| quotes(article, text).len()).sum::<usize>()
    });
}
