//! Which words are attributed: where content starts and stops around a cue.

use std::ops::Range;

use crate::languages::class::Class;
use crate::languages::speech::{Cue, Form, Frame};
use crate::quotes::token::{Kind, Token};

/// How content that an attribution follows is closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Close {
    /// A quotation stands last.
    pub quoted: bool,
    /// The mark of the end is one that content has only before its attribution.
    pub sure: bool,
}

/// How far behind a cue its content may start, in tokens.
const REACH: usize = 16;
/// The most words between a verb of saying and the colon before a quotation, in tokens.
const LONGEST_LEAD: usize = 30;

/// Whether content ends just before `at`: a quotation, or a comma with words before it.
pub(super) fn ends_before(tokens: &[Token], from: usize, at: usize) -> Option<Close> {
    let at = at - usize::from(at > from && tokens[at - 1].is_dash());
    if at <= from {
        return None;
    }
    let last = &tokens[at - 1];
    let comma = last.is(',');
    if last.quote().is_some() {
        return Some(Close { quoted: true, sure: last.is_finished() });
    }
    if comma && at >= from + 2 && tokens[at - 2].quote().is_some() {
        return Some(Close { quoted: true, sure: true });
    }
    (comma && at > from + 2).then_some(Close { quoted: false, sure: false })
}

/// The content that ends just before `at`: the quotation alone where it is a sentence by itself.
pub(super) fn before(tokens: &[Token], from: usize, at: usize) -> Range<usize> {
    let mut end = at;
    if end > from + 1 && tokens[end - 1].is_dash() {
        end -= 1;
    }
    if end > from + 1 && tokens[end - 1].is(',') {
        end -= 1;
    }
    let mut start = from;
    if start + 1 < end && tokens[start].is_dash() {
        start += 1;
    }
    while start + 1 < end
        && (tokens[start].has(Class::CONJUNCTION) && tokens[start + 1].quote().is_some()
            || tokens[start].is(','))
    {
        start += 1;
    }
    if tokens[end - 1].quote().is_some() {
        let mut first = end - 1;
        while first > start && tokens[first - 1].quote().is_some() {
            first -= 1;
        }
        if first > start
            && tokens[end - 1].capital
            && matches!(tokens[first - 1].kind, Kind::Punct(',' | ':' | '—' | '–' | '-'))
        {
            return first..end;
        }
    }
    start..end
}

/// Whether nothing that could be content follows: the end, a comma, a preposition, a time.
pub(super) fn closes(tokens: &[Token], at: usize, end: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|_| at < end) else { return true };
    if token.has(Class::PREPOSITION | Class::TIME | Class::ADVERB) {
        // "said on Monday that" goes on.
        let stop = end.min(at + REACH);
        return !(at..stop)
            .take_while(|&k| !tokens[k].is(','))
            .any(|k| tokens[k].has(Class::THAT) || tokens[k].quote().is_some() || tokens[k].is(':'));
    }
    if token.is(',') {
        return tokens.get(at + 1).filter(|_| at + 1 < end).is_none_or(|t| t.quote().is_none() || !t.capital);
    }
    matches!(token.kind, Kind::Punct(';' | '.' | '—' | '–' | '-'))
        || token.has(Class::CONJUNCTION)
        || token.has(Class::SUBORDINATOR) && !token.has(Class::RELATIVE | Class::WH)
}

/// Content that goes on after the attribution: a quotation, or words after a comma.
pub(super) fn resumed(tokens: &[Token], from: usize, end: usize, quoted: bool) -> Option<Range<usize>> {
    if quoted {
        let quote = (from..end.min(from + REACH)).find(|&k| tokens[k].quote().is_some())?;
        let plain = tokens[from..quote].iter().all(|t| t.cue.is_none());
        // "he said, but “when”": the conjunction is the writer's.
        let joined = quote == from + 2 && tokens[from].is(',') && tokens[from + 1].has(Class::CONJUNCTION);
        let set_off = quote == from
            || joined
            || matches!(tokens[quote - 1].kind, Kind::Punct(',' | ':' | '.' | ';' | '—' | '–' | '-'));
        let whole = tokens.get(quote + 1).is_none_or(|t| !t.is_word()) || tokens[quote].is_finished();
        return (plain && set_off).then_some(quote..if whole { quote + 1 } else { end });
    }
    let comma = tokens.get(from).filter(|_| from + 1 < end)?;
    let next = &tokens[from + 1];
    let goes_on = comma.is(',')
        && !next.has(Class::ACCORDING | Class::BUT)
        && !next.cue.is_some_and(|c| c.form == Form::Participle)
        && (!next.has(Class::SUBORDINATOR) || next.has(Class::THAT));
    goes_on.then_some(from + 1..end)
}

