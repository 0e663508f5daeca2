//! What themes are found among, and what is found.

use ndarray::ArrayView2;

use super::membership::Reason;
use crate::error::{Error, aligned};

/// The rows that themes are found among.
#[derive(Clone, Copy, Debug)]
pub struct ThemeInput<'a> {
    pub(super) vectors: ArrayView2<'a, f32>,
    pub(super) group: &'a [u32],
    pub(super) phrases: &'a [&'a [String]],
    pub(super) outlet: Option<&'a [u32]>,
}

impl<'a> ThemeInput<'a> {
    /// Of every row: its vector (rows × dimensions, unit length), its near-duplicate group (any number), its candidate
    /// label phrases (in lower case, repeats kept) and its outlet where known (any number). The rows stand in an order
    /// that follows from their content, so that the order of the input can't change the result.
    ///
    /// # Errors
    /// [`Error::Misaligned`] where the parts differ in length.
    pub fn new(
        vectors: ArrayView2<'a, f32>,
        group: &'a [u32],
        phrases: &'a [&'a [String]],
        outlet: Option<&'a [u32]>,
    ) -> Result<Self, Error> {
        let rows = vectors.nrows();
        aligned("groups", group.len(), rows)?;
        aligned("lists of phrases", phrases.len(), rows)?;
        aligned("outlets", outlet.map_or(rows, <[u32]>::len), rows)?;
        Ok(Self { vectors, group, phrases, outlet })
    }
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
