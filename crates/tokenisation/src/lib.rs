//! Article text to statements, quotes, speakers, words and features, each with offsets.

pub mod features;
pub mod quotes;
