//! From fine communities to themes: those that do not hold together by themselves are joined to the
//! one that they belong with. No height or count is set; a theme is done when most of its neighbours'
//! weight stays inside it.

use std::collections::BTreeMap;

use super::graph::{Graph, renumber};

/// Share of the neighbours' weight that a theme must keep inside.
const CONTAINMENT: f64 = 0.9;

/// Theme of every fine community. `near` is the graph that containment is read from, `wide` the one
/// that says which partner gains most; both over the points, `fine` numbers their communities densely.
pub(crate) fn merge(near: &Graph, wide: &Graph, fine: &[u32], count: usize) -> Vec<u32> {
    let mut near = Joined::new(&near.aggregated(fine, count));
    let mut wide = Joined::new(&wide.aggregated(fine, count));
    let mut owner: Vec<u32> = (0..count as u32).collect();
    let mut frozen = vec![false; count];
    loop {
        let weakest = (0..count)
            .filter(|&c| owner[c] as usize == c && !frozen[c])
            .map(|c| (near.containment(c), c))
            .filter(|&(containment, _)| containment < CONTAINMENT)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let Some((_, from)) = weakest else { break };
        let Some(into) = wide.best_partner(from) else {
            frozen[from] = true;
            continue;
        };
        near.join(from, into);
        wide.join(from, into);
        frozen[into] = false;
        for o in &mut owner {
            if *o as usize == from {
                *o = into as u32;
            }
        }
    }
    renumber(&mut owner);
    owner
}

/// A graph of communities whose nodes are joined one pair at a time.
struct Joined {
    inside: Vec<f64>,
    degree: Vec<f64>,
    weight: Vec<BTreeMap<usize, f64>>,
    total: f64,
}

impl Joined {
    fn new(graph: &Graph) -> Self {
        let nodes = 0..graph.len();
        Self {
            inside: nodes.clone().map(|n| graph.self_loop(n)).collect(),
            degree: nodes.clone().map(|n| graph.degree(n)).collect(),
            weight: nodes.map(|n| graph.edges(n).collect()).collect(),
            total: graph.total(),
        }
    }

    /// Share of a community's weight that stays inside; 1 where it has none.
    fn containment(&self, node: usize) -> f64 {
        if self.degree[node] > 0.0 { 2.0 * self.inside[node] / self.degree[node] } else { 1.0 }
    }

    /// The neighbour whose joining gains most modularity, if any gains.
    fn best_partner(&self, node: usize) -> Option<usize> {
        self.weight[node]
            .iter()
            .map(|(&other, &w)| (w - self.degree[node] * self.degree[other] / (2.0 * self.total), other))
            .filter(|&(gain, _)| gain > 0.0)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(_, other)| other)
    }

    fn join(&mut self, from: usize, into: usize) {
        let edges = std::mem::take(&mut self.weight[from]);
        self.inside[into] += self.inside[from] + edges.get(&into).copied().unwrap_or(0.0);
        self.degree[into] += self.degree[from];
        for (other, w) in edges {
            self.weight[other].remove(&from);
            if other != into {
                *self.weight[other].entry(into).or_default() += w;
                *self.weight[into].entry(other).or_default() += w;
            }
        }
    }
}
