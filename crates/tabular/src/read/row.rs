//! A row's fields to an article that may still lack its id.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use throughline_schema::table::Record;
use throughline_schema::tables::ArticleRow;
use throughline_schema::{Article, SourceFrom};

use super::columns::{Field, Taken, rename};
use super::lines::Fields;
use crate::cause::Cause;
use crate::error::Unused;
use crate::write::extra_key;

/// An article as read; its id is given later where the row has none.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The id that the row gives.
    pub id: Option<String>,
    /// Everything else; `id` is empty.
    pub article: Article,
    /// Line or row in the file, from 1; none where the file is the row.
    pub line: Option<u64>,
    /// Columns that were not called as their fields.
    pub taken: Vec<Taken>,
    /// Whether its title was found as the first line of its text.
    pub title_is_first_line: bool,
}

impl Draft {
    /// An article of nothing but text.
    pub(crate) fn of_text(text: String, file: Option<String>) -> Self {
        let article = Article { text, file, ..Article::default() };
        Self { id: None, article, line: None, taken: Vec::new(), title_is_first_line: false }
    }
}

/// What turns rows of one file into drafts.
pub(crate) struct Rows<'f> {
    /// What results call the file.
    pub label: &'f str,
    /// Longest text.
    pub max_text_bytes: usize,
    /// Columns that the user says hold a field.
    pub columns: &'f BTreeMap<Field, String>,
}

impl Rows<'_> {
    /// The file, as an article names it.
    pub(crate) fn file(&self) -> Option<String> {
        (self.label != "-").then(|| self.label.to_owned())
    }

    /// A row that can't be used.
    pub(crate) fn unused(&self, line: Option<u64>, id: Option<String>, cause: Cause) -> Unused {
        Unused { file: self.label.to_owned(), line, id, cause }
    }

    /// Why a text of so many bytes, or `at_least` so many, is refused.
    pub(crate) fn too_long(&self, bytes: usize, at_least: bool) -> Cause {
        Cause::TextTooLong { bytes, at_least, limit: self.max_text_bytes }
    }

    /// The article of a row.
    pub(crate) fn draft(&self, line: u64, fields: Fields) -> Result<Draft, Unused> {
        let mut fields = fields.map_err(|cause| self.unused(Some(line), None, cause))?;
        let taken = rename(&mut fields, self.columns);
        let named = self.named(line, fields);
        let mut draft = named.map_err(|mut unused| {
            // The user knows the columns by the names that they have in the file.
            if let Cause::NoText { fields, .. } = &mut unused.cause {
                for name in fields {
                    if let Some(taken) = taken.iter().find(|taken| taken.field.name() == name.as_str()) {
                        name.clone_from(&taken.column);
                    }
                }
            }
            unused
        })?;
        draft.taken = taken;
        Ok(draft)
    }

    /// The article of a row whose columns have the names of their fields.
    fn named(&self, line: u64, mut fields: Map<String, Value>) -> Result<Draft, Unused> {
        let id = take_text(&mut fields, "id");
        let text = match fields.remove("text") {
            Some(Value::String(text)) => text,
            Some(Value::Null) => String::new(),
            Some(other) => {
                return Err(self.unused(Some(line), id, Cause::TextIsNot { what: kind(&other) }));
            }
            None => {
                let fields = fields.keys().take(8).cloned().collect();
                let column = self.columns.get(&Field::Text).map_or("text", String::as_str).to_owned();
                return Err(self.unused(Some(line), id, Cause::NoText { column, fields }));
            }
        };
        if text.len() > self.max_text_bytes {
            return Err(self.unused(Some(line), id, self.too_long(text.len(), false)));
        }
        let mut draft = Draft::of_text(text, self.file());
        draft.id = id;
        draft.line = Some(line);
        let article = &mut draft.article;
        article.title = take_text(&mut fields, "title");
        article.url = take_text(&mut fields, "url");
        article.source = take_text(&mut fields, "source");
        article.source_from = article.source.as_ref().map(|_| SourceFrom::Given);
        article.published = take_text(&mut fields, "published");
        article.lang = take_text(&mut fields, "lang");
        // A missing field and a null one are the same in tables, so they are the same everywhere.
        fields.retain(|_, value| !value.is_null());
        fields.sort_keys();
        article.extra = fields;
        Ok(draft)
    }

    /// The article of a row of an older run's `articles`: as it was read then, without what was found.
    pub(crate) fn draft_of_run(&self, line: u64, fields: Fields) -> Result<Draft, Unused> {
        let mut own = Map::new();
        let mut extra = Map::new();
        let mut source_from = None;
        for (column, value) in fields.unwrap_or_default() {
            match column.as_str() {
                "article_id" => own.insert("id".into(), value),
                "lang" if value == "und" => None,
                // What was derived is derived again.
                "source_from" => {
                    source_from = SourceFrom::named(value.as_str().unwrap_or_default());
                    None
                }
                "text" | "title" | "url" | "source" | "published" | "lang" | "file" => {
                    own.insert(column, value)
                }
                name if ArticleRow::TABLE.columns.iter().any(|known| known.name == name) => None,
                name => extra.insert(extra_key(&ArticleRow::TABLE, name).to_owned(), value),
            };
        }
        let file = take_text(&mut own, "file");
        let mut draft = self.named(line, own)?;
        if draft.article.source.is_some() {
            draft.article.source_from = source_from.or(Some(SourceFrom::Given));
        }
        extra.retain(|_, value| !value.is_null());
        draft.article.file = file;
        draft.article.extra = extra;
        Ok(draft)
    }
}

