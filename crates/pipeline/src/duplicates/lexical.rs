//! Copies by their words alone, with no model: pairs and groups.

use std::collections::HashMap;

use rayon::prelude::*;
use throughline_clustering::duplicates::{
    ValidShinglePairParams, complete_link_groups, shingle_overlap, shingle_pairs,
};
use throughline_schema::tables::{DuplicateGroupRow, DuplicatePairRow};
use throughline_schema::{Article, Relation, Unit};
use throughline_tokenisation::features::words;

use super::{DECISION, asked_rows, group_rows, in_order};
use crate::PipelineError;
use crate::progress::{Reporter, Stage};
use crate::texts::EMPTY;

const UNIT: Unit = Unit::Article;

/// Articles as lists of hashed words, headline first, in the order of their ids.
pub struct WordLists {
    ids: Vec<String>,
    words: Vec<Vec<u32>>,
    missing: Vec<(String, String)>,
}

impl WordLists {
    /// Reads the words of every article that has any text.
    pub fn read(articles: &[Article], reporter: &dyn Reporter) -> Self {
        let stage = Stage::begin(reporter, "words", Some(articles.len()));
        let (present, absent): (Vec<&Article>, Vec<&Article>) =
            articles.iter().partition(|article| !article.is_blank());
        let read = |article: &&Article| {
            stage.advance(1);
            words(&article.headed_text())
        };
        Self {
            ids: present.iter().map(|article| article.id.0.clone()).collect(),
            words: present.par_iter().map(read).collect(),
            missing: absent.iter().map(|article| (article.id.0.clone(), EMPTY.to_owned())).collect(),
        }
    }

    fn row(&self, a: u32, b: u32, overlap: f32, threshold: f32) -> DuplicatePairRow {
        let (of_a, of_b) = (&self.words[a as usize], &self.words[b as usize]);
        let relation = match overlap >= threshold {
            true if of_a == of_b => Relation::Identical,
            true => Relation::NearCopy,
            false => Relation::Related,
        };
        DuplicatePairRow {
            a: self.ids[a as usize].clone(),
            b: self.ids[b as usize].clone(),
            lexical: overlap,
            semantic: None,
            score: score(overlap, threshold),
            relation,
            unit: UNIT,
        }
    }
}

/// Pairs of articles whose words overlap by a threshold.
pub struct Copies<'w> {
    texts: &'w WordLists,
    params: &'w ValidShinglePairParams,
    /// Indices of two articles that have text, with their overlap.
    pairs: Vec<(u32, u32, f32)>,
}

impl<'w> Copies<'w> {
    /// Finds and counts.
    pub fn find(texts: &'w WordLists, params: &'w ValidShinglePairParams, reporter: &dyn Reporter) -> Self {
        let _stage = Stage::begin(reporter, "copies", None);
        Self { texts, params, pairs: shingle_pairs(&texts.words, params) }
    }

    /// The table `duplicate_pairs`.
    pub fn pair_rows(&self) -> Vec<DuplicatePairRow> {
        let threshold = self.params.get().threshold;
        let row = |(a, b, overlap): &(u32, u32, f32)| in_order(self.texts.row(*a, *b, *overlap, threshold));
        let mut rows: Vec<DuplicatePairRow> = self.pairs.iter().map(row).collect();
        rows.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        rows
    }

    /// The table `duplicate_groups`: no group holds a pair below the threshold.
    pub fn group_rows(&self) -> Vec<DuplicateGroupRow> {
        let params = self.params.get();
        let words = &self.texts.words;
        let overlap = |a: u32, b: u32| {
            score(shingle_overlap(&words[a as usize], &words[b as usize], params.shingle), params.threshold)
        };
        let scored: Vec<(u32, u32, f32)> =
            self.pairs.iter().map(|(a, b, overlap)| (*a, *b, score(*overlap, params.threshold))).collect();
        let grouping = complete_link_groups(words.len(), &scored, DECISION, overlap);
        group_rows(UNIT, &self.texts.ids, &self.texts.missing, &grouping)
    }
}

/// The overlap of exactly the pairs asked for, in their order and direction.
///
/// # Errors
/// A pair that names an id which is not among the articles.
pub fn overlaps(
    texts: &WordLists,
    params: &ValidShinglePairParams,
    asked: &[(String, String)],
) -> Result<Vec<DuplicatePairRow>, PipelineError> {
    let params = params.get();
    let place: HashMap<&str, u32> =
        texts.ids.iter().enumerate().map(|(i, id)| (id.as_str(), i as u32)).collect();
    asked_rows(&place, &texts.missing, asked, (UNIT, None), |pairs| {
        let row = |(a, b): &(u32, u32)| {
            let (of_a, of_b) = (&texts.words[*a as usize], &texts.words[*b as usize]);
            texts.row(*a, *b, shingle_overlap(of_a, of_b, params.shingle), params.threshold)
        };
        pairs.par_iter().map(row).collect()
    })
}

/// The overlap, stretched so that the threshold lies on the decision line.
fn score(overlap: f32, threshold: f32) -> f32 {
    if overlap < threshold {
        DECISION * overlap / threshold
    } else if threshold < 1.0 {
        DECISION + (1.0 - DECISION) * (overlap - threshold) / (1.0 - threshold)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_lies_on_the_decision_line() {
        for threshold in [0.1, 0.5, 0.83, 1.0] {
            assert_eq!((score(0.0, threshold), score(1.0, threshold)), (0.0, 1.0));
            assert!(score(threshold, threshold) >= DECISION);
            assert!(score(threshold - 0.001, threshold) < DECISION);
        }
    }
}
