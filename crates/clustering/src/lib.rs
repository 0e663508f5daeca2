//! Neighbours, near-duplicates, stories, narratives, themes and labels.

pub mod neighbours;
