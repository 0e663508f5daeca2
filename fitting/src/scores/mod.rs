//! One file for each weights file: what it is fitted on, by which features, and how it is judged.

mod article_pair;
mod claim;
mod event;
mod sentence_pair;
mod text_reuse;

use std::collections::BTreeMap;

use ndarray::Array2;
use throughline_clustering::metrics::{average_precision, claimed};

use crate::gold::Gold;
use crate::sets::{Figure, Judge, Set};
use crate::tools::Tools;

/// A weights file that can be fitted.
pub struct Score {
    /// As it is called on the command line.
    pub name: &'static str,
    /// Name of its weights file.
    pub file: &'static str,
    /// Files of the gold folder that it needs.
    pub needs: &'static [&'static str],
    /// Reads and prepares.
    pub prepare: fn(&Gold, &Tools) -> anyhow::Result<Vec<Problem>>,
}

/// One regression of a weights file.
pub struct Problem {
    /// Which one, where a file has several; else empty.
    pub what: &'static str,
    /// Keys of the weights, in the order of the features.
    pub keys: Vec<&'static str>,
    /// Key of the intercept.
    pub intercept: &'static str,
    /// By how much the program's intercept lies beside the fitted one, by a choice that the weights file tells.
    pub shift: f64,
    /// What it is fitted on and judged by.
    pub sets: Vec<Set>,
    /// Whether sets are judged by folds too, where their examples are independent of each other.
    pub with_folds: bool,
}

/// Every score that can be fitted.
pub const SCORES: [Score; 5] =
    [sentence_pair::SCORE, text_reuse::SCORE, article_pair::SCORE, event::SCORE, claim::SCORE];

/// Average precision, and F1 where log-odds of 0 are the line.
fn judge_pairs(gold: &[f64]) -> Judge {
    let positive: Vec<bool> = gold.iter().map(|gold| *gold > 0.5).collect();
    Box::new(move |odds| {
        vec![
            Figure { measure: "average precision", value: average_precision(odds, &positive) },
            Figure { measure: "F1 at one half", value: claimed(odds, &positive, 0.0).f1() },
        ]
    })
}

/// A matrix of rows of features.
fn matrix<const N: usize>(rows: impl IntoIterator<Item = [f32; N]>) -> Array2<f64> {
    let values: Vec<f64> = rows.into_iter().flatten().map(f64::from).collect();
    Array2::from_shape_vec((values.len() / N, N), values).expect("whole rows")
}

/// Whether each pair of rows is of one group, and its weight: one over the size of its group, or the mean of both.
fn same_group(names: &[String], pairs: &[(u32, u32)]) -> (Vec<f64>, Vec<f64>) {
    let mut size: BTreeMap<&String, f64> = BTreeMap::new();
    names.iter().for_each(|name| *size.entry(name).or_default() += 1.0);
    let of = |(a, b): &(u32, u32)| {
        let [x, y] = [&names[*a as usize], &names[*b as usize]];
        (f64::from(x == y), (1.0 / size[x] + 1.0 / size[y]) / 2.0)
    };
    pairs.iter().map(of).unzip()
}
