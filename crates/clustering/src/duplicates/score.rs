//! The score of a pair: what is compared, and how it becomes a probability.

use rayon::prelude::*;
use serde::Serialize;

use crate::Rows;
use crate::overlap::{Shingled, common_subsequence, intersection, shingle_words};

/// What two texts are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same words in the same order.
    Identical,
    /// Most of the words of one stand in the other, in order.
    NearCopy,
    /// They say the same in other words.
    Paraphrase,
    /// Below the decision line.
    Related,
}

impl Relation {
    /// As tables show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::NearCopy => "near_copy",
            Self::Paraphrase => "paraphrase",
            Self::Related => "related",
        }
    }
}

/// What is known of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Jaccard overlap of word shingles, 0 to 1.
    pub lexical: f32,
    /// Cosine of the vectors, -1 to 1.
    pub semantic: f32,
    /// Probability that the two say the same, 0 to 1; 0.5 is the decision.
    pub score: f32,
    /// What they are to each other.
    pub relation: Relation,
    /// Share of a's words that stand in passages of b.
    pub a_in_b: f32,
    /// Share of b's words that stand in passages of a.
    pub b_in_a: f32,
}

/// Scores pairs of the same rows, each text prepared once.
pub struct Scorer<'a> {
    rows: Rows<'a>,
    texts: Vec<Shingled<'a>>,
}

impl<'a> Scorer<'a> {
    /// Prepares every text.
    pub fn new(rows: &Rows<'a>) -> Self {
        Self { rows: *rows, texts: rows.features.par_iter().map(Shingled::new).collect() }
    }

    /// What is known of the pair `(a, b)`. The score is the same for `(b, a)`.
    pub fn score(&self, a: u32, b: u32) -> Verdict {
        let (a, b) = (a as usize, b as usize);
        let (x, y) = (&self.texts[a], &self.texts[b]);
        let shorter = x.words().len().min(y.words().len());
        let overlap = x.overlap(y, shingle_words(shorter));
        let semantic = self.rows.cosine(a, b);
        let identical = !x.words().is_empty() && x.words() == y.words();
        let score = if identical { 1.0 } else { self.probability(a, b, semantic) };
        let copied = overlap.a_in_b.max(overlap.b_in_a) >= 0.8;
        let relation = match score >= 0.5 {
            true if identical => Relation::Identical,
            true if copied => Relation::NearCopy,
            true => Relation::Paraphrase,
            false => Relation::Related,
        };
        Verdict {
            lexical: overlap.jaccard,
            semantic,
            score,
            relation,
            a_in_b: overlap.a_in_b,
            b_in_a: overlap.b_in_a,
        }
    }

    fn probability(&self, a: usize, b: usize, cosine: f32) -> f32 {
        let (x, y) = (&self.texts[a], &self.texts[b]);
        let (f, g) = (&self.rows.features[a], &self.rows.features[b]);
        let (n, m) = (x.words().len() as f32, y.words().len() as f32);
        let longer = n.max(m).max(1.0);
        let grams = intersection(&f.grams, &g.grams) as f32 / f.grams.len().max(g.grams.len()).max(1) as f32;
        let subsequence = common_subsequence(x.words(), y.words()) as f32 / longer;
        let numbers = f.figures.is_empty() != g.figures.is_empty();
        let negation = f.negated != g.negated;
        let short = 3.95 * cosine + 3.05 * grams + 2.17 * subsequence
            - 0.16 * (n - m).abs()
            - 0.21 * f32::from(u8::from(numbers))
            - 1.09 * f32::from(u8::from(negation))
            - 4.63;
        let copied = x.containment(y, crate::overlap::LONGEST);
        let long = 4.30 * cosine + 3.27 * self.rows.lead_cosine(a, b) - 3.65;
        let long = logistic(long).min(0.75) + 0.25 * copied;
        let share = ((n.min(m) - 40.0) / 40.0).clamp(0.0, 1.0);
        logistic(short) * (1.0 - share) + long * share
    }
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
