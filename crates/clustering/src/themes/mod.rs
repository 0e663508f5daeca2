//! Themes: what a collection of texts is about, as a small hierarchy with a good flat cut.
//!
//! Topic tools that reduce the vectors to a picture first, or that cut by density, give another answer
//! each time and leave a third of the rows out. Here near-duplicates are folded into one point each
//! (`fold`), the exact nearest neighbours of the points make a graph (`graph`), its communities are found
//! by the Leiden method (`leiden`), and those that are pieces of one theme are joined (`merge`). Every row
//! then lies in a theme or next to one, with a strength and, where it is too low, a reason (`place`);
//! every theme says how well it comes back when rows are left out (`stability`).
//!
//! The top level of the hierarchy is the flat cut; below each of its themes stand the finer
//! communities that it is made of.
//!
//! ```
//! use throughline_clustering::themes::{ThemeInput, ThemeParams, themes};
//! let ids: Vec<String> = (0..20).map(|i| format!("{i:02}")).collect();
//! // Ten rows about one thing, ten about another.
//! let vectors = ndarray::Array2::from_shape_fn((20, 4), |(i, j)| {
//!     if j == i / 10 { 0.98 } else if j == 2 + i % 2 { 0.2 } else { 0.0 }
//! });
//! let group: Vec<u32> = (0..20).collect();
//! let phrases = vec![&[][..]; 20];
//! let input =
//!     ThemeInput { ids: &ids, vectors: vectors.view(), group: &group, phrases: &phrases, outlet: None };
//! let params = ThemeParams { count: Some(2), ..ThemeParams::default() }.check()?;
//! let found = themes(&input, &params);
//! assert_eq!(found.nodes.iter().filter(|node| node.level == 0).count(), 2);
//! assert_eq!(found.rows[0].nearest, found.rows[9].nearest);
//! assert_ne!(found.rows[0].nearest, found.rows[10].nearest);
//! # Ok::<(), throughline_clustering::Error>(())
//! ```

mod edit;
mod flat;
mod fold;
mod graph;
mod leiden;
mod math;
mod merge;
mod params;
mod place;
mod quality;
mod random;
mod stability;
mod tree;

#[cfg(test)]
mod tests;

use ndarray::ArrayView2;

pub use edit::{Anchored, Edit, Edited, edit};
pub use params::{ThemeParams, ValidThemeParams};
pub use place::Reason;

/// The rows that themes are found among.
#[derive(Clone, Copy, Debug)]
pub struct ThemeInput<'a> {
    /// Id of every row. Rows stand in the order of their ids, so that the order of the input can't
    /// change the result.
    pub ids: &'a [String],
    /// Vector of every row, rows × dimensions, unit length.
    pub vectors: ArrayView2<'a, f32>,
    /// Near-duplicate group of every row; any numbers.
    pub group: &'a [u32],
    /// Candidate label phrases of every row, in lower case, repeats kept.
    pub phrases: &'a [&'a [String]],
    /// Outlet of every row, where known; any numbers.
    pub outlet: Option<&'a [u32]>,
}

/// A hierarchy of themes, and the place of every row in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Themes {
    /// Every theme, a parent before its children; top-level themes largest first.
    pub nodes: Vec<ThemeNode>,
    /// Every row's theme, in the order of the input.
    pub rows: Vec<RowTheme>,
    /// Top-level themes that were asked for and that the rows could not give, because fewer of them
    /// differ.
    pub missing: usize,
}

/// One theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeNode {
    /// Index of the theme above it; none for a top-level theme.
    pub parent: Option<u32>,
    /// Depth, 0 at the top.
    pub level: u32,
    /// A phrase that sets it apart from the others; unique among all nodes.
    pub label: String,
    /// Phrases that set it apart, best first.
    pub terms: Vec<String>,
    /// Rows placed in it, in order.
    pub members: Vec<u32>,
    /// Rows that stand for it, most central first: at most one of each near-duplicate group and outlet.
    pub representatives: Vec<u32>,
    /// Mean cosine of its rows to its centre, -1 to 1.
    pub cohesion: f32,
    /// Cosine distance from its centre to the nearest other one of its level; none where it is alone.
    pub separation: Option<f32>,
    /// How well it comes back when part of the rows are left out, 0 to 1; none where not measured.
    pub stability: Option<f32>,
}

/// The place of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowTheme {
    /// Its top-level theme; none where it fits none well enough.
    pub theme: Option<u32>,
    /// The top-level theme it is nearest to; none only where there is no theme.
    pub nearest: Option<u32>,
    /// How firmly it belongs to the nearest theme, 0 to 1.
    pub strength: f32,
    /// Its themes from the root to the leaf; empty where it was not placed.
    pub path: Vec<u32>,
    /// Why it was not placed.
    pub reason: Option<Reason>,
}

/// Finds the themes of `input`. Nothing but the rows (in the order of their ids), the parameters and
/// the seed in them decides the result: neither threads nor the time of day.
pub fn themes(input: &ThemeInput, params: &ValidThemeParams) -> Themes {
    tree::build(input, params.get())
}
