//! What Russian, Kazakh, Ukrainian and German attribute in ways that English doesn't.
//!
//! The verbs of saying and the function words of both are in the lexicon, so that `«Q», — сказал S`,
//! `S заявил, что C` and `«Q», — деді S` go the common way. Here is the rest: `по словам S, C`,
//! `laut S C`, `C, so S` and `S айтуынша, C`.

use std::ops::Range;

use super::{Attribution, content, source};
use crate::languages::class::Class;
use crate::quotes::token::Token;

/// The attribution whose cue stands at `at`, if it has one of these forms.
pub(super) fn attribution(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    if tokens[at].has(Class::IN_WORDS) {
        in_words_of(tokens, sentence, at)
    } else if tokens[at].has(Class::LAUT) {
        laut(tokens, sentence, at)
    } else if tokens[at].has(Class::BEHIND) {
        behind(tokens, sentence, at)
    } else if tokens[at].has(Class::BY_SAYING) {
        by_saying(tokens, sentence, at)
    } else {
        None
    }
}

/// `По словам S, C` and `C, по словам S`.
fn in_words_of(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    let start = at.checked_sub(1).filter(|&k| k >= sentence.start && tokens[k].has(Class::PREPOSITION))?;
    let source = up_to_comma(tokens, named(tokens, at + 1, sentence.end)?, sentence.end);
    if start <= sentence.start + 1 {
        let content = behind_comma(tokens, source.end, sentence.end)?;
        return Some(Attribution::one(content, start..at + 1, Some(source)));
    }
    // "Мост, по словам мэра, закрыт"
    let goes_on = tokens.get(source.end + 1).is_some_and(|t| !t.has(Class::WHO | Class::RELATIVE));
    let resumed = content::resumed(tokens, source.end, sentence.end, false).filter(|_| goes_on);
    let content = std::iter::once(content::before(tokens, sentence.start, start)).chain(resumed).collect();
    Some(Attribution { content, cue: Some(start..at + 1), source: Some(source) })
}

/// The source up to the comma that closes it in Russian, where only a place stands between: "по словам главы штаба в Омске,".
fn up_to_comma(tokens: &[Token], source: Range<usize>, end: usize) -> Range<usize> {
    /// The longest such place, in tokens.
    const LONGEST: usize = 6;
    let stop = end.min(source.end + LONGEST);
    let comma = (source.end..stop).find(|&k| tokens[k].is(','));
    let place = |t: &Token| {
        t.is_word() && t.cue.is_none() && !t.has(Class::FINITE | Class::AUXILIARY | Class::PRONOUN)
    };
    let placed = |comma: &usize| {
        tokens[source.end..*comma].iter().all(place) && tokens[source.end].has(Class::PREPOSITION)
    };
    source.start..comma.filter(placed).unwrap_or(source.end)
}

/// `Laut S C` and `C, laut S`.
fn laut(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    let source = named(tokens, at + 1, sentence.end)?;
    let content = if at > sentence.start + 1 {
        content::before(tokens, sentence.start, at)
    } else {
        behind_comma(tokens, source.end, sentence.end)?
    };
    Some(Attribution::one(content, at..at + 1, Some(source)))
}

/// `C, so S` at the end of a clause.
fn behind(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    content::ends_before(tokens, sentence.start, at)?;
    let source = named(tokens, at + 1, sentence.end)?;
    let ends = source.end == sentence.end || tokens[source.end].is(',');
    let content = content::before(tokens, sentence.start, at);
    ends.then(|| Attribution::one(content, at..at + 1, Some(source)))
}

/// `S айтуынша, C`.
fn by_saying(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    let source = source::phrase_left(tokens, sentence.start, at)?;
    let content = behind_comma(tokens, at + 1, sentence.end)?;
    Some(Attribution::one(content, at..at + 1, Some(source)))
}

/// The source that starts at `from`. German sets no comma behind it, but writes nouns with a capital: the phrase ends
/// with the first of them and what belongs to it, `laut einer Studie der Universität Velm steigen …`.
fn named(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let from = from + usize::from(tokens.get(from).is_some_and(|t| t.has(Class::BRIDGE)));
    let phrase = source::phrase_right(tokens, from, to)?;
    if tokens[from].has(Class::CYRILLIC) {
        return Some(phrase);
    }
    let Some(noun) = phrase.clone().find(|&k| tokens[k].capital) else { return Some(phrase) };
    let goes_on = |k: &usize| {
        let article = tokens[*k].has(Class::DETERMINER) && tokens.get(k + 1).is_some_and(|t| t.capital);
        tokens[*k].capital || article
    };
    let end = (noun + 1..phrase.end).take_while(goes_on).last().map_or(noun + 1, |last| last + 1);
    Some(phrase.start..end)
}

fn behind_comma(tokens: &[Token], at: usize, end: usize) -> Option<Range<usize>> {
    let mut start = at + usize::from(tokens.get(at).is_some_and(|t| t.is(',')));
    // "по словам мэра, которого цитирует «Заря», C"
    if start > at && tokens.get(start).is_some_and(|t| t.has(Class::RELATIVE)) {
        start = (start..end).find(|&k| tokens[k].is(','))? + 1;
    }
    (start < end).then_some(start..end)
}
