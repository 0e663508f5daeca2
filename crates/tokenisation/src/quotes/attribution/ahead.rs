//! `S V C`: what a verb attributes that stands behind it.

use std::ops::Range;

use super::{Attribution, content, cue_end, source, verbal};
use crate::languages::class::Class;
use crate::languages::speech::{Cue, Form, Frame};
use crate::quotes::token::Token;

/// `S V C`: the verb at `at` attributes what follows. `subject` is the last source of the sentence.
pub(super) fn ahead(
    text: &str,
    tokens: &[Token],
    sentence: Range<usize>,
    at: usize,
    subject: Option<&Range<usize>>,
) -> Option<Attribution> {
    if tokens[at].has(Class::VERB_LAST) {
        return None;
    }
    if at == sentence.start && tokens[at].cue.is_some_and(|c| c.frame == Frame::Say && c.form == Form::Past) {
        return opened(tokens, sentence, at);
    }
    let cue = verbal(text, tokens, sentence.start, at)?;
    if cue.form == Form::Participle {
        return participle(text, tokens, sentence, at, cue, subject);
    }
    let left = source::left(tokens, sentence.start, at);
    let passive = cue.form == Form::Past && left.as_ref().is_some_and(|l| is_passive(tokens, l.cue..at));
    let quoted = || tokens[at..sentence.end].iter().any(|t| t.quote().is_some());
    if passive && (cue.active || matches!(cue.frame, Frame::Stance | Frame::Call) && !quoted()) {
        return None;
    }
    if passive {
        return impersonal(tokens, sentence, at, cue, left?);
    }
    // "The email goes on to say"
    if at >= sentence.start + 4
        && tokens[at - 1].has(Class::TO)
        && tokens[at - 2].has(Class::PARTICLE)
        && tokens[at - 3].has(Class::PHRASAL_VERB)
        && let Some(left) = source::left(tokens, sentence.start, at - 3)
    {
        let (end, content) = content::after(tokens, &sentence, at + 1, cue)?;
        return Some(Attribution::one(content, left.cue..end, Some(left.source)));
    }
    if at > sentence.start && tokens[at - 1].has(Class::TO) {
        let source = subject.cloned().or_else(|| source::subject(tokens, sentence.start, at - 1))?;
        let (end, content) = content::after(tokens, &sentence, at + 1, cue)?;
        return Some(Attribution::one(content, at..end, Some(source)));
    }
    let (source, start) = match left {
        Some(left) => (left.source, left.cue),
        // The subject stands far off, and its case does not tell it from the rest.
        None if tokens[at].has(Class::CYRILLIC) && subject.is_none() => {
            let (end, content) = content::after(tokens, &sentence, cue_end(tokens, at), cue)?;
            let quoted = tokens[content.start].quote().is_some();
            return quoted.then(|| Attribution::one(content, at..end, None));
        }
        None if follows_conjunction(tokens, sentence.start, at) => {
            (subject.cloned().or_else(|| source::subject(tokens, sentence.start, at))?, at)
        }
        None => return None,
    };
    // "a play called “Brokers”" has a title, not words of anybody's.
    let nobody = source.len() == 1 && tokens[source.start].has(Class::YOU);
    if nobody && tokens.get(at + 1).is_none_or(|t| t.quote().is_none()) {
        return None;
    }
    let a_thing = cue.frame == Frame::Call && tokens[source.start].has(Class::A);
    if a_thing && start == at && tokens.get(at + 1).is_some_and(|t| t.quote().is_some()) {
        return None;
    }
    // "a man named Roe said": the verb is another.
    let behind = (at + 1..sentence.end)
        .find(|&k| !tokens[k].capital && !tokens[k].has(Class::ADVERB))
        .filter(|&k| k > at + 1);
    let reduced = behind.is_some_and(|k| {
        let verb = tokens[k].cue.is_some_and(|c| c.form == Form::Past);
        verb || tokens[k].has(Class::AUXILIARY | Class::PAST)
    });
    if reduced && start == at && !cue.says() && cue.form == Form::Past && cue.frame != Frame::Hold {
        return None;
    }
    let (end, content) = content::after(tokens, &sentence, cue_end(tokens, at), cue)?;
    let relative = relative_before(tokens, &sentence, source.start, content.start);
    // "a group which, Lee said, is small, took up arms": what is said ends with the relative clause.
    let who = source.len() == 1 && tokens[source.start].has(Class::WHO | Class::RELATIVE);
    let ends = |t: &Token| relative.is_some() && t.is(',') || who && t.is_dash();
    let comma = content.clone().find(|&k| ends(&tokens[k]));
    let content = content.start..comma.filter(|&comma| comma > content.start).unwrap_or(content.end);
    let content = relative.into_iter().chain([content]).collect();
    Some(Attribution { content, cue: Some(start..end), source: Some(source) })
}

