//! Where two statements that say nearly the same disagree: figures, dates, names, negation, stance.
//!
//! A difference is evidence, not an error: two outlets may count different things. So it is reported
//! with both values and never decides alone whether two statements belong together.

use throughline_schema::{DifferenceKind, Figure, TextFeatures};

use crate::duplicates::conflicting_values::same_value;
use crate::duplicates::overlap::intersection;
use crate::weights::difference::{DATES, NAMES, STANCE};

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
/// Only what answers to each other is set side by side: figures of the same unit about the same thing; and dates,
/// names, bare numbers, denials and sides only in statements that share much of their content words, since two
/// sentences on different matters differ in everything.
pub fn differences(a: &TextFeatures, b: &TextFeatures) -> Vec<Difference> {
    let alike = shared_content(a, b);
    let mut found = figures(a, b, alike >= NAMES);
    let mut add = |kind, a_values: Vec<&String>, b_values: Vec<&String>| {
        let values = a_values.into_iter().zip(b_values);
        found.extend(values.map(|(x, y)| Difference {
            kind,
            a_value: Some(x.clone()),
            b_value: Some(y.clone()),
        }));
    };
    if alike >= DATES {
        let (left, right) = (unmatched_dates(&a.dates, &b.dates), unmatched_dates(&b.dates, &a.dates));
        for form in [is_day_of_week, is_time, is_date] {
            let [left, right] =
                [&left, &right].map(|d| d.iter().filter(|date| form(date)).copied().collect());
            add(DifferenceKind::Date, left, right);
        }
    }
    if alike >= NAMES {
        let (left, right) = (unmatched_names(a, b), unmatched_names(b, a));
        if left.len() == 1 && right.len() == 1 {
            add(DifferenceKind::Name, left, right);
        }
    }
    if alike >= NAMES {
        let sides = stance(a, b, alike >= STANCE);
        // "No plant will close" denies what "all plants stay open" says in other words.
        if sides.is_empty() && !same_side(a, b) {
            let (left, right) = (denials(a, b), denials(b, a));
            match (left.is_empty(), right.is_empty()) {
                (false, true) if !b.negated => found.extend(left.into_iter().map(|(a, b)| negation(a, b))),
                (true, false) if !a.negated => found.extend(right.into_iter().map(|(b, a)| negation(a, b))),
                _ => {}
            }
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

/// Whether both take the same side of anything.
fn same_side(a: &TextFeatures, b: &TextFeatures) -> bool {
    a.sides.iter().any(|x| b.sides.iter().any(|y| x.axis == y.axis && x.pole == y.pole))
}

/// Words that `a` denies and `b` says without a denial: as `a` has them, and without the negation.
fn denials(a: &TextFeatures, b: &TextFeatures) -> Vec<(String, String)> {
    let affirmed = |stem: u32| b.stems.contains(&stem) && b.denied.iter().all(|other| other.stem != stem);
    let denied = a.denied.iter().filter(|word| affirmed(word.stem)).map(|word| {
        let told = word.text.rsplit(char::is_whitespace).next().unwrap_or_default();
        (word.text.clone(), told.to_owned())
    });
    denied.collect()
}

fn negation(a: String, b: String) -> Difference {
    Difference { kind: DifferenceKind::Negation, a_value: Some(a), b_value: Some(b) }
}

/// Shared content words over those of the statement that has fewer.
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

/// Figures that one side alone has and that answer to each other: of the same unit, and about something that both
/// name or, in statements that are `close`, about anything. Each is set beside the one it shares most with.
fn figures(a: &TextFeatures, b: &TextFeatures, close: bool) -> Vec<Difference> {
    let (left, right) = (unmatched_figures(a, b), unmatched_figures(b, a));
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (i, x) in left.iter().enumerate() {
        for (j, y) in right.iter().enumerate().filter(|(_, y)| y.unit == x.unit) {
            let shared = x.about.iter().filter(|stem| y.about.contains(stem)).count();
            if close || shared > 0 && !x.unit.is_empty() {
                pairs.push((shared, i, j));
            }
        }
    }
    pairs.sort_by_key(|&(shared, i, j)| (std::cmp::Reverse(shared), i, j));
    let mut taken = (vec![false; left.len()], vec![false; right.len()]);
    pairs.retain(|&(_, i, j)| {
        let free = !taken.0[i] && !taken.1[j];
        taken.0[i] |= free;
        taken.1[j] |= free;
        free
    });
    pairs.sort_by_key(|&(_, i, j)| (i, j));
    let text = |figure: &Figure| Some(figure.text.clone());
    pairs
        .into_iter()
        .map(|(_, i, j)| Difference {
            kind: DifferenceKind::Figure,
            a_value: text(left[i]),
            b_value: text(right[j]),
        })
        .collect()
}

/// Figures of `a` of which `b` has no equal.
fn unmatched_figures<'f>(a: &'f TextFeatures, b: &TextFeatures) -> Vec<&'f Figure> {
    let equal = |f: &Figure| b.figures.iter().any(|g| g.unit == f.unit && same_value(f.value, g.value));
    a.figures.iter().filter(|f| !equal(f)).collect()
}

/// Dates of `a` with which none of `b` agrees. A month agrees with its days, a year with its months.
fn unmatched_dates<'f>(a: &'f [String], b: &[String]) -> Vec<&'f String> {
    a.iter().filter(|x| !b.iter().any(|y| x.starts_with(y.as_str()) || y.starts_with(x.as_str()))).collect()
}

