//! Forms: statements whose wording is the same everywhere and whose values are all different.
//!
//! "Pay May 1, record April 10" is said of every dividend, and claims something else of each. Such statements look like
//! the widest narrative of all and are none. Two reports of one event that give other numbers are no form: they share
//! a name or another value, or their articles do.

use std::collections::{BTreeMap, BTreeSet};

use throughline_schema::TextFeatures;

use crate::duplicates::conflicting_values::same_value;
use crate::duplicates::overlap::intersection;
use crate::weights::form::{PAIRS, WORDING};

/// Members of which every pair is looked at; the first stand for the rest.
const READ: usize = 24;

/// Tells which narratives are forms.
pub struct Forms<'a> {
    features: &'a [TextFeatures],
    article: &'a [u32],
    /// Stems of the names in each article.
    named: BTreeMap<u32, BTreeSet<u32>>,
}

impl<'a> Forms<'a> {
    /// Gathers the names of the articles in which the members of `narratives` stand; `article` has that of each statement.
    pub fn new(features: &'a [TextFeatures], article: &'a [u32]) -> Self {
        let mut named: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (of, article) in features.iter().zip(article) {
            named.entry(*article).or_default().extend(of.name_stems.iter().flatten());
        }
        Self { features, article, named }
    }

    /// Whether the members of a narrative are one form filled in again and again.
    pub fn is_form(&self, members: &[u32]) -> bool {
        let members = &members[..members.len().min(READ)];
        let (mut pairs, mut filled_in) = (0, 0);
        for (at, &a) in members.iter().enumerate() {
            for &b in members[at + 1..].iter().filter(|b| self.article(**b) != self.article(a)) {
                pairs += 1;
                filled_in += usize::from(self.differ_in_values_alone(a, b));
            }
        }
        pairs > 0 && filled_in as f32 >= PAIRS * pairs as f32
    }

    fn article(&self, row: u32) -> u32 {
        self.article[row as usize]
    }

    fn differ_in_values_alone(&self, a: u32, b: u32) -> bool {
        let [f, g] = [a, b].map(|row| &self.features[row as usize]);
        let values = |f: &TextFeatures| f.figures.len() + f.dates.len();
        values(f).min(values(g)) > 0
            && !share_a_value(f, g)
            && !share_a_name(f, g)
            && same_wording(f, g)
            && self.named[&self.article(a)].is_disjoint(&self.named[&self.article(b)])
    }
}

fn share_a_value(f: &TextFeatures, g: &TextFeatures) -> bool {
    f.figures.iter().any(|x| g.figures.iter().any(|y| same_value(x.value, y.value)))
        || f.dates.iter().any(|date| g.dates.contains(date))
}

fn share_a_name(f: &TextFeatures, g: &TextFeatures) -> bool {
    f.name_stems.iter().flatten().any(|stem| g.name_stems.iter().flatten().any(|other| other == stem))
}

/// Whether the words besides names, which a form fills in too, are the same or nearly so.
fn same_wording(f: &TextFeatures, g: &TextFeatures) -> bool {
    let [a, b] = [f, g].map(|f| {
        let named: BTreeSet<u32> = f.name_stems.iter().flatten().copied().collect();
        let mut grams = f.stems.clone();
        grams.retain(|stem| !named.contains(stem));
        grams.sort_unstable();
        grams.dedup();
        grams
    });
    let shared = intersection(&a, &b);
    shared > 0 && shared as f32 >= WORDING * a.len().min(b.len()) as f32
}

#[cfg(test)]
mod tests {
    use throughline_schema::Figure;

    use super::*;

    fn filled_in(value: f64, name: u32, wording: &[u32]) -> TextFeatures {
        TextFeatures {
            stems: wording.to_vec(),
            figures: vec![Figure {
                text: String::new(),
                value,
                low: value,
                high: value,
                unit: String::new(),
                about: Vec::new(),
            }],
            name_stems: vec![vec![name]],
            names: vec![String::new()],
            ..TextFeatures::default()
        }
    }

    #[test]
    fn other_values_in_the_same_words_of_other_things_are_a_form() {
        let dividends = [
            filled_in(12.0, 100, &[1, 2, 3]),
            filled_in(7.0, 101, &[1, 2, 3]),
            filled_in(9.0, 102, &[1, 2, 3]),
        ];
        assert!(Forms::new(&dividends, &[0, 1, 2]).is_form(&[0, 1, 2]));
    }

    #[test]
    fn other_numbers_of_one_event_are_no_form() {
        let reports = [filled_in(300.0, 100, &[1, 2, 3]), filled_in(310.0, 100, &[1, 2, 3])];
        assert!(!Forms::new(&reports, &[0, 1]).is_form(&[0, 1]));
        let same_number = [filled_in(300.0, 100, &[1, 2, 3]), filled_in(300.0, 101, &[1, 2, 3])];
        assert!(!Forms::new(&same_number, &[0, 1]).is_form(&[0, 1]));
        let other_words = [filled_in(300.0, 100, &[1, 2, 3]), filled_in(310.0, 101, &[7, 8, 9])];
        assert!(!Forms::new(&other_words, &[0, 1]).is_form(&[0, 1]));
    }
}
