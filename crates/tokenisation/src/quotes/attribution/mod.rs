//! From the tokens of a sentence to attributions: which words, by which cue, from whom.
//!
//! The shapes, in the order in which they are tried. Q is a quotation, C unquoted content, S a source,
//! V a verb that attributes:
//!
//! 1. behind the content: `Q S V`, `Q V S`, `C, S V`, with what goes on after it, `Q, S V, Q`;
//! 2. `according to S, C` and `C, according to S`;
//! 3. before the content: `S V: Q`, `S V (that) C`, `S V addressee (that) C`, and participles, `…, V-ing C`.
//!
//! The first two are sure enough to claim their words; cues of the third kind count outside those only.

mod according;
mod ahead;
mod content;
mod eastern;
mod kazakh;
mod slavic;
pub(super) mod source;

use std::ops::Range;

use self::according::according;
use self::ahead::{ahead, is_passive};
use super::token::{Kind, Token};
use crate::languages::class::Class;
use crate::languages::page;
use crate::languages::speech::{Cue, Form, Frame};
use crate::text::fold::fold;

/// Words with their cue and source, as ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribution {
    /// What was said; more than one range where the cue interrupts it.
    pub content: Vec<Range<usize>>,
    /// The cue.
    pub cue: Option<Range<usize>>,
    /// Who said it.
    pub source: Option<Range<usize>>,
}

impl Attribution {
    /// Words in one piece, with their cue.
    pub fn one(content: Range<usize>, cue: Range<usize>, source: Option<Range<usize>>) -> Self {
        Self { content: std::iter::once(content).collect(), cue: Some(cue), source }
    }

    /// All the tokens it takes up.
    fn extent(&self) -> Range<usize> {
        let parts = || self.content.iter().chain(&self.cue).chain(&self.source);
        let start = parts().map(|r| r.start).min().unwrap_or(0);
        start..parts().map(|r| r.end).max().unwrap_or(0)
    }
}

/// The attributions of one sentence, `tokens[sentence]`, in the order of their first words.
pub(super) fn of_sentence(
    text: &str,
    tokens: &[Token],
    sentence: Range<usize>,
    headline: bool,
) -> Vec<Attribution> {
    let sentence = trimmed(tokens, &sentence);
    if let Some(found) = labelled(text, tokens, &sentence, headline) {
        return vec![found];
    }
    if let Some(found) = signed(tokens, &sentence) {
        return vec![found];
    }
    let mut out: Vec<Attribution> = Vec::new();
    let mut from = sentence.start;
    for at in sentence.clone() {
        if at < from {
            continue;
        }
        let rest = from..sentence.end;
        // Where the verb stands last, its own rules know all of its places.
        if tokens[at].has(Class::VERB_LAST) {
            if let Some(found) = kazakh::attribution(tokens, &rest, at) {
                from = found.extent().end.max(at + 1);
                out.push(found);
            }
            continue;
        }
        if let Some(found) = eastern::attribution(tokens, &rest, at)
            .or_else(|| label_before_quote(text, tokens, &rest, at))
            .or_else(|| as_said(text, tokens, rest.clone(), at))
            .or_else(|| behind(text, tokens, rest.clone(), at))
            .or_else(|| according(tokens, &sentence, rest, at))
        {
            from = found.extent().end.max(at + 1);
            out.push(found);
        }
    }
    // However many quotations a sentence has, it is read once: what is claimed is walked beside the tokens.
    let claimed: Vec<(Range<usize>, Option<Range<usize>>)> =
        out.iter().map(|a| (a.extent(), a.source.clone())).collect();
    let mut taken = claimed.into_iter().peekable();
    let (mut covered, mut inner) = (sentence.start, sentence.start);
    let mut subject = None;
    for at in sentence.clone() {
        while let Some((_, source)) = taken.next_if(|(extent, _)| extent.end <= at) {
            subject = source.or(subject);
        }
        if at < covered || taken.peek().is_some_and(|(extent, _)| extent.contains(&at)) {
            continue;
        }
        let end = taken.peek().map_or(sentence.end, |(extent, _)| extent.start);
        let found = ahead(text, tokens, sentence.start..end, at, subject.as_ref());
        // In what somebody holds or supports, somebody may yet be quoted: "criticised Lee, who said “no”".
        let found = found.filter(|f| !content::is_scrap(tokens, &f.content));
        if let Some(found) = found.filter(|f| at >= inner || speaks(tokens, f, at)) {
            let whole = tokens[at].cue.is_none_or(Cue::says);
            covered = if whole { found.extent().end } else { at }.max(at + 1);
            inner = found.extent().end.max(inner);
            subject = found.source.clone().or(subject);
            out.push(found);
        }
    }
    out.extend(after_colon(text, tokens, &sentence, &out));
    out.sort_by_key(|a| a.extent().start);
    out
}

