//! From a model's cosines to the scale on which the decision lines were fitted.
//!
//! A rule that says "above .6" was fitted on one model's cosines, and another model's differ: for
//! multilingual-e5-small two unrelated sentences have .75. What carries over is how surely a cosine tells that two
//! texts say the same. So the log-odds of that are fitted as a line on the cosine for both models, on the same pairs
//! with known answers (logistic regression; Cox, 1958; of scores: Platt, 1999), and a cosine of one model
//! becomes that cosine of the other which has the same log-odds. Pairs that say the same and pairs that do not
//! count the same in sum, so that their shares in a file make no difference.

use serde::{Deserialize, Serialize};
use throughline_schema::CosineScale;

/// SHA-256 of the official weights of all-MiniLM-L6-v2: on the cosines of this model, in int8, the decision lines were
/// fitted, so that it and what is made of these weights need no calibration.
pub(crate) const REFERENCE_WEIGHTS: &str = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db";

/// What a model's manifest says of its cosines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// From its cosines to the scale of the decision lines.
    #[serde(flatten)]
    pub scale: CosineScale,
    /// The same for articles, which are long, where it was calibrated on them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub articles: Option<CosineScale>,
    /// What was set before every text; the scale holds for this alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// Log-odds by its own cosine.
    pub line: Line,
    /// Log-odds by the cosine of the model that the decision lines were fitted on, on the same pairs.
    pub reference_line: Line,
    /// Name of that model.
    pub reference: String,
    /// The pairs' file, with its SHA-256.
    pub source: String,
    /// Pairs in it.
    pub pairs: u64,
    /// How many of them say the same; graded ones by their grade.
    pub same: f64,
    /// When it was made, RFC 3339.
    pub date: String,
}

/// A line: log-odds that two texts say the same, by their cosine.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// By how much the log-odds rise with the cosine.
    pub slope: f64,
    /// Log-odds at a cosine of 0.
    pub intercept: f64,
}

/// Pairs that a line needs at least of each kind.
const FEWEST: f64 = 10.0;

/// How much the standardised slope is drawn to 0, so that pairs without overlap have a line too.
const RIDGE: f64 = 1e-5;

impl Line {
    /// Fits a line on pairs with their cosines and whether they say the same, 0 to 1.
    ///
    /// # Errors
    ///
    /// What is wrong with the pairs, in words: too few of a kind, or cosines that do not tell them apart.
    pub fn fit(cosines: &[f32], same: &[f32]) -> Result<Self, String> {
        let n = cosines.len() as f64;
        let alike: f64 = same.iter().map(|&g| f64::from(g)).sum();
        let (fewer, kind) = if alike < n - alike { (alike, "same") } else { (n - alike, "different") };
        if fewer < FEWEST {
            return Err(format!(
                "of {n} pairs only {fewer} are the {kind}; a line needs {FEWEST} of either kind"
            ));
        }
        // Either kind weighs ½ in all.
        let weighted = |value: &dyn Fn(f64) -> f64| -> f64 {
            let weight = |g: f32| f64::from(g) / alike / 2.0 + (1.0 - f64::from(g)) / (n - alike) / 2.0;
            cosines.iter().zip(same).map(|(&x, &g)| weight(g) * value(f64::from(x))).sum()
        };
        let mean = weighted(&|x| x);
        let spread = weighted(&|x| (x - mean).powi(2)).sqrt();
        if spread < 1e-6 {
            return Err("all pairs have the same cosine".to_owned());
        }
        // Newton's method; the loss is convex and its second derivative bounded below by the ridge.
        let (mut slope, mut intercept) = (0.0_f64, 0.0_f64);
        for _ in 0..100 {
            let (mut g0, mut g1) = (0.0, -RIDGE * slope);
            let (mut h00, mut h01, mut h11) = (0.0, 0.0, RIDGE);
            for (&cosine, &g) in cosines.iter().zip(same) {
                let (x, g) = ((f64::from(cosine) - mean) / spread, f64::from(g));
                let p = 1.0 / (1.0 + (-(slope * x + intercept)).exp());
                let (yes, no) = (g / alike, (1.0 - g) / (n - alike));
                let pull = yes * (1.0 - p) - no * p;
                let curve = (yes + no) * p * (1.0 - p);
                g0 += pull;
                g1 += pull * x;
                h00 += curve;
                h01 += curve * x;
                h11 += curve * x * x;
            }
            let determinant = h00 * h11 - h01 * h01;
            let steps = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
            // Far from the optimum a full step may overshoot.
            let shrink = 1.0 / (steps[0].abs().max(steps[1].abs()) / 2.0).max(1.0);
            intercept += shrink * steps[0];
            slope += shrink * steps[1];
            if steps[0].abs().max(steps[1].abs()) < 1e-12 {
                break;
            }
        }
        if slope <= 0.0 || !slope.is_finite() || !intercept.is_finite() {
            return Err("pairs that say the same have no higher cosines than the others".to_owned());
        }
        Ok(Self { slope: slope / spread, intercept: intercept - slope * mean / spread })
    }

