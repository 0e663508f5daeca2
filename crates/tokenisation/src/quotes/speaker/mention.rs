//! Names as they stand in a sentence: runs of capitalised words, with the titles and roles beside them.

use std::ops::Range;

use super::nominative;
use crate::languages::Pack;
use crate::languages::class::Class;
use crate::languages::names::{Ending, Gender};
use crate::languages::page;
use crate::quotes::{
    attribution::source,
    gender,
    token::{Kind, Token},
};
use crate::text::fold::fold;

/// The most words that a name has.
const LONGEST: usize = 6;
/// How far beside a name its apposition is read for roles, in tokens.
const ROLE_REACH: usize = 6;

/// A name as it stands in the text.
#[derive(Clone, Debug)]
pub(in crate::quotes) struct Mention<'t> {
    /// Its bytes, titles left out.
    pub bytes: Range<usize>,
    /// Its words.
    pub words: Vec<&'t str>,
    /// Lower-case titles and roles that stand with it: "president", "pollster".
    pub roles: Vec<String>,
    /// What its title or role says.
    pub gender: Option<Gender>,
    /// Whether its sentence is about it: it comes first.
    pub salient: bool,
    /// Whether it is the subject of its sentence.
    pub subject: bool,
    /// Whether "'s" follows it.
    pub possessive: bool,
    /// Whether "the" stands before it.
    pub article: bool,
    /// Whether it opens its sentence, where any word has a capital.
    pub initial: bool,
    /// Whether a plain noun stands behind it: "Russian forces".
    pub modifies: bool,
    /// Whether it stands in a heading, where any word may have a capital.
    pub heading: bool,
    /// Whether "in" stands before it, as before places.
    pub placed: bool,
    /// Whether what stands before it shows that it is in the genitive.
    pub genitive: bool,
    /// Which entity it names, once all are read.
    pub entity: usize,
}

/// The names of a sentence, in order. Quotations are not looked into.
pub(in crate::quotes) fn read<'t>(
    text: &'t str,
    tokens: &[Token],
    sentence: &Range<usize>,
    pack: &Pack,
) -> Vec<Mention<'t>> {
    let subject = source::subject(tokens, sentence.start, sentence.end);
    // One past the last token that the subject's names reach; another goes on only behind "and".
    let mut reached: Option<usize> = None;
    let mut out: Vec<Mention<'t>> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let end = run_end(text, tokens, at, sentence.end, pack);
        if end == at {
            at += 1;
            continue;
        }
        if let Some(mut mention) = mention(text, tokens, at..end, sentence, pack) {
            let inside = subject.as_ref().is_some_and(|s| s.contains(&(end - 1)));
            let follows =
                reached.is_none_or(|from| tokens[from..at].iter().all(|t| t.has(Class::CONJUNCTION)));
            let behind = at > sentence.start && tokens[at - 1].has(Class::PREPOSITION);
            mention.subject = !mention.possessive && inside && follows && !behind;
            if mention.subject {
                reached = Some(end);
            }
            let introduced = out.is_empty() || !mention.roles.is_empty();
            mention.salient = mention.subject || !mention.possessive && introduced;
            out.push(mention);
        }
        at = end;
    }
    out
}

/// Whether the last word is one that bodies end with.
pub(in crate::quotes) fn is_body(words: &[&str], pack: &Pack) -> bool {
    words.iter().any(|w| pack.speech().look_up(&fold(w)).0.intersects(Class::BODY))
}

