//! Pairs of texts: scores against yes and no, or against grades.

use std::collections::BTreeMap;

use throughline_clustering::metrics::{
    average_precision, best_f1, brier, calibration, calibration_error, claimed, pearson, spearman,
};
use throughline_embedding::Encoder;
use throughline_schema::Task;
use throughline_schema::tables::CalibrationRow;

use super::evaluation::{Evaluation, Tools};
use super::gold::Gold;
use crate::duplicates::scored_pairs;
use crate::progress::Reporter;
use crate::units::embed_articles;
use crate::{PipelineError, Texts, Units};

/// Bins of the calibration table.
const BINS: usize = 10;
/// The decision line of a score.
const DECISION: f64 = throughline_clustering::weights::decision::LINE as f64;

/// The score of near-duplicates against gold: 1 or 0, or a grade. Grades from `positive_from` count as 1 in
/// the metrics that need yes and no.
///
/// # Errors
/// A row without its two texts or its label; the model fails.
pub fn pairs(gold: &Gold, positive_from: Option<f64>, tools: &Tools) -> Result<Evaluation, PipelineError> {
    let read = gold.pairs()?;
    let texts = Texts::read(&read.articles, tools.reporter);
    let units = Units::articles(&read.articles, &texts, tools.encoder, tools.reporter)?;
    let scores =
        scored_pairs(&units, &read.pairs)?.iter().map(|row| f64::from(row.score)).collect::<Vec<_>>();
    judged(Task::Pairs, gold, &scores, positive_from, true)
}

/// The cosine of two texts' vectors against gold: a grade, or 1 or 0.
///
/// # Errors
/// A row without its two texts or its label; the model fails.
pub fn similarity(
    gold: &Gold,
    positive_from: Option<f64>,
    encoder: &dyn Encoder,
    reporter: &dyn Reporter,
) -> Result<Evaluation, PipelineError> {
    let read = gold.pairs()?;
    let rows = embed_articles(&read.articles, encoder, reporter)?;
    let vectors: BTreeMap<&str, &[f32]> =
        rows.iter().filter_map(|row| Some((row.id.as_str(), row.vector.as_deref()?))).collect();
    let cosine = |(a, b): &(String, String)| match (vectors.get(a.as_str()), vectors.get(b.as_str())) {
        (Some(a), Some(b)) => a.iter().zip(*b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum(),
        // A text without a vector is like nothing.
        _ => -1.0,
    };
    let scores: Vec<f64> = read.pairs.iter().map(cosine).collect();
    judged(Task::Similarity, gold, &scores, positive_from, false)
}

/// Metrics of `scores`, index-aligned with the gold's rows.
fn judged(
    task: Task,
    gold: &Gold,
    scores: &[f64],
    positive_from: Option<f64>,
    are_probabilities: bool,
) -> Result<Evaluation, PipelineError> {
    let grades = gold.rows.iter().map(|row| gold.number(row)).collect::<Result<Vec<f64>, _>>()?;
    let mut out = Evaluation::new(task);
    out.count("pairs", grades.len(), "labelled pairs");
    out.add("pearson", pearson(scores, &grades), "correlation of score and gold, -1 to 1");
    out.add("spearman", spearman(scores, &grades), "correlation of their ranks, -1 to 1");
    let is_binary = grades.iter().all(|grade| [0.0, 1.0].contains(grade));
    let Some(line) = positive_from.or(is_binary.then_some(1.0)) else { return Ok(out) };
    let positive: Vec<bool> = grades.iter().map(|grade| *grade >= line).collect();
    let positives = positive.iter().filter(|p| **p).count();
    out.count("positives", positives, "pairs that the gold affirms");
    let defined = |value: f64| (positives > 0).then_some(value);
    let ap = average_precision(scores, &positive);
    out.add("average_precision", defined(ap), "mean precision over the ranking, 0 to 1");
    let (f1, threshold) = best_f1(scores, &positive);
    out.add("best_f1", defined(f1), "F1 at the best threshold for this gold, 0 to 1");
    out.add(
        "best_threshold",
        defined(threshold),
        "that threshold: pairs that score at least as much are claimed",
    );
    if !are_probabilities {
        return Ok(out);
    }
    let at_half = claimed(scores, &positive, DECISION);
    out.add("f1_at_half", at_half.f1(), "F1 at the decision line of 0.5, 0 to 1");
    out.add("precision_at_half", at_half.precision(), "precision there, 0 to 1");
    out.add("recall_at_half", at_half.recall(), "recall there, 0 to 1");
    let bins = calibration(scores, &positive, BINS);
    out.add("brier", brier(scores, &positive), "mean squared error of the score as a probability, 0 is best");
    out.add(
        "calibration_error",
        calibration_error(&bins),
        "mean distance of score and share right, 0 is best",
    );
    out.calibration = bins
        .iter()
        .map(|bin| CalibrationRow {
            score_from: bin.from,
            score_to: bin.to,
            pairs: bin.pairs,
            mean_score: (bin.pairs > 0).then_some(bin.mean_score),
            right: (bin.pairs > 0).then_some(bin.right),
        })
        .collect();
    Ok(out)
}
