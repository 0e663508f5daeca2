//! The people and bodies that an article names, each under its fullest name.
//!
//! A name is a run of capitalised words, titles and adjectives before it taken off. Runs that share first and
//! last word are one entity, however many middle names they have; a surname alone is the entity that bears it
//! most often, "Mr." and "Ms." choosing between those who share it.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::mention::{self, Mention, is_body};
use super::nominative;
use crate::languages::Pack;
use crate::languages::class::Class;
use crate::languages::meaning::Role;
use crate::languages::names::{Ending, Gender};
use crate::quotes::{gender, token::Token};
use crate::text::fold::fold;

/// Somebody or something that the article names.
#[derive(Clone, Debug, Default)]
pub(in crate::quotes) struct Entity {
    /// The fullest name; empty where a capitalised word proved to be no name.
    pub name: String,
    /// Times it is named.
    count: usize,
    /// Where it is named first, in bytes.
    first: usize,
    /// What pronoun it takes, if known.
    pub gender: Option<Gender>,
    /// Whether it is a person.
    pub person: bool,
    /// Whether it may be one: two or three words, and nothing that makes it a body or a place.
    pub perhaps: bool,
    /// Whether a title or a role stands with it somewhere.
    pub titled: bool,
    /// Whether "in" or an article stands before it somewhere, as before places and bodies.
    placed: bool,
}

impl Entity {
    /// Whether it stands where places do.
    pub fn placed(&self) -> bool {
        self.placed
    }

    /// Whether it is named by one word that may be a surname: not all capitals, and nowhere a place.
    pub fn surname(&self) -> bool {
        !self.placed && !self.name.contains(' ') && self.name.chars().any(char::is_lowercase)
    }
}

/// All that an article names.
#[derive(Debug)]
pub(in crate::quotes) struct Names<'t> {
    /// The words of the text's language.
    pub pack: &'static Pack,
    /// In order of place.
    pub mentions: Vec<Mention<'t>>,
    /// By number.
    pub entities: Vec<Entity>,
    /// For each role, who bore it where.
    roles: FxHashMap<String, Bearers>,
    /// Words that the article writes small.
    small: FxHashSet<&'t str>,
    /// Bodies whose names are phrases, by name.
    bodies: FxHashMap<String, usize>,
}

