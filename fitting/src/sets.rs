//! Fits on several sets, and what they are worth on data that a fit has not seen.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array1, Array2, Axis, concatenate};

use crate::logistic::Logistic;

/// Parts that a set is cut into; each is judged by a fit that has not seen it.
const FOLDS: u64 = 5;

/// Examples of one data set.
pub struct Set {
    /// The data set, as tables name it. A data set and a sample of it have one name, and are left out together.
    pub name: String,
    /// A row of features for each example.
    pub features: Array2<f64>,
    /// What each should come to, 0 to 1.
    pub gold: Vec<f64>,
    /// What each counts beside the others of its set.
    pub weight: Vec<f64>,
    /// Examples that share a part stay in one fold: what was learnt of one tells of the other.
    pub parts: Vec<u64>,
    /// What the whole set counts beside other sets; 0 where it is only judged.
    pub share: f64,
    /// How log-odds of its examples are judged; none where it is only fitted on.
    pub judge: Option<Judge>,
}

/// From the log-odds of every example to measures by their names.
pub type Judge = Box<dyn Fn(&[f64]) -> Vec<Figure>>;

/// A measure with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name in words.
    pub measure: &'static str,
    /// 0 to 1, or -1 to 1 for a correlation.
    pub value: f64,
}

/// How a set is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// By the weights that the program has today.
    Today,
    /// By a fit on all sets, this one among them.
    Home,
    /// By fits on the other sets and four fifths of this one, for each fifth in turn.
    Folds,
    /// By a fit on the other sets alone.
    LeftOut,
}

/// What became of a set.
pub struct Judged {
    /// The data set.
    pub set: String,
    /// Index-aligned measures for each way in which it was judged.
    pub figures: BTreeMap<Seen, Vec<Figure>>,
}

/// A fit on all sets, and how each set is told by it and by fits that have not seen it.
pub struct Fitted {
    /// From all sets.
    pub model: Logistic,
    /// The sets that are judged, in their order.
    pub judged: Vec<Judged>,
}

/// Fits on all sets, and judges. `shift` is added to every fitted intercept.
///
/// # Errors
/// Sets that can't be fitted.
pub fn fit(sets: &[Set], today: &Logistic, shift: f64, with_folds: bool) -> anyhow::Result<Fitted> {
    let fit_on = |seen: &dyn Fn(&Set, usize) -> bool| -> anyhow::Result<Logistic> {
        let found = fit_on(sets, seen)?;
        Ok(Logistic { intercept: found.intercept + shift, ..found })
    };
    let model = fit_on(&|_, _| true)?;
    let fitted_on: BTreeSet<&str> = sets.iter().filter(|s| s.share > 0.0).map(|s| s.name.as_str()).collect();
    let mut judged = Vec::new();
    for set in sets {
        let Some(judge) = &set.judge else { continue };
        let mut figures = BTreeMap::new();
        figures.insert(Seen::Today, judge(&today.log_odds(set.features.view())));
        let is_fitted_on = fitted_on.contains(set.name.as_str());
        let home = judge(&model.log_odds(set.features.view()));
        figures.insert(if is_fitted_on { Seen::Home } else { Seen::LeftOut }, home);
        if is_fitted_on && fitted_on.len() > 1 {
            let others = fit_on(&|other, _| other.name != set.name)?;
            figures.insert(Seen::LeftOut, judge(&others.log_odds(set.features.view())));
        }
        if is_fitted_on && with_folds {
            let mut odds = vec![0.0; set.gold.len()];
            for fold in 0..FOLDS {
                let seen = |other: &Set, example: usize| {
                    other.name != set.name || fold_of(other.parts[example]) != fold
                };
                let of_fold = fit_on(&seen)?.log_odds(set.features.view());
                let told = (0..odds.len()).filter(|&i| fold_of(set.parts[i]) == fold);
                told.for_each(|i| odds[i] = of_fold[i]);
            }
            figures.insert(Seen::Folds, judge(&odds));
        }
        judged.push(Judged { set: set.name.clone(), figures });
    }
    Ok(Fitted { model, judged })
}

