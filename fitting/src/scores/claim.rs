//! Whether two statements make the same claim, judged by their own words.

use std::collections::BTreeMap;

use anyhow::Context as _;
use ndarray::Array2;
use serde_json::{Map, Value};
use throughline_clustering::narratives::{ClaimPair, Contexts, claim_pairs};
use throughline_clustering::weights::claim::{LOWEST_COSINE, NEIGHBOURS};
use throughline_pipeline::Units;
use throughline_schema::{Article, ArticleId};

use super::event::{GROUPS, SAMPLES, SHARE};
use super::{Problem, Score, judge_pairs, matrix, same_group};
use crate::gold::Gold;
use crate::sets::Set;
use crate::tools::Tools;

/// `weights/claim.toml`.
pub const SCORE: Score =
    Score { name: "claim", file: "claim", needs: &[GROUPS[0].0, GROUPS[1].0, GROUPS[2].0, NEWS], prepare };

/// Statements of pairs of articles, read whole: which make the same claim. Never fitted on.
const NEWS: &str = "claims.news";
/// What is taken off the fitted intercept: two statements drawn from two articles rarely make the same claim.
const SHIFT: f64 = -0.5;

/// What a set gives to one of the two regressions.
type Features = fn(&ClaimPair) -> [f32; 2];

fn prepare(gold: &Gold, tools: &Tools) -> anyhow::Result<Vec<Problem>> {
    let mut found: Vec<Pairs> = Vec::new();
    for (file, name) in GROUPS {
        let groups = gold.groups(file)?;
        let samples = SAMPLES.iter().map(|most| (groups.with_few_texts(*most), false));
        for (groups, is_judged) in samples.chain([(groups.clone(), true)]) {
            let units = tools.articles(&groups.articles)?;
            let names: Vec<String> =
                units.article.iter().map(|at| groups.names[*at as usize].clone()).collect();
            let vectors = units.vectors().to_owned();
            let own: Vec<u32> = (0..units.ids.len() as u32).collect();
            let pairs = candidates(&units);
            let (gold, weight) = same_group(&names, &pairs);
            let features = features(&units, &own, &vectors, &pairs)?;
            found.push(Pairs { name, features, gold, weight, share: SHARE, is_judged });
        }
    }
    found.push(news(gold, tools)?);
    let problem = |what, keys: [&'static str; 2], intercept, shift, of: Features| Problem {
        what,
        keys: keys.to_vec(),
        intercept,
        shift,
        sets: found.iter().map(|pairs| pairs.set(of)).collect(),
        with_folds: false,
    };
    Ok(vec![
        problem("as it stands out", ["stands_out", "terms"], "intercept", SHIFT, |pair| {
            [pair.stands_out, pair.terms]
        }),
        problem("by likeness alone", ["plain_cosine", "plain_terms"], "plain_intercept", 0.0, |pair| {
            [pair.cosine, pair.terms]
        }),
    ])
}

/// Pairs of a collection, for both regressions.
struct Pairs {
    name: &'static str,
    features: Vec<ClaimPair>,
    gold: Vec<f64>,
    weight: Vec<f64>,
    share: f64,
    is_judged: bool,
}

impl Pairs {
    fn set(&self, of: Features) -> Set {
        Set {
            name: self.name.to_owned(),
            features: matrix(self.features.iter().map(of)),
            gold: self.gold.clone(),
            weight: self.weight.clone(),
            parts: vec![0; self.gold.len()],
            share: self.share,
            judge: self.is_judged.then(|| judge_pairs(&self.gold)),
        }
    }
}

/// Pairs of units that the program looks at.
fn candidates(units: &Units) -> Vec<(u32, u32)> {
    let near = units.rows().nearest(NEIGHBOURS);
    let mut pairs = Vec::new();
    for i in 0..units.ids.len() as u32 {
        let similar = near.of(i as usize).filter(|(_, cosine)| *cosine >= LOWEST_COSINE);
        pairs.extend(similar.map(|(j, _)| (i.min(j), i.max(j))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn features(
    units: &Units,
    article: &[u32],
    vectors: &Array2<f32>,
    pairs: &[(u32, u32)],
) -> anyhow::Result<Vec<ClaimPair>> {
    let contexts = Contexts::new(&units.rows(), article, vectors.view(), &units.claims)?;
    Ok(claim_pairs(&units.rows(), &contexts, pairs))
}

/// Pairs of statements of two articles that were read side by side.
fn news(gold: &Gold, tools: &Tools) -> anyhow::Result<Pairs> {
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
    let (mut pairs, mut grades) = (Vec::new(), Vec::new());
    for (a, b) in candidates(&units) {
        let id = |row: u32| articles[units.article[row as usize] as usize].id.0.clone();
        let told = side_by_side
            .get(&(id(a), id(b)))
            .map(|fields| (fields, [a, b]))
            .or_else(|| side_by_side.get(&(id(b), id(a))).map(|fields| (fields, [b, a])));
        let Some((fields, rows)) = told else { continue };
        let found = rows.map(|row| spans[row as usize]);
        if covers(fields, "same", found) {
            grades.push(1.0);
        } else if covers(fields, "part", found) {
            continue; // Neither a yes nor a no.
        } else {
            grades.push(0.0);
        }
        pairs.push((a, b));
    }
    let features = features(&units, &units.article, &wholes, &pairs)?;
    let weight = vec![1.0; grades.len()];
    Ok(Pairs {
        name: "claims of two news articles",
        features,
        gold: grades,
        weight,
        share: 0.0,
        is_judged: true,
    })
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