/// One past the run of capitalised words that starts at `at`.
fn run_end(text: &str, tokens: &[Token], at: usize, end: usize, pack: &Pack) -> usize {
    // "Abu Bakr al-Baghdadi"
    let hyphened = |token: &Token| {
        text[token.bytes.clone()].split_once('-').is_some_and(|(particle, name)| {
            pack.speech().is_name_particle(particle) && name.starts_with(char::is_uppercase)
        })
    };
    let starts = |k: usize| {
        let token = &tokens[k];
        token.is_word()
            && (token.capital || hyphened(token))
            && !token.has(
                Class::TIME | Class::STARTER | Class::CONJUNCTION | Class::AUXILIARY | Class::SUBORDINATOR,
            )
            && !(token.has(Class::PREPOSITION | Class::DETERMINER | Class::PRONOUN | Class::ADVERB))
    };
    // "Twenty-nine-year-old", "US-backed"
    let described = |token: &Token| {
        text[token.bytes.clone()]
            .rsplit_once('-')
            .is_some_and(|(_, last)| last.len() > 2 && last.starts_with(char::is_lowercase))
    };
    if !starts(at) || described(&tokens[at]) {
        return at;
    }
    let mut next = at + 1;
    while next < end {
        let token = &tokens[next];
        let particle = || token.is_word() && pack.speech().is_name_particle(&text[token.bytes.clone()]);
        // "Committee on Finance", "Court of Arbitration for Sport"
        let of = || {
            let body = tokens[next - 1].has(Class::BODY);
            let goes_on =
                || (at + 1..next).any(|k| tokens[k].has(Class::BRIDGE) && tokens[k - 1].has(Class::BODY));
            token.has(Class::BRIDGE | Class::ON) && (body || goes_on())
        };
        let firm = || {
            let ends = |t: &Token| pack.names().ends_firm_behind_and(&text[t.bytes.clone()]);
            tokens.get(next + 1).is_some_and(|t| t.capital && ends(t))
        };
        let and =
            || token.has(Class::CONJUNCTION) && ((at..next).any(|k| tokens[k].has(Class::BRIDGE)) || firm());
        // "Ursula von der Leyen"
        let twice = || {
            let second = tokens.get(next + 1).filter(|t| t.is_word());
            particle()
                && next + 2 < end
                && starts(next + 2)
                && second.is_some_and(|t| pack.speech().is_name_particle(&text[t.bytes.clone()]))
        };
        let (before, cyrillic) = (&tokens[next - 1], Class::CYRILLIC);
        // "Омаровтың Астанаға", "Омаров Reuters": two names.
        let owner = before.has(Class::VERB_LAST) && before.has(Class::GENITIVE);
        if owner || before.has(cyrillic) && token.capital && !token.has(cyrillic) && !token.number {
            break;
        }
        if starts(next) {
            next += 1;
        } else if twice() {
            next += 3;
        } else if next + 1 < end && starts(next + 1) && (particle() || of() || and()) {
            next += 2;
        } else {
            break;
        }
    }
    next
}

