//! Quotations and who said them.
//!
//! What an article claims and what somebody in it claims are different things, so every statement that
//! repeats another's words should know whose they are. This module finds words that are attributed,
//! directly or indirectly, and resolves their source to the fullest name that the article has for it.
//!
//! It works by rules over closed lists, without a learned model, on the paragraphs and sentences that
//! [`read`](crate::read()) has found: quotations are masked as one token each, sentences that one quotation
//! runs over are joined, and each cue (a verb of saying, "according to") takes its source and its content by
//! the shape of the sentence. Boilerplate is left out.

mod attribution;
mod gender;
mod interrupted;
mod marks;
mod paragraph;
mod sentences;
mod speaker;
mod token;

use std::ops::Range;

use self::{paragraph::Found, speaker::Resolver};
use crate::{languages, read::ArticleText, text::chars::is_dash};
use throughline_schema::{Article, Quote, QuoteId, QuoteKind, Span, Statement, StatementId, span::CharIndex};

/// The quotations of an article, in order of their first word.
///
/// `read` is what [`read`](crate::read()) has found in the same article; each quotation names the statements
/// that its content touches. In a language without word lists ([`is_supported`](crate::is_supported)) only
/// quotations are found whose form says it all. Linear in the length of the text, and without panics on any text.
///
/// # Panics
/// Where `read` was found in another text.
pub fn quotes(article: &Article, read: &ArticleText) -> Vec<Quote> {
    let text = article.text.as_str();
    let statements = read.statements.as_slice();
    let (mut found, mut names) = paragraph::collect(text, statements, languages::own(&read.lang));
    found.sort_by_key(|f| f.source.as_ref().map_or(usize::MAX, |s| s.start));
    let mut resolver = Resolver::new(text, statements, &mut names);
    let mut found: Vec<(Found, Option<String>)> = found
        .into_iter()
        .map(|f| {
            let speaker = f.source.as_ref().and_then(|s| resolver.resolve(s));
            (f, speaker)
        })
        .collect();
    found.sort_by_key(|(f, _)| f.content.first().map_or(0, |c| c.start));
    let index = CharIndex::new(text);
    let mut cursor = 0;
    found
        .into_iter()
        .map(|(item, speaker)| {
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
                kind: kind_of(text, statements, &content),
                statements: touched(statements, &content, &mut cursor),
                content,
                cue: spans(item.cue.as_slice()),
                speaker,
                source,
            }
        })
        .collect()
}

fn kind_of(text: &str, statements: &[Statement], content: &[Span]) -> QuoteKind {
    let opens = |s: &Span| {
        s.slice(text).starts_with(['"', '“', '«', '„', '‘', '\'', '`', '”', '»'])
            || is_dialogue(text, statements, s)
    };
    // Behind an attribution inside the marks the rest has none at its start.
    let resumes = |k: usize| {
        let count = |marks: [char; 2]| -> usize {
            content[..k].iter().map(|part| part.slice(text).matches(marks).count()).sum()
        };
        count(['«', '„']) > count(['»', '“']) && !content[k].slice(text).contains(['«', '„'])
    };
    if (0..content.len()).all(|k| opens(&content[k]) || k > 0 && resumes(k)) {
        QuoteKind::Direct
    } else if content.iter().any(|s| s.slice(text).contains(['"', '“', '«', '„', '»'])) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

/// Whether a dash at the start of a statement marks these words as spoken: "— Нет, — сказал он."
fn is_dialogue(text: &str, statements: &[Statement], span: &Span) -> bool {
    let before = text[..span.byte_start].trim_end();
    before
        .strip_suffix(is_dash)
        .is_some_and(|rest| statements.binary_search_by_key(&rest.len(), |s| s.span.byte_start).is_ok())
}

/// Statements that the content touches. Both are in order, so `cursor` only moves on.
fn touched(statements: &[Statement], content: &[Span], cursor: &mut usize) -> Vec<StatementId> {
    let Some(first) = content.first() else { return Vec::new() };
    while statements.get(*cursor).is_some_and(|s| s.span.byte_end <= first.byte_start) {
        *cursor += 1;
    }
    let mut out = Vec::new();
    let mut spans = content.iter().peekable();
    for statement in &statements[*cursor..] {
        while spans.next_if(|c| c.byte_end <= statement.span.byte_start).is_some() {}
        match spans.peek() {
            Some(span) if span.byte_start < statement.span.byte_end => out.push(statement.id.clone()),
            Some(_) => {}
            None => break,
        }
    }
    out
}

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;
