//! The score of a pair: what is compared, and how it becomes a probability.
//!
//! Two sentences say the same when their meaning agrees and so do most of their words; a figure or a
//! denial on one side only speaks against it. Two articles are near-duplicates when one was made from the
//! other: articles on one event agree in meaning as much as copies do, so there shared passages decide and
//! meaning alone stays below the line. Between a sentence and an article one rule goes over into the
//! other with the length.

use rayon::prelude::*;
use serde::Serialize;
use throughline_schema::TextFeatures;

use crate::Rows;
use crate::differences::same_value;
use crate::overlap::{Overlap, Shingled, common_subsequence, intersection};

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

/// Share of the words of one text in passages of the other, from which on it is a near copy.
const NEAR_COPY: f32 = 0.7;

/// Mean number of words (geometric) up to which texts are compared as sentences, and from which on as
/// articles.
const SENTENCE: f32 = 40.0;
const ARTICLE: f32 = 80.0;

/// Scores pairs of the same rows, each text prepared once.
pub struct Scorer<'a> {
    rows: Rows<'a>,
    texts: Vec<Shingled<'a>>,
}

/// What both forms of the score look at.
struct Compared<'a> {
    texts: [&'a Shingled<'a>; 2],
    features: [&'a TextFeatures; 2],
    cosine: f32,
    lead_cosine: f32,
    overlap: Overlap,
    /// Length of the longest common subsequence of words.
    subsequence: f32,
}

impl<'a> Scorer<'a> {
    /// Prepares every text.
    pub fn new(rows: &Rows<'a>) -> Self {
        Self { rows: *rows, texts: rows.features.par_iter().map(Shingled::new).collect() }
    }

    /// The texts, prepared.
    pub fn texts(&self) -> &[Shingled<'a>] {
        &self.texts
    }

    /// What is known of the pair `(a, b)`. The score is the same for `(b, a)`.
    pub fn score(&self, a: u32, b: u32) -> Verdict {
        let (a, b) = (a as usize, b as usize);
        let texts = [&self.texts[a], &self.texts[b]];
        let compared = Compared {
            texts,
            features: [&self.rows.features[a], &self.rows.features[b]],
            cosine: self.rows.cosine(a, b),
            lead_cosine: self.rows.lead_cosine(a, b),
            overlap: texts[0].overlap(texts[1]),
            subsequence: common_subsequence(texts[0].words(), texts[1].words()) as f32,
        };
        let Overlap { jaccard, a_in_b, b_in_a } = compared.overlap;
        let identical = !texts[0].words().is_empty() && texts[0].words() == texts[1].words();
        let score = if identical { 1.0 } else { compared.score() };
        let relation = match score >= 0.5 {
            true if identical => Relation::Identical,
            true if a_in_b.max(b_in_a) >= NEAR_COPY => Relation::NearCopy,
            true => Relation::Paraphrase,
            false => Relation::Related,
        };
        Verdict { lexical: jaccard, semantic: compared.cosine, score, relation, a_in_b, b_in_a }
    }
}

impl Compared<'_> {
    fn words(&self) -> [f32; 2] {
        self.texts.map(|text| text.words().len() as f32)
    }

    fn score(&self) -> f32 {
        let [n, m] = self.words();
        let article = (((n * m).sqrt() - SENTENCE) / (ARTICLE - SENTENCE)).clamp(0.0, 1.0);
        match article {
            0.0 => self.as_sentences(),
            1.0 => self.as_articles(),
            _ => self.as_sentences() * (1.0 - article) + self.as_articles() * article,
        }
    }

    /// Logistic regression, fitted on 22 November 2026 on MRPC train and ParaPhraser train together, each
    /// with the same weight; the intercept moved so that ½ is where F1 is best on both.
    fn as_sentences(&self) -> f32 {
        let [n, m] = self.words();
        let [f, g] = self.features;
        let (longer, difference) = (n.max(m).max(1.0), (n - m).abs());
        let share = |x: &[u32], y: &[u32], of: usize| intersection(x, y) as f32 / of.max(1) as f32;
        let grams = share(&f.grams, &g.grams, f.grams.len().max(g.grams.len()));
        let [stems, others] = [f, g].map(|features| {
            let mut stems = features.stems.clone();
            stems.sort_unstable();
            stems.dedup();
            stems
        });
        let odds = 4.17 * self.cosine
            + 3.65 * grams
            + 1.06 * self.subsequence / longer
            + 1.28 * share(&stems, &others, stems.len().min(others.len()))
            - 0.373 * difference
            + 3.53 * difference / longer
            - 0.72 * flag(figures_conflict(f, g))
            - 1.01 * flag(f.negated != g.negated)
            - 5.03;
        logistic(odds)
    }

    /// Meaning up to just below the line, copied words across it.
    ///
    /// The weights of the meaning were fitted on a sample of SemEval-2022 task 8, those of copying chosen on
    /// that and on Clough and Stevenson's graded reuse, on 22 November 2026.
    fn as_articles(&self) -> f32 {
        let [n, m] = self.words();
        let meaning = logistic(4.30 * self.cosine + 3.27 * self.lead_cosine - 3.65).min(0.85);
        let passages = self.overlap.a_in_b.max(self.overlap.b_in_a);
        let kept = self.subsequence / n.min(m).max(1.0);
        let copied = (passages + kept) / 2.0;
        // Two pages may share all their furniture, or a template, and nothing of what they tell.
        let same_matter = ((self.cosine - 0.7) / 0.15).clamp(0.0, 1.0);
        let same_figures = figures_agree(self.features[0], self.features[1]);
        let score = 0.54 * meaning
            + 0.06 * self.texts[0].shared_runs(self.texts[1]).powf(0.2)
            + 0.10 * logistic((copied - 0.3) / 0.08) * same_figures
            + 0.30 * logistic((copied - 0.8) / 0.05) * same_matter * same_figures;
        score.clamp(0.0, 1.0)
    }
}

/// Whether each side has a figure or a date that the other has not.
fn figures_conflict(f: &TextFeatures, g: &TextFeatures) -> bool {
    let lacks = |x: &TextFeatures, y: &TextFeatures| {
        x.figures.iter().any(|a| !y.figures.iter().any(|b| same_value(a.value, b.value)))
            || x.dates.iter().any(|a| !y.dates.contains(a))
    };
    lacks(f, g) && lacks(g, f)
}

/// How far the figures of two long texts speak for one being a copy of the other, 0.3 to 1: reports made
/// from one template share their words and differ in their figures.
fn figures_agree(f: &TextFeatures, g: &TextFeatures) -> f32 {
    let (few, many) =
        if f.figures.len() <= g.figures.len() { (&f.figures, &g.figures) } else { (&g.figures, &f.figures) };
    if few.len() < 3 {
        return 1.0;
    }
    let found = few.iter().filter(|a| many.iter().any(|b| same_value(a.value, b.value))).count();
    (2.0 * found as f32 / few.len() as f32).clamp(0.3, 1.0)
}

fn flag(x: bool) -> f32 {
    f32::from(u8::from(x))
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
