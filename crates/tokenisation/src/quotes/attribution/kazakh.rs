//! What is attributed in Kazakh, where the verb stands last: `«Q», – деді S`, `S «Q» деп V`, `«Q» деп V S`,
//! `S былай деді: «Q»`, `S айтуынша, C`, `S C-ін айтты`.
//!
//! A subject has no case ending. Its head is a name, an office or a word with the ending of what belongs to somebody,
//! `Үкімет өкілі`; what has a case ending belongs to the verb.

use std::ops::Range;

use super::{Attribution, content, eastern};
use crate::languages::class::Class;
use crate::languages::speech::Form;
use crate::quotes::token::{Kind, Token};

/// The longest subject, and the longest stretch that it is looked for in, in tokens.
const LONGEST: usize = 16;

/// How far before the end of a clause its subject may start, in tokens.
const FARTHEST: usize = 40;

/// The most words between `деп` and its verb, in tokens.
const REACH: usize = 12;

/// The attribution whose cue stands at `at`.
pub(super) fn attribution(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    let token = &tokens[at];
    if token.has(Class::IN_WORDS | Class::LAUT | Class::BEHIND) {
        return eastern::attribution(tokens, sentence, at);
    }
    if token.has(Class::BY_SAYING) {
        return eastern::attribution(tokens, sentence, at);
    }
    if token.has(Class::THUS) {
        return ahead(tokens, sentence, at, at + 1);
    }
    if token.has(Class::QUOTATIVE) {
        return quotative(tokens, sentence, at);
    }
    if token.capital || !token.is_word() {
        return None;
    }
    let says =
        token.cue.is_some_and(|c| c.says() && (!c.clause || ends_clause(tokens, at + 1, sentence.end)));
    let told =
        says.then(|| behind(tokens, sentence, at).or_else(|| reported(tokens, sentence, at))).flatten();
    told.or_else(|| {
        let verb = token.cue.is_some_and(|c| c.says() && c.form == Form::Past);
        (verb && tokens.get(at + 1).is_some_and(|t| t.is(':')))
            .then(|| ahead(tokens, sentence, at, at + 1))?
    })
}

/// Whether the verb before `at` ends its clause, an auxiliary perhaps behind it: `деген еді`.
fn ends_clause(tokens: &[Token], at: usize, end: usize) -> bool {
    let next = tokens.get(at).filter(|_| at < end);
    next.is_none_or(|t| !t.is_word() || t.has(Class::AUXILIARY))
}

/// `S былай деді: «Q»`: what stands behind the colon; the subject ends before `before`.
fn ahead(tokens: &[Token], sentence: &Range<usize>, before: usize, from: usize) -> Option<Attribution> {
    let colon =
        (from..sentence.end.min(from + REACH)).find(|&k| !tokens[k].is_word() || tokens[k].is(':'))?;
    if !tokens[colon].is(':') || colon + 1 >= sentence.end {
        return None;
    }
    let content = content::quote_behind_colon(tokens, colon, sentence.end).unwrap_or(colon + 1..sentence.end);
    let source = left(tokens, sentence.start, before)?;
    Some(Attribution::one(content, before..colon, Some(source)))
}

/// What is said before a verb at `at` or before `деп`: a quotation, the end of one, or all behind a dash.
fn said(tokens: &[Token], from: usize, at: usize) -> Option<Range<usize>> {
    let mut end = at;
    while end > from && (tokens[end - 1].is(',') || tokens[end - 1].is_dash()) {
        end -= 1;
    }
    let last = tokens.get(end.checked_sub(1).filter(|&k| k >= from)?)?;
    if last.quote().is_some() {
        let mut start = end - 1;
        while start > from && tokens[start - 1].quote().is_some() {
            start -= 1;
        }
        return Some(start..end);
    }
    // The quotation opened in a sentence before: `Біз де," – деді ол.`
    let closes = matches!(last.kind, Kind::Punct('"' | '”' | '»' | '“'));
    let dialogue = end + 2 <= at && tokens[end].is(',') && tokens[at - 1].is_dash();
    (closes || dialogue).then(|| content::before(tokens, from, end))
}

/// `«Q», – деді S`, and `«Q», – S деді`.
fn behind(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    if let Some(content) = said(tokens, sentence.start, at) {
        let source = behind_verb(tokens, at + 1, sentence.end)
            .or_else(|| left(tokens, sentence.start, content.start))?;
        return Some(Attribution::one(content, at..at + 1, Some(source)));
    }
    let mark = (sentence.start..at).rev().take(LONGEST).find(|&k| !tokens[k].is_word())?;
    if !tokens[mark].is(',') && !tokens[mark].is_dash() {
        return None;
    }
    let content = said(tokens, sentence.start, mark + 1).filter(|c| c.end <= mark)?;
    let start = past_asides(tokens, mark + 1, at);
    let source = nominative(tokens, start, at, true).filter(|s| past_asides(tokens, s.end, at) == at)?;
    Some(Attribution::one(content, at..at + 1, Some(source)))
}

