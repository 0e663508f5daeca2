//! Who says what: classes of function words, titles and bodies, and verbs that attribute.
//!
//! Words are looked up in lower case. The lists are small on purpose: what is not here is found, where it can be,
//! by the shape of the sentence around a quotation.

use rustc_hash::{FxHashMap, FxHashSet};

use super::class::{Class, function_word, noun_of_saying};
use super::names::{Ending, Use, date_forms, ending, given_name, organisation, title};
use super::settings::Inflection;
use super::source::{Row, Wrong};
use super::{Lists, inflection, one_of, some_of};

/// How a verb attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A verb of saying: `said (that) …`.
    Say,
    /// A verb of saying with an addressee: `told them (that) …`.
    Tell,
    /// A belief, wish or finding: `thinks …`, `wants …`, `shows …`.
    Hold,
    /// A stance to somebody or something: `supports …`, `criticised …`.
    Stance,
    /// A naming: `called it …`.
    Call,
}

/// A form of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// What follows it.
    pub frame: Frame,
    /// Which form of the verb it is.
    pub form: Form,
    /// Behind a quotation, the noun after it is its subject rather than whom it tells: `asked Lee`.
    pub asks: bool,
    /// "to" behind it opens no infinitive: `replied to questions`.
    pub replies: bool,
    /// It attributes a clause or a quotation only: `found that`, not `found a map`.
    pub clause: bool,
    /// "to" stands before what it speaks of: `refers to`.
    pub to: bool,
    /// In the passive it tells of nobody's words: `is intended`.
    pub active: bool,
    /// Its object speaks: `quotes`.
    pub cites: bool,
}

/// Inflection of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `say`
    Base,
    /// `says`
    Third,
    /// `said`
    Past,
    /// `saying`
    Participle,
    /// `known`, where the past is another form: behind an auxiliary only.
    Perfect,
}

impl Cue {
    /// A verb of saying in the past, as words make one that are none by themselves: "went on".
    pub const SAID: Self = Self {
        frame: Frame::Say,
        form: Form::Past,
        asks: false,
        replies: false,
        clause: false,
        to: false,
        active: false,
        cites: false,
    };

    fn of(verb: Verb, form: Form) -> Self {
        let Verb { frame, asks, replies, clause, to, active, cites, .. } = verb;
        Self { frame, form, asks, replies, clause, to, active, cites }
    }

    /// Whether it is a verb of saying.
    pub fn says(self) -> bool {
        matches!(self.frame, Frame::Say | Frame::Tell)
    }
}

/// An entry of `verbs-of-saying.txt`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verb {
    pub frame: Frame,
    /// Its plain form and its form in -s are mostly nouns.
    pub noun: bool,
    /// So common that what stands before it speaks.
    pub usual: bool,
    /// The noun behind it is its subject: `asked Lee`.
    pub asks: bool,
    /// "to" behind it opens no infinitive.
    pub replies: bool,
    /// It attributes a clause or a quotation only.
    pub clause: bool,
    /// "to" stands before what it speaks of.
    pub to: bool,
    /// In the passive it tells of nobody's words.
    pub active: bool,
    /// Its object speaks.
    pub cites: bool,
}

/// The lists.
#[derive(Debug)]
pub(crate) struct SpeechWords {
    classes: FxHashMap<&'static str, Class>,
    /// Plain forms of verbs that are inflected as in English.
    lemmas: FxHashMap<&'static str, Verb>,
    irregular: FxHashMap<&'static str, (&'static str, Form)>,
    /// Forms of the other languages' verbs.
    forms: FxHashMap<String, (Verb, Form)>,
    english: bool,
    /// What every word in Cyrillic is, of a language that sets its verbs last or of another.
    cyrillic: Class,
    /// Endings that tell what a word in no list is, by their last letter; those of the language itself.
    endings: FxHashMap<char, Vec<(&'static str, Class)>>,
    /// Pronouns joined to the verb before them, with their hyphens.
    clitics: Vec<(&'static str, &'static str)>,
    /// Those of a genitive.
    possessors: Vec<&'static str>,
    given: FxHashSet<&'static str>,
    particles: FxHashSet<&'static str>,
}

