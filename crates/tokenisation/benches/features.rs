//! How many bytes a second one core reads features from: whole articles, single statements, and the
//! words alone that shingling needs.

use divan::Bencher;
use divan::counter::BytesCount;
use throughline_tokenisation::features::{features, words};

fn main() {
    divan::main();
}

const ENGLISH: &str = include_str!("../../../examples/articles/harrow-ledger.jsonl");
const RUSSIAN: &str = include_str!("../../../examples/articles/ozyorny-vestnik.jsonl");

/// The texts of made-up articles.
fn articles(lang: &str) -> Vec<String> {
    let lines = if lang == "ru" { RUSSIAN } else { ENGLISH }.lines();
    let texts = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    texts.filter_map(|row| row["text"].as_str().map(str::to_owned)).collect()
}

/// The same as single lines, about as long as statements.
fn statements(lang: &str) -> Vec<String> {
    articles(lang).iter().flat_map(|text| text.split(['\n', '.'])).map(|s| s.trim().to_owned()).collect()
}

fn run<T>(bencher: Bencher<'_, '_>, texts: &[String], read: impl Fn(&str) -> T + Sync) {
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| texts.iter().map(|text| read(text)).collect::<Vec<T>>());
}

#[divan::bench(args = ["en", "ru"])]
fn of_articles(bencher: Bencher<'_, '_>, lang: &str) {
    run(bencher, &articles(lang), |text| features(text, lang));
}

#[divan::bench(args = ["en", "ru"])]
fn of_statements(bencher: Bencher<'_, '_>, lang: &str) {
    run(bencher, &statements(lang), |text| features(text, lang));
}

#[divan::bench(args = ["en", "ru"])]
fn words_alone(bencher: Bencher<'_, '_>, lang: &str) {
    run(bencher, &articles(lang), words);
}

/// A long text must not cost more a byte than a short one.
#[divan::bench(args = [1, 10, 100])]
fn of_long_texts(bencher: Bencher<'_, '_>, times: usize) {
    let text = articles("en").join("\n\n").repeat(times);
    bencher.counter(BytesCount::of_str(text.as_str())).bench(|| features(&text, "en"));
}
