//! Which texts are about the same event: articles of one story, or headlines that make one claim.
//!
//! One threshold on the cosine fits no collection: among many articles on one subject everything is
//! near everything. So a pair is judged four ways, and the log-odds added up: by its cosine; by the rare
//! words it shares; by what each side's nearest other text reaches at all (local scaling: Zelnik-Manor
//! and Perona, Self-tuning spectral clustering, 2004); and by the neighbours they have in common
//! (Jarvis and Patrick, Clustering using a similarity measure based on shared near neighbors, 1973).
//! Groups grow by average linkage on the probabilities, so that a pair which has nothing in common
//! counts as 0 and need not be looked at. Copies are folded first: ten copies of one text would
//! otherwise be each other's only neighbours, and count ten times.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use throughline_schema::TextFeatures;

use crate::across::Across;
use crate::duplicates::overlap::{Shingled, intersection};
use crate::duplicates::{complete_link_groups, is_copy};
use crate::linkage;
use crate::rows::Rows;
use crate::tf_idf::TfIdf;
use crate::weights::{copy, event};

/// Terms that more texts have are not rare, and make no candidates: bounds the cost of common words.
const CROWD: usize = 500;
/// Neighbours by cosine that make candidates.
const NEAREST: usize = 100;

/// What a text of these words is compared by: 0 character n-grams, which forgive inflection where words
/// are few, to 1 stems, which are enough where they are many.
fn by_words(words: usize) -> f32 {
    ((words as f32 - event::FEW_WORDS) / (event::ENOUGH_WORDS - event::FEW_WORDS)).clamp(0.0, 1.0)
}

/// Words of the shorter of two texts.
fn shorter(features: &[TextFeatures], i: usize, j: usize) -> usize {
    features[i].words.len().min(features[j].words.len())
}

/// What tells whether two texts are about the same event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventPair {
    /// Cosine of the two, -1 to 1.
    pub cosine: f32,
    /// TF-IDF cosine of stems, of character n-grams where words are few, 0 to 1.
    pub terms: f32,
    /// Sum of the highest cosines that each side reaches with any other text that is no copy of it.
    pub reach: f32,
    /// Share of their nearest texts that both have, 0 to 1.
    pub shared_neighbours: f32,
    /// Log-odds of a pair in two languages, of which the rest says little.
    pub across: Option<f32>,
}

impl EventPair {
    /// Names of the features, as in `weights/event.toml`.
    pub const NAMES: [&str; 4] = ["cosine", "terms", "reach", "shared_neighbours"];

    /// The features in the order of [`Self::NAMES`].
    pub fn values(&self) -> [f32; 4] {
        [self.cosine, self.terms, self.reach, self.shared_neighbours]
    }

    /// Log-odds that the two are about the same event: by how they stand among the others, but not far above what likeness
    /// alone says. Two lonely texts are each other's nearest and have their neighbours in common, whatever they say.
    pub fn log_odds(&self) -> f32 {
        if let Some(across) = self.across {
            return across;
        }
        let among_others = event::COSINE * self.cosine
            + event::TERMS * self.terms
            + event::REACH * self.reach
            + event::SHARED_NEIGHBOURS * self.shared_neighbours
            + event::INTERCEPT;
        let alone =
            event::ALONE_COSINE * self.cosine + event::ALONE_TERMS * self.terms + event::ALONE_INTERCEPT;
        among_others.min(alone + event::ABOVE_ALONE)
    }
}

/// Labels of the rows: rows with the same label are about the same event; the label is the first row.
/// `cut` is the lowest mean probability between two groups that are joined.
pub(crate) fn same_event(rows: &Rows, cut: f32) -> Vec<u32> {
    let (fold, pairs) = event_pairs(rows);
    let label = linkage::average(rows.len(), &probable(pairs), 0.0, cut);
    // A fold's row is its first, and a group's label its first row, so labels are first rows again.
    fold.iter().map(|row| label[*row as usize]).collect()
}

/// Candidate pairs of rows `(a, b, probability)`, `a < b`, in order, copies of one text among them.
pub(crate) fn probabilities(rows: &Rows) -> Vec<(u32, u32, f32)> {
    let unfolded: Vec<u32> = (0..rows.len() as u32).collect();
    probable(Candidates::new(rows).compare(rows, &unfolded))
}

/// For each row the row that stands for it and its copies, itself or the first of them; and what tells of each candidate
/// pair `(a, b)`, `a < b`, in order, of rows that stand for themselves, whether it is about the same event. Events are
/// made of these pairs, and their weights are fitted on them.
pub fn event_pairs(rows: &Rows) -> (Vec<u32>, Vec<(u32, u32, EventPair)>) {
    let candidates = Candidates::new(rows);
    let fold = candidates.copies(rows);
    let pairs = candidates.compare(rows, &fold);
    (fold, pairs)
}

fn probable(pairs: Vec<(u32, u32, EventPair)>) -> Vec<(u32, u32, f32)> {
    pairs.into_iter().map(|(a, b, pair)| (a, b, 1.0 / (1.0 + (-pair.log_odds()).exp()))).collect()
}

struct Candidate {
    a: u32,
    b: u32,
    cosine: f32,
    /// Shared rare terms, 0 to 1: stems or character n-grams, by length.
    terms: f32,
    /// Share of the words of both that stand in passages of the other; 0 where few terms are shared.
    copied: f32,
}

struct Candidates(Vec<Candidate>);

