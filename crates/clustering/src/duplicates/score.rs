//! The score of a pair: what is compared, and how it becomes a probability.
//!
//! Two sentences say the same when their meaning agrees and so do most of their words; figures that conflict, a
//! denial on one side only, and words that very many texts have speak against it. Two articles are near-duplicates
//! when one was made from the other: articles on one event agree in meaning as much as copies do, so there the words
//! that were taken over decide, and meaning alone stays below the line. Between a sentence and an article one rule
//! goes over into the other with the length.

use rayon::prelude::*;
use throughline_schema::{Relation, TextFeatures};

use super::values::Values;
use super::vocabulary::Vocabulary;
use crate::Rows;
use crate::overlap::{Overlap, Shingled, common_subsequence, intersection};

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

/// Share of the words of one text in passages of the other, from which on it is a near copy.
const NEAR_COPY: f32 = 0.7;

/// Words of the longer text up to which two are compared as sentences, and from which on as articles. The sentences
/// that the first form was fitted on have 33 words at most.
const SENTENCE: f32 = 40.0;
const ARTICLE: f32 = 60.0;
/// Words of the longer text from which on, and from which on in full, one may be a copy of the other though they
/// are no paraphrases: a cut report says less than the whole.
const COPIED: [f32; 2] = [25.0, 45.0];

/// Scores pairs of the same rows, each text prepared once.
///
/// How common words are is counted among the rows, so that a pair's score depends on the collection that it
/// stands in: what a hundred notices share is no sign of copying.
pub struct Scorer<'a> {
    rows: Rows<'a>,
    texts: Vec<Shingled<'a>>,
    vocabularies: Vec<Vocabulary<'a>>,
}

/// What both forms of the score look at.
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
            texts: rows.features.par_iter().map(Shingled::new).collect(),
            vocabularies: Vocabulary::of_all(rows.features),
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
        let (a, b) = (a as usize, b as usize);
        let texts = [&self.texts[a], &self.texts[b]];
        let compared = Compared {
            texts,
            features: [&self.rows.features[a], &self.rows.features[b]],
            vocabularies: [&self.vocabularies[a], &self.vocabularies[b]],
            cosine: self.rows.cosine(a, b),
            lead_cosine: self.rows.lead_cosine(a, b),
            overlap: texts[0].overlap(texts[1]),
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
    fn score(&self) -> f32 {
        let [n, m] = self.texts.map(|text| text.words().len() as f32);
        let longer = n.max(m);
        let ramp = |from: f32, to: f32| ((longer - from) / (to - from)).clamp(0.0, 1.0);
        let (article, copied) = (ramp(SENTENCE, ARTICLE), ramp(COPIED[0], COPIED[1]));
        let as_sentences = if article < 1.0 { self.as_sentences() } else { 0.0 };
        let as_articles = if article > 0.0 { self.as_articles() } else { 0.0 };
        let told = as_sentences * (1.0 - article) + as_articles * article;
        let copy = if copied > 0.0 { self.copy() * copied } else { 0.0 };
        1.0 - (1.0 - told) * (1.0 - SUREST * copy)
    }

    /// Whether two sentences say the same.
    ///
    /// Logistic regression, fitted on 27 November 2026 on MRPC train and ParaPhraser train, each with the same
    /// weight, and with a quarter of it on 1,176 pairs of short Reuters notices: copies planted among them with 1
    /// to 40 % of the words edited, and notices from the same templates of other companies or of other days.
    fn as_sentences(&self) -> f32 {
        let [n, m] = self.texts.map(|text| text.words().len() as f32);
        let [f, g] = self.features;
        let [v, w] = self.vocabularies;
        let (longer, difference) = (n.max(m).max(1.0), (n - m).abs());
        let grams = intersection(&f.grams, &g.grams) as f32 / f.grams.len().max(g.grams.len()).max(1) as f32;
        let subsequence = common_subsequence(self.texts[0].words(), self.texts[1].words()) as f32;
        // A figure that differs weighs the more, the more alike the rest is.
        let alike = subsequence / longer;
        let odds = 3.55 * self.cosine + 4.54 * grams + 3.97 * alike + 0.99 * v.stems(w)
            - 3.04 * v.bigrams(w)
            - 0.14 * difference
            + 2.78 * difference / longer
            - 1.34 * ((v.common(w) - 1.0) / 2.0).clamp(0.0, 1.0)
            - 1.15 * Values::of(f, g).conflicts.min(4) as f32 * alike
            - 1.06 * flag(f.negated != g.negated)
            - 5.62;
        logistic(odds)
    }

    /// How near two articles that were told independently are in their matter: below the line, however near.
    ///
    /// The weights of the meaning were fitted on a sample of SemEval-2022 task 8. Above the point where reports of
    /// one event lie, runs of content words in common say more than the meaning (Clough and Stevenson's graded
    /// reuse).
    fn as_articles(&self) -> f32 {
        let meaning = logistic(4.30 * self.cosine + 3.27 * self.lead_cosine - 3.65).min(0.85) / 0.85;
        0.43 * meaning + 0.05 * self.texts[0].shared_runs(self.texts[1]).powf(0.3)
    }

    /// Whether one was made from the other.
    ///
    /// Logistic regression, fitted on 27 November 2026 on 3,000 Reuters articles with 600 planted reprints (1 to
    /// 40 % of the words edited; cut, merged, reordered), against pairs of articles with other titles and of the same
    /// notice on other days, whose figures differ.
    fn copy(&self) -> f32 {
        let Overlap { a_in_b, b_in_a, .. } = self.overlap;
        if a_in_b.max(b_in_a) < COPY_FLOOR {
            return 0.0;
        }
        let [v, w] = self.vocabularies;
        let taken = v.taken(w);
        let odds = COPY[0] * taken
            + COPY[1] * v.rarer(w)
            + COPY[2] * v.common(w) * (1.0 - taken)
            + COPY[3] * (Values::of(self.features[0], self.features[1]).disagreement() - 0.3).max(0.0)
            + COPY[4];
        // Where each stands in the other, the meaning must agree, as far as the vectors have read: two pages may
        // share all their furniture.
        let longer = self.texts[0].words().len().max(self.texts[1].words().len()) as f32;
        let expected = (0.9 * a_in_b.min(b_in_a) - 0.15) * (READ / longer).min(1.0);
        let same_matter = ((self.cosine - expected) / 0.06).clamp(0.0, 1.0);
        logistic(odds) * same_matter
    }
}