fn is_day_of_week(date: &str) -> bool {
    date.starts_with(|c: char| c.is_ascii_lowercase())
}

fn is_time(date: &str) -> bool {
    date.starts_with('T')
}

fn is_date(date: &str) -> bool {
    !is_day_of_week(date) && !is_time(date)
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

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_schema::Side;
    use throughline_schema::features::Denied;

    fn text(stems: &[u32], figures: &[(&str, f64, &str)]) -> TextFeatures {
        let figures = figures
            .iter()
            .map(|(text, value, unit)| Figure {
                text: (*text).into(),
                value: *value,
                unit: (*unit).into(),
                about: stems.to_vec(),
            })
            .collect();
        TextFeatures { stems: stems.to_vec(), figures, ..TextFeatures::default() }
    }

    #[test]
    fn sums_that_disagree_are_set_side_by_side_and_rounded_ones_are_not() {
        let a = text(&[1, 2, 9], &[("$4.05 billion", 4.05e9, "USD"), ("20 %", 20.0, "%")]);
        let b = text(&[3, 4, 9], &[("$27 billion", 27e9, "USD"), ("20.0 %", 20.0, "%"), ("7", 7.0, "")]);
        let found = differences(&a, &b);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, DifferenceKind::Figure);
        assert_eq!(found[0].b_value.as_deref(), Some("$27 billion"));
    }

    #[test]
    fn figures_about_different_things_do_not_answer() {
        let of = |about: &[u32], figures: &[(&str, f64, &str)]| TextFeatures {
            stems: (1..4).map(|i| 10 * about[0] + i).collect(),
            ..text(about, figures)
        };
        let missing = of(&[7], &[("six people", 6.0, "people")]);
        let mut dead = of(&[8], &[("sixteen people", 16.0, "people")]);
        assert!(differences(&missing, &dead).is_empty());
        // Of several, the one about the same thing.
        dead.figures.extend(of(&[7], &[("eleven", 11.0, "people")]).figures);
        assert_eq!(differences(&missing, &dead)[0].b_value.as_deref(), Some("eleven"));
    }

    #[test]
    fn a_month_agrees_with_its_days() {
        let dated = |date: &str| TextFeatures { dates: vec![date.to_owned()], ..text(&[1, 2], &[]) };
        assert!(differences(&dated("--09"), &dated("--09-30")).is_empty());
        assert_eq!(differences(&dated("--09-29"), &dated("--09-30"))[0].kind, DifferenceKind::Date);
    }

    #[test]
    fn two_denials_in_other_words_do_not_differ() {
        let denied = |stem, text: &str| vec![Denied { stem, text: text.into() }];
        let (mut a, mut b) = (text(&[1, 2, 3], &[]), text(&[1, 2, 4], &[]));
        (a.denied, b.denied) = (denied(1, "not one plant"), denied(2, "no longer"));
        (a.negated, b.negated) = (true, true);
        assert!(differences(&a, &b).is_empty());
    }

    #[test]
    fn a_denial_differs_only_from_the_same_claim() {
        let (a, mut b) = (text(&[1, 2, 3], &[]), text(&[1, 2, 4], &[]));
        b.denied = vec![Denied { stem: 2, text: "not captured".into() }];
        b.negated = true;
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