impl Candidates {
    fn new(rows: &Rows) -> Self {
        let near = rows.nearest(NEAREST);
        let features = rows.features();
        let stems = TfIdf::new(features.iter().map(|f| f.stems.as_slice()));
        let grams = TfIdf::new(features.iter().map(|f| f.grams.as_slice()));
        let texts: Vec<Shingled> = features.par_iter().map(Shingled::new).collect();
        let mut pairs = stems.pairs_above(event::LOWEST_TERMS, CROWD);
        for i in 0..rows.len() as u32 {
            let similar = near.of(i as usize).filter(|(_, s)| *s >= event::LOWEST_COSINE);
            pairs.extend(similar.map(|(j, _)| (i.min(j), i.max(j))));
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        let compare = |(a, b): (u32, u32)| {
            let (i, j) = (a as usize, b as usize);
            let words = by_words(shorter(features, i, j));
            let mut terms = 0.0;
            if words > 0.0 {
                terms += words * stems.cosine(i, j);
            }
            if words < 1.0 {
                terms += (1.0 - words) * grams.cosine(i, j);
            }
            let copied = if terms >= event::COPY_TERMS {
                texts[i].overlap(&texts[j]).of_both(&texts[i], &texts[j])
            } else {
                0.0
            };
            Candidate { a, b, cosine: rows.cosine(i, j), terms, copied }
        };
        Self(pairs.into_par_iter().map(compare).collect())
    }

    /// For each row the row that stands for it: itself, or the first of its copies. Of every two rows that one row
    /// stands for, each is a copy of the other. The same words are always one text: of a thousand copies each has a hundred as
    /// neighbours, and most pairs are no candidates.
    fn copies(&self, rows: &Rows) -> Vec<u32> {
        let mut pairs: Vec<(u32, u32, f32)> =
            self.0.iter().filter(|c| is_copy(c.copied)).map(|c| (c.a, c.b, c.copied)).collect();
        pairs.sort_by_key(|p| (p.0, p.1));
        let mut fold = complete_link_groups(rows.len(), &pairs, copy::SHARE, |_, _| 0.0).group;
        let mut first: FxHashMap<&[u32], u32> = FxHashMap::default();
        for (row, features) in rows.features().iter().enumerate().filter(|(_, f)| !f.words.is_empty()) {
            let first = *first.entry(features.words.as_slice()).or_insert(row as u32);
            fold[row] = fold[first as usize];
        }
        // What stood for others may now be a copy itself. Rows stand for later ones only.
        for row in 0..fold.len() {
            fold[row] = fold[fold[row] as usize];
        }
        fold
    }

    /// What is known of each pair of rows that stand for themselves.
    fn compare(&self, rows: &Rows, fold: &[u32]) -> Vec<(u32, u32, EventPair)> {
        let stands = |row: u32| fold[row as usize] == row;
        let kept: Vec<&Candidate> = self.0.iter().filter(|c| stands(c.a) && stands(c.b)).collect();
        let mut reach = vec![0.0f32; rows.len()];
        let mut lists: Vec<Vec<(f32, u32)>> = vec![Vec::new(); rows.len()];
        for c in &kept {
            let rank = c.cosine + event::TERMS_IN_RANK * c.terms;
            for (own, other) in [(c.a, c.b), (c.b, c.a)] {
                if !is_copy(c.copied) {
                    reach[own as usize] = reach[own as usize].max(c.cosine);
                }
                if rank >= event::LISTED_FLOOR {
                    lists[own as usize].push((rank, other));
                }
            }
        }
        let across = Across::new(rows);
        let lists: Vec<Vec<u32>> = lists
            .into_par_iter()
            .enumerate()
            .map(|(row, mut list)| {
                list.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
                let mut list: Vec<u32> =
                    list.into_iter().take(event::LISTED).map(|(_, other)| other).collect();
                list.push(row as u32);
                list.sort_unstable();
                list
            })
            .collect();
        kept.into_par_iter()
            .map(|c| {
                let (i, j) = (c.a as usize, c.b as usize);
                let common = intersection(&lists[i], &lists[j]) as f32;
                let pair = EventPair {
                    cosine: c.cosine,
                    terms: c.terms,
                    reach: reach[i] + reach[j],
                    shared_neighbours: common / ((lists[i].len() * lists[j].len()) as f32).sqrt(),
                    across: across.as_ref().and_then(|across| {
                        let words = shorter(rows.features(), i, j);
                        let claim = across.claim(rows, i, j)?;
                        Some(claim + by_words(words) * (across.event(rows, i, j)? - claim))
                    }),
                };
                (c.a, c.b, pair)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    fn text(words: std::ops::Range<u32>) -> TextFeatures {
        let words: Vec<u32> = words.collect();
        TextFeatures { stems: words.clone(), grams: words.clone(), words, ..TextFeatures::default() }
    }

    #[test]
    fn a_text_is_one_story_however_often_it_is_printed() {
        let n = 700;
        let features: Vec<TextFeatures> =
            (0..n).map(|i| if i < 690 { text(0..40) } else { text(1000 * i..1000 * i + 40) }).collect();
        let vectors =
            Array2::from_shape_fn((n as usize, 16), |(i, j)| f32::from(u8::from(j == i.saturating_sub(689))));
        let ids: Vec<String> = (0..n).map(|i| format!("{i:04}")).collect();
        let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
        let label = same_event(&rows, event::CUT);
        assert!(label[..690].iter().all(|label| *label == 0));
        assert!(label[690..].iter().all(|label| *label != 0));
    }

    #[test]
    fn two_lonely_texts_that_say_little_alike_are_no_story() {
        // Each is the other's nearest, and they have their neighbours, which are only each other, in common.
        let pair =
            EventPair { cosine: 0.454, terms: 0.0, reach: 0.908, shared_neighbours: 1.0, across: None };
        assert!(pair.log_odds() < -2.0);
        let report = EventPair { cosine: 0.8, terms: 0.4, reach: 1.6, shared_neighbours: 0.8, across: None };
        assert!(report.log_odds() > 0.0);
    }
}