/// Whether a verb of saying at `at` attributes a quotation and nothing but.
fn speaks(tokens: &[Token], found: &Attribution, at: usize) -> bool {
    let quoted = |r: &Range<usize>| tokens[r.clone()].iter().all(|t| t.quote().is_some());
    tokens[at].cue.is_some_and(Cue::says)
        && found.content.iter().all(quoted)
        && found.content.iter().any(|r| tokens[r.start].capital)
}

/// A sentence without its final punctuation.
pub(super) fn trimmed(tokens: &[Token], sentence: &Range<usize>) -> Range<usize> {
    let mut end = sentence.end;
    while end > sentence.start && matches!(tokens[end - 1].kind, Kind::Punct('.' | '?' | '!')) {
        end -= 1;
    }
    sentence.start..end
}

/// What a sentence says that a quotation opens: the quotation alone where it ends as a sentence, else all of it.
pub(super) fn spoken(tokens: &[Token], sentence: &Range<usize>) -> Range<usize> {
    let whole = trimmed(tokens, sentence);
    let quoted = tokens[whole.clone()].iter().take_while(|t| t.quote().is_some()).count();
    let finished = quoted > 0 && tokens[whole.start + quoted - 1].last.is_some_and(|c| ".?!…".contains(c));
    whole.start..if finished { whole.start + quoted } else { whole.end }
}

/// `S: C`, a headline or a turn of a transcript.
fn labelled(text: &str, tokens: &[Token], sentence: &Range<usize>, headline: bool) -> Option<Attribution> {
    const LONGEST_LABEL: usize = 8;
    let stop = sentence.end.min(sentence.start + LONGEST_LABEL);
    let colon = (sentence.start + 1..stop).find(|&k| tokens[k].is(':'))?;
    let source = source::phrase_right(tokens, sentence.start, colon).filter(|s| s.end == colon)?;
    if is_prompt(text, tokens, &source) {
        return None;
    }
    let shouted = || {
        text[tokens[sentence.start].bytes.start..tokens[colon - 1].bytes.end]
            .chars()
            .filter(|c| c.is_alphabetic())
            .all(char::is_uppercase)
    };
    let quoted = tokens.get(colon + 1).is_some_and(|t| t.quote().is_some());
    let named = tokens[source.clone()].iter().all(|t| t.capital);
    let fits = colon + 1 < sentence.end && (headline || quoted || shouted()) && named;
    fits.then(|| Attribution::one(colon + 1..sentence.end, colon..colon + 1, Some(source)))
}

/// Whether words before a colon head something on a page, as "READ MORE" does, and name nobody.
fn is_prompt(text: &str, tokens: &[Token], label: &Range<usize>) -> bool {
    let words = &text[tokens[label.start].bytes.start..tokens[label.end - 1].bytes.end];
    page::words().is_prompt(&fold(words))
}

