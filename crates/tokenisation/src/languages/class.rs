//! Classes of function words, by which sources and contents are told apart.

use super::some_of;
use super::source::{Row, Wrong};

bitflags::bitflags! {
    /// A set of word classes.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub(crate) struct Class: u64 {
        /// `is`, `has`, `would`
        const AUXILIARY = 1;
        /// `also`, `later`
        const ADVERB = 1 << 1;
        /// `of`, `in`
        const PREPOSITION = 1 << 2;
        /// `and`, `but`
        const CONJUNCTION = 1 << 3;
        /// `that`, `because`
        const SUBORDINATOR = 1 << 4;
        /// `she`, `everyone`
        const PRONOUN = 1 << 5;
        /// `the`, `her`
        const DETERMINER = 1 << 6;
        /// `who`, `which`
        const RELATIVE = 1 << 7;
        /// `Monday`, `yesterday`
        const TIME = 1 << 8;
        /// `Mr.`, `president`; from `titles.txt`
        const TITLE = 1 << 9;
        /// Opens a sentence behind an abbreviation.
        const STARTER = 1 << 10;
        /// `me`, `them`
        const OBJECT = 1 << 11;
        /// Stands for a man.
        const HE = 1 << 12;
        /// Stands for a woman.
        const SHE = 1 << 13;
        /// Stands for several.
        const THEY = 1 << 14;
        /// Joins two nouns to one phrase: `of`.
        const BRIDGE = 1 << 15;
        /// `according`, before a preposition and the source.
        const ACCORDING = 1 << 16;
        /// `but`, `while`: what follows is the writer's.
        const BUT = 1 << 17;
        /// `that` before what is said.
        const THAT = 1 << 18;
        /// `how`, `what`: opens an indirect question.
        const WH = 1 << 19;
        /// `to`
        const TO = 1 << 20;
        /// `is`, `been`: makes a passive.
        const BE = 1 << 21;
        /// Takes a verb in the plural.
        const PLURAL = 1 << 22;
        /// Ends what is said behind a comma: `although`.
        const BREAK = 1 << 23;
        /// `who`
        const WHO = 1 << 24;
        /// Says something together with a particle: `went (on)`.
        const PHRASAL_VERB = 1 << 25;
        /// The particle of such a verb.
        const PARTICLE = 1 << 26;
        /// `what`
        const WHAT = 1 << 27;
        /// In the name of an organisation or a place; from `organisations.txt`.
        const BODY = 1 << 28;
        /// `as` before a verb of saying: `as she said`.
        const AS = 1 << 29;
        /// Opens what is said behind a comma: `, что`.
        const THAT_AFTER_COMMA = 1 << 30;
        /// `словам` in `по словам S`.
        const IN_WORDS = 1 << 31;
        /// `айтуынша` in `S айтуынша`.
        const BY_SAYING = 1 << 32;
        /// `деп` between a quotation and its verb.
        const QUOTATIVE = 1 << 33;
        /// A form in -ed that no list has, or a past form of another verb: `gave`.
        const PAST = 1 << 34;
        /// `on` behind an organisation: `Committee on Finance`.
        const ON = 1 << 35;
        /// Written in Cyrillic.
        const CYRILLIC = 1 << 36;
        /// "The company" may stand for it; from `organisations.txt`.
        const FIRM = 1 << 37;
        /// `continued`, of which `to` follows, says nothing of words.
        const GOES_ON = 1 << 38;
        /// `put` in `put it`.
        const PUT_VERB = 1 << 39;
        /// `a`
        const A = 1 << 40;
        /// A form in -ing that no list has.
        const GERUND = 1 << 41;
        /// `laut` in `laut S`: attributes alone, before the source.
        const LAUT = 1 << 42;
        /// `in`, before places.
        const IN = 1 << 43;
        /// `the`
        const THE = 1 << 44;
        /// `it`
        const IT = 1 << 45;
        /// `so` in `„Q“, so S`: attributes what stands before it to what follows.
        const BEHIND = 1 << 47;
        /// Stands before what somebody thinks or speaks of: `about`.
        const ABOUT = 1 << 48;
        /// `you`, whose words the text does not give.
        const YOU = 1 << 49;
        /// `ago`, behind a stretch of time.
        const AGO = 1 << 50;
        /// Another word where it is written in capitals: `US`.
        const ACRONYM = 1 << 46;
        /// In a case that no subject has, as its ending tells.
        const OBLIQUE = 1 << 51;
        /// In the genitive: belongs to a noun beside it.
        const GENITIVE = 1 << 52;
        /// With the ending of what belongs to somebody, as heads of phrases have in Kazakh: `өкілі`.
        const POSSESSED = 1 << 53;
        /// A finite verb, as its ending tells.
        const FINITE = 1 << 54;
        /// Of a language that sets its verbs last.
        const VERB_LAST = 1 << 55;
        /// An active participle: opens a clause behind a comma, not an apposition.
        const PARTICIPLE = 1 << 56;
        /// `былай` before the verb of what is said behind it.
        const THUS = 1 << 57;
        /// An adjective in the nominative.
        const NOMINATIVE = 1 << 58;
        /// A given name.
        const GIVEN = 1 << 59;
        /// A verb as the object of one of saying: `келгенін` in `S келгенін айтты`.
        const REPORTED = 1 << 61;
        /// A pronoun that a hyphen joins to its verb: `il` in `dit-il`.
        const INVERTED = 1 << 62;
        /// A form of a verb that leaves who speaks to the place: `сообщили в`.
        const OF_MANY = 1 << 60;
    }
}

