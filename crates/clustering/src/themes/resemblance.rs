//! Which points are near each other, by meaning and by words.
//!
//! Vectors bring together what is about the same kind of thing, rare words what is about the same thing. Neighbours by both
//! are of one topic more often than by vectors alone: of the 15 nearest of a web snippet 88 instead of 86 in a hundred,
//! of a newsgroup post 54 instead of 52.

use ndarray::Array2;
use rayon::prelude::*;

use super::points::Points;
use crate::neighbours::{Neighbours, Quantised, Search, search_in};
use crate::tf_idf::TfIdf;
use crate::weights::theme;

/// Neighbours to use of `most`, for so many points: in a small collection the fifteenth neighbour is a stranger.
pub(crate) fn neighbours_of(points: usize, most: usize) -> usize {
    most.min((points / theme::SHARE).max(2))
}

/// The neighbours of every point, the most alike first: of those near by their vectors the ones that share most words.
/// `similarity` is the cosine of the vectors and that of the words' TF-IDF vectors together.
pub(crate) fn resembling(points: &Points, bytes: &Quantised, exact_up_to: usize, seed: u64) -> Neighbours {
    let how = Search { k: theme::SEARCHED, exact_up_to, seed };
    let near = search_in(points.vectors.view(), bytes, &how);
    let words = TfIdf::new(points.terms.iter().copied());
    let k = neighbours_of(points.len(), theme::NEIGHBOURS).min(near.k);
    let ranked: Vec<Vec<(u32, f32)>> = (0..points.len())
        .into_par_iter()
        .map(|point| {
            let mut both: Vec<(u32, f32)> = near
                .of(point)
                .map(|(other, cosine)| (other, cosine + words.cosine(point, other as usize)))
                .collect();
            both.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            both.truncate(k);
            both
        })
        .collect();
    let mut index = Array2::zeros((points.len(), k));
    let mut similarity = Array2::zeros((points.len(), k));
    for (point, ranked) in ranked.into_iter().enumerate() {
        for (place, (other, likeness)) in ranked.into_iter().enumerate() {
            index[[point, place]] = other;
            similarity[[point, place]] = likeness;
        }
    }
    Neighbours { k, index, similarity }
}
