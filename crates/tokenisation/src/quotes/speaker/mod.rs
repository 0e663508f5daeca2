//! From the words that name a source to the fullest name that the article has for it.

mod mention;
pub(super) mod names;
mod nominative;

use std::ops::Range;

use self::{mention::is_adjective, names::Names};
use super::gender;
use super::token::{self, Kind, Token};
use crate::languages::class::Class;
use crate::languages::names::{Ending, Gender};
use crate::text::chars::tail;
use crate::text::fold::fold;
use throughline_schema::Statement;

/// How far back a pronoun's antecedent may stand, in bytes.
const REACH: usize = 1500;

/// How far back whom "the minister" describes may stand, in bytes.
const NEAR: usize = 400;

/// How many names back somebody may stand whom a pronoun means rather than who is named next.
const MENTIONS: usize = 50;

/// A source of more bytes than this names nobody.
const LONGEST_SOURCE: usize = 600;

/// The longest word before a source that is looked up, in bytes.
const LONGEST_WORD: usize = 48;

/// The longest description between a name and "who", in bytes.
const LONGEST_DESCRIPTION: usize = 60;

/// Somebody spoken of at a place.
struct Salient {
    at: usize,
    entity: usize,
    /// As a subject or as a speaker, not only in passing.
    subject: bool,
    /// As a speaker.
    spoke: bool,
}

/// Resolves sources in the order of their place.
pub(super) struct Resolver<'a, 't> {
    text: &'t str,
    /// The article's statements, for their paragraphs.
    statements: &'a [Statement],
    names: &'a mut Names<'t>,
    /// Who was spoken of or spoke, and where, in order of place.
    salient: Vec<Salient>,
    /// The next mention to be made salient.
    next: usize,
}

impl<'a, 't> Resolver<'a, 't> {
    /// A resolver for one article, its names read.
    pub fn new(text: &'t str, statements: &'a [Statement], names: &'a mut Names<'t>) -> Self {
        Self { text, statements, names, salient: Vec::new(), next: 0 }
    }

    /// The speaker named at `source`. Sources must come in the order of their places.
    pub fn resolve(&mut self, source: &Range<usize>) -> Option<String> {
        self.advance(source.start);
        if source.len() > LONGEST_SOURCE {
            return None;
        }
        let tokens = token::tokens(self.text, source.clone(), &[], &[], self.names.pack);
        let entity = match self.outlet(source, &tokens) {
            Some(outlet) => outlet,
            None => self.entity(&tokens)?,
        };
        // "polling in Florida shows": a place speaks for nobody.
        let before = self.text[..source.start].trim_end();
        let last = fold(tail(before, LONGEST_WORD).rsplit(char::is_whitespace).next().unwrap_or_default());
        let placed = self.names.pack.speech().look_up(&last).0.contains(Class::IN);
        // "сообщили в МЧС"
        let body = || {
            tokens.iter().any(|t| t.has(Class::BODY))
                || self.text[source.clone()].chars().all(char::is_uppercase)
        };
        if placed && !self.names.entities[entity].person && !body() {
            return None;
        }
        self.salient.push(Salient { at: source.start, entity, subject: true, spoke: true });
        let name = Some(self.names.entities[entity].name.clone()).filter(|name| !name.is_empty())?;
        let other = self.joined(&tokens, entity).map(|e| self.names.entities[e].name.as_str());
        Some(
            other
                .filter(|o| !o.is_empty())
                .map_or_else(|| name.clone(), |other| format!("{other} and {name}")),
        )
    }

    /// The first of two who speak together: "Putin and Tokayev".
    fn joined(&self, tokens: &[Token], second: usize) -> Option<usize> {
        let and = tokens
            .iter()
            .position(|t| t.has(Class::CONJUNCTION) || t.is(','))
            .filter(|&k| k > 0 && !tokens[k].is(','))?;
        let first = self.names.within(&(tokens[0].bytes.start..tokens[and].bytes.start));
        first
            .last()
            .filter(|m| {
                let before = tokens.iter().rposition(|t| t.bytes.end <= m.bytes.start);
                !before.is_some_and(|k| tokens[k].has(Class::PREPOSITION))
            })
            .filter(|m| !m.possessive && m.bytes.end == tokens[and - 1].bytes.end && m.entity != second)
            .map(|m| m.entity)
    }

