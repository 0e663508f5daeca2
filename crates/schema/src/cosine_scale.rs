//! From a model's cosines to the scale that decision lines are drawn on.

use serde::{Deserialize, Serialize};

/// A straight line from the cosines of one model to those of the model that the decision lines were fitted on.
///
/// Models differ in how near two unrelated texts are: for one 0.1, for another 0.8. Rules that compare a cosine
/// with a number take it on the one scale, so that they hold for every model that has such a line.
///
/// ```
/// use throughline_schema::CosineScale;
/// let scale = CosineScale { gain: 4.0, shift: -3.0 };
/// assert_eq!([0.75, 0.875, 0.4].map(|cosine| scale.apply(cosine)), [0.0, 0.5, -1.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CosineScale {
    /// What a cosine is multiplied by; above 0.
    pub gain: f32,
    /// What is then added.
    pub shift: f32,
}

impl CosineScale {
    /// The scale of the model that the decision lines were fitted on.
    pub const IDENTITY: Self = Self { gain: 1.0, shift: 0.0 };

    /// A cosine on the common scale, -1 to 1. The identity leaves every bit as it is.
    pub fn apply(self, cosine: f32) -> f32 {
        if self == Self::IDENTITY { cosine } else { (self.gain * cosine + self.shift).clamp(-1.0, 1.0) }
    }

    /// Whether it keeps the order of cosines, as a scale must.
    pub fn is_rising(self) -> bool {
        self.gain > 0.0 && self.gain.is_finite() && self.shift.is_finite()
    }
}

impl Default for CosineScale {
    fn default() -> Self {
        Self::IDENTITY
    }
}
