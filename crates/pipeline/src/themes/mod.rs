//! Themes of rows, their hierarchy, and how much of each article they fill.

mod file;
mod over;
mod timeline;
mod truecasing;

pub use file::ThemesFile;
pub use over::Over;

use std::borrow::Cow;
use std::collections::BTreeMap;

use throughline_clustering::themes::{ThemeInput, Themes, ValidThemeParams, edit, themes};
use throughline_embedding::Encoder;
use throughline_schema::tables::{ArticleThemeRow, ThemeMemberRow, ThemeRow};
use throughline_schema::{Article, Statement, ThemeId, Unit};

use crate::progress::{Reporter, Stage};
use crate::{PipelineError, Texts, Units, Warning};
use file::{Changes, Named};

/// Stability below which a theme is one of several ways to cut the same texts.
const DOUBTFUL: f32 = throughline_clustering::weights::theme::DOUBTFUL;
const UNSTABLE: &str = "not stable: other themes come out where some rows are left out";

/// Themes with their ids.
pub struct FoundThemes {
    /// Nodes of the hierarchy and the place of every row.
    pub themes: Themes,
    /// Id of each node, derived from its members.
    pub ids: Vec<ThemeId>,
}

impl FoundThemes {
    /// Finds themes among `units`, or where these are statements `over` their articles; `group` is the near-duplicate group
    /// of each row, `texts` what `articles` were taken apart into.
    pub fn find(
        units: &Units,
        group: &[u32],
        over: Option<&Over>,
        articles: &[Article],
        texts: &Texts,
        params: &ValidThemeParams,
        reporter: &dyn Reporter,
    ) -> Self {
        let _stage = Stage::begin(reporter, "themes", None);
        let found = with_input(units, group, articles, |input| match over {
            None => themes(input, params),
            Some(over) => over.themes(input, units, params),
        });
        Self::named(found, units, articles, texts)
    }

    /// Makes the changes of a themes file; gives what no longer applies. The other arguments are those of
    /// [`FoundThemes::find`].
    ///
    /// # Errors
    /// The model fails on a text of the file.
    pub fn edited(
        self,
        file: &ThemesFile,
        units: &Units,
        group: &[u32],
        articles: &[Article],
        texts: &Texts,
        encoder: &dyn Encoder,
    ) -> Result<(Self, Vec<Warning>), PipelineError> {
        let Changes { edits, places, mut warnings } =
            file.edits(&Named { themes: &self.themes, ids: &self.ids }, units, encoder)?;
        let edited = with_input(units, group, articles, |input| edit(input, self.themes, &edits));
        let idle = places.iter().zip(&edited.applied).filter(|(_, applied)| !**applied);
        warnings.extend(idle.map(|(place, _)| Warning::NothingToChange { place: place.clone() }));
        let mut found = Self::named(edited.themes, units, articles, texts);
        for (node, name) in edited.named {
            for other in &mut found.themes.nodes {
                if other.label.to_lowercase() == name.to_lowercase() {
                    let next = other.terms.iter().find(|term| !other.label.contains(*term));
                    other.label = format!("{}, {}", other.label, next.map_or("other", String::as_str));
                }
            }
            found.themes.nodes[node as usize].label = name;
        }
        Ok((found, warnings))
    }

    /// Gives themes their ids, and labels the form that the texts use.
    fn named(mut themes: Themes, units: &Units, articles: &[Article], texts: &Texts) -> Self {
        let statements: Vec<&Statement> = match units.unit {
            Unit::Statement => texts.statements().collect(),
            Unit::Article => Vec::new(),
        };
        truecasing::restore(&mut themes, |row| match statements.get(row) {
            Some(statement) => Cow::Borrowed(statement.text.as_str()),
            None => {
                let article = units.article[row] as usize;
                texts.readable(&articles[article], article)
            }
        });
        let ids = themes
            .nodes
            .iter()
            .map(|node| {
                let level = node.level.to_string();
                let members = node.members.iter().map(|&row| units.ids[row as usize].as_str());
                ThemeId::derive(&[level.as_str()].into_iter().chain(members).collect::<Vec<_>>())
            })
            .collect();
        Self { themes, ids }
    }

