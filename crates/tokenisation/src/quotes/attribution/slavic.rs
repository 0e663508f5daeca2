//! Sources in Russian and Ukrainian, where cases tell the subject and its place tells nothing.
//!
//! Between a verb and its subject may stand whom it was said to, where and when: `сказал в интервью РБК старший
//! директор Иван Рудин`. What can't be a subject, by its ending or by a preposition, is passed over.

use std::ops::Range;

use super::source::{self, Left};
use crate::languages::class::Class;
use crate::languages::speech::Form;
use crate::quotes::token::Token;

/// The longest stretch that is passed over beside a verb, in tokens.
const REACH: usize = 14;

/// The most verbs that share a subject before the one that attributes.
const CHAIN: usize = 2;

/// The longest apposition, in tokens.
const LONGEST_APPOSITION: usize = 20;

/// The subject before the verb at `verb`. What starts in a case that no subject has is none.
pub(super) fn left(tokens: &[Token], from: usize, verb: usize) -> Option<Left> {
    subject_left(tokens, from, verb, CHAIN).filter(|left| {
        let first = &tokens[left.source.start];
        first.capital
            || first.has(Class::PRONOUN | Class::WHO)
            || !first.has(Class::OBLIQUE | Class::GENITIVE)
    })
}

fn subject_left(tokens: &[Token], from: usize, verb: usize, chain: usize) -> Option<Left> {
    let (mut at, mut cue) = (verb, verb);
    let floor = from.max(verb.saturating_sub(REACH));
    while at > floor {
        let token = &tokens[at - 1];
        if token.has(Class::AUXILIARY) && cue == at {
            at -= 1;
            cue = at;
        } else if aside(token) {
            at -= 1;
        } else if let Some((place, phrase)) = place_left(tokens, floor, at) {
            if place == from || place > from && tokens[place - 1].is(',') {
                let subject = in_opening(tokens, phrase, verb);
                return subject.map(|source| Left { source, cue });
            }
            at = place;
        } else {
            break;
        }
    }
    if at == from {
        return None;
    }
    let last = &tokens[at - 1];
    if last.has(Class::PRONOUN | Class::WHO) {
        return Some(Left { source: at - 1..at, cue });
    }
    // "Министр встал и сказал"
    if last.has(Class::CONJUNCTION) && at >= from + 2 {
        let before = &tokens[at - 2];
        let verb = chain > 0 && !before.capital && (before.has(Class::FINITE) || before.cue.is_some());
        let first = verb.then(|| subject_left(tokens, from, at - 2, chain - 1)).flatten();
        return first.map(|left| Left { cue, ..left });
    }
    if last.is_comma() {
        let source = source::apposition_left(tokens, from, at)?;
        let end = source.end - usize::from(tokens[source.end - 1].is(','));
        return Some(Left { source: source.start..end, cue });
    }
    if last.is_dash() {
        return source::between_dashes(tokens, from, at).map(|source| Left { source, cue });
    }
    let mut source = source::phrase_left(tokens, from, at)?;
    // "Ранее мэр сказал"
    while source.len() > 1
        && tokens[source.start].has(Class::ADVERB)
        && !tokens[source.start].has(Class::PRONOUN)
    {
        source.start += 1;
    }
    Some(Left { source, cue })
}

/// The subject in a phrase behind a preposition that opens the clause, or the place itself where the verb names nobody:
/// `В интервью газете министр сказал`, `В своих речах Рудин сказал`, `В мэрии сообщили`.
fn in_opening(tokens: &[Token], phrase: Range<usize>, verb: usize) -> Option<Range<usize>> {
    let end = phrase.end;
    if let Some(start) = (phrase.start + 1..end).find(|&k| starts_subject(&tokens[k])) {
        return Some(start..end);
    }
    let place = phrase.len() == 1 || tokens[phrase.clone()].iter().any(|t| t.capital || t.has(Class::BODY));
    if tokens[verb].has(Class::OF_MANY) && tokens[phrase.start - 1].has(Class::IN) && place {
        return Some(phrase);
    }
    let mut start = end - 1;
    while start > phrase.start + 1 && tokens[start].capital && tokens[start - 1].capital {
        start -= 1;
    }
    (start > phrase.start).then_some(start..end)
}

