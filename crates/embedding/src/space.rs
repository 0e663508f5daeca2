//! What makes the vectors of several languages comparable.
//!
//! A multilingual model gives each language a corner of its own: two unrelated sentences of one language are nearer than a
//! sentence and its translation. Two things mend that. From every vector the mean of its language is subtracted (a form of
//! the centring of Mu and Viswanath 2018, "All-but-the-Top"); where a collection has few texts of a language, a stored mean
//! counts as well. And for themes, a linear map takes the vectors to the space of the model that themes were made for
//! (Mikolov, Le and Sutskever 2013, "Exploiting Similarities among Languages for Machine Translation", fitted by ridge
//! regression). Both are in the model's `space.safetensors`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use half::f16;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use crate::error::EmbeddingError;

/// Texts that a stored mean counts as.
const STORED: f32 = 20.0;

/// The mean of languages that have none of their own.
const OTHER: &str = "other";

const MEAN: &str = "mean.";
const THEMES: &str = "themes";

/// Means of languages, and the map for themes.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    means: BTreeMap<String, Array1<f32>>,
    themes: Array2<f32>,
}

impl Space {
    /// Of the means of languages, by their tags and `other`, and the map for themes (dimensions × dimensions).
    pub fn new(means: BTreeMap<String, Array1<f32>>, themes: Array2<f32>) -> Self {
        Self { means, themes }
    }

    pub(crate) fn read(path: &Path, content: &[u8], width: usize) -> Result<Self, EmbeddingError> {
        let damaged = |reason: &str| EmbeddingError::damaged(path, reason);
        let tensors = SafeTensors::deserialize(content).map_err(|e| EmbeddingError::damaged(path, e))?;
        let mut means = BTreeMap::new();
        for (name, tensor) in tensors.iter() {
            if let Some(language) = name.strip_prefix(MEAN) {
                let mean = floats(&tensor).ok_or_else(|| damaged("its numbers are neither f32 nor f16"))?;
                if mean.len() != width {
                    return Err(damaged("a mean has not the length of the model's vectors"));
                }
                means.insert(language.to_owned(), Array1::from(mean));
            }
        }
        let map = tensors.tensor(THEMES).map_err(|_| damaged("it has no map for themes"))?;
        let map = floats(&map).ok_or_else(|| damaged("its numbers are neither f32 nor f16"))?;
        let map = Array2::from_shape_vec((width, width), map);
        let themes = map.map_err(|_| damaged("its map has not the shape of the model's vectors"))?;
        if !means.contains_key(OTHER) {
            return Err(damaged("it has no mean for other languages"));
        }
        Ok(Self { means, themes })
    }

