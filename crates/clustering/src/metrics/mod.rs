//! Measures of agreement with a gold standard.
//!
//! Groupings are compared as labels of the same rows, scores with gold values of the same pairs, and
//! things that are found (spans, pairs) by how many of them are right.

mod groupings;
mod rankings;

pub use groupings::{adjusted_rand_index, b_cubed, v_measure};
pub use rankings::{
    Bin, average_precision, best_f1, brier, calibration, calibration_error, claimed, pearson, spearman,
};

/// How many of the things found are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Found, and gold.
    pub right: u64,
    /// Found.
    pub given: u64,
    /// Gold.
    pub gold: u64,
}

impl Found {
    /// Right of given; 0 where nothing was given.
    pub fn precision(&self) -> f64 {
        share(self.right, self.given)
    }

    /// Right of gold; 0 where nothing is gold.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// Their harmonic mean; 0 where nothing was given and nothing is gold.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.given + self.gold)
    }
}

impl std::ops::AddAssign for Found {
    fn add_assign(&mut self, more: Self) {
        self.right += more.right;
        self.given += more.given;
        self.gold += more.gold;
    }
}

fn share(part: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}
