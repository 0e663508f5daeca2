//! Nearest neighbours by cosine.
//!
//! Every later stage starts from "which rows are near this one", and a neighbour that is missing there
//! would show up as a missed duplicate. So the search is exact as long as every pair can be looked at
//! (`exact`), with vectors in bytes first and in full where it matters (`quantised`), in loops for the
//! instruction set at hand (`kernels`). Above a number of rows that the caller can set it becomes
//! approximate (`approximate`), in time that grows with n log n.
//!
//! Similarities are dot products in full precision in either case, summed in a fixed order: the same
//! bits in both directions, for any number of threads and on every processor.
//!
//! ```
//! use throughline_clustering::neighbours::nearest;
//! let rows = ndarray::array![[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]];
//! let found = nearest(rows.view(), 1);
//! assert_eq!(found.index.column(0).to_vec(), [1, 0, 1]);
//! assert!((found.similarity[[0, 0]] - 0.8).abs() < 1e-6);
//! ```

mod approximate;
mod exact;
mod kernels;
mod quantised;

use ndarray::{Array2, ArrayView2, CowArray, Ix2};

use kernels::Kernels;
pub(crate) use quantised::Quantised;

/// Rows up to which [`nearest`] looks at every pair.
pub const EXACT_UP_TO: usize = 50_000;

/// The nearest rows of every row.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    /// Neighbours of each row: what was asked for, or all others where there are fewer.
    pub k: usize,
    /// Their indices, rows × k, nearest first, equal ones by index; a row is never its own neighbour.
    pub index: Array2<u32>,
    /// Their cosines, rows × k.
    pub similarity: Array2<f32>,
}

impl Neighbours {
    /// Neighbours of row `i` with their cosines, nearest first.
    pub fn of(&self, i: usize) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.index.row(i).into_iter().copied().zip(self.similarity.row(i).into_iter().copied())
    }

    /// The mean cosine of row `i` to its first `k` neighbours; 0 where it has none.
    pub fn mean_of(&self, i: usize, k: usize) -> f32 {
        let k = k.min(self.k);
        if k == 0 { 0.0 } else { self.similarity.row(i).iter().take(k).sum::<f32>() / k as f32 }
    }
}

/// How neighbours are searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// Neighbours of each row.
    pub k: usize,
    /// Rows up to which every pair is looked at, in `O(rows² · dimensions)`; with more, the search is
    /// approximate, in `O(rows · log rows · dimensions)`.
    pub exact_up_to: usize,
    /// Seed of the approximate search.
    pub seed: u64,
}

/// The `k` nearest rows of each row of `vectors` (rows × dimensions, unit length, so that the dot
/// product is the cosine). Components that are not finite count as 0. Exact up to [`EXACT_UP_TO`] rows.
pub fn nearest(vectors: ArrayView2<f32>, k: usize) -> Neighbours {
    search(vectors, &Search { k, exact_up_to: EXACT_UP_TO, seed: 0 })
}

/// As [`nearest`], in the way that `how` says.
pub fn search(vectors: ArrayView2<f32>, how: &Search) -> Neighbours {
    let vectors = clean(vectors);
    search_in(vectors.view(), &Quantised::new(vectors.view()), how)
}

/// As [`search`], for vectors that are in bytes already. They must be finite and one row after the other.
pub(crate) fn search_in(vectors: ArrayView2<f32>, bytes: &Quantised, how: &Search) -> Neighbours {
    let n = vectors.nrows();
    let k = how.k.min(n.saturating_sub(1));
    if k == 0 {
        return Neighbours { k, index: Array2::zeros((n, 0)), similarity: Array2::zeros((n, 0)) };
    }
    let found = if n <= how.exact_up_to {
        exact::among_themselves(vectors, bytes, k)
    } else {
        approximate::among_themselves(vectors, bytes, k, how.seed)
    };
    let mut index = Array2::zeros((n, k));
    let mut similarity = Array2::zeros((n, k));
    for ((index, similarity), (j, s)) in index.iter_mut().zip(&mut similarity).zip(found) {
        (*index, *similarity) = (j, s);
    }
    Neighbours { k, index, similarity }
}

/// The `k` rows of `others` (fewer where there are fewer) nearest to each of some rows of `vectors`, with their
/// cosines, nearest first, equal ones by index. Exact. Both must be finite, one row after the other, and have
/// the same width.
pub(crate) fn nearest_among(
    vectors: ArrayView2<f32>,
    rows: &[u32],
    others: ArrayView2<f32>,
    k: usize,
) -> Vec<Vec<(u32, f32)>> {
    let k = k.min(others.nrows());
    if k == 0 {
        return vec![Vec::new(); rows.len()];
    }
    exact::among_others(vectors, rows, others, k).chunks(k).map(<[_]>::to_vec).collect()
}

/// The vectors one row after the other, with 0 for what is not finite.
fn clean(vectors: ArrayView2<f32>) -> CowArray<f32, Ix2> {
    if vectors.is_standard_layout() && vectors.iter().all(|x| x.is_finite()) {
        return vectors.into();
    }
    let finite = |x: &f32| if x.is_finite() { *x } else { 0.0 };
    Array2::from_shape_fn(vectors.dim(), |at| finite(&vectors[at])).into()
}

