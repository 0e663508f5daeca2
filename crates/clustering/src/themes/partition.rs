//! The partition itself: fine communities and the themes they make up.

use ndarray::Array2;
use rayon::prelude::*;

use super::centroids::{add, dot, group_centroids, nearest_centroids, normalise, row};
use super::graph::{cosine_graph, overlap_graph, renumber};
use super::leiden::leiden;
use super::merging::Tree;
use crate::neighbours::{Neighbours, Quantised};
use crate::weights::theme;

/// Rounds of the community search until nothing changes any more.
pub(crate) const SETTLED: usize = 10;
/// Rounds that give nearly the same, for samples that are only compared.
pub(crate) const BRIEF: usize = 2;

/// Every point's theme and fine community, both numbered densely.
pub(crate) struct Partition {
    pub(crate) theme: Vec<u32>,
    pub(crate) fine: Vec<u32>,
}

/// Neighbours to use of `most`, for so many points.
fn neighbours_of(points: usize, most: usize) -> usize {
    most.min((points / theme::SHARE).max(2))
}

/// Finds themes among the points `kept`: exactly `count`, which must not be above their number, or as many as
/// the collection shows. `lists` are the neighbours of the kept points among each other; `smoothed` (of all
/// points) comes from [`smooth`].
pub(crate) fn partition(
    lists: &Neighbours,
    smoothed: &Array2<f32>,
    weights: &[f32],
    kept: &[u32],
    count: Option<usize>,
    rounds: usize,
    seed: u64,
) -> Partition {
    let points = kept.len();
    let fine = communities(lists, points, count.map_or(0, |count| theme::PIECES * count), rounds, seed);
    let centroids = group_centroids(smoothed, weights, kept, &fine, groups(&fine));
    let near = cosine_graph(lists, neighbours_of(points, theme::SMOOTHING));
    let own: Vec<f32> = kept.iter().map(|&p| weights[p as usize]).collect();
    let mut tree = Tree::new(&near, &fine, &centroids, &own);
    drop(near);
    tree.join(count.unwrap_or(1), false);
    if let Some(count) = count {
        tree.join(count, true);
    }
    let themes = tree.len();
    let owner = tree.groups();
    let joined: Vec<u32> = fine.iter().map(|&f| owner[f as usize]).collect();
    // Every point once to the nearest centre: it mends the edges of what the graph cut. To convergence
    // (k-means) it would undo the graph's work.
    let centroids = group_centroids(smoothed, weights, kept, &joined, themes);
    let mut found = nearest_centroids(smoothed, kept, &joined, &centroids);
    if count.is_some() {
        refill(smoothed, kept, &centroids, &mut found, themes);
    }
    renumber(&mut found);
    Partition { theme: found, fine }
}

fn groups(of_point: &[u32]) -> usize {
    of_point.iter().max().map_or(0, |&g| g as usize + 1)
}

/// Fine communities, `wanted` at least: the resolution is raised until there are as many. Where the
/// points hardly suffice, each is one.
fn communities(lists: &Neighbours, points: usize, wanted: usize, rounds: usize, seed: u64) -> Vec<u32> {
    if points > 2 * wanted {
        let graph = overlap_graph(lists, neighbours_of(points, theme::COMMUNITY));
        let mut resolution = theme::RESOLUTION;
        for _ in 0..16 {
            let fine = leiden(&graph, resolution, rounds, seed);
            if groups(&fine) >= wanted {
                return fine;
            }
            resolution *= 1.5;
        }
    }
    (0..points as u32).collect()
}

/// Gives every empty theme the point that is least at home where it is.
fn refill(vectors: &Array2<f32>, kept: &[u32], centroids: &Array2<f32>, theme: &mut [u32], count: usize) {
    let mut size = vec![0usize; count];
    for &t in theme.iter() {
        size[t as usize] += 1;
    }
    let empty: Vec<usize> = (0..count).filter(|&t| size[t] == 0).collect();
    if empty.is_empty() {
        return;
    }
    let mut strangers: Vec<(f32, usize)> = theme
        .iter()
        .enumerate()
        .map(|(i, &t)| (dot(row(vectors, kept[i] as usize), row(centroids, t as usize)), i))
        .collect();
    strangers.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut strangers = strangers.into_iter();
    for target in empty {
        for (_, point) in strangers.by_ref() {
            let from = theme[point] as usize;
            if size[from] > 1 {
                size[from] -= 1;
                theme[point] = target as u32;
                size[target] = 1;
                break;
            }
        }
    }
}

/// Moves each vector half-way to the mean of its nearest neighbours: what a text shares with those
/// around it says more about its theme than its own choice of words.
///
/// The neighbours are taken from `bytes`, which hold the vectors as they were, since a second copy of a
/// million vectors would be the largest thing in memory.
pub(crate) fn smooth(vectors: &mut Array2<f32>, bytes: &Quantised, lists: &Neighbours) {
    let (points, width) = vectors.dim();
    let used = neighbours_of(points, theme::SMOOTHING);
    let Some(values) = vectors.as_slice_mut() else { return };
    values.par_chunks_exact_mut(width.max(1)).enumerate().for_each_init(
        || vec![0f32; width],
        |sum, (point, vector)| {
            sum.fill(0.0);
            for (neighbour, cosine) in lists.of(point).take(used) {
                bytes.add(sum, cosine.max(0.0), neighbour as usize);
            }
            let length = dot(sum, sum).sqrt();
            if length > 0.0 {
                add(vector, 1.0 / length, sum);
            }
            normalise(vector);
        },
    );
}
