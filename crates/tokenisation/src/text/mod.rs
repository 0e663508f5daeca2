//! What every reader starts from: characters, the form in which words are compared, words, lines with their
//! paragraphs, and the language of a text.

pub(crate) mod chars;
pub(crate) mod fold;
pub mod language;
pub(crate) mod lines;
pub(crate) mod words;
