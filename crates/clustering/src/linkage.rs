//! Average linkage on a sparse graph.
//!
//! Single linkage chains, complete linkage splits; the mean over all pairs of two groups does neither.
//! A dense matrix of scores is out of the question for many rows, so only candidate pairs carry one, and
//! every other pair counts as `missing`, the score of pairs that have nothing to do with each other. A
//! merge then costs only the candidates of the two groups.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// Labels for `n` rows, numbered by first row: groups are joined, best mean first, while the mean score
/// between them is at least `cut`. `pairs` are `(a, b, score)`, each pair at most once; scores below
/// `missing` count as `missing`.
pub fn average(n: usize, pairs: &[(u32, u32, f32)], missing: f32, cut: f32) -> Vec<u32> {
    // Per group: for each group it shares candidates with, the summed score above `missing`.
    let mut links: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); n];
    let mut heap = BinaryHeap::new();
    for &(a, b, score) in pairs {
        let above = f64::from(score - missing);
        if above > 0.0 && a != b {
            *links[a as usize].entry(b).or_default() += above;
            *links[b as usize].entry(a).or_default() += above;
            heap.push(Merge::of(above, a, b));
        }
    }
    let bar = f64::from(cut - missing);
    let mut size = vec![1u32; n];
    let mut parent: Vec<u32> = (0..n as u32).collect();
    while let Some(Merge { mean, a, b }) = heap.pop() {
        if mean < bar {
            break;
        }
        let (ai, bi) = (a as usize, b as usize);
        let current = match links[ai].get(&b) {
            Some(sum) if size[ai] > 0 && size[bi] > 0 => sum / (f64::from(size[ai]) * f64::from(size[bi])),
            _ => continue,
        };
        if current != mean {
            continue; // Made before one of the two grew; its newer form is in the heap.
        }
        // The lower index stays, so that a group is named by its first row.
        parent[bi] = a;
        size[ai] += size[bi];
        size[bi] = 0;
        let moved = std::mem::take(&mut links[bi]);
        links[ai].remove(&b);
        for (other, sum) in moved {
            if other != a {
                *links[ai].entry(other).or_default() += sum;
                let back = &mut links[other as usize];
                back.remove(&b);
            }
        }
        let fresh: Vec<(u32, f64)> = links[ai].iter().map(|(other, sum)| (*other, *sum)).collect();
        for (other, sum) in fresh {
            links[other as usize].insert(a, sum);
            heap.push(Merge::of(sum / (f64::from(size[ai]) * f64::from(size[other as usize])), a, other));
        }
    }
    (0..n as u32)
        .map(|mut row| {
            while parent[row as usize] != row {
                row = parent[row as usize];
            }
            row
        })
        .collect()
}

/// A merge that could be made; the greatest mean first, then the lowest indices.
#[derive(PartialEq)]
struct Merge {
    mean: f64,
    a: u32,
    b: u32,
}

impl Merge {
    fn of(mean: f64, a: u32, b: u32) -> Self {
        Self { mean, a: a.min(b), b: a.max(b) }
    }
}

impl Eq for Merge {}

impl Ord for Merge {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook way on a full matrix of scores above `missing`.
    fn plain(n: usize, pairs: &[(u32, u32, f32)], missing: f32, cut: f32) -> Vec<u32> {
        let mut above = vec![vec![0.0; n]; n];
        for &(a, b, s) in pairs {
            above[a as usize][b as usize] = f64::from(s - missing).max(0.0);
            above[b as usize][a as usize] = f64::from(s - missing).max(0.0);
        }
        let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for x in 0..groups.len() {
                for y in x + 1..groups.len() {
                    let sum: f64 =
                        groups[x].iter().flat_map(|i| groups[y].iter().map(|j| above[*i][*j])).sum();
                    let mean = sum / (groups[x].len() as f64 * groups[y].len() as f64);
                    if mean >= f64::from(cut - missing) && best.is_none_or(|(m, ..)| mean > m) {
                        best = Some((mean, x, y));
                    }
                }
            }
            let Some((_, x, y)) = best else { break };
            let gone = groups.remove(y);
            groups[x].extend(gone);
        }
        let mut label = vec![0; n];
        for group in groups {
            group.iter().for_each(|i| label[*i] = group[0] as u32);
        }
        label
    }

    proptest! {
        /// Whole numbers, so that sums are exact in any order and ties are real ones.
        #[test]
        fn agrees_with_the_full_matrix(scores in prop::collection::vec(0u8..60, 66)) {
            let mut score = scores.iter().map(|s| f32::from(*s));
            let mut pairs = Vec::new();
            for a in 0..12u32 {
                for b in a + 1..12 {
                    pairs.extend(score.next().filter(|s| *s > 20.0).map(|s| (a, b, s)));
                }
            }
            prop_assert_eq!(average(12, &pairs, 10.0, 30.0), plain(12, &pairs, 10.0, 30.0));
        }
    }

    #[test]
    fn a_bridge_does_not_join_two_groups() {
        let pairs = [(0, 1, 1.0), (2, 3, 1.0), (1, 2, 0.9)];
        assert_eq!(average(4, &pairs, -1.0, 0.5), [0, 0, 2, 2]);
    }
}
