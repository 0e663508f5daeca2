//! Communities of a graph: the Leiden method (Traag, Waltman & van Eck 2019) for modularity.
//!
//! Leiden rather than Louvain, because its communities are guaranteed to be connected. Everything
//! random comes from a seed handed in; nothing depends on hash order or threads.

use std::collections::VecDeque;

use super::graph::{Graph, members, renumber};
use crate::random::SplitMix;

/// How random the refinement is: the higher, the likelier a merge that gains less. The paper's value.
const THETA: f64 = 0.01;

/// The community of every node, numbered from 0 by first appearance. `resolution` above 1 gives more and
/// smaller communities, below 1 fewer and larger ones. `rounds` over the whole graph at most; it settles in
/// three to six.
pub(crate) fn leiden(graph: &Graph, resolution: f64, rounds: usize, seed: u64) -> Vec<u32> {
    let mut random = SplitMix::new(seed);
    let mut partition: Vec<u32> = (0..graph.len() as u32).collect();
    if graph.total() <= 0.0 {
        return partition;
    }
    for _ in 0..rounds {
        let before = partition.clone();
        round(graph, &mut partition, resolution, &mut random);
        if partition == before {
            break;
        }
    }
    partition
}

/// One pass of moving, refining and aggregating, down to where aggregation finds nothing to do.
fn round(graph: &Graph, partition: &mut Vec<u32>, resolution: f64, random: &mut SplitMix) {
    let mut level: Option<Graph> = None;
    // Node of the current level that each node of the graph is part of.
    let mut place: Vec<u32> = (0..graph.len() as u32).collect();
    let mut communities = partition.clone();
    loop {
        let current = level.as_ref().unwrap_or(graph);
        move_nodes(current, &mut communities, resolution, random);
        let count = renumber(&mut communities);
        if count == current.len() {
            break;
        }
        let mut refined = refine(current, &communities, count, resolution, random);
        let parts = renumber(&mut refined);
        let parts_shrink = parts < current.len();
        // Where refinement joins nothing, aggregate the communities themselves, so that it ends.
        let groups = if parts_shrink { &refined } else { &communities };
        let groups_count = if parts_shrink { parts } else { count };
        let mut above = vec![0u32; groups_count];
        for (node, &group) in groups.iter().enumerate() {
            above[group as usize] = communities[node];
        }
        for node in &mut place {
            *node = groups[*node as usize];
        }
        level = Some(current.aggregated(groups, groups_count));
        communities = above;
    }
    *partition = place.iter().map(|&node| communities[node as usize]).collect();
    renumber(partition);
}

/// Weights of one node's edges to the communities around it, without clearing a whole table each time.
struct Around {
    weight: Vec<f64>,
    touched: Vec<u32>,
}

impl Around {
    fn new(communities: usize) -> Self {
        Self { weight: vec![0.0; communities], touched: Vec::new() }
    }

    fn gather(&mut self, edges: impl Iterator<Item = (u32, f64)>) {
        for &c in &self.touched {
            self.weight[c as usize] = 0.0;
        }
        self.touched.clear();
        for (community, weight) in edges {
            if self.weight[community as usize] == 0.0 {
                self.touched.push(community);
            }
            self.weight[community as usize] += weight;
        }
    }
}