/// `S «Q» деп V`, `«Q» деп V S`, `«Q» деп S V`.
fn quotative(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    let content = said(tokens, sentence.start, at)?;
    let from = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|t| t.is(',')));
    let stop = sentence.end.min(from + REACH);
    let listed = |t: &Token| t.cue.is_some_and(|c| c.form == Form::Past);
    let is_verb = |t: &Token| !t.capital && (listed(t) || t.has(Class::FINITE));
    let verb = (from..stop).take_while(|&k| tokens[k].is_word()).find(|&k| is_verb(&tokens[k]));
    let end = verb.map_or(at + 1, |verb| verb + 1);
    let shown = |s: &Range<usize>| {
        tokens[s.clone()].iter().any(|t| t.capital || t.has(Class::PRONOUN | Class::TITLE | Class::POSSESSED))
    };
    let between = || {
        let start = past_asides(tokens, from, end - 1);
        verb.and_then(|verb| nominative(tokens, start, verb, true)).filter(shown)
    };
    let source = between()
        .or_else(|| behind_verb(tokens, end, sentence.end))
        .or_else(|| left(tokens, sentence.start, content.start))
        // Behind another verb than one of saying, who speaks must be clear: "«Q» деп табылды".
        .filter(|s| shown(s) || verb.is_some_and(|verb| listed(&tokens[verb])))?;
    let cue = if source.start >= end || source.end <= content.start { at..end } else { at..at + 1 };
    Some(Attribution::one(content, cue, Some(source)))
}

