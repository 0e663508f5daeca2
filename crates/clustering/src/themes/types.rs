//! What themes are found among, and what is found.

use ndarray::ArrayView2;
use throughline_schema::CosineScale;

use super::membership::Reason;
use crate::error::{Error, aligned};

/// The rows that get themes, and the texts that themes are found over: the rows themselves, or the articles that
/// the rows are parts of.
#[derive(Clone, Copy, Debug)]
pub struct ThemeInput<'a> {
    pub(super) vectors: ArrayView2<'a, f32>,
    pub(super) group: &'a [u32],
    pub(super) phrases: &'a [&'a [String]],
    pub(super) outlet: Option<&'a [u32]>,
    pub(super) terms: Option<&'a [&'a [u32]]>,
    pub(super) wholes: Option<Wholes<'a>>,
    pub(super) scale: CosineScale,
}

/// Articles that the rows are parts of. A sentence alone hardly shows its theme, its article does.
#[derive(Clone, Copy, Debug)]
pub struct Wholes<'a> {
    /// Vectors, articles × dimensions, unit length; zeros where there is none.
    pub vectors: ArrayView2<'a, f32>,
    /// Near-duplicate group of each, any number.
    pub group: &'a [u32],
    /// Terms of each, such as numbered stems, repeats allowed.
    pub terms: &'a [&'a [u32]],
    /// The article of every row.
    pub of_row: &'a [u32],
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
        let scale = CosineScale::IDENTITY;
        Ok(Self { vectors, group, phrases, outlet, terms: None, wholes: None, scale })
    }

    /// With the terms of every row, such as numbered stems (repeats allowed): rows that share rare ones are the
    /// likelier of one theme.
    ///
    /// # Errors
    /// [`Error::Misaligned`] where there is not one list for each row.
    pub fn with_terms(self, terms: &'a [&'a [u32]]) -> Result<Self, Error> {
        aligned("lists of terms", terms.len(), self.vectors.nrows())?;
        Ok(Self { terms: Some(terms), ..self })
    }

    /// With themes found over `wholes`, in which each row is then placed by itself and its whole together.
    ///
    /// # Errors
    /// [`Error::Misaligned`] where the parts differ in length or width.
    pub fn within<'b>(&'b self, wholes: Wholes<'b>) -> Result<ThemeInput<'b>, Error> {
        let count = wholes.vectors.nrows();
        aligned("groups of articles", wholes.group.len(), count)?;
        aligned("terms of articles", wholes.terms.len(), count)?;
        aligned("articles of rows", wholes.of_row.len(), self.vectors.nrows())?;
        aligned("dimensions of articles", wholes.vectors.ncols(), self.vectors.ncols())?;
        Ok(ThemeInput {
            vectors: self.vectors.reborrow(),
            group: self.group,
            phrases: self.phrases,
            outlet: self.outlet,
            terms: self.terms,
            wholes: Some(wholes),
            scale: self.scale,
        })
    }

    /// The same rows, of a model whose cosines `scale` brings to the scale of the decision lines.
    #[must_use]
    pub fn on_scale(self, scale: CosineScale) -> Self {
        Self { scale, ..self }
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
