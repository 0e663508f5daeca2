//! Whether two statements make the same claim.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde_json::{Map, Value};
use throughline_clustering::narratives::{ClaimPair, Contexts, claim_pairs};
use throughline_pipeline::Units;
use throughline_schema::{Article, ArticleId};

use super::{Problem, Score, judge_pairs, matrix};
use crate::gold::Gold;
use crate::sets::Set;
use crate::tools::Tools;

/// `weights/claim.toml`.
pub const SCORE: Score = Score { name: "claim", file: "claim", needs: &[NEWS], prepare };

/// Statements of pairs of articles, read whole: which make the same claim, and which share one.
const NEWS: &str = "claims.news";
/// As tables name it.
const NAME: &str = "claims of two news articles";

/// Judged in folds by pair of articles: what was learnt of one pair tells nothing of another.
fn prepare(gold: &Gold, tools: &Tools) -> anyhow::Result<Vec<Problem>> {
    Ok(vec![Problem {
        what: "",
        keys: ClaimPair::NAMES.to_vec(),
        intercept: "intercept",
        shift: 0.0,
        sets: vec![news(gold, tools)?],
        with_folds: true,
    }])
}

/// Pairs of statements of two articles that were read side by side.
fn news(gold: &Gold, tools: &Tools) -> anyhow::Result<Set> {
    let rows = gold.rows(NEWS)?;
    let mut articles: BTreeMap<String, Article> = BTreeMap::new();
    let mut side_by_side: BTreeMap<(String, String), &Map<String, Value>> = BTreeMap::new();
    for row in &rows {
        let ids = ["a", "b"].map(|side| -> anyhow::Result<String> {
            let said = |key: &str| {
                row.fields.get(side).and_then(|a| a.get(key)).and_then(Value::as_str).map(str::to_owned)
            };
            let id = said("id").with_context(|| format!("{NEWS}, row {}: `{side}` has no id", row.line))?;
            let text =
                said("text").with_context(|| format!("{NEWS}, row {}: `{side}` has no text", row.line))?;
            articles.entry(id.clone()).or_insert(Article {
                id: ArticleId(id.clone()),
                text,
                title: said("title"),
                url: said("url"),
                source: said("source"),
                published: said("published"),
                lang: said("lang"),
                ..Article::default()
            });
            Ok(id)
        });
        let [a, b] = ids;
        side_by_side.insert((a?, b?), &row.fields);
    }
    let articles: Vec<Article> = articles.into_values().collect();
    let (texts, units) = tools.statements(&articles)?;
    let wholes = tools.articles(&articles)?.by_article(articles.len());
    let spans: Vec<[u64; 2]> = texts.statements().map(|statement| statement.span.chars()).collect();
    let rows_of = statements_of_articles(&units);
    let (mut pairs, mut grades, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for (part, ((a, b), fields)) in side_by_side.into_iter().enumerate() {
        let place = |id: &str| articles.iter().position(|article| article.id.0 == id).unwrap_or_default();
        for &i in &rows_of[place(&a)] {
            for &j in &rows_of[place(&b)] {
                let found = [i, j].map(|row| spans[row as usize]);
                let same = covers(fields, "same", found) || covers(fields, "part", found);
                pairs.push((i, j));
                grades.push(f64::from(same));
                parts.push(part as u64);
            }
        }
    }
    let contexts = Contexts::new(&units.rows(), &units.article, wholes.view(), &units.claims)?;
    let features = claim_pairs(&units.rows(), &contexts, &pairs);
    let judge = Some(judge_pairs(&grades));
    let features = matrix(features.iter().map(ClaimPair::values));
    let weight = vec![1.0; grades.len()];
    Ok(Set { name: NAME.to_owned(), features, gold: grades, weight, parts, share: 1.0, judge })
}

/// The statements of every article.
fn statements_of_articles(units: &Units) -> Vec<Vec<u32>> {
    let mut rows = vec![Vec::new(); units.article.iter().max().map_or(0, |&last| last as usize + 1)];
    for (row, &article) in units.article.iter().enumerate() {
        rows[article as usize].push(row as u32);
    }
    rows
}

/// Whether a pair of spans covers a pair of the list `name`: half of the shorter span on both sides.
fn covers(fields: &Map<String, Value>, name: &str, found: [[u64; 2]; 2]) -> bool {
    let pairs = fields.get(name).and_then(Value::as_array);
    let number = |pair: &Value, side: usize, end: usize| {
        pair.get(side).and_then(|s| s.get(end)).and_then(Value::as_u64)
    };
    pairs.into_iter().flatten().any(|pair| {
        (0..2).all(|side| {
            let (Some(from), Some(to)) = (number(pair, side, 0), number(pair, side, 1)) else { return false };
            let [start, end] = found[side];
            let shared = to.min(end).saturating_sub(from.max(start));
            2 * shared >= (to - from).min(end - start)
        })
    })
}
