//! What tokenisation finds in every article of a corpus.

use std::borrow::Cow;

use rayon::prelude::*;
use throughline_schema::tables::{FurnitureRow, QuoteRow, StatementRow};
use throughline_schema::{Article, Quote, Span, Statement};
use throughline_tokenisation::ArticleText;
use throughline_tokenisation::boilerplate::{Listed, move_recurring};

use crate::progress::{Reporter, Stage};
use crate::speakers::Speakers;

/// Why an article without a statement has none.
pub(crate) const EMPTY: &str = "the text is empty";
/// Why an article has no quotation, if no word list of its language tells who says what.
const UNSUPPORTED: &str = "language not supported";
pub(crate) const ONLY_FURNITURE: &str = "no statement: only page furniture";

/// The articles' texts taken apart, index-aligned with the articles.
pub struct Texts {
    /// Statements, furniture, wire credit and language of each article.
    pub articles: Vec<ArticleText>,
}

impl Texts {
    /// Takes every article apart, in parallel, and finds the lines of their sites over all of them.
    pub fn read(articles: &[Article], reporter: &dyn Reporter) -> Self {
        Self::read_with(articles, &Listed::default(), reporter)
    }

    /// The same where a reader listed lines that are boilerplate or content.
    pub fn read_with(articles: &[Article], listed: &Listed, reporter: &dyn Reporter) -> Self {
        let stage = Stage::begin(reporter, "statements", Some(articles.len()));
        let mut texts: Vec<ArticleText> = articles
            .par_iter()
            .map(|article| {
                let text = throughline_tokenisation::read_with(article, listed);
                stage.advance(1);
                text
            })
            .collect();
        move_recurring(articles, &mut texts, listed);
        Self { articles: texts }
    }

    /// Every statement, by article and place.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.articles.iter().flat_map(|a| &a.statements)
    }

    /// Everything that the articles attribute to somebody, in parallel; index-aligned with the articles.
    pub fn quotes(&self, articles: &[Article], reporter: &dyn Reporter) -> Vec<Vec<Quote>> {
        let stage = Stage::begin(reporter, "quotes", Some(articles.len()));
        articles
            .par_iter()
            .zip(&self.articles)
            .map(|(article, text)| {
                let quotes = throughline_tokenisation::quotes::quotes(article, text);
                stage.advance(1);
                quotes
            })
            .collect()
    }

    /// Headline and text of article `index` without its page furniture; the whole text where nothing else is left.
    pub fn readable<'a>(&self, article: &'a Article, index: usize) -> Cow<'a, str> {
        let parts = &self.articles[index];
        if parts.furniture.is_empty() || parts.statements.is_empty() {
            return article.headed_text();
        }
        let mut kept = String::with_capacity(article.text.len());
        let mut at = 0;
        for piece in &parts.furniture {
            kept.push_str(&article.text[at..piece.span.byte_start]);
            at = piece.span.byte_end;
        }
        kept.push_str(&article.text[at..]);
        Cow::Owned(article.headed(kept.trim()).into_owned())
    }

    /// Why article `index` has no statement, if it has none.
    pub fn reason(&self, article: &Article, index: usize) -> Option<String> {
        let nothing = self.articles[index].statements.is_empty();
        nothing.then(|| if article.is_blank() { EMPTY } else { ONLY_FURNITURE }.to_owned())
    }

    /// The table `statements`.
    pub fn statement_rows(&self, articles: &[Article]) -> Vec<StatementRow> {
        let mut rows = Vec::new();
        for (index, article) in articles.iter().enumerate() {
            rows.extend(self.articles[index].statements.iter().map(statement_row));
            if let Some(reason) = self.reason(article, index) {
                rows.push(StatementRow {
                    article_id: article.id.clone(),
                    statement_id: None,
                    index: None,
                    paragraph: None,
                    kind: None,
                    text: None,
                    byte_start: None,
                    byte_end: None,
                    char_start: None,
                    char_end: None,
                    lang: None,
                    reason: Some(reason),
                });
            }
        }
        rows
    }

    /// The table `furniture`.
    pub fn furniture_rows(&self) -> Vec<FurnitureRow> {
        let pieces = self.articles.iter().flat_map(|a| &a.furniture);
        pieces
            .map(|piece| FurnitureRow {
                article_id: piece.article.clone(),
                kind: piece.kind,
                text: piece.text.clone(),
                byte_start: piece.span.byte_start,
                byte_end: piece.span.byte_end,
                char_start: piece.span.char_start,
                char_end: piece.span.char_end,
                articles: piece.articles,
            })
            .collect()
    }
}

fn statement_row(statement: &Statement) -> StatementRow {
    let span = statement.span;
    StatementRow {
        article_id: statement.article.clone(),
        statement_id: Some(statement.id.clone()),
        index: Some(statement.index),
        paragraph: Some(statement.paragraph),
        kind: Some(statement.kind),
        text: Some(statement.text.clone()),
        byte_start: Some(span.byte_start),
        byte_end: Some(span.byte_end),
        char_start: Some(span.char_start),
        char_end: Some(span.char_end),
        lang: Some(statement.lang.clone()),
        reason: None,
    }
}

/// The table `quotes`; `texts` and `quotes` are index-aligned with `articles`, whose speakers are `speakers`.
pub fn quote_rows(
    articles: &[Article],
    texts: &Texts,
    quotes: &[Vec<Quote>],
    speakers: &Speakers,
) -> Vec<QuoteRow> {
    let mut rows = Vec::new();
    for (index, ((article, text), found)) in articles.iter().zip(&texts.articles).zip(quotes).enumerate() {
        rows.extend(found.iter().map(|quote| quote_row(article, quote, speakers, index)));
        if found.is_empty() {
            let reason = if article.is_blank() {
                EMPTY
            } else if text.lang != "und" && !throughline_tokenisation::is_supported(&text.lang) {
                UNSUPPORTED
            } else {
                "no quotation"
            };
            rows.push(QuoteRow {
                article_id: article.id.clone(),
                quote_id: None,
                kind: None,
                content_spans: None,
                cue_spans: None,
                source_spans: None,
                speaker: None,
                speaker_id: None,
                statement_ids: Vec::new(),
                text: None,
                reason: Some(reason.to_owned()),
                cue: None,
                source: None,
            });
        }
    }
    rows
}

fn quote_row(article: &Article, quote: &Quote, speakers: &Speakers, index: usize) -> QuoteRow {
    let pairs = |spans: &[Span]| (!spans.is_empty()).then(|| spans.iter().map(Span::chars).collect());
    let text = |spans: &[Span]| {
        let parts: Vec<&str> = spans.iter().map(|span| span.slice(&article.text)).collect();
        (!parts.is_empty()).then(|| parts.join(" … "))
    };
    QuoteRow {
        article_id: article.id.clone(),
        quote_id: Some(quote.id.clone()),
        kind: Some(quote.kind),
        content_spans: pairs(&quote.content),
        cue_spans: pairs(&quote.cue),
        source_spans: pairs(&quote.source),
        speaker: quote.speaker.clone(),
        statement_ids: quote.statements.clone(),
        text: text(&quote.content),
        reason: None,
        speaker_id: quote.speaker.as_deref().and_then(|name| speakers.id(index, name)).cloned(),
        cue: text(&quote.cue),
        source: text(&quote.source),
    }
}
