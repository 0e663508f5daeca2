//! Neighbours, near-duplicates, stories, narratives, themes and labels.

mod bundles;
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
pub mod passages;
mod random;
mod rarity;
pub mod relations;
pub mod rows;
pub mod stories;
mod taken;
mod tellings;
mod terms;
pub mod themes;

pub use bundles::{Bundle, bundles};
pub use claims::claims;
pub use differences::{Difference, differences};
pub use duplicates::{
    CopyParams, DuplicateParams, Grouping, Scorer, ValidCopyParams, ValidDuplicateParams, Verdict, cliques,
    copies, find_pairs, groups, score_pairs, shingle_overlap,
};
pub use error::Error;
pub use narratives::{
    Contexts, Member, Narrative, NarrativeParams, ValidNarrativeParams, narratives, same_claim,
};
pub use passages::{PassageParams, SharedPassage, passages};
pub use relations::{ArticleVerdict, Sharing, article_pairs, in_order};
pub use rows::Rows;
pub use stories::{StoryParams, ValidStoryParams, stories};
pub use tellings::{Origins, Tellings};
pub use themes::{Reason, RowTheme, ThemeInput, ThemeNode, ThemeParams, Themes, ValidThemeParams, themes};
// What pairs are told apart by; the tables use the same.
pub use throughline_schema::{ArticleRelation, DifferenceKind, Relation};