/// `… - S: Q`, the name behind a dash and before the colon at `at`.
fn label_before_quote(
    text: &str,
    tokens: &[Token],
    sentence: &Range<usize>,
    at: usize,
) -> Option<Attribution> {
    let quote = content::quote_behind_colon(tokens, at, sentence.end)?;
    let source = source::phrase_left(tokens, sentence.start, at)?;
    let set_off = source.start > sentence.start && tokens[source.start - 1].is_dash();
    let named = tokens[source.clone()].iter().all(|t| t.capital || t.has(Class::CONJUNCTION));
    let fits = set_off && named && !is_prompt(text, tokens, &source);
    fits.then(|| Attribution::one(quote, at..at + 1, Some(source)))
}

/// `… S …: Q`, where no verb has claimed the quotation: its source is the subject of the sentence.
fn after_colon(
    text: &str,
    tokens: &[Token],
    sentence: &Range<usize>,
    found: &[Attribution],
) -> Option<Attribution> {
    let quote =
        (sentence.start + 2..sentence.end).find(|&k| tokens[k].quote().is_some() && tokens[k - 1].is(':'))?;
    if found.iter().any(|a| a.extent().contains(&quote)) {
        return None;
    }
    let mut source =
        source::subject(tokens, sentence.start, quote - 1).filter(|s| !tokens[s.end].is_dash())?;
    // "In other words, explained Ann Lee: “…”"
    let verb = &tokens[source.start];
    if source.len() > 1 && !verb.capital && verb.cue.is_some_and(Cue::says) {
        source.start += 1;
    }
    // In Cyrillic a subject's place shows too little.
    let plain = |k: usize| {
        !tokens[k].has(Class::PRONOUN | Class::TITLE | Class::GIVEN)
            && (!tokens[k].capital || k == sentence.start)
    };
    let nobody = tokens[source.start].has(Class::CYRILLIC) && source.clone().all(plain);
    let named = !nobody && !is_prompt(text, tokens, &source);
    named.then(|| Attribution::one(quote..quote + 1, quote - 1..quote, Some(source)))
}

/// Source and cue of a sentence that ends with a colon.
pub(super) fn introduction(tokens: &[Token], sentence: Range<usize>) -> Option<Attribution> {
    let colon = sentence.end.checked_sub(1).filter(|&k| k > sentence.start && tokens[k].is(':'))?;
    let verb =
        (sentence.start..colon).rev().find(|&k| !tokens[k].capital && tokens[k].cue.is_some_and(Cue::says));
    let left = verb.and_then(|v| source::left(tokens, sentence.start, v).map(|l| (l.source, l.cue..v + 1)));
    let (source, cue) = match left {
        Some((source, cue)) => (Some(source), cue),
        None => (source::subject(tokens, sentence.start, colon), colon..colon + 1),
    };
    Some(Attribution { content: Vec::new(), cue: Some(cue), source })
}

/// Cue and source of a sentence that says only who said what the one before it says.
pub(super) fn of_this(tokens: &[Token], sentence: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    slavic::of_this(tokens, &trimmed(tokens, sentence))
}

/// Source and cue of a sentence that is no more than that: "Bystrom agreed."
pub(super) fn lead(tokens: &[Token], sentence: &Range<usize>) -> Option<Attribution> {
    let sentence = trimmed(tokens, sentence);
    let says = |t: &Token| {
        t.cue.is_some_and(|c| c.says() && (c.form != Form::Participle || !t.has(Class::CYRILLIC)))
    };
    let verb = sentence.clone().find(|&k| !tokens[k].capital && says(&tokens[k]))?;
    let left = source::left(tokens, sentence.start, verb)?;
    let last = verb + 1 == sentence.end || tokens[verb + 1].has(Class::PREPOSITION);
    last.then(|| Attribution {
        content: Vec::new(),
        cue: Some(left.cue..verb + 1),
        source: Some(left.source),
    })
}