/// The end of the cue, and the content after it, for the verb at `verb`.
pub(super) fn after(
    tokens: &[Token],
    sentence: &Range<usize>,
    cue_end: usize,
    frame: Frame,
) -> Option<(usize, Range<usize>)> {
    let end = sentence.end;
    // "derided and insulted": two cues, one content.
    let second =
        |k: usize| tokens[k].has(Class::CONJUNCTION) && tokens.get(k + 1).is_some_and(|t| t.cue.is_some());
    let mut cue_end = cue_end;
    if cue_end + 1 < end && second(cue_end) {
        cue_end += 2;
    }
    let from = cue_end;
    let mut at = from;
    let first = tokens.get(at).filter(|_| at < end)?;
    let says = matches!(frame, Frame::Say | Frame::Tell);
    // "said, however, “Q”"
    if says
        && first.is(',')
        && at + 3 < end
        && tokens[at + 1].has(Class::ADVERB)
        && tokens[at + 2].is(',')
        && tokens[at + 3].quote().is_some()
    {
        at += 2;
    }
    let first = &tokens[at];
    if says && (first.is(':') || first.is(',')) && at + 1 < end {
        if first.is(',') && tokens[at + 1].quote().is_none() && !tokens[at + 1].has(Class::THAT_AFTER_COMMA) {
            return None;
        }
        cue_end += usize::from(first.is(':'));
        at += 1;
    } else if says && first.has(Class::TO) && infinitive(tokens, at, end) {
        // "promised to sign": the infinitive is what was promised.
    } else if says && first.has(Class::PREPOSITION | Class::TIME | Class::ADVERB) && !first.has(Class::THAT) {
        at = lead_in(tokens, at, end)?;
    } else if frame == Frame::Tell && first.quote().is_none() {
        at = addressee(tokens, at, end)?;
    } else if frame == Frame::Stance && first.has(Class::PREPOSITION) && at + 1 < end {
        at += 1;
        cue_end = at;
    }
    // "said it best when he wrote: Q", "wrote to Smith: Q"
    if says
        && at < end
        && !tokens[at].has(Class::THAT)
        && let Some(colon) = (at..end.min(at + LONGEST_LEAD))
            .take_while(|&k| tokens[k].quote().is_none())
            .find(|&k| tokens[k].is(':'))
        && let Some(quote) = quote_behind_colon(tokens, colon, end)
        && tokens
            .get(quote.end)
            .filter(|_| quote.end < end)
            .is_none_or(|t| !t.is_word() || t.has(Class::CONJUNCTION))
    {
        return Some((cue_end, quote));
    }
    if at >= end || matches!(tokens[at].kind, Kind::Punct(',' | ':' | ';' | ')')) {
        return None;
    }
    let mut stop = end_of(tokens, sentence, at, frame);
    while stop > at
        && (matches!(tokens[stop - 1].kind, Kind::Punct(',' | ':' | ';')) || tokens[stop - 1].is_dash())
    {
        stop -= 1;
    }
    (stop > at).then_some((cue_end, at..stop))
}

/// The quotation behind a colon at `at`, with those that follow it at once.
pub(super) fn quote_behind_colon(tokens: &[Token], at: usize, end: usize) -> Option<Range<usize>> {
    let start = at + 1;
    let colon = tokens.get(at).filter(|_| start < end)?;
    let mut last = start;
    while last < end && tokens[last].quote().is_some() {
        last += 1;
    }
    (colon.is(':') && last > start).then_some(start..last)
}

/// Whether "to" at `at` stands before a verb, as far as the next word tells.
fn infinitive(tokens: &[Token], at: usize, end: usize) -> bool {
    tokens.get(at + 1).filter(|_| at + 1 < end).is_some_and(|t| {
        t.is_word()
            && !t.capital
            && !t.has(Class::DETERMINER | Class::OBJECT | Class::PRONOUN | Class::PREPOSITION)
    })
}

