//! Neighbours, near-duplicates, stories, narratives, themes and labels.

pub mod claims;
pub mod differences;
pub mod duplicates;
mod error;
mod events;
mod labels;
pub mod layout;
pub mod linkage;
pub mod metrics;
pub mod narratives;
pub mod neighbours;
pub mod overlap;
mod random;
pub mod rows;
pub mod stories;
mod terms;
pub mod themes;

pub use claims::claims;
pub use differences::{Difference, DifferenceKind, differences};
pub use duplicates::{
    DuplicateParams, Grouping, Relation, Scorer, ValidDuplicateParams, Verdict, find_pairs, groups,
    score_pairs,
};
pub use error::Error;
pub use narratives::{Member, Narrative, NarrativeParams, ValidNarrativeParams, narratives};
pub use rows::Rows;
pub use stories::{ArticleRelation, ArticleVerdict, StoryParams, ValidStoryParams, article_pairs, stories};
pub use themes::{Reason, RowTheme, ThemeInput, ThemeNode, ThemeParams, Themes, ValidThemeParams, themes};
