//! Article text to statements, quotes, speakers, words and features, each with offsets.

mod boundary;
mod chars;
pub mod features;
mod following;
pub mod furniture;
mod inline;
pub mod language;
mod legal;
mod lexicon;
mod lines;
mod lists;
mod mark;
mod quoted;
pub mod quotes;
mod read;
mod segment;
mod unmarked;

pub use furniture::FurnitureKind;
pub use language::language;
pub use read::{ArticleText, read};
pub use segment::{Piece, PieceKind, Segmentation, segment};
