//! Where two statements that say nearly the same disagree: figures, dates, names, negation, stance.
//!
//! A difference is evidence, not an error: two outlets may count different things. So it is reported
//! with both values and never decides alone whether two statements belong together.

use serde::Serialize;
use throughline_schema::{Figure, TextFeatures};

use crate::overlap::intersection;

/// What kind of thing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// A number with its unit or currency.
    Figure,
    /// A date or time.
    Date,
    /// A name.
    Name,
    /// One side denies a word that the other has.
    Negation,
    /// They take opposite sides, or one doubts or denies what the other tells.
    Stance,
}

impl DifferenceKind {
    /// As tables show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Stance => "stance",
        }
    }
}

/// A point on which two statements disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind of thing it is.
    pub kind: DifferenceKind,
    /// What the first says; none where it is silent.
    pub a_value: Option<String>,
    /// What the second says; none where it is silent.
    pub b_value: Option<String>,
}

/// What differs between two statements, figures first.
///
/// Only what answers to each other is set side by side: figures of the same unit; and dates, names,
/// bare numbers, denials and sides only in statements that share much of their content words, since two
/// sentences on different matters differ in everything.
pub fn differences(a: &TextFeatures, b: &TextFeatures) -> Vec<Difference> {
    let alike = shared_content(a, b);
    let mut found = figures(a, b, alike >= CLOSE);
    let mut add = |kind, a_values: Vec<&String>, b_values: Vec<&String>| {
        let values = a_values.into_iter().zip(b_values);
        found.extend(values.map(|(x, y)| Difference {
            kind,
            a_value: Some(x.clone()),
            b_value: Some(y.clone()),
        }));
    };
    if alike >= NEAR {
        let left = a.dates.iter().filter(|date| !b.dates.contains(date)).collect();
        let right = b.dates.iter().filter(|date| !a.dates.contains(date)).collect();
        add(DifferenceKind::Date, left, right);
    }
    if alike >= CLOSE {
        let (left, right) = (unmatched_names(a, b), unmatched_names(b, a));
        if left.len() == 1 && right.len() == 1 {
            add(DifferenceKind::Name, left, right);
        }
    }
    if alike >= CLOSE {
        let sides = stance(a, b, alike >= SAME);
        if sides.is_empty() {
            found.extend(denials(a, b).map(|(denied, told)| negation(denied, told)));
            found.extend(denials(b, a).map(|(denied, told)| negation(told, denied)));
        }
        found.extend(sides);
    }
    found
}

/// Opposites: each axis on which either side stands at one end alone, and the ends differ. Who denies or doubts
/// differs also from who just tells, in statements that are otherwise the `same`.
fn stance(a: &TextFeatures, b: &TextFeatures, same: bool) -> Vec<Difference> {
    let mut axes: Vec<&str> = a.sides.iter().chain(&b.sides).map(|side| side.axis.as_str()).collect();
    axes.sort_unstable();
    axes.dedup();
    let end = |of: &TextFeatures, axis: &str| -> Option<Option<(i8, String)>> {
        let mut on = of.sides.iter().filter(|side| side.axis == axis);
        match on.next() {
            None => Some(None),
            Some(first) => {
                on.all(|side| side.pole == first.pole).then(|| Some((first.pole, first.text.clone())))
            }
        }
    };
    axes.into_iter()
        .filter_map(|axis| {
            let (x, y) = (end(a, axis)?, end(b, axis)?);
            let differ = match (&x, &y) {
                (Some((x, _)), Some((y, _))) => x != y,
                (Some((pole, _)), None) | (None, Some((pole, _))) => same && axis == "confirm" && *pole < 1,
                (None, None) => false,
            };
            let text = |side: Option<(i8, String)>| side.map(|(_, text)| text);
            differ.then(|| Difference { kind: DifferenceKind::Stance, a_value: text(x), b_value: text(y) })
        })
        .collect()
}

/// Words that `a` denies and `b` says without a denial: as `a` has them, and without the negation.
fn denials<'f>(a: &'f TextFeatures, b: &'f TextFeatures) -> impl Iterator<Item = (String, String)> + 'f {
    let affirmed = |stem: u32| b.stems.contains(&stem) && b.denied.iter().all(|other| other.stem != stem);
    a.denied.iter().filter(move |word| affirmed(word.stem)).map(|word| {
        let told = word.text.rsplit(char::is_whitespace).next().unwrap_or_default();
        (word.text.clone(), told.to_owned())
    })
}

fn negation(a: String, b: String) -> Difference {
    Difference { kind: DifferenceKind::Negation, a_value: Some(a), b_value: Some(b) }
}

/// Share of the content words of the statement that has fewer, from which on dates answer to each other,
/// names and bare numbers do, and a denial is one of the same claim.
const NEAR: f32 = 0.4;
const CLOSE: f32 = 0.5;
const SAME: f32 = 0.6;

fn shared_content(a: &TextFeatures, b: &TextFeatures) -> f32 {
    let [a, b] = [a, b].map(|features| {
        let mut stems = features.stems.clone();
        stems.sort_unstable();
        stems.dedup();
        stems
    });
    let fewer = a.len().min(b.len());
    if fewer == 0 { 0.0 } else { intersection(&a, &b) as f32 / fewer as f32 }
}

