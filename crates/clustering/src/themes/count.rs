//! Exactly as many themes as asked for.

use ndarray::Array2;

use super::flat::NEAR;
use super::graph::{Graph, cosine_graph, overlap_graph, renumber};
use super::leiden::leiden;
use super::math::{centres, dot, nearest_centres, row};
use crate::neighbours::Neighbours;

/// Micro-clusters that average link starts from, at least; twice the count where that is more.
const MICRO: usize = 200;
/// How strongly the size of two clusters speaks against joining them.
const BALANCE: [f32; 4] = [0.0, 0.15, 0.3, 0.5];
/// Rounds of k-means at most.
const ROUNDS: usize = 30;

/// A partition of the points into exactly `count` themes, numbered densely; `count` must not be above
/// the number of points.
pub(crate) fn partition(
    lists: &Neighbours,
    smoothed: &Array2<f32>,
    weights: &[f32],
    count: usize,
    seed: u64,
) -> Vec<u32> {
    let near = cosine_graph(lists, NEAR);
    let micro = micro_clusters(lists, smoothed.nrows(), count, seed);
    let micros = micro.iter().max().map_or(0, |&m| m as usize + 1);
    let heads = centres(smoothed.view(), weights, &micro, micros);
    let mut mass = vec![0f32; micros];
    for (&m, &w) in micro.iter().zip(weights) {
        mass[m as usize] += w;
    }
    let best = BALANCE
        .iter()
        .map(|&alpha| {
            let owner = average_link(&heads, &mass, count, alpha);
            let joined: Vec<u32> = micro.iter().map(|&m| owner[m as usize]).collect();
            (modularity(&near, &joined, count), joined)
        })
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map_or_else(Vec::new, |(_, joined)| joined);
    k_means(smoothed, weights, best, count)
}

/// Small communities, at least as many as needed, by raising the resolution; where that does not give
/// enough, every point for itself.
fn micro_clusters(lists: &Neighbours, points: usize, count: usize, seed: u64) -> Vec<u32> {
    let wanted = (2 * count).max(MICRO);
    if points > 2 * wanted {
        let graph = overlap_graph(lists, NEAR);
        let mut resolution = 2.0;
        for _ in 0..16 {
            let mut micro = leiden(&graph, resolution, seed);
            if renumber(&mut micro) >= wanted {
                return micro;
            }
            resolution *= 2.0;
        }
    }
    (0..points as u32).collect()
}

/// Average link of micro-clusters down to `count`, with cost `(1 - cosine) · (ab / (a + b))^alpha` for
/// masses a and b. The mean cosine of two clusters is that of their (unnormalised) sums over masses.
fn average_link(heads: &Array2<f32>, mass: &[f32], count: usize, alpha: f32) -> Vec<u32> {
    let n = heads.nrows();
    let mut mass = mass.to_vec();
    let mut cosine = vec![0f32; n * n];
    for a in 0..n {
        for b in 0..a {
            let c = dot(row(heads, a), row(heads, b));
            cosine[a * n + b] = c;
            cosine[b * n + a] = c;
        }
    }
    let cost = |cosine: f32, a: f32, b: f32| (1.0 - cosine) * (a * b / (a + b)).powf(alpha);
    let mut owner: Vec<u32> = (0..n as u32).collect();
    let mut alive: Vec<usize> = (0..n).collect();
    let nearest = |a: usize, alive: &[usize], cosine: &[f32], mass: &[f32]| {
        alive
            .iter()
            .filter(|&&b| b != a)
            .map(|&b| (cost(cosine[a * n + b], mass[a], mass[b]), b))
            .min_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)))
            .unwrap_or((f32::INFINITY, a))
    };
    let mut best: Vec<(f32, usize)> = (0..n).map(|a| nearest(a, &alive, &cosine, &mass)).collect();
    while alive.len() > count {
        let Some(&a) = alive.iter().min_by(|&&x, &&y| best[x].0.total_cmp(&best[y].0).then(x.cmp(&y))) else {
            break;
        };
        let b = best[a].1;
        let (into, from) = (a.min(b), a.max(b));
        let (m, f) = (mass[into], mass[from]);
        for &c in &alive {
            if c != into && c != from {
                let mean = (m * cosine[into * n + c] + f * cosine[from * n + c]) / (m + f);
                cosine[into * n + c] = mean;
                cosine[c * n + into] = mean;
            }
        }
        mass[into] += f;
        alive.retain(|&c| c != from);
        for o in &mut owner {
            if *o as usize == from {
                *o = into as u32;
            }
        }
        for &c in &alive {
            if c == into || best[c].1 == into || best[c].1 == from {
                best[c] = nearest(c, &alive, &cosine, &mass);
            } else {
                let new = cost(cosine[c * n + into], mass[c], mass[into]);
                if new < best[c].0 {
                    best[c] = (new, into);
                }
            }
        }
    }
    renumber(&mut owner);
    owner
}

/// Newman's modularity of a partition.
fn modularity(graph: &Graph, groups: &[u32], count: usize) -> f64 {
    let whole = graph.aggregated(groups, count);
    let m = whole.total();
    if m <= 0.0 {
        return 0.0;
    }
    (0..count).map(|g| whole.self_loop(g) / m - (whole.degree(g) / (2.0 * m)).powi(2)).sum()
}

/// Spherical k-means from a given start. No theme may run empty: one that does takes the point that is
/// least at home where it is.
fn k_means(vectors: &Array2<f32>, weights: &[f32], mut groups: Vec<u32>, count: usize) -> Vec<u32> {
    for _ in 0..ROUNDS {
        let heads = centres(vectors.view(), weights, &groups, count);
        let mut next = nearest_centres(vectors, &heads);
        refill(vectors, &heads, &mut next, count);
        if next == groups {
            break;
        }
        groups = next;
    }
    renumber(&mut groups);
    groups
}

fn refill(vectors: &Array2<f32>, heads: &Array2<f32>, groups: &mut [u32], count: usize) {
    let mut size = vec![0usize; count];
    for &g in groups.iter() {
        size[g as usize] += 1;
    }
    let empty: Vec<usize> = (0..count).filter(|&g| size[g] == 0).collect();
    if empty.is_empty() {
        return;
    }
    let mut strangers: Vec<(f32, usize)> =
        groups.iter().enumerate().map(|(i, &g)| (dot(row(vectors, i), row(heads, g as usize)), i)).collect();
    strangers.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut strangers = strangers.into_iter();
    for group in empty {
        for (_, point) in strangers.by_ref() {
            let from = groups[point] as usize;
            if size[from] > 1 {
                size[from] -= 1;
                groups[point] = group as u32;
                size[group] = 1;
                break;
            }
        }
    }
}
