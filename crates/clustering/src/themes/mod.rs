//! Themes: what a collection of texts is about, as a small hierarchy with a good flat cut.
//!
//! Topic tools that reduce the vectors to a picture first, or that cut by density, give another answer
//! each time and leave a third of the rows out. Here near-duplicates are folded into one point each
//! (`points`), neighbours by meaning and by words (`resemblance`) make a graph (`graph`), and communities that come
//! back when points are left out (`consensus`, on the Leiden method of `leiden`) are its themes, on rungs from coarse to
//! fine of which the clearest are shown (`levels`). Where the rows are sentences of articles, themes are
//! found over the articles, and each sentence is placed by itself and its article together (`placing`). Every row
//! then lies in a theme or next to one, with a strength and, where it is too low, a reason (`membership`).
//!
//! The top level of the hierarchy is the flat cut; below each of its themes stand finer ones.
//!
//! ```
//! use throughline_clustering::themes::{ThemeInput, ThemeParams, themes};
//! // Ten rows about one thing, ten about another.
//! let vectors = ndarray::Array2::from_shape_fn((20, 4), |(i, j)| {
//!     if j == i / 10 { 0.98 } else if j == 2 + i % 2 { 0.2 } else { 0.0 }
//! });
//! let group: Vec<u32> = (0..20).collect();
//! let phrases = vec![&[][..]; 20];
//! let input = ThemeInput::new(vectors.view(), &group, &phrases, None)?;
//! let params = ThemeParams { count: Some(2), ..ThemeParams::default() }.check()?;
//! let found = themes(&input, &params);
//! assert_eq!(found.nodes.iter().filter(|node| node.level == 0).count(), 2);
//! assert_eq!(found.rows[0].nearest, found.rows[9].nearest);
//! assert_ne!(found.rows[0].nearest, found.rows[10].nearest);
//! # Ok::<(), throughline_clustering::Error>(())
//! ```

mod centroids;
mod consensus;
mod counted;
mod edit;
mod graph;
mod hierarchy;
mod labels;
mod leiden;
mod level;
mod levels;
mod membership;
mod params;
mod placing;
mod points;
mod quality;
mod resemblance;
mod settle;
mod types;

#[cfg(test)]
mod tests;

pub use edit::{Anchored, Edit, Edited, edit};
pub use membership::Reason;
pub use params::{Scale, ThemeParams, ValidThemeParams};
pub use types::{RowTheme, ThemeInput, ThemeNode, Themes, Wholes};

/// Finds the themes of `input`. Nothing but the rows (in the order of their ids), the parameters and
/// the seed in them decides the result: neither threads nor the time of day.
pub fn themes(input: &ThemeInput, params: &ValidThemeParams) -> Themes {
    hierarchy::build(input, params.get())
}
