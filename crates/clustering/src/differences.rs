//! Where two statements that say nearly the same disagree: figures, dates, names, negation.
//!
//! A difference is evidence, not an error: two outlets may count different things. So it is reported
//! with both values and never decides alone whether two statements belong together.

use serde::Serialize;
use throughline_schema::TextFeatures;

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
    /// One side denies.
    Negation,
}

impl DifferenceKind {
    /// As tables show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Name => "name",
            Self::Negation => "negation",
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
pub fn differences(a: &TextFeatures, b: &TextFeatures) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut units: Vec<&str> = Vec::new();
    for figure in a.figures.iter().chain(&b.figures) {
        if !units.contains(&figure.unit.as_str()) {
            units.push(&figure.unit);
        }
    }
    for unit in units {
        let left: Vec<_> = a.figures.iter().filter(|f| f.unit == unit).collect();
        let right: Vec<_> = b.figures.iter().filter(|f| f.unit == unit).collect();
        let only_left: Vec<_> =
            left.iter().filter(|f| !right.iter().any(|g| same_value(f.value, g.value))).collect();
        let only_right: Vec<_> =
            right.iter().filter(|f| !left.iter().any(|g| same_value(f.value, g.value))).collect();
        for i in 0..only_left.len().min(only_right.len()) {
            found.push(Difference {
                kind: DifferenceKind::Figure,
                a_value: Some(only_left[i].text.clone()),
                b_value: Some(only_right[i].text.clone()),
            });
        }
    }
    let only = |x: &[String], y: &[String]| x.iter().filter(|d| !y.contains(d)).cloned().collect::<Vec<_>>();
    let (left, right) = (only(&a.dates, &b.dates), only(&b.dates, &a.dates));
    for (x, y) in left.into_iter().zip(right) {
        found.push(Difference { kind: DifferenceKind::Date, a_value: Some(x), b_value: Some(y) });
    }
    let (left, right) = (only(&a.names, &b.names), only(&b.names, &a.names));
    for (x, y) in left.into_iter().zip(right) {
        found.push(Difference { kind: DifferenceKind::Name, a_value: Some(x), b_value: Some(y) });
    }
    if a.negated != b.negated {
        let say = |negated| Some(if negated { "denied" } else { "affirmed" }.to_owned());
        found.push(Difference {
            kind: DifferenceKind::Negation,
            a_value: say(a.negated),
            b_value: say(b.negated),
        });
    }
    found
}

/// Whether two figures agree to within rounding: half a per cent.
pub(crate) fn same_value(x: f64, y: f64) -> bool {
    (x - y).abs() <= 0.005 * x.abs().max(y.abs())
}
