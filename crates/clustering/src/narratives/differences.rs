//! Where two statements that say nearly the same disagree: figures, dates, names, negation, stance.
//!
//! A difference is evidence, not an error: two outlets may count different things. So it is reported with both values.
//! Values are set side by side only where they answer the same question: figures of one unit about something that both
//! name, dates and names that stand alone against each other in statements that share most of their words. And an article
//! that gives the other's value too, in another sentence, does not contradict it: it tells both, of two things.

use throughline_schema::{DifferenceKind, Figure, TextFeatures};

use super::mentions::{Mentions, dates_conflict, same_figure};
use crate::duplicates::overlap::intersection;
use crate::duplicates::vocabulary::sorted_set;
use crate::weights::difference::{ABOUT, ALIKE};

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

/// A statement, and what the article around it mentions.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The statement.
    pub features: &'a TextFeatures,
    /// Figures, dates and names of its article.
    pub article: &'a Mentions<'a>,
}

/// What differs between two statements, figures first.
pub fn differences(a: Told, b: Told) -> Vec<Difference> {
    let alike = shared_content(a.features, b.features) >= ALIKE;
    let mut found = figures(a, b, alike);
    if alike {
        for form in [is_day_of_week, is_time, is_date] {
            let [left, right] = [(a, b), (b, a)].map(|(x, y)| {
                let dates = x.features.dates.iter().filter(|date| form(date) && !y.article.tells_date(date));
                dates.cloned().collect::<Vec<String>>()
            });
            let dates = one_each(DifferenceKind::Date, &left, &right);
            found.extend(dates.filter(|_| dates_conflict(&left[0], &right[0])));
        }
        let [left, right] = [lacking_names(a, b), lacking_names(b, a)];
        let one_place = |left: &[usize], right: &[usize]| {
            let [x, y] = [(a, left), (b, right)].map(|(of, at)| of.features.name_places.get(at[0]));
            x.zip(y).is_some_and(|(x, y)| x.iter().any(|stem| y.contains(stem)))
        };
        let names = |of: Told, at: &[usize]| -> Vec<String> {
            at.iter().map(|at| of.features.names[*at].clone()).collect()
        };
        let difference = one_each(DifferenceKind::Name, &names(a, &left), &names(b, &right));
        found.extend(difference.filter(|_| one_place(&left, &right)));
    }
    found.extend(opposition(a.features, b.features));
    found
}

/// Whether one of two statements says the opposite of the other.
pub(super) fn opposed(a: &TextFeatures, b: &TextFeatures) -> bool {
    !opposition(a, b).is_empty()
}

/// A value of each side, where each has exactly one that the other lacks: of more, nothing says which answers which.
fn one_each(kind: DifferenceKind, left: &[String], right: &[String]) -> Option<Difference> {
    let (a_value, b_value) = (left.first().cloned(), right.first().cloned());
    (left.len() == 1 && right.len() == 1).then_some(Difference { kind, a_value, b_value })
}

/// Opposite sides, and words that one denies and the other says.
fn opposition(a: &TextFeatures, b: &TextFeatures) -> Vec<Difference> {
    let sides = stance(a, b);
    // "No plant will close" denies what "all plants stay open" says in other words.
    if !sides.is_empty() || same_side(a, b) {
        return sides;
    }
    let negation = |(a, b)| Difference { kind: DifferenceKind::Negation, a_value: Some(a), b_value: Some(b) };
    let (left, right) = (denials(a, b), denials(b, a));
    match (left.is_empty(), right.is_empty()) {
        (false, true) => left.into_iter().map(negation).collect(),
        (true, false) => right.into_iter().map(|(b, a)| negation((a, b))).collect(),
        _ => Vec::new(),
    }
}

