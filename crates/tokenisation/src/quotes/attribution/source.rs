//! Who the words come from: the noun phrase beside a cue.
//!
//! Leftwards from the verb: auxiliaries, adverbs and days are passed over; a pronoun is the source by
//! itself; a comma opens an apposition, which reaches back to the comma before it and takes the noun
//! phrase there along; else the phrase is walked back to whatever can't stand inside one.
//! Rightwards: to a preposition, a day or a conjunction, with the apposition behind the phrase.

use std::ops::Range;

use super::slavic;
use crate::languages::class::Class;
use crate::languages::speech::Form;
use crate::quotes::token::{Kind, Token};

/// The longest noun phrase that is walked through, in tokens.
const LONGEST: usize = 15;
/// The longest phrase or clause that opens a sentence, in tokens.
const LONGEST_OPENING: usize = 60;
/// The longest apposition, in tokens.
const LONGEST_APPOSITION: usize = 25;

/// A source found to the left of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::quotes) struct Left {
    /// Its tokens.
    pub source: Range<usize>,
    /// First token of the cue: the verb, or an auxiliary or adverb before it.
    pub cue: usize,
}

/// The subject of the verb at `verb`, not further left than `from`.
pub(in crate::quotes) fn left(tokens: &[Token], from: usize, verb: usize) -> Option<Left> {
    if tokens[verb].has(Class::CYRILLIC) && !tokens[verb].has(Class::VERB_LAST) {
        return slavic::left(tokens, from, verb);
    }
    let mut cue = verb;
    let mut at = verb;
    let mut joined = true;
    while at > from {
        let token = &tokens[at - 1];
        // "Lee a few weeks ago said"
        if token.has(Class::AGO)
            && let Some(stretch) = phrase_left(tokens, from, at - 1)
        {
            at = stretch.start.max(from);
            joined = false;
            continue;
        }
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
        } else if at > from + 3
            && token.is_word()
            && !token.capital
            && tokens[at - 2].has(Class::PREPOSITION)
            && tokens[at - 3].has(Class::AUXILIARY)
        {
            // "Lee had for years opposed"
            at -= 2;
            joined = false;
        } else {
            break;
        }
    }
    if at == from {
        return None;
    }
    let last = &tokens[at - 1];
    if last.has(Class::PRONOUN | Class::WHO) || last.has(Class::THAT) && !tokens[cue].has(Class::THAT) {
        return Some(Left { source: at - 1..at, cue });
    }
    if last.is_comma() {
        return apposition_left(tokens, from, at).map(|source| Left { source, cue });
    }
    if last.is_dash() {
        return between_dashes(tokens, from, at).map(|source| Left { source, cue });
    }
    let source = phrase_left(tokens, from, at)?;
    let source = relative_left(tokens, from, &source).unwrap_or(source);
    Some(Left { source, cue })
}

/// `Name — apposition —` that ends with the dash before `end`.
pub(super) fn between_dashes(tokens: &[Token], from: usize, end: usize) -> Option<Range<usize>> {
    let floor = from.max(end.saturating_sub(LONGEST_APPOSITION));
    let open = (floor..end - 1).rev().find(|&k| !tokens[k].is_word() && !tokens[k].is(','))?;
    let phrase = tokens[open].is_dash().then(|| phrase_left(tokens, from, open)).flatten()?;
    Some(phrase.start..end)
}

/// The source with the first of two adjectives, where a comma stands before both: ", current and former officials".
pub(in crate::quotes) fn widened(tokens: &[Token], from: usize, left: Left) -> Left {
    let start = left.source.start;
    let pair = start >= from + 3
        && tokens[start - 1].has(Class::CONJUNCTION)
        && tokens[start - 2].is_word()
        && !tokens[start - 2].capital
        && tokens[start - 3].is_comma();
    if pair { Left { source: start - 2..left.source.end, ..left } } else { left }
}

