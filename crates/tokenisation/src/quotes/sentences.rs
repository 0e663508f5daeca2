//! Sentences of a paragraph around its masked quotations.
//!
//! Where sentences end is known from the statements. Quotations change two things: no sentence ends inside
//! one, and behind one that ends as a sentence the words that follow decide, since they may say who spoke:
//! `“Who knows?” Ann Lee told reporters.`

use std::ops::Range;

use super::{
    marks::Mark,
    token::{Kind, Token},
};
use crate::languages::class::Class;
use crate::languages::speech::{Form, Frame};

/// The sentences of a paragraph as ranges of its tokens; `edges` are the starts and ends of its statements, in
/// order, and what stands between two statements is no sentence.
pub(super) fn sentences(tokens: &[Token], marks: &[Mark], edges: &[usize]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut ahead = edges.iter().copied().enumerate().peekable();
    let (mut start, mut inside) = (0, true);
    for (i, token) in tokens.iter().enumerate() {
        while ahead.next_if(|&(_, edge)| edge < token.bytes.end).is_some() {}
        let next = tokens.get(i + 1).map_or(usize::MAX, |t| t.bytes.start);
        // The last edge before the next token: the start of a statement, or the end of the last one.
        let mut edge = None;
        while let Some((index, _)) = ahead.next_if(|&(_, edge)| edge <= next) {
            edge = Some(index);
        }
        if ends_sentence(tokens, marks, start, i).unwrap_or(edge.is_some()) {
            out.extend(inside.then_some(start..i + 1));
            start = i + 1;
            // Starts of statements have even places.
            inside = edge.is_none_or(|index| index % 2 == 0);
        }
    }
    if inside && start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// Whether the sentence from `start` ends behind a quotation at `i` that ends as one; nothing where another token stands there.
fn ends_sentence(tokens: &[Token], marks: &[Mark], start: usize, i: usize) -> Option<bool> {
    let mark = tokens[i].quote()?;
    let finished = !marks[mark].closed || tokens[i].last.is_some_and(|c| ".?!…".contains(c));
    let attributed = || {
        let told = |t: &Token| !t.capital && t.cue.is_some_and(|c| c.says() && c.form != Form::Participle);
        tokens[start..i].iter().all(|t| t.quote().is_none()) && tokens[start..i].iter().any(told)
    };
    finished.then(|| match tokens.get(i + 1) {
        None => true,
        Some(next) if next.quote().is_some() => true,
        // "…ends so." - Containers piled up
        Some(next) if next.is_dash() && tokens[i].last == Some('.') => {
            let verb = |t: &Token| !t.capital && t.has(Class::PAST | Class::AUXILIARY);
            tokens.get(i + 2).is_some_and(|t| t.capital)
                && tokens.get(i + 3).is_some_and(verb)
                && !attribution_follows(tokens, i + 2)
        }
        // "Ryan said they “came close.” Ryan said …": who speaks is told before.
        Some(next) => next.capital && (attributed() || !attribution_follows(tokens, i + 1)),
    })
}

/// Whether "Name said" or "said Name" starts at token `from`: a verb of saying comes soon, and the
/// sentence, or another quotation, right behind it.
fn attribution_follows(tokens: &[Token], from: usize) -> bool {
    const REACH: usize = 12;
    let window = &tokens[from..tokens.len().min(from + REACH)];
    if window.first().is_some_and(|t| t.has(Class::HE | Class::SHE | Class::THEY | Class::OBJECT)) {
        // A pronoun with a capital starts a sentence.
        return false;
    }
    for (k, token) in window.iter().enumerate() {
        if matches!(token.kind, Kind::Punct('.' | '?' | '!' | ':') | Kind::Quote(_)) {
            return false;
        }
        let after = window.get(k + 1);
        if let Some(cue) = token.cue.filter(|c| c.says()) {
            let Some(after) = after else { return true };
            let quote_next = after.is(',') && window.get(k + 2).is_some_and(|t| t.quote().is_some());
            return !quote_next && matches!(after.kind, Kind::Punct('.' | ',' | '?' | '!'))
                || after.has(Class::PREPOSITION | Class::TIME) && !cue.clause
                || cue.frame == Frame::Tell && addressed(&tokens[from + k + 1..]);
        }
        // "Hannity pressed."
        let verb = token.class == Class::PAST || token.cue.is_some_and(|c| c.form == Form::Past);
        if k > 0 && !token.capital && verb && after.is_none_or(|a| a.is('.')) {
            return window[..k].iter().all(|t| t.capital);
        }
    }
    false
}

/// Whether an addressee and nothing more follows a verb of telling: up to the first preposition or mark, no
/// word begins a clause.
fn addressed(tokens: &[Token]) -> bool {
    for token in tokens {
        if token.has(Class::PREPOSITION) || matches!(token.kind, Kind::Punct('.' | ',')) {
            return true;
        }
        let clause = token.has(Class::THAT | Class::AUXILIARY | Class::SUBORDINATOR)
            || token.has(Class::PRONOUN) && !token.has(Class::OBJECT | Class::DETERMINER);
        if clause || token.quote().is_some() || token.is(':') {
            return false;
        }
    }
    true
}
