//! Article text to statements, quotes, speakers, words and features, each with offsets.

pub mod boilerplate;
pub mod features;
mod languages;
pub mod quotes;
mod read;
mod segment;
mod sentences;
pub mod text;

pub use boilerplate::BoilerplateKind;
pub use languages::is_supported;
pub use read::{ArticleText, read};
pub use segment::{Piece, PieceKind, Segmentation, segment};
pub use text::language::language;
