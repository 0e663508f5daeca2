//! What two articles are to each other: reprint, rewrite, another report of the story, or a shared narrative.
//!
//! A reprint has the words, a rewrite has the statements: who rewrites a report goes through it and tells one
//! thing after the other in words of his own. So a rewrite is told by the words that were left, or by the
//! statements that have a counterpart in the other article in the same order; another report of the event
//! shares some statements and orders them as it likes.

use rayon::prelude::*;
use throughline_schema::ArticleRelation;

use super::events;
use crate::duplicates::{Scorer, is_copy};
use crate::rows::Rows;
use crate::weights::article_relation::{ORDERED, RETOLD, REWRITE};
use crate::weights::decision;

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

/// How many statements of two articles make the same claims.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedStatements {
    /// The article with the lower row.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Statements that have a counterpart in the other article, in the same order: [`counterparts_in_order`].
    pub in_order: usize,
    /// Statements of the article that has fewer.
    pub statements: usize,
    /// Highest probability of any two of them that they make the same claim, 0 to 1.
    pub score: f32,
}

/// Pairs of articles `(a, b, verdict)`, `a < b`, in order, that belong together: those of one story, and those in
/// `sharing`, which is sorted by `a` and `b` and has each pair once.
pub fn article_pairs(
    rows: &Rows,
    story: &[u32],
    sharing: &[SharedStatements],
) -> Vec<(u32, u32, ArticleVerdict)> {
    let scorer = Scorer::new(rows);
    let shared =
        |a: u32, b: u32| sharing.binary_search_by_key(&(a, b), |s| (s.a, s.b)).ok().map(|at| &sharing[at]);
    let mut pairs: Vec<(u32, u32, f32)> = events::probabilities(rows);
    let known: Vec<(u32, u32)> = pairs.iter().map(|p| (p.0, p.1)).collect();
    let unknown = sharing.iter().filter(|s| known.binary_search(&(s.a, s.b)).is_err());
    pairs.extend(unknown.map(|s| (s.a, s.b, 0.0)));
    pairs.sort_by_key(|p| (p.0, p.1));
    pairs
        .into_par_iter()
        .filter_map(|(a, b, p)| {
            let verdict = scorer.score(a, b);
            let most = verdict.a_in_b.max(verdict.b_in_a);
            let together = story.get(a as usize) == story.get(b as usize);
            let sharing = shared(a, b);
            let retold = sharing.map_or(0.0, retold);
            // Nothing is asserted below the line.
            let sure = |score: f32| score >= decision::LINE;
            let (relation, score) = if is_copy(most) && sure(verdict.score) {
                (ArticleRelation::Reprint, most)
            } else if most >= REWRITE && sure(verdict.score) || together && retold >= RETOLD {
                (ArticleRelation::Rewrite, verdict.score.max(retold))
            } else if together && sure(p) {
                (ArticleRelation::SameStory, p)
            } else if let Some(sharing) = sharing.filter(|sharing| sure(sharing.score)) {
                (ArticleRelation::SharedNarrative, sharing.score)
            } else {
                return None;
            };
            Some((a, b, ArticleVerdict { relation, score, a_in_b: verdict.a_in_b, b_in_a: verdict.b_in_a }))
        })
        .collect()
}

/// How much of the shorter article the other tells in the same order.
fn retold(sharing: &SharedStatements) -> f32 {
    if sharing.in_order < ORDERED { 0.0 } else { sharing.in_order as f32 / sharing.statements.max(1) as f32 }
}

/// The most counterparts, of pairs of places in two texts, that stand in the same order in both, each place once: the
/// longest increasing subsequence, in `n log n`.
pub fn counterparts_in_order(pairs: &[(u32, u32)]) -> usize {
    let mut pairs = pairs.to_vec();
    // Of one place only one pair can be taken, since its others come with falling partners.
    pairs.sort_unstable_by_key(|(i, j)| (*i, std::cmp::Reverse(*j)));
    let mut ends: Vec<u32> = Vec::new();
    for (_, j) in pairs {
        let at = ends.partition_point(|end| *end < j);
        match ends.get_mut(at) {
            Some(end) => *end = j,
            None => ends.push(j),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;
    use proptest::prelude::*;
    use throughline_schema::TextFeatures;

    #[test]
    fn who_tells_half_of_it_in_the_same_order_rewrites() {
        let features = [0u32, 1000].map(|from| {
            let words: Vec<u32> = (from..from + 100).collect();
            TextFeatures { stems: words.clone(), grams: words.clone(), words, ..TextFeatures::default() }
        });
        let ids = ["a".to_owned(), "b".to_owned()];
        let vectors = arr2(&[[1.0, 0.0], [0.8, 0.6]]);
        let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
        let relation = |in_order, story: [u32; 2]| {
            let sharing = [SharedStatements { a: 0, b: 1, in_order, statements: 10, score: 0.7 }];
            article_pairs(&rows, &story, &sharing).first().map(|pair| pair.2.relation)
        };
        assert_eq!(relation(5, [0, 0]), Some(ArticleRelation::Rewrite));
        assert_eq!(relation(4, [0, 0]), Some(ArticleRelation::SharedNarrative));
        assert_eq!(relation(5, [0, 1]), Some(ArticleRelation::SharedNarrative));
        assert_eq!(article_pairs(&rows, &[0, 1], &[]), []);
        let unsure = [SharedStatements { a: 0, b: 1, in_order: 1, statements: 10, score: 0.3 }];
        assert_eq!(article_pairs(&rows, &[0, 1], &unsure), []);
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_textbook(pairs in prop::collection::vec((0u32..8, 0u32..8), 0..14)) {
            let mut sorted = pairs.clone();
            sorted.sort_unstable();
            let mut longest = vec![1; sorted.len()];
            for y in 0..sorted.len() {
                for x in 0..y {
                    if sorted[x].0 < sorted[y].0 && sorted[x].1 < sorted[y].1 {
                        longest[y] = longest[y].max(longest[x] + 1);
                    }
                }
            }
            prop_assert_eq!(counterparts_in_order(&pairs), longest.into_iter().max().unwrap_or(0));
        }
    }
}