impl SpeechWords {
    pub(super) fn read(lists: &Lists) -> Self {
        let mut classes: FxHashMap<&'static str, Class> = FxHashMap::default();
        let mut lemmas: FxHashMap<&'static str, Verb> = FxHashMap::default();
        let mut forms: FxHashMap<String, (Verb, Form)> = FxHashMap::default();
        let mut english = false;
        let mut cyrillic = Class::CYRILLIC;
        let mut endings: FxHashMap<char, Vec<(&'static str, Class)>> = FxHashMap::default();
        if let Some(own) = lists.0.first() {
            cyrillic.set(Class::VERB_LAST, super::Settings::read(own).verb_last);
            for (ending, told) in own.read("endings", ending) {
                if let (Some(last), Ending::Grammar(class)) = (ending.chars().next_back(), told) {
                    endings.entry(last).or_default().push((ending, class));
                }
            }
        }
        for source in &lists.0 {
            let settings = super::Settings::read(source);
            let is_english = settings.inflection == Inflection::English;
            english |= is_english;
            // Of one language all lists count, of the next only those of its words that are new.
            let mut own: FxHashMap<&'static str, Class> = FxHashMap::default();
            let mut add = |word: &'static str, class: Class| *own.entry(word).or_default() |= class;
            let one = Lists(vec![*source]);
            one.all("function-words", function_word).for_each(|(word, class)| add(word, class));
            one.all("nouns-of-saying", noun_of_saying).for_each(|(word, class)| add(word, class));
            for (word, uses) in one.all("titles", title) {
                if uses.is(Use::Role) {
                    add(word, Class::TITLE);
                }
                if uses.is(Use::Oblique) {
                    add(word, Class::OBLIQUE);
                }
            }
            for (word, uses) in one.all("organisations", organisation) {
                add(word, uses.class());
            }
            date_forms(&one).for_each(|form| add(form, Class::TIME));
            #[expect(clippy::iter_over_hash_type, reason = "one map is poured into another")]
            for (word, class) in own {
                classes.entry(word).or_insert(class);
            }
            let irregulars: Vec<_> = one.all("irregular-verbs", irregular).collect();
            for (word, verb) in one.all("verbs-of-saying", verb) {
                let irregular = |third: bool| {
                    let own = irregulars.iter().filter(move |(_, (lemma, _))| *lemma == word);
                    own.filter(move |(_, (_, form))| !third || *form == Form::Third)
                };
                let found = match settings.inflection {
                    Inflection::English => {
                        lemmas.entry(word).or_insert(verb);
                        continue;
                    }
                    Inflection::Russian => inflection::russian(word, irregular(true).next().is_none()),
                    Inflection::Kazakh => inflection::kazakh(word),
                    Inflection::Listed => vec![(word.to_owned(), Form::Past)],
                };
                // Which person a form is of tells nothing where it ends in no -s.
                let past = |form| if form == Form::Participle { form } else { Form::Past };
                let listed = irregular(false).map(|&(form, (_, kind))| (form.to_owned(), past(kind)));
                for (form, kind) in found.into_iter().chain(listed) {
                    forms.entry(form).or_insert((verb, kind));
                }
            }
        }
        let particles = super::names::particles(lists, "name").collect();
        let irregular = lists.map("irregular-verbs", irregular);
        let clitics = lists.0.first().map(|own| own.read("clitics", clitic).collect()).unwrap_or_default();
        let possessors = endings.values().flatten();
        let possessors = possessors.filter(|(_, class)| *class == Class::GENITIVE).map(|(ending, _)| *ending);
        let mut possessors: Vec<&'static str> = possessors.collect();
        possessors.sort_unstable();
        let given = lists.all("given-names", given_name).map(|(name, _)| name).collect();
        Self {
            classes,
            lemmas,
            irregular,
            forms,
            english,
            cyrillic,
            endings,
            clitics,
            possessors,
            given,
            particles,
        }
    }

    /// Classes of a lower-case word, and how it may attribute.
    pub fn look_up(&self, word: &str) -> (Class, Option<Cue>) {
        // `jan.` is `jan`.
        let listed = self.classes.get(word).or_else(|| {
            self.classes.get(word.strip_suffix('.')?).filter(|class| class.contains(Class::TIME))
        });
        let mut class = listed.copied().unwrap_or_default();
        if class == Class::NONE && self.english {
            class = inflection::english_class(word);
        }
        let cue = self.cue(word);
        let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52F}');
        // "News-ке"
        if word.starts_with(cyrillic) || word.ends_with(cyrillic) {
            class |= self.cyrillic | self.by_ending(word, class, cue.is_some());
        }
        (class, cue)
    }

    /// What the endings of a word tell, if no list has it; of a verb that attributes only whether many do.
    fn by_ending(&self, word: &str, listed: Class, cue: bool) -> Class {
        // Three letters of the word are left.
        const REST: usize = 6;
        let told = |word: &str| -> Class {
            let known = word.chars().next_back().and_then(|last| self.endings.get(&last));
            let fits =
                |(ending, _): &&(&str, Class)| word.len() >= ending.len() + REST && word.ends_with(ending);
            known.into_iter().flatten().filter(fits).map(|(_, class)| *class).collect()
        };
        if listed != Class::NONE {
            let office = (Class::TITLE | Class::BODY).contains(listed);
            return if office { told(word) & Class::POSSESSED } else { Class::NONE };
        }
        if self.given.contains(word) {
            return Class::GIVEN;
        }
        let mut told = told(word);
        // "мырзаның", "өкілінің"
        if told.contains(Class::GENITIVE) {
            let stem = self.possessors.iter().find_map(|ending| word.strip_suffix(ending));
            let office = stem.and_then(|stem| self.classes.get(stem)).copied().unwrap_or_default();
            told |= office & Class::TITLE;
        }
        if cue { told & Class::OF_MANY } else { told - Class::OF_MANY }
    }

