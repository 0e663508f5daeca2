//! Communities that come back: each pair of neighbours weighs as much as it stays together when texts are left out.
//!
//! One run of the Leiden method cuts a graph in one of many ways that are nearly as good. Here several runs, each without
//! some of the points, vote on every edge, and the communities of the graph with these votes are taken (ensemble
//! clustering for graphs, Poulin and Théberge 2019). They come back far better, and are no worse.
//!
//! All rungs from coarse to fine are read from small graphs whose nodes are the finest communities, so that a rung costs
//! next to nothing. On some rungs the edges within those nodes do not count: what is tight inside then weighs no more
//! than what is loose, which finds broad topics that plain modularity cuts through.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::graph::{Graph, renumber};
use super::leiden::leiden;
use crate::random::{SplitMix, mix};
use crate::weights::theme;

/// Rounds of the community search until nothing changes any more.
const SETTLED: usize = 10;
/// Rounds that give nearly the same, for draws that are only compared.
const BRIEF: usize = 2;
/// What is in no community of a draw, because it was left out.
const LEFT_OUT: u32 = u32::MAX;

/// One step from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rung {
    resolution: f64,
    /// Whether edges within the finest communities count.
    inside: bool,
}

/// The rungs, coarse to fine in each of the two kinds.
fn ladder() -> Vec<Rung> {
    let rungs = |inside, first: f64, count: u32| {
        (0..count).map(move |step| Rung { resolution: first * theme::STEP.powi(step as i32), inside })
    };
    let between = rungs(false, theme::COARSEST_BETWEEN, theme::RUNGS_BETWEEN as u32);
    between.chain(rungs(true, theme::COARSEST_INSIDE, theme::RUNGS_INSIDE as u32)).collect()
}

/// The communities of a graph on every rung, found when they are asked for.
pub(crate) struct Consensus {
    graph: Graph,
    draws: Vec<Draw>,
    seed: u64,
    /// Finest community of every node, and how many there are.
    finest: Vec<u32>,
    count: usize,
    /// On each rung, the community of every finest one.
    rungs: Vec<(Rung, OnceLock<Vec<u32>>)>,
}

impl Consensus {
    /// Draws `draws` samples of the nodes of `graph` and lets them vote.
    pub(crate) fn of(graph: Graph, draws: usize, seed: u64) -> Self {
        let draws: Vec<Draw> =
            (0..draws as u64).into_par_iter().map(|draw| Draw::new(&graph, mix(seed ^ mix(draw)))).collect();
        let votes = Votes::new(graph.len(), &draws, |draw| draw.finest.clone());
        let voted = graph.reweighted(|a, b, weight| weight * votes.of(a, b));
        let mut finest = leiden(&voted, theme::FINEST, SETTLED, seed);
        let count = renumber(&mut finest);
        let rungs = ladder().into_iter().map(|rung| (rung, OnceLock::new())).collect();
        Self { graph, draws, seed, finest, count, rungs }
    }

    /// The graph.
    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Rungs.
    pub(crate) fn len(&self) -> usize {
        self.rungs.len()
    }

    /// Finds the communities of all rungs, side by side.
    pub(crate) fn find_all(&self) {
        (0..self.len()).into_par_iter().for_each(|rung| {
            self.rung(rung);
        });
    }

    /// Whether two rungs have the same communities.
    pub(crate) fn same(&self, a: usize, b: usize) -> bool {
        self.rung(a) == self.rung(b)
    }

    /// The community of every node on a rung.
    pub(crate) fn at(&self, rung: usize) -> Vec<u32> {
        let of = self.rung(rung);
        self.finest.iter().map(|&finest| of[finest as usize]).collect()
    }

    fn rung(&self, at: usize) -> &[u32] {
        let (rung, found) = &self.rungs[at];
        found.get_or_init(|| {
            let seed = mix(self.seed ^ mix(at as u64));
            let votes = Votes::new(self.graph.len(), &self.draws, |draw| draw.communities(*rung, seed));
            let voted = |a, b, weight| weight * votes.of(a, b);
            rung.communities(&self.graph.aggregated_by(&self.finest, self.count, voted), seed)
        })
    }
}