/// `Q — S`: a quotation signed on its own line.
fn signed(tokens: &[Token], sentence: &Range<usize>) -> Option<Attribution> {
    tokens.get(sentence.start)?.quote()?;
    let dash = sentence.start + 1;
    let source = signature(tokens.get(dash..sentence.end)?)?;
    let source = dash + source.start..dash + source.end;
    let whole = source.end == sentence.end || tokens[source.end].is(',');
    let named = tokens[source.clone()].iter().all(|t| t.capital || !t.is_word());
    (whole && named).then(|| Attribution::one(sentence.start..dash, dash..dash + 1, Some(source)))
}

/// The name behind a dash that signs the quotation before it.
pub(super) fn signature(tokens: &[Token]) -> Option<Range<usize>> {
    tokens.first().filter(|t| t.is_dash())?;
    let source = source::phrase_right(tokens, 1, tokens.len())?;
    tokens[source.start].capital.then_some(source)
}

/// Whether the token is used as a verb that attributes, as far as the words beside it tell.
pub(super) fn verbal(text: &str, tokens: &[Token], from: usize, at: usize) -> Option<Cue> {
    let token = &tokens[at];
    // "continued to grow" says nothing of anybody's words.
    let aspect = token.has(Class::GOES_ON) && tokens.get(at + 1).is_some_and(|t| t.has(Class::TO));
    if token.capital || aspect {
        return None;
    }
    let phrasal = particle(tokens, at).then_some(Cue::SAID);
    let cue = token.cue.or(phrasal)?;
    let mut before = at;
    while before > from && tokens[before - 1].has(Class::ADVERB) && !tokens[before - 1].has(Class::PRONOUN) {
        before -= 1;
    }
    let Some(previous) = before.checked_sub(1).filter(|&k| k >= from).map(|k| &tokens[k]) else {
        return (cue.form == Form::Participle).then_some(cue);
    };
    if token.has(Class::CYRILLIC) {
        return Some(cue).filter(|_| !previous.has(Class::PREPOSITION));
    }
    let determiner = previous.has(Class::DETERMINER) && !previous.has(Class::PRONOUN | Class::RELATIVE);
    let possessive = previous.kind == Kind::Clitic;
    let fits = match cue.form {
        Form::Participle => !determiner && !possessive,
        // "Russia's alleged meddling"
        Form::Past => {
            let owned = possessive && !(before >= from + 2 && tokens[before - 2].has(Class::PRONOUN));
            !determiner && !owned && !previous.has(Class::PREPOSITION)
        }
        Form::Perfect => previous.has(Class::AUXILIARY),
        Form::Base => {
            let opens = || {
                tokens
                    .get(at + 1)
                    .is_some_and(|t| t.quote().is_some() || t.is(',') || t.is(':') || t.has(Class::THAT))
            };
            previous.has(Class::AUXILIARY | Class::PLURAL)
                || previous.has(Class::TO) && cue.says() && opens()
                || previous.is(',') && cue.says()
                || previous.quote().is_some()
                || previous.is_word() && text[previous.bytes.clone()].ends_with('s')
        }
        Form::Third => {
            !determiner
                && !possessive
                // "making calls"
                && !previous.has(Class::PREPOSITION | Class::AUXILIARY | Class::GERUND)
                && !previous.cue.is_some_and(|c| c.form == Form::Participle)
                && !text[previous.bytes.clone()].ends_with("ed")
        }
    };
    fits.then_some(cue)
}

/// Whether "said" and the noun phrase behind it are an attribution, rather than the start of a clause.
fn inverts(tokens: &[Token], sentence: &Range<usize>, source: &Range<usize>, quoted: bool, cue: Cue) -> bool {
    let Some(next) = tokens.get(source.end).filter(|_| source.end < sentence.end) else { return true };
    let clause =
        next.has(Class::AUXILIARY) || next.cue.is_some_and(|c| c.form != Form::Participle) && !next.capital;
    let first = &tokens[source.start];
    let sure = first.has(Class::CYRILLIC) || quoted && !first.has(Class::PRONOUN);
    !clause && (sure || cue.frame == Frame::Say && content::closes(tokens, source.end, sentence.end))
}