    /// How a lower-case word may attribute.
    pub fn cue(&self, word: &str) -> Option<Cue> {
        if let Some((verb, form)) = self.forms.get(word) {
            return Some(Cue::of(*verb, *form));
        }
        if word.len() < 3 || !self.english || !word.is_ascii() {
            return None;
        }
        if let Some(&(lemma, form)) = self.irregular.get(word) {
            return self.lemmas.get(lemma).map(|verb| Cue::of(*verb, form));
        }
        let (verb, form) = inflection::english(word, |word| self.lemmas.get(word).copied())?;
        Some(Cue::of(verb, form))
    }

    /// Whether a verb of saying may follow a quotation and a name in this form: `“Why?” Smith asked.`
    pub fn says(&self, word: &str) -> bool {
        self.cue(word).is_some_and(|cue| cue.says() && matches!(cue.form, Form::Past | Form::Third))
    }

    /// Whether a lower-case word is a form of so common a verb of saying that what stands before it speaks.
    pub fn is_usual(&self, word: &str) -> bool {
        if let Some((verb, form)) = self.forms.get(word) {
            return verb.usual && *form == Form::Past;
        }
        if let Some((lemma, _)) = self.irregular.get(word) {
            return self.lemmas.get(lemma).is_some_and(|verb| verb.usual);
        }
        let usual = |word: &str| self.lemmas.get(word).filter(|verb| verb.usual).copied();
        let form = inflection::english(word, usual).filter(|_| self.english);
        form.is_some_and(|(_, form)| matches!(form, Form::Past | Form::Third))
    }

    /// How many bytes at the end of a word are a pronoun that hyphens join to its verb, hyphens included, and without: `a-t-il`.
    pub fn clitic(&self, word: &str) -> Option<(usize, usize)> {
        let found =
            self.clitics.iter().find(|(ending, _)| word.len() > ending.len() && word.ends_with(ending));
        found.map(|(ending, pronoun)| (ending.len(), pronoun.len()))
    }

    /// A word without the ending of a genitive, in a language that has some.
    pub fn without_genitive<'w>(&self, word: &'w str) -> Option<&'w str> {
        let stem = self.possessors.iter().find_map(|ending| word.strip_suffix(ending))?;
        (stem.chars().count() > 1).then_some(stem)
    }

    /// Whether a lower-case word may stand inside a person's name: "van".
    pub fn is_name_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }
}

/// A verb of saying.
pub(super) fn verb(row: &Row) -> Result<(&'static str, Verb), Wrong> {
    let frame = one_of(
        row,
        1,
        &[
            ("say", Frame::Say),
            ("tell", Frame::Tell),
            ("hold", Frame::Hold),
            ("stance", Frame::Stance),
            ("call", Frame::Call),
        ],
    )?;
    some_of(
        row,
        2,
        &[
            ("noun", ()),
            ("usual", ()),
            ("asks", ()),
            ("replies", ()),
            ("clause", ()),
            ("to", ()),
            ("active", ()),
            ("cites", ()),
        ],
    )?;
    let is = |name: &str| row.has(2, name);
    let verb = Verb {
        frame,
        noun: is("noun"),
        usual: is("usual"),
        asks: is("asks"),
        replies: is("replies"),
        clause: is("clause"),
        to: is("to"),
        active: is("active"),
        cites: is("cites"),
    };
    Ok((row.field(0), verb))
}

/// A pronoun behind its verb: the ending that it makes, and itself.
fn clitic(row: &Row) -> Result<(&'static str, &'static str), Wrong> {
    let (ending, pronoun) = (row.field(0), row.field(1));
    let fits = !pronoun.is_empty() && ending.starts_with('-') && ending.ends_with(pronoun);
    if fits { Ok((ending, pronoun)) } else { Err(format!("{ending:?} does not end in {pronoun:?}")) }
}

/// A form that no rule gives, with the plain form.
pub(super) fn irregular(row: &Row) -> Result<(&'static str, (&'static str, Form)), Wrong> {
    let form = one_of(
        row,
        2,
        &[
            ("base", Form::Base),
            ("third", Form::Third),
            ("past", Form::Past),
            ("participle", Form::Participle),
            ("perfect", Form::Perfect),
        ],
    )?;
    Ok((row.field(0), (row.field(1), form)))
}

/// The lists of this module with what reads an entry of each.
#[cfg(test)]
pub(super) const LISTS: [(&str, super::tests::Check); 5] = [
    ("function-words", |row| function_word(row).map(drop)),
    ("nouns-of-saying", |row| noun_of_saying(row).map(drop)),
    ("verbs-of-saying", |row| verb(row).map(drop)),
    ("irregular-verbs", |row| irregular(row).map(drop)),
    ("clitics", |row| clitic(row).map(drop)),
];
