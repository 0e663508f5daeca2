//! Whether two statements make the same claim.
//!
//! A threshold on the cosine would join everything that two articles on one matter say of it. So a pair is judged by its
//! meaning and by the words that it shares, weighed by how rare they are in the collection and in the two articles: of two
//! reports of a lost helicopter every other sentence has "helicopter", and one has "north of Achill Island". The weights of
//! words come from the two articles, not from the crowd around them, so that a pair is judged alike in a small collection
//! and in a large one.
//!
//! A statement also depends on its article: "Terms were not disclosed" claims something else in every article. So how near
//! the articles are counts too.

use std::collections::BTreeSet;

use ndarray::ArrayView2;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use throughline_schema::{CosineScale, Relation, TextFeatures};

use super::differences::opposed;
use crate::across::Across;
use crate::duplicates::overlap::intersection;
use crate::duplicates::vocabulary::sorted_set;
use crate::error::{Error, aligned};
use crate::neighbours::{EXACT_UP_TO, Search, search};
use crate::rows::{self, Rows};
use crate::tf_idf::rarity;
use crate::weights::claim;

/// The articles that statements stand in.
#[derive(Clone, Copy, Debug)]
pub struct Contexts<'a> {
    article: &'a [u32],
    vectors: ArrayView2<'a, f32>,
    claims: &'a [bool],
}

impl<'a> Contexts<'a> {
    /// The contexts of `rows`, which are statements: the article of each; the vector of each article (articles ×
    /// dimensions, unit length); and whether each statement claims something, which "Background" over a section does not.
    ///
    /// # Errors
    /// [`Error::Misaligned`] where a statement has no article, no vector of its article or no claim mark.
    pub fn new(
        rows: &Rows,
        article: &'a [u32],
        vectors: ArrayView2<'a, f32>,
        claims: &'a [bool],
    ) -> Result<Self, Error> {
        aligned("articles of statements", article.len(), rows.len())?;
        aligned("claim marks", claims.len(), rows.len())?;
        let articles = article.iter().max().map_or(0, |last| *last as usize + 1);
        aligned("vectors of articles", vectors.nrows(), articles.max(vectors.nrows()))?;
        Ok(Self { article, vectors, claims })
    }

