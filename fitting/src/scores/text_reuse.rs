//! Whether one text was made from the other.

use rayon::prelude::*;
use serde_json::{Value, json};
use throughline_clustering::duplicates::pair_features::TextReuse;
use throughline_clustering::duplicates::{DuplicateParams, Scorer, find_pairs};
use throughline_clustering::weights::text_reuse::FLOOR;
use throughline_schema::{Article, ArticleId};
use throughline_testkit::plant;

use super::{Problem, Score, judge_pairs, matrix};
use crate::gold::Gold;
use crate::sets::Set;
use crate::tools::{Tools, places};

/// `weights/text_reuse.toml`.
pub const SCORE: Score = Score { name: "text-reuse", file: "text_reuse", needs: &[REUTERS, NEWS], prepare };

const REUTERS: &str = "articles.reuters";
const NEWS: &str = "articles.news";
/// Of one in so many articles a reprint is planted.
const PLANTED: usize = 5;
/// Words of an article that a reprint is planted of, at least.
const SHORTEST: usize = 50;
/// Articles of a set: those at these places of the file.
const FITTED: std::ops::Range<usize> = 10_000..13_000;
const JUDGED: std::ops::Range<usize> = 0..3000;

fn prepare(gold: &Gold, tools: &Tools) -> anyhow::Result<Vec<Problem>> {
    let reuters = gold.articles(REUTERS)?;
    let slice = |range: std::ops::Range<usize>| {
        // A short file is fitted on as a whole.
        let range = if range.end <= reuters.len() { range } else { 0..reuters.len() };
        reuters[range].to_vec()
    };
    let mut sets = vec![set("Reuters, articles 10,000 to 13,000", 1.0, slice(FITTED), tools)?];
    if reuters.len() >= FITTED.end {
        sets.push(set("Reuters, the first 3,000 articles", 0.0, slice(JUDGED), tools)?);
    }
    sets.push(set("NewsArticles", 0.0, gold.articles(NEWS)?, tools)?);
    let keys = TextReuse::NAMES.to_vec();
    Ok(vec![Problem { what: "", keys, intercept: "intercept", shift: 0.0, sets, with_folds: true }])
}

/// Reprints planted among articles, against pairs that share passages and were not planted: articles with other titles,
/// and the same notice on another day, whose figures differ. Whether such a pair is a true reprint nobody has read, so
/// that a few are, and the figures a little too low.
fn set(name: &str, share: f64, mut articles: Vec<Article>, tools: &Tools) -> anyhow::Result<Set> {
    let rows: Vec<Value> =
        articles.iter().map(|article| json!({"id": article.id.0, "text": article.text})).collect();
    let long = articles.iter().filter(|a| a.text.split_whitespace().count() >= SHORTEST).count();
    let (copies, planted) = plant(&rows, (articles.len() / PLANTED).min(long / 2), SHORTEST);
    let bare = |row: &Value| Article {
        id: ArticleId(row["id"].as_str().unwrap_or_default().to_owned()),
        text: row["text"].as_str().unwrap_or_default().to_owned(),
        ..Article::default()
    };
    // As in a corpus of reprints, what is compared is the text; titles and days tell articles apart.
    let told: Vec<(Option<String>, Option<String>)> = articles
        .iter_mut()
        .map(|article| {
            (article.title.take(), article.published.take().map(|at| at.chars().take(11).collect()))
        })
        .collect();
    articles.extend(copies.iter().map(bare));
    let originals = told.len();

    let units = tools.articles(&articles)?;
    let place = places(&units);
    let rows = units.rows();
    let scorer = Scorer::new(&rows);
    let is_original = |row: u32| (units.article[row as usize] as usize) < originals;
    let mut pairs: Vec<(u32, u32, f64)> = planted
        .iter()
        .filter_map(|(id, copy)| {
            let (a, b) = (*place.get(copy.source.as_str())?, *place.get(id.as_str())?);
            Some((a.min(b), a.max(b), 1.0))
        })
        .collect();
    let all = DuplicateParams { floor: 0.0, ..DuplicateParams::default() }.check()?;
    for (a, b, verdict) in find_pairs(&scorer, &all) {
        if verdict.a_in_b.max(verdict.b_in_a) < FLOOR || !is_original(a) || !is_original(b) {
            continue;
        }
        let [x, y] = [a, b].map(|row| &told[units.article[row as usize] as usize]);
        let another_day = || x.1 != y.1 && scorer.text_reuse(a, b).disagreement > 0.0;
        if x.0 != y.0 || another_day() {
            pairs.push((a, b, 0.0));
        }
    }
    let features: Vec<[f32; 4]> =
        pairs.par_iter().map(|(a, b, _)| scorer.text_reuse(*a, *b).values()).collect();
    let gold: Vec<f64> = pairs.iter().map(|pair| pair.2).collect();
    // Pairs of templates link nearly all articles with each other, so that only those of one article stay together.
    let parts = pairs.iter().map(|pair| u64::from(pair.0)).collect();
    Ok(Set {
        name: name.to_owned(),
        features: matrix(features),
        weight: vec![1.0; gold.len()],
        parts,
        share,
        judge: Some(judge_pairs(&gold)),
        gold,
    })
}