/// The start of content behind a place, a time or a manner: "said in a statement on Monday that".
fn lead_in(tokens: &[Token], from: usize, end: usize) -> Option<usize> {
    let mut past_times = from;
    while past_times < end && tokens[past_times].has(Class::TIME | Class::ADVERB) {
        past_times += 1;
    }
    for k in from..end.min(from + REACH) {
        if tokens[k].has(Class::THAT) {
            return Some(k);
        }
        if tokens[k].quote().is_some() && k > from && matches!(tokens[k - 1].kind, Kind::Punct(',' | ':')) {
            return Some(k);
        }
        if tokens[k].is(':') {
            return Some(k + 1);
        }
    }
    (past_times > from
        && past_times < end
        && !tokens[past_times].has(Class::PREPOSITION)
        && !tokens[past_times].is(','))
    .then_some(past_times)
}

/// The start of content behind an addressee: "told reporters in Iowa that".
fn addressee(tokens: &[Token], from: usize, end: usize) -> Option<usize> {
    let stop = end.min(from + REACH);
    let sign = (from..stop).find(|&k| {
        let token = &tokens[k];
        let clause = token.has(Class::PRONOUN) && !token.has(Class::OBJECT | Class::DETERMINER);
        token.quote().is_some()
            || token.has(Class::THAT | Class::WH)
            || k > from && (token.has(Class::TO) || clause)
    });
    if sign.is_some() {
        return sign;
    }
    // No sign: a pronoun or a name is the addressee, and content follows it.
    let mut at = from;
    if tokens[at].has(Class::OBJECT) {
        at += 1;
    } else {
        while at < stop && (tokens[at].capital || tokens[at].kind == Kind::Clitic) {
            at += 1;
        }
    }
    (at > from && at < end && tokens[at].is_word() && !tokens[at].has(Class::PREPOSITION)).then_some(at)
}

/// Where content that starts at `from` stops.
fn end_of(tokens: &[Token], sentence: &Range<usize>, from: usize, frame: Frame) -> usize {
    let end = sentence.end;
    let says = matches!(frame, Frame::Say | Frame::Tell);
    let subordinate = tokens[sentence.start].has(Class::SUBORDINATOR);
    if tokens[from].quote().is_some()
        && from + 1 < end
        && (tokens[from].is_finished()
            || matches!(tokens[from + 1].kind, Kind::Punct(',' | ')'))
            || tokens[from + 1].is_dash())
    {
        return from + 1;
    }
    for k in from + 1..end {
        let token = &tokens[k];
        let Some(next) = tokens.get(k + 1).filter(|_| k + 1 < end) else { break };
        if token.is(';') {
            return k;
        }
        if token.has(Class::CONJUNCTION) && starts_predicate(tokens, k + 1, end, says) {
            return k - usize::from(tokens[k - 1].is(',') && k - 1 > from);
        }
        if token.is_comma() {
            let participle = next.cue.is_some_and(|c| c.form == Form::Participle);
            let finite = next.cue.is_some_and(|c| c.says() && matches!(c.form, Form::Past | Form::Third));
            if !says || finite || subordinate || participle || next.has(Class::BREAK | Class::ACCORDING) {
                return if token.is(',') { k } else { k + 1 };
            }
        }
    }
    end
}

/// Whether a verb follows, an adverb perhaps before it: "and then said". Behind a verb of saying only
/// another one counts; other verbs may well be part of what was said.
fn starts_predicate(tokens: &[Token], from: usize, end: usize, saying: bool) -> bool {
    (from..end).find(|&k| !tokens[k].has(Class::ADVERB)).is_some_and(|k| {
        let cue = tokens[k].cue.filter(|c| {
            matches!(c.form, Form::Past | Form::Third)
                || saying
                    && c.form == Form::Participle
                    && tokens.get(k + 1).is_some_and(|t| t.is(',') || t.is(':'))
        });
        if saying { cue.is_some_and(Cue::says) } else { cue.is_some() || tokens[k].has(Class::AUXILIARY) }
    })
}