/// The name in a run of capitalised words, what comes before it read as titles.
fn mention<'t>(
    text: &'t str,
    tokens: &[Token],
    run: Range<usize>,
    sentence: &Range<usize>,
    pack: &Pack,
) -> Option<Mention<'t>> {
    let given = |k: usize| gender::is_given_name(&text[tokens[k].bytes.clone()], pack);
    let is_adjective = |word: &str| is_adjective(word, pack);
    let role_of = |word: &str| role_of(word, pack);
    let names_a_role = |token: &Token, word: &str| names_a_role(token, word, pack);
    let word = |k: usize| &text[tokens[k].bytes.clone()];
    let mut start = run.start;
    let mut roles = Vec::new();
    // "Watch Lee speak": a prompt before the name.
    if run.len() > 1 && run.start == sentence.start && page::words().is_prompt(&fold(word(start))) {
        start += 1;
    }
    for k in run.clone() {
        // "Mohamed Sheikh Abdi": behind a given name it is a name.
        let named = k > run.start && given(k - 1);
        // "Justice Department"
        let body = k + 1 < run.end && tokens[k + 1].has(Class::BODY) && !tokens[k + 1].has(Class::TITLE);
        if tokens[k].has(Class::TITLE) && k + 1 < run.end && !named && !body {
            roles.push(role_of(word(k)));
            start = k + 1;
        }
    }
    // "Secretary of State Hillary Clinton": the office's last word is no name.
    if start == run.start
        && start >= sentence.start + 2
        && tokens[start - 1].has(Class::BRIDGE)
        && tokens[start - 2].has(Class::TITLE)
        && run.len() > 2
    {
        roles.push(role_of(word(start - 2)));
        start += 1;
    }
    // "Republican Ted Cruz", but "Australian Wheat Board".
    let person = !run.clone().any(|k| tokens[k].has(Class::BODY));
    while start + 2 < run.end && person && roles.is_empty() && is_adjective(word(start)) {
        start += 1;
    }
    // "Florida Marco Rubio", "Казахстана Касым-Жомарт Токаев": the name starts with the given name.
    if let Some(named) = (start + 1..run.end.saturating_sub(1)).find(|&k| given(k))
        && !given(start)
    {
        start = named;
    }
    // "Ambassador to South Korea Alexander Timonin"
    if roles.is_empty()
        && run.start >= sentence.start + 2
        && tokens[run.start - 1].has(Class::PREPOSITION)
        && tokens[run.start - 2].has(Class::TITLE)
    {
        if start == run.start && tokens[run.start - 1].has(Class::TO) && (3..=4).contains(&run.len()) {
            start = run.end - 2;
        }
        if start > run.start {
            roles.push(role_of(word(run.start - 2)));
        }
    }
    // "Goalkeeper Ann Lee": a role opens the sentence.
    if start == run.start
        && start == sentence.start
        && person
        && run.len() > 2
        && names_a_role(&tokens[start], &fold(word(start)))
        && !given(start)
    {
        roles.push(role_of(word(start)));
        start += 1;
    }
    // Kazakh and Russian place words with the name before or behind them; only a patronymic belongs to it.
    let mut run = run;
    if run.end - start > 2 && person && tokens[start].has(Class::CYRILLIC) {
        let patronymic =
            (start + 1..run.end.min(start + 3)).any(|k| pack.names().ends(word(k), Ending::Patronymic));
        if given(start) {
            run.end = start + if patronymic { 3 } else { 2 };
        } else if !patronymic && run.end - start == 3 && pack.names().ends(word(start), Ending::Genitive) {
            start += 1;
        }
    }
    if run.end - start > LONGEST
        || tokens[run.end - 1].has(Class::TITLE)
            && run.end - start == 1
            && tokens[start].class != Class::TITLE
    {
        return None;
    }
    if start == run.start && start > sentence.start {
        let before = &tokens[start - 1];
        let lower = word(start - 1);
        if before.is_word()
            && !before.capital
            && (before.has(Class::TITLE)
                || pack.names().of_title(lower).is_some()
                || names_a_role(before, lower))
        {
            roles.push(role_of(lower));
        }
    }
    if run.len() == 1 && run.start == sentence.start && compounds(tokens, run.end, sentence.end) {
        return None;
    }
    // "Moreover": any word that opens sentences.
    let alone = run.len() == 1 && run.start == sentence.start;
    if alone && pack.sentences().starts_sentence(&fold(word(start))) {
        return None;
    }
    // "Noting that …", "Mexican president", "many Millennials"
    let next = tokens.get(run.end).filter(|t| run.end < sentence.end && !t.capital);
    let before = run.start.checked_sub(1).filter(|&k| k >= sentence.start).map(|k| &tokens[k]);
    if run.len() == 1
        && (run.start == sentence.start
            && tokens[start].has(Class::GERUND | Class::PAST)
            && next.is_some_and(|t| t.is_word() && t.cue.is_none() && !t.has(Class::AUXILIARY | Class::PAST))
            || is_adjective(word(start)) && next.is_some_and(|t| t.has(Class::TITLE | Class::BODY))
            || word(start).ends_with('s')
                && before.is_some_and(|t| t.has(Class::PLURAL) && !t.has(Class::PRONOUN)))
    {
        return None;
    }
    roles.extend(apposition(text, tokens, run.end, sentence.end, pack));
    if start == run.start {
        roles.extend(apposition_before(text, tokens, start..run.end, sentence, pack));
    }
    // "посол Эстонии", "глава МИД": whose office it is, not who holds it.
    let owner = run.end - start == 1
        && tokens[start].has(Class::CYRILLIC)
        && !roles.is_empty()
        && nominative::is_owner(word(start), pack);
    if owner {
        roles.clear();
    }
    // "президент Казахстана Касым-Жомарт Токаев"
    if !owner && tokens[start].has(Class::CYRILLIC) {
        roles.extend(office_before(text, tokens, sentence.start, start, run.end, pack));
    }
    let article = run.start > sentence.start && tokens[run.start - 1].has(Class::THE);
    let words: Vec<&str> = (start..run.end).map(word).collect();
    let gender = roles.iter().find_map(|r| pack.names().of_title(r));
    let possessive = tokens.get(run.end).is_some_and(|t| t.kind == Kind::Clitic);
    let bytes = tokens[start].bytes.start..tokens[run.end - 1].bytes.end;
    Some(Mention {
        bytes,
        words,
        roles,
        gender,
        salient: false,
        subject: false,
        possessive,
        article,
        initial: run.start == sentence.start,
        placed: owner || start > sentence.start && tokens[start - 1].has(Class::IN),
        genitive: is_genitive(tokens, sentence.start, start),
        modifies: compounds(tokens, run.end, sentence.end),
        heading: false,
        entity: 0,
    })
}