/// What is said without a remark of the writer's at its end: `Мост закрыт, в частности`.
pub(super) fn without_aside(tokens: &[Token], said: Range<usize>) -> Range<usize> {
    /// The longest remark, in tokens.
    const LONGEST: usize = 3;
    let floor = said.start.max(said.end.saturating_sub(LONGEST + 1));
    let comma = (floor..said.end)
        .rev()
        .find(|&k| !tokens[k].is_word())
        .filter(|&k| tokens[k].is(',') && k > said.start);
    let aside = |comma: &usize| comma + 2 < said.end && tokens[comma + 1].has(Class::PREPOSITION);
    said.start..comma.filter(aside).unwrap_or(said.end)
}

/// Whether words can be what somebody said, rather than who it was: an office and a name are no clause.
pub(super) fn is_clause(tokens: &[Token], said: &Range<usize>) -> bool {
    let words = || tokens[said.clone()].iter().filter(|t| t.is_word());
    let somebody =
        words().any(|t| t.has(Class::TITLE) && !t.has(Class::OBLIQUE)) && tokens[said.end - 1].capital;
    let verb = words().any(|t| t.has(Class::FINITE | Class::AUXILIARY));
    words().count() > 1 && !is_of_this(tokens, said) && (verb || !somebody && words().any(|t| !t.capital))
}

/// Whether words are `об этом` with when and where, which stands for what was said before.
fn is_of_this(tokens: &[Token], said: &Range<usize>) -> bool {
    said.len() > 1 && tokens[said.start].has(Class::ABOUT) && tokens[said.start + 1].has(Class::IT)
}

/// `Об этом сообщил S`: who said what the sentence before says.
pub(super) fn of_this(tokens: &[Token], sentence: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    if !is_of_this(tokens, sentence) {
        return None;
    }
    let says =
        |k: &usize| !tokens[*k].capital && tokens[*k].cue.is_some_and(|c| c.says() && c.form == Form::Past);
    let verb = (sentence.start + 2..sentence.end).find(says)?;
    if tokens[verb..sentence.end].iter().any(|t| t.is(':') || t.has(Class::THAT_AFTER_COMMA)) {
        return None;
    }
    // "Об этом министр сообщил журналистам"
    let before = || {
        let named = |s: &Range<usize>| {
            tokens[s.clone()].iter().any(|t| t.capital || t.has(Class::PRONOUN | Class::TITLE))
        };
        left(tokens, sentence.start + 2, verb).map(|l| l.source).filter(named)
    };
    let source = before().or_else(|| right(tokens, verb + 1, sentence.end))?;
    Some((verb..verb + 1, source))
}

/// The comma before `о чем` that the verb at `at` follows: `Дом сгорел, о чем сообщил S`.
pub(super) fn of_which(tokens: &[Token], from: usize, at: usize) -> Option<usize> {
    let mut before = at;
    while before > from && tokens[before - 1].has(Class::ADVERB) {
        before -= 1;
    }
    let comma = before.checked_sub(3).filter(|&k| k > from)?;
    let opens = tokens[comma].is(',')
        && tokens[comma + 1].has(Class::ABOUT)
        && tokens[comma + 2].has(Class::WH)
        && !tokens[comma + 2].has(Class::THAT_AFTER_COMMA);
    opens.then_some(comma)
}

/// Whether a word beside a verb is no part of its subject: an adverb, a time, whom it was said to.
fn aside(token: &Token) -> bool {
    let addressed = !token.capital
        && token.has(Class::OBLIQUE)
        && !token.has(Class::PREPOSITION | Class::CONJUNCTION | Class::BODY | Class::TITLE);
    token.is_word()
        && (token.has(Class::ADVERB | Class::OBJECT | Class::TIME) || addressed)
        && !token.has(Class::PRONOUN)
}

/// Where a place or an occasion with its preposition starts that ends just before `at`, and its words without that:
/// `в интервью «Заре»`.
fn place_left(tokens: &[Token], floor: usize, at: usize) -> Option<(usize, Range<usize>)> {
    let outlet = usize::from(at > floor && tokens[at - 1].quote().is_some() && !tokens[at - 1].is_finished());
    let phrase = source::phrase_left(tokens, floor, at - outlet)?;
    let preposition = phrase.start.checked_sub(1).filter(|&k| k >= floor)?;
    tokens[preposition].has(Class::PREPOSITION).then_some((preposition, phrase))
}

