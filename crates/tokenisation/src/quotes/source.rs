//! Who the words come from: the noun phrase beside a cue.
//!
//! Leftwards from the verb: auxiliaries, adverbs and days are passed over; a pronoun is the source by
//! itself; a comma opens an apposition, which reaches back to the comma before it and takes the noun
//! phrase there along; else the phrase is walked back to whatever can't stand inside one.
//! Rightwards: to a preposition, a day or a conjunction, with the apposition behind the phrase.

use std::ops::Range;

use super::{
    lexicon::Class,
    token::{Kind, Token},
};

/// The longest noun phrase that is walked through, in tokens.
const LONGEST: usize = 15;
/// The longest apposition, in tokens.
const LONGEST_APPOSITION: usize = 25;

/// A source found to the left of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Its tokens.
    pub source: Range<usize>,
    /// First token of the cue: the verb, or an auxiliary or adverb before it.
    pub cue: usize,
}

/// The subject of the verb at `verb`, not further left than `from`.
pub(super) fn left(tokens: &[Token], from: usize, verb: usize) -> Option<Left> {
    let mut cue = verb;
    let mut at = verb;
    let mut joined = true;
    while at > from {
        let token = &tokens[at - 1];
        let pronoun_before = at >= from + 2 && tokens[at - 2].has(Class::PRONOUN);
        if token.has(Class::AUXILIARY)
            || (token.has(Class::ADVERB) && !token.has(Class::PRONOUN))
            || (token.kind == Kind::Clitic && pronoun_before)
        {
            at -= 1;
            if joined {
                cue = at;
            }
        } else if token.has(Class::TIME) && at > from + 1 {
            at -= 1;
            joined = false;
            if tokens[at - 1].has(Class::PREPOSITION) && at > from + 1 {
                at -= 1;
            }
        } else {
            break;
        }
    }
    if at == from {
        return None;
    }
    let last = &tokens[at - 1];
    if last.has(Class::PRONOUN) {
        return Some(Left { source: at - 1..at, cue });
    }
    if last.is(',') {
        return apposition_left(tokens, from, at).map(|source| Left { source, cue });
    }
    let source = phrase_left(tokens, from, at)?;
    Some(Left { source, cue })
}

/// `Name, apposition,` that ends with the comma before `end`.
fn apposition_left(tokens: &[Token], from: usize, end: usize) -> Option<Range<usize>> {
    let mut at = end - 1;
    let floor = from.max(end.saturating_sub(LONGEST_APPOSITION));
    while at > floor {
        at -= 1;
        let token = &tokens[at];
        if token.is(',') {
            let phrase = phrase_left(tokens, from, at)?;
            let participle = tokens[at + 1].cue.is_some();
            return Some(if participle { phrase } else { phrase.start..end });
        }
        if matches!(token.kind, Kind::Quote(_) | Kind::Punct(':' | ';' | '?' | '!')) {
            return None;
        }
    }
    None
}

/// Whether a token can stand inside a noun phrase.
fn nominal(token: &Token) -> bool {
    match token.kind {
        Kind::Word => {
            token.capital
                && !token
                    .has(Class::SUBORDINATOR | Class::AUXILIARY | Class::CONJUNCTION | Class::PREPOSITION)
                || !(token.has(
                    Class::AUXILIARY
                        | Class::CONJUNCTION
                        | Class::SUBORDINATOR
                        | Class::PREPOSITION
                        | Class::TIME,
                ) || token.has(Class::PRONOUN) && !token.has(Class::DETERMINER))
        }
        Kind::Clitic => true,
        Kind::Quote(_) | Kind::Punct(_) => false,
    }
}

/// Whether the token joins two parts of one noun phrase: "of", or "and" between two names.
fn links(tokens: &[Token], at: usize) -> bool {
    tokens[at].has(Class::BRIDGE)
        || tokens[at].has(Class::CONJUNCTION) && tokens[at - 1].capital && tokens[at + 1].capital
}

/// The noun phrase that ends just before `end`.
pub(super) fn phrase_left(tokens: &[Token], from: usize, end: usize) -> Option<Range<usize>> {
    let floor = from.max(end.saturating_sub(LONGEST));
    let mut at = end;
    while at > floor {
        let token = &tokens[at - 1];
        if token.is(')') {
            let open = (floor..at).rev().find(|&k| tokens[k].is('('))?;
            at = open;
        } else if at < end && at > floor + 1 && nominal(&tokens[at - 2]) && links(tokens, at - 1) {
            at -= 1;
        } else if nominal(token) && !(token.cue.is_some() && !token.capital && at < end) {
            at -= 1;
            if token.has(Class::DETERMINER) && !(at > floor && tokens[at - 1].has(Class::BRIDGE)) {
                break;
            }
        } else {
            break;
        }
    }
    (at < end).then_some(at..end)
}

/// The noun phrase that starts at `from`, with its apposition, not beyond `to`.
pub(super) fn right(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let first = tokens.get(from).filter(|_| from < to)?;
    if first.has(Class::PRONOUN) && !first.has(Class::DETERMINER) {
        return Some(from..from + 1);
    }
    let mut at = from;
    while at < to && at < from + LONGEST {
        let token = &tokens[at];
        if token.is('(') {
            let close = (at..to.min(at + 8)).find(|&k| tokens[k].is(')'));
            let Some(close) = close else { break };
            at = close + 1;
        } else if nominal(token) && !token.has(Class::TIME)
            || at > from && at + 1 < to && nominal(&tokens[at + 1]) && links(tokens, at)
        {
            at += 1;
        } else {
            break;
        }
    }
    if at == from {
        return None;
    }
    if at + 1 < to && tokens[at].is(',') && apposition_starts(&tokens[at + 1]) {
        let stop = (at + 1..to.min(at + 1 + LONGEST_APPOSITION))
            .find(|&k| tokens[k].is(',') || tokens[k].quote().is_some() || tokens[k].is_dash())
            .unwrap_or(to.min(at + 1 + LONGEST_APPOSITION));
        at = stop;
    }
    Some(from..at)
}

fn apposition_starts(token: &Token) -> bool {
    token.is_word()
        && token.cue.is_none()
        && !token.has(
            Class::PREPOSITION
                | Class::CONJUNCTION
                | Class::SUBORDINATOR
                | Class::AUXILIARY
                | Class::RELATIVE
                | Class::ADVERB,
        )
        && (token.has(Class::DETERMINER) || !token.has(Class::PRONOUN))
}
