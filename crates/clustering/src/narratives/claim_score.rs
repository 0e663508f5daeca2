//! Whether two statements make the same claim.
//!
//! A threshold on the cosine would join everything that two articles on one country say of that country. So a pair is
//! judged by how far its cosine stands out from what both statements reach in general, and by the rare words it shares.
//! What a statement reaches in general is the mean cosine to its neighbours of rank 11 to 30 in other articles: the nearer
//! ones may make the same claim (local scaling: Zelnik-Manor and Perona, Self-tuning spectral clustering, 2004).
//!
//! A statement also depends on its article: "Terms were not disclosed" claims something else in every article. So the
//! articles must be about like matters too, the more so the less the statements themselves say.

use std::collections::BTreeSet;

use ndarray::ArrayView2;
use rayon::prelude::*;
use throughline_schema::TextFeatures;

use crate::duplicates::overlap::intersection;
use crate::error::{Error, aligned};
use crate::neighbours::Neighbours;
use crate::rows::{self, Rows};
use crate::tf_idf::TfIdf;
use crate::weights::{claim, claim_context};

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
    /// Twice the cosine less what each side reaches with other articles in general.
    pub stands_out: f32,
    /// Mean TF-IDF cosine of stems and of character n-grams, 0 to 1.
    pub terms: f32,
    /// Whether both count or price the same kind of thing.
    pub same_unit: bool,
    /// Whether names are all the words that the two share: "the minister visited" and "the minister abstained" are about
    /// one person and claim two things.
    pub names_alone: bool,
    /// Cosine of the two articles, -1 to 1.
    pub articles: f32,
}

impl ClaimPair {
    /// Names of the fitted features of the two statements themselves, as in `weights/claim.toml`.
    pub const NAMES: [&str; 2] = ["stands_out", "terms"];

    /// The features in the order of [`Self::NAMES`].
    pub fn values(&self) -> [f32; 2] {
        [self.stands_out, self.terms]
    }

    /// Log-odds by the statements themselves: by how far the cosine stands out, but no more than likeness alone gives a
    /// pair that has no neighbours to stand out from.
    fn own_log_odds(&self) -> f32 {
        let unit = if self.same_unit { claim::SAME_UNIT } else { 0.0 };
        let stands_out =
            claim::STANDS_OUT * self.stands_out + claim::TERMS * self.terms + unit + claim::INTERCEPT;
        let plain =
            claim::PLAIN_COSINE * self.cosine + claim::PLAIN_TERMS * self.terms + claim::PLAIN_INTERCEPT;
        stands_out.min(plain)
    }

    /// Log-odds that the two make the same claim. Their articles can only lower it: two articles on one matter say many
    /// things.
    pub fn log_odds(&self) -> f32 {
        let own = self.own_log_odds();
        let in_context = claim_context::OWN * own.min(claim_context::SUREST)
            + claim_context::ARTICLES * self.articles
            + claim_context::INTERCEPT;
        own.min(in_context) + if self.names_alone { claim::NAMES_ALONE } else { 0.0 }
    }
}

/// What tells of each pair of statements whether it makes the same claim.
pub fn claim_pairs(rows: &Rows, contexts: &Contexts, pairs: &[(u32, u32)]) -> Vec<ClaimPair> {
    let near = rows.nearest(claim::NEIGHBOURS);
    let scorer = ClaimScorer::new(rows, *contexts, &near);
    pairs.iter().map(|(a, b)| scorer.pair(*a, *b)).collect()
}

/// Probability of each pair of statements that it makes the same claim.
pub fn same_claim(rows: &Rows, contexts: &Contexts, pairs: &[(u32, u32)]) -> Vec<f32> {
    claim_pairs(rows, contexts, pairs).iter().map(probability).collect()
}

fn probability(pair: &ClaimPair) -> f32 {
    1.0 / (1.0 + (-pair.log_odds()).exp())
}

/// Compares statements, each prepared once.
pub(super) struct ClaimScorer<'r, 'a, 'c> {
    rows: &'r Rows<'a>,
    contexts: Contexts<'c>,
    stems: TfIdf,
    grams: TfIdf,
    /// Stems of each statement that are in none of its names, sorted.
    besides_names: Vec<Vec<u32>>,
    /// For each statement, the cosine that it reaches in general.
    background: Vec<f32>,
}

impl<'r, 'a, 'c> ClaimScorer<'r, 'a, 'c> {
    /// Prepares every statement; `near` are the neighbours of each.
    pub fn new(rows: &'r Rows<'a>, contexts: Contexts<'c>, near: &Neighbours) -> Self {
        let features = rows.features();
        let background = |row: usize| background(row, contexts.article, near);
        Self {
            rows,
            contexts,
            stems: TfIdf::new(features.iter().map(|f| f.stems.as_slice())),
            grams: TfIdf::new(features.iter().map(|f| f.grams.as_slice())),
            besides_names: features.par_iter().map(besides_names).collect(),
            background: (0..rows.len()).into_par_iter().map(background).collect(),
        }
    }

    /// Features of the statements.
    pub fn features(&self) -> &'a [TextFeatures] {
        self.rows.features()
    }

    /// Probability that two statements make the same claim.
    pub fn same(&self, a: u32, b: u32) -> f32 {
        probability(&self.pair(a, b))
    }

    fn pair(&self, a: u32, b: u32) -> ClaimPair {
        let (i, j) = (a as usize, b as usize);
        let features = self.rows.features();
        let cosine = self.rows.cosine(i, j);
        let stems = self.stems.cosine(i, j);
        let terms = (stems + self.grams.cosine(i, j)) / 2.0;
        ClaimPair {
            cosine,
            stands_out: 2.0 * cosine - self.background[i] - self.background[j],
            terms,
            same_unit: terms > 0.0 && same_unit(&features[i], &features[j]),
            names_alone: stems > 0.0 && intersection(&self.besides_names[i], &self.besides_names[j]) == 0,
            articles: self.rows.scale().apply(self.contexts.cosine(i, j)),
        }
    }
}

/// The mean cosine of a statement to its neighbours of [`claim::BACKGROUND_FROM`] to [`claim::BACKGROUND_TO`] in other
/// articles; where there are few, to the further half of them.
fn background(row: usize, article: &[u32], near: &Neighbours) -> f32 {
    let elsewhere: Vec<f32> = near
        .of(row)
        .filter(|(other, _)| article[row] != article[*other as usize])
        .map(|(_, cosine)| cosine)
        .take(claim::BACKGROUND_TO)
        .collect();
    let general = &elsewhere[claim::BACKGROUND_FROM.min(elsewhere.len() / 2)..];
    if general.is_empty() { 0.0 } else { general.iter().sum::<f32>() / general.len() as f32 }
}

/// The stems of a text that are in none of its names, sorted.
fn besides_names(features: &TextFeatures) -> Vec<u32> {
    let named: BTreeSet<u32> = features.name_stems.iter().flatten().copied().collect();
    let mut stems: Vec<u32> = features.stems.iter().copied().filter(|stem| !named.contains(stem)).collect();
    stems.sort_unstable();
    stems
}

/// Whether they count or price the same kind of thing.
fn same_unit(f: &TextFeatures, g: &TextFeatures) -> bool {
    f.figures.iter().any(|a| !a.unit.is_empty() && g.figures.iter().any(|b| a.unit == b.unit))
}
