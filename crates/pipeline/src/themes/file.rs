//! The themes file: names, joins, divisions and pinned themes that later runs honour.
//!
//! A theme is named by its label or id, and by texts that belong to it (`like`), since labels and ids change
//! with the texts of a collection and what a theme is about does not.

use std::collections::BTreeMap;

use ndarray::{Array2, Axis};
use serde::Deserialize;
use throughline_clustering::themes::{Anchored, Edit, Themes};
use throughline_embedding::Encoder;
use throughline_schema::ThemeId;
use toml::Spanned;

use crate::error::ThemesFileCause;
use crate::{PipelineError, Units, Warning};

/// Cosine below which a text that is not of this collection says nothing about its themes.
const ALIKE: f32 = 0.5;

/// A themes file that was read.
#[derive(Clone, Debug)]
pub struct ThemesFile {
    /// Its name, for messages and the manifest.
    pub name: String,
    /// Its text.
    pub text: String,
    entries: Vec<(usize, Entry)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rename: Vec<Spanned<Rename>>,
    #[serde(default)]
    merge: Vec<Spanned<Merge>>,
    #[serde(default)]
    split: Vec<Spanned<Split>>,
    #[serde(default)]
    pin: Vec<Spanned<Part>>,
}

#[derive(Clone, Debug)]
enum Entry {
    Rename(Rename),
    Merge(Merge),
    Split(Split),
    Pin(Part),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rename {
    theme: Reference,
    to: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Merge {
    themes: Vec<Reference>,
    to: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Split {
    theme: Reference,
    #[serde(default)]
    into: Vec<Part>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    label: String,
    like: Vec<String>,
}

/// A theme of the collection: a label or an id, and texts or row ids of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Reference {
    Name(String),
    Both(Both),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    theme: Option<String>,
    #[serde(default)]
    like: Vec<String>,
}

impl Reference {
    fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Both(both) => both.theme.as_deref(),
        }
    }

    fn like(&self) -> &[String] {
        match self {
            Self::Name(_) => &[],
            Self::Both(both) => &both.like,
        }
    }
}

impl Entry {
    fn kind(&self) -> &'static str {
        match self {
            Self::Rename(_) => "rename",
            Self::Merge(_) => "merge",
            Self::Split(_) => "split",
            Self::Pin(_) => "pin",
        }
    }

    fn references(&self) -> Vec<&Reference> {
        match self {
            Self::Rename(entry) => vec![&entry.theme],
            Self::Merge(entry) => entry.themes.iter().collect(),
            Self::Split(entry) => vec![&entry.theme],
            Self::Pin(_) => Vec::new(),
        }
    }

    fn parts(&self) -> &[Part] {
        match self {
            Self::Split(entry) => &entry.into,
            Self::Pin(part) => std::slice::from_ref(part),
            _ => &[],
        }
    }

    /// What is wrong with it, whatever the collection.
    fn cause(&self) -> Option<ThemesFileCause> {
        let nameless = self.references().iter().any(|r| r.name().is_none() && r.like().is_empty());
        let empty = self.parts().iter().any(|part| part.like.is_empty());
        match self {
            _ if nameless => Some(ThemesFileCause::Nameless),
            _ if empty => Some(ThemesFileCause::NoLike),
            Self::Merge(entry) if entry.themes.len() < 2 => Some(ThemesFileCause::NothingToJoin),
            Self::Split(entry) if entry.into.len() == 1 => Some(ThemesFileCause::OnePart),
            _ => None,
        }
    }
}

/// What a file asks for of one collection.
#[derive(Default)]
pub(crate) struct Changes {
    /// The changes.
    pub(crate) edits: Vec<Edit>,
    /// Where each of them stands in the file.
    pub(crate) places: Vec<String>,
    /// What no longer applies.
    pub(crate) warnings: Vec<Warning>,
}

/// Themes of a collection, with the id of each node.
pub(crate) struct Named<'t> {
    pub(crate) themes: &'t Themes,
    pub(crate) ids: &'t [ThemeId],
}

impl ThemesFile {
    /// Reads the text of a themes file.
    ///
    /// # Errors
    /// [`PipelineError::ThemesFile`] with the line of what is wrong.
    pub fn read(name: &str, text: &str) -> Result<Self, PipelineError> {
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let wrong = |line, cause| PipelineError::ThemesFile { name: name.to_owned(), line, cause };
        let file: File = toml::from_str(text).map_err(|e| {
            wrong(
                e.span().map_or(1, |span| line_of(span.start)),
                ThemesFileCause::Form(e.message().to_owned()),
            )
        })?;
        let mut entries = Vec::new();
        let mut take = |at: usize, entry: Entry| entries.push((line_of(at), entry));
        file.pin.into_iter().for_each(|e| take(e.span().start, Entry::Pin(e.into_inner())));
        file.split.into_iter().for_each(|e| take(e.span().start, Entry::Split(e.into_inner())));
        file.merge.into_iter().for_each(|e| take(e.span().start, Entry::Merge(e.into_inner())));
        file.rename.into_iter().for_each(|e| take(e.span().start, Entry::Rename(e.into_inner())));
        if let Some((line, cause)) = entries.iter().find_map(|(line, e)| Some((*line, e.cause()?))) {
            return Err(wrong(line, cause));
        }
        Ok(Self { name: name.to_owned(), text: text.to_owned(), entries })
    }

