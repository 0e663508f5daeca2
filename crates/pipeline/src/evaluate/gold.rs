//! Gold labels as the user has them, each with its line.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde_json::Value;
use throughline_schema::{Article, ArticleId};
use throughline_tabular::FieldRow;

use crate::error::{GoldCause, PipelineError};

/// A file of gold labels, and the articles that it speaks of where it does not hold the texts itself.
pub struct Gold {
    path: PathBuf,
    /// Rows of the file, in its order.
    pub(super) rows: Vec<FieldRow>,
    column: String,
    articles: Option<Vec<Article>>,
}

/// Articles in canonical order, and which of them each gold row is about.
pub(super) struct GoldArticles {
    pub articles: Vec<Article>,
    /// Index-aligned with the gold's rows.
    pub of_row: Vec<usize>,
}

/// Pairs of ids among articles.
pub(super) struct GoldPairs {
    pub articles: Vec<Article>,
    /// Index-aligned with the gold's rows.
    pub pairs: Vec<(String, String)>,
}

impl Gold {
    /// The rows of the file `path`, whose labels stand in the field `column`. With `articles` the rows name
    /// texts by their ids; without, each row holds its own.
    ///
    /// # Errors
    /// A file without a row.
    pub fn new(
        path: &Path,
        rows: Vec<FieldRow>,
        column: &str,
        articles: Option<Vec<Article>>,
    ) -> Result<Self, PipelineError> {
        if rows.is_empty() {
            return Err(PipelineError::Gold { path: path.to_owned(), line: None, cause: GoldCause::NoRow });
        }
        Ok(Self { path: path.to_owned(), rows, column: column.to_owned(), articles })
    }

    /// The texts that it speaks of, as articles in no order that matters: what their languages are read off.
    pub fn texts(&self) -> Vec<Article> {
        let said = self
            .rows
            .iter()
            .flat_map(|row| ["text", "a", "b", "s1", "s2"].map(|field| row.fields.get(field)));
        let own = said.flatten().filter_map(Value::as_str);
        let article = |text: &str| Article { text: text.to_owned(), ..Article::default() };
        self.articles.clone().unwrap_or_else(|| own.map(article).collect())
    }

    /// Whether the rows judge pairs of articles by their ids.
    pub(super) fn judges_pairs(&self) -> bool {
        self.articles.is_some() && self.rows[0].fields.contains_key("a")
    }

    /// An error at a row.
    pub(super) fn wrong(&self, row: &FieldRow, cause: GoldCause) -> PipelineError {
        PipelineError::Gold { path: self.path.clone(), line: Some(row.line), cause }
    }

