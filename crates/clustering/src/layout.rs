//! A map of rows in two dimensions, for a picture only: no decision is ever taken from it.
//!
//! Uniform manifold approximation (`McInnes`, Healy, Melville 2018) in its plain form: a fuzzy neighbour graph,
//! principal axes as the start, then attraction along edges and repulsion from sampled rows. One seed, one
//! thread, fixed order: the same rows give the same picture.

use ndarray::{Array2, ArrayView2};

use crate::neighbours::{Neighbours, nearest};
use crate::random::SplitMix;

/// Neighbours of a row that pull at it.
const NEIGHBOURS: usize = 15;
/// Rows pushed away for each pull.
const REPULSIONS: usize = 4;
/// Curve of attraction for a least distance of 0.1 (the constants that UMAP fits for it).
const A: f32 = 1.577;
const B: f32 = 0.895;

/// Places `vectors` (rows × dimensions, unit length) in the square from -1 to 1: rows × 2.
pub fn layout(vectors: ArrayView2<f32>, seed: u64) -> Array2<f32> {
    let n = vectors.nrows();
    if n < 3 {
        return Array2::from_shape_fn((n, 2), |(row, axis)| if axis == 0 { row as f32 - 0.5 } else { 0.0 });
    }
    let near = nearest(vectors, NEIGHBOURS.min(n - 1));
    let edges = fuzzy_edges(&near);
    let mut places = principal_axes(vectors);
    // About the same work for any size: large maps need fewer rounds to settle.
    let rounds = (3_000_000 / n).clamp(40, 300);
    let mut random = SplitMix::new(seed);
    let strongest = edges.iter().map(|edge| edge.2).fold(f32::MIN_POSITIVE, f32::max);
    let mut due: Vec<f32> = vec![0.0; edges.len()];
    for round in 0..rounds {
        let step = 1.0 - round as f32 / rounds as f32;
        for (edge, due) in edges.iter().zip(&mut due) {
            *due += edge.2 / strongest;
            if *due < 1.0 {
                continue;
            }
            *due -= 1.0;
            let (i, j) = (edge.0 as usize, edge.1 as usize);
            pull(&mut places, i, j, step);
            for _ in 0..REPULSIONS {
                let other = (random.next() % n as u64) as usize;
                if other != i {
                    push(&mut places, i, other, step);
                }
            }
        }
    }
    fit(&places)
}

/// Edges `(i, j, weight)`: each row's distances scaled so that its neighbourhood weighs log2(k), then joined.
fn fuzzy_edges(near: &Neighbours) -> Vec<(u32, u32, f32)> {
    let n = near.index.nrows();
    let target = (near.k.max(2) as f32).log2();
    let mut edges = Vec::with_capacity(n * near.k);
    for i in 0..n {
        let distance: Vec<f32> = near.similarity.row(i).iter().map(|s| (1.0 - s).max(0.0)).collect();
        let closest = distance.first().copied().unwrap_or(0.0);
        let (mut low, mut high) = (0.0f32, 4.0f32);
        for _ in 0..32 {
            let sigma = (low + high) / 2.0;
            let mass: f32 = distance.iter().map(|d| (-(d - closest) / sigma.max(1e-6)).exp()).sum();
            if mass > target { high = sigma } else { low = sigma }
        }
        let sigma = high.max(1e-6);
        for (&j, d) in near.index.row(i).iter().zip(&distance) {
            edges.push((i as u32, j, (-(d - closest) / sigma).exp()));
        }
    }
    edges
}

/// The two principal axes by power iteration, small enough to leave the rest to the forces.
fn principal_axes(vectors: ArrayView2<f32>) -> Vec<[f32; 2]> {
    let (n, d) = vectors.dim();
    let mut mean = vec![0.0f32; d];
    for row in vectors.rows() {
        mean.iter_mut().zip(row).for_each(|(m, x)| *m += x / n as f32);
    }
    let mut axes: Vec<Vec<f32>> = Vec::new();
    for axis in 0..2 {
        let mut at: Vec<f32> = (0..d).map(|i| if i % 2 == axis { 1.0 } else { 0.5 }).collect();
        for _ in 0..20 {
            let mut next = vec![0.0f32; d];
            for row in vectors.rows() {
                let along: f32 = row.iter().zip(&mean).zip(&at).map(|((x, m), a)| (x - m) * a).sum();
                next.iter_mut().zip(row).zip(&mean).for_each(|((o, x), m)| *o += along * (x - m));
            }
            for other in &axes {
                let along: f32 = next.iter().zip(other).map(|(x, o)| x * o).sum();
                next.iter_mut().zip(other).for_each(|(x, o)| *x -= along * o);
            }
            let length = next.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-12);
            at = next.iter().map(|x| x / length).collect();
        }
        axes.push(at);
    }
    let place = |row: ndarray::ArrayView1<f32>, axis: &[f32]| -> f32 {
        row.iter().zip(&mean).zip(axis).map(|((x, m), a)| (x - m) * a).sum::<f32>() * 10.0
    };
    vectors.rows().into_iter().map(|row| [place(row, &axes[0]), place(row, &axes[1])]).collect()
}