impl Rung {
    fn communities(self, graph: &Graph, seed: u64) -> Vec<u32> {
        if self.inside {
            return leiden(graph, self.resolution, SETTLED, seed);
        }
        leiden(&graph.without_loops(), self.resolution, SETTLED, seed)
    }
}

/// The finest communities of a graph without some of its nodes, and the graph of these communities.
struct Draw {
    finest: Vec<u32>,
    graph: Graph,
}

impl Draw {
    fn new(graph: &Graph, seed: u64) -> Self {
        let mut random = SplitMix::new(seed);
        let kept: Vec<bool> = (0..graph.len()).map(|_| random.unit() < theme::KEPT).collect();
        let (part, nodes) = graph.induced(&kept);
        let mut own = leiden(&part, theme::FINEST, BRIEF, random.bits());
        let count = renumber(&mut own);
        let mut finest = vec![LEFT_OUT; graph.len()];
        for (&node, &community) in nodes.iter().zip(&own) {
            finest[node as usize] = community;
        }
        Self { finest, graph: part.aggregated(&own, count) }
    }

    fn communities(&self, rung: Rung, seed: u64) -> Vec<u32> {
        let of = rung.communities(&self.graph, seed);
        let community = |&finest: &u32| if finest == LEFT_OUT { LEFT_OUT } else { of[finest as usize] };
        self.finest.iter().map(community).collect()
    }
}

/// How often two nodes are together in the draws that have both.
struct Votes {
    draws: usize,
    /// Communities of each node in the draws, nodes × draws.
    communities: Vec<u32>,
}

impl Votes {
    fn new(nodes: usize, draws: &[Draw], of: impl Fn(&Draw) -> Vec<u32>) -> Self {
        let mut communities = vec![LEFT_OUT; nodes * draws.len()];
        for (at, draw) in draws.iter().enumerate() {
            for (node, community) in of(draw).into_iter().enumerate() {
                communities[node * draws.len() + at] = community;
            }
        }
        Self { draws: draws.len(), communities }
    }

    /// From [`theme::LEAST_VOTE`] to 1; half where no draw has both.
    fn of(&self, a: usize, b: usize) -> f64 {
        let of = |node: usize| &self.communities[node * self.draws..(node + 1) * self.draws];
        let (mut both, mut together) = (0, 0);
        for (&x, &y) in of(a).iter().zip(of(b)) {
            if x != LEFT_OUT && y != LEFT_OUT {
                both += 1;
                together += u32::from(x == y);
            }
        }
        let share = if both > 0 { f64::from(together) / f64::from(both) } else { 0.5 };
        theme::LEAST_VOTE + (1.0 - theme::LEAST_VOTE) * share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight cliques of twelve in two rings of four.
    fn rings() -> Graph {
        let mut edges = Vec::new();
        for clique in 0..8u32 {
            for a in 0..12 {
                edges.extend((a + 1..12).map(|b| (12 * clique + a, 12 * clique + b, 1.0)));
            }
            let next = 4 * (clique / 4) + (clique + 1) % 4;
            edges.extend((0..6).map(|i| (12 * clique + i, 12 * next + i, 0.5)));
        }
        edges.push((0, 80, 0.1));
        Graph::new(96, &edges, Vec::new())
    }

    #[test]
    fn rungs_go_from_parts_of_rings_to_cliques_and_another_seed_finds_the_same() {
        let found = Consensus::of(rings(), 8, 1);
        let count = |rung: usize| found.at(rung).into_iter().max().unwrap_or(0) + 1;
        let counts: Vec<u32> = (0..found.len()).map(count).collect();
        // Each ring is cut in two at the coarsest.
        assert!(counts.iter().min() <= Some(&4) && counts.contains(&8), "{counts:?}");
        let again = Consensus::of(rings(), 8, 2);
        let cliques = counts.iter().position(|&count| count == 8).unwrap();
        let mut other = again.at(cliques);
        let mut own = found.at(cliques);
        assert_eq!((renumber(&mut own), renumber(&mut other)), (8, 8));
        assert_eq!(own, other);
    }
}
