//! Quotations and who said them.
//!
//! What an article claims and what somebody in it claims are different things, so every statement that
//! repeats another's words should know whose they are. This module finds words that are attributed,
//! directly or indirectly, and resolves their source to the fullest name that the article has for it.
//!
//! It works by rules over closed lists, without a learned model, one paragraph at a time: quotations are
//! masked as one token each, sentences are cut around them, and each cue (a verb of saying, "according
//! to") takes its source and its content by the shape of the sentence.

mod attribution;
mod lexicon;
mod marks;

mod source;
mod token;

use std::ops::Range;

use throughline_schema::{Article, Quote, QuoteId, QuoteKind, Span, Statement, StatementId, span::CharIndex};

use self::{
    attribution::Attribution,
    marks::{Mark, Style},
    token::Token,
};

/// A paragraph, read.
struct Paragraph {
    marks: Vec<Mark>,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
}

/// The quotations of an article, in order of their first word.
///
/// `statements` are the article's own, in order; each quotation names those that its content touches.
/// Linear in the length of the text, and without panics on any text.
pub fn quotes(article: &Article, statements: &[Statement]) -> Vec<Quote> {
    let text = article.text.as_str();
    let mut found = collect(text);
    found.sort_by_key(|f| f.content.first().map_or(0, |c| c.start));
    let index = CharIndex::new(text);
    let mut cursor = 0;
    found
        .into_iter()
        .map(|item| {
            let spans = |ranges: &[Range<usize>]| -> Vec<Span> {
                ranges.iter().map(|r| index.span(text, r.clone())).collect()
            };
            let content = spans(&item.content);
            let source = spans(item.source.as_slice());
            let key: String =
                content.iter().chain(&source).map(|s| format!("{}-{} ", s.byte_start, s.byte_end)).collect();
            Quote {
                id: QuoteId::derive(&[article.id.as_str(), &key]),
                article: article.id.clone(),
                kind: kind_of(text, &content),
                statements: touched(statements, &content, &mut cursor),
                content,
                cue: spans(item.cue.as_slice()),
                speaker: source.first().map(|s| s.slice(text).to_owned()),
                source,
            }
        })
        .collect()
}

/// Attributed words, as byte ranges.
struct Found {
    content: Vec<Range<usize>>,
    cue: Option<Range<usize>>,
    source: Option<Range<usize>>,
}

/// Every attribution of a text. A quotation that its paragraph leaves open goes on in the next one, if
/// that opens with the same mark.
fn collect(text: &str) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut open: Option<(usize, Style)> = None;
    for range in paragraphs(text) {
        let paragraph = read(text, range);
        let first = paragraph.tokens.first().and_then(Token::quote).map(|m| &paragraph.marks[m]);
        if let Some((item, style)) = open.take()
            && let Some(mark) = first.filter(|m| m.style == style)
        {
            out[item].content.push(mark.bytes.clone());
            if !mark.closed {
                open = Some((item, style));
            }
        }
        for item in of_paragraph(&paragraph) {
            let bytes = |r: &Range<usize>| {
                paragraph.tokens[r.start].bytes.start..paragraph.tokens[r.end - 1].bytes.end
            };
            out.push(Found {
                content: item.content.iter().map(bytes).collect(),
                cue: item.cue.as_ref().map(bytes),
                source: item.source.as_ref().map(bytes),
            });
        }
        if let Some(mark) = paragraph.marks.last().filter(|m| !m.closed)
            && let Some(last) = out.len().checked_sub(1)
            && out[last].content.last().is_some_and(|c| c.end == mark.bytes.end)
        {
            open = Some((last, mark.style));
        }
    }
    out
}

/// Lines that hold something, as byte ranges.
fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(move |line| {
            let start = at;
            at += line.len();
            start..start + line.trim_end().len()
        })
        .filter(|r| !r.is_empty())
}

fn read(text: &str, range: Range<usize>) -> Paragraph {
    let marks = marks::find(text, range.clone());
    let tokens = token::tokens(text, range, &marks);
    let sentences = token::sentences(text, &tokens, &marks);
    Paragraph { marks, tokens, sentences }
}

/// The attributions of a paragraph; a later sentence that is only a quotation joins the one before.
fn of_paragraph(paragraph: &Paragraph) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    let tokens = &paragraph.tokens;
    for sentence in &paragraph.sentences {
        let only_quotes = sentence.clone().all(|k| tokens[k].quote().is_some());
        if only_quotes {
            if let Some(last) = out.last_mut() {
                last.content.push(sentence.clone());
            }
            continue;
        }
        out.extend(attribution::of_sentence(tokens, sentence.clone()));
    }
    out
}

fn kind_of(text: &str, content: &[Span]) -> QuoteKind {
    let opens = |s: &Span| s.slice(text).starts_with(['"', '“', '«', '„', '‘', '\'', '`']);
    if content.iter().all(opens) {
        QuoteKind::Direct
    } else if content.iter().any(|s| s.slice(text).contains(['"', '“', '«', '„'])) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

/// Statements that the content touches. Both are in order, so `cursor` only moves on.
fn touched(statements: &[Statement], content: &[Span], cursor: &mut usize) -> Vec<StatementId> {
    let Some(first) = content.first() else { return Vec::new() };
    while statements.get(*cursor).is_some_and(|s| s.span.byte_end <= first.byte_start) {
        *cursor += 1;
    }
    let last = content.iter().map(|s| s.byte_end).max().unwrap_or(0);
    statements[*cursor..]
        .iter()
        .take_while(|s| s.span.byte_start < last)
        .filter(|s| content.iter().any(|c| c.byte_start < s.span.byte_end && s.span.byte_start < c.byte_end))
        .map(|s| s.id.clone())
        .collect()
}
