//! The neighbour graph that themes are read from: symmetric, weighted, in compressed rows.

use rayon::prelude::*;

use crate::neighbours::Neighbours;

/// An undirected weighted graph. Every edge is stored at both of its ends; self-loops apart.
pub(crate) struct Graph {
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f32>,
    loops: Vec<f64>,
    degrees: Vec<f64>,
    total: f64,
}

impl Graph {
    /// The graph of these edges, each given once, in any order but always the same one.
    /// Parallel edges are allowed and count together; `loops` may be empty.
    pub(crate) fn new(nodes: usize, edges: &[(u32, u32, f32)], loops: Vec<f64>) -> Self {
        let mut starts = vec![0usize; nodes + 1];
        for &(a, b, _) in edges {
            starts[a as usize + 1] += 1;
            starts[b as usize + 1] += 1;
        }
        for i in 0..nodes {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut targets = vec![0u32; 2 * edges.len()];
        let mut weights = vec![0f32; 2 * edges.len()];
        for &(a, b, weight) in edges {
            for (from, to) in [(a, b), (b, a)] {
                let at = next[from as usize];
                next[from as usize] += 1;
                targets[at] = to;
                weights[at] = weight;
            }
        }
        let loops = if loops.is_empty() { vec![0.0; nodes] } else { loops };
        let degrees: Vec<f64> = (0..nodes)
            .map(|i| {
                let row = &weights[starts[i]..starts[i + 1]];
                row.iter().map(|&w| f64::from(w)).sum::<f64>() + 2.0 * loops[i]
            })
            .collect();
        let total = degrees.iter().sum::<f64>() / 2.0;
        Self { starts, targets, weights, loops, degrees, total }
    }

    /// Number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.degrees.len()
    }

    /// The other ends of a node's edges, with their weights.
    pub(crate) fn edges(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let row = self.starts[node]..self.starts[node + 1];
        self.targets[row.clone()].iter().zip(&self.weights[row]).map(|(&t, &w)| (t as usize, f64::from(w)))
    }

    /// Weight of a node's edges, those to itself twice.
    pub(crate) fn degree(&self, node: usize) -> f64 {
        self.degrees[node]
    }

    /// Weight of all edges, each once.
    pub(crate) fn total(&self) -> f64 {
        self.total
    }

    /// One node for each group of `groups`, whose values must be dense from 0 to `count`.
    pub(crate) fn aggregated(&self, groups: &[u32], count: usize) -> Self {
        self.aggregated_by(groups, count, |_, _, weight| weight)
    }

    /// As [`Graph::aggregated`], with every edge weighed anew: `weight(a, b, old)` must be the same from both ends.
    pub(crate) fn aggregated_by(
        &self,
        groups: &[u32],
        count: usize,
        weight: impl Fn(usize, usize, f64) -> f64,
    ) -> Self {
        let (order, starts) = members(groups, count);
        let mut loops = vec![0.0; count];
        let mut edges = Vec::new();
        let mut weight_to = vec![0f64; count];
        let mut touched: Vec<u32> = Vec::new();
        for group in 0..count {
            for &node in &order[starts[group]..starts[group + 1]] {
                loops[group] += self.loops[node as usize];
                for (other, old) in self.edges(node as usize) {
                    let weight = weight(node as usize, other, old);
                    let to = groups[other];
                    if to as usize == group {
                        // Seen from both ends.
                        loops[group] += weight / 2.0;
                    } else if (to as usize) > group {
                        if weight_to[to as usize] == 0.0 {
                            touched.push(to);
                        }
                        weight_to[to as usize] += weight;
                    }
                }
            }
            touched.sort_unstable();
            for &to in &touched {
                edges.push((group as u32, to, weight_to[to as usize] as f32));
                weight_to[to as usize] = 0.0;
            }
            touched.clear();
        }
        Self::new(count, &edges, loops)
    }
}

/// What is made of a graph.
impl Graph {
    /// The graph of the nodes that are `kept`, with the number that each has here.
    pub(crate) fn induced(&self, kept: &[bool]) -> (Self, Vec<u32>) {
        let nodes: Vec<u32> = (0..self.len() as u32).filter(|&node| kept[node as usize]).collect();
        let mut number = vec![0u32; self.len()];
        for (new, &old) in nodes.iter().enumerate() {
            number[old as usize] = new as u32;
        }
        let edges = self.edges_once(|a, b, weight| kept[a] && kept[b] && weight > 0.0, |_, _, weight| weight);
        let edges: Vec<_> =
            edges.into_iter().map(|(a, b, w)| (number[a as usize], number[b as usize], w)).collect();
        let loops = nodes.iter().map(|&node| self.loops[node as usize]).collect();
        (Self::new(nodes.len(), &edges, loops), nodes)
    }