/// `As S V, C` and `Q, as S V (it)`: the verb at `at` attributes what the comma sets it off from.
fn as_said(text: &str, tokens: &[Token], sentence: Range<usize>, at: usize) -> Option<Attribution> {
    verbal(text, tokens, sentence.start, at).filter(|c| c.says() || c.frame == Frame::Call)?;
    // Russian has the verb first: "Как сообщил S, C".
    let adverbs = || tokens[sentence.start + 1..at].iter().all(|t| t.has(Class::ADVERB | Class::TIME));
    if at > sentence.start && tokens[sentence.start].has(Class::AS) && adverbs() {
        let mut source = source::right(tokens, at + 1, sentence.end)?;
        // "Как сообщила Вера, дорога открыта": no apposition.
        if source.end == sentence.end {
            source.end = source.clone().find(|&k| tokens[k].is(','))?;
        }
        let comma = tokens.get(source.end).filter(|t| t.is(',') && source.end + 1 < sentence.end);
        let content = comma.map(|_| source.end + 1..sentence.end)?;
        return Some(Attribution::one(content, at..at + 1, Some(source)));
    }
    // "C, как сообщил S"
    if at >= sentence.start + 3
        && tokens[at - 1].has(Class::AS)
        && tokens[at].has(Class::CYRILLIC)
        && tokens[at - 2].is(',')
    {
        let source = source::right(tokens, at + 1, sentence.end)?;
        let mut content = vec![content::before(tokens, sentence.start, at - 1)];
        content.extend(content::resumed(tokens, source.end, sentence.end, false));
        return Some(Attribution { content, cue: Some(at - 1..at + 1), source: Some(source) });
    }
    let left = source::left(tokens, sentence.start, at)?;
    let opener = left.source.start.min(left.cue).checked_sub(1).filter(|&k| k >= sentence.start)?;
    if !tokens[opener].has(Class::AS) {
        return None;
    }
    let mut end = cue_end(tokens, at);
    if tokens.get(end).is_some_and(|t| t.has(Class::OBJECT)) {
        end += 1;
    }
    // "As Lee said last week in Velm, C"
    if opener == sentence.start {
        end = content::past_adverbials(tokens, end, sentence.end);
    }
    let closed = end >= sentence.end || tokens[end].is(',');
    let content = if !closed {
        return None;
    } else if opener == sentence.start {
        (end + 1 < sentence.end).then_some(end + 1..sentence.end)?
    } else {
        content::ends_before(tokens, sentence.start, opener).filter(|c| c.quoted)?;
        let whole = content::before(tokens, sentence.start, opener);
        whole.end - 1..whole.end
    };
    Some(Attribution::one(content, left.cue..cue_end(tokens, at).max(left.cue + 1), Some(left.source)))
}

/// One past the verb at `at` and its particle: "went on".
pub(super) fn cue_end(tokens: &[Token], at: usize) -> usize {
    at + 1 + usize::from(particle(tokens, at))
}

/// Whether the verb at `at` says something together with its particle: "went on", "put it", but not
/// "went on to work".
fn particle(tokens: &[Token], at: usize) -> bool {
    let next = |class| tokens.get(at + 1).is_some_and(|t| t.has(class));
    // "went on a trip" says nothing.
    let speaks = |t: &Token| !t.has(Class::DETERMINER);
    tokens[at].has(Class::PHRASAL_VERB)
        && next(Class::PARTICLE)
        && tokens.get(at + 2).is_none_or(|t| speaks(t) && !t.has(Class::TO))
        || tokens[at].has(Class::PUT_VERB) && next(Class::OBJECT)
}

