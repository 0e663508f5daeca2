//! How near two articles are in their matter.

use rayon::prelude::*;
use throughline_clustering::duplicates::Scorer;
use throughline_clustering::duplicates::pair_features::ArticlePair;
use throughline_clustering::metrics::pearson;

use super::{Problem, Score, matrix};
use crate::gold::Gold;
use crate::logistic::logistic;
use crate::sets::{Figure, Set, parts_by_text};
use crate::tools::{Tools, places};

/// `weights/article_pair.toml`.
pub const SCORE: Score = Score { name: "article-pair", file: "article_pair", needs: &[PAIRS], prepare };

const PAIRS: &str = "pairs.news-similarity-dev";

fn prepare(gold: &Gold, tools: &Tools) -> anyhow::Result<Vec<Problem>> {
    let pairs = gold.pairs(PAIRS)?;
    let units = tools.articles(&pairs.articles)?;
    let place = places(&units);
    let scorer = Scorer::new(&units.rows());
    let texts: Vec<&str> = pairs.articles.iter().map(|article| article.text.as_str()).collect();
    let parts = parts_by_text(&texts);
    let of = |at: usize| -> Option<([f32; 2], f64, u64)> {
        let [a, b] = [2 * at, 2 * at + 1].map(|i| place.get(pairs.articles[i].id.as_str()).copied());
        Some((scorer.article_pair(a?, b?).values(), pairs.grades[at], parts[at]))
    };
    let found: Vec<_> = (0..pairs.grades.len()).into_par_iter().filter_map(of).collect();
    let gold: Vec<f64> = found.iter().map(|one| one.1).collect();
    let wanted = gold.clone();
    let set = Set {
        name: "SemEval-2022 task 8, sample".to_owned(),
        features: matrix(found.iter().map(|one| one.0)),
        weight: vec![1.0; gold.len()],
        gold,
        parts: found.iter().map(|one| one.2).collect(),
        share: 1.0,
        judge: Some(Box::new(move |odds| {
            let told: Vec<f64> = odds.iter().map(|odds| logistic(*odds)).collect();
            vec![Figure { measure: "Pearson correlation", value: pearson(&told, &wanted) }]
        })),
    };
    let keys = ArticlePair::NAMES.to_vec();
    Ok(vec![Problem {
        what: "",
        keys,
        intercept: "intercept",
        shift: 0.0,
        sets: vec![set],
        with_folds: true,
    }])
}
