//! What can be asked of the themes.

use thiserror::Error;

/// A parameter that cannot be worked with.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum ThemeParamsError {
    /// No theme was asked for.
    #[error("count is 0: ask for at least one theme, or leave it out")]
    Count,
    /// The bar is not a share.
    #[error("bar is {0}: give a number from 0 (place every row) to 1")]
    Bar(f32),
    /// Themes without members.
    #[error("smallest theme is 0 rows: give at least 1")]
    Smallest,
    /// More runs than anyone waits for.
    #[error("{0} stability rounds: give from 0 (do not measure) to 100")]
    Rounds(usize),
}

/// How themes are found. The defaults are meant for every kind of text.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeParams {
    /// Exactly this many top-level themes; none: as many as the texts have.
    pub count: Option<usize>,
    /// Seed of every random choice.
    pub seed: u64,
    /// Strength (0 to 1) below which a row is not placed in its nearest theme. 0 places every row.
    pub bar: f32,
    /// Distinct texts (near-duplicates count once) that make a theme, at least.
    pub smallest: usize,
    /// Subsamples over which the stability of themes is measured; 0 leaves it out.
    pub stability_rounds: usize,
}

impl Default for ThemeParams {
    fn default() -> Self {
        Self { count: None, seed: 0, bar: 0.1, smallest: 3, stability_rounds: 5 }
    }
}

impl ThemeParams {
    /// Checks every value.
    ///
    /// # Errors
    /// The first value out of its range.
    pub fn check(self) -> Result<ValidThemeParams, ThemeParamsError> {
        if self.count == Some(0) {
            return Err(ThemeParamsError::Count);
        }
        if !(0.0..=1.0).contains(&self.bar) {
            return Err(ThemeParamsError::Bar(self.bar));
        }
        if self.smallest == 0 {
            return Err(ThemeParamsError::Smallest);
        }
        if self.stability_rounds > 100 {
            return Err(ThemeParamsError::Rounds(self.stability_rounds));
        }
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
            params.check().unwrap_err()
        };
        assert_eq!(wrong(|p| p.count = Some(0)), ThemeParamsError::Count);
        assert_eq!(wrong(|p| p.bar = 1.5), ThemeParamsError::Bar(1.5));
        assert!(matches!(wrong(|p| p.bar = f32::NAN), ThemeParamsError::Bar(_)));
        assert_eq!(wrong(|p| p.smallest = 0), ThemeParamsError::Smallest);
        assert_eq!(wrong(|p| p.stability_rounds = 101), ThemeParamsError::Rounds(101));
    }
}
