//! Stories: articles on one event, with nothing given but the articles; and what two articles are to each other.

mod article_pairs;
mod events;

pub use article_pairs::{ArticleVerdict, SharedStatements, article_pairs, counterparts_in_order};
pub use events::{EventPair, event_pairs};

use crate::error::{Error, within};
use crate::rows::Rows;
use crate::weights::event;

/// How readily articles are put into one story.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryParams {
    /// Lowest mean probability, between two groups, at which they are joined, 0 to 1; higher makes
    /// smaller stories. The mean of a true story is well below ½, since it has articles that only others
    /// connect.
    pub cut: f32,
}

impl Default for StoryParams {
    fn default() -> Self {
        Self { cut: event::CUT }
    }
}

/// Parameters that were checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidStoryParams(StoryParams);

impl StoryParams {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`Error::Parameter`] with the name, the value and what is allowed.
    pub fn check(self) -> Result<ValidStoryParams, Error> {
        within("cut", self.cut.into(), self.cut > 0.0 && self.cut <= 1.0, "above 0 and at most 1")?;
        Ok(ValidStoryParams(self))
    }
}

/// The story of every row: the index of the first row of the same event. Rows are articles, or headlines and posts
/// that stand for one.
pub fn stories(rows: &Rows, params: &ValidStoryParams) -> Vec<u32> {
    events::same_event(rows, params.0.cut)
}