/// "a trader who lives in Oslo" for the last noun phrase of its relative clause, "Oslo".
fn relative_left(tokens: &[Token], from: usize, last: &Range<usize>) -> Option<Range<usize>> {
    let floor = from.max(last.start.saturating_sub(LONGEST));
    let who = (floor..last.start)
        .rev()
        .take_while(|&k| tokens[k].is_word() && !tokens[k].cue.is_some_and(|c| c.says()))
        .find(|&k| tokens[k].has(Class::WHO))?;
    // Where the phrase stands right behind "who", it is the subject: "the man who Lee said".
    if who + 1 == last.start || tokens[who + 1].has(Class::PREPOSITION) {
        return None;
    }
    Some(phrase_left(tokens, from, who)?.start..last.end)
}

/// The source of `Q S V`, where a quotation that ends as one before its attribution leaves no doubt where it
/// starts: all that stands between, if nothing there can be a clause of its own.
pub(in crate::quotes) fn between(tokens: &[Token], from: usize, verb: usize) -> Option<Left> {
    let floor = from.max(verb.saturating_sub(LONGEST_APPOSITION));
    let quote = (floor..verb).rev().find(|&k| tokens[k].quote().is_some())?;
    let comma = tokens[quote + 1].is(',') || tokens[quote + 1].is_dash();
    if !tokens[quote].is_finished() && !comma {
        return None;
    }
    let start = quote + 1 + usize::from(comma);
    let mut end = verb;
    while end > start
        && (tokens[end - 1].has(Class::AUXILIARY | Class::TIME)
            || tokens[end - 1].has(Class::ADVERB) && !tokens[end - 1].has(Class::PRONOUN))
    {
        end -= 1;
    }
    let cue = (end..verb).find(|&k| !tokens[k].has(Class::TIME)).unwrap_or(verb);
    let mut relative = false;
    for k in start..end {
        let token = &tokens[k];
        let comma = token.is(',');
        relative |= comma && tokens.get(k + 1).is_some_and(|t| t.has(Class::WHO));
        let word = token.is_word()
            && (token.capital
                || relative
                || !token.has(Class::AUXILIARY | Class::SUBORDINATOR | Class::PAST | Class::PRONOUN)
                    && !token.cue.is_some_and(|c| c.form == Form::Past)
                || token.has(Class::DETERMINER));
        if !(word || comma || token.kind == Kind::Clitic || token.is('(') || token.is(')')) {
            return None;
        }
    }
    let commas = (start..end).filter(|&k| tokens[k].is(',')).count();
    let named = tokens.get(start).is_some_and(|t| {
        t.is_word() && !t.has(Class::PREPOSITION | Class::SUBORDINATOR | Class::CONJUNCTION | Class::ADVERB)
    });
    let closed = commas == 0 || relative || tokens[end - 1].is(',');
    (start < end && named && closed && end - start > 1).then_some(Left { source: start..end, cue })
}

/// `Name, apposition,` that ends with the comma before `end`.
pub(super) fn apposition_left(tokens: &[Token], from: usize, end: usize) -> Option<Range<usize>> {
    let mut at = end - 1;
    let floor = from.max(end.saturating_sub(LONGEST_APPOSITION));
    while at > floor {
        at -= 1;
        let token = &tokens[at];
        if token.is(',') {
            let phrase = phrase_left(tokens, from, at)?;
            let next = &tokens[at + 1];
            let participle = !next.capital
                && (next.cue.is_some() || next.has(Class::GERUND) || participial(tokens, at + 1));
            return Some(if participle { phrase } else { phrase.start..end });
        }
        if token.is_finished() || matches!(token.kind, Kind::Punct(':' | ';' | '?' | '!')) {
            return None;
        }
    }
    None
}

/// Whether a clause with a participle starts at `at`, an adverb perhaps before it: "хорошо знавшие его".
fn participial(tokens: &[Token], at: usize) -> bool {
    let adverb =
        tokens[at].has(Class::CYRILLIC) && tokens.get(at + 1).is_some_and(|t| t.has(Class::PARTICIPLE));
    tokens[at].has(Class::PARTICIPLE) || adverb
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
                        | Class::GOES_ON
                        | Class::FINITE
                        | Class::TIME,
                ) || token.has(Class::PRONOUN) && !token.has(Class::DETERMINER))
        }
        Kind::Clitic => true,
        Kind::Quote(_) | Kind::Punct(_) => false,
    }
}

