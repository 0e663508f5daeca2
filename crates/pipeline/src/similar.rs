//! The statements of a run that are nearest to a query.

use std::collections::HashMap;

use ndarray::{Array2, ArrayView1};
use throughline_embedding::Encoder;
use throughline_schema::Unit;
use throughline_schema::tables::{ArticleRow, SimilarRow, StatementRow, VectorRow};
use throughline_tabular::Run;
use throughline_tokenisation::UNDETERMINED;

use crate::PipelineError;
use crate::row_languages::row_languages;
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
    let statements: HashMap<String, StatementRow> = run
        .read::<StatementRow>()?
        .into_iter()
        .filter_map(|row| Some((row.statement_id.clone()?.0, row)))
        .collect();
    let vectors: Vec<VectorRow> =
        run.read::<VectorRow>()?.into_iter().filter(|row| row.unit == Unit::Statement).collect();
    let language = |row: &VectorRow| statements.get(&row.id).and_then(|statement| statement.lang.as_deref());
    let languages: Vec<&str> = vectors.iter().map(|row| language(row).unwrap_or(UNDETERMINED)).collect();
    let text = |row: &VectorRow| statements.get(&row.id).and_then(|statement| statement.text.as_deref());
    let texts: Vec<&str> = vectors.iter().map(|row| text(row).unwrap_or_default()).collect();
    let cosines = cosines(query, &vectors, &texts, &languages, encoder)?;
    let mut ranked: Vec<(f32, VectorRow)> = cosines
        .into_iter()
        .zip(vectors)
        .filter_map(|(cosine, row)| Some((cosine?, row)))
        .filter(|(_, row)| selection.is_none_or(|selection| selection.has(&row.id)))
        .collect();
    ranked.sort_by(|(x, a), (y, b)| y.total_cmp(x).then_with(|| a.id.cmp(&b.id)));
    ranked.truncate(k);

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

/// The cosine of each statement to the query, none for one without a vector. Vectors of a model whose languages have corners
/// of their own are taken without what the languages have in common.
fn cosines(
    query: &str,
    rows: &[VectorRow],
    texts: &[&str],
    languages: &[&str],
    encoder: &dyn Encoder,
) -> Result<Vec<Option<f32>>, PipelineError> {
    let asked = encoder.encode(&[query], &|_| {})?.vectors;
    let dot = |x: ArrayView1<f32>, y: ArrayView1<f32>| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
    let Some(space) = encoder.space() else {
        let cosine = |row: &VectorRow| Some(dot(ArrayView1::from(row.vector.as_ref()?), asked.row(0)));
        return Ok(rows.iter().map(cosine).collect());
    };
    let mut all = Array2::zeros((rows.len() + 1, asked.ncols()));
    all.row_mut(rows.len()).assign(&asked.row(0));
    for (mut place, row) in all.rows_mut().into_iter().zip(rows) {
        if let Some(vector) = &row.vector {
            place.assign(&ArrayView1::from(vector));
        }
    }
    // The query is short: it is in the language that most statements of its alphabet have.
    let texts: Vec<&str> = texts.iter().copied().chain([query]).collect();
    let tags: Vec<&str> = languages.iter().copied().chain([UNDETERMINED]).collect();
    let langs = row_languages(&texts, &tags);
    let all = space.centred(all.view(), &langs);
    let asked = all.row(rows.len());
    let cosine = |(place, row): (ArrayView1<f32>, &VectorRow)| row.vector.as_ref().map(|_| dot(place, asked));
    Ok(all.rows().into_iter().zip(rows).map(cosine).collect())
}