    /// Article of each statement.
    pub(super) fn article(&self) -> &'a [u32] {
        self.article
    }

    /// Whether a statement claims something.
    pub(super) fn makes_claim(&self, row: u32) -> bool {
        self.claims[row as usize]
    }

    /// Pairs of articles that are among the nearest to each other and on like matters, by cosines on `scale`.
    fn near_articles(&self, scale: CosineScale) -> Vec<(u32, u32)> {
        let near =
            search(self.vectors, &Search { k: claim::NEAR_ARTICLES, exact_up_to: EXACT_UP_TO, seed: 0 });
        let mut pairs: Vec<(u32, u32)> = (0..self.vectors.nrows() as u32)
            .flat_map(|a| {
                let near =
                    near.of(a as usize).filter(|(_, cosine)| scale.apply(*cosine) >= claim::ARTICLE_COSINE);
                near.map(move |(b, _)| (a.min(b), a.max(b)))
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Cosine of the articles of two statements.
    fn cosine(&self, a: usize, b: usize) -> f32 {
        let row = |i: usize| self.vectors.row(self.article[i] as usize);
        rows::dot(row(a), row(b))
    }
}

/// What tells whether two statements make the same claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClaimPair {
    /// Cosine of the two, -1 to 1.
    pub cosine: f32,
    /// Words that they share, each weighed by how rare it is in the collection and in the two articles: the geometric mean
    /// of the shares of either statement's weight, 0 to 1.
    pub words: f32,
    /// Cosine of the two articles, -1 to 1.
    pub articles: f32,
    /// Whether both count or price the same kind of thing, and share a word.
    pub same_unit: bool,
    /// Whether names are all the words that the two share: "the minister visited" and "the minister abstained" are about
    /// one person and claim two things.
    pub names_alone: bool,
    /// Log-odds by the two statements themselves, where they are in two languages and share no words.
    pub across: Option<f32>,
}

impl ClaimPair {
    /// Names of the features, as in `weights/claim.toml`.
    pub const NAMES: [&str; 3] = ["cosine", "words", "articles"];

    /// The features in the order of [`Self::NAMES`].
    pub fn values(&self) -> [f32; 3] {
        [self.cosine, self.words, self.articles]
    }

    /// Log-odds that the two make the same claim, or one the other's among others. In articles on unlike matters, even the
    /// same words claim two things.
    pub fn log_odds(&self) -> f32 {
        let own = claim::COSINE * self.cosine
            + claim::WORDS * self.words
            + claim::ARTICLES * self.articles
            + claim::INTERCEPT;
        let at_most = claim::UNLIKE_SLOPE * (self.articles - claim::UNLIKE);
        let unit = if self.same_unit { claim::SAME_UNIT } else { 0.0 };
        let own = self.across.unwrap_or(own + unit);
        own.min(at_most) + if self.names_alone { claim::NAMES_ALONE } else { 0.0 }
    }
}

/// What tells of each pair of statements whether it makes the same claim.
pub fn claim_pairs(rows: &Rows, contexts: &Contexts, pairs: &[(u32, u32)]) -> Vec<ClaimPair> {
    let scorer = ClaimScorer::new(rows, *contexts);
    pairs.iter().map(|(a, b)| scorer.pair(*a, *b)).collect()
}

/// Probability of each pair of statements that it makes the same claim.
pub fn same_claim(rows: &Rows, contexts: &Contexts, pairs: &[(u32, u32)]) -> Vec<f32> {
    claim_pairs(rows, contexts, pairs).iter().map(probability).collect()
}

fn probability(pair: &ClaimPair) -> f32 {
    1.0 / (1.0 + (-pair.log_odds()).exp())
}

/// Pairs of statements that may make the same claim: those near each other by their vectors in the whole collection, and
/// all of articles that are near each other.
pub fn claim_candidates(rows: &Rows, contexts: &Contexts, neighbours: usize) -> Vec<(u32, u32)> {
    let near = rows.nearest(neighbours);
    let wanted = |i: u32, j: u32, cosine: f32| {
        cosine >= claim::LOWEST_COSINE && contexts.makes_claim(i) && contexts.makes_claim(j)
    };
    let mut pairs: Vec<(u32, u32)> = (0..rows.len() as u32)
        .into_par_iter()
        .flat_map_iter(|i| {
            let near = near.of(i as usize).filter(move |(j, cosine)| wanted(i, *j, *cosine));
            near.map(move |(j, _)| (i.min(j), i.max(j)))
        })
        .collect();
    let statements = statements_of(contexts.article, contexts.vectors.nrows());
    let side_by_side = contexts.near_articles(rows.scale()).into_par_iter().flat_map_iter(|(a, b)| {
        let (a, b) = (&statements[a as usize], &statements[b as usize]);
        let both = a.iter().flat_map(move |&i| b.iter().map(move |&j| (i.min(j), i.max(j))));
        both.filter(move |&(i, j)| wanted(i, j, rows.cosine(i as usize, j as usize)))
    });
    pairs.par_extend(side_by_side);
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The statements of every article.
fn statements_of(article: &[u32], articles: usize) -> Vec<Vec<u32>> {
    let mut statements = vec![Vec::new(); articles];
    for (statement, &article) in article.iter().enumerate() {
        statements[article as usize].push(statement as u32);
    }
    statements
}

/// Compares statements, each prepared once.
pub(super) struct ClaimScorer<'r, 'a, 'c> {
    rows: &'r Rows<'a>,
    contexts: Contexts<'c>,
    /// Stems of each statement, each once, sorted, with how rare they are in the collection.
    stems: Vec<Vec<(u32, f32)>>,
    /// In how many statements of each article a stem stands.
    in_article: Vec<FxHashMap<u32, u32>>,
    /// Statements of each article.
    statements: Vec<u32>,
    /// Stems of each statement that are in none of its names, sorted.
    besides_names: Vec<Vec<u32>>,
    across: Option<Across>,
}

impl<'r, 'a, 'c> ClaimScorer<'r, 'a, 'c> {
    /// Prepares every statement.
    pub fn new(rows: &'r Rows<'a>, contexts: Contexts<'c>) -> Self {
        let features = rows.features();
        let sets: Vec<Vec<u32>> = features.par_iter().map(|f| sorted_set(&f.stems)).collect();
        let articles = contexts.vectors.nrows();
        let mut statements = vec![0; articles];
        let mut in_article = vec![FxHashMap::default(); articles];
        let mut in_all: FxHashMap<u32, u32> = FxHashMap::default();
        for (set, &article) in sets.iter().zip(contexts.article) {
            statements[article as usize] += 1;
            for &stem in set {
                *in_article[article as usize].entry(stem).or_insert(0) += 1;
                *in_all.entry(stem).or_insert(0) += 1;
            }
        }
        let all = sets.len();
        let rare = |stem: u32| (stem, rarity(all, in_all[&stem] as usize));
        Self {
            rows,
            contexts,
            stems: sets.into_par_iter().map(|set| set.into_iter().map(rare).collect()).collect(),
            in_article,
            statements,
            besides_names: features.par_iter().map(besides_names).collect(),
            across: Across::new(rows),
        }
    }

    /// Features of the statements.
    pub fn features(&self) -> &'a [TextFeatures] {
        self.rows.features()
    }

    /// Probability that two statements make the same claim; 0 where one says the opposite of the other.
    pub fn same(&self, a: u32, b: u32) -> f32 {
        let p = probability(&self.pair(a, b));
        if p >= claim::FLOOR && self.opposed(a, b) { 0.0 } else { p }
    }

    /// Probability that two statements are about one claim, for it or against it.
    pub fn same_matter(&self, a: u32, b: u32) -> f32 {
        probability(&self.pair(a, b))
    }

    /// Whether one of two statements says the opposite of the other.
    pub fn opposed(&self, a: u32, b: u32) -> bool {
        opposed(&self.features()[a as usize], &self.features()[b as usize])
    }

    /// What `b` is to `a` as a claim, by how much of the weight of either's words the other has.
    pub fn relation(&self, a: u32, b: u32) -> Relation {
        let [of_a, of_b] = self.shares(a as usize, b as usize);
        match (of_a >= HALF, of_b >= HALF) {
            (true, false) => Relation::Contains,
            (false, true) => Relation::Contained,
            _ => Relation::Same,
        }
    }

    fn pair(&self, a: u32, b: u32) -> ClaimPair {
        let (i, j) = (a as usize, b as usize);
        let [of_a, of_b] = self.shares(i, j);
        let words = (of_a * of_b).sqrt();
        ClaimPair {
            cosine: self.rows.cosine(i, j),
            words,
            articles: self.rows.scale().apply(self.contexts.cosine(i, j)),
            same_unit: words > 0.0 && same_unit(&self.features()[i], &self.features()[j]),
            across: self.across.as_ref().and_then(|across| across.claim(self.rows, i, j)),
            names_alone: words > 0.0 && intersection(&self.besides_names[i], &self.besides_names[j]) == 0,
        }
    }

    /// Share of the weight of either statement's words that the other has, 0 to 1.
    fn shares(&self, i: usize, j: usize) -> [f32; 2] {
        let [a, b] = [i, j].map(|row| self.contexts.article[row] as usize);
        let one = a == b;
        let statements = self.statements[a] + if one { 0 } else { self.statements[b] };
        let most = statements as f32 + ROOM;
        let count = |article: usize, stem: u32| self.in_article[article].get(&stem).copied().unwrap_or(0);
        let weight = |(stem, rare): (u32, f32)| {
            let here = count(a, stem) + if one { 0 } else { count(b, stem) };
            rare * (most / here.max(1) as f32).ln()
        };
        let (left, right) = (&self.stems[i], &self.stems[j]);
        let own = |stems: &[(u32, f32)]| stems.iter().map(|stem| weight(*stem)).sum::<f32>();
        let (mut x, mut y, mut shared) = (0, 0, 0.0);
        while x < left.len() && y < right.len() {
            match left[x].0.cmp(&right[y].0) {
                std::cmp::Ordering::Less => x += 1,
                std::cmp::Ordering::Greater => y += 1,
                std::cmp::Ordering::Equal => {
                    shared += weight(left[x]);
                    x += 1;
                    y += 1;
                }
            }
        }
        [own(left), own(right)].map(|own| if own > 0.0 { shared / own } else { 0.0 })
    }
}

/// Whether they count or price the same kind of thing.
fn same_unit(f: &TextFeatures, g: &TextFeatures) -> bool {
    f.figures.iter().any(|a| !a.unit.is_empty() && g.figures.iter().any(|b| a.unit == b.unit))
}

/// The stems of a text that are in none of its names, sorted.
fn besides_names(features: &TextFeatures) -> Vec<u32> {
    let named: BTreeSet<u32> = features.name_stems.iter().flatten().copied().collect();
    let mut stems: Vec<u32> = features.stems.iter().copied().filter(|stem| !named.contains(stem)).collect();
    stems.sort_unstable();
    stems
}

/// Share of a statement's words, by weight, from which on another statement has most of it.
const HALF: f32 = 0.5;

/// Statements assumed beside those of two articles, so that a word of every sentence still weighs something.
const ROOM: f32 = 5.0;
