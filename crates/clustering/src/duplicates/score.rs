//! The score of a pair: what is compared, and how it becomes a probability.
//!
//! Two sentences say the same when their meaning agrees and so do most of their words. Figures that conflict, a denial on
//! one side only, and words that very many texts have speak against it.
//!
//! Two articles are near-duplicates when one was made from the other. Articles on one event agree in meaning as much as
//! copies do, so there the words that were reused decide, and meaning alone stays below the decision line.
//!
//! Between the length of a sentence and that of an article one rule goes over into the other.

use rayon::prelude::*;
use throughline_schema::{Relation, TextFeatures};

use super::conflicting_values::Values;
use super::overlap::{Overlap, Shingled, common_subsequence, intersection};
use super::pair_features::{ArticlePair, SentencePair, TextReuse};
use super::vocabulary::Vocabulary;
use crate::across::Across;
use crate::rows::Rows;
use crate::weights::{article_pair, copy, decision, sentence_pair, text_reuse};

/// What is known of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Jaccard overlap of word shingles, 0 to 1.
    pub lexical: f32,
    /// Cosine of the vectors on the scale of the decision lines, -1 to 1.
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

/// Whether one of two texts is a copy of the other, by the share of its words that stand in passages of the other. The
/// one notion of a copy for every stage.
pub fn is_copy(share: f32) -> bool {
    share >= copy::SHARE
}

/// Scores pairs of the same rows, each text prepared once.
///
/// How common words are is counted among the rows, so that a pair's score depends on the collection that it
/// stands in: what a hundred notices share is no sign of copying.
pub struct Scorer<'a> {
    rows: Rows<'a>,
    texts: Vec<Shingled<'a>>,
    vocabularies: Vec<Vocabulary<'a>>,
    across: Option<Across>,
}

/// The two texts of a pair, as they are compared.
struct Compared<'a> {
    texts: [&'a Shingled<'a>; 2],
    features: [&'a TextFeatures; 2],
    vocabularies: [&'a Vocabulary<'a>; 2],
    cosine: f32,
    lead_cosine: f32,
    overlap: Overlap,
}

impl<'a> Scorer<'a> {
    /// Prepares every text.
    pub fn new(rows: &Rows<'a>) -> Self {
        Self {
            rows: *rows,
            texts: rows.features().par_iter().map(Shingled::new).collect(),
            vocabularies: Vocabulary::of_all(rows.features()),
            across: Across::new(rows),
        }
    }

    /// The rows that it was prepared for.
    pub fn rows(&self) -> &Rows<'a> {
        &self.rows
    }

    /// The texts, prepared.
    pub fn texts(&self) -> &[Shingled<'a>] {
        &self.texts
    }

    /// What is known of the pair `(a, b)`. The score is the same for `(b, a)`.
    pub fn score(&self, a: u32, b: u32) -> Verdict {
        let compared = self.compared(a, b);
        let Overlap { jaccard, a_in_b, b_in_a } = compared.overlap;
        let [first, second] = compared.texts.map(Shingled::words);
        let identical = !first.is_empty() && first == second;
        let across = self.across.as_ref().and_then(|across| across.claim(&self.rows, a as usize, b as usize));
        let score = match across {
            _ if identical => 1.0,
            Some(log_odds) => compared.across(log_odds),
            None => compared.score(),
        };
        let relation = match score >= decision::LINE {
            true if identical => Relation::Identical,
            true if across.is_some() => Relation::Translation,
            true if is_copy(a_in_b.max(b_in_a)) => Relation::NearCopy,
            true => Relation::Paraphrase,
            false => Relation::Related,
        };
        Verdict { lexical: jaccard, semantic: compared.cosine, score, relation, a_in_b, b_in_a }
    }

    /// What the score of the pair looks at, where it is one of sentences.
    pub fn sentence_pair(&self, a: u32, b: u32) -> SentencePair {
        self.compared(a, b).sentence_pair()
    }

    /// What tells whether one of the two was made from the other.
    pub fn text_reuse(&self, a: u32, b: u32) -> TextReuse {
        self.compared(a, b).text_reuse()
    }

    /// What tells how near the two are in their matter, where they are articles.
    pub fn article_pair(&self, a: u32, b: u32) -> ArticlePair {
        self.compared(a, b).article_pair()
    }

    fn compared(&self, a: u32, b: u32) -> Compared<'_> {
        let (a, b) = (a as usize, b as usize);
        let texts = [&self.texts[a], &self.texts[b]];
        let features = self.rows.features();
        Compared {
            texts,
            features: [&features[a], &features[b]],
            vocabularies: [&self.vocabularies[a], &self.vocabularies[b]],
            cosine: self.rows.cosine(a, b),
            lead_cosine: self.rows.lead_cosine(a, b),
            overlap: texts[0].overlap(texts[1]),
        }
    }
}

