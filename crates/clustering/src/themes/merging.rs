//! From fine communities to themes: one tree of merges, and where to stop in it.
//!
//! The communities that Leiden finds cut a broad topic into arbitrary pieces, while of a collection of
//! events each is a theme already. Two numbers tell which: how alike two communities are (the mean
//! cosine of their smoothed vectors), and how close they lie compared with their own inside: the mean
//! weight of the edges across, divided by that of the edges within (the relative closeness of
//! Chameleon, Karypis, Han & Kumar 1999). Pieces of one topic are joined by edges as short as their
//! own (.8 and more); between events they are far longer (below .7), whatever the number of rows. The
//! less close, the more alike two communities must be to be joined.

use std::collections::BTreeMap;

use ndarray::Array2;

use super::centroids::{add_scaled, dot, row};
use super::graph::{Graph, renumber};
use crate::weights::theme::{ALIKE, ASSUMED_EDGES, BALANCE, CLOSE, COLLECTION, SLOPE};

/// A group of communities.
struct Group {
    /// Points in it, by weight.
    mass: f64,
    /// Weight and number of edges within, each counted once.
    inside: (f64, f64),
    /// Weight and number of edges to other groups.
    across: BTreeMap<usize, (f64, f64)>,
}

impl Group {
    /// Mean weight of the edges within.
    fn tightness(&self) -> f64 {
        if self.inside.1 > 0.0 { self.inside.0 / self.inside.1 } else { 0.0 }
    }
}

/// The best partner of a group: what joining them costs, and which it is.
type Partner = Option<(f64, usize)>;

/// Communities being joined pair by pair.
pub(crate) struct Tree {
    groups: Vec<Group>,
    /// Weighted sums of the communities' directions: mean cosines of two groups come from these.
    sums: Array2<f32>,
    alive: Vec<usize>,
    owner: Vec<u32>,
    closeness: f64,
}

impl Tree {
    /// A tree whose leaves are the communities of `fine` (dense, one for each point). `centroids` are their
    /// centroids, `graph` the points' neighbours weighted by cosine.
    pub(crate) fn new(graph: &Graph, fine: &[u32], centroids: &Array2<f32>, weights: &[f32]) -> Self {
        let count = centroids.nrows();
        let mut groups: Vec<Group> =
            (0..count).map(|_| Group { mass: 0.0, inside: (0.0, 0.0), across: BTreeMap::new() }).collect();
        for (point, &a) in fine.iter().enumerate() {
            let a = a as usize;
            groups[a].mass += f64::from(weights[point]);
            for (other, weight) in graph.edges(point) {
                let b = fine[other] as usize;
                let edges =
                    if a == b { &mut groups[a].inside } else { groups[a].across.entry(b).or_default() };
                // Edges within are seen from both ends.
                let share = if a == b { 0.5 } else { 1.0 };
                edges.0 += share * weight;
                edges.1 += share;
            }
        }
        let mut sums = Array2::zeros(centroids.raw_dim());
        for (community, group) in groups.iter().enumerate() {
            if let Some(sum) = sums.row_mut(community).as_slice_mut() {
                add_scaled(sum, group.mass as f32, centroids.row(community));
            }
        }
        let owner = (0..count as u32).collect();
        let mut tree = Self { groups, sums, alive: (0..count).collect(), owner, closeness: 1.0 };
        tree.closeness = tree.typical_closeness();
        tree
    }

    /// The mean closeness of each community to the most alike one that it has edges to. Here the assumed
    /// edges are of no weight: a partner with hardly an edge is not close.
    fn typical_closeness(&self) -> f64 {
        let closest: Vec<f64> = (0..self.groups.len())
            .filter_map(|a| {
                let alike = |b: usize| self.mean_cosine(a, b);
                let b =
                    self.groups[a].across.keys().copied().max_by(|&x, &y| alike(x).total_cmp(&alike(y)))?;
                let (weight, edges) = self.groups[a].across[&b];
                let within = self.tightness(a, b);
                (within > 0.0).then(|| weight / (edges + ASSUMED_EDGES) / within)
            })
            .collect();
        if closest.is_empty() { 1.0 } else { closest.iter().sum::<f64>() / closest.len() as f64 }
    }

    fn mean_cosine(&self, a: usize, b: usize) -> f64 {
        f64::from(dot(row(&self.sums, a), row(&self.sums, b))) / (self.groups[a].mass * self.groups[b].mass)
    }

    fn tightness(&self, a: usize, b: usize) -> f64 {
        (self.groups[a].tightness() + self.groups[b].tightness()) / 2.0
    }

    /// Whether two groups of this mean cosine belong together.
    fn belong(&self, a: usize, b: usize, cosine: f64) -> bool {
        let (weight, edges) = self.groups[a].across.get(&b).copied().unwrap_or_default();
        let within = self.tightness(a, b);
        let own = if within > 0.0 { weight / within } else { 0.0 };
        let closeness = (own + ASSUMED_EDGES * self.closeness) / (edges + ASSUMED_EDGES);
        let closeness = COLLECTION * self.closeness + (1.0 - COLLECTION) * closeness;
        cosine >= ALIKE + SLOPE * (CLOSE - closeness).max(0.0)
    }