/// Opposites: each axis on which both sides stand at one end alone, of the same thing, and the ends differ.
fn stance(a: &TextFeatures, b: &TextFeatures) -> Vec<Difference> {
    let mut axes: Vec<&str> = a.sides.iter().map(|side| side.axis.as_str()).collect();
    axes.sort_unstable();
    axes.dedup();
    let end = |of: &'_ TextFeatures, axis: &str| {
        let mut on = of.sides.iter().filter(|side| side.axis == axis);
        let first = on.next()?.clone();
        on.all(|side| side.pole == first.pole).then_some(first)
    };
    axes.into_iter()
        .filter_map(|axis| {
            let (x, y) = (end(a, axis)?, end(b, axis)?);
            let answers = is_about(&x.about, &b.stems) && is_about(&y.about, &a.stems);
            (x.pole * y.pole < 0 && answers).then(|| Difference {
                kind: DifferenceKind::Stance,
                a_value: Some(x.text.clone()),
                b_value: Some(y.text.clone()),
            })
        })
        .collect()
}

/// Whether both take the same side of anything.
fn same_side(a: &TextFeatures, b: &TextFeatures) -> bool {
    a.sides.iter().any(|x| b.sides.iter().any(|y| x.axis == y.axis && x.pole == y.pole))
}

/// Words that `a` denies and `b` says without a denial, of the same thing: as `a` has them, and without the negation.
fn denials(a: &TextFeatures, b: &TextFeatures) -> Vec<(String, String)> {
    // A text that denies anything may deny this in other words.
    let affirmed = |stem: u32| !b.negated && b.denied.is_empty() && b.stems.contains(&stem);
    let denied = a.denied.iter().filter(|word| affirmed(word.stem) && is_about(&word.about, &b.stems));
    let told = denied.map(|word| {
        let told = word.text.rsplit(char::is_whitespace).next().unwrap_or_default();
        (word.text.clone(), told.to_owned())
    });
    told.collect()
}

/// Whether a statement with these stems tells of what the words of a clause are about.
fn is_about(clause: &[u32], stems: &[u32]) -> bool {
    let shared = clause.iter().filter(|stem| stems.contains(stem)).count();
    shared > 1 && shared as f32 > ABOUT * clause.len() as f32
}

/// Shared content words over those of the statement that has fewer.
fn shared_content(a: &TextFeatures, b: &TextFeatures) -> f32 {
    let [a, b] = [a, b].map(|features| sorted_set(&features.stems));
    let fewer = a.len().min(b.len());
    if fewer == 0 { 0.0 } else { intersection(&a, &b) as f32 / fewer as f32 }
}