impl Compared<'_> {
    fn score(&self) -> f32 {
        let longer = self.longer();
        let ramp = |from: f32, to: f32| ((longer - from) / (to - from)).clamp(0.0, 1.0);
        let article = self.article();
        let copied = ramp(text_reuse::FROM_WORDS, text_reuse::FULLY_FROM_WORDS);
        let as_sentences = if article < 1.0 { logistic(self.sentence_pair().log_odds()) } else { 0.0 };
        let as_articles = if article > 0.0 { self.as_articles() } else { 0.0 };
        let told = as_sentences * (1.0 - article) + as_articles * article;
        let copy = if copied > 0.0 { self.as_copy() * copied } else { 0.0 };
        1.0 - (1.0 - told) * (1.0 - text_reuse::SUREST * copy)
    }

    /// The score of two texts in two languages with these log-odds. Two articles that agree in meaning are of one event, not
    /// a translation, as far as it can be told.
    fn across(&self, log_odds: f32) -> f32 {
        let article = self.article();
        let most = article_pair::MEANING;
        let meaning = logistic(self.article_pair().log_odds()).min(article_pair::MOST_MEANING);
        logistic(log_odds) * (1.0 - article) + most * meaning / article_pair::MOST_MEANING * article
    }

    /// How far the longer text is an article, 0 to 1.
    fn article(&self) -> f32 {
        let (from, to) = (sentence_pair::SENTENCE_WORDS, sentence_pair::ARTICLE_WORDS);
        ((self.longer() - from) / (to - from)).clamp(0.0, 1.0)
    }

    /// Words of the longer text.
    fn longer(&self) -> f32 {
        let [n, m] = self.texts.map(|text| text.words().len() as f32);
        n.max(m)
    }

    fn sentence_pair(&self) -> SentencePair {
        let [n, m] = self.texts.map(|text| text.words().len() as f32);
        let [f, g] = self.features;
        let [v, w] = self.vocabularies;
        let (longer, difference) = (n.max(m).max(1.0), (n - m).abs());
        let subsequence = common_subsequence(self.texts[0].words(), self.texts[1].words()) as f32 / longer;
        let common = v.commonness_of_rarest(w) - sentence_pair::COMMONNESS_FROM;
        let conflicts = Values::of(f, g).conflicts.min(sentence_pair::MOST_CONFLICTS);
        SentencePair {
            cosine: self.cosine,
            grams: intersection(&f.grams, &g.grams) as f32 / f.grams.len().max(g.grams.len()).max(1) as f32,
            subsequence,
            stems: v.shared_stems(w),
            bigrams: v.shared_bigrams(w),
            difference,
            relative_difference: difference / longer,
            commonness: (common / sentence_pair::COMMONNESS_RANGE).clamp(0.0, 1.0),
            conflicts: conflicts as f32 * subsequence,
            negation: f32::from(u8::from(f.negated != g.negated)),
        }
    }

    fn article_pair(&self) -> ArticlePair {
        ArticlePair { cosine: self.cosine, lead_cosine: self.lead_cosine }
    }

    /// How near two articles that were told independently are in their matter: below the decision line, however near.
    /// Above the point where reports of one event lie, runs of content words in common say more than the meaning.
    fn as_articles(&self) -> f32 {
        let most = article_pair::MOST_MEANING;
        let meaning = logistic(self.article_pair().log_odds()).min(most) / most;
        let runs = self.texts[0].shared_runs(self.texts[1]).powf(article_pair::RUNS_POWER);
        article_pair::MEANING * meaning + article_pair::RUNS * runs
    }

    fn text_reuse(&self) -> TextReuse {
        let [v, w] = self.vocabularies;
        let reused = v.reused(w);
        let disagreement = Values::of(self.features[0], self.features[1]).disagreement();
        TextReuse {
            reused,
            rarest_shared: v.rarest_shared(w),
            commonness: v.commonness_of_rarest(w) * (1.0 - reused),
            disagreement: (disagreement - text_reuse::DISAGREEMENT_ALLOWED).max(0.0),
        }
    }

    /// Probability that one was made from the other.
    ///
    /// Two pages may share all their boilerplate and nothing else. So the meaning must agree as well, the more so the
    /// more of each stands in the other; and only as far as the vectors have read, which leave out the ends of long
    /// texts.
    fn as_copy(&self) -> f32 {
        let Overlap { a_in_b, b_in_a, .. } = self.overlap;
        if a_in_b.max(b_in_a) < text_reuse::FLOOR {
            return 0.0;
        }
        let read = (text_reuse::WORDS_READ / self.longer()).min(1.0);
        let expected = text_reuse::COSINE_SLOPE * a_in_b.min(b_in_a) - text_reuse::COSINE_OFFSET;
        let same_matter = ((self.cosine - expected * read) / text_reuse::COSINE_RANGE).clamp(0.0, 1.0);
        logistic(self.text_reuse().log_odds()) * same_matter
    }
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