/// Weights of the words taken over, of the rarer ones shared, of what they share being common, as far as it was not
/// taken over, of figures and dates that disagree, and the intercept.
const COPY: [f32; 5] = [13.01, 1.72, -4.48, -6.01, -8.64];
/// Share of the words of either text in runs that both have, below which nobody copied: with four words in ten
/// edited, a fifth is left.
const COPY_FLOOR: f32 = 0.08;
/// Words of a text that its vector is sure to have read: 256 tokens of the default model.
const READ: f32 = 190.0;
/// Highest probability of a copy that is not the same word for word.
const SUREST: f32 = 0.96;

fn flag(x: bool) -> f32 {
    f32::from(u8::from(x))
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::mix;
    use ndarray::{Array2, arr2};
    use throughline_schema::Figure;

    fn text(seed: u64, words: u64) -> Vec<u32> {
        (0..words).map(|place| mix(seed << 32 | place) as u32).collect()
    }

    fn features(words: &[u32]) -> TextFeatures {
        let mut grams = words.to_vec();
        grams.sort_unstable();
        grams.dedup();
        TextFeatures { words: words.to_vec(), stems: words.to_vec(), grams, ..TextFeatures::default() }
    }

    /// Verdicts of the first text with the others, each with the same cosine to it.
    fn verdicts(texts: &[Vec<u32>], cosine: f32) -> Vec<Verdict> {
        let features: Vec<TextFeatures> = texts.iter().map(|words| features(words)).collect();
        let ids: Vec<String> = (0..texts.len()).map(|i| format!("{i:03}")).collect();
        let across = (1.0 - cosine * cosine).sqrt();
        let vectors = Array2::from_shape_fn((texts.len(), texts.len()), |(i, j)| match (i, j) {
            (0, 0) => 1.0,
            (_, 0) => cosine,
            _ if i == j => across,
            _ => 0.0,
        });
        let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
        let scorer = Scorer::new(&rows);
        (1..texts.len() as u32)
            .map(|other| {
                let (there, back) = (scorer.score(0, other), scorer.score(other, 0));
                assert_eq!((there.score, there.a_in_b), (back.score, back.b_in_a));
                there
            })
            .collect()
    }

    fn verdict(texts: [Vec<u32>; 2], cosine: f32) -> Verdict {
        verdicts(&texts, cosine)[0]
    }

    /// `words` with the given share of them replaced, wherever chance puts them.
    fn edited(words: &[u32], seed: u64, per_cent: u64) -> Vec<u32> {
        let chance = |place: usize| mix(mix(seed) ^ place as u64);
        let replace = |(place, word): (usize, &u32)| match chance(place) % 100 < per_cent {
            true => chance(place) as u32,
            false => *word,
        };
        words.iter().enumerate().map(replace).collect()
    }

    #[test]
    fn a_text_is_identical_to_itself() {
        let found = verdict([text(1, 30), text(1, 30)], 1.0);
        assert_eq!((found.relation, found.score, found.a_in_b), (Relation::Identical, 1.0, 1.0));
    }

    #[test]
    fn half_of_an_article_is_a_near_copy_and_another_article_on_the_event_is_not() {
        let article = text(1, 200);
        let cut = article[60..160].to_vec();
        assert_eq!(verdict([article.clone(), cut], 0.75).relation, Relation::NearCopy);
        assert_eq!(verdict([article, text(2, 200)], 0.85).relation, Relation::Related);
    }

    #[test]
    fn pages_that_share_only_their_furniture_are_no_copies() {
        let (furniture, own) = (text(1, 150), 5);
        let page = |seed| [text(seed, own), furniture.clone()].concat();
        assert!(verdict([page(2), page(3)], 0.5).score < 0.5);
        assert!(verdict([page(2), page(3)], 0.95).score > 0.5);
    }

    #[test]
    fn a_copy_with_its_parts_moved_is_found() {
        let article = text(1, 200);
        let moved = edited(&[&article[120..], &article[..120]].concat(), 5, 30);
        assert!(verdict([article, moved], 0.75).score > 0.5);
        // The vectors of long texts read other parts.
        let article = text(1, 500);
        let moved = edited(&[&article[300..], &article[..300]].concat(), 5, 5);
        assert!(verdict([article, moved], 0.5).score > 0.5);
    }

    #[test]
    fn a_short_report_that_was_cut_is_found() {
        let report = text(1, 60);
        assert!(verdict([report.clone(), edited(&report[..40], 5, 10)], 0.75).score > 0.5);
    }

    /// Texts of 30 or 100 words, three fifths of them from one template.
    fn notices(words: u64) -> Vec<Vec<u32>> {
        let template = text(1, words * 3 / 5);
        let own = |seed: u64| text(seed, words * 2 / 5);
        let woven = |seed: u64| -> Vec<u32> {
            let parts = template.chunks(6).zip(own(seed).chunks(4).map(<[u32]>::to_vec).collect::<Vec<_>>());
            parts.flat_map(|(shared, own)| [shared.to_vec(), own]).flatten().collect()
        };
        (2..102).map(woven).collect()
    }

    #[test]
    fn notices_from_one_template_are_no_duplicates_and_a_copy_among_them_is() {
        for (words, edits) in [(30, 10), (100, 20)] {
            let mut texts = notices(words);
            texts.push(edited(&texts[0], 5, edits));
            let found = verdicts(&texts, 0.75);
            let (copy, others) = found.split_last().unwrap();
            assert!(copy.score > 0.5, "{words}: {}", copy.score);
            assert!(others.iter().all(|other| other.score < 0.5), "{words}: {others:?}");
        }
    }

    #[test]
    fn a_crowd_of_copies_is_no_template() {
        let report = text(1, 150);
        let others = || (2..102).map(|seed| text(seed, 150));
        let nearly_the_same: Vec<Vec<u32>> =
            (0..100).map(|seed| edited(&report, seed, 8)).chain(others()).collect();
        let mut printed = vec![report.clone(); 99];
        printed.insert(0, edited(&report, 7, 25));
        let the_same_and_one_edited: Vec<Vec<u32>> = printed.into_iter().chain(others()).collect();
        for texts in [nearly_the_same, the_same_and_one_edited] {
            let found = verdicts(&texts, 0.8);
            assert!(found[..99].iter().all(|copy| copy.score > 0.5));
            assert!(found[99..].iter().all(|other| other.score < 0.5));
        }
    }

    #[test]
    fn figures_that_differ_throughout_lower_the_score() {
        let notice = text(1, 60);
        let score = |figures: [[f64; 3]; 2]| {
            let texts = [notice.clone(), edited(&notice, 5, 25)];
            let mut features = texts.map(|words| features(&words));
            for (features, values) in features.iter_mut().zip(figures) {
                let figure =
                    |value| Figure { text: String::new(), value, unit: String::new(), about: vec![] };
                features.figures = values.map(figure).to_vec();
            }
            let ids = ["a".to_owned(), "b".to_owned()];
            let vectors: Array2<f32> = arr2(&[[1.0, 0.0], [0.8, 0.6]]);
            Scorer::new(&Rows::new(&ids, vectors.view(), None, &features).unwrap()).score(0, 1).score
        };
        let (same, other) = (score([[1.0, 2.0, 3.0]; 2]), score([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]));
        assert!(same > 0.9 && other < same - 0.2, "{same} {other}");
    }

    #[test]
    fn a_denial_lowers_the_score() {
        let mut texts = [text(1, 12), text(1, 12)].map(|words| features(&words));
        texts[1].words[11] = 7;
        let ids = ["a".to_owned(), "b".to_owned()];
        let vectors: Array2<f32> = arr2(&[[1.0, 0.0], [0.8, 0.6]]);
        let score = |texts: &[TextFeatures]| {
            Scorer::new(&Rows::new(&ids, vectors.view(), None, texts).unwrap()).score(0, 1).score
        };
        let plain = score(&texts);
        texts[1].negated = true;
        assert!(score(&texts) < plain);
    }

    #[test]
    fn empty_texts_are_no_duplicates() {
        assert!(verdict([vec![], vec![]], 0.0).score < 0.5);
        assert!(verdict([vec![], text(1, 100)], 0.0).score < 0.5);
    }
}