/// `V S, Q`, where the verb opens the sentence: "Said Ann Lee, a farmer, “…”".
fn opened(tokens: &[Token], sentence: Range<usize>, at: usize) -> Option<Attribution> {
    let source = source::right(tokens, at + 1, sentence.end)?;
    let mark = tokens.get(source.end).filter(|t| t.is(',') || t.is(':') || t.quote().is_some())?;
    let quote = source.end + usize::from(mark.quote().is_none());
    tokens.get(quote).filter(|_| quote < sentence.end)?.quote()?;
    Some(Attribution::one(quote..quote + 1, at..at + 1, Some(source)))
}

/// `what S calls …`, `which S said was …`: the pronoun is part of the content.
fn relative_before(
    tokens: &[Token],
    sentence: &Range<usize>,
    source: usize,
    content: usize,
) -> Option<Range<usize>> {
    let before = source.checked_sub(1).filter(|&k| k >= sentence.start)?;
    let verb_next = tokens.get(content).is_some_and(|t| t.has(Class::AUXILIARY));
    let fits = tokens[before].has(Class::WHAT) || verb_next && tokens[before].has(Class::RELATIVE);
    fits.then_some(before..before + 1)
}

/// Whether the verb shares the subject of one before it: "and then said".
fn follows_conjunction(tokens: &[Token], from: usize, verb: usize) -> bool {
    (from..verb)
        .rev()
        .find(|&k| !tokens[k].has(Class::ADVERB | Class::AUXILIARY))
        .is_some_and(|k| tokens[k].has(Class::CONJUNCTION) || k + 1 < verb && tokens[k].is(','))
}

/// `…, V-ing C`, by the subject of the sentence, and `N V-ing C`, by the noun before it.
fn participle(
    text: &str,
    tokens: &[Token],
    sentence: Range<usize>,
    at: usize,
    cue: Cue,
    subject: Option<&Range<usize>>,
) -> Option<Attribution> {
    let before = at.checked_sub(1).filter(|&k| k >= sentence.start).map(|k| &tokens[k]);
    // "a memorandum of understanding on trade"
    let between = before
        .zip(tokens.get(at + 1))
        .is_some_and(|(b, n)| b.has(Class::PREPOSITION) && n.has(Class::PREPOSITION) && !n.has(Class::TO));
    if between && cue.frame == Frame::Hold {
        return None;
    }
    let loose =
        before.is_none_or(|b| b.is(',') || b.is_dash() || b.quote().is_some() || b.has(Class::CONJUNCTION));
    let (source, start) = if loose {
        let own =
            || source::subject(tokens, sentence.start, at).map(|s| source::with_apposition(tokens, s, at));
        (subject.cloned().or_else(own), at)
    } else {
        match source::left(tokens, sentence.start, at) {
            Some(left) if names(text, tokens, &left.source) => {
                // "our design thinking over the years" is a noun.
                let clause = || {
                    tokens
                        .get(at + 1)
                        .is_some_and(|t| t.has(Class::THAT | Class::TO | Class::WH) || t.quote().is_some())
                };
                if cue.frame == Frame::Hold && !tokens[left.source.start].capital && !clause() {
                    return None;
                }
                (Some(left.source), left.cue)
            }
            Some(_) => return None,
            // "said answering a question"
            None if before.is_some_and(|b| b.cue.is_some()) => return None,
            None => (subject.cloned().or_else(|| source::subject(tokens, sentence.start, at)), at),
        }
    };
    let (end, content) = content::after(tokens, &sentence, cue_end(tokens, at), cue)?;
    // "It starts with understanding their history" is about nobody.
    let held = cue.frame != Frame::Hold || tokens[content.start].has(Class::THAT);
    (source.is_some() || held).then(|| Attribution::one(content, start..end, source))
}

/// Whether a phrase can be somebody: a name, a plural, or what an article opens; "political" can't.
fn names(text: &str, tokens: &[Token], phrase: &Range<usize>) -> bool {
    let first = &tokens[phrase.start];
    let last = &tokens[phrase.end - 1];
    !first.has(Class::IT)
        && (first.capital
            || first.has(Class::DETERMINER | Class::PRONOUN | Class::WHO)
            || text[last.bytes.clone()].ends_with('s'))
}

/// Whether the verb behind these tokens is passive.
pub(super) fn is_passive(tokens: &[Token], between: Range<usize>) -> bool {
    between.rev().find(|&k| !tokens[k].has(Class::ADVERB)).is_some_and(|k| tokens[k].has(Class::BE))
}

/// `X is expected to …`: the subject and what is said of it are the content, and nobody is
/// named who says it. `X was asked …` says who was asked, not who did.
fn impersonal(
    tokens: &[Token],
    sentence: Range<usize>,
    at: usize,
    cue: Cue,
    left: source::Left,
) -> Option<Attribution> {
    let (end, content) = content::after(tokens, &sentence, cue_end(tokens, at), cue)?;
    // "No injuries have been reported" gives nobody's words.
    let said = tokens[content.clone()]
        .iter()
        .any(|t| t.has(Class::TO | Class::THAT | Class::WH) || t.quote().is_some());
    if cue.frame != Frame::Tell && !said {
        return None;
    }
    let content = if cue.frame == Frame::Tell { vec![content] } else { vec![left.source, content] };
    Some(Attribution { content, cue: Some(left.cue..end), source: None })
}
