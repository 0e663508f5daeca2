//! What can be asked of the themes.

use crate::error::{Error, within};
use crate::neighbours::EXACT_UP_TO;
use crate::weights::theme;

/// How broad the themes at the top are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Up to 15.
    Broad,
    /// 16 to 60.
    Middle,
    /// More.
    Fine,
}

/// How themes are found. The defaults are meant for every kind of text.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeParams {
    /// Exactly this many top-level themes; none: as many as the texts have.
    pub count: Option<usize>,
    /// How broad the top-level themes are; none: what is clearest. A `count` goes before it.
    pub scale: Option<Scale>,
    /// Seed of every random choice.
    pub seed: u64,
    /// Strength (0 to 1) below which a row is not placed in its nearest theme. 0 places every row.
    pub bar: f32,
    /// Distinct texts (near-duplicates count once) that make a theme, at least.
    pub smallest: usize,
    /// Subsamples over which the stability of themes is measured; 0 leaves it out.
    pub stability_rounds: usize,
    /// Distinct texts up to which neighbours are searched for among all pairs; with more, the search is
    /// approximate.
    pub exact_up_to: usize,
}

impl Default for ThemeParams {
    fn default() -> Self {
        Self {
            count: None,
            scale: None,
            seed: 0,
            bar: theme::BAR,
            smallest: theme::SMALLEST,
            stability_rounds: theme::ROUNDS,
            exact_up_to: EXACT_UP_TO,
        }
    }
}

impl ThemeParams {
    /// Checks every value.
    ///
    /// # Errors
    /// [`Error::Parameter`] names the first value out of its range.
    pub fn check(self) -> Result<ValidThemeParams, Error> {
        within("count", self.count.unwrap_or(1) as f64, self.count != Some(0), "at least 1, or left out")?;
        within("bar", self.bar.into(), (0.0..=1.0).contains(&self.bar), "0 (place every row) to 1")?;
        within("smallest", self.smallest as f64, self.smallest > 0, "at least 1 row")?;
        let rounds = self.stability_rounds;
        within("stability_rounds", rounds as f64, rounds <= 100, "0 (do not measure) to 100")?;
        Ok(ValidThemeParams(self))
    }
}

/// Checked parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValidThemeParams(ThemeParams);

impl ValidThemeParams {
    /// The values.
    pub fn get(&self) -> &ThemeParams {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_pass_and_nonsense_does_not() {
        assert!(ThemeParams::default().check().is_ok());
        let wrong = |change: fn(&mut ThemeParams)| {
            let mut params = ThemeParams::default();
            change(&mut params);
            params.check().unwrap_err().to_string()
        };
        assert!(wrong(|p| p.count = Some(0)).contains("count is 0"));
        assert!(wrong(|p| p.bar = 1.5).contains("bar is 1.5"));
        assert!(wrong(|p| p.bar = f32::NAN).contains("bar is NaN"));
        assert!(wrong(|p| p.smallest = 0).contains("smallest is 0"));
        assert!(wrong(|p| p.stability_rounds = 101).contains("stability_rounds is 101"));
    }
}