/// The subject behind the verb that ends before `from`, with its apposition.
pub(super) fn right(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let stop = to.min(from + REACH);
    let mut at = from;
    while at < stop && !starts_subject(&tokens[at]) {
        if aside(&tokens[at]) || tokens[at].quote().is_some() && !tokens[at].capital_sentence() {
            at += 1;
        } else if tokens[at].has(Class::PREPOSITION) {
            at = behind_place(tokens, from, at, stop)?;
        } else {
            break;
        }
    }
    // "пишет «Заря»"
    let closes = |k: usize| k >= to || !tokens[k].is_word() && tokens[k].quote().is_none();
    if at > from && tokens[at - 1].quote().is_some() && closes(at) {
        return (at == from + 1).then_some(from..at);
    }
    let first = tokens.get(at).filter(|t| at < stop && t.is_word())?;
    if first.has(Class::PREPOSITION | Class::CONJUNCTION | Class::SUBORDINATOR) && !first.capital {
        return None;
    }
    if first.has(Class::PRONOUN) {
        return Some(at..at + 1);
    }
    let phrase = source::phrase_right(tokens, at, to)?;
    // "сообщил ТАСС директор завода"
    let office = phrase.clone().skip(1).find(|&k| {
        let shows = tokens[k].has(Class::TITLE | Class::NOMINATIVE) && !tokens[k].has(Class::OBLIQUE);
        shows
            && !tokens[k].capital
            && tokens[phrase.start..k].iter().all(|t| t.capital && !t.has(Class::TITLE))
    });
    let phrase = whole(tokens, office.unwrap_or(phrase.start)..phrase.end, to);
    // "в министерстве труда и спорта,"
    let (and, next) = (tokens.get(phrase.end), tokens.get(phrase.end + 1));
    let pair = at > from
        && tokens[at - 1].has(Class::PREPOSITION)
        && and.is_some_and(|t| t.has(Class::CONJUNCTION))
        && next.is_some_and(|t| t.is_word() && !t.has(Class::FINITE) && t.cue.is_none())
        && tokens.get(phrase.end + 2).is_some_and(|t| t.is(','));
    if pair {
        return Some(phrase.start..phrase.end + 2);
    }
    Some(with_apposition(tokens, phrase, to))
}

/// Whether a word shows that the subject starts with it.
fn starts_subject(token: &Token) -> bool {
    let role = token.has(Class::TITLE | Class::BODY) && !token.has(Class::OBLIQUE);
    token.is_word()
        && (token.has(Class::PRONOUN) && !token.has(Class::OBJECT)
            || role
            || token.has(Class::NOMINATIVE)
            || token.capital && token.has(Class::GIVEN))
}

/// Where the subject starts behind a place or an occasion whose preposition stands at `at`: with the first word that
/// shows it, or else with the last name. `сообщили в МЧС`: with the place, if the verb names nobody.
fn behind_place(tokens: &[Token], from: usize, at: usize, stop: usize) -> Option<usize> {
    let ends = |t: &Token| !t.is_word() && t.quote().is_none();
    let end = (at + 1..stop).find(|&k| ends(&tokens[k])).unwrap_or(stop);
    let shown = (at + 2..end).find(|&k| starts_subject(&tokens[k]) && !tokens[k - 1].has(Class::PREPOSITION));
    let many = from.checked_sub(1).is_some_and(|verb| tokens[verb].has(Class::OF_MANY));
    if many
        && tokens[at].has(Class::IN)
        && shown.is_none_or(|k| !tokens[k].has(Class::PRONOUN | Class::GIVEN))
    {
        return (at + 1 < end).then_some(at + 1);
    }
    let name = || {
        let mut start = end;
        while start > at + 2 && tokens[start - 1].is_word() && tokens[start - 1].capital {
            start -= 1;
        }
        (start < end && !tokens[start - 1].has(Class::PREPOSITION)).then_some(start)
    };
    shown.or_else(name)
}

