//! Gold data: a folder of files in JSON lines, as `throughline evaluate` reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::Value;
use throughline_schema::{Article, ArticleId};
use throughline_tabular::{FieldRow, read_fields};

/// A folder of gold data.
pub struct Gold {
    folder: PathBuf,
    /// Only so many rows of each file, for a quick look.
    limit: usize,
}

/// Pairs of texts with their grades, in the order of their ids.
pub struct Pairs {
    /// Two articles a pair, one after the other.
    pub articles: Vec<Article>,
    /// From 0, different, to 1, the highest grade of the file.
    pub grades: Vec<f64>,
}

/// Rows of a file with the name of the group that each belongs to, index-aligned.
#[derive(Clone)]
pub struct Groups {
    /// In the order of their ids.
    pub articles: Vec<Article>,
    /// Events, claims or topics.
    pub names: Vec<String>,
}

impl Gold {
    /// The folder, and how many rows of each file are read.
    pub fn new(folder: &Path, limit: Option<usize>) -> Self {
        Self { folder: folder.to_owned(), limit: limit.unwrap_or(usize::MAX) }
    }

    /// The rows of a file, in their order.
    ///
    /// # Errors
    /// It is not there, or a row of it can't be read.
    pub fn rows(&self, name: &str) -> anyhow::Result<Vec<FieldRow>> {
        let path = self.path(name);
        if !path.is_file() {
            bail!("{} is missing: this fit needs it", path.display());
        }
        let mut rows = read_fields(&path, std::io::empty())?;
        rows.truncate(self.limit);
        Ok(rows)
    }

    /// Pairs of texts: `a`, `b`, and `gold`, 0 or 1 or a grade.
    ///
    /// # Errors
    /// The file is missing or a row is not of this form.
    pub fn pairs(&self, name: &str) -> anyhow::Result<Pairs> {
        let mut pairs = Pairs { articles: Vec::new(), grades: Vec::new() };
        for row in self.rows(name)? {
            let at = || format!("{}, row {}", self.path(name).display(), row.line);
            let grade =
                row.fields.get("gold").and_then(|gold| gold.as_f64().or(gold.as_bool().map(f64::from)));
            pairs.grades.push(grade.with_context(|| format!("{}: `gold` is no number", at()))?);
            for side in ["a", "b"] {
                let id = format!("{:09}-{side}", row.line);
                pairs.articles.push(article(&row, id, side).with_context(at)?);
            }
        }
        let highest = pairs.grades.iter().copied().fold(1.0, f64::max);
        pairs.grades.iter_mut().for_each(|grade| *grade /= highest);
        Ok(pairs)
    }

    /// Texts with the name of their group: `id`, `text`, `gold`.
    ///
    /// # Errors
    /// The file is missing or a row is not of this form.
    pub fn groups(&self, name: &str) -> anyhow::Result<Groups> {
        let mut read: BTreeMap<String, (Article, String)> = BTreeMap::new();
        for mut row in self.rows(name)? {
            let at = || format!("{}, row {}", self.path(name).display(), row.line);
            let id = row.clone().take_text("id").with_context(|| format!("{}: no `id`", at()))?;
            let article = article(&row, id.clone(), "text").with_context(at)?;
            let line = row.line;
            let group = row.take_text("gold").with_context(|| format!("row {line} of {name}: no `gold`"))?;
            if read.insert(id, (article, group)).is_some() {
                bail!("row {line} of {name} has the id of another row");
            }
        }
        let (articles, names) = read.into_values().unzip();
        Ok(Groups { articles, names })
    }

    /// Articles: `id`, `text`, and what else they have.
    ///
    /// # Errors
    /// The file is missing or a row is not of this form.
    pub fn articles(&self, name: &str) -> anyhow::Result<Vec<Article>> {
        let read: anyhow::Result<Vec<Article>> = self
            .rows(name)?
            .iter()
            .map(|row| {
                article(row, format!("{:09}", row.line), "text")
                    .with_context(|| self.path(name).display().to_string())
            })
            .collect();
        Ok(read?.into_iter().filter(|article| !article.text.trim().is_empty()).collect())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.jsonl"))
    }
}

impl Groups {
    /// A sample with one to `most` texts of each group: a collection with few texts an event.
    pub fn with_few_texts(&self, most: usize) -> Self {
        let order: BTreeSet<&String> = self.names.iter().collect();
        let place: BTreeMap<&String, usize> = order.into_iter().zip(0..).collect();
        let mut taken = vec![0; place.len()];
        let keep = |name: &String| {
            let group = place[name];
            taken[group] += 1;
            taken[group] <= 1 + group % most
        };
        let kept: Vec<bool> = self.names.iter().map(keep).collect();
        fn of<T: Clone>(all: &[T], kept: &[bool]) -> Vec<T> {
            all.iter().zip(kept).filter(|(_, kept)| **kept).map(|(one, _)| one.clone()).collect()
        }
        Self { articles: of(&self.articles, &kept), names: of(&self.names, &kept) }
    }
}

/// The article whose text stands in the field `text`.
fn article(row: &FieldRow, id: String, text: &str) -> anyhow::Result<Article> {
    let Some(Value::String(said)) = row.fields.get(text) else { bail!("`{text}` is no text") };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(lines: &str) -> (tempfile::TempDir, Gold) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("set.jsonl"), lines).unwrap();
        let gold = Gold::new(folder.path(), None);
        (folder, gold)
    }

    #[test]
    fn grades_are_shares_of_the_highest() {
        let (_folder, gold) = folder(
            "{\"a\": \"x\", \"b\": \"y\", \"gold\": 3}\n{\"a\": \"x\", \"b\": \"z\", \"gold\": 1.5}\n",
        );
        let pairs = gold.pairs("set").unwrap();
        assert_eq!(pairs.grades, [1.0, 0.5]);
        assert_eq!(pairs.articles.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), ["x", "y", "x", "z"]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_row() {
        let (_folder, gold) =
            folder("{\"a\": \"x\", \"b\": \"y\", \"gold\": 1}\n{\"a\": \"x\", \"gold\": 1}\n");
        let error = format!("{:#}", gold.pairs("set").err().unwrap());
        assert!(error.contains("row 2") && error.contains("`b` is no text"), "{error}");
        assert!(gold.pairs("other").err().unwrap().to_string().contains("other.jsonl is missing"));
    }

    #[test]
    fn a_sample_has_few_texts_a_group() {
        let rows: String = (0..60)
            .map(|i| format!("{{\"id\": \"{i:02}\", \"text\": \"t {i}\", \"gold\": \"g{}\"}}\n", i % 6))
            .collect();
        let (_folder, gold) = folder(&rows);
        let all = gold.groups("set").unwrap();
        let few = all.with_few_texts(3);
        let mut sizes: BTreeMap<&String, usize> = BTreeMap::new();
        few.names.iter().for_each(|name| *sizes.entry(name).or_default() += 1);
        assert_eq!((all.names.len(), sizes.into_values().collect::<Vec<_>>()), (60, vec![1, 2, 3, 1, 2, 3]));
    }
}
