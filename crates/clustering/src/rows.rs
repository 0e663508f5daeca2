//! The rows that are compared: ids, vectors and lexical features, aligned by index.

use ndarray::{ArrayView1, ArrayView2};
use throughline_schema::TextFeatures;

use crate::Error;

/// Texts to compare, in canonical order (by id), each with its vector and its lexical features.
///
/// Results are indices into these rows; equal rows in equal order give equal bytes.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// Id of each row, ascending.
    pub ids: &'a [String],
    /// Vector of each row: rows × dimensions, unit length; all zeros where there is none.
    pub vectors: ArrayView2<'a, f32>,
    /// Vector of the first statements of each row, for texts longer than a few sentences.
    pub leads: Option<ArrayView2<'a, f32>>,
    /// Lexical features of each row.
    pub features: &'a [TextFeatures],
}

impl<'a> Rows<'a> {
    /// Rows that are checked to be aligned.
    ///
    /// # Errors
    /// [`Error::Misaligned`] where the parts differ in length.
    pub fn new(
        ids: &'a [String],
        vectors: ArrayView2<'a, f32>,
        leads: Option<ArrayView2<'a, f32>>,
        features: &'a [TextFeatures],
    ) -> Result<Self, Error> {
        let n = ids.len();
        let lead_rows = leads.map_or(n, |l| l.nrows());
        for (what, found) in
            [("vectors", vectors.nrows()), ("lead vectors", lead_rows), ("features", features.len())]
        {
            if found != n {
                return Err(Error::Misaligned { what, found, expected: n });
            }
        }
        Ok(Self { ids, vectors, leads, features })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Cosine of two rows.
    pub fn cosine(&self, a: usize, b: usize) -> f32 {
        dot(self.vectors.row(a), self.vectors.row(b))
    }

    /// Cosine of the first statements of two rows; of the whole where leads are not given.
    pub fn lead_cosine(&self, a: usize, b: usize) -> f32 {
        self.leads.map_or_else(|| self.cosine(a, b), |l| dot(l.row(a), l.row(b)))
    }
}

/// Cosine of two unit vectors.
pub(crate) fn dot(a: ArrayView1<f32>, b: ArrayView1<f32>) -> f32 {
    match (a.as_slice(), b.as_slice()) {
        (Some(a), Some(b)) => crate::neighbours::cosine(a, b),
        _ => crate::neighbours::cosine(&a.to_vec(), &b.to_vec()),
    }
}