/// What capitals mean in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quotes) enum Capitals {
    /// A name, or the start of a sentence.
    OfText,
    /// The same, but who is named is not spoken of yet.
    OfHeading,
    /// Nothing: nearly all words have one.
    All,
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
    /// No names yet.
    pub fn new(pack: &'static Pack) -> Self {
        Self {
            pack,
            mentions: Vec::new(),
            entities: Vec::new(),
            roles: FxHashMap::default(),
            small: FxHashSet::default(),
            bodies: FxHashMap::default(),
        }
    }

    /// Reads the names of a sentence. A heading is about nobody.
    pub fn read(&mut self, text: &'t str, tokens: &[Token], sentence: &Range<usize>, capitals: Capitals) {
        let small =
            tokens[sentence.clone()].iter().filter(|t| t.is_word() && !t.capital && t.bytes.len() > 2);
        self.small.extend(small.map(|t| &text[t.bytes.clone()]));
        let found = mention::read(text, tokens, sentence, self.pack).into_iter();
        let pack = self.pack;
        let sure = |m: &Mention<'t>| {
            capitals != Capitals::All || m.words.len() == 2 && gender::is_given_name(m.words[0], pack)
        };
        let heading = capitals != Capitals::OfText;
        self.mentions.extend(found.filter(sure).map(|mention| Mention {
            salient: mention.salient && !heading,
            heading,
            ..mention
        }));
    }

    /// Joins the mentions to entities. Linear in the number of mentions.
    pub fn finish(&mut self, text: &str) {
        let pack = self.pack;
        let mut full: FxHashMap<(String, String), usize> = FxHashMap::default();
        let mut order: Vec<usize> =
            (0..self.mentions.len()).filter(|&m| self.mentions[m].words.len() > 1).collect();
        order.sort_by_key(|&m| self.mentions[m].words.len());
        let mut forms: Vec<FxHashMap<String, (usize, usize)>> = Vec::new();
        for &m in &order {
            let words = &self.mentions[m].words;
            let last = stem(words[words.len() - 1], pack);
            let mut known = (0..words.len() - 1)
                .rev()
                .find_map(|k| full.get(&(stem(words[k], pack), last.clone())).copied());
            // "Data General Corp" is Data General.
            if let [first, .., before, form] = words[..]
                && pack.names().is_company_form(form)
            {
                let short = full.get(&(stem(first, pack), stem(before, pack))).copied();
                known = known.or(short);
            }
            let entity = known.unwrap_or(forms.len());
            if known.is_none() {
                forms.push(FxHashMap::default());
                full.insert((stem(words[0], pack), last), entity);
            }
            let seen = forms[entity].entry(words.join(" ")).or_insert((0, m));
            seen.0 += 1;
            seen.1 = seen.1.min(m);
            self.mentions[m].entity = entity;
        }
        self.entities =
            forms.iter().map(|forms| Entity { name: fullest(forms, pack), ..Entity::default() }).collect();
        for &m in &order {
            let entity = &mut self.entities[self.mentions[m].entity];
            let at = self.mentions[m].bytes.start;
            entity.first = if entity.count == 0 { at } else { entity.first.min(at) };
            entity.count += 1;
        }
        self.settle_gender(&order);
        self.join_short(text);
        self.settle_cases();
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

    /// The body of that name, which is new if nobody is called so.
    pub fn body(&mut self, name: String) -> usize {
        let Self { bodies, entities, .. } = self;
        *bodies.entry(name).or_insert_with_key(|name| {
            entities.push(Entity { name: name.clone(), ..Entity::default() });
            entities.len() - 1
        })
    }

    /// The mentions inside a byte range.
    pub fn within(&self, bytes: &Range<usize>) -> &[Mention<'t>] {
        let start = self.mentions.partition_point(|m| m.bytes.start < bytes.start);
        let end = self.mentions.partition_point(|m| m.bytes.start < bytes.end);
        &self.mentions[start..end.max(start)]
    }

    fn settle_gender(&mut self, mentions: &[usize]) {
        let pack = self.pack;
        let mut by_name: Vec<Option<Gender>> = vec![None; self.entities.len()];
        for &m in mentions {
            let mention = &self.mentions[m];
            let entity = &mut self.entities[mention.entity];
            entity.gender = entity.gender.or(mention.gender);
            by_name[mention.entity] =
                by_name[mention.entity].or_else(|| gender::of_name(&mention.words, pack.names()));
            let given = gender::is_given_name(mention.words[0], pack);
            entity.titled |= !mention.roles.is_empty();
            entity.person |= !mention.article
                && (given
                    || mention.gender.is_some()
                    || !mention.roles.is_empty() && !is_body(&mention.words, pack));
        }
        for (entity, gender) in self.entities.iter_mut().zip(by_name) {
            entity.gender = entity.gender.or(gender);
        }
        for &m in mentions {
            self.entities[self.mentions[m].entity].perhaps |= !self.mentions[m].heading;
        }
        for &m in mentions {
            let mention = &self.mentions[m];
            let entity = &mut self.entities[mention.entity];
            entity.perhaps &= !mention.article
                && !mention.placed
                && mention.words.len() <= 3
                && !is_body(&mention.words, pack)
                && !pack.names().opens_place(&fold(mention.words[0]))
                && mention.words.iter().all(|w| w.chars().any(char::is_lowercase));
        }
    }

    /// Gives names of one word their entity: by surname, by given name, by acronym, else their own.
    fn join_short(&mut self, text: &str) {
        let pack = self.pack;
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut by_first: FxHashMap<&'t str, Vec<usize>> = FxHashMap::default();
        let mut firms: FxHashMap<&'t str, usize> = FxHashMap::default();
        let mut acronyms: FxHashMap<&'t str, usize> = FxHashMap::default();
        for (index, mention) in self.mentions.iter().enumerate() {
            let words = &mention.words;
            if words.len() < 2 {
                continue;
            }
            let given = words.first().filter(|w| gender::is_given_name(w, pack));
            for word in words.last().into_iter().chain(given) {
                let bearers = by_word.entry(stem(word, pack)).or_default();
                // Those who share a surname are few; a text made to have many gains nothing by it.
                if bearers.len() < 8 && !bearers.contains(&mention.entity) {
                    bearers.push(mention.entity);
                }
            }
            // "Zhang Qingwei" is Zhang.
            let bearer = &self.entities[mention.entity];
            if words.len() == 2 && bearer.person {
                let bearers = by_first.entry(words[0]).or_default();
                if bearers.len() < 2 && !bearers.contains(&mention.entity) {
                    bearers.push(mention.entity);
                }
            }
            if !self.entities[mention.entity].person && is_body(&words[words.len() - 1..], pack) {
                firms.entry(words[0]).or_insert(mention.entity);
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
            let key = stem(word, pack);
            let bearers = by_word.get(&key).map_or(&[][..], Vec::as_slice);
            // Whom the article is about is named often and early.
            let most = bearers.iter().filter(fits).map(|&e| self.entities[e].count).max().unwrap_or(0);
            let best = bearers
                .iter()
                .filter(fits)
                .filter(|&&e| self.entities[e].count * 2 >= most)
                .min_by_key(|&&e| self.entities[e].first);
            let firm = firms.get(word).filter(|_| mention.roles.is_empty());
            let first = by_first.get(word).filter(|bearers| bearers.len() == 1).map(|bearers| &bearers[0]);
            let known = best.or_else(|| acronyms.get(word)).or(firm).or(first);
            let known = known.or_else(|| alone.get(&key)).copied();
            mention.entity = known.unwrap_or_else(|| {
                self.entities.push(Entity::default());
                alone.insert(key, self.entities.len() - 1);
                self.entities.len() - 1
            });
            let entity = &mut self.entities[mention.entity];
            entity.placed |= mention.placed || mention.article;
            // Who is named by the last word alone is somebody; a firm goes by its first.
            let surname = !mention.article && !mention.placed && entity.name.ends_with(word);
            entity.person |= entity.perhaps && surname;
            // "Analysts say": a plural that only ever opens a sentence is no name.
            let small = || mention.initial && self.small.contains(fold(word).as_str());
            // "Russian forces"
            let adjective = || mention.modifies && mention::is_adjective(word, pack);
            if entity.name.is_empty() && !is_common(word, mention.initial, pack) && !small() && !adjective() {
                entity.name = word.to_owned();
            }
            entity.gender = entity.gender.or(mention.gender);
            entity.person |= !mention.article
                && (mention.gender.is_some() || !mention.roles.is_empty() && !is_body(&mention.words, pack));
        }
    }

    /// Leads names in Cyrillic back to the nominative.
    fn settle_cases(&mut self) {
        let mut genitive = vec![true; self.entities.len()];
        for mention in &self.mentions {
            genitive[mention.entity] &= mention.genitive;
        }
        for (entity, genitive) in self.entities.iter_mut().zip(genitive) {
            if !is_cyrillic(&entity.name) {
                continue;
            }
            let words: Vec<&str> = entity.name.split(' ').collect();
            if let Some(name) = nominative::of_name(&words, self.pack, genitive) {
                let words: Vec<&str> = name.split(' ').collect();
                entity.gender = gender::of_name(&words, self.pack.names()).or(entity.gender);
                entity.person |= entity.perhaps;
                entity.name = name;
            }
        }
    }

    fn settle_roles(&mut self) {
        for mention in &self.mentions {
            let last = mention.words[mention.words.len() - 1];
            let body = !self.entities[mention.entity].person
                && mention.words.len() > 1
                && is_body(&mention.words[mention.words.len() - 1..], self.pack);
            let body = body.then(|| fold(last));
            for role in mention.roles.iter().cloned().chain(body) {
                let bearers = self.roles.entry(role).or_default();
                bearers.several |= bearers.list.last().is_some_and(|&(_, entity)| entity != mention.entity);
                bearers.list.push((mention.bytes.start, mention.entity));
            }
        }
    }
}

/// The commonest form, or a longer one that only adds words in its middle. Ties by first place.
fn fullest(forms: &FxHashMap<String, (usize, usize)>, pack: &Pack) -> String {
    let mut sorted: Vec<(&String, usize, usize)> = forms.iter().map(|(f, &(n, m))| (f, n, m)).collect();
    sorted.sort_by_key(|&(_, count, first)| (usize::MAX - count, first));
    let Some(&(common, ..)) = sorted.first() else { return String::new() };
    let ends = |form: &str| {
        let whole = form.rsplit(' ').find(|w| !pack.names().is_company_form(w));
        (form.split(' ').next().map(|w| stem(w, pack)), whole.map(|w| stem(w, pack)))
    };
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

/// Whether a capitalised word is a common noun: a title ("Minister"), of a people or party, or any plural that
/// opens a sentence.
fn is_common(word: &str, initial: bool, pack: &Pack) -> bool {
    let lower = fold(word);
    pack.names().ends(word, Ending::People)
        || pack.speech().look_up(&lower).0.intersects(Class::TITLE)
        || initial && word.ends_with('s') && word.chars().any(char::is_lowercase)
        || pack.speech().look_up(&lower).0.intersects(Class::BODY) && word.chars().any(char::is_lowercase)
        || pack.names().is_adjective(&lower)
        || matches!(pack.lexicon().meaning(&lower, &lower).role, Role::Cardinal(_) | Role::Scale(_))
        || pack.names().is_common(&lower)
}

/// A word of a name without its case ending, in languages that have some; any other word as it is.
fn stem(word: &str, pack: &Pack) -> String {
    // Three letters of a name are left at least.
    let ending = if is_cyrillic(word) { pack.names().ending(word, Ending::NameCase, 6) } else { None };
    ending.map_or(word, |e| &word[..word.len() - e.len()]).to_owned()
}

fn is_cyrillic(word: &str) -> bool {
    word.starts_with(|c: char| matches!(c, '\u{400}'..='\u{52F}'))
}
