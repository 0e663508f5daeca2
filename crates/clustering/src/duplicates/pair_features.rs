//! What the scores of a pair look at, each by its name, and the log-odds that follow.
//!
//! The weights stand in this crate's `weights/` under the same names. The programs that fit them take their data from
//! here, so that a fit sees exactly what the program sees.

use crate::weights::{article_pair, sentence_pair, text_reuse};

/// What two sentences have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SentencePair {
    /// Cosine of their vectors, -1 to 1.
    pub cosine: f32,
    /// Shared character n-grams over those of the sentence that has more, 0 to 1.
    pub grams: f32,
    /// Longest common subsequence of words over the longer sentence, 0 to 1.
    pub subsequence: f32,
    /// Shared stems over those of the sentence that has fewer, 0 to 1.
    pub stems: f32,
    /// Shared pairs of neighbouring words over those of the sentence that has fewer, 0 to 1.
    pub bigrams: f32,
    /// Difference in length, in words.
    pub difference: f32,
    /// Difference in length over the longer sentence, 0 to 1.
    pub relative_difference: f32,
    /// How common the rarest shared stem is, 0 to 1.
    pub commonness: f32,
    /// Figures and dates that conflict, times `subsequence`: one that differs weighs the more, the more alike the rest is.
    pub conflicts: f32,
    /// 1 where exactly one of the two denies something, else 0.
    pub negation: f32,
}

impl SentencePair {
    /// Names of the features, as in `weights/sentence_pair.toml`.
    pub const NAMES: [&str; 10] = [
        "cosine",
        "grams",
        "subsequence",
        "stems",
        "bigrams",
        "difference",
        "relative_difference",
        "commonness",
        "conflicts",
        "negation",
    ];

    /// The features in the order of [`Self::NAMES`].
    pub fn values(&self) -> [f32; 10] {
        [
            self.cosine,
            self.grams,
            self.subsequence,
            self.stems,
            self.bigrams,
            self.difference,
            self.relative_difference,
            self.commonness,
            self.conflicts,
            self.negation,
        ]
    }

    /// Log-odds that the two say the same.
    pub fn log_odds(&self) -> f32 {
        use sentence_pair as w;
        let weights = [
            w::COSINE,
            w::GRAMS,
            w::SUBSEQUENCE,
            w::STEMS,
            w::BIGRAMS,
            w::DIFFERENCE,
            w::RELATIVE_DIFFERENCE,
            w::COMMONNESS,
            w::CONFLICTS,
            w::NEGATION,
        ];
        weighted(&weights, &self.values()) + w::INTERCEPT
    }
}

/// What tells whether one text was made from another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextReuse {
    /// Share of the words of either text that the other reuses, the greater of the two, 0 to 1.
    pub reused: f32,
    /// Share of the rarer third of either text's words that the other has, the greater of the two, 0 to 1.
    pub rarest_shared: f32,
    /// How common the rarest shared stem is, 0 to 6.9, times the share of words that were not reused.
    pub commonness: f32,
    /// Share of figures and dates that conflict, above what editing explains, 0 to 1.
    pub disagreement: f32,
}

impl TextReuse {
    /// Names of the features, as in `weights/text_reuse.toml`.
    pub const NAMES: [&str; 4] = ["reused", "rarest_shared", "commonness", "disagreement"];

    /// The features in the order of [`Self::NAMES`].
    pub fn values(&self) -> [f32; 4] {
        [self.reused, self.rarest_shared, self.commonness, self.disagreement]
    }

    /// Log-odds that one was made from the other.
    pub fn log_odds(&self) -> f32 {
        use text_reuse as w;
        let weights = [w::REUSED, w::RAREST_SHARED, w::COMMONNESS, w::DISAGREEMENT];
        weighted(&weights, &self.values()) + w::INTERCEPT
    }
}

/// What tells how near two articles are in their matter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArticlePair {
    /// Cosine of the whole articles, -1 to 1.
    pub cosine: f32,
    /// Cosine of their first statements, -1 to 1.
    pub lead_cosine: f32,
}

impl ArticlePair {
    /// Names of the features, as in `weights/article_pair.toml`.
    pub const NAMES: [&str; 2] = ["cosine", "lead_cosine"];

    /// The features in the order of [`Self::NAMES`].
    pub fn values(&self) -> [f32; 2] {
        [self.cosine, self.lead_cosine]
    }

    /// Log-odds that the two are about the same matter.
    pub fn log_odds(&self) -> f32 {
        use article_pair as w;
        weighted(&[w::COSINE, w::LEAD_COSINE], &self.values()) + w::INTERCEPT
    }
}

/// The sum of the products, in order.
fn weighted(weights: &[f32], values: &[f32]) -> f32 {
    weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
}
