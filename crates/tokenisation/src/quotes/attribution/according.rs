//! `According to S, C` and `C, according to S`.

use std::ops::Range;

use super::{Attribution, content, source};
use crate::languages::class::Class;
use crate::quotes::token::Token;

/// `According to S, C` and `C, according to S`. Where another attribution has taken the start of the `whole`
/// sentence, its place and time are not content.
pub(super) fn according(
    tokens: &[Token],
    whole: &Range<usize>,
    sentence: Range<usize>,
    at: usize,
) -> Option<Attribution> {
    let partly = sentence.start > whole.start;
    if !tokens[at].has(Class::ACCORDING) || at + 1 >= sentence.end || !tokens[at + 1].has(Class::PREPOSITION)
    {
        return None;
    }
    let rest = &tokens[sentence.start..at];
    let leftover =
        rest.first().is_some_and(|t| t.has(Class::PREPOSITION | Class::TIME | Class::ADVERB) || t.is(','));
    let wraps = partly && rest.len() == 1 && rest[0].is(',');
    if partly && !wraps && (leftover || rest.is_empty()) {
        return None;
    }
    let opening = at <= sentence.start + 1;
    // "the man who, according to S, left": what the relative clause says.
    let who = at.checked_sub(2).filter(|&k| {
        k > sentence.start && tokens[k + 1].is(',') && tokens[k].has(Class::RELATIVE | Class::WHO)
    });
    if let Some(who) = who
        && let Some(source) = source::phrase_right(tokens, at + 2, sentence.end)
        && source.end + 1 < sentence.end
        && tokens[source.end].is(',')
    {
        let said = source.end + 1;
        let end = (said..sentence.end).find(|&k| tokens[k].is(',')).unwrap_or(sentence.end);
        let content = vec![who..who + 1, said..end];
        return Some(Attribution { content, cue: Some(at..at + 2), source: Some(source) });
    }
    let source = if opening {
        source::phrase_right(tokens, at + 2, sentence.end)?
    } else {
        source::right(tokens, at + 2, sentence.end)?
    };
    let content = if wraps {
        // "“Q,” Smith said, according to S": all of it is by S.
        whole.start..sentence.start
    } else if !opening {
        content::before(tokens, sentence.start, at)
    } else {
        let start = source.end + usize::from(tokens.get(source.end).is_some_and(|t| t.is(',')));
        start..sentence.end
    };
    (!content.is_empty()).then(|| Attribution::one(content, at..at + 2, Some(source)))
}
