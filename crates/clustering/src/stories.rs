//! Stories: articles on one event, with nothing given, and what pairs of articles are to each other.

use rayon::prelude::*;
use serde::Serialize;

use crate::error::within;
use crate::{Error, Rows, Scorer, events};

/// How readily articles are put into one story.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryParams {
    /// Lowest mean probability, between two groups, at which they are joined, 0 to 1; higher makes
    /// smaller stories. The mean of a true story is well below ½, since it has articles that only others
    /// connect.
    pub cut: f32,
}

impl Default for StoryParams {
    fn default() -> Self {
        Self { cut: 0.25 }
    }
}

/// Parameters that were checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidStoryParams(pub(crate) StoryParams);

impl StoryParams {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`Error::Parameter`] with the name, the value and what is allowed.
    pub fn check(self) -> Result<ValidStoryParams, Error> {
        within("cut", self.cut.into(), self.cut > 0.0 && self.cut <= 1.0, "above 0 and at most 1")?;
        Ok(ValidStoryParams(self))
    }
}

/// What two articles are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleRelation {
    /// Most of one stands in the other, word for word.
    Reprint,
    /// A good part of one stands in the other, among other words.
    Rewrite,
    /// They tell of the same event in their own words.
    SameStory,
    /// They are about different events and share a narrative.
    SharedNarrative,
}

impl ArticleRelation {
    /// As tables show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reprint => "reprint",
            Self::Rewrite => "rewrite",
            Self::SameStory => "same_story",
            Self::SharedNarrative => "shared_narrative",
        }
    }
}

/// What is known of two articles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArticleVerdict {
    /// What they are to each other.
    pub relation: ArticleRelation,
    /// Probability that the relation holds.
    pub score: f32,
    /// Share of a's words that stand in passages of b.
    pub a_in_b: f32,
    /// Share of b's words that stand in passages of a.
    pub b_in_a: f32,
}

/// The story of every article: the index of its first article.
pub fn stories(rows: &Rows, params: &ValidStoryParams) -> Vec<u32> {
    events::same_event(rows, params.0.cut)
}

/// Pairs of articles `(a, b, verdict)`, `a < b`, that belong together: those of one story, and those in
/// `sharing`, pairs of articles that share a narrative.
pub fn article_pairs(rows: &Rows, story: &[u32], sharing: &[(u32, u32)]) -> Vec<(u32, u32, ArticleVerdict)> {
    let scorer = Scorer::new(rows);
    let mut pairs: Vec<(u32, u32, f32)> = events::probabilities(rows);
    let known: Vec<(u32, u32)> = pairs.iter().map(|p| (p.0, p.1)).collect();
    pairs.extend(
        sharing
            .iter()
            .map(|(a, b)| (*a.min(b), *a.max(b), 0.0))
            .filter(|p| known.binary_search(&(p.0, p.1)).is_err()),
    );
    let mut shared: Vec<(u32, u32)> = sharing.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
    shared.sort_unstable();
    pairs.sort_by_key(|p| (p.0, p.1));
    pairs.dedup_by_key(|p| (p.0, p.1));
    pairs
        .into_par_iter()
        .filter_map(|(a, b, p)| {
            let verdict = scorer.score(a, b);
            let most = verdict.a_in_b.max(verdict.b_in_a);
            let together = story.get(a as usize) == story.get(b as usize);
            let (relation, score) = if most >= REPRINT {
                (ArticleRelation::Reprint, most)
            } else if most >= REWRITE {
                (ArticleRelation::Rewrite, verdict.score)
            } else if together {
                (ArticleRelation::SameStory, p)
            } else if shared.binary_search(&(a, b)).is_ok() {
                (ArticleRelation::SharedNarrative, verdict.score)
            } else {
                return None;
            };
            Some((a, b, ArticleVerdict { relation, score, a_in_b: verdict.a_in_b, b_in_a: verdict.b_in_a }))
        })
        .collect()
}

/// Share of the words of one article in passages of the other, from which on it is a reprint.
const REPRINT: f32 = 0.8;
/// The same for a rewrite.
const REWRITE: f32 = 0.3;