/// The phrase, up to whom it was said to and to what is no part of a name, and over the name of a firm inside it:
/// `глава компании «Заря» Иван Рудин`.
fn whole(tokens: &[Token], phrase: Range<usize>, to: usize) -> Range<usize> {
    let foreign = |k: usize| {
        let latin = |t: &Token| !t.has(Class::CYRILLIC) && !t.number;
        latin(&tokens[k]) && tokens[k - 1].capital && !latin(&tokens[k - 1])
    };
    let stops = |k: usize| {
        let token = &tokens[k];
        aside(token) && !token.has(Class::TITLE) || token.has(Class::OBJECT) || foreign(k)
    };
    let end = (phrase.start + 1..phrase.end).find(|&k| stops(k)).unwrap_or(phrase.end);
    let firm = end == phrase.end
        && end + 1 < to
        && !tokens[end - 1].capital
        && tokens[end].quote().is_some()
        && !tokens[end].is_finished()
        && tokens[end + 1].capital;
    if firm && let Some(name) = source::phrase_right(tokens, end + 1, to) {
        return phrase.start..(name.start + 1..name.end).find(|&k| stops(k)).unwrap_or(name.end);
    }
    // "газета «Заря»"
    let titled =
        end == phrase.end && end < to && !tokens[end - 1].capital && tokens[end - 1].has(Class::BODY);
    if titled && tokens[end].quote().is_some() && !tokens[end].is_finished() {
        return phrase.start..end + 1;
    }
    phrase.start..end
}

/// The phrase with the name or the office that follows it between commas, or up to the end.
fn with_apposition(tokens: &[Token], phrase: Range<usize>, to: usize) -> Range<usize> {
    let open = phrase.end;
    let opens = |k: usize| {
        let token = &tokens[k];
        let role = |t: &Token| t.has(Class::TITLE) && !t.has(Class::OBLIQUE);
        let never = Class::PARTICIPLE
            | Class::GERUND
            | Class::FINITE
            | Class::RELATIVE
            | Class::PRONOUN
            | Class::CONJUNCTION
            | Class::PREPOSITION
            | Class::SUBORDINATOR
            | Class::OBLIQUE
            | Class::ADVERB
            | Class::NOMINATIVE
            | Class::DETERMINER;
        let described = token.has(Class::NOMINATIVE) && tokens.get(k + 1).is_some_and(role);
        token.is_word()
            && (described || role(token) || !token.has(never) && (token.capital || token.cue.is_none()))
    };
    if open + 1 >= to || !tokens[open].is(',') || !opens(open + 1) {
        return phrase;
    }
    let stop = to.min(open + 1 + LONGEST_APPOSITION);
    let ends = |t: &Token| !t.is_word() && (t.quote().is_none() || t.is_finished());
    let end = (open + 1..stop).find(|&k| ends(&tokens[k])).unwrap_or(stop);
    // A plain noun is one only at the end; before more it may open what was said.
    let named = tokens[open + 1].capital || tokens[open + 1].has(Class::TITLE | Class::NOMINATIVE);
    let closed = end == to || tokens[end].is('.') || named && (tokens[end].is(',') || tokens[end].is_dash());
    let clause = tokens[open + 1..end].iter().any(|t| t.has(Class::FINITE) || t.cue.is_some() && !t.capital);
    if closed && !clause { phrase.start..end } else { phrase }
}

/// Where the words start that stand between the dash behind a quotation and its verb at `verb`, if no subject is among
/// them: `«Q», — с поклоном сказал S`.
pub(super) fn behind_dash(tokens: &[Token], from: usize, verb: usize) -> Option<usize> {
    let floor = from.max(verb.saturating_sub(REACH));
    let dash = (floor..verb)
        .rev()
        .take_while(|&k| tokens[k].is_word() || tokens[k].is_dash())
        .find(|&k| tokens[k].is_dash())?;
    let first = tokens.get(dash + 1).filter(|_| dash + 1 < verb)?;
    let told = first.has(Class::PREPOSITION | Class::ADVERB | Class::TIME | Class::OBJECT);
    let subject =
        tokens[dash + 1..verb].iter().any(|t| t.has(Class::PRONOUN) || t.has(Class::GIVEN) && t.capital);
    (told && !subject).then_some(dash + 1)
}