    /// The same nodes, with every edge weighed anew: `weight(a, b, old)` is asked once for each.
    pub(crate) fn reweighted(&self, weight: impl Fn(usize, usize, f64) -> f64) -> Self {
        Self::new(self.len(), &self.edges_once(|_, _, _| true, weight), self.loops.clone())
    }

    /// The same graph without self-loops.
    pub(crate) fn without_loops(&self) -> Self {
        Self::new(self.len(), &self.edges_once(|_, _, _| true, |_, _, weight| weight), Vec::new())
    }

    /// Every edge that is `wanted` from its lower end, with a new weight.
    fn edges_once(
        &self,
        wanted: impl Fn(usize, usize, f64) -> bool,
        weight: impl Fn(usize, usize, f64) -> f64,
    ) -> Vec<(u32, u32, f32)> {
        let mut edges = Vec::with_capacity(self.targets.len() / 2);
        for a in 0..self.len() {
            for (b, old) in self.edges(a).filter(|&(b, old)| a < b && wanted(a, b, old)) {
                edges.push((a as u32, b as u32, weight(a, b, old) as f32));
            }
        }
        edges
    }
}

/// The members of every group one after the other, each group's in order, and where each group starts.
pub(crate) fn members(groups: &[u32], count: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0usize; count + 1];
    for &g in groups {
        starts[g as usize + 1] += 1;
    }
    for g in 0..count {
        starts[g + 1] += starts[g];
    }
    let mut next = starts.clone();
    let mut order = vec![0u32; groups.len()];
    for (node, &g) in groups.iter().enumerate() {
        order[next[g as usize]] = node as u32;
        next[g as usize] += 1;
    }
    (order, starts)
}

/// How many groups there are, which are numbered from 0 without gaps.
pub(crate) fn count_of(groups: &[u32]) -> usize {
    groups.iter().max().map_or(0, |&last| last as usize + 1)
}

/// Numbers groups from 0 in the order in which they first appear; returns how many there are.
pub(crate) fn renumber(groups: &mut [u32]) -> usize {
    let mut new = vec![u32::MAX; count_of(groups)];
    let mut count = 0u32;
    for g in groups {
        let slot = &mut new[*g as usize];
        if *slot == u32::MAX {
            *slot = count;
            count += 1;
        }
        *g = *slot;
    }
    count as usize
}

/// The edges of the union of the `k` nearest neighbours: two points are joined where either lists the
/// other. `weight(a, b, cosine)` is asked once for each, `a` being the one that lists.
fn union_edges(
    lists: &Neighbours,
    k: usize,
    weight: impl Fn(usize, usize, f32) -> f32 + Sync,
) -> Vec<(u32, u32, f32)> {
    let k = k.min(lists.index.ncols());
    let rows: Vec<Vec<(u32, u32, f32)>> = (0..lists.index.nrows())
        .into_par_iter()
        .map(|a| {
            (0..k)
                .filter_map(|place| {
                    let b = lists.index[[a, place]] as usize;
                    let listed_back = || lists.index.row(b).iter().take(k).any(|&c| c as usize == a);
                    if a > b && listed_back() {
                        return None;
                    }
                    let weight = weight(a, b, lists.similarity[[a, place]]);
                    (weight > 0.0).then_some((a as u32, b as u32, weight))
                })
                .collect()
        })
        .collect();
    rows.into_iter().flatten().collect()
}

/// The union graph of the `k` nearest neighbours, weighted by how much of their neighbourhoods two points share: the
/// Jaccard overlap of their lists, each with its own point (Jarvis & Patrick 1973; Levine et al. 2015, PhenoGraph).
/// Points that nothing likens are not joined.
pub(crate) fn overlap_graph(lists: &Neighbours, k: usize) -> Graph {
    let k = k.min(lists.index.ncols());
    let sets: Vec<Vec<u32>> = (0..lists.index.nrows())
        .into_par_iter()
        .map(|a| {
            let mut set: Vec<u32> = lists.index.row(a).iter().take(k).copied().collect();
            set.push(a as u32);
            set.sort_unstable();
            set.dedup();
            set
        })
        .collect();
    let edges = union_edges(lists, k, |a, b, cosine| {
        if cosine <= 0.0 {
            return 0.0;
        }
        let shared = shared(&sets[a], &sets[b]);
        shared as f32 / (sets[a].len() + sets[b].len() - shared) as f32
    });
    Graph::new(lists.index.nrows(), &edges, Vec::new())
}

/// How many values two sorted lists have in common.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}
