//! The people and bodies that an article names, each under its fullest name.
//!
//! A name is a run of capitalised words, titles and adjectives before it taken off. Runs that share first and
//! last word are one entity, however many middle names they have; a surname alone is the entity that bears it
//! most often, "Mr." and "Ms." choosing between those who share it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{
    gender::{self, Gender},
    lexicon::{self, Class},
    source,
    token::{Kind, Token},
};

/// The most words that a name has.
const LONGEST: usize = 6;
/// How far behind a name its apposition is read for roles, in tokens.
const ROLE_REACH: usize = 6;

/// A name as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Mention<'t> {
    /// Its bytes, titles left out.
    pub bytes: Range<usize>,
    /// Its words.
    words: Vec<&'t str>,
    /// Lower-case titles and roles that stand with it: "president", "pollster".
    roles: Vec<String>,
    /// What its title or role says.
    gender: Option<Gender>,
    /// Whether its sentence is about it: it comes first.
    pub salient: bool,
    /// Whether it is the subject of its sentence.
    pub subject: bool,
    /// Whether "'s" follows it.
    pub possessive: bool,
    /// Whether "the" stands before it.
    article: bool,
    /// Whether it opens its sentence, where any word has a capital.
    initial: bool,
    /// Which entity it names, once all are read.
    pub entity: usize,
}

/// Somebody or something that the article names.
#[derive(Clone, Debug, Default)]
pub(super) struct Entity {
    /// The fullest name; empty where a capitalised word proved to be no name.
    pub name: String,
    /// Times it is named.
    count: usize,
    /// What pronoun it takes, if known.
    pub gender: Option<Gender>,
    /// Whether it is a person.
    pub person: bool,
}

/// All that an article names.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    /// In order of place.
    pub mentions: Vec<Mention<'t>>,
    /// By number.
    pub entities: Vec<Entity>,
    /// For each role, who bore it where.
    roles: FxHashMap<String, Bearers>,
}

/// Who bears a role, in order of place.
#[derive(Debug, Default)]
struct Bearers {
    /// Place and entity.
    list: Vec<(usize, usize)>,
    /// Whether more than one entity does.
    several: bool,
}

impl<'t> Names<'t> {
    /// Reads the names of a sentence. Quotations are not looked into.
    pub fn read(&mut self, text: &'t str, tokens: &[Token], sentence: &Range<usize>) {
        let subject = source::subject(tokens, sentence.start, sentence.end);
        let first = self.mentions.len();
        let mut at = sentence.start;
        while at < sentence.end {
            let end = run_end(text, tokens, at, sentence.end);
            if end == at {
                at += 1;
                continue;
            }
            if let Some(mut mention) = mention(text, tokens, at..end, sentence) {
                let inside = subject.as_ref().is_some_and(|s| s.contains(&(end - 1)));
                mention.subject = !mention.possessive && inside;
                mention.salient = mention.subject || !mention.possessive && self.mentions.len() == first;
                self.mentions.push(mention);
            }
            at = end;
        }
    }

    /// Joins the mentions to entities. Linear in the number of mentions.
    pub fn finish(&mut self, text: &str) {
        let mut full: FxHashMap<(String, String), usize> = FxHashMap::default();
        let mut order: Vec<usize> =
            (0..self.mentions.len()).filter(|&m| self.mentions[m].words.len() > 1).collect();
        order.sort_by_key(|&m| self.mentions[m].words.len());
        let mut forms: Vec<FxHashMap<String, (usize, usize)>> = Vec::new();
        for &m in &order {
            let words = &self.mentions[m].words;
            let last = stem(words[words.len() - 1]);
            let known =
                (0..words.len() - 1).rev().find_map(|k| full.get(&(stem(words[k]), last.clone())).copied());
            let entity = known.unwrap_or(forms.len());
            if known.is_none() {
                forms.push(FxHashMap::default());
                full.insert((stem(words[0]), last), entity);
            }
            let seen = forms[entity].entry(words.join(" ")).or_insert((0, m));
            seen.0 += 1;
            seen.1 = seen.1.min(m);
            self.mentions[m].entity = entity;
        }
        self.entities =
            forms.iter().map(|forms| Entity { name: fullest(forms), ..Entity::default() }).collect();
        for &m in &order {
            self.entities[self.mentions[m].entity].count += 1;
        }
        self.settle_gender(&order);
        self.join_short(text);
        self.settle_roles();
    }