    /// The content of a `space.safetensors`.
    ///
    /// # Errors
    ///
    /// None that a user can cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>, safetensors::SafeTensorError> {
        let f32s = |values: &Array1<f32>| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
        let halves: Vec<u8> = self.themes.iter().flat_map(|v| f16::from_f32(*v).to_le_bytes()).collect();
        let mut data: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = self
            .means
            .iter()
            .map(|(language, mean)| (format!("{MEAN}{language}"), Dtype::F32, vec![mean.len()], f32s(mean)))
            .collect();
        data.push((THEMES.to_owned(), Dtype::F16, self.themes.shape().to_vec(), halves));
        let views = data
            .iter()
            .map(|(name, dtype, shape, bytes)| {
                Ok((name.as_str(), TensorView::new(*dtype, shape.clone(), bytes)?))
            })
            .collect::<Result<Vec<_>, safetensors::SafeTensorError>>()?;
        safetensors::serialize(views, None)
    }

    /// Unit vectors with the means of their languages taken away; a row of zeros stays one.
    pub fn centred(&self, vectors: ArrayView2<f32>, languages: &[&str]) -> Array2<f32> {
        let mut sums: BTreeMap<&str, (Array1<f32>, f32)> = BTreeMap::new();
        for (vector, &language) in vectors.rows().into_iter().zip(languages).filter(|(v, _)| is_vector(v)) {
            let stored = || (&*self.stored(language) * STORED, STORED);
            let (sum, count) = sums.entry(language).or_insert_with(stored);
            *sum += &vector;
            *count += 1.0;
        }
        let means: BTreeMap<&str, Array1<f32>> =
            sums.into_iter().map(|(language, (sum, count))| (language, sum / count)).collect();
        let mut out = vectors.to_owned();
        for (mut row, language) in out.rows_mut().into_iter().zip(languages) {
            if let Some(mean) = means.get(language).filter(|_| is_vector(&row.view())) {
                row -= mean;
                normalise(&mut row);
            }
        }
        out
    }

    /// Centred vectors in the space that themes are found in, of unit length.
    pub fn for_themes(&self, centred: ArrayView2<f32>) -> Array2<f32> {
        let mut out = centred.dot(&self.themes);
        out.rows_mut().into_iter().for_each(|mut row| normalise(&mut row));
        out
    }

    fn stored(&self, language: &str) -> Cow<'_, Array1<f32>> {
        let own = self.means.get(language).or_else(|| self.means.get(OTHER));
        own.map_or_else(|| Cow::Owned(Array1::zeros(self.themes.nrows())), Cow::Borrowed)
    }
}

/// Numbers of a tensor in either form that this file has; none in another.
fn floats(tensor: &TensorView<'_>) -> Option<Vec<f32>> {
    let data = tensor.data();
    match tensor.dtype() {
        Dtype::F32 => Some(data.as_chunks::<4>().0.iter().map(|&b| f32::from_le_bytes(b)).collect()),
        Dtype::F16 => Some(data.as_chunks::<2>().0.iter().map(|&b| f16::from_le_bytes(b).to_f32()).collect()),
        _ => None,
    }
}

fn is_vector(row: &ArrayView1<f32>) -> bool {
    row.iter().any(|x| *x != 0.0)
}

fn normalise(row: &mut ndarray::ArrayViewMut1<f32>) {
    let length = row.dot(row).sqrt();
    if length > 0.0 {
        row.map_inplace(|x| *x /= length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space() -> Space {
        let means = [("en", [0.9, 0.1]), (OTHER, [0.5, 0.5])]
            .map(|(language, mean)| (language.to_owned(), Array1::from(mean.to_vec())));
        Space::new(means.into(), Array2::from_shape_vec((2, 2), vec![0.0, 1.0, 1.0, 0.0]).unwrap())
    }

    #[test]
    fn a_mean_is_of_the_language_and_the_stored_one_counts_where_texts_are_few() {
        let unit = |angle: f32| [angle.cos(), angle.sin()];
        let few = Array2::from(vec![unit(0.2)]);
        let centred = space().centred(few.view(), &["en"]);
        // One text alone does not become nothing: the stored mean weighs twenty texts.
        assert!((centred.row(0).dot(&centred.row(0)) - 1.0).abs() < 1e-5);
        let many: Vec<[f32; 2]> =
            (0..2000).map(|i| unit(0.3 + if i % 2 == 0 { 0.1 } else { -0.1 })).collect();
        let languages = vec!["kk"; 2000];
        let centred = space().centred(Array2::from(many).view(), &languages);
        assert!(centred.row(0).dot(&centred.row(1)) < -0.9, "{centred}");
        let none = Array2::zeros((1, 2));
        assert_eq!(space().centred(none.view(), &["ru"]), none);
    }

    #[test]
    fn the_file_holds_it_and_damage_is_told() {
        let bytes = space().to_bytes().unwrap();
        assert_eq!(Space::read(Path::new("space.safetensors"), &bytes, 2).unwrap(), space());
        assert!(Space::read(Path::new("space.safetensors"), &bytes, 3).is_err());
        assert!(Space::read(Path::new("space.safetensors"), &bytes[..20], 2).is_err());
    }
}
