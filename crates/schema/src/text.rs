//! What tokenisation finds in an article.

use serde::{Deserialize, Serialize};

use crate::values::{BoilerplateKind, QuoteKind, StatementKind};
use crate::{ArticleId, QuoteId, Span, StatementId};

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
    /// What it is.
    pub kind: BoilerplateKind,
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// How many articles of the outlet carry it, if that is why it is boilerplate.
    pub articles: Option<u32>,
}

/// Somebody's words in an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Its own id.
    pub id: QuoteId,
    /// The article it stands in.
    pub article: ArticleId,
    /// How the words are attributed.
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