/// The dot product of two slices of one length, in the order of all similarities.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    Kernels::detect().dot(a, b)
}

/// The dot product of two vectors of one length, the same bits as [`nearest`] gives for them.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    // A component that is not finite makes a sum that is none either.
    let sum = Kernels::detect().dot(a, b);
    if sum.is_finite() {
        return sum;
    }
    let clean = |v: &[f32]| -> Vec<f32> { v.iter().map(|x| if x.is_finite() { *x } else { 0.0 }).collect() };
    Kernels::detect().dot(&clean(a), &clean(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(v: &Array2<f32>, k: usize) -> Vec<Vec<u32>> {
        (0..v.nrows())
            .map(|i| {
                let mut all: Vec<(u32, f32)> = (0..v.nrows())
                    .filter(|j| *j != i)
                    .map(|j| (j as u32, cosine(&v.row(i).to_vec(), &v.row(j).to_vec())))
                    .collect();
                all.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
                all.into_iter().take(k).map(|x| x.0).collect()
            })
            .collect()
    }

    proptest! {
        #[test]
        fn agrees_with_the_plain_way(n in 0usize..90, d in 1usize..20, k in 0usize..12, seed in 0u32..1000) {
            let v = Array2::from_shape_fn((n, d), |(i, j)| {
                ((i as u32 * 31 + j as u32 * 17 + seed).wrapping_mul(2_654_435_761) >> 24) as f32 / 256.0 - 0.5
            });
            let found = nearest(v.view(), k);
            prop_assert_eq!(found.k, k.min(n.saturating_sub(1)));
            let rows: Vec<Vec<u32>> = found.index.rows().into_iter().map(|r| r.to_vec()).collect();
            prop_assert_eq!(rows, naive(&v, k));
        }
    }

    /// Unit vectors around so many centroids.
    fn scattered(n: usize, width: usize, count: usize) -> Array2<f32> {
        let mut random = crate::random::SplitMix::new(crate::random::mix(3));
        let mut next = || (0..4).map(|_| (random.bits() >> 40) as f32 / 16_777_216.0 - 0.5).sum::<f32>();
        let centroids = Array2::from_shape_fn((count, width), |_| next());
        let mut v = Array2::from_shape_fn((n, width), |(i, j)| centroids[[i * 7 % count, j]] + next());
        for mut row in v.rows_mut() {
            let length = row.dot(&row).sqrt();
            row /= length;
        }
        v
    }

    #[test]
    fn wide_vectors_too_agree_with_the_plain_way() {
        let v = scattered(700, 200, 9);
        let found = nearest(v.view(), 12);
        let rows: Vec<Vec<u32>> = found.index.rows().into_iter().map(|r| r.to_vec()).collect();
        assert_eq!(rows, naive(&v, 12));
        assert_eq!(
            found.similarity[[5, 0]],
            cosine(v.row(5).as_slice().unwrap(), v.row(rows[5][0] as usize).as_slice().unwrap())
        );
    }

    #[test]
    fn the_nearest_among_others_agree_with_the_plain_way() {
        let (v, others) = (scattered(300, 80, 5), scattered(70, 80, 70));
        let rows: Vec<u32> = (0..300).rev().step_by(3).collect();
        for (found, i) in nearest_among(v.view(), &rows, others.view(), 3).into_iter().zip(rows) {
            let own = v.row(i as usize).to_vec();
            let mut plain: Vec<(u32, f32)> =
                (0..70u32).map(|j| (j, cosine(&own, &others.row(j as usize).to_vec()))).collect();
            plain.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
            plain.truncate(3);
            assert_eq!(found, plain);
        }
    }

    #[test]
    fn the_approximate_search_finds_nearly_all_and_the_same_with_any_threads() {
        let v = scattered(5000, 64, 40);
        let how = Search { k: 10, exact_up_to: 0, seed: 1 };
        let exact = nearest(v.view(), 10);
        let near = search(v.view(), &how);
        let mut missing = 0;
        for i in 0..5000 {
            missing += exact.of(i).filter(|(j, s)| !near.of(i).any(|other| other == (*j, *s))).count();
        }
        assert!(missing < 1000, "{missing} of 50000");
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| search(v.view(), &how))
        };
        assert_eq!(with(1), with(3));
    }

    #[test]
    fn threads_do_not_change_a_bit() {
        let v = Array2::from_shape_fn((1300, 48), |(i, j)| ((i * 37 + j * 101) % 211) as f32 / 211.0 - 0.5);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| nearest(v.view(), 10))
        };
        assert_eq!(with(1), with(2));
    }

    #[test]
    fn equal_rows_come_by_index_and_odd_numbers_do_no_harm() {
        let v = ndarray::array![[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [f32::NAN, 0.0]];
        let found = nearest(v.view(), 9);
        assert_eq!(found.k, 3);
        assert_eq!(found.index.row(1).to_vec(), [0, 2, 3]);
    }
}