/// Fits on those examples of all sets that `seen` takes.
fn fit_on(sets: &[Set], seen: &dyn Fn(&Set, usize) -> bool) -> anyhow::Result<Logistic> {
    let (mut features, mut gold, mut weight) = (Vec::new(), Vec::new(), Vec::new());
    for set in sets.iter().filter(|set| set.share > 0.0) {
        let kept: Vec<usize> = (0..set.gold.len()).filter(|&i| seen(set, i)).collect();
        let total: f64 = kept.iter().map(|&i| set.weight[i]).sum();
        features.push(set.features.select(Axis(0), &kept));
        gold.extend(kept.iter().map(|&i| set.gold[i]));
        weight.extend(kept.iter().map(|&i| set.weight[i] / total * set.share));
    }
    let views: Vec<_> = features.iter().map(|f| f.view()).collect();
    let features = concatenate(Axis(0), &views)?;
    Logistic::fit(features.view(), Array1::from(gold).view(), Array1::from(weight).view())
}

/// The fold of a part, 0 to [`FOLDS`]: by chance, and the same each time (SplitMix64).
fn fold_of(part: u64) -> u64 {
    throughline_testkit::Dice(part).next() % FOLDS
}

/// A part for every pair of texts, so that pairs which share a text, or are linked by such pairs, share a part. `texts`
/// has two texts a pair, one after the other.
pub fn parts_by_text<T: Ord>(texts: &[T]) -> Vec<u64> {
    let mut first: BTreeMap<&T, usize> = BTreeMap::new();
    let mut parent: Vec<usize> = (0..texts.len() / 2).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (i, text) in texts.iter().enumerate() {
        let pair = i / 2;
        let other = *first.entry(text).or_insert(pair);
        let (a, b) = (root(&mut parent, pair), root(&mut parent, other));
        parent[a.max(b)] = a.min(b);
    }
    (0..parent.len()).map(|pair| root(&mut parent, pair) as u64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logistic::logistic;
    use throughline_clustering::metrics::pearson;

    fn set(name: &str, slope: f64, share: f64) -> Set {
        let n = 200;
        let features = Array2::from_shape_fn((n, 1), |(i, _)| i as f64 / n as f64);
        let gold: Vec<f64> = features.column(0).iter().map(|x| logistic(slope * (x - 0.5))).collect();
        let wanted = gold.clone();
        let judge: Judge = Box::new(move |odds| {
            vec![Figure { measure: "Pearson correlation", value: pearson(odds, &wanted) }]
        });
        let parts = (0..n as u64).collect();
        Set { name: name.into(), features, gold, weight: vec![1.0; n], parts, share, judge: Some(judge) }
    }

    #[test]
    fn a_set_that_says_the_opposite_is_told_wrong_by_the_others_alone() {
        let sets = [set("one", 4.0, 1.0), set("two", 4.0, 1.0), set("opposite", -4.0, 0.25)];
        let today = Logistic { weights: Array1::from(vec![1.0]), intercept: 0.0 };
        let fitted = fit(&sets, &today, 0.0, true).unwrap();
        let of = |set: usize, seen| fitted.judged[set].figures[&seen][0].value;
        assert!(of(2, Seen::LeftOut) < -0.9 && of(0, Seen::LeftOut) > 0.9);
        assert!(of(0, Seen::Folds) > 0.9 && of(0, Seen::Home) > 0.9 && of(0, Seen::Today) > 0.9);
    }

    #[test]
    fn a_set_without_a_share_is_judged_and_changes_nothing() {
        let today = Logistic { weights: Array1::from(vec![1.0]), intercept: 0.0 };
        let alone = fit(&[set("one", 4.0, 1.0)], &today, 0.0, false).unwrap();
        let beside = fit(&[set("one", 4.0, 1.0), set("opposite", -4.0, 0.0)], &today, 0.0, false).unwrap();
        assert_eq!(alone.model, beside.model);
        assert_eq!(alone.judged[0].figures.keys().copied().collect::<Vec<_>>(), [Seen::Today, Seen::Home]);
        assert_eq!(
            beside.judged[1].figures.keys().copied().collect::<Vec<_>>(),
            [Seen::Today, Seen::LeftOut]
        );
    }

    #[test]
    fn pairs_that_share_a_text_share_a_part() {
        let parts = parts_by_text(&["a", "b", "c", "d", "b", "e", "d", "f", "g", "h"]);
        assert_eq!(parts, [0, 1, 0, 1, 4]);
    }
}
