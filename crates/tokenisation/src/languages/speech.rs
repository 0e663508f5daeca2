//! Who says what: classes of function words, titles and bodies, and verbs that attribute.
//!
//! Words are looked up in lower case. The lists are small on purpose: what is not here is found, where it can be,
//! by the shape of the sentence around a quotation.

use rustc_hash::{FxHashMap, FxHashSet};

use super::class::{Class, function_word, noun_of_saying};
use super::names::{Use, date_forms, organisation, title};
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
    };

    fn of(verb: Verb, form: Form) -> Self {
        let Verb { frame, asks, replies, clause, to, active, .. } = verb;
        Self { frame, form, asks, replies, clause, to, active }
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
}

/// The lists.
#[derive(Debug)]
pub(crate) struct SpeechWords {
    classes: FxHashMap<&'static str, Class>,
    /// Plain forms of verbs that are inflected as in English.
    lemmas: FxHashMap<&'static str, Verb>,
    irregular: FxHashMap<&'static str, (&'static str, Form)>,
    /// Forms of the other languages' verbs.
    forms: FxHashMap<&'static str, Verb>,
    english: bool,
    particles: FxHashSet<&'static str>,
}

impl SpeechWords {
    pub(super) fn read(lists: &Lists) -> Self {
        let mut classes: FxHashMap<&'static str, Class> = FxHashMap::default();
        let mut lemmas: FxHashMap<&'static str, Verb> = FxHashMap::default();
        let mut forms: FxHashMap<&'static str, Verb> = FxHashMap::default();
        let mut english = false;
        for source in &lists.0 {
            let settings = super::Settings::read(source);
            english |= settings.english_inflection;
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
            }
            for (word, uses) in one.all("organisations", organisation) {
                add(word, uses.class());
            }
            date_forms(&one).for_each(|form| add(form, Class::TIME));
            #[expect(clippy::iter_over_hash_type, reason = "one map is poured into another")]
            for (word, class) in own {
                classes.entry(word).or_insert(class);
            }
            let verbs = if settings.english_inflection { &mut lemmas } else { &mut forms };
            for (word, verb) in one.all("verbs-of-saying", verb) {
                verbs.entry(word).or_insert(verb);
            }
        }
        let particles = super::names::particles(lists, "name").collect();
        let irregular = lists.map("irregular-verbs", irregular);
        Self { classes, lemmas, irregular, forms, english, particles }
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
        if word.starts_with(|c: char| matches!(c, '\u{400}'..='\u{52F}')) {
            class |= Class::CYRILLIC;
        }
        (class, self.cue(word))
    }

    /// How a lower-case word may attribute.
    pub fn cue(&self, word: &str) -> Option<Cue> {
        if let Some(verb) = self.forms.get(word) {
            return Some(Cue::of(*verb, Form::Past));
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
        if let Some(verb) = self.forms.get(word) {
            return verb.usual;
        }
        if let Some((lemma, _)) = self.irregular.get(word) {
            return self.lemmas.get(lemma).is_some_and(|verb| verb.usual);
        }
        let usual = |word: &str| self.lemmas.get(word).filter(|verb| verb.usual).copied();
        let form = inflection::english(word, usual).filter(|_| self.english);
        form.is_some_and(|(_, form)| matches!(form, Form::Past | Form::Third))
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
    };
    Ok((row.field(0), verb))
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
pub(super) const LISTS: [(&str, super::tests::Check); 4] = [
    ("function-words", |row| function_word(row).map(drop)),
    ("nouns-of-saying", |row| noun_of_saying(row).map(drop)),
    ("verbs-of-saying", |row| verb(row).map(drop)),
    ("irregular-verbs", |row| irregular(row).map(drop)),
];