    /// Who bore a role last before byte `at`, else the only one who ever does.
    pub fn bearer(&self, role: &str, at: usize) -> Option<usize> {
        let Bearers { list, several } = self.roles.get(role)?;
        match list.partition_point(|&(place, _)| place < at) {
            0 => list.first().filter(|_| !several).map(|&(_, entity)| entity),
            before => Some(list[before - 1].1),
        }
    }

    /// The mentions inside a byte range.
    pub fn within(&self, bytes: &Range<usize>) -> &[Mention<'t>] {
        let start = self.mentions.partition_point(|m| m.bytes.start < bytes.start);
        let end = self.mentions.partition_point(|m| m.bytes.start < bytes.end);
        &self.mentions[start..end.max(start)]
    }

    fn settle_gender(&mut self, mentions: &[usize]) {
        let mut by_name: Vec<Option<Gender>> = vec![None; self.entities.len()];
        for &m in mentions {
            let mention = &self.mentions[m];
            let entity = &mut self.entities[mention.entity];
            entity.gender = entity.gender.or(mention.gender);
            by_name[mention.entity] = by_name[mention.entity].or_else(|| gender::of_name(&mention.words));
            let given = gender::is_given_name(mention.words[0]);
            entity.person |= !mention.article
                && (given
                    || mention.gender.is_some()
                    || !mention.roles.is_empty() && !is_body(&mention.words));
        }
        for (entity, gender) in self.entities.iter_mut().zip(by_name) {
            entity.gender = entity.gender.or(gender);
        }
    }

    /// Gives names of one word their entity: by surname, by given name, by acronym, else their own.
    fn join_short(&mut self, text: &str) {
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut acronyms: FxHashMap<&'t str, usize> = FxHashMap::default();
        for (index, mention) in self.mentions.iter().enumerate() {
            let words = &mention.words;
            if words.len() < 2 {
                continue;
            }
            let given = words.first().filter(|w| gender::is_given_name(w));
            for word in words.last().into_iter().chain(given) {
                let bearers = by_word.entry(stem(word)).or_default();
                // Those who share a surname are few; a text made to have many gains nothing by it.
                if bearers.len() < 8 && !bearers.contains(&mention.entity) {
                    bearers.push(mention.entity);
                }
            }
            if let Some(next) = self.mentions.get(index + 1)
                && next.words.len() == 1
                && text.get(mention.bytes.end..next.bytes.start) == Some(" (")
                && next.words[0].chars().all(|c| c.is_uppercase())
            {
                acronyms.entry(next.words[0]).or_insert(mention.entity);
            }
        }
        let mut alone: FxHashMap<String, usize> = FxHashMap::default();
        for mention in self.mentions.iter_mut().filter(|m| m.words.len() == 1) {
            let word = mention.words[0];
            let fits = |&&e: &&usize| match (self.entities[e].gender, mention.gender) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            let key = stem(word);
            let bearers = by_word.get(&key).map_or(&[][..], Vec::as_slice);
            let best = bearers.iter().filter(fits).max_by_key(|&&e| (self.entities[e].count, usize::MAX - e));
            let known = best.or_else(|| acronyms.get(word)).or_else(|| alone.get(&key)).copied();
            mention.entity = known.unwrap_or_else(|| {
                self.entities.push(Entity::default());
                alone.insert(key, self.entities.len() - 1);
                self.entities.len() - 1
            });
            let entity = &mut self.entities[mention.entity];
            // "Analysts say": a plural that only ever opens a sentence is no name.
            if entity.name.is_empty() && !is_common(word, mention.initial) {
                entity.name = word.to_owned();
            }
            entity.gender = entity.gender.or(mention.gender);
            entity.person |= !mention.article
                && (mention.gender.is_some() || !mention.roles.is_empty() && !is_body(&mention.words));
        }
    }

