//! The statements of a run that are nearest to a query.

use std::collections::HashMap;

use throughline_embedding::Encoder;
use throughline_schema::Unit;
use throughline_schema::tables::{ArticleRow, SimilarRow, StatementRow, VectorRow};
use throughline_tabular::Run;

use crate::PipelineError;
use crate::selection::Selection;

/// The `k` statements of `run` with the highest cosine to `query`, ties by statement id; of those in `selection` where
/// one is given.
///
/// # Errors
/// A query without a word, a run made by another model than `encoder`'s, or a table that can't be read.
pub fn similar(
    run: &Run,
    query: &str,
    k: usize,
    selection: Option<&Selection>,
    encoder: &dyn Encoder,
) -> Result<Vec<SimilarRow>, PipelineError> {
    if !query.chars().any(char::is_alphanumeric) {
        return Err(PipelineError::NoWord);
    }
    let (made, given) = (&run.manifest.model, encoder.stamp());
    if made.sha256 != given.sha256 {
        let show = |name: &str, hash: &str| format!("{name} ({})", &hash[..hash.len().min(12)]);
        return Err(PipelineError::OtherModel {
            made: show(&made.name, &made.sha256),
            given: show(&given.name, &given.sha256),
        });
    }
    let asked = encoder.encode(&[query], &|_| {})?;
    let asked = asked.vectors.row(0);
    let mut ranked: Vec<(f32, VectorRow)> = run
        .read::<VectorRow>()?
        .into_iter()
        .filter(|row| row.unit == Unit::Statement && selection.is_none_or(|selection| selection.has(&row.id)))
        .filter_map(|row| {
            let vector = row.vector.as_ref()?;
            let cosine = vector.iter().zip(&asked).map(|(x, y)| x * y).sum();
            Some((cosine, row))
        })
        .collect();
    ranked.sort_by(|(x, a), (y, b)| y.total_cmp(x).then_with(|| a.id.cmp(&b.id)));
    ranked.truncate(k);

    let statements: HashMap<String, StatementRow> = run
        .read::<StatementRow>()?
        .into_iter()
        .filter_map(|row| Some((row.statement_id.clone()?.0, row)))
        .collect();
    let articles: HashMap<String, ArticleRow> =
        run.read::<ArticleRow>()?.into_iter().map(|row| (row.article_id.0.clone(), row)).collect();
    let lost = |id: &str| PipelineError::Inconsistent(format!("nothing is known of '{id}'"));
    ranked
        .into_iter()
        .enumerate()
        .map(|(place, (score, vector))| {
            let statement = statements.get(&vector.id).ok_or_else(|| lost(&vector.id))?;
            let article = articles
                .get(statement.article_id.as_str())
                .ok_or_else(|| lost(statement.article_id.as_str()))?;
            Ok(SimilarRow {
                rank: place as u32 + 1,
                statement_id: statement.statement_id.clone().ok_or_else(|| lost(&vector.id))?,
                article_id: statement.article_id.clone(),
                score,
                text: statement.text.clone().unwrap_or_default(),
                title: article.title.clone(),
                source: article.source.clone(),
                published: article.published.clone(),
                char_start: statement.char_start.unwrap_or_default(),
                char_end: statement.char_end.unwrap_or_default(),
            })
        })
        .collect()
}
