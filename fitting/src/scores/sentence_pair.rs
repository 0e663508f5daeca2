//! Whether two sentences say the same.

use rayon::prelude::*;
use throughline_clustering::duplicates::Scorer;
use throughline_clustering::duplicates::pair_features::SentencePair;
use throughline_schema::{Article, ArticleId};
use throughline_testkit::{Dice, edit};

use super::{Problem, Score, judge_pairs, matrix};
use crate::gold::Gold;
use crate::sets::{Set, parts_by_text};
use crate::tools::{Tools, places};

/// `weights/sentence_pair.toml`.
pub const SCORE: Score = Score {
    name: "sentence-pair",
    file: "sentence_pair",
    needs: &[PAIRS[0].0, PAIRS[1].0, NOTICES],
    prepare,
};

const PAIRS: [(&str, &str); 2] =
    [("pairs.mrpc-train", "MRPC train"), ("pairs.ru-headlines-train", "ParaPhraser train")];
const NOTICES: &str = "articles.reuters";
/// What notices count beside a set of pairs: they are all of one kind.
const SHARE_OF_NOTICES: f64 = 0.25;
/// Notices that are looked at, words that each has, and pairs of either kind that are made of them.
const LOOKED_AT: usize = 2000;
const WORDS: std::ops::RangeInclusive<usize> = 10..=33;
const OF_A_KIND: usize = 588;

fn prepare(gold: &Gold, tools: &Tools) -> anyhow::Result<Vec<Problem>> {
    let mut sets = Vec::new();
    for (file, name) in PAIRS {
        let pairs = gold.pairs(file)?;
        let asked: Vec<[String; 2]> = ids(&pairs.articles);
        let texts: Vec<&str> = pairs.articles.iter().map(|article| article.text.as_str()).collect();
        let parts = parts_by_text(&texts);
        sets.push(set(name, 1.0, &pairs.articles, &asked, pairs.grades, parts, tools)?);
    }
    sets.push(notices(gold, tools)?);
    let keys = SentencePair::NAMES.to_vec();
    Ok(vec![Problem { what: "", keys, intercept: "intercept", shift: 0.0, sets, with_folds: true }])
}

/// Ids of articles that come two a pair.
fn ids(articles: &[Article]) -> Vec<[String; 2]> {
    articles.chunks_exact(2).map(|pair| [pair[0].id.0.clone(), pair[1].id.0.clone()]).collect()
}

/// The set of these pairs. A pair one of which has no text is left out.
fn set(
    name: &str,
    share: f64,
    articles: &[Article],
    asked: &[[String; 2]],
    grades: Vec<f64>,
    parts: Vec<u64>,
    tools: &Tools,
) -> anyhow::Result<Set> {
    let units = tools.articles(articles)?;
    let place = places(&units);
    let scorer = Scorer::new(&units.rows());
    let of = |at: usize| -> Option<([f32; 10], f64, u64)> {
        let [a, b] = [&asked[at][0], &asked[at][1]].map(|id| place.get(id.as_str()).copied());
        Some((scorer.sentence_pair(a?, b?).values(), grades[at], parts[at]))
    };
    let found: Vec<_> = (0..asked.len()).into_par_iter().filter_map(of).collect();
    let gold: Vec<f64> = found.iter().map(|one| one.1).collect();
    Ok(Set {
        name: name.to_owned(),
        features: matrix(found.iter().map(|one| one.0)),
        weight: vec![1.0; gold.len()],
        parts: found.iter().map(|one| one.2).collect(),
        share,
        judge: Some(judge_pairs(&gold)),
        gold,
    })
}

/// Short notices of an agency: copies planted among them, and notices from one template, of another company or another
/// day. The template's words are common, which only the crowd of notices shows.
fn notices(gold: &Gold, tools: &Tools) -> anyhow::Result<Set> {
    let mut articles: Vec<Article> = gold
        .articles(NOTICES)?
        .into_iter()
        .filter(|article| WORDS.contains(&article.text.split_whitespace().count()))
        .take(LOOKED_AT)
        .collect();
    // The title would be part of the text that is compared; it serves to tell notices apart.
    let titles: Vec<Option<String>> = articles.iter_mut().map(|article| article.title.take()).collect();
    let units = tools.articles(&articles)?;
    let near = units.rows().nearest(5);
    let day =
        |at: usize| articles[at].published.as_deref().map(|published| published.get(..11).map(str::to_owned));
    let other = |i: usize, j: usize| {
        articles[i].text != articles[j].text && (titles[i] != titles[j] || day(i) != day(j))
    };
    let mut asked: Vec<[String; 2]> = Vec::new();
    let mut grades = Vec::new();
    for i in 0..units.ids.len() {
        if let Some((j, _)) = near.of(i).find(|(j, _)| other(i, *j as usize)) {
            asked.push([i.min(j as usize), i.max(j as usize)].map(|at| units.ids[at].clone()));
        }
    }
    asked.sort_unstable();
    asked.dedup();
    let mut dice = Dice(1);
    dice.shuffle(&mut asked);
    asked.truncate(OF_A_KIND);
    grades.resize(asked.len(), 0.0);
    let vocabulary: Vec<String> =
        articles.iter().flat_map(|a| a.text.split_whitespace()).map(str::to_owned).collect();
    let vocabulary: Vec<&str> = vocabulary.iter().map(String::as_str).collect();
    let mut order: Vec<usize> = (0..articles.len()).collect();
    dice.shuffle(&mut order);
    for (i, at) in order.into_iter().take(OF_A_KIND).enumerate() {
        let text = edit(&articles[at].text, 1 + i % 40, &vocabulary, &mut dice);
        let id = format!("planted-{i:04}");
        asked.push([articles[at].id.0.clone(), id.clone()]);
        grades.push(1.0);
        articles.push(Article { id: ArticleId(id), text, ..articles[at].clone() });
    }
    let sides: Vec<&str> = asked.iter().flat_map(|[a, b]| [a.as_str(), b.as_str()]).collect();
    let parts = parts_by_text(&sides);
    set("Reuters notices with planted copies", SHARE_OF_NOTICES, &articles, &asked, grades, parts, tools)
}
