//! What tokenisation finds in an article.

use serde::{Deserialize, Serialize};

use crate::{ArticleId, QuoteId, Span, StatementId};

/// What a statement is by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// A sentence of running text.
    Sentence,
    /// A sentence that is wholly inside quotation marks.
    Quote,
    /// A headline or a heading between paragraphs.
    Heading,
}

/// One thing an article says: a sentence with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Its own id.
    pub id: StatementId,
    /// The article it stands in.
    pub article: ArticleId,
    /// Which of the article's statements it is, from 0.
    pub index: u32,
    /// Which of the article's paragraphs it stands in, from 0.
    pub paragraph: u32,
    /// Its form.
    pub kind: StatementKind,
    /// The text, as it stands in the article.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Its language, a BCP 47 tag; `und` where it can't be told.
    pub lang: String,
}

/// A piece of the page that is not a statement: a menu, a comment prompt, a byline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Furniture {
    /// The article it stands in.
    pub article: ArticleId,
    /// What it is, such as `comment_prompt`, `menu`, `byline`.
    pub kind: String,
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// How words are attributed to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// Wholly in quotation marks.
    Direct,
    /// Reported without quotation marks.
    Indirect,
    /// Reported, with some words in quotation marks.
    Mixed,
}

/// Somebody's words in an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Its own id.
    pub id: QuoteId,
    /// The article it stands in.
    pub article: ArticleId,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// What was said, marks included; more than one span where the cue interrupts it.
    pub content: Vec<Span>,
    /// The words that attribute it ("said", "according to").
    pub cue: Vec<Span>,
    /// The words that name who said it.
    pub source: Vec<Span>,
    /// The person's or body's fullest name in the article; null where the text does not say.
    pub speaker: Option<String>,
    /// The statements that the content touches, in order.
    pub statements: Vec<StatementId>,
}