    /// The cheapest group to join `a` with; with `any`, also one that does not belong with it.
    fn partner(&self, a: usize, any: bool) -> Partner {
        self.alive
            .iter()
            .filter(|&&b| b != a)
            .filter_map(|&b| self.cost(a, b, any).map(|cost| (cost, b)))
            .min_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)))
    }

    fn cost(&self, a: usize, b: usize, any: bool) -> Option<f64> {
        let cosine = self.mean_cosine(a, b);
        if !any && (cosine < ALIKE || !self.belong(a, b, cosine)) {
            return None;
        }
        let (x, y) = (self.groups[a].mass, self.groups[b].mass);
        Some((1.0 - cosine) * (x * y / (x + y)).powf(BALANCE))
    }

    /// Joins groups, cheapest pair first, until `least` are left or, unless `any`, no two belong
    /// together. `O(groups² · dimensions)`.
    pub(crate) fn join(&mut self, least: usize, any: bool) {
        let mut best: Vec<Partner> = vec![None; self.groups.len()];
        for &a in &self.alive {
            best[a] = self.partner(a, any);
        }
        while self.alive.len() > least.max(1) {
            let cheapest = self
                .alive
                .iter()
                .filter_map(|&a| best[a].map(|(cost, b)| (cost, a, b)))
                .min_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
            let Some((_, a, b)) = cheapest else { break };
            let (into, from) = (a.min(b), a.max(b));
            self.merge(into, from);
            for &c in &self.alive {
                let stale = best[c].is_some_and(|(_, b)| b == into || b == from);
                if c == into || stale {
                    best[c] = self.partner(c, any);
                } else if let Some(cost) = self.cost(c, into, any)
                    && best[c].is_none_or(|(least, _)| cost < least)
                {
                    best[c] = Some((cost, into));
                }
            }
        }
    }

    fn merge(&mut self, into: usize, from: usize) {
        let sum = self.sums.row(from).to_owned();
        if let Some(target) = self.sums.row_mut(into).as_slice_mut() {
            add_scaled(target, 1.0, sum.view());
        }
        let gone = &mut self.groups[from];
        let (mass, inside, across) = (gone.mass, gone.inside, std::mem::take(&mut gone.across));
        let between = across.get(&into).copied().unwrap_or_default();
        let kept = &mut self.groups[into];
        kept.mass += mass;
        kept.inside.0 += inside.0 + between.0;
        kept.inside.1 += inside.1 + between.1;
        kept.across.remove(&from);
        for (other, edges) in across {
            if other == into {
                continue;
            }
            self.groups[other].across.remove(&from);
            for (a, b) in [(into, other), (other, into)] {
                let sum = self.groups[a].across.entry(b).or_default();
                sum.0 += edges.0;
                sum.1 += edges.1;
            }
        }
        self.alive.retain(|&group| group != from);
        for owner in &mut self.owner {
            if *owner as usize == from {
                *owner = into as u32;
            }
        }
    }

    /// Groups left.
    pub(crate) fn len(&self) -> usize {
        self.alive.len()
    }

    /// The group of every community, numbered densely.
    pub(crate) fn groups(mut self) -> Vec<u32> {
        renumber(&mut self.owner);
        self.owner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three communities of two points each; edges within weigh 1.
    fn tree(centroids: [[f32; 2]; 3], across: &[(u32, u32, f32)]) -> Tree {
        let mut edges = vec![(0, 1, 1.0), (2, 3, 1.0), (4, 5, 1.0)];
        edges.extend_from_slice(across);
        let graph = Graph::new(6, &edges, Vec::new());
        let centroids = Array2::from_shape_fn((3, 2), |(i, j)| centroids[i][j]);
        Tree::new(&graph, &[0, 0, 1, 1, 2, 2], &centroids, &[1.0; 6])
    }

    #[test]
    fn pieces_that_lie_close_are_joined_and_others_are_not() {
        let near = [(0, 2, 0.9); 40];
        let mut joined = tree([[1.0, 0.0], [0.8, 0.6], [-1.0, 0.0]], &near);
        joined.join(1, false);
        assert_eq!(joined.groups(), [0, 0, 1]);
        let far = [(0, 2, 0.4); 40];
        let mut apart = tree([[1.0, 0.0], [0.8, 0.6], [-1.0, 0.0]], &far);
        apart.join(1, false);
        assert_eq!(apart.len(), 3);
    }

    #[test]
    fn a_count_is_reached_by_joining_what_costs_least() {
        let mut tree = tree([[1.0, 0.0], [0.0, 1.0], [-0.6, 0.8]], &[]);
        tree.join(2, true);
        assert_eq!(tree.groups(), [0, 1, 1]);
    }
}