/// `Q S V`, `Q V S`, `C, S V`: the verb at `at` attributes what stands before it.
fn behind(text: &str, tokens: &[Token], sentence: Range<usize>, at: usize) -> Option<Attribution> {
    let cue = verbal(text, tokens, sentence.start, at).filter(|c| c.form != Form::Participle);
    let Some(cue) = cue.filter(|c| c.says()) else { return unlisted(text, tokens, sentence, at) };
    // "told Reuters" has the addressee behind it, "asked Smith" the source.
    let asks = cue.frame == Frame::Say || cue.asks;
    // "«Q», — цитирует его ТАСС"
    if cue.cites {
        let source =
            (at + 1..sentence.end).next().filter(|&k| tokens[k].has(Class::HE | Class::SHE | Class::THEY));
        let close =
            content::ends_before(tokens, sentence.start, at).filter(|c| c.quoted || source.is_some())?;
        let content = content::before(tokens, sentence.start, at);
        return close.sure.then(|| Attribution::one(content, at..at + 1, source.map(|k| k..k + 1)));
    }
    // `« Q », a déclaré S`
    let auxiliary = |t: &Token| t.has(Class::AUXILIARY) && !t.has(Class::BE | Class::PRONOUN);
    let mut verb = (sentence.start..at).rev().take_while(|&k| auxiliary(&tokens[k])).last().unwrap_or(at);
    let cyrillic = tokens[at].has(Class::CYRILLIC);
    if cyrillic && let Some(start) = slavic::behind_dash(tokens, sentence.start, at) {
        verb = start;
    }
    if asks
        && let Some(close) = content::ends_before(tokens, sentence.start, verb)
        && let Some(source) = source::right(tokens, at + 1, sentence.end)
        && let source = source::to_end(tokens, source, sentence.end, close.quoted)
        && inverts(tokens, &sentence, &source, close.quoted, cue)
        && (close.quoted || content::is_clause(tokens, &content::before(tokens, sentence.start, verb)))
        && (close.quoted
            || tokens[source.start].capital
            || tokens[source.start].has(Class::DETERMINER | Class::CYRILLIC))
    {
        let mut said = content::before(tokens, sentence.start, verb);
        if cyrillic && !close.quoted {
            said = slavic::without_aside(tokens, said);
            let turn = tokens[sentence.start].is_dash();
            if cue.clause || !turn && !slavic::is_clause(tokens, &said) {
                return None;
            }
        }
        let mut content = vec![said];
        content.extend(content::resumed(tokens, source.end, sentence.end, close.quoted));
        return Some(Attribution { content, cue: Some(verb..at + 1), source: Some(source) });
    }
    if cyrillic && let Some(comma) = slavic::of_which(tokens, sentence.start, at) {
        let source = source::right(tokens, at + 1, sentence.end)?;
        let content = content::before(tokens, sentence.start, comma);
        return Some(Attribution::one(content, comma + 1..at + 1, Some(source)));
    }
    let left =
        source::between(tokens, sentence.start, at).or_else(|| source::left(tokens, sentence.start, at))?;
    // "when told" tells who heard it.
    if cue.form == Form::Past && is_passive(tokens, left.cue..at) {
        return None;
    }
    let left = source::widened(tokens, sentence.start, left);
    let mut start = left.source.start.min(left.cue);
    // "« Q », a-t-il dit"
    if tokens[start].has(Class::INVERTED) && start > sentence.start && tokens[start - 1].has(Class::AUXILIARY)
    {
        start -= 1;
    }
    let close = content::ends_before(tokens, sentence.start, start)?;
    let after = cue_end(tokens, at);
    // "Выступая в Омске, он сказал, что": what is said follows.
    let set_off = close.quoted || tokens[start - 1].is_dash();
    if cyrillic && (!set_off || !close.quoted && content::opens_behind(tokens, after, sentence.end).is_some())
    {
        return None;
    }
    if !close.quoted
        && let Some(quote) = content::quote_behind_colon(tokens, after, sentence.end)
        && !opens_clause(&tokens[sentence.start])
    {
        let content = vec![content::before(tokens, sentence.start, start), quote];
        return Some(Attribution { content, cue: Some(left.cue..after), source: Some(left.source) });
    }
    if !close.sure && !content::closes(tokens, after, sentence.end) {
        return None;
    }
    let before = content::before(tokens, sentence.start, start);
    let quoted = close.quoted || tokens[before.clone()].iter().any(|t| t.quote().is_some());
    let resumed = content::resumed(tokens, after, sentence.end, quoted)
        .or_else(|| content::resumed(tokens, after, sentence.end, close.quoted));
    if !close.quoted && resumed.is_none() && !content::is_clause(tokens, &before) {
        return None;
    }
    let content = std::iter::once(before).chain(resumed).collect();
    Some(Attribution { content, cue: Some(left.cue..after), source: Some(left.source) })
}