    fn settle_roles(&mut self) {
        for mention in &self.mentions {
            let last = mention.words[mention.words.len() - 1];
            let body = (!self.entities[mention.entity].person && mention.words.len() > 1)
                .then(|| last.to_lowercase());
            for role in mention.roles.iter().cloned().chain(body) {
                let bearers = self.roles.entry(role).or_default();
                bearers.several |= bearers.list.last().is_some_and(|&(_, entity)| entity != mention.entity);
                bearers.list.push((mention.bytes.start, mention.entity));
            }
        }
    }
}

/// The commonest form, or a longer one that only adds words in its middle. Ties by first place.
fn fullest(forms: &FxHashMap<String, (usize, usize)>) -> String {
    let mut sorted: Vec<(&String, usize, usize)> = forms.iter().map(|(f, &(n, m))| (f, n, m)).collect();
    sorted.sort_by_key(|&(_, count, first)| (usize::MAX - count, first));
    let Some(&(common, ..)) = sorted.first() else { return String::new() };
    let ends = |form: &str| (form.split(' ').next().map(stem), form.rsplit(' ').next().map(stem));
    let best =
        sorted.iter().filter(|(form, ..)| ends(form) == ends(common)).max_by_key(|(form, _, first)| {
            // Of forms that differ by case only, the shortest is the nominative.
            (
                form.split(' ').count(),
                if form.is_ascii() { 0 } else { usize::MAX - form.len() },
                usize::MAX - first,
            )
        });
    best.map_or_else(|| common.clone(), |(form, ..)| (*form).clone())
}

/// Whether a capitalised word is a common noun: of a people or party, or any plural that opens a sentence.
fn is_common(word: &str, initial: bool) -> bool {
    let people = ["ans", "ats", "ives", "ists", "ians"].iter().any(|e| word.ends_with(e));
    people
        || initial && word.ends_with('s') && word.chars().any(char::is_lowercase)
        || matches!(word, "Police" | "Someone" | "Nobody" | "Everybody" | "Everyone")
}

/// A word of a name without its Russian or Kazakh case ending; any other word as it is.
fn stem(word: &str) -> String {
    const ENDINGS: &[&str] = &[
        "тың", "тің", "ның", "нің", "дың", "дің", "ого", "ому", "мен", "пен", "бен", "ым", "им", "ом", "ем",
        "ой", "ий", "ый", "қа", "ке", "ға", "ге", "ты", "ті", "ды", "ді", "ны", "ні", "а", "у", "е", "ю",
        "я",
    ];
    if !word.starts_with(|c: char| matches!(c, '\u{400}'..='\u{52F}')) {
        return word.to_owned();
    }
    let ending = ENDINGS.iter().find(|e| word.ends_with(**e) && word.len() >= e.len() + 6);
    ending.map_or(word, |e| &word[..word.len() - e.len()]).to_owned()
}

/// Whether the last word is one that bodies end with.
fn is_body(words: &[&str]) -> bool {
    words.iter().any(|w| lexicon::look_up(&w.to_lowercase()).0.intersects(Class::BODY))
}

/// One past the run of capitalised words that starts at `at`.
fn run_end(text: &str, tokens: &[Token], at: usize, end: usize) -> usize {
    let starts = |k: usize| {
        let token = &tokens[k];
        token.is_word()
            && token.capital
            && !token.has(
                Class::TIME | Class::STARTER | Class::CONJUNCTION | Class::AUXILIARY | Class::SUBORDINATOR,
            )
            && !(token.has(Class::PREPOSITION | Class::DETERMINER | Class::PRONOUN | Class::ADVERB))
    };
    if !starts(at) {
        return at;
    }
    let mut next = at + 1;
    while next < end {
        let token = &tokens[next];
        let particle = || token.is_word() && PARTICLES.contains(&&text[token.bytes.clone()]);
        let of = || token.has(Class::BRIDGE | Class::ON) && tokens[next - 1].has(Class::BODY);
        let and = || token.has(Class::CONJUNCTION) && (at..next).any(|k| tokens[k].has(Class::BRIDGE));
        if starts(next) {
            next += 1;
        } else if next + 1 < end && starts(next + 1) && (particle() || of() || and()) {
            next += 2;
        } else {
            break;
        }
    }
    next
}

const PARTICLES: &[&str] =
    &["de", "la", "von", "van", "der", "den", "bin", "ibn", "al", "el", "dos", "da", "di", "du", "ul", "ben"];

