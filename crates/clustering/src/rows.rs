//! The rows that are compared: ids, vectors and lexical features, aligned by index.

use ndarray::{ArrayView1, ArrayView2};
use throughline_schema::{CosineScale, TextFeatures};

use crate::error::{Error, aligned};
use crate::neighbours::{self, Neighbours};

/// Texts to compare, each with its vector and its lexical features.
///
/// Results are indices into these rows, and ties go to the lower index. So the rows stand in an order that follows from
/// their content, such as that of their ids: then the order of the input can't change a result.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    ids: &'a [String],
    vectors: ArrayView2<'a, f32>,
    leads: Option<ArrayView2<'a, f32>>,
    features: &'a [TextFeatures],
    scale: CosineScale,
    languages: Option<&'a [u32]>,
}

impl<'a> Rows<'a> {
    /// Rows of the model that the decision lines were fitted on: ids, vectors (rows × dimensions, unit length, all zeros
    /// where there is none), vectors of the first statements for texts longer than a few sentences, and features.
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
        aligned("vectors", vectors.nrows(), n)?;
        aligned("lead vectors", leads.map_or(n, |leads| leads.nrows()), n)?;
        aligned("features", features.len(), n)?;
        Ok(Self { ids, vectors, leads, features, scale: CosineScale::IDENTITY, languages: None })
    }

    /// The same rows, of a model whose cosines `scale` brings to the scale of the decision lines.
    pub fn on_scale(self, scale: CosineScale) -> Self {
        Self { scale, ..self }
    }

    /// The same rows, with a number for the language of each: the words of rows in two languages can't be compared.
    ///
    /// # Errors
    /// [`Error::Misaligned`] where a row has no language.
    pub fn in_languages(self, languages: &'a [u32]) -> Result<Self, Error> {
        aligned("languages", languages.len(), self.ids.len())?;
        Ok(Self { languages: Some(languages), ..self })
    }

    /// Whether the words of two rows can be compared: both are in one language.
    pub(crate) fn one_language(&self, a: usize, b: usize) -> bool {
        self.languages.is_none_or(|languages| languages[a] == languages[b])
    }

    /// Whether there are rows in several languages.
    pub(crate) fn is_multilingual(&self) -> bool {
        self.languages.is_some_and(|languages| languages.windows(2).any(|pair| pair[0] != pair[1]))
    }

    /// Id of each row.
    pub fn ids(&self) -> &'a [String] {
        self.ids
    }

    /// Lexical features of each row.
    pub fn features(&self) -> &'a [TextFeatures] {
        self.features
    }

    /// From the cosines of these vectors to the scale that every decision line is drawn on.
    pub fn scale(&self) -> CosineScale {
        self.scale
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Cosine of two rows, on the scale of the decision lines.
    pub fn cosine(&self, a: usize, b: usize) -> f32 {
        self.scale.apply(dot(self.vectors.row(a), self.vectors.row(b)))
    }

    /// Cosine of the first statements of two rows; of the whole where leads are not given.
    pub fn lead_cosine(&self, a: usize, b: usize) -> f32 {
        self.leads.map_or_else(|| self.cosine(a, b), |l| self.scale.apply(dot(l.row(a), l.row(b))))
    }

    /// The `k` nearest rows of each row, with their cosines on the scale of the decision lines.
    pub fn nearest(&self, k: usize) -> Neighbours {
        let mut near = neighbours::nearest(self.vectors, k);
        if self.scale != CosineScale::IDENTITY {
            near.similarity.mapv_inplace(|cosine| self.scale.apply(cosine));
        }
        near
    }
}

/// Cosine of two unit vectors.
pub(crate) fn dot(a: ArrayView1<f32>, b: ArrayView1<f32>) -> f32 {
    match (a.as_slice(), b.as_slice()) {
        (Some(a), Some(b)) => crate::neighbours::cosine(a, b),
        _ => crate::neighbours::cosine(&a.to_vec(), &b.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    #[test]
    fn every_cosine_is_on_the_scale() {
        let ids = ["a", "b", "c"].map(str::to_owned);
        let features = vec![TextFeatures::default(); 3];
        let vectors = arr2(&[[1.0, 0.0], [0.8, 0.6], [0.6, 0.8]]);
        let leads = arr2(&[[1.0, 0.0], [0.9, 0.19_f32.sqrt()], [0.0, 1.0]]);
        let rows = Rows::new(&ids, vectors.view(), Some(leads.view()), &features).unwrap();
        let scaled = rows.on_scale(CosineScale { gain: 4.0, shift: -3.0 });
        let near = |a: f32, b: f32| (a - b).abs() < 1e-5;
        assert!(near(rows.cosine(0, 1), 0.8) && near(scaled.cosine(0, 1), 0.2));
        assert!(near(scaled.lead_cosine(0, 1), 0.6) && near(scaled.lead_cosine(0, 2), -1.0));
        let (plain, mapped) = (rows.nearest(2), scaled.nearest(2));
        assert_eq!(plain.index, mapped.index);
        for (x, y) in plain.similarity.iter().zip(&mapped.similarity) {
            assert!(near(scaled.scale.apply(*x), *y));
        }
    }
}