/// Whether a word opens a phrase or clause that says when or where, not what was said.
fn opens_clause(token: &Token) -> bool {
    token.has(
        Class::PREPOSITION | Class::SUBORDINATOR | Class::TIME | Class::ADVERB | Class::PAST | Class::GERUND,
    ) || token.cue.is_some_and(|c| matches!(c.form, Form::Past | Form::Participle))
}

/// `Q S V` with a verb that no list of verbs of saying holds: a past or third form at the end of the clause,
/// right behind a quotation and a name or a pronoun; and `Q V S`, with a form in -ed.
fn unlisted(text: &str, tokens: &[Token], sentence: Range<usize>, at: usize) -> Option<Attribution> {
    let token = &tokens[at];
    if token.has(Class::CYRILLIC) {
        return told_by_form(tokens, sentence, at);
    }
    let past = token.class == Class::PAST || token.cue.is_some_and(|c| c.form == Form::Past);
    let third = token.class == Class::NONE && text[token.bytes.clone()].ends_with('s');
    if token.capital || !token.is_word() || !past && !third {
        return None;
    }
    let sure = |at: usize| content::ends_before(tokens, sentence.start, at).filter(|c| c.quoted && c.sure);
    if past
        && let Some(close) = sure(at)
        && let Some(source) = source::right(tokens, at + 1, sentence.end)
        && tokens[source.clone()].iter().any(|t| t.capital)
        && content::closes(tokens, source.end, sentence.end)
    {
        let mut content = vec![content::before(tokens, sentence.start, at)];
        content.extend(content::resumed(tokens, source.end, sentence.end, close.quoted));
        return Some(Attribution { content, cue: Some(at..at + 1), source: Some(source) });
    }
    let left = source::left(tokens, sentence.start, at)?;
    let start = left.source.start;
    let close = sure(start)?;
    let named = tokens[start].capital || tokens[start].has(Class::PRONOUN | Class::DETERMINER);
    if !named || !content::closes(tokens, at + 1, sentence.end) {
        return None;
    }
    let mut content = vec![content::before(tokens, sentence.start, start)];
    content.extend(content::resumed(tokens, at + 1, sentence.end, close.quoted));
    Some(Attribution { content, cue: Some(left.cue..at + 1), source: Some(left.source) })
}

/// `«Q», — V S` with a verb in Cyrillic that no list holds: the comma and the dash show what it is.
fn told_by_form(tokens: &[Token], sentence: Range<usize>, at: usize) -> Option<Attribution> {
    let dash = at.checked_sub(1).filter(|&k| k > sentence.start && tokens[k].is_dash())?;
    let close = content::ends_before(tokens, sentence.start, at).filter(|c| c.quoted && c.sure)?;
    let token = &tokens[at];
    if token.capital || !token.is_word() || token.has(Class::PREPOSITION | Class::PRONOUN | Class::TITLE) {
        return None;
    }
    let source = source::right(tokens, at + 1, sentence.end)?;
    let named = token.has(Class::FINITE)
        || tokens[source.clone()].iter().any(|t| t.capital || t.has(Class::PRONOUN | Class::TITLE));
    let mut content = vec![content::before(tokens, sentence.start, dash)];
    content.extend(content::resumed(tokens, source.end, sentence.end, close.quoted));
    named.then(|| Attribution { content, cue: Some(at..at + 1), source: Some(source) })
}