/// Takes a field that should be text. Numbers become text; anything nested stays with the other fields.
pub(crate) fn take_text(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    let text = match fields.get(name)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            // What was an integer before a table made it a float.
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => {
                format!("{float:.0}")
            }
            _ => number.to_string(),
        },
        Value::Bool(value) => value.to_string(),
        Value::Null => String::new(),
        Value::Array(_) | Value::Object(_) => return None,
    };
    fields.shift_remove(name);
    (!text.trim().is_empty()).then_some(text)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(value: Value) -> Result<Draft, Unused> {
        let rows = Rows { label: "a.jsonl", max_text_bytes: 10, columns: &BTreeMap::new() };
        rows.draft(3, Ok(value.as_object().unwrap().clone()))
    }

    #[test]
    fn fields_find_their_place() {
        let row = draft(json!({
            "z": 1, "text": "Hi", "id": 12, "title": "", "source": {"name": "X"}, "url": "u", "gone": null
        }));
        let row = row.unwrap();
        assert_eq!((row.id.as_deref(), row.line), (Some("12"), Some(3)));
        assert_eq!((row.article.title, row.article.url.as_deref()), (None, Some("u")));
        assert_eq!(row.article.file.as_deref(), Some("a.jsonl"));
        assert_eq!(Value::Object(row.article.extra), json!({"source": {"name": "X"}, "z": 1}));
        assert_eq!(draft(json!({"text": "Hi", "id": 12.0})).unwrap().id.as_deref(), Some("12"));
    }

    #[test]
    fn a_row_without_usable_text_says_why() {
        let cause = |value| draft(value).unwrap_err().cause;
        assert_eq!(
            cause(json!({"said": "Hi"})),
            Cause::NoText { column: "text".into(), fields: vec!["said".into()] }
        );
        assert_eq!(cause(json!({"text": 5})), Cause::TextIsNot { what: "a number" });
        let long = draft(json!({"id": "x", "text": "01234567890"})).unwrap_err();
        assert_eq!((long.line, long.id.as_deref()), (Some(3), Some("x")));
        assert_eq!(long.cause, Cause::TextTooLong { bytes: 11, at_least: false, limit: 10 });
        assert_eq!(draft(json!({"text": null})).unwrap().article.text, "");
    }
}
