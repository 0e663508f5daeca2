//! What a reader says is boilerplate, and what is not.

use rustc_hash::FxHashSet;

use super::line::Line;

/// Lines that a reader listed as boilerplate or as content. Case, punctuation, dates and addresses do not count.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    boilerplate: Vec<Line>,
    content: FxHashSet<u64>,
}

impl Listed {
    /// Lists lines; a line without a word is none.
    pub fn new<'l>(
        boilerplate: impl IntoIterator<Item = &'l str>,
        content: impl IntoIterator<Item = &'l str>,
    ) -> Self {
        Self {
            boilerplate: boilerplate.into_iter().map(Line::of).collect(),
            content: content.into_iter().filter_map(|line| Line::of(line).key()).collect(),
        }
    }

    pub(crate) fn is_content(&self, line: &str) -> bool {
        !self.content.is_empty() && Line::of(line).key().is_some_and(|key| self.content.contains(&key))
    }

    pub(super) fn boilerplate(&self) -> impl Iterator<Item = &Line> {
        self.boilerplate.iter()
    }
}