/// `S C-ін айтты` and `C-ін S айтты`, with the verb of C in the accusative.
fn reported(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Attribution> {
    if !ends_clause(tokens, at + 1, sentence.end) {
        return None;
    }
    let floor = sentence.start.max(at.saturating_sub(REACH));
    let object =
        (floor..at).rev().take_while(|&k| tokens[k].is_word()).find(|&k| tokens[k].has(Class::REPORTED))?;
    let shown = |s: &Range<usize>| {
        tokens[s.clone()].iter().any(|t| t.has(Class::PRONOUN | Class::TITLE))
            || s.len() > 1 && tokens[s.end - 1].capital
    };
    let start = past_asides(tokens, object + 1, at);
    if start < at
        && let Some(source) = nominative(tokens, start, at, true).filter(|s| s.end == at && shown(s))
    {
        return Some(Attribution::one(sentence.start..object + 1, at..at + 1, Some(source)));
    }
    // The first words that can be somebody: before them stand times and places.
    let mut from = sentence.start.max(object.saturating_sub(FARTHEST));
    while from < object {
        let source = nominative(tokens, from, object, false);
        // "Батон-Руж қаласында": the name belongs to what follows.
        let alone = |s: &Range<usize>| {
            let next = &tokens[s.end];
            !next.has(Class::OBLIQUE | Class::CONJUNCTION) || tokens[s.start].has(Class::PRONOUN)
        };
        if let Some(source) = source.filter(&shown).filter(alone) {
            let start = source.end + usize::from(tokens[source.end].is(','));
            return (start <= object).then(|| Attribution::one(start..object + 1, at..at + 1, Some(source)));
        }
        let skipped = (from..object).find(|&k| belongs_to_verb(&tokens[k]) || tokens[k].is(','))?;
        from = skipped + 1;
    }
    None
}

/// The subject right behind the verb that ends before `from`.
fn behind_verb(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let mut at = from;
    while at < to && tokens[at].has(Class::AUXILIARY) && !tokens[at].capital {
        at += 1;
    }
    let source = nominative(tokens, past_asides(tokens, at, to), to, true)?;
    // "деді қор өкілі, Айгүл Омарова"
    let apposed = tokens.get(source.end).is_some_and(|t| t.is(','))
        && nominative(tokens, source.end + 1, to, true).is_some_and(|more| more.end == to);
    Some(source.start..if apposed { to } else { source.end })
}

/// One past the adverbs and times that start at `from`.
fn past_asides(tokens: &[Token], from: usize, to: usize) -> usize {
    let aside = |t: &Token| t.has(Class::ADVERB | Class::TIME) && !t.has(Class::PRONOUN);
    (from..to).find(|&k| !aside(&tokens[k])).unwrap_or(to)
}

/// The subject before `at`: the last one of its clause, if what stands between belongs to the verb.
fn left(tokens: &[Token], from: usize, at: usize) -> Option<Range<usize>> {
    let mut end = at;
    let aside = |t: &Token| !t.is_word() || t.has(Class::ADVERB | Class::TIME | Class::QUOTATIVE);
    while end > from && aside(&tokens[end - 1]) {
        end -= 1;
    }
    let floor = from.max(end.saturating_sub(LONGEST));
    let inner = |k: usize| {
        let bracket = |open: char, close: char| tokens[floor..end].iter().any(|t| t.is(open) || t.is(close));
        tokens[k].is_word() || matches!(tokens[k].kind, Kind::Punct('(' | ')')) && bracket('(', ')')
    };
    let start = (floor..end).rev().find(|&k| !inner(k)).map_or(floor, |k| k + 1);
    let mut stop = end;
    loop {
        let split = (start..stop).rev().find(|&k| belongs_to_verb(&tokens[k]));
        let first = split.map_or(start, |k| k + 1);
        // "қызметкерлеріне": what stands right before belongs to it.
        let owned = tokens.get(stop).is_some_and(|t| stop < end && t.has(Class::OBLIQUE));
        let whole = nominative(tokens, first, stop, true).filter(|s| s.end == stop);
        let found = whole
            .or_else(|| nominative(tokens, first, stop, false))
            .filter(|s| !owned || s.end < stop || tokens[s.start].has(Class::PRONOUN));
        if found.is_some() {
            return found;
        }
        let Some(next) = split else { break };
        stop = next;
    }
    // "Айгүл Омарова, «Заря»-ға былай деді"
    let comma = start.checked_sub(1).filter(|&k| k > from && tokens[k].is(','))?;
    let clause = nominative(tokens, from, comma, true)?;
    (clause.end == comma).then_some(clause)
}

/// Whether a word with its case or a word of relation sets off what stands before it from the subject.
fn belongs_to_verb(token: &Token) -> bool {
    token.has(Class::PREPOSITION | Class::TIME)
        || token.has(Class::OBLIQUE) && !token.has(Class::TITLE)
        || token.has(Class::FINITE) && !token.capital
}

/// The phrase without a case ending that starts at `from`: up to its last name, office or word that belongs to what
/// stands before it. `whole`: plain words may stand inside, `Қызыл крест өкілі`.
fn nominative(tokens: &[Token], from: usize, to: usize, whole: bool) -> Option<Range<usize>> {
    let mut end = None;
    // Whether a plain word stands behind a name.
    let mut plain_behind = false;
    // Whether a genitive waits for its head.
    let mut open = false;
    let mut k = from;
    while k < to.min(from + LONGEST) {
        let token = &tokens[k];
        if token.is('(') {
            k = (k..to).find(|&close| tokens[close].is(')'))? + 1;
            continue;
        }
        if !token.is_word()
            || token.has(Class::TIME | Class::PREPOSITION | Class::QUOTATIVE | Class::AUXILIARY)
        {
            break;
        }
        if token.has(Class::PRONOUN) {
            // "қызметкерлері мен", "Омаров ол": another word or another subject.
            if end.is_none() || !token.has(Class::CONJUNCTION | Class::HE | Class::THEY) {
                end = Some(k + 1);
            }
            break;
        }
        let joins =
            token.has(Class::CONJUNCTION) && end == Some(k) && tokens.get(k + 1).is_some_and(|t| t.capital);
        if token.has(Class::CONJUNCTION | Class::ADVERB) && !joins && !token.capital {
            break;
        }
        let cyrillic = token.has(Class::CYRILLIC);
        if !cyrillic && !token.number {
            // "Росс BBC Scotland-қа"
            if k > from && tokens[k - 1].has(Class::CYRILLIC) && tokens[k - 1].capital {
                break;
            }
            end = Some(k + 1);
        } else if token.has(Class::GENITIVE) {
            open = true;
        } else if token.has(Class::OBLIQUE) && !token.has(Class::TITLE) {
            break;
        } else if token.capital {
            if plain_behind && !open {
                break;
            }
            (end, open) = (Some(k + 1), false);
        } else if token.cue.is_some() || token.has(Class::FINITE) {
            break;
        } else if token.has(Class::TITLE | Class::POSSESSED | Class::BODY) {
            // "Кларк мырза": nothing more belongs to it.
            let closes =
                end == Some(k) && tokens[k - 1].capital && !token.has(Class::POSSESSED | Class::BODY);
            (end, open, plain_behind) = (Some(k + 1), false, false);
            if closes {
                break;
            }
        } else if end.is_some() && !open && !joins {
            plain_behind = true;
            if !whole {
                break;
            }
        }
        k += 1;
    }
    // A word alone: "тұрғын".
    let plain = || (k > from && k <= from + 2 && !open && tokens[k - 1].is_word()).then_some(k);
    end.or_else(plain).map(|end| from..end)
}