    /// The scale that gives each cosine on this line the cosine of `reference` with the same log-odds.
    pub fn onto(self, reference: Self) -> CosineScale {
        CosineScale {
            gain: (self.slope / reference.slope) as f32,
            shift: ((self.intercept - reference.intercept) / reference.slope) as f32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs spread evenly over the cosines from 0 to 1, `share(cosine)` of them the same.
    fn pairs(share: impl Fn(f64) -> f64) -> (Vec<f32>, Vec<f32>) {
        (0..=1000).map(|i| f64::from(i) / 1000.0).map(|x| (x as f32, share(x) as f32)).unzip()
    }

    fn logistic(x: f64) -> f64 {
        1.0 / (1.0 + (-x).exp())
    }

    #[test]
    fn a_line_is_found_again() {
        let (cosines, same) = pairs(|x| logistic(8.0 * x - 4.0));
        let line = Line::fit(&cosines, &same).unwrap();
        assert!((line.slope - 8.0).abs() < 0.05 && (line.intercept + 4.0).abs() < 0.05, "{line:?}");
    }

    #[test]
    fn shares_of_the_kinds_make_no_difference() {
        let (mut cosines, mut same) = pairs(|x| if x > 0.5 { 1.0 } else { 0.0 });
        for i in 0..200 {
            cosines.extend([0.3 + i as f32 / 500.0, 0.4 + i as f32 / 500.0]);
            same.extend([0.0, 1.0]);
        }
        let once = Line::fit(&cosines, &same).unwrap();
        let more: Vec<usize> = (0..same.len()).filter(|&i| same[i] == 0.0).collect();
        for i in more {
            cosines.extend([cosines[i]; 3]);
            same.extend([0.0; 3]);
        }
        let again = Line::fit(&cosines, &same).unwrap();
        assert!((once.slope / again.slope - 1.0).abs() < 1e-9, "{once:?} {again:?}");
        assert!((once.intercept - again.intercept).abs() < 1e-9);
    }

    #[test]
    fn equal_log_odds_become_equal_cosines() {
        let (own, reference) = (Line { slope: 40.0, intercept: -34.0 }, Line { slope: 8.0, intercept: -4.0 });
        let scale = own.onto(reference);
        for cosine in [0.78_f32, 0.85, 0.9] {
            let odds = own.slope * f64::from(cosine) + own.intercept;
            let there = reference.slope * f64::from(scale.apply(cosine)) + reference.intercept;
            assert!((odds - there).abs() < 1e-3, "{cosine}");
        }
        assert_eq!(reference.onto(reference), CosineScale::IDENTITY);
    }

    #[test]
    fn pairs_that_tell_nothing_are_refused() {
        let (cosines, same) = pairs(|x| if x < 0.5 { 1.0 } else { 0.0 });
        assert!(Line::fit(&cosines, &same).unwrap_err().contains("no higher cosines"));
        assert!(
            Line::fit(&cosines, &vec![1.0; cosines.len()]).unwrap_err().contains("only 0 are the different")
        );
        assert!(
            Line::fit(&[0.5; 40], &[[0.0; 20], [1.0; 20]].concat()).unwrap_err().contains("the same cosine")
        );
    }

    #[test]
    fn pairs_without_overlap_have_a_line() {
        let (cosines, same) = pairs(|x| if x > 0.7 { 1.0 } else { 0.0 });
        let line = Line::fit(&cosines, &same).unwrap();
        let middle = -line.intercept / line.slope;
        assert!((0.6..0.8).contains(&middle), "{line:?}");
    }
}
