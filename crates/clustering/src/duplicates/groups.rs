//! Groups of near-duplicates without chains.
//!
//! A chain of pairs, each just above the line, ends at two texts that have nothing in common. So two
//! groups are joined only when every pair across them is above the floor, best pairs first; each missing
//! pair is scored, none is assumed.

use rustc_hash::FxHashMap;

use super::Verdict;

/// The group of every row.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouping {
    /// Group of each row: the index of its first row.
    pub group: Vec<u32>,
    /// Whether the row stands for its group; one of each group does.
    pub representative: Vec<bool>,
    /// Lowest score of any pair in the row's group; 1 for a single row.
    pub cohesion: Vec<f32>,
}

/// Groups `n` rows so that every pair inside a group scores at least `floor`.
///
/// `pairs` are verified pairs `(a, b, verdict)`, `a < b`; `scorer` gives the score of any other pair.
/// The row that is most like the others of its group stands for it, the first of equals.
pub fn group_duplicates(
    n: usize,
    pairs: &[(u32, u32, Verdict)],
    floor: f32,
    scorer: impl Fn(u32, u32) -> f32,
) -> Grouping {
    let pairs: Vec<(u32, u32, f32)> = pairs.iter().map(|(a, b, v)| (*a, *b, v.score)).collect();
    complete_link_groups(n, &pairs, floor, scorer)
}

/// Groups of rows in which every pair scores at least `floor`, as complete linkage makes them: the best pairs join
/// their groups first. For plain scores.
pub fn complete_link_groups(
    n: usize,
    pairs: &[(u32, u32, f32)],
    floor: f32,
    scorer: impl Fn(u32, u32) -> f32,
) -> Grouping {
    let mut order = pairs.to_vec();
    order.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    complete_link_groups_in_order(n, &order, floor, scorer)
}

/// The same, where the pairs join groups in the order in which they stand.
pub fn complete_link_groups_in_order(
    n: usize,
    pairs: &[(u32, u32, f32)],
    floor: f32,
    scorer: impl Fn(u32, u32) -> f32,
) -> Grouping {
    let known: FxHashMap<(u32, u32), f32> = pairs.iter().map(|(a, b, s)| ((*a, *b), *s)).collect();
    let score = |a: u32, b: u32| {
        let key = (a.min(b), a.max(b));
        known.get(&key).copied().unwrap_or_else(|| scorer(key.0, key.1))
    };
    let mut group: Vec<u32> = (0..n as u32).collect();
    let mut members: Vec<Vec<u32>> = (0..n as u32).map(|i| vec![i]).collect();
    let mut lowest = vec![1.0f32; n];
    let mut refused: FxHashMap<(u32, u32), ()> = FxHashMap::default();
    for (a, b, _) in pairs.iter().filter(|pair| pair.2 >= floor) {
        let (a, b) = (group[*a as usize], group[*b as usize]);
        let (a, b) = (a.min(b), a.max(b));
        if a == b || refused.contains_key(&(a, b)) {
            continue;
        }
        let mut across = 1.0f32;
        let fits = members[a as usize].iter().all(|x| {
            members[b as usize].iter().all(|y| {
                across = across.min(score(*x, *y));
                across >= floor
            })
        });
        if !fits {
            refused.insert((a, b), ());
            continue;
        }
        lowest[a as usize] = lowest[a as usize].min(lowest[b as usize]).min(across);
        let moved = std::mem::take(&mut members[b as usize]);
        moved.iter().for_each(|row| group[*row as usize] = a);
        members[a as usize].extend(moved);
        members[a as usize].sort_unstable();
    }
    let mut representative = vec![false; n];
    for rows in members.iter().filter(|m| !m.is_empty()) {
        let likeness = |x: u32| rows.iter().filter(|y| **y != x).map(|y| score(x, *y)).sum::<f32>();
        let first =
            rows.iter().map(|x| (likeness(*x), *x)).max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((_, row)) = first {
            representative[row as usize] = true;
        }
    }
    let cohesion = group.iter().map(|g| lowest[*g as usize]).collect();
    Grouping { group, representative, cohesion }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_group_holds_a_pair_below_its_cohesion(scores in prop::collection::vec(0u8..100, 190)) {
            let score = |a: u32, b: u32| {
                let (a, b) = (a.min(b) as usize, a.max(b) as usize);
                f32::from(scores[b * (b - 1) / 2 + a]) / 100.0
            };
            let mut pairs = Vec::new();
            for b in 1..20u32 {
                pairs.extend((0..b).map(|a| (a, b, score(a, b))).filter(|p| p.2 >= 0.5));
            }
            let found = complete_link_groups(20, &pairs, 0.5, score);
            for b in 1..20u32 {
                for a in 0..b {
                    if found.group[a as usize] == found.group[b as usize] {
                        prop_assert!(score(a, b) >= found.cohesion[a as usize]);
                        prop_assert!(score(a, b) >= 0.5);
                    }
                }
            }
            for group in 0..20u32 {
                let rows: Vec<usize> = (0..20).filter(|i| found.group[*i] == group).collect();
                let standing = rows.iter().filter(|i| found.representative[**i]).count();
                prop_assert_eq!(standing, usize::from(!rows.is_empty()));
                prop_assert!(rows.first().is_none_or(|first| *first == group as usize));
            }
        }
    }

    #[test]
    fn a_bridge_joins_neither_side() {
        let pairs = [(0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)];
        let found = complete_link_groups(4, &pairs, 0.5, |_, _| 0.1);
        assert_eq!(found.group, [0, 0, 2, 2]);
        assert_eq!(found.cohesion, [0.9; 4]);
    }
}
