//! Claims: short rows, such as headlines, that report the same thing.

use crate::stories::ValidStoryParams;
use crate::{Rows, events};

/// The claim of every row: the index of the first row that makes it.
pub fn claims(rows: &Rows, params: &ValidStoryParams) -> Vec<u32> {
    events::same_event(rows, params.0.cut)
}
