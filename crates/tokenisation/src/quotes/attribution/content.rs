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
    // "Greensboro, Lee said, made him", but not "Later, Lee said"
    let name = || at == from + 2 && tokens[from].capital && tokens[from].class == Class::NONE;
    (comma && (at > from + 2 || name())).then_some(Close { quoted: false, sure: false })
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
        let opens = |t: &Token| t.has(Class::THAT) || t.quote().is_some() || t.is(':');
        return !tokens[at..stop].iter().take_while(|t| !t.is(',')).any(opens);
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
    // "сказал Рудин, знакомый с делом": that is who he is.
    let apposed = next.has(Class::CYRILLIC)
        && next.has(Class::PARTICIPLE | Class::NOMINATIVE | Class::OBLIQUE | Class::GERUND | Class::RELATIVE);
    let goes_on = comma.is(',')
        && !apposed
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
    cue: Cue,
) -> Option<(usize, Range<usize>)> {
    let end = sentence.end;
    let frame = cue.frame;
    if tokens[cue_end - 1].has(Class::CYRILLIC) {
        let start = opens_behind(tokens, cue_end, end)?;
        // "сказал: попробуй": nothing but the end closes it.
        let quote = quote_behind_colon(tokens, start - 1, end);
        let bare = tokens[start - 1].is(':').then_some(start..end);
        let stop = || start..end_of(tokens, sentence, start, frame);
        return Some((cue_end, quote.or(bare).unwrap_or_else(stop)));
    }
    // "derided and insulted": two cues, one content.
    let second =
        |k: usize| tokens[k].has(Class::CONJUNCTION) && tokens.get(k + 1).is_some_and(|t| t.cue.is_some());
    let mut cue_end = cue_end;
    if cue_end + 1 < end && second(cue_end) {
        cue_end += 2;
    }
    let from = cue_end;
    let mut at = from;
    // Behind "spoke about" a thing will do.
    let mut thing = false;
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
    } else if says && first.has(Class::TO) && !cue.replies && infinitive(tokens, at, end) {
        // "promised to sign": the infinitive is what was promised.
    } else if says && is_adverbial(tokens, at) && !first.has(Class::THAT) {
        at = lead_in(tokens, at, end)?;
        // "replied to fears that": the fears are another's.
        if cue.replies && first.has(Class::TO) && tokens.get(at).is_none_or(|t| t.quote().is_none()) {
            return None;
        }
    } else if frame == Frame::Tell && first.quote().is_none() {
        at = addressee(tokens, at, end)?;
    } else if matches!(frame, Frame::Stance | Frame::Call | Frame::Hold) {
        match about(tokens, at, end, cue) {
            Some(start) => {
                thing = start > at;
                (at, cue_end) = (start, start);
            }
            None => at = lead_in(tokens, at, end)?,
        }
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
    let first = tokens.get(at).filter(|_| at < end)?;
    if matches!(first.kind, Kind::Punct(',' | ':' | ';' | ')') | Kind::Clitic)
        || first.has(Class::CONJUNCTION) && !first.has(Class::ADVERB)
    {
        return None;
    }
    if cue.clause && !thing && !opens_clause(tokens, at, end, !says) {
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

/// Where content starts behind a Russian verb: with a quotation, behind a colon, or with a conjunction behind a comma,
/// whoever it was said to and wherever.
pub(super) fn opens_behind(tokens: &[Token], from: usize, end: usize) -> Option<usize> {
    let mut comma = false;
    for k in from..end.min(from + LONGEST_LEAD) {
        let token = &tokens[k];
        let next = tokens.get(k + 1).filter(|_| k + 1 < end);
        if token.is(':') {
            return next.map(|_| k + 1);
        }
        if token.quote().is_some() && k == from {
            /// The longest name of an outlet with its marks, in bytes.
            const OUTLET: usize = 60;
            // "сообщает «Заря»"
            if token.capital && !token.is_finished() && token.bytes.len() <= OUTLET && next.is_none() {
                return None;
            }
            // "сообщил «Заре», что"
            let outlet = next.is_some_and(|t| t.is(',')) && !token.is_finished();
            let that = tokens.get(k + 2).filter(|_| k + 2 < end);
            if !(outlet && that.is_some_and(|t| t.has(Class::THAT_AFTER_COMMA))) {
                return Some(k);
            }
        }
        if token.is(',') && !comma {
            if next.is_some_and(|t| t.has(Class::THAT_AFTER_COMMA)) {
                return Some(k + 1);
            }
            comma = true;
        }
        if token.is(';')
            || token.is_dash()
            || token.cue.is_some_and(|c| c.says() && c.form != Form::Participle)
        {
            return None;
        }
    }
    None
}

/// The start of what somebody thinks or speaks of: behind the preposition that goes with the verb, if one does,
/// "talked openly about", "called for". Behind another preposition stands a place, a time or a manner.
fn about(tokens: &[Token], from: usize, end: usize, cue: Cue) -> Option<usize> {
    let mut at = from;
    while at < end
        && tokens[at].has(Class::ADVERB)
        && !tokens[at].has(Class::PREPOSITION | Class::PRONOUN | Class::OBJECT)
    {
        at += 1;
    }
    let first = tokens.get(at).filter(|_| at < end)?;
    if !first.has(Class::PREPOSITION) || first.has(Class::TO) && infinitive(tokens, at, end) {
        return Some(from);
    }
    let next = tokens.get(at + 1).filter(|_| at + 1 < end)?;
    let of = first.has(Class::ABOUT) || cue.to && first.has(Class::TO);
    if of && !next.has(Class::TIME | Class::CONJUNCTION) { Some(at + 1) } else { None }
}

/// Whether a word says when, where or how: "on", "Monday", but not "Monday's".
fn is_adverbial(tokens: &[Token], at: usize) -> bool {
    let owns = tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Clitic);
    tokens[at].has(Class::PREPOSITION | Class::ADVERB) || tokens[at].has(Class::TIME) && !owns
}

/// Whether what starts at `at` can be a clause or is a quotation, as far as its words tell. `counts`: a figure will do.
fn opens_clause(tokens: &[Token], at: usize, end: usize, counts: bool) -> bool {
    let first = &tokens[at];
    let stop = (at..end).find(|&k| tokens[k].is(',') || tokens[k].is(';')).unwrap_or(end);
    first.has(Class::THAT | Class::WH | Class::TO)
        || first.has(Class::PRONOUN) && !first.has(Class::OBJECT | Class::DETERMINER)
        || tokens[at..stop]
            .iter()
            .any(|t| t.quote().is_some() || counts && t.number || t.has(Class::AUXILIARY))
}

/// Whether unquoted words are too few to say anything: "the allegation", "it", but not "Ann Lee" or "to go".
pub(super) fn is_scrap(tokens: &[Token], content: &[Range<usize>]) -> bool {
    /// Words of the longest scrap.
    const LONGEST: usize = 2;
    let words = || content.iter().flat_map(|part| &tokens[part.clone()]);
    let says = |t: &Token| {
        t.capital
            || t.quote().is_some()
            || t.number
            || t.has(Class::AUXILIARY | Class::THAT | Class::TO | Class::WH)
    };
    words().filter(|t| t.is_word()).count() <= LONGEST && !words().any(says)
}

/// Whether unquoted words can be a clause: some words with a verb among them, as far as lists tell. In Cyrillic
/// they always can, since most verbs stand in no list.
pub(super) fn is_clause(tokens: &[Token], range: &Range<usize>) -> bool {
    /// So many words are hardly a phrase.
    const MANY: usize = 5;
    let words = || tokens[range.clone()].iter().filter(|t| t.is_word());
    // "He's leaning", and what a quotation says.
    let verb =
        |t: &Token| t.has(Class::AUXILIARY | Class::PAST | Class::GERUND) || t.cue.is_some() && !t.capital;
    if tokens[range.clone()].iter().any(|t| t.quote().is_some() || t.has(Class::CYRILLIC)) {
        return true;
    }
    // A name with its apposition is long too.
    let apposed = || tokens[range.clone()].iter().any(|t| t.is(','));
    words().skip(1).any(verb) || words().count() >= MANY && !apposed()
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
    while past_times < end && is_adverbial(tokens, past_times) {
        // "on Sunday"
        let dated = tokens[past_times].has(Class::PREPOSITION)
            && tokens.get(past_times + 1).is_some_and(|t| t.has(Class::TIME));
        if !dated && !tokens[past_times].has(Class::TIME | Class::ADVERB) {
            break;
        }
        past_times += 1;
    }
    for k in from..end.min(from + REACH) {
        if tokens[k].has(Class::THAT) {
            return Some(k);
        }
        // What follows is another's: "I hope in time Lee says, “Q”".
        if tokens[k].cue.is_some_and(|c| c.says() && matches!(c.form, Form::Past | Form::Third)) {
            return None;
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

/// The comma behind a time and a place that follow `from`, or `from` where none does.
pub(super) fn past_adverbials(tokens: &[Token], from: usize, end: usize) -> usize {
    /// The longest stretch of them, in tokens.
    const LONGEST: usize = 10;
    if from >= end || !is_adverbial(tokens, from) {
        return from;
    }
    let stop = end.min(from + LONGEST);
    let comma = (from..stop).find(|&k| tokens[k].is(','));
    let plain = |t: &Token| !t.has(Class::THAT | Class::AUXILIARY) && t.quote().is_none() && t.cue.is_none();
    comma.filter(|&comma| tokens[from..comma].iter().all(plain)).unwrap_or(from)
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
    // "asked him to go" asks for all of it.
    if let Some(sign) = sign {
        return Some(if tokens[sign].has(Class::TO) { from } else { sign });
    }
    // No sign: a pronoun or a name is the addressee, and content follows it.
    let mut at = from;
    let mut named = false;
    if tokens[at].has(Class::OBJECT) {
        at += 1;
    } else {
        // "told the AP"
        named = tokens[at].has(Class::THE) && tokens.get(at + 1).is_some_and(|t| t.capital);
        at += usize::from(named);
        while at < stop && (tokens[at].capital || tokens[at].kind == Kind::Clitic) {
            at += 1;
        }
    }
    // "told the Velm daily, a paper" has no more.
    let clause = |at: usize| {
        !named || tokens[at].has(Class::DETERMINER | Class::PRONOUN) || opens_clause(tokens, at, end, false)
    };
    (at > from && at < end && tokens[at].is_word() && !tokens[at].has(Class::PREPOSITION) && clause(at))
        .then_some(at)
}

/// Where content that starts at `from` stops.
fn end_of(tokens: &[Token], sentence: &Range<usize>, from: usize, frame: Frame) -> usize {
    let end = sentence.end;
    let says = matches!(frame, Frame::Say | Frame::Tell) || tokens[from].has(Class::THAT);
    let subordinate = tokens[sentence.start].has(Class::SUBORDINATOR);
    if tokens[from].quote().is_some()
        && from + 1 < end
        && (tokens[from].is_finished()
            || matches!(tokens[from + 1].kind, Kind::Punct(',' | ')'))
            || tokens[from + 1].is_dash())
    {
        return from + 1;
    }
    let mut brackets = usize::from(tokens[from].is('('));
    for k in from + 1..end {
        let token = &tokens[k];
        let Some(next) = tokens.get(k + 1).filter(|_| k + 1 < end) else { break };
        brackets += usize::from(token.is('('));
        brackets = brackets.saturating_sub(usize::from(token.is(')')));
        if brackets > 0 {
            continue;
        }
        if token.is(';') || token.is_dash() && next.cue.is_some_and(|c| c.form == Form::Participle) {
            return k;
        }
        if token.has(Class::CONJUNCTION) && starts_predicate(tokens, k + 1, end, says) {
            return k - usize::from(tokens[k - 1].is(',') && k - 1 > from);
        }
        // "believes the work, however, will go on"
        let inserted = |open: usize| {
            tokens[open].is(',')
                && tokens.get(open + 1).is_some_and(|t| t.has(Class::ADVERB))
                && tokens.get(open + 2).filter(|_| open + 3 < end).is_some_and(|t| t.is(','))
        };
        if token.is_comma() && !inserted(k) && !(k > from + 1 && inserted(k - 2)) {
            let participle = next.cue.is_some_and(|c| c.form == Form::Participle);
            let finite = next.cue.is_some_and(|c| c.says() && matches!(c.form, Form::Past | Form::Third))
                && is_clause(tokens, &(from..k));
            // ", Minister Ross said": another speaks.
            let other = tokens[k + 1..end.min(k + 6)].iter().position(|t| !t.capital || !t.is_word());
            let other = other.filter(|&at| at > 0).and_then(|at| tokens[k + 1 + at].cue);
            if other.is_some_and(|c| c.says() && c.form != Form::Participle) && is_clause(tokens, &(from..k))
            {
                return k;
            }
            // "with Bosnian, Bulgarian or Albanian roots"
            let list = tokens[k + 1..end.min(k + 4)].iter().skip(1).any(|t| t.has(Class::CONJUNCTION));
            if list && !says {
                continue;
            }
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
