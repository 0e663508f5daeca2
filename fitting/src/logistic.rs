//! Logistic regression, by Newton's method.

use anyhow::bail;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

/// Pulls every standardised weight towards 0, so that features which say the same share a weight, and classes that can
/// be told apart without error have finite ones. Small beside the data: example weights sum to 1.
const RIDGE: f64 = 1e-4;

/// Log-odds as a sum of weighted features.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    /// A weight for each feature.
    pub weights: Array1<f64>,
    /// Log-odds where every feature is 0.
    pub intercept: f64,
}

impl Logistic {
    /// Fits `y`, each 0 to 1, on the rows of `x`; an example counts as much as its `weight`.
    ///
    /// # Errors
    /// Examples that are all of one kind, or features that are no finite numbers.
    pub fn fit(x: ArrayView2<f64>, y: ArrayView1<f64>, weight: ArrayView1<f64>) -> anyhow::Result<Self> {
        let total = weight.sum();
        let share = (&weight * &y).sum() / total;
        if !(share > 0.0 && share < 1.0) || x.iter().any(|value| !value.is_finite()) {
            bail!("{} examples, of which a share of {share} is positive, can't be fitted", y.len());
        }
        let weight = &weight / total;
        let mean = x.t().dot(&weight);
        let centred = &x - &mean;
        let spread = centred.mapv(|v| v * v).t().dot(&weight).mapv(f64::sqrt);
        // A feature that never varies keeps a weight of 0.
        let spread = spread.mapv(|s| if s > 1e-12 { s } else { f64::INFINITY });
        let scaled = &centred / &spread;
        let mut design = Array2::ones((x.nrows(), x.ncols() + 1));
        design.slice_mut(ndarray::s![.., 1..]).assign(&scaled);
        let mut ridge = Array1::from_elem(x.ncols() + 1, RIDGE);
        ridge[0] = 0.0;

        let mut beta = Array1::<f64>::zeros(x.ncols() + 1);
        let mut loss = penalised_loss(&design, y, &weight, &ridge, &beta);
        for _ in 0..100 {
            let p = design.dot(&beta).mapv(logistic);
            let gradient = design.t().dot(&(&weight * &(&y - &p))) - &ridge * &beta;
            let curve = &weight * &p.mapv(|p| (p * (1.0 - p)).max(1e-12));
            let mut hessian = design.t().dot(&(&design * &curve.insert_axis(Axis(1))));
            hessian.diag_mut().zip_mut_with(&ridge, |h, r| *h += r);
            let step = solve(hessian, gradient);
            // The loss is convex: a step that is too long is halved until it goes down.
            let mut part = 1.0;
            let (next, next_loss) = loop {
                let next = &beta + &(&step * part);
                let next_loss = penalised_loss(&design, y, &weight, &ridge, &next);
                if next_loss <= loss || part < 1e-9 {
                    break (next, next_loss);
                }
                part /= 2.0;
            };
            (beta, loss) = (next, next_loss);
            if step.iter().all(|s| (s * part).abs() < 1e-10) {
                break;
            }
        }
        let weights = &beta.slice(ndarray::s![1..]) / &spread;
        Ok(Self { intercept: beta[0] - weights.dot(&mean), weights })
    }

    /// The log-odds of every row.
    pub fn log_odds(&self, x: ArrayView2<f64>) -> Vec<f64> {
        (x.dot(&self.weights) + self.intercept).to_vec()
    }
}

/// The probability of log-odds.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn penalised_loss(
    design: &Array2<f64>,
    y: ArrayView1<f64>,
    weight: &Array1<f64>,
    ridge: &Array1<f64>,
    beta: &Array1<f64>,
) -> f64 {
    let odds = design.dot(beta);
    // ln(1 + e^x) - y x, without overflow.
    let of = |x: f64, y: f64| x.max(0.0) + (-x.abs()).exp().ln_1p() - y * x;
    let loss: f64 = odds.iter().zip(y).zip(weight).map(|((&x, &y), &w)| w * of(x, y)).sum();
    loss + (ridge * &beta.mapv(|b| b * b)).sum() / 2.0
}

/// Solves `a x = b` for a positive definite `a`, by Cholesky's decomposition.
fn solve(mut a: Array2<f64>, mut b: Array1<f64>) -> Array1<f64> {
    let n = b.len();
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| a[[i, k]] * a[[j, k]]).sum();
            let rest = a[[i, j]] - known;
            a[[i, j]] = if i == j { rest.max(1e-300).sqrt() } else { rest / a[[j, j]] };
        }
    }
    for i in 0..n {
        let known: f64 = (0..i).map(|k| a[[i, k]] * b[k]).sum();
        b[i] = (b[i] - known) / a[[i, i]];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| a[[k, i]] * b[k]).sum();
        b[i] = (b[i] - known) / a[[i, i]];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{arr1, arr2};

    #[test]
    fn one_feature_of_two_values_has_the_log_odds_of_its_counts() {
        // 1 of 4 where the feature is 0, 3 of 5 where it is 1: a closed case.
        let x = arr2(&[[0.0], [0.0], [1.0], [1.0]]);
        let y = arr1(&[1.0, 0.0, 1.0, 0.0]);
        let weight = arr1(&[1.0, 3.0, 3.0, 2.0]);
        let found = Logistic::fit(x.view(), y.view(), weight.view()).unwrap();
        let expected = [(1.0f64 / 3.0).ln(), 1.5f64.ln()];
        assert!((found.intercept - expected[0]).abs() < 2e-3, "{found:?}");
        assert!((found.intercept + found.weights[0] - expected[1]).abs() < 2e-3, "{found:?}");
    }

    #[test]
    fn weights_that_made_the_grades_are_found_again() {
        let x = Array2::from_shape_fn((400, 3), |(i, j)| ((i * (7 + 4 * j) % 41) as f64) / 41.0);
        let true_weights = arr1(&[4.0, -3.0, 0.5]);
        let y = (x.dot(&true_weights) - 1.0).mapv(logistic);
        let found = Logistic::fit(x.view(), y.view(), Array1::ones(400).view()).unwrap();
        assert!((&found.weights - &true_weights).iter().all(|d| d.abs() < 0.05), "{found:?}");
        assert!((found.intercept + 1.0).abs() < 0.05);
    }

    #[test]
    fn a_constant_feature_and_classes_without_overlap_have_finite_weights() {
        let x = arr2(&[[0.0, 5.0], [0.1, 5.0], [0.9, 5.0], [1.0, 5.0]]);
        let y = arr1(&[0.0, 0.0, 1.0, 1.0]);
        let found = Logistic::fit(x.view(), y.view(), Array1::ones(4).view()).unwrap();
        assert_eq!(found.weights[1], 0.0);
        assert!(found.weights[0].is_finite() && found.weights[0] > 5.0, "{found:?}");
        assert!(Logistic::fit(x.view(), Array1::ones(4).view(), Array1::ones(4).view()).is_err());
    }
}