    /// The changes for the themes of one collection.
    pub(crate) fn edits(
        &self,
        found: &Named<'_>,
        units: &Units,
        encoder: &dyn Encoder,
    ) -> Result<Changes, PipelineError> {
        let anchors = Anchors::new(&self.entries, units, encoder)?;
        let mut changes = Changes::default();
        for (line, entry) in &self.entries {
            let place = format!("{} line {line} ({})", self.name, entry.kind());
            let mut lost = |r: &Reference| {
                let what = r.name().or(r.like().first().map(String::as_str)).unwrap_or_default();
                changes.warnings.push(Warning::LostTheme { place: place.clone(), theme: what.to_owned() });
            };
            let mut node = |r: &Reference| {
                let at = named(found, r).or_else(|| anchors.theme(found, r.like()));
                if at.is_none() {
                    lost(r);
                }
                at
            };
            let edit = match entry {
                Entry::Rename(entry) => {
                    node(&entry.theme).map(|theme| Edit::Rename { theme, label: entry.to.clone() })
                }
                Entry::Merge(entry) => {
                    let mut themes: Vec<u32> = entry.themes.iter().filter_map(&mut node).collect();
                    themes.sort_unstable();
                    themes.dedup();
                    match (themes.as_slice(), &entry.to) {
                        ([], _) | ([_], None) => None,
                        // They have become one already.
                        ([theme], Some(to)) => Some(Edit::Rename { theme: *theme, label: to.clone() }),
                        _ => Some(Edit::Merge { themes, label: entry.to.clone() }),
                    }
                }
                Entry::Split(entry) => node(&entry.theme).map(|theme| Edit::Split {
                    theme,
                    parts: entry.into.iter().map(|part| anchors.part(part)).collect(),
                }),
                Entry::Pin(part) => Some(Edit::Pin(anchors.part(part))),
            };
            if let Some(edit) = edit {
                changes.places.push(place);
                changes.edits.push(edit);
            }
        }
        Ok(changes)
    }
}

/// The top-level theme with this id or label.
fn named(found: &Named<'_>, reference: &Reference) -> Option<u32> {
    let name = reference.name()?;
    let top = found.themes.nodes.iter().zip(found.ids).enumerate().filter(|(_, (node, _))| node.level == 0);
    let is = |label: &str| label.to_lowercase() == name.to_lowercase();
    top.into_iter().find(|(_, (node, id))| id.0 == name || is(&node.label)).map(|(at, _)| at as u32)
}

/// Vectors of all texts that the file names.
struct Anchors {
    vectors: BTreeMap<String, Vec<f32>>,
    /// Those of the rows, in the same space.
    of_rows: Array2<f32>,
}

impl Anchors {
    fn new(entries: &[(usize, Entry)], units: &Units, encoder: &dyn Encoder) -> Result<Self, PipelineError> {
        let mut vectors = BTreeMap::new();
        let (of_rows, _) = units.theme_vectors();
        let mut texts: Vec<&str> = Vec::new();
        for (_, entry) in entries {
            let references = entry.references();
            let like = references.iter().flat_map(|r| r.like());
            for text in like.chain(entry.parts().iter().flat_map(|part| &part.like)) {
                match units.ids.iter().position(|id| id == text) {
                    Some(row) => {
                        vectors.insert(text.clone(), of_rows.row(row).to_vec());
                    }
                    None => texts.push(text),
                }
            }
        }
        texts.sort_unstable();
        texts.dedup();
        let made = units.anchors(&texts, encoder)?;
        for (text, vector) in texts.into_iter().zip(made.axis_iter(Axis(0))) {
            vectors.insert(text.to_owned(), vector.to_vec());
        }
        Ok(Self { vectors, of_rows: of_rows.into_owned() })
    }

    /// The theme that has the rows most like these texts.
    fn theme(&self, found: &Named<'_>, like: &[String]) -> Option<u32> {
        let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
        for vector in like.iter().filter_map(|text| self.vectors.get(text)) {
            let cosines = self.of_rows.dot(&ndarray::ArrayView1::from(vector));
            let nearest = cosines.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
            if let Some((row, cosine)) = nearest
                && *cosine >= ALIKE
                && let Some(theme) = found.themes.rows[row].theme
            {
                *votes.entry(theme).or_default() += 1;
            }
        }
        votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(theme, _)| theme)
    }

    fn part(&self, part: &Part) -> Anchored {
        let rows: Vec<&Vec<f32>> = part.like.iter().filter_map(|text| self.vectors.get(text)).collect();
        let width = rows.first().map_or(0, |row| row.len());
        let anchors = Array2::from_shape_fn((rows.len(), width), |(i, j)| rows[i][j]);
        Anchored { label: part.label.clone(), anchors }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        ThemesFile::read("themes.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        assert!(
            wrong("[[rename]]\ntheme = \"a\"\n").starts_with("themes.toml line 1: "),
            "{}",
            wrong("[[rename]]\ntheme = \"a\"\n")
        );
        assert!(wrong("\n[[merge]]\nthemes = [\"a\"]\n").contains("line 2: there is nothing to join"));
        assert!(wrong("[[pin]]\nlabel = \"x\"\nlike = []\n").contains("'like' is empty"));
        assert!(wrong("[[rename]]\ntheme = {}\nto = \"b\"\n").contains("a theme needs a name"));
        assert!(wrong("[[renam]]\n").contains("line 1"));
    }

    #[test]
    fn every_form_is_read() {
        let text = r#"
            [[rename]]
            theme = { theme = "oil", like = ["Oil fell."] }
            to = "Oil prices"
            [[merge]]
            themes = ["a", { like = ["b"] }]
            [[split]]
            theme = "china"
            [[pin]]
            label = "Nuclear plant"
            like = ["A plant will be built."]
        "#;
        let read = ThemesFile::read("themes.toml", text).unwrap();
        let kinds: Vec<_> = read.entries.iter().map(|(line, entry)| (*line, entry.kind())).collect();
        assert_eq!(kinds, [(9, "pin"), (7, "split"), (5, "merge"), (2, "rename")]);
    }
}