/// The office, alone and with whose it is, that stands before a full name in Cyrillic: `президент`, `президент сша`.
fn office_before(
    text: &str,
    tokens: &[Token],
    from: usize,
    start: usize,
    end: usize,
    pack: &Pack,
) -> Vec<String> {
    let floor = from.max(start.saturating_sub(ROLE_REACH));
    let word = |k: usize| fold(&text[tokens[k].bytes.clone()]);
    let inside = |k: &usize| tokens[*k].is_word() && !tokens[*k].has(Class::PREPOSITION | Class::CONJUNCTION);
    let title = |k: &usize| tokens[*k].has(Class::TITLE) && !tokens[*k].has(Class::OBLIQUE);
    let Some(at) = (floor..start).rev().take_while(inside).filter(title).last() else { return Vec::new() };
    if end - start < 2 || at + 1 == start {
        return Vec::new();
    }
    let whole: Vec<String> = (at..start).map(word).collect();
    vec![role_of(&word(at), pack), whole.join(" ")]
}

/// Whether a name that starts at `start` stands in the genitive, as what attributes to it takes: `по словам мэра Игоря Рудина`.
fn is_genitive(tokens: &[Token], from: usize, start: usize) -> bool {
    let floor = from.max(start.saturating_sub(ROLE_REACH));
    (floor..start).rev().take_while(|&k| tokens[k].is_word()).any(|k| tokens[k].has(Class::IN_WORDS))
}

/// Whether a plain noun follows, so that a capitalised word at the start of a sentence is one too:
/// "Well production rose".
fn compounds(tokens: &[Token], at: usize, end: usize) -> bool {
    let token = tokens.get(at).filter(|_| at < end);
    token.is_some_and(|t| t.is_word() && !t.capital && t.class == Class::NONE && t.cue.is_none())
}

/// A title in the form under which "the president" looks for it.
fn role_of(word: &str, pack: &Pack) -> String {
    pack.names().meant(&fold(word)).to_owned()
}

/// Words of the apposition behind a name: ", a Republican strategist," makes a strategist.
fn apposition(text: &str, tokens: &[Token], at: usize, end: usize, pack: &Pack) -> Vec<String> {
    if !tokens.get(at).is_some_and(|t| t.is(',')) {
        return Vec::new();
    }
    let stop = end.min(at + 1 + ROLE_REACH);
    let window = &tokens[(at + 1).min(stop)..stop];
    let goes_on = |t: &&Token| t.is_word() && !t.has(Class::PREPOSITION | Class::RELATIVE) && t.cue.is_none();
    if window.iter().find(|t| !goes_on(t)).is_some_and(|t| t.cue.is_some()) {
        // ", the spokesman said" is about somebody else.
        return Vec::new();
    }
    window
        .iter()
        .take_while(goes_on)
        .map(|t| (t, &text[t.bytes.clone()]))
        .filter(|(t, word)| t.has(Class::TITLE) || names_a_role(t, word, pack))
        .map(|(_, word)| role_of(word, pack))
        .collect()
}

/// The role in the phrase to which a name between commas belongs: "its leader, Ann Lee, said".
fn apposition_before(
    text: &str,
    tokens: &[Token],
    name: Range<usize>,
    sentence: &Range<usize>,
    pack: &Pack,
) -> Option<String> {
    let comma = name.start.checked_sub(1).filter(|&k| k > sentence.start && tokens[k].is(','))?;
    tokens.get(name.end).filter(|t| t.is(','))?;
    let floor = sentence.start.max(comma.saturating_sub(ROLE_REACH));
    (floor..comma)
        .rev()
        .take_while(|&k| tokens[k].is_word() && (tokens[k].cue.is_none() || tokens[k].has(Class::TITLE)))
        .map(|k| (&tokens[k], &text[tokens[k].bytes.clone()]))
        .find(|(t, word)| !t.capital && (t.has(Class::TITLE) || names_a_role(t, word, pack)))
        .map(|(_, word)| role_of(word, pack))
}

/// Whether a lower-case word has the ending of a role: strategist, pollster, director.
fn names_a_role(token: &Token, word: &str, pack: &Pack) -> bool {
    !token.has(
        Class::PREPOSITION
            | Class::CONJUNCTION
            | Class::ADVERB
            | Class::PRONOUN
            | Class::DETERMINER
            | Class::TIME,
    ) && token.cue.is_none()
        && word.len() > 4
        && pack.names().ends(word, Ending::Role)
        && !pack.names().is_common(word)
}

/// An adjective of party or nation, or "Former", at the head of a run.
pub(in crate::quotes) fn is_adjective(word: &str, pack: &Pack) -> bool {
    let nation = word.len() > 4 && pack.names().ends(word, Ending::Nation);
    pack.names().is_adjective(&fold(word)) || nation && !gender::is_given_name(word, pack)
}