    /// The table `themes`.
    pub fn rows(&self, units: &Units) -> Vec<ThemeRow> {
        let nodes = self.themes.nodes.iter().zip(&self.ids);
        let mut rows: Vec<ThemeRow> = nodes
            .map(|(node, id)| ThemeRow {
                theme_id: id.clone(),
                parent_id: node.parent.map(|p| self.ids[p as usize].clone()),
                level: node.level,
                label: node.label.clone(),
                terms: node.terms.clone(),
                size: node.members.len() as u64,
                representative_ids: node
                    .representatives
                    .iter()
                    .map(|&r| units.ids[r as usize].clone())
                    .collect(),
                cohesion: node.cohesion,
                separation: node.separation,
                stability: node.stability,
                note: node.stability.filter(|s| *s < DOUBTFUL).map(|_| UNSTABLE.to_owned()),
            })
            .collect();
        rows.sort_by(|a, b| {
            (a.level, std::cmp::Reverse(a.size), &a.theme_id).cmp(&(
                b.level,
                std::cmp::Reverse(b.size),
                &b.theme_id,
            ))
        });
        rows
    }

    /// The table of rows with their themes.
    pub fn member_rows(&self, units: &Units) -> Vec<ThemeMemberRow> {
        let name = |node: u32| self.ids[node as usize].clone();
        let placed = units.ids.iter().zip(&self.themes.rows).map(|(id, row)| ThemeMemberRow {
            id: id.clone(),
            theme_id: row.theme.map(name),
            nearest_theme_id: row.nearest.map(name),
            strength: row.strength,
            path: row.path.iter().map(|&node| name(node)).collect(),
            reason: row.reason.map(|reason| reason.as_str().to_owned()),
        });
        let absent = units.missing.iter().map(|(id, reason)| ThemeMemberRow {
            id: id.clone(),
            theme_id: None,
            nearest_theme_id: None,
            strength: 0.0,
            path: Vec::new(),
            reason: Some(reason.clone()),
        });
        let mut rows: Vec<ThemeMemberRow> = placed.chain(absent).collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        rows
    }

    /// The table `article_themes`, of themes found among statements.
    pub fn article_rows(
        &self,
        units: &Units,
        statements: &[&Statement],
        articles: &[Article],
        reasons: &[Option<String>],
    ) -> Vec<ArticleThemeRow> {
        let mut of_article: Vec<BTreeMap<Option<u32>, (u64, u64)>> = vec![BTreeMap::new(); articles.len()];
        for (i, statement) in statements.iter().enumerate() {
            let characters = (statement.span.char_end - statement.span.char_start) as u64;
            let entry = of_article[units.article[i] as usize].entry(self.themes.rows[i].theme).or_default();
            entry.0 += characters;
            entry.1 += 1;
        }
        let mut rows = Vec::new();
        for (index, article) in articles.iter().enumerate() {
            let all: u64 = of_article[index].values().map(|(characters, _)| characters).sum();
            let row = |theme_id, share, statements, reason| ArticleThemeRow {
                article_id: article.id.clone(),
                theme_id,
                share,
                statements,
                reason,
            };
            if all == 0 {
                rows.push(row(None, 0.0, 0, reasons[index].clone()));
                continue;
            }
            let mut shares: Vec<_> = of_article[index].iter().collect();
            shares.sort_by_key(|(theme, (characters, _))| (std::cmp::Reverse(*characters), **theme));
            rows.extend(shares.into_iter().map(|(theme, (characters, count))| {
                let reason = theme.is_none().then(|| "statements that fit no theme".to_owned());
                row(
                    theme.map(|t| self.ids[t as usize].clone()),
                    *characters as f32 / all as f32,
                    *count,
                    reason,
                )
            }));
        }
        rows
    }
}

/// What clustering takes, for as long as `work` needs it.
fn with_input<T>(
    units: &Units,
    group: &[u32],
    articles: &[Article],
    work: impl FnOnce(&ThemeInput) -> T,
) -> T {
    let outlet = outlets(units, articles);
    let phrases: Vec<&[String]> = units.features.iter().map(|f| f.phrases.as_slice()).collect();
    let stems = stems(units);
    let (vectors, scale) = units.theme_vectors();
    let input = ThemeInput::new(vectors.view(), group, &phrases, Some(&outlet))
        .and_then(|input| input.with_terms(&stems))
        .expect("every unit has a vector, a group, phrases, an outlet and stems");
    work(&input.on_scale(scale))
}

/// The stems of every row.
fn stems(units: &Units) -> Vec<&[u32]> {
    units.features.iter().map(|features| features.stems.as_slice()).collect()
}

/// A number for each row's outlet; an article that names none is an outlet of its own.
fn outlets(units: &Units, articles: &[Article]) -> Vec<u32> {
    let mut known: BTreeMap<&str, u32> = BTreeMap::new();
    let mut next = 0;
    let of_article: Vec<u32> = articles
        .iter()
        .map(|article| {
            let mut fresh = || {
                next += 1;
                next - 1
            };
            match article.source.as_deref() {
                Some(source) => *known.entry(source).or_insert_with(fresh),
                None => fresh(),
            }
        })
        .collect();
    units.article.iter().map(|&a| of_article[a as usize]).collect()
}