/// Figures of the same unit that one side alone has, in order; those without a unit only if `bare`.
fn figures(a: &TextFeatures, b: &TextFeatures, bare: bool) -> Vec<Difference> {
    let mut units: Vec<&str> = Vec::new();
    for figure in &a.figures {
        if !units.contains(&figure.unit.as_str()) && (bare || !figure.unit.is_empty()) {
            units.push(&figure.unit);
        }
    }
    let only = |x: &TextFeatures, y: &TextFeatures, unit: &str| -> Vec<String> {
        let lacks = |f: &&Figure| !y.figures.iter().any(|g| g.unit == unit && same_value(f.value, g.value));
        x.figures.iter().filter(|f| f.unit == unit).filter(lacks).map(|f| f.text.clone()).collect()
    };
    units
        .into_iter()
        .flat_map(|unit| only(a, b, unit).into_iter().zip(only(b, a, unit)))
        .map(|(x, y)| Difference { kind: DifferenceKind::Figure, a_value: Some(x), b_value: Some(y) })
        .collect()
}

/// Names of `a` of which no word stands in a name of `b`: "Tokayev" is matched by "President Tokayev".
fn unmatched_names<'f>(a: &'f TextFeatures, b: &TextFeatures) -> Vec<&'f String> {
    let of_b: Vec<u32> = b.name_stems.iter().flatten().copied().collect();
    let stems = |i: usize| a.name_stems.get(i).map_or(&[][..], Vec::as_slice);
    (0..a.names.len())
        .filter(|i| !stems(*i).iter().any(|stem| of_b.contains(stem)) && !b.names.contains(&a.names[*i]))
        .map(|i| &a.names[i])
        .collect()
}

/// Whether two figures agree to within rounding: half a per cent.
pub(crate) fn same_value(x: f64, y: f64) -> bool {
    (x - y).abs() <= 0.005 * x.abs().max(y.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_schema::Side;
    use throughline_schema::features::Denied;

    fn text(stems: &[u32], figures: &[(&str, f64, &str)]) -> TextFeatures {
        let figures = figures
            .iter()
            .map(|(text, value, unit)| Figure { text: (*text).into(), value: *value, unit: (*unit).into() })
            .collect();
        TextFeatures { stems: stems.to_vec(), figures, ..TextFeatures::default() }
    }

    #[test]
    fn sums_that_disagree_are_set_side_by_side_and_rounded_ones_are_not() {
        let a = text(&[1, 2], &[("$4.05 billion", 4.05e9, "USD"), ("20 %", 20.0, "%")]);
        let b = text(&[3, 4], &[("$27 billion", 27e9, "USD"), ("20.0 %", 20.0, "%"), ("7", 7.0, "")]);
        let found = differences(&a, &b);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, DifferenceKind::Figure);
        assert_eq!(found[0].b_value.as_deref(), Some("$27 billion"));
    }

    #[test]
    fn a_denial_differs_only_from_the_same_claim() {
        let (a, mut b) = (text(&[1, 2, 3], &[]), text(&[1, 2, 4], &[]));
        b.denied = vec![Denied { stem: 2, text: "not captured".into() }];
        let found = differences(&a, &b);
        assert_eq!((found[0].kind, found.len()), (DifferenceKind::Negation, 1));
        assert_eq!(
            (found[0].a_value.as_deref(), found[0].b_value.as_deref()),
            (Some("captured"), Some("not captured"))
        );
        b.denied[0].stem = 4;
        assert!(differences(&a, &b).is_empty());
        b.denied[0].stem = 2;
        b.stems = vec![2, 8, 9];
        assert!(differences(&a, &b).is_empty());
    }

    #[test]
    fn opposites_and_doubt_are_stance() {
        let side = |axis: &str, pole, text: &str| Side { axis: axis.into(), pole, text: text.into() };
        let (mut a, mut b) = (text(&[1, 2, 3], &[]), text(&[1, 2, 3], &[]));
        a.sides = vec![side("rise", 1, "rose")];
        assert!(differences(&a, &b).is_empty());
        b.sides = vec![side("rise", -1, "fell")];
        let found = differences(&a, &b);
        assert_eq!((found[0].kind, found[0].b_value.as_deref()), (DifferenceKind::Stance, Some("fell")));
        // Who says both differs from nobody.
        b.sides.push(side("rise", 1, "rose"));
        assert!(differences(&a, &b).is_empty());
        (a.sides, b.sides) = (vec![], vec![side("confirm", -1, "denied")]);
        assert_eq!(differences(&a, &b)[0].a_value, None);
    }

    #[test]
    fn a_surname_is_the_same_name() {
        let mut a = text(&[1, 2, 3], &[]);
        a.names = vec!["Aigerim Sadykova".into()];
        a.name_stems = vec![vec![10, 11]];
        let mut b = text(&[1, 2, 4], &[]);
        b.names = vec!["Sadykova".into()];
        b.name_stems = vec![vec![11]];
        assert!(differences(&a, &b).is_empty());
        b.names = vec!["Omarov".into()];
        b.name_stems = vec![vec![12]];
        assert_eq!(differences(&a, &b)[0].kind, DifferenceKind::Name);
    }
}