    fn label<'r>(&self, row: &'r FieldRow) -> Result<&'r Value, PipelineError> {
        match row.fields.get(&self.column) {
            Some(value) if !value.is_null() => Ok(value),
            _ => Err(self.wrong(row, GoldCause::NoLabel { field: self.column.clone() })),
        }
    }

    /// A label that is a list; a cell of a CSV file holds it as JSON text.
    pub(super) fn list(&self, row: &FieldRow, form: &'static str) -> Result<Vec<Value>, PipelineError> {
        let wrong = || self.wrong(row, GoldCause::NotList { field: self.column.clone(), form });
        match self.label(row)? {
            Value::Array(items) => Ok(items.clone()),
            Value::String(text) => serde_json::from_str(text).map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }

    /// A label that is a number, or true or false.
    pub(super) fn number(&self, row: &FieldRow) -> Result<f64, PipelineError> {
        let value = self.label(row)?;
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
            Value::String(text) => match text.trim().to_lowercase().as_str() {
                "true" | "yes" => Some(1.0),
                "false" | "no" => Some(0.0),
                text => text.parse().ok(),
            },
            _ => None,
        };
        number.filter(|n| n.is_finite()).ok_or_else(|| {
            self.wrong(row, GoldCause::NotNumber { field: self.column.clone(), value: value.to_string() })
        })
    }

    /// A label that names a group.
    pub(super) fn name(&self, row: &FieldRow) -> Result<String, PipelineError> {
        let name = row.clone().take_text(&self.column);
        name.ok_or_else(|| self.wrong(row, GoldCause::NoGroup { field: self.column.clone() }))
    }

    /// The article of every row.
    pub(super) fn articles(&self) -> Result<GoldArticles, PipelineError> {
        let mut said: BTreeMap<String, &FieldRow> = BTreeMap::new();
        let mut ids = Vec::with_capacity(self.rows.len());
        let mut own = Vec::new();
        for row in &self.rows {
            let given = row.clone().take_text("id");
            let id = match (&self.articles, given) {
                (_, Some(id)) => id,
                (Some(_), None) => return Err(self.wrong(row, GoldCause::NoId)),
                (None, None) => format!("line-{:012}", row.line),
            };
            if let Some(first) = said.insert(id.clone(), row) {
                return Err(self.wrong(row, GoldCause::LabelledTwice { id, first: first.line }));
            }
            if self.articles.is_none() {
                own.push(self.article(row, id.clone(), "text")?);
            }
            ids.push(id);
        }
        let mut articles = self.articles.clone().unwrap_or(own);
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        let place = places(&articles);
        let find = |(row, id): (&FieldRow, &String)| {
            place.get(id.as_str()).copied().ok_or_else(|| self.unknown(row, id))
        };
        let of_row = self.rows.iter().zip(&ids).map(find).collect::<Result<_, _>>()?;
        Ok(GoldArticles { articles, of_row })
    }

    /// The two texts of every row, `a` and `b`, or `s1` and `s2`; with an input, the two ids.
    pub(super) fn pairs(&self) -> Result<GoldPairs, PipelineError> {
        let mut pairs = Vec::with_capacity(self.rows.len());
        let Some(articles) = &self.articles else {
            let mut articles = Vec::with_capacity(2 * self.rows.len());
            for row in &self.rows {
                let [a, b] = if row.fields.contains_key("s1") { ["s1", "s2"] } else { ["a", "b"] };
                let id = |side: &str| format!("line-{:012}-{side}", row.line);
                articles.push(self.article(row, id("a"), a)?);
                articles.push(self.article(row, id("b"), b)?);
                pairs.push((id("a"), id("b")));
            }
            articles.sort_by(|a, b| a.id.cmp(&b.id));
            return Ok(GoldPairs { articles, pairs });
        };
        let place = places(articles);
        for row in &self.rows {
            let mut fields = row.clone();
            let (Some(a), Some(b)) = (fields.take_text("a"), fields.take_text("b")) else {
                return Err(self.wrong(row, GoldCause::NotPair));
            };
            for id in [&a, &b] {
                if !place.contains_key(id.as_str()) {
                    return Err(self.unknown(row, id));
                }
            }
            pairs.push((a, b));
        }
        Ok(GoldPairs { articles: articles.clone(), pairs })
    }

    fn unknown(&self, row: &FieldRow, id: &str) -> PipelineError {
        self.wrong(row, GoldCause::UnknownId { id: id.to_owned() })
    }

    /// The article whose text stands in the field `text`.
    fn article(&self, row: &FieldRow, id: String, text: &str) -> Result<Article, PipelineError> {
        let Some(Value::String(said)) = row.fields.get(text) else {
            return Err(self.wrong(row, GoldCause::NoText { field: text.to_owned() }));
        };
        let mut row = row.clone();
        Ok(Article {
            id: ArticleId(id),
            text: said.clone(),
            title: row.take_text("title"),
            url: row.take_text("url"),
            source: row.take_text("source"),
            published: row.take_text("published"),
            lang: row.take_text("lang"),
            ..Article::default()
        })
    }
}

/// Where each id stands.
fn places(articles: &[Article]) -> HashMap<&str, usize> {
    articles.iter().enumerate().map(|(i, article)| (article.id.as_str(), i)).collect()
}