/// The name in a run of capitalised words, what comes before it read as titles.
fn mention<'t>(
    text: &'t str,
    tokens: &[Token],
    run: Range<usize>,
    sentence: &Range<usize>,
) -> Option<Mention<'t>> {
    let word = |k: usize| &text[tokens[k].bytes.clone()];
    let mut start = run.start;
    let mut roles = Vec::new();
    for k in run.clone() {
        if tokens[k].has(Class::TITLE) && k + 1 < run.end {
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
    if let Some(given) = (start + 1..run.end.saturating_sub(1)).find(|&k| gender::is_given_name(word(k)))
        && !gender::is_given_name(word(start))
    {
        start = given;
    }
    // Kazakh and Russian place words with the name before them; only a patronymic belongs to it.
    let mut run = run;
    if run.end - start > 2 && tokens[start].has(Class::CYRILLIC) && gender::is_given_name(word(start)) {
        let patronymic = ["ұлы", "қызы", "вич", "вна"]
            .iter()
            .any(|e| word(start + 1).ends_with(e) || word(start + 2).ends_with(e));
        run.end = start + if patronymic { 3 } else { 2 };
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
            && (before.has(Class::TITLE) || gender::of_title(lower).is_some() || names_a_role(before, lower))
        {
            roles.push(role_of(lower));
        }
    }
    if run.len() == 1 && run.start == sentence.start && compounds(tokens, run.end, sentence.end) {
        return None;
    }
    roles.extend(apposition(text, tokens, run.end, sentence.end));
    let article = run.start > sentence.start && word(run.start - 1).eq_ignore_ascii_case("the");
    let words: Vec<&str> = (start..run.end).map(word).collect();
    let gender = roles.iter().find_map(|r| gender::of_title(r));
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
        entity: 0,
    })
}

/// Whether a plain noun follows, so that a capitalised word at the start of a sentence is one too:
/// "Well production rose".
fn compounds(tokens: &[Token], at: usize, end: usize) -> bool {
    let token = tokens.get(at).filter(|_| at < end);
    token.is_some_and(|t| t.is_word() && !t.capital && t.class == Class::NONE && t.cue.is_none())
}

/// A title in the form under which "the president" looks for it.
fn role_of(word: &str) -> String {
    let lower = word.to_lowercase();
    let long = match lower.as_str() {
        "sen." => "senator",
        "gov." => "governor",
        "gen." => "general",
        "rep." => "representative",
        "col." => "colonel",
        "prof." => "professor",
        "dr." => "doctor",
        _ => return lower,
    };
    long.to_owned()
}

/// Words of the apposition behind a name: ", a Republican strategist," makes a strategist.
fn apposition(text: &str, tokens: &[Token], at: usize, end: usize) -> Vec<String> {
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
        .filter(|(t, word)| t.has(Class::TITLE) || names_a_role(t, word))
        .map(|(_, word)| role_of(word))
        .collect()
}

/// Whether a lower-case word has the ending of a role: strategist, pollster, director.
fn names_a_role(token: &Token, word: &str) -> bool {
    !token.has(
        Class::PREPOSITION
            | Class::CONJUNCTION
            | Class::ADVERB
            | Class::PRONOUN
            | Class::DETERMINER
            | Class::TIME,
    ) && token.cue.is_none()
        && word.len() > 4
        && ["er", "or", "ist", "man", "woman", "ian"].iter().any(|e| word.ends_with(e))
}

/// An adjective of party or nation, or "Former", at the head of a run.
fn is_adjective(word: &str) -> bool {
    const OTHERS: &[&str] = &[
        "Former",
        "Democratic",
        "Democrat",
        "Retired",
        "Onetime",
        "Longtime",
        "French",
        "Dutch",
        "Greek",
        "Czech",
        "Kazakh",
        "Uzbek",
        "Turkmen",
        "Tajik",
        "Kyrgyz",
        "Iraqi",
        "Israeli",
        "Pakistani",
        "GOP",
    ];
    let nation = ["an", "ish", "ese"].iter().any(|e| word.len() > 4 && word.ends_with(e));
    OTHERS.contains(&word) || nation && !gender::is_given_name(word)
}
