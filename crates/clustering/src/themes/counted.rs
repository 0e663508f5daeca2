//! Exactly as many themes as a reader asks for.

use ndarray::Array2;

use super::centroids::{add, dot, group_centroids, row};
use super::graph::{Graph, count_of, renumber};
use super::leiden::leiden;
use crate::weights::theme;

/// Rounds of the community search.
const ROUNDS: usize = 10;

/// Communities of a graph, `wanted` at least: the resolution is raised until there are as many. Where the points hardly
/// suffice, each is one.
pub(crate) fn communities(graph: &Graph, wanted: usize, seed: u64) -> Vec<u32> {
    if graph.len() > 2 * wanted {
        let mut resolution = theme::FINEST;
        for _ in 0..16 {
            let mut found = leiden(graph, resolution, ROUNDS, seed);
            if renumber(&mut found) >= wanted {
                return found;
            }
            resolution *= 1.5;
        }
    }
    (0..graph.len() as u32).collect()
}

/// Joins `groups` (dense, one for each of `kept`), the cheapest pair first, until `count` are left: pairs cost the less the
/// more alike their points are on average and the smaller they are. `O(groups³)` at worst, seldom more than
/// `O(groups² · dimensions)`.
pub(crate) fn join(
    vectors: &Array2<f32>,
    weights: &[f32],
    kept: &[u32],
    groups: &[u32],
    count: usize,
) -> Vec<u32> {
    let mut tree = Tree::new(vectors, weights, kept, groups);
    tree.join(count);
    let mut joined: Vec<u32> = groups.iter().map(|&group| tree.owner[group as usize]).collect();
    renumber(&mut joined);
    joined
}

/// The cheapest partner of a group: what joining them costs, and which it is.
type Partner = Option<(f64, usize)>;

struct Tree {
    /// Points in each group, by weight.
    mass: Vec<f64>,
    /// Dot products of the groups' sums.
    products: Array2<f64>,
    alive: Vec<usize>,
    owner: Vec<u32>,
}

impl Tree {
    fn new(vectors: &Array2<f32>, weights: &[f32], kept: &[u32], groups: &[u32]) -> Self {
        let count = count_of(groups);
        let mut sums = Array2::<f32>::zeros((count, vectors.ncols()));
        let mut mass = vec![0f64; count];
        for (&at, &group) in kept.iter().zip(groups) {
            mass[group as usize] += f64::from(weights[at as usize]);
            if let Some(sum) = sums.row_mut(group as usize).as_slice_mut() {
                add(sum, weights[at as usize], row(vectors, at as usize));
            }
        }
        let products =
            Array2::from_shape_fn((count, count), |(a, b)| f64::from(dot(row(&sums, a), row(&sums, b))));
        Self { mass, products, alive: (0..count).collect(), owner: (0..count as u32).collect() }
    }

    fn cost(&self, a: usize, b: usize) -> f64 {
        let (x, y) = (self.mass[a], self.mass[b]);
        (1.0 - self.products[[a, b]] / (x * y)) * (x * y / (x + y)).powf(theme::BALANCE)
    }

    fn partner(&self, a: usize) -> Partner {
        let others = self.alive.iter().filter(|&&b| b != a).map(|&b| (self.cost(a, b), b));
        others.min_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)))
    }

    fn join(&mut self, count: usize) {
        let mut best: Vec<Partner> = (0..self.mass.len()).map(|a| self.partner(a)).collect();
        while self.alive.len() > count.max(1) {
            let pairs = self.alive.iter().filter_map(|&a| best[a].map(|(cost, b)| (cost, a, b)));
            let Some((_, a, b)) = pairs.min_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1))) else { break };
            let (into, from) = (a.min(b), a.max(b));
            self.merge(into, from);
            for &c in &self.alive {
                if c == into || best[c].is_some_and(|(_, b)| b == into || b == from) {
                    best[c] = self.partner(c);
                } else if best[c].is_none_or(|(least, _)| self.cost(c, into) < least) {
                    best[c] = Some((self.cost(c, into), into));
                }
            }
        }
    }

    fn merge(&mut self, into: usize, from: usize) {
        self.mass[into] += self.mass[from];
        let gone = self.products.row(from).to_owned();
        self.products.row_mut(into).scaled_add(1.0, &gone);
        let gone = self.products.column(from).to_owned();
        self.products.column_mut(into).scaled_add(1.0, &gone);
        self.alive.retain(|&group| group != from);
        self.owner.iter_mut().filter(|owner| **owner as usize == from).for_each(|owner| *owner = into as u32);
    }
}

/// Gives each of `count` themes that is empty the point that is least at home where it is.
pub(crate) fn refill(vectors: &Array2<f32>, weights: &[f32], kept: &[u32], theme: &mut [u32], count: usize) {
    let mut size = vec![0usize; count];
    theme.iter().for_each(|&t| size[t as usize] += 1);
    let empty: Vec<usize> = (0..count).filter(|&t| size[t] == 0).collect();
    if empty.is_empty() {
        return;
    }
    let centroids = group_centroids(vectors, weights, kept, theme, count);
    let mut strangers: Vec<(f32, usize)> = theme
        .iter()
        .enumerate()
        .map(|(i, &t)| (dot(row(vectors, kept[i] as usize), row(&centroids, t as usize)), i))
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

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_count_is_reached_by_joining_what_costs_least() {
        let vectors = array![[1.0, 0.0], [0.0, 1.0], [-0.6, 0.8]];
        assert_eq!(join(&vectors, &[1.0; 3], &[0, 1, 2], &[0, 1, 2], 2), [0, 1, 1]);
        assert_eq!(join(&vectors, &[1.0; 3], &[0, 1, 2], &[0, 1, 2], 1), [0, 0, 0]);
    }

    #[test]
    fn an_empty_theme_gets_the_point_least_at_home() {
        let vectors = array![[1.0, 0.0], [1.0, 0.0], [0.6, 0.8], [0.0, 1.0]];
        let mut theme = [0, 0, 0, 1];
        refill(&vectors, &[1.0; 4], &[0, 1, 2, 3], &mut theme, 3);
        assert_eq!(theme, [0, 0, 2, 1]);
    }
}
