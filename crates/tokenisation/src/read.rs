//! An article to its statements, its boilerplate, its agency and its language.

use rustc_hash::FxHashMap;
use throughline_schema::{Article, Furniture, Statement, StatementId, StatementKind};

use crate::boilerplate::Listed;
use crate::boilerplate::between::move_between;
use crate::segment::{PieceKind, segment};
use crate::text::language::{Scripts, statement_language};

/// What an article says, and what its page adds.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleText {
    /// What the article says, in order.
    pub statements: Vec<Statement>,
    /// What stands around it, in order.
    pub furniture: Vec<Furniture>,
    /// The news agency whose copy it is, as the text says.
    pub wire: Option<String>,
    /// The language, given or detected: a BCP 47 tag, `und` where it can't be told.
    pub lang: String,
    /// Whether it may have boilerplate of a site; a law report has its own forms and none.
    pub is_page: bool,
}

/// Reads an article.
pub fn read(article: &Article) -> ArticleText {
    read_with(article, &Listed::default())
}

/// Reads an article; lines that a reader `listed` as content are statements, whatever they look like.
///
/// What is listed as boilerplate is moved by [`move_recurring`](crate::boilerplate::move_recurring).
pub fn read_with(article: &Article, listed: &Listed) -> ArticleText {
    let segmentation = segment(&article.text, article.lang.as_deref());
    let scripts = Scripts::of(&article.text);
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    let (mut statements, mut furniture) = (Vec::new(), Vec::new());
    for piece in &segmentation.pieces {
        let text = piece.span.slice(&article.text);
        let kind = match piece.kind {
            PieceKind::Sentence => StatementKind::Sentence,
            PieceKind::Quote => StatementKind::Quote,
            PieceKind::Heading => StatementKind::Heading,
            PieceKind::Boilerplate(_) if listed.is_content(text) => StatementKind::Sentence,
            PieceKind::Boilerplate(kind) => {
                furniture.push(Furniture {
                    article: article.id.clone(),
                    kind,
                    text: text.to_owned(),
                    span: piece.span,
                    articles: None,
                });
                continue;
            }
        };
        let occurrence = seen.entry(text).or_default();
        let id = StatementId::derive(&[article.id.as_str(), text, &occurrence.to_string()]);
        *occurrence += 1;
        statements.push(Statement {
            id,
            article: article.id.clone(),
            index: u32::try_from(statements.len()).unwrap_or(u32::MAX),
            paragraph: piece.paragraph,
            kind,
            text: text.to_owned(),
            span: piece.span,
            lang: statement_language(text, &segmentation.lang, scripts).to_owned(),
        });
    }
    let mut text = ArticleText {
        statements,
        furniture,
        wire: segmentation.wire,
        lang: segmentation.lang,
        is_page: segmentation.is_page,
    };
    if text.is_page {
        move_between(&mut text);
    }
    text
}