    fn advance(&mut self, to: usize) {
        while let Some(mention) = self.names.mentions.get(self.next).filter(|m| m.bytes.start < to) {
            if mention.salient {
                self.salient.push(Salient {
                    at: mention.bytes.start,
                    entity: mention.entity,
                    subject: mention.subject,
                    spoke: false,
                });
            }
            self.next += 1;
        }
    }

    fn entity(&mut self, tokens: &[Token]) -> Option<usize> {
        let first = tokens.first()?;
        let at = first.bytes.start;
        if let Some(known) = self.office(tokens) {
            return known;
        }
        if tokens.len() == 1
            && first.has(Class::PRONOUN | Class::WHO | Class::THAT | Class::HE | Class::SHE | Class::THEY)
        {
            return self.pronoun(first, at);
        }
        let stop = |t: &Token| t.is(',') || t.is('(') || t.has(Class::PREPOSITION) && !t.capital;
        let head = tokens.iter().position(stop).unwrap_or(tokens.len());
        let bytes = |r: Range<usize>| tokens[r.start].bytes.start..tokens[r.end - 1].bytes.end;
        if head == 0 {
            return None;
        }
        let last = &tokens[head - 1];
        // "Bureau of Inquiry spokesman Ann Lee": a name behind a title ends it all.
        let end = tokens.iter().rposition(Token::is_word)?;
        if let Some(named) = self.names.within(&bytes(0..end + 1)).last()
            && named.bytes.end == tokens[end].bytes.end
            && let Some(before) = tokens.iter().rposition(|t| t.bytes.end <= named.bytes.start)
            && tokens[before].has(Class::TITLE)
            && !tokens[before].capital
            && !named.possessive
            && !self.names.entities[named.entity].name.is_empty()
        {
            return Some(named.entity);
        }
        // "the UN coordinator for peace, Olav Brandsen,"
        let comma = tokens.iter().position(|t| t.is(','));
        if let Some(open) = comma.filter(|&k| k >= head && (last.has(Class::TITLE) || self.is_role(last)))
            && let Some(named) = self.names.within(&bytes(open..tokens.len())).first()
            && tokens.get(open + 1).is_some_and(|t| t.bytes.start == named.bytes.start)
            && named.words.len() > 1
            && tokens.iter().all(|t| t.bytes.start < named.bytes.end || t.is(','))
        {
            return Some(named.entity);
        }
        // "the Black Flag group"
        let body = last.has(Class::BODY | Class::FIRM) && !last.capital;
        if body
            && let Some(named) = self.names.within(&bytes(0..head)).last()
            && tokens.iter().rposition(|t| t.bytes.end <= named.bytes.end) == head.checked_sub(2)
            && !self.names.entities[named.entity].person
            && !named.possessive
            && named.words.len() > 1
            // "the South Korean firm" is another.
            && !is_adjective(named.words[named.words.len() - 1], self.names.pack)
        {
            return Some(named.entity);
        }
        if let Some(mention) = self
            .names
            .within(&bytes(0..head))
            .iter()
            .rev()
            .find(|m| !m.possessive && m.bytes.end >= last.bytes.end)
            // "The Minister" is no name.
            .filter(|m| !self.names.entities[m.entity].name.is_empty())
        {
            // "the South Carolina Republican"
            let word = mention.words[mention.words.len() - 1];
            if mention.article && mention.bytes.start > at && is_adjective(word, self.names.pack) {
                return self.described(at, true);
            }
            return Some(mention.entity);
        }
        // "his wife, Jane": the name stands in the apposition.
        if let Some(mention) = tokens.get(head).filter(|t| t.is(',')).and(tokens.get(head + 1))
            && mention.capital
            && let Some(named) = self.names.within(&bytes(head + 1..tokens.len())).first()
            && named.bytes.start <= mention.bytes.end + 20
        {
            return Some(named.entity);
        }
        // "the assistant mayor for tourism, Ann Lee"
        let comma = tokens.iter().rposition(|t| t.is(',')).filter(|&k| k + 1 < tokens.len() && k > head);
        if let Some(comma) = comma
            && let Some(named) = self.names.within(&bytes(comma + 1..tokens.len())).first()
            && named.bytes == bytes(comma + 1..tokens.len())
            && last.has(Class::TITLE)
        {
            return Some(named.entity);
        }
        // "the mayor of Velm and former engineer Ann Lee": a name ends it all, behind a word of what she is.
        if let Some(named) = self.names.within(&bytes(0..end + 1)).last()
            && named.bytes.end == tokens[end].bytes.end
            && let Some(before) = tokens.iter().rposition(|t| t.bytes.end <= named.bytes.start)
            && tokens[before].is_word()
            && (!tokens[before].capital || gender::is_given_name(named.words[0], self.names.pack))
            && !tokens[before].has(Class::PREPOSITION | Class::DETERMINER | Class::CONJUNCTION)
            && self.names.entities[named.entity].person
        {
            return Some(named.entity);
        }
        let owner = self.names.within(&bytes(0..head)).iter().rev().find(|m| m.possessive).map(|m| m.entity);
        let definite = first.has(Class::CYRILLIC | Class::THE);
        let titled = definite && last.has(Class::TITLE) && !last.capital;
        // "the Florida senator" is whom the article has been speaking of.
        let modified = titled && owner.is_none() && tokens[..head - 1].iter().skip(1).any(|t| t.capital);
        let elsewhere = modified
            && tokens[1..head - 1]
                .iter()
                .any(|t| t.capital && !is_adjective(&self.text[t.bytes.clone()], self.names.pack));
        self.described(at, true)
            .filter(|_| modified)
            // "the Berlin mayor" is not the mayor of Moscow.
            .or_else(|| self.role(last, at).filter(|_| !elsewhere))
            .or_else(|| self.described(at, false).filter(|_| titled))
            .filter(|&e| Some(e) != owner)
    }

