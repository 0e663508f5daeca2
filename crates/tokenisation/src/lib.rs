//! Article text to statements, quotes, speakers, words and features, each with offsets.
//!
//! What is compared later must first be cut alike everywhere: a sentence that one reader ends at "Apr." and
//! another does not can't be joined again. So one front end reads a text once. [`read`] finds its language, its
//! paragraphs, its boilerplate and its statements; [`quotes`](quotes::quotes) takes those and finds who said
//! what; [`features`](features::features) takes a statement or a whole text and finds the words, figures, dates
//! and names that two texts may share. The text is never changed, and all that is found has its place in it.
//!
//! ```
//! use throughline_schema::{Article, ArticleId};
//! use throughline_tokenisation::{quotes::quotes, read};
//!
//! let article = Article {
//!     id: ArticleId::from("a"),
//!     text: "“The wall will hold,” Mayor Ann Lee said on Apr. 3. It was built in 1924.\n\nAdvertisement".to_owned(),
//!     lang: Some("en".to_owned()),
//!     ..Article::default()
//! };
//! let text = read(&article);
//! assert_eq!(text.statements.len(), 2);
//! assert_eq!(text.statements[1].text, "It was built in 1924.");
//! assert_eq!(text.furniture[0].text, "Advertisement");
//!
//! let found = quotes(&article, &text);
//! assert_eq!(found[0].content[0].slice(&article.text), "“The wall will hold,”");
//! assert_eq!(found[0].speaker.as_deref(), Some("Ann Lee"));
//! assert_eq!(found[0].statements, [text.statements[0].id.clone()]);
//! ```
//!
//! | folder | what it does |
//! |---|---|
//! | `text` | characters, the form in which words are compared, words, lines and paragraphs, the language |
//! | `languages` | the word lists of `languages/<tag>/` |
//! | `boilerplate` | what a page adds around an article |
//! | `sentences` | where sentences end |
//! | `quotes` | `marks` finds quotations, `attribution` their cues and sources, `speaker` the name behind a source |
//! | `features` | what two texts have in common besides their meaning |

pub mod boilerplate;
pub mod calendar;
pub mod features;
mod languages;
pub mod quotes;
mod read;
mod segment;
mod sentences;
pub mod text;

pub use boilerplate::BoilerplateKind;
pub use languages::is_supported;
pub use read::{ArticleText, read, read_with};
pub use segment::{Piece, PieceKind, Segmentation, segment};
pub use text::language::{UNDETERMINED, guess as script_language, is_surely_not_english, language};

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
