//! A run's statements on a map, as one table that other programs draw.

use std::collections::HashMap;

use ndarray::Array2;
use throughline_clustering::layout::layout;
use throughline_clustering::neighbours::nearest;
use throughline_schema::tables::{
    ArticleRow, MapRow, NearRows, QuoteRow, StatementRow, ThemeMemberRow, ThemeRow, VectorRow,
};
use throughline_schema::{ThemeId, Unit};
use throughline_tabular::Run;

use crate::PipelineError;
use crate::progress::{Reporter, Stage};

/// Neighbours that a row lists.
const NEIGHBOURS: usize = 10;

/// The table `map`, in the order of the run's statements. Laid out with the run's seed: the same each time.
///
/// # Errors
/// A table of the run is missing or damaged.
pub fn map(run: &Run, reporter: &dyn Reporter) -> Result<Vec<MapRow>, PipelineError> {
    let _stage = Stage::begin(reporter, "map", None);
    let (ids, vectors) = statement_vectors(run)?;
    let places = layout(vectors.view(), run.manifest.seed);
    let near = nearest(vectors.view(), NEIGHBOURS);
    let known = Known::read(run)?;
    let rows = ids.iter().enumerate().map(|(row, id)| {
        let neighbours = NearRows {
            ids: near.of(row).map(|(other, _)| u64::from(other)).collect(),
            distances: near.of(row).map(|(_, cosine)| (1.0 - cosine).max(0.0)).collect(),
        };
        known
            .row(id, [places[[row, 0]], places[[row, 1]]], neighbours)
            .ok_or_else(|| PipelineError::Inconsistent(format!("nothing is known of '{id}'")))
    });
    rows.collect()
}

/// The ids of the statements that have a vector, and the vectors (statements × dimensions).
///
/// # Errors
/// The run's vectors are missing or damaged.
pub(crate) fn statement_vectors(run: &Run) -> Result<(Vec<String>, Array2<f32>), PipelineError> {
    let (ids, vectors): (Vec<String>, Vec<Vec<f32>>) = run
        .read::<VectorRow>()?
        .into_iter()
        .filter(|row| row.unit == Unit::Statement)
        .filter_map(|row| Some((row.id, row.vector?)))
        .unzip();
    let dimensions = vectors.first().map_or(0, Vec::len);
    let matrix = Array2::from_shape_vec((vectors.len(), dimensions), vectors.concat())
        .map_err(|_| PipelineError::Inconsistent("its vectors differ in length".to_owned()))?;
    Ok((ids, matrix))
}

/// What the run's tables know of each statement, by its id.
struct Known {
    statements: HashMap<String, StatementRow>,
    articles: HashMap<String, ArticleRow>,
    themes: HashMap<String, ThemeMemberRow>,
    labels: HashMap<ThemeId, String>,
    speakers: HashMap<String, String>,
}

impl Known {
    fn read(run: &Run) -> Result<Self, PipelineError> {
        let statements = run.read::<StatementRow>()?;
        let articles = run.read::<ArticleRow>()?;
        let members = run.read::<ThemeMemberRow>()?;
        let mut speakers = HashMap::new();
        for quote in run.read::<QuoteRow>()? {
            let Some(speaker) = quote.speaker else { continue };
            for statement in quote.statement_ids {
                speakers.entry(statement.0).or_insert_with(|| speaker.clone());
            }
        }
        Ok(Self {
            statements: statements.into_iter().filter_map(|s| Some((s.statement_id.clone()?.0, s))).collect(),
            articles: articles.into_iter().map(|a| (a.article_id.0.clone(), a)).collect(),
            themes: members.into_iter().map(|member| (member.id.clone(), member)).collect(),
            labels: run.read::<ThemeRow>()?.into_iter().map(|theme| (theme.theme_id, theme.label)).collect(),
            speakers,
        })
    }

    fn row(&self, id: &str, [x, y]: [f32; 2], neighbours: NearRows) -> Option<MapRow> {
        let statement = self.statements.get(id)?;
        let article = self.articles.get(statement.article_id.as_str())?;
        let member = self.themes.get(id);
        let top = member.and_then(|member| member.path.first());
        Some(MapRow {
            statement_id: statement.statement_id.clone()?,
            article_id: statement.article_id.clone(),
            text: statement.text.clone()?,
            x,
            y,
            theme_id: member.and_then(|member| member.theme_id.clone()),
            theme: top.and_then(|theme| self.labels.get(theme).cloned()),
            speaker: self.speakers.get(id).cloned(),
            title: article.title.clone(),
            source: article.source.clone(),
            published: article.published.clone(),
            lang: statement.lang.clone()?,
            neighbours,
        })
    }
}