impl Class {
    /// No class.
    pub const NONE: Self = Self::empty();
}

/// A word of `function-words.txt` with its classes.
pub(super) fn function_word(row: &Row) -> Result<(&'static str, Class), Wrong> {
    classes(row, FUNCTION_WORDS)
}

/// A word of `nouns-of-saying.txt` with its class.
pub(super) fn noun_of_saying(row: &Row) -> Result<(&'static str, Class), Wrong> {
    classes(row, NOUNS_OF_SAYING)
}

fn classes(row: &Row, known: &[(&str, Class)]) -> Result<(&'static str, Class), Wrong> {
    let classes = some_of(row, 1, known)?;
    if classes.is_empty() {
        return Err("a class is missing".to_owned());
    }
    Ok((row.field(0), classes.into_iter().collect()))
}

const NOUNS_OF_SAYING: &[(&str, Class)] = &[
    ("according", Class::ACCORDING),
    ("in-words", Class::IN_WORDS),
    ("by-saying", Class::BY_SAYING),
    ("laut", Class::LAUT),
    ("behind", Class::BEHIND),
];

const FUNCTION_WORDS: &[(&str, Class)] = &[
    ("auxiliary", Class::AUXILIARY),
    ("adverb", Class::ADVERB),
    ("preposition", Class::PREPOSITION),
    ("conjunction", Class::CONJUNCTION),
    ("subordinator", Class::SUBORDINATOR),
    ("pronoun", Class::PRONOUN),
    ("determiner", Class::DETERMINER),
    ("relative", Class::RELATIVE),
    ("time", Class::TIME),
    ("starter", Class::STARTER),
    ("object", Class::OBJECT),
    ("he", Class::HE),
    ("she", Class::SHE),
    ("they", Class::THEY),
    ("bridge", Class::BRIDGE),
    ("but", Class::BUT),
    ("that", Class::THAT),
    ("wh", Class::WH),
    ("to", Class::TO),
    ("be", Class::BE),
    ("plural", Class::PLURAL),
    ("break", Class::BREAK),
    ("who", Class::WHO),
    ("phrasal-verb", Class::PHRASAL_VERB),
    ("particle", Class::PARTICLE),
    ("what", Class::WHAT),
    ("as", Class::AS),
    ("that-after-comma", Class::THAT_AFTER_COMMA),
    ("quotative", Class::QUOTATIVE),
    ("on", Class::ON),
    ("goes-on", Class::GOES_ON),
    ("put-verb", Class::PUT_VERB),
    ("a", Class::A),
    ("past", Class::PAST),
    ("about", Class::ABOUT),
    ("ago", Class::AGO),
    ("you", Class::YOU),
    ("in", Class::IN),
    ("the", Class::THE),
    ("it", Class::IT),
    ("acronym", Class::ACRONYM),
    ("thus", Class::THUS),
    ("reported", Class::REPORTED),
];
