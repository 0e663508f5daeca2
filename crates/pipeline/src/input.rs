//! Articles as every command reads them: with the time at which each was published.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

use serde_json::Value;
use throughline_schema::Article;
use throughline_tabular::{Corpus, Field, ReadOptions, read_corpus};

use crate::publication_time::{DateFormat, Written, date_articles};
use crate::{PipelineError, Warning};

/// Rows in which a column is looked at.
const LOOKED_AT: usize = 1_000;
/// Columns that are named for a field.
const NAMED: usize = 3;

/// Articles, and what the reader of results should know of how they were read.
pub struct Input {
    /// What was read; its articles have their times.
    pub corpus: Corpus,
    /// What to know of it.
    pub warnings: Vec<Warning>,
}

/// Reads articles and when they were published, in the form `dates` where one is given and fits.
///
/// # Errors
/// As [`read_corpus`].
pub fn read_input(
    inputs: &[PathBuf],
    stdin: impl Read + Send,
    options: &ReadOptions,
    dates: Option<&DateFormat>,
) -> Result<Input, PipelineError> {
    let mut corpus = read_corpus(inputs, stdin, options)?;
    let dating = date_articles(&mut corpus.articles, dates);
    let reading = corpus.remarks.iter().cloned().map(Warning::Reading);
    let warnings = reading.chain(dating).chain(unnamed_columns(&corpus.articles)).collect();
    Ok(Input { corpus, warnings })
}

/// Columns that look like a field which no article has.
fn unnamed_columns(articles: &[Article]) -> Vec<Warning> {
    let lacks = |of: fn(&Article) -> bool| articles.iter().all(of);
    let missing = [
        (Field::Source, lacks(|a| a.source.is_none())),
        (Field::Published, lacks(|a| a.published.is_none())),
        (Field::Title, lacks(|a| a.title.is_none())),
    ];
    let looked_at = &articles[..articles.len().min(LOOKED_AT)];
    let names: BTreeSet<&String> = looked_at.iter().flat_map(|article| article.extra.keys()).collect();
    let columns: Vec<(&String, Column)> =
        names.into_iter().map(|name| (name, Column::of(name, looked_at))).collect();
    let looks = |field: Field| -> Vec<String> {
        let fitting = columns.iter().filter(|(_, column)| column.looks_like(field));
        fitting.map(|(name, _)| (*name).clone()).take(NAMED).collect()
    };
    let of_missing =
        missing.into_iter().filter(|(_, missing)| *missing).map(|(field, _)| (field, looks(field)));
    of_missing
        .filter(|(_, columns)| !columns.is_empty())
        .map(|(field, columns)| Warning::LooksLike { field, columns })
        .collect()
}

/// What the values of a column are like.
struct Column {
    /// Rows that have text in it.
    rows: usize,
    distinct: usize,
    /// Rows with a date.
    dates: usize,
    /// Rows with an address of the web.
    addresses: usize,
    /// Rows with letters, and these only on one line.
    lines: usize,
    words: usize,
}

impl Column {
    fn of(name: &str, articles: &[Article]) -> Self {
        let mut column = Self { rows: 0, distinct: 0, dates: 0, addresses: 0, lines: 0, words: 0 };
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for value in articles.iter().filter_map(|article| article.extra.get(name)) {
            let text = match value {
                Value::String(text) => text.trim().to_owned(),
                Value::Number(number) => number.to_string(),
                _ => continue,
            };
            column.rows += 1;
            column.dates += usize::from(is_date(&text));
            column.addresses += usize::from(text.contains("://") || text.starts_with("www."));
            column.lines += usize::from(text.chars().any(char::is_alphabetic) && !text.contains('\n'));
            column.words += text.split_whitespace().count();
            seen.insert(text);
        }
        column.distinct = seen.len();
        column
    }

    fn looks_like(&self, field: Field) -> bool {
        let most = |part: usize| self.rows > 0 && part * 10 >= self.rows * 7;
        let is_name = most(self.lines) && !most(self.dates) && !most(self.addresses);
        let words = self.words as f64 / self.rows.max(1) as f64;
        match field {
            Field::Published => most(self.dates),
            // Few names that come again and again, of a few words each.
            Field::Source => is_name && words <= 4.0 && self.distinct > 1 && self.distinct * 2 <= self.rows,
            Field::Title => is_name && (3.0..=30.0).contains(&words) && self.distinct * 10 >= self.rows * 8,
            _ => false,
        }
    }
}

/// Whether a value is a date, and no mere number.
fn is_date(text: &str) -> bool {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && text.len() < 8;
    !is_number && !matches!(Written::read(text), Written::Unknown | Written::Impossible)
}

#[cfg(test)]
mod tests {
    use throughline_tabular::ReadOptions;

    use super::*;

    #[test]
    fn columns_that_look_like_a_missing_field_are_named() {
        let rows: String = (0..8)
            .map(|i| {
                let (paper, day) = (["Post", "Herald"][i % 2], i + 1);
                format!(
                    "{{\"id\": {i}, \"text\": \"T\", \"w\": \"{paper}\", \"when_it_came\": \"2026-03-0{day}\", \
                     \"what\": \"The quay of Lisk number {i}\", \"n\": {i}, \"at\": \"https://a.example/{i}\"}}\n"
                )
            })
            .collect();
        let read =
            |text: &str| read_input(&["-".into()], text.as_bytes(), &ReadOptions::default(), None).unwrap();
        let found: Vec<(Field, Vec<String>)> = read(&rows)
            .warnings
            .into_iter()
            .filter_map(|warning| match warning {
                Warning::LooksLike { field, columns } => Some((field, columns)),
                _ => None,
            })
            .collect();
        let owned = |name: &str| vec![name.to_owned()];
        assert_eq!(
            found,
            [
                (Field::Source, owned("w")),
                (Field::Published, owned("when_it_came")),
                (Field::Title, owned("what"))
            ]
        );
        let named = rows
            .replace("\"w\"", "\"source\"")
            .replace("when_it_came", "date")
            .replace("\"what\"", "\"headline\"");
        let input = read(&named);
        assert_eq!(input.warnings.len(), 2, "{:?}", input.warnings);
        assert!(input.warnings.iter().all(|warning| warning.to_string().contains("is read as")));
        assert!(input.corpus.articles.iter().all(|article| article.published_at.is_some()));
    }
}
