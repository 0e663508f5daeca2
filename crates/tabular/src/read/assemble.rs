//! Drafts to a corpus: ids, repeats and canonical order.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use throughline_schema::{Article, ArticleId, SourceFrom};

use super::columns::Taken;
use super::file::FileRows;
use super::outlet::domain;
use super::row::Draft;
use super::{Corpus, ReadOptions};
use crate::cause::Cause;
use crate::error::{TabularError, Unused, at};
use crate::remark::Remark;

/// Puts all files together.
///
/// A row without an id has the one derived from its text, so the same text has the same id everywhere.
/// Of several such rows with one text (reprints), the first in canonical order has the plain id, the next
/// `ID-2`, `ID-3`. Canonical order knows nothing of the order of input while rows differ in anything else.
pub(crate) fn assemble(
    files: Vec<FileRows>,
    mut unused: Vec<Unused>,
    options: &ReadOptions,
) -> Result<Corpus, TabularError> {
    let mut inputs = Vec::with_capacity(files.len());
    let mut remarks = Vec::new();
    let mut misnamed = Vec::new();
    let mut drafts = Vec::with_capacity(files.iter().map(|file| file.drafts.len()).sum());
    for file in files {
        inputs.push(file.input);
        remarks.extend(file.remarks);
        misnamed.extend(file.misnamed);
        unused.extend(file.unused);
        drafts.extend(file.drafts);
    }
    remarks.extend(taken(&drafts, options)?);
    remarks.extend(misnamed.first().zip(options.file_names.as_ref()).map(|(first, pattern)| {
        Remark::FileNames { files: misnamed.len(), pattern: pattern.to_string(), first: String::clone(first) }
    }));
    drafts.iter_mut().for_each(outlet_by_address);

    let mut keyed: Vec<(String, Draft)> = drafts
        .into_iter()
        .map(|draft| {
            let id = draft.id.clone();
            (id.unwrap_or_else(|| ArticleId::derive(&[&draft.article.text]).0), draft)
        })
        .collect();
    // Rows that give the id come before those for which it was derived.
    keyed.sort_by_cached_key(|(id, draft)| (id.clone(), draft.id.is_none(), canonical(draft)));

    let mut taken: BTreeMap<String, Place> = BTreeMap::new();
    let mut copies: BTreeMap<String, u64> = BTreeMap::new();
    let mut articles: Vec<Article> = Vec::with_capacity(keyed.len());
    let mut empty: Vec<Place> = Vec::new();
    for (id, draft) in keyed {
        let id = if draft.id.is_some() {
            id
        } else {
            let copy = copies.entry(id.clone()).or_default();
            *copy += 1;
            if *copy == 1 { id } else { format!("{id}-{copy}") }
        };
        let place = Place { article: articles.len(), line: draft.line };
        if let Some(first) = taken.get(&id) {
            let holder = &articles[first.article];
            let first = name(holder, first.line);
            if holder.text != draft.article.text {
                let second = name(&draft.article, draft.line);
                return Err(TabularError::SameId { id, first, second });
            }
            unused.push(Unused {
                file: draft.article.file.unwrap_or_else(|| "-".into()),
                line: draft.line,
                id: Some(id),
                cause: Cause::Repeated { first },
            });
            continue;
        }
        taken.insert(id.clone(), place);
        let mut article = draft.article;
        article.id = ArticleId(id);
        if article.is_blank() {
            empty.push(place);
        }
        articles.push(article);
    }

    unused.extend(empty.into_iter().map(|place| {
        let article = &articles[place.article];
        Unused {
            file: article.file.clone().unwrap_or_else(|| "-".into()),
            line: place.line,
            id: Some(article.id.0.clone()),
            cause: Cause::EmptyText,
        }
    }));
    unused.sort_by_cached_key(|row| (row.file.clone(), row.line, row.id.clone(), row.cause.to_string()));
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Corpus { articles, inputs, unused_rows: unused, remarks })
}

/// The outlet of an article that does not say it: the domain of its address.
fn outlet_by_address(draft: &mut Draft) {
    let article = &mut draft.article;
    if article.source.is_none() {
        article.source = article.url.as_deref().and_then(domain);
        article.source_from = article.source.as_ref().map(|_| SourceFrom::Url);
    }
}

/// Columns that were taken for a field by another name, each once.
fn taken(drafts: &[Draft], options: &ReadOptions) -> Result<Vec<Remark>, TabularError> {
    let mut counts: BTreeMap<&Taken, (usize, &str)> = BTreeMap::new();
    for draft in drafts {
        let file = draft.article.file.as_deref().unwrap_or("-");
        draft.taken.iter().for_each(|taken| counts.entry(taken).or_insert((0, file)).0 += 1);
    }
    let renamed = options.columns.iter().filter(|(field, column)| field.name() != column.as_str());
    if let Some(first) = drafts.first() {
        for (&field, column) in renamed {
            if !counts.keys().any(|taken| taken.said && taken.field == field) {
                let columns = first.article.extra.keys().cloned().collect();
                return Err(TabularError::NoColumn { field, column: column.clone(), columns });
            }
        }
    }
    let other_names = counts.into_iter().filter(|(taken, _)| !taken.said);
    Ok(other_names
        .map(|(taken, (rows, file))| Remark::ColumnTaken {
            field: taken.field,
            column: taken.column.clone(),
            rows,
            file: file.to_owned(),
        })
        .collect())
}

#[derive(Clone, Copy)]
struct Place {
    article: usize,
    line: Option<u64>,
}

fn name(article: &Article, line: Option<u64>) -> String {
    at(Path::new(article.file.as_deref().unwrap_or("-")), line)
}

type Canonical = ([Option<String>; 5], String, Option<String>, Option<u64>);

fn canonical(draft: &Draft) -> Canonical {
    let Article { source, published, url, title, lang, extra, file, .. } = &draft.article;
    let known = [source, published, url, title, lang].map(Clone::clone);
    (known, Value::Object(extra.clone()).to_string(), file.clone(), draft.line)
}
