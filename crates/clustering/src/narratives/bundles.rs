//! Bundles: narratives that travel together across the same articles.
//!
//! One claim in two articles may be chance; five claims in the same five articles are one message. Two
//! narratives belong together when their sets of articles overlap strongly, and a bundle holds no pair of
//! narratives that does not, so that a chain of small overlaps makes no bundle.

use std::collections::BTreeMap;

use crate::duplicates::complete_link_groups;
use crate::duplicates::overlap::intersection;
use crate::weights::bundle::{ARTICLES, OVERLAP};

/// Narratives that travel together.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// Their places, ascending.
    pub narratives: Vec<usize>,
    /// Lowest Jaccard overlap of the articles of any two of them.
    pub overlap: f32,
}

/// The bundles among narratives, each given by its articles, sorted and unique; ordered by first narrative.
/// A narrative that travels alone is in none.
pub fn bundles(articles: &[Vec<u32>]) -> Vec<Bundle> {
    let jaccard = |a: u32, b: u32| {
        let (a, b) = (&articles[a as usize], &articles[b as usize]);
        let shared = intersection(a, b);
        if shared < ARTICLES { 0.0 } else { shared as f32 / (a.len() + b.len() - shared) as f32 }
    };
    let mut of_article: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (place, set) in articles.iter().enumerate() {
        set.iter().for_each(|article| of_article.entry(*article).or_default().push(place as u32));
    }
    let mut pairs: Vec<(u32, u32, f32)> = Vec::new();
    for (a, set) in articles.iter().enumerate() {
        let mut others: Vec<u32> = set
            .iter()
            .flat_map(|article| of_article[article].iter().copied())
            .filter(|b| *b > a as u32)
            .collect();
        others.sort_unstable();
        others.dedup();
        pairs.extend(
            others.into_iter().map(|b| (a as u32, b, jaccard(a as u32, b))).filter(|p| p.2 >= OVERLAP),
        );
    }
    let found = complete_link_groups(articles.len(), &pairs, OVERLAP, jaccard);
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, group) in found.group.iter().enumerate() {
        groups.entry(*group).or_default().push(place);
    }
    groups
        .into_values()
        .filter(|narratives| narratives.len() > 1)
        .map(|narratives| Bundle { overlap: found.cohesion[narratives[0]], narratives })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn claims_of_the_same_articles_travel_together_and_others_do_not() {
        let found = bundles(&[vec![1, 2, 3], vec![4, 5], vec![1, 2, 3], vec![1, 2], vec![1, 4], vec![4, 6]]);
        assert_eq!(found, [Bundle { narratives: vec![0, 2, 3], overlap: 2.0 / 3.0 }]);
    }

    /// Each overlaps with the next in four of six, the first and the last in two of eight.
    #[test]
    fn a_chain_is_no_bundle() {
        let found = bundles(&[vec![1, 2, 3, 4, 5], vec![2, 3, 4, 5, 6], vec![3, 4, 5, 6, 7]]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].narratives, [0, 1]);
    }

    proptest! {
        #[test]
        fn no_two_narratives_of_a_bundle_overlap_less_than_it_says(
            sets in prop::collection::vec(prop::collection::btree_set(0u32..8, 2..6), 0..20),
        ) {
            let sets: Vec<Vec<u32>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            for bundle in bundles(&sets) {
                prop_assert!(bundle.narratives.len() > 1 && bundle.overlap >= OVERLAP);
                for (i, x) in bundle.narratives.iter().enumerate() {
                    for y in &bundle.narratives[i + 1..] {
                        let shared = intersection(&sets[*x], &sets[*y]);
                        prop_assert!(shared >= ARTICLES);
                        let all = sets[*x].len() + sets[*y].len() - shared;
                        prop_assert!(shared as f32 / all as f32 >= bundle.overlap);
                    }
                }
            }
        }
    }
}