/// Figures that one side alone has and that answer to each other: of one unit and about two things that both name, or
/// beside the same word, where one may have no unit; or, in statements that are `alike`, the only ones of a unit. Each is set beside the one it shares
/// most with.
fn figures(a: Told, b: Told, alike: bool) -> Vec<Difference> {
    let (left, right) = (lacking_figures(a, b), lacking_figures(b, a));
    let of_unit = |figures: &[&Figure], unit: &str| figures.iter().filter(|f| f.unit == unit).count();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (i, x) in left.iter().enumerate() {
        for (j, y) in right.iter().enumerate() {
            let shared = x.about.iter().filter(|stem| y.about.contains(stem)).count();
            let one_unit = x.unit == y.unit;
            let alone = one_unit && of_unit(&left, &x.unit) == 1 && of_unit(&right, &x.unit) == 1;
            // "at least 11 were injured" counts what "injuring 12 people" counts.
            let beside = near(x).iter().any(|stem| near(y).contains(stem));
            let unsaid = x.unit.is_empty() || y.unit.is_empty();
            if alike && alone || one_unit && shared > 1 || beside && (one_unit || unsaid) {
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
    let difference = |(_, i, j): (usize, usize, usize)| Difference {
        kind: DifferenceKind::Figure,
        a_value: text(left[i]),
        b_value: text(right[j]),
    };
    pairs.into_iter().map(difference).collect()
}

/// The words nearest to a figure.
fn near(figure: &Figure) -> &[u32] {
    &figure.about[..figure.about.len().min(2)]
}

/// Figures of a statement that the other's article gives nowhere.
fn lacking_figures<'a>(a: Told<'a>, b: Told) -> Vec<&'a Figure> {
    let told = |f: &Figure| b.article.tells_figure(f) || b.features.figures.iter().any(|g| same_figure(f, g));
    a.features.figures.iter().filter(|f| !told(f)).collect()
}

/// Names of a statement, by their places among them, that the other's article does not mention, by any of their words.
fn lacking_names(a: Told, b: Told) -> Vec<usize> {
    let lacks = |at: &usize| {
        let stems = a.features.name_stems.get(*at).map_or(&[][..], Vec::as_slice);
        let name = &a.features.names[*at];
        !b.article.mentions(name, stems) && !stems.iter().any(|stem| b.features.stems.contains(stem))
    };
    (0..a.features.names.len()).filter(lacks).collect()
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
                low: value * 0.99,
                high: value * 1.01,
                unit: (*unit).into(),
                about: stems.to_vec(),
            })
            .collect();
        TextFeatures { stems: stems.to_vec(), figures, ..TextFeatures::default() }
    }

    /// Differences of two statements that are all that their articles say.
    fn between(a: &TextFeatures, b: &TextFeatures) -> Vec<Difference> {
        inside(a, &[], b, &[])
    }

    /// Differences of two statements in articles that say more.
    fn inside(
        a: &TextFeatures,
        more_a: &[TextFeatures],
        b: &TextFeatures,
        more_b: &[TextFeatures],
    ) -> Vec<Difference> {
        let (x, y) =
            (Mentions::of([a].into_iter().chain(more_a)), Mentions::of([b].into_iter().chain(more_b)));
        differences(Told { features: a, article: &x }, Told { features: b, article: &y })
    }

    #[test]
    fn sums_that_disagree_are_set_side_by_side_and_rounded_ones_are_not() {
        let a = text(&[1, 2, 9], &[("$4.05 billion", 4.05e9, "USD"), ("20 %", 20.0, "%")]);
        let b = text(&[3, 2, 9], &[("$27 billion", 27e9, "USD"), ("20.0 %", 20.0, "%"), ("7", 7.0, "km")]);
        let found = between(&a, &b);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, DifferenceKind::Figure);
        assert_eq!(found[0].b_value.as_deref(), Some("$27 billion"));
    }

    #[test]
    fn who_gives_both_values_contradicts_nobody() {
        let (taxes, losses) =
            (text(&[1, 2], &[("$38m", 38e6, "USD")]), text(&[1, 2], &[("$100m", 100e6, "USD")]));
        assert_eq!(between(&taxes, &losses).len(), 1);
        assert!(inside(&taxes, &[], &losses, std::slice::from_ref(&taxes)).is_empty());
        let named = |name: &str, stem: u32| TextFeatures {
            names: vec![name.into()],
            name_stems: vec![vec![stem]],
            name_places: vec![vec![1]],
            ..text(&[1, 2], &[])
        };
        let (luton, dublin) = (named("Luton", 10), named("Dublin", 11));
        assert_eq!(between(&luton, &dublin)[0].kind, DifferenceKind::Name);
        assert!(inside(&luton, std::slice::from_ref(&dublin), &dublin, &[]).is_empty());
    }

    #[test]
    fn figures_about_different_things_do_not_answer() {
        let of = |about: &[u32], figures: &[(&str, f64, &str)]| TextFeatures {
            stems: (1..4).map(|i| 10 * about[0] + i).collect(),
            ..text(about, figures)
        };
        let missing = of(&[7], &[("six people", 6.0, "people")]);
        let mut dead = of(&[8], &[("sixteen people", 16.0, "people")]);
        assert!(between(&missing, &dead).is_empty());
        // Of several, the one about the same thing.
        dead.figures.extend(of(&[7], &[("eleven", 11.0, "people")]).figures);
        assert_eq!(between(&missing, &dead)[0].b_value.as_deref(), Some("eleven"));
    }

    #[test]
    fn a_month_agrees_with_its_days() {
        let dated = |date: &str| TextFeatures { dates: vec![date.to_owned()], ..text(&[1, 2], &[]) };
        assert!(between(&dated("--09"), &dated("--09-30")).is_empty());
        assert_eq!(between(&dated("--09-29"), &dated("--09-30"))[0].kind, DifferenceKind::Date);
        assert!(between(&dated("2019"), &dated("--09-30")).is_empty());
    }

    fn denied(stem: u32, text: &str, about: &[u32]) -> Vec<Denied> {
        vec![Denied { stem, text: text.into(), about: about.to_vec() }]
    }

    #[test]
    fn two_denials_in_other_words_do_not_differ() {
        let (mut a, mut b) = (text(&[1, 2, 3], &[]), text(&[1, 2, 4], &[]));
        (a.denied, b.denied) = (denied(1, "not one plant", &[2]), denied(2, "no longer", &[1]));
        assert!(between(&a, &b).is_empty());
    }

    #[test]
    fn a_denial_differs_only_from_the_same_claim() {
        let (a, mut b) = (text(&[1, 2, 3], &[]), text(&[1, 2, 4], &[]));
        b.denied = denied(2, "not captured", &[1, 3]);
        let found = between(&a, &b);
        assert_eq!((found[0].kind, found.len()), (DifferenceKind::Negation, 1));
        assert_eq!(
            (found[0].a_value.as_deref(), found[0].b_value.as_deref()),
            (Some("captured"), Some("not captured"))
        );
        // The word that is denied is not said, or said of something else.
        b.denied[0].stem = 4;
        assert!(between(&a, &b).is_empty());
        b.denied = denied(2, "not captured", &[8, 9]);
        assert!(between(&a, &b).is_empty());
    }

    #[test]
    fn opposites_of_one_thing_are_stance() {
        let side = |axis: &str, pole, text: &str, about: &[u32]| Side {
            axis: axis.into(),
            pole,
            text: text.into(),
            about: about.to_vec(),
        };
        let (mut a, mut b) = (text(&[1, 2, 3], &[]), text(&[1, 2, 3], &[]));
        a.sides = vec![side("rise", 1, "rose", &[1, 2])];
        assert!(between(&a, &b).is_empty());
        b.sides = vec![side("rise", -1, "fell", &[1, 3])];
        let found = between(&a, &b);
        assert_eq!((found[0].kind, found[0].b_value.as_deref()), (DifferenceKind::Stance, Some("fell")));
        // One rose and another fell.
        b.sides = vec![side("rise", -1, "fell", &[7, 8, 9])];
        assert!(between(&a, &b).is_empty());
        // Who says both differs from nobody.
        b.sides = vec![side("rise", -1, "fell", &[1, 2]), side("rise", 1, "rose", &[1, 2])];
        assert!(between(&a, &b).is_empty());
    }

    #[test]
    fn a_surname_is_the_same_name() {
        let named = |name: &str, stems: &[u32], own: u32| TextFeatures {
            names: vec![name.into()],
            name_stems: vec![stems.to_vec()],
            name_places: vec![vec![1]],
            ..text(&[1, 2, own], &[])
        };
        let a = named("Aigerim Sadykova", &[10, 11], 3);
        assert!(between(&a, &named("Sadykova", &[11], 4)).is_empty());
        assert_eq!(between(&a, &named("Omarov", &[12], 4))[0].kind, DifferenceKind::Name);
        assert!(
            between(&named("NIS", &[13], 3), &named("National Intelligence Service", &[14, 15, 16], 4))
                .is_empty()
        );
    }
}
