//! What Russian and Kazakh attribute in ways that English doesn't.
//!
//! The verbs of saying and the function words of both are in the lexicon, so that `«Q», — сказал S`,
//! `S заявил, что C` and `«Q», — деді S` go the common way. Here is the rest: `по словам S, C`,
//! `S айтуынша, C`, and `S «Q» деп V`.

use std::ops::Range;

use super::{Attribution, content, source};
use crate::quotes::{lexicon::Class, token::Token};

/// The attribution whose cue stands at `at`, if it has one of these forms.
pub(super) fn attribution(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    if tokens[at].has(Class::IN_WORDS) {
        in_words_of(tokens, sentence, at)
    } else if tokens[at].has(Class::BY_SAYING) {
        by_saying(tokens, sentence, at)
    } else if tokens[at].has(Class::DEP) {
        dep(tokens, sentence, at)
    } else {
        None
    }
}

/// `По словам S, C` and `C, по словам S`.
fn in_words_of(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    let start = at.checked_sub(1).filter(|&k| k >= sentence.start && tokens[k].has(Class::PREPOSITION))?;
    let source = source::phrase_right(tokens, at + 1, sentence.end)?;
    let content = if start > sentence.start + 1 {
        content::before(tokens, sentence.start, start)
    } else {
        behind_comma(tokens, source.end, sentence.end)?
    };
    Some(Attribution::one(content, start..at + 1, Some(source)))
}

/// `S айтуынша, C`.
fn by_saying(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    let source = source::phrase_left(tokens, sentence.start, at)?;
    let content = behind_comma(tokens, at + 1, sentence.end)?;
    Some(Attribution::one(content, at..at + 1, Some(source)))
}

/// `S «Q» деп V`, and `«Q» деп V S` where nothing stands before the quotation.
fn dep(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    let quote = (sentence.start..at).rev().find(|&k| !tokens[k].is(',') && !tokens[k].is_dash())?;
    tokens[quote].quote()?;
    let verb = at + 1;
    let end = if tokens.get(verb).filter(|_| verb < sentence.end)?.cue.is_some() { verb + 1 } else { verb };
    let mut before = quote;
    while before > sentence.start
        && (tokens[before - 1].is(':') || tokens[before - 1].is(',') || tokens[before - 1].is_dash())
    {
        before -= 1;
    }
    let source = source::phrase_left(tokens, sentence.start, before)
        .or_else(|| source::right(tokens, end, sentence.end))?;
    Some(Attribution::one(quote..quote + 1, at..end, Some(source)))
}

fn behind_comma(tokens: &[Token], at: usize, end: usize) -> Option<Range<usize>> {
    let start = at + usize::from(tokens.get(at).is_some_and(|t| t.is(',')));
    (start < end).then_some(start..end)
}