    /// A body whose name the source has in quotation marks: `газета «Заря»`.
    fn outlet(&mut self, source: &Range<usize>, tokens: &[Token]) -> Option<usize> {
        let text = self.text[source.clone()].trim_end();
        let (before, name) = text.strip_suffix('»')?.split_once('«')?;
        let body =
            before.is_empty() || tokens.first().is_some_and(|t| t.has(Class::BODY) && !t.has(Class::TITLE));
        (body && !name.is_empty()).then(|| self.names.body(name.to_owned()))
    }

    /// In Cyrillic, whom a body or an office means that a name in the genitive follows: `министерство обороны Южной Кореи` is
    /// itself, `президент США` who is called so, and neither is the country. Nothing where a person is named.
    fn office(&mut self, tokens: &[Token]) -> Option<Option<usize>> {
        let end = tokens.iter().position(|t| t.is(',') || t.is('(')).unwrap_or(tokens.len());
        let tokens = &tokens[..end];
        let (first, last) = (tokens.first()?, tokens.last()?);
        // "Кларк мырза"
        if last.has(Class::VERB_LAST) && last.has(Class::TITLE) && !last.capital && tokens.len() > 1 {
            let before = &tokens[tokens.len() - 2];
            let named = self.names.within(&before.bytes).last().map(|m| m.entity);
            return named.filter(|_| before.capital && !last.has(Class::POSSESSED)).map(Some);
        }
        if tokens.len() < 2 || !first.has(Class::CYRILLIC) || first.has(Class::VERB_LAST) || !last.capital {
            return None;
        }
        let head = tokens.iter().position(|t| t.has(Class::BODY | Class::TITLE))?;
        // "тренер клуба": the body is another's.
        let describes = |t: &Token| t.has(Class::NOMINATIVE | Class::GENITIVE | Class::DETERMINER);
        if tokens[head].has(Class::BODY) && !tokens[..head].iter().all(describes) {
            return None;
        }
        let bytes = first.bytes.start..last.bytes.end;
        let named = self.names.within(&bytes).last().filter(|m| m.bytes.end == last.bytes.end);
        let word = &self.text[last.bytes.clone()];
        let owner = nominative::is_owner(word, self.names.pack)
            || !last.has(Class::CYRILLIC)
            || named.is_some_and(|m| self.names.entities[m.entity].placed());
        let person = |m: &mention::Mention<'_>| {
            let entity = &self.names.entities[m.entity];
            entity.person && m.words.len() > 1
                || m.words.len() > 1 && gender::is_given_name(m.words[0], self.names.pack)
        };
        if tokens[head].has(Class::BODY) && (!tokens[head].capital || head == 0) {
            if named.is_some_and(person) {
                return None;
            }
            let word = &self.text[tokens[head].bytes.clone()];
            let rest = &self.text[tokens[head].bytes.end..bytes.end];
            let oblique = tokens[head].has(Class::OBLIQUE);
            let plain = oblique.then(|| nominative::of_body(word, self.names.pack)).flatten();
            return Some(Some(self.names.body(format!("{}{rest}", plain.as_deref().unwrap_or(word)))));
        }
        if !owner || head + 1 >= tokens.len() || named.is_some_and(person) {
            return None;
        }
        let role = fold(&self.text[tokens[head].bytes.start..bytes.end]);
        Some(self.names.bearer(&role, first.bytes.start))
    }

    /// Whether a word has the ending of a role: "coordinator".
    fn is_role(&self, token: &Token) -> bool {
        self.names.pack.names().ends(&fold(&self.text[token.bytes.clone()]), Ending::Role)
    }

    /// "the president": the last bearer of the title.
    fn role(&self, noun: &Token, at: usize) -> Option<usize> {
        let word = fold(&self.text[noun.bytes.clone()]);
        if noun.kind != Kind::Word || word.ends_with('s') {
            return None;
        }
        let firm = noun.has(Class::FIRM) && !noun.capital;
        // "по словам губернатора"
        let word = nominative::of_office(&word, self.names.pack).unwrap_or(word);
        self.names.bearer(&word, at).or_else(|| self.latest_body(at).filter(|_| firm))
    }

    /// "the minister", where nobody is called one: the last subject of the paragraph, or of any before, if no
    /// role stands with it.
    fn described(&self, at: usize, anywhere: bool) -> Option<usize> {
        let near = self.salient.iter().rev().take_while(|s| s.at + NEAR >= at);
        let last = near.filter(|s| s.at < at).find(|s| s.subject)?;
        let entity = &self.names.entities[last.entity];
        let here = anywhere || self.paragraph(last.at) == self.paragraph(at);
        (here && (entity.person || entity.perhaps) && !entity.titled).then_some(last.entity)
    }

    /// The paragraph in which the byte at `at` stands.
    fn paragraph(&self, at: usize) -> Option<u32> {
        let after = self.statements.partition_point(|s| s.span.byte_start <= at);
        Some(self.statements[after.checked_sub(1)?].paragraph)
    }

    fn pronoun(&mut self, token: &Token, at: usize) -> Option<usize> {
        let gender = if token.has(Class::HE) {
            Gender::Male
        } else if token.has(Class::SHE) {
            Gender::Female
        } else if token.has(Class::WHO) {
            return self.antecedent(at);
        } else if token.has(Class::IT) {
            return self.latest_body(at);
        } else {
            return None;
        };
        let fits = |names: &Names<'t>, s: &Salient| {
            let entity = &names.entities[s.entity];
            (entity.person || s.subject && entity.perhaps) && entity.gender.is_none_or(|g| g == gender)
        };
        // Who was spoken of as a subject, or spoke, goes before who was named in passing.
        let near = self.latest(at, |names, s| s.subject && s.at + NEAR >= at && fits(names, s));
        // A surname alone that spoke is somebody too, if it is no place.
        let spoke = |names: &Names<'t>, s: &Salient| {
            let entity = &names.entities[s.entity];
            let given = names.pack.names().given(&fold(&entity.name));
            s.spoke
                && s.at + NEAR >= at
                && entity.surname()
                && entity.gender.or(given).is_none_or(|g| g == gender)
        };
        let known = near.or_else(|| self.latest(at, fits)).or_else(|| self.latest(at, spoke));
        let known = known.or_else(|| self.named_next(at, gender))?;
        let entity = &mut self.names.entities[known];
        entity.person = true;
        entity.gender = entity.gender.or(Some(gender));
        Some(known)
    }

    /// Who is named right behind a pronoun that nobody stands before: "“We lost,” he said. Bo Roe runs the port."
    fn named_next(&self, at: usize, gender: Gender) -> Option<usize> {
        let mentions = &self.names.mentions;
        let first = mentions.partition_point(|m| m.bytes.start < at);
        let person = |m: &mention::Mention<'_>| self.names.entities[m.entity].person;
        let next =
            mentions.get(first).filter(|m| m.subject && m.bytes.start <= at + NEAR && m.words.len() > 1)?;
        let entity = &self.names.entities[next.entity];
        let fits = (entity.person || entity.perhaps) && entity.gender.is_none_or(|g| g == gender);
        let before = &mentions[first.saturating_sub(MENTIONS)..first];
        (fits && !before.iter().any(person)).then_some(next.entity)
    }

    /// The latest salient entity before `at` that fits.
    fn latest(&self, at: usize, fits: impl Fn(&Names<'t>, &Salient) -> bool) -> Option<usize> {
        self.salient
            .iter()
            .rev()
            .filter(|s| s.at < at)
            .take_while(|s| s.at + REACH >= at)
            .find(|s| fits(self.names, s))
            .map(|s| s.entity)
    }

    /// The latest subject or speaker that is no person, for "it" and "the company".
    fn latest_body(&self, at: usize) -> Option<usize> {
        self.latest(at, |names, s| s.subject && !names.entities[s.entity].person)
    }

    /// The name right before "who", or the one that what stands there describes.
    fn antecedent(&self, at: usize) -> Option<usize> {
        let before = self.names.mentions.partition_point(|m| m.bytes.start < at);
        let last = before.checked_sub(1)?;
        let mention = &self.names.mentions[last];
        let gap = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        let person = |m: &mention::Mention<'_>| self.names.entities[m.entity].person;
        // "Ann Lee, a farmer who"
        let describes = |gap: &str| {
            gap.len() <= LONGEST_DESCRIPTION
                && gap.trim_start().starts_with(',')
                && gap.matches(',').count() == 1
                && !gap.contains(['.', '"', '“', '”', ';', ':', '('])
        };
        let beside = |gap: &str| gap.chars().all(|c| c == ',' || c.is_whitespace());
        if let Some(owner) = last.checked_sub(1).map(|k| &self.names.mentions[k]).filter(|m| person(m)) {
            // "Ann Lee of North Dakota, who", "Ann Lee, a Velm farmer who"
            let of = fold(gap(owner.bytes.end, mention.bytes.start).trim());
            let placed = self.names.pack.speech().look_up(&of).0.contains(Class::PREPOSITION)
                && beside(gap(mention.bytes.end, at));
            if placed || !person(mention) && describes(gap(owner.bytes.end, at)) {
                return Some(owner.entity);
            }
        }
        let gap = gap(mention.bytes.end, at);
        (beside(gap) || person(mention) && describes(gap)).then_some(mention.entity)
    }
}