fn pull(places: &mut [[f32; 2]], i: usize, j: usize, step: f32) {
    let (x, y) = (places[i][0] - places[j][0], places[i][1] - places[j][1]);
    let square = x * x + y * y;
    if square == 0.0 {
        return;
    }
    let force = -2.0 * A * B * square.powf(B - 1.0) / (1.0 + A * square.powf(B));
    for (axis, along) in [x, y].into_iter().enumerate() {
        let moved = (force * along).clamp(-4.0, 4.0) * step;
        places[i][axis] += moved;
        places[j][axis] -= moved;
    }
}

fn push(places: &mut [[f32; 2]], i: usize, j: usize, step: f32) {
    let (x, y) = (places[i][0] - places[j][0], places[i][1] - places[j][1]);
    let square = x * x + y * y;
    let force = 2.0 * B / ((0.001 + square) * (1.0 + A * square.powf(B)));
    for (axis, along) in [x, y].into_iter().enumerate() {
        // Rows on one spot part along a fixed direction.
        let along = if square > 0.0 { (force * along).clamp(-4.0, 4.0) } else { 1.0 - axis as f32 };
        places[i][axis] += along * step;
    }
}

/// Centres the picture and scales it, its few outliers aside, into the square.
fn fit(places: &[[f32; 2]]) -> Array2<f32> {
    let mut bounds = [[0.0f32; 2]; 2];
    for axis in 0..2 {
        let mut sorted: Vec<f32> = places.iter().map(|p| p[axis]).collect();
        sorted.sort_by(f32::total_cmp);
        let at = |share: f32| sorted[((sorted.len() - 1) as f32 * share) as usize];
        bounds[axis] = [at(0.005), at(0.995)];
    }
    let half = (0..2).map(|a| (bounds[a][1] - bounds[a][0]) / 2.0).fold(1e-6, f32::max);
    Array2::from_shape_fn((places.len(), 2), |(row, axis)| {
        let centre = (bounds[axis][0] + bounds[axis][1]) / 2.0;
        ((places[row][axis] - centre) / half).clamp(-1.0, 1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three tight bundles far from each other.
    fn bundles() -> Array2<f32> {
        let mut random = SplitMix::new(5);
        let mut rows = Array2::zeros((90, 12));
        for i in 0..90 {
            for j in 0..12 {
                let noise = (random.next() % 1000) as f32 / 1000.0 - 0.5;
                rows[[i, j]] = noise * 0.3 + if j % 3 == i / 30 { 1.0 } else { 0.0 };
            }
            let length = rows.row(i).dot(&rows.row(i)).sqrt();
            rows.row_mut(i).mapv_inplace(|x| x / length);
        }
        rows
    }

    #[test]
    fn what_belongs_together_lies_together() {
        let map = layout(bundles().view(), 42);
        let distance = |i: usize, j: usize| (&map.row(i) - &map.row(j)).mapv(|x| x * x).sum().sqrt();
        let mut good = 0;
        for i in 0..90 {
            let nearest =
                (0..90).filter(|&j| j != i).min_by(|&a, &b| distance(i, a).total_cmp(&distance(i, b)));
            good += usize::from(nearest.unwrap() / 30 == i / 30);
        }
        assert!(good >= 88, "{good} of 90 lie beside their own");
        assert!(map.iter().all(|x| (-1.0..=1.0).contains(x)));
    }

    #[test]
    fn the_same_seed_draws_the_same_map() {
        let rows = bundles();
        assert_eq!(layout(rows.view(), 1), layout(rows.view(), 1));
        assert_ne!(layout(rows.view(), 1), layout(rows.view(), 2));
    }

    #[test]
    fn no_row_one_row_and_equal_rows() {
        for n in [0, 1, 2, 5] {
            let mut rows = Array2::zeros((n, 4));
            rows.column_mut(0).fill(1.0);
            let map = layout(rows.view(), 3);
            assert_eq!(map.dim(), (n, 2));
            assert!(map.iter().all(|x| x.is_finite()));
        }
    }
}
