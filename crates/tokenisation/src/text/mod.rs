//! Characters, lines and the language of a text: what every reader starts from.

pub(crate) mod chars;
pub mod language;
pub(crate) mod lines;
pub(crate) mod words;