/// Whether a token that could be a noun is rather a verb: one that attributes, unless the phrase would end
/// with it and it has a noun's form.
fn is_verb(token: &Token, last: bool) -> bool {
    !token.capital && token.cue.is_some_and(|c| c.form == Form::Past || !last && c.form != Form::Participle)
}

/// Whether a form in -ed is a verb rather than an adjective: no article stands before it.
fn past(tokens: &[Token], from: usize, at: usize) -> bool {
    let token = &tokens[at];
    token.has(Class::PAST)
        && !token.capital
        && at > from
        && (tokens[at - 1].is_word() || tokens[at - 1].is(')'))
        && !tokens[at - 1].has(Class::DETERMINER)
}

/// Whether the token joins two parts of one noun phrase: "of", or "and" between two names.
fn links(tokens: &[Token], at: usize) -> bool {
    tokens[at].has(Class::BRIDGE)
        || tokens[at].has(Class::CONJUNCTION) && tokens[at - 1].capital && tokens[at + 1].capital
}

/// The noun phrase that ends just before `end`.
pub(in crate::quotes) fn phrase_left(tokens: &[Token], from: usize, end: usize) -> Option<Range<usize>> {
    let floor = from.max(end.saturating_sub(LONGEST));
    let mut at = end;
    while at > floor {
        let token = &tokens[at - 1];
        if token.is(')') {
            let open = (floor..at).rev().find(|&k| tokens[k].is('('))?;
            at = open;
        } else if at < end && at > floor + 1 && nominal(&tokens[at - 2]) && links(tokens, at - 1) {
            at -= 1;
        } else if at < end && token.has(Class::RELATIVE) && !token.capital {
            break;
        } else if nominal(token) && !is_verb(token, at == end) && !past(tokens, floor, at - 1) {
            at -= 1;
            if token.has(Class::DETERMINER) && !(at > floor && tokens[at - 1].has(Class::BRIDGE)) {
                break;
            }
        } else {
            break;
        }
    }
    // "(15 March) The chair": what brackets hold opens no phrase.
    if tokens.get(at).is_some_and(|t| t.is('(')) {
        at = (at..end).find(|&k| tokens[k].is(')'))? + 1;
    }
    (at < end).then_some(at..end)
}

/// The noun phrase that starts at `from`, without what stands in apposition.
pub(in crate::quotes) fn phrase_right(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
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
        } else if nominal(token) && !token.has(Class::TIME) && !past(tokens, from, at)
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
    Some(from..at)
}

/// The noun phrase that starts at `from`, with its apposition, not beyond `to`.
pub(in crate::quotes) fn right(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    if from.checked_sub(1).is_some_and(|k| tokens[k].has(Class::CYRILLIC) && !tokens[k].has(Class::VERB_LAST))
    {
        return slavic::right(tokens, from, to);
    }
    if tokens.get(from).is_some_and(|t| t.has(Class::ADVERB) && !t.capital && !t.has(Class::PLURAL)) {
        return None;
    }
    let mut at = phrase_right(tokens, from, to)?.end;
    let mut parts = 0;
    while at + 1 < to && parts < 3 && tokens[at].is(',') {
        let next = &tokens[at + 1];
        let goes_on = if parts == 0 {
            // ", of Ely", ", now a farmer"
            let then = |class: Class, capital: bool| {
                tokens.get(at + 2).is_some_and(|t| t.has(class) || capital && t.capital)
            };
            next.has(Class::WHO)
                || apposition_starts(next)
                || next.has(Class::BRIDGE) && then(Class::NONE, true)
                || next.has(Class::ADVERB) && then(Class::A, false)
        } else {
            adds(tokens, at + 1, to)
        };
        if !goes_on {
            break;
        }
        let stop = to.min(at + 1 + LONGEST_APPOSITION);
        let ends = |t: &Token| t.is(',') || t.quote().is_some() || t.is_dash() || t.is(';') || t.is(':');
        let end = (at + 1..stop).find(|&k| ends(&tokens[k])).unwrap_or(stop);
        // ", who added that “…”" tells what was said, not who says it.
        if tokens.get(end).filter(|_| end < to).is_some_and(|t| t.quote().is_some()) {
            break;
        }
        at = end;
        parts += 1;
    }
    // The comma that closes an apposition belongs to it, unless it introduces a quotation.
    let closes = parts > 0
        && at + 1 < to
        && tokens[at].is(',')
        && tokens[at + 1].is_word()
        && !tokens[at + 1].has(Class::ACCORDING);
    Some(from..at + usize::from(closes))
}

