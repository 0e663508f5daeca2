//! Whether two texts in two languages say the same.
//!
//! Their words can't be compared, so the cosine decides; and since texts on one matter are all near each other, it is held
//! against what either side reaches with any other text (local scaling, as in `stories`; for translations: Conneau et al.
//! 2018, "Word Translation Without Parallel Data", cross-domain similarity local scaling).

use rayon::prelude::*;

use crate::rows::Rows;
use crate::weights::across;

/// Neighbours among which the nearest is looked for.
const NEAREST: usize = 50;

/// What each text reaches.
pub(crate) struct Across {
    reach: Vec<f32>,
}

impl Across {
    /// Prepares rows; none where all are in one language.
    pub fn new(rows: &Rows) -> Option<Self> {
        if !rows.is_multilingual() {
            return None;
        }
        let near = rows.nearest(NEAREST);
        let of = |i: usize| {
            // Copies of a text would leave its translation no room.
            let is_copy =
                |j: u32, cosine: f32| cosine >= across::SAME_TEXT && rows.one_language(i, j as usize);
            let reached = near.of(i).filter(|(j, cosine)| !is_copy(*j, *cosine));
            reached.map(|(_, cosine)| cosine).fold(0.0, f32::max)
        };
        Some(Self { reach: (0..rows.len()).into_par_iter().map(of).collect() })
    }

    /// Log-odds that two statements make the same claim; none where they are in one language.
    pub fn claim(&self, rows: &Rows, i: usize, j: usize) -> Option<f32> {
        if rows.one_language(i, j) {
            return None;
        }
        let reach = self.reach[i] + self.reach[j];
        Some(across::COSINE * rows.cosine(i, j) + across::REACH * reach + across::INTERCEPT)
    }

    /// Log-odds that two articles are about the same event; none where they are in one language.
    pub fn event(&self, rows: &Rows, i: usize, j: usize) -> Option<f32> {
        let event = || across::EVENT_COSINE * rows.cosine(i, j) + across::EVENT_INTERCEPT;
        (!rows.one_language(i, j)).then(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;
    use throughline_schema::TextFeatures;

    #[test]
    fn a_translation_is_told_from_a_neighbour_on_the_matter() {
        // Two sentences of one matter, each in two languages.
        let [matter, own] = [0.5f32.sqrt(), 0.45f32.sqrt()];
        let rest = (1.0f32 - 0.95).sqrt();
        let vectors = Array2::from_shape_fn((4, 7), |(i, j)| match j {
            0 => matter,
            _ if j == 1 + i / 2 => own,
            _ if j == 3 + i => rest,
            _ => 0.0,
        });
        let ids: Vec<String> = (0..4).map(|i| i.to_string()).collect();
        let features = vec![TextFeatures::default(); 4];
        let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
        assert!(Across::new(&rows).is_none());
        let rows = rows.in_languages(&[0, 1, 0, 1]).unwrap();
        let across = Across::new(&rows).unwrap();
        assert!(across.claim(&rows, 0, 1).unwrap() > 2.0);
        assert!(across.claim(&rows, 0, 3).unwrap() < -2.0);
        assert_eq!(across.claim(&rows, 0, 2), None);
        assert!(across.event(&rows, 0, 3).unwrap() > 0.0);
    }
}
