//! Article text to statements, quotes, speakers, words and features, each with offsets.

mod boundary;
mod chars;
pub mod features;
pub mod furniture;
pub mod language;
mod lexicon;
mod lines;
mod lists;
pub mod quotes;
mod read;
mod segment;

pub use furniture::FurnitureKind;
pub use language::language;
pub use read::{ArticleText, read};
pub use segment::{Piece, PieceKind, Segmentation, segment};