/// A source whose long apposition ends the sentence, with all of it: "Ann Lee, who has written books, plays and
/// songs". Behind a quotation more of what is said may follow instead, in Russian whom it was said to.
pub(in crate::quotes) fn to_end(
    tokens: &[Token],
    source: Range<usize>,
    end: usize,
    quoted: bool,
) -> Range<usize> {
    let cyrillic = tokens[source.start].has(Class::CYRILLIC);
    let open = !quoted && !cyrillic && tokens[source.end - 1].is(',') && source.end < end;
    let rest = &tokens[source.end.min(end)..end];
    let plain = |t: &Token| t.is_word() || t.is(',') || t.kind == Kind::Clitic;
    if open && rest.len() <= LONGEST_APPOSITION && rest.iter().all(plain) {
        source.start..end
    } else {
        source
    }
}

/// A noun phrase with the apposition behind it, if one starts with an article and a comma ends it before `to`:
/// "Ann Lee, a farmer from Ely,".
pub(in crate::quotes) fn with_apposition(tokens: &[Token], phrase: Range<usize>, to: usize) -> Range<usize> {
    let opens = phrase.end + 1 < to
        && tokens[phrase.end].is(',')
        && tokens[phrase.end + 1].has(Class::DETERMINER)
        && !tokens[phrase.end + 1].has(Class::PRONOUN);
    let stop = to.min(phrase.end + 1 + LONGEST_APPOSITION);
    let comma = (phrase.end + 1..stop).find(|&k| tokens[k].is(',')).filter(|_| opens);
    phrase.start..comma.map_or(phrase.end, |comma| comma + 1)
}

/// Whether what follows a first apposition belongs to it: "23, a student", "of Fresno, Calif.", "who …".
fn adds(tokens: &[Token], from: usize, to: usize) -> bool {
    let token = &tokens[from];
    let last =
        tokens.get(from + 1).filter(|_| from + 1 < to).is_none_or(|t| t.is(',') || t.quote().is_some());
    token.has(Class::WHO)
        || token.has(Class::DETERMINER) && !token.has(Class::PRONOUN)
        || token.has(Class::BRIDGE)
        || token.capital && last
}

fn apposition_starts(token: &Token) -> bool {
    token.is_word()
        && (token.capital || token.cue.is_none() && !token.has(Class::PAST | Class::GERUND))
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

/// The subject of the clause that runs from `from` to `verb`: the first noun phrase, behind an opening
/// phrase that a comma ends.
pub(in crate::quotes) fn subject(tokens: &[Token], from: usize, verb: usize) -> Option<Range<usize>> {
    let mut at = from;
    while at < verb
        && (tokens[at].has(Class::CONJUNCTION) || tokens[at].has(Class::ADVERB) || tokens[at].is(','))
    {
        at += 1;
    }
    let opening = tokens.get(at)?;
    if opening.has(Class::PREPOSITION | Class::SUBORDINATOR) {
        at = (at..verb.min(at + LONGEST_OPENING)).find(|&k| tokens[k].is(','))? + 1;
    }
    phrase_right(tokens, at, verb)
}