/// Moves nodes one at a time to the community that gains most, until none gains.
fn move_nodes(graph: &Graph, communities: &mut [u32], resolution: f64, random: &mut SplitMix) {
    let nodes = graph.len();
    let scale = resolution / (2.0 * graph.total());
    let mut degree = vec![0.0; nodes];
    let mut size = vec![0u32; nodes];
    for (node, &c) in communities.iter().enumerate() {
        degree[c as usize] += graph.degree(node);
        size[c as usize] += 1;
    }
    let mut empty: Vec<u32> = (0..nodes as u32).rev().filter(|&c| size[c as usize] == 0).collect();
    let mut queue: VecDeque<u32> = random.permutation(nodes).into();
    let mut queued = vec![true; nodes];
    let mut around = Around::new(nodes);
    while let Some(node) = queue.pop_front() {
        let node = node as usize;
        queued[node] = false;
        let own = communities[node];
        let k = graph.degree(node);
        around.gather(graph.edges(node).map(|(other, w)| (communities[other], w)));
        degree[own as usize] -= k;
        let gain = |c: u32| around.weight[c as usize] - scale * k * degree[c as usize];
        let (mut best, mut best_gain) = (own, gain(own));
        for &c in &around.touched {
            let g = gain(c);
            if g > best_gain + 1e-12 {
                (best, best_gain) = (c, g);
            }
        }
        if best_gain < -1e-12
            && size[own as usize] > 1
            && let Some(c) = empty.pop()
        {
            best = c;
        }
        degree[best as usize] += k;
        if best != own {
            size[own as usize] -= 1;
            size[best as usize] += 1;
            if size[own as usize] == 0 {
                empty.push(own);
            }
            communities[node] = best;
            for (other, _) in graph.edges(node) {
                if communities[other] != best && !queued[other] {
                    queued[other] = true;
                    queue.push_back(other as u32);
                }
            }
        }
    }
}

/// Splits every community into well-connected parts, so that a badly joined one can come apart in the
/// next level. Each node starts alone and may join a part of its community.
fn refine(
    graph: &Graph,
    communities: &[u32],
    count: usize,
    resolution: f64,
    random: &mut SplitMix,
) -> Vec<u32> {
    let nodes = graph.len();
    let scale = resolution / (2.0 * graph.total());
    let mut part: Vec<u32> = (0..nodes as u32).collect();
    let mut degree: Vec<f64> = (0..nodes).map(|n| graph.degree(n)).collect();
    let mut alone = vec![true; nodes];
    // Weight of each part's edges to the rest of its community.
    let mut outward: Vec<f64> = (0..nodes)
        .map(|n| graph.edges(n).filter(|&(o, _)| communities[o] == communities[n]).map(|(_, w)| w).sum())
        .collect();
    let mut whole = vec![0.0; count];
    for n in 0..nodes {
        whole[communities[n] as usize] += graph.degree(n);
    }
    let connected = |outward: f64, degree: f64, whole: f64| outward >= scale * degree * (whole - degree);
    let (mut order, starts) = members(communities, count);
    let mut around = Around::new(nodes);
    let mut choices: Vec<(u32, f64)> = Vec::new();
    for community in 0..count {
        let inside = &mut order[starts[community]..starts[community + 1]];
        random.shuffle(inside);
        for &node in inside.iter() {
            let node = node as usize;
            let k = graph.degree(node);
            if !alone[node] || !connected(outward[node], k, whole[community]) {
                continue;
            }
            around.gather(
                graph
                    .edges(node)
                    .filter(|&(o, _)| communities[o] as usize == community)
                    .map(|(o, w)| (part[o], w)),
            );
            choices.clear();
            choices.push((part[node], 0.0));
            for &p in &around.touched {
                if !connected(outward[p as usize], degree[p as usize], whole[community]) {
                    continue;
                }
                let gain = around.weight[p as usize] - scale * k * degree[p as usize];
                if gain >= 0.0 {
                    choices.push((p, gain));
                }
            }
            let chosen = pick(&choices, random);
            if chosen as usize != node {
                alone[node] = false;
                alone[chosen as usize] = false;
                degree[chosen as usize] += k;
                outward[chosen as usize] += outward[node] - 2.0 * around.weight[chosen as usize];
                part[node] = chosen;
            }
        }
    }
    part
}

/// One of the choices, with odds of `exp(gain / THETA)`.
fn pick(choices: &[(u32, f64)], random: &mut SplitMix) -> u32 {
    let top = choices.iter().map(|c| c.1).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = choices.iter().map(|c| ((c.1 - top) / THETA).exp()).sum();
    let mut left = random.unit() * sum;
    for &(part, gain) in choices {
        left -= ((gain - top) / THETA).exp();
        if left < 0.0 {
            return part;
        }
    }
    choices.last().map_or(0, |c| c.0)
}
