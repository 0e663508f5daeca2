//! Closed lists: function words, titles, and the words that attribute.
//!
//! A cue is listed by its lemma; [`look_up`] undoes English inflection. The lists are small on purpose:
//! what is not here is found, where it can be, by the shape of the sentence around a quotation.

use std::{ops::BitOr, sync::OnceLock};

use rustc_hash::FxHashMap;

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    pub const NONE: Self = Self(0);
    pub const AUXILIARY: Self = Self(1);
    pub const ADVERB: Self = Self(1 << 1);
    pub const PREPOSITION: Self = Self(1 << 2);
    pub const CONJUNCTION: Self = Self(1 << 3);
    pub const SUBORDINATOR: Self = Self(1 << 4);
    pub const PRONOUN: Self = Self(1 << 5);
    pub const DETERMINER: Self = Self(1 << 6);
    pub const RELATIVE: Self = Self(1 << 7);
    pub const TIME: Self = Self(1 << 8);
    pub const TITLE: Self = Self(1 << 9);
    pub const STARTER: Self = Self(1 << 10);
    pub const OBJECT: Self = Self(1 << 11);
    pub const HE: Self = Self(1 << 12);
    pub const SHE: Self = Self(1 << 13);
    pub const THEY: Self = Self(1 << 14);
    pub const BRIDGE: Self = Self(1 << 15);
    pub const ACCORDING: Self = Self(1 << 16);
    pub const BUT: Self = Self(1 << 17);

    /// Whether the two sets share a class.
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Class {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How a verb attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
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
pub(super) struct Cue {
    /// What follows it.
    pub frame: Frame,
    /// Which form of the verb it is.
    pub form: Form,
}

/// Inflection of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `say`
    Base,
    /// `says`
    Third,
    /// `said`
    Past,
    /// `saying`
    Participle,
}

impl Cue {
    /// Whether it is a verb of saying.
    pub fn says(self) -> bool {
        matches!(self.frame, Frame::Say | Frame::Tell)
    }
}

/// Abbreviations whose full stop does not end a sentence.
pub(super) const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Fr", "Gen", "Col", "Maj", "Capt", "Lt", "Cmdr", "Adm", "Sgt",
    "Cpl", "Gov", "Sen", "Rep", "Reps", "Sens", "Govs", "Hon", "Pres", "Supt", "Insp", "Amb", "Atty", "Sr",
    "Jr", "St", "Ft", "Mt", "Inc", "Corp", "Co", "Ltd", "Bros", "No", "Nos", "vs", "Jan", "Feb", "Aug",
    "Sept", "Oct", "Nov", "Dec", "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill",
    "Ind", "Kan", "Ky", "La", "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla",
    "Ore", "Pa", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "им", "ул", "г", "гг", "тыс", "млн",
    "млрд", "руб", "долл", "проф", "акад", "ген",
];

const CLASSES: &[(Class, &str)] = &[
    (
        Class::AUXILIARY,
        "is are was were be been being am has have had having do does did will would can could may might must shall should isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't 'll 'd 've got",
    ),
    (
        Class::ADVERB,
        "also later then now never always often once again still just even ever not already soon earlier instead further first thus too only long yet perhaps sometimes almost sort kind rather quite very simply both all each reportedly meanwhile however therefore nonetheless nevertheless ago so far aloud online anonymously",
    ),
    (
        Class::PREPOSITION,
        "of in on at by for with about from to into over under after before during between among against through without within upon toward towards across around near behind beyond despite via amid amidst like unlike regarding concerning following until till since inside outside alongside per than off up down out as throughout onto versus",
    ),
    (Class::BRIDGE, "of for at"),
    (Class::ACCORDING, "according"),
    (Class::BUT, "but while"),
    (Class::CONJUNCTION, "and but or nor yet so plus"),
    (
        Class::SUBORDINATOR,
        "that if when while because although though unless whether as since after before until once where why how what whatever whenever wherever",
    ),
    (
        Class::PRONOUN,
        "i he she they we you it who this these those everyone everybody someone somebody nobody none others another one many some few most several both he'd she'd they'd i'd we'd you'd he'll she'll they'll i'll we'll it'll i've we've they've you've i'm we're they're you're himself herself themselves itself",
    ),
    (Class::OBJECT, "me him her them us you it"),
    (
        Class::DETERMINER,
        "the a an his her their its our my your this that these those some any no every each another",
    ),
    (Class::RELATIVE, "who which that whom whose"),
    (
        Class::TIME,
        "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight january february march april may june july august september october november december jan. feb. aug. sept. oct. nov. dec. morning afternoon evening night week month year",
    ),
    (
        Class::TITLE,
        "mr. mrs. ms. mr mrs ms dr. dr prof. professor rev. reverend fr. father gen. general col. colonel maj. major capt. captain lt. lieutenant cmdr. commander adm. admiral sgt. sergeant gov. governor sen. senator rep. representative president vice-president premier chancellor minister secretary king queen prince princess pope mayor judge justice ambassador sir lord lady dame chairman chairwoman chief congressman congresswoman sheikh imam ayatollah archbishop bishop cardinal deputy speaker director spokesman spokeswoman spokesperson analyst economist attorney",
    ),
    (
        Class::STARTER,
        "the a an he she they we i it you this that these those but and in on at for to from with as if when while after before his her their its our there what who why how both no not some many most all one two so then however meanwhile according",
    ),
    (Class::HE, "he him his himself he'd he'll"),
    (Class::SHE, "she her hers herself she'd she'll"),
    (Class::THEY, "they them their theirs themselves they'd they'll"),
];

const SAY: &str = "say add note write tweet announce argue explain declare acknowledge insist claim respond state reply recall concede admit assert conclude continue observe remark suggest report reveal confirm joke contend maintain stress emphasize emphasise reiterate quip lament complain boast allege testify opine muse exclaim mention post repeat deny vow pledge predict point recount elaborate counter retort interject shout yell scream whisper murmur mutter cry chant stammer snap bellow proclaim pronounce disclose indicate affirm underscore underline highlight comment speculate ponder wonder caution charge echo reason volunteer scoff chide fume deadpan joke laugh offer begin demand agree rule read estimate forecast hint signal imply promise warn";
const TELL: &str = "tell ask assure inform remind notify convince persuade urge advise inform";
const HOLD: &str = "think believe feel know hope fear expect want see show find seem appear learn discover realize realise decide consider guess suspect doubt assume understand worry remember wish prefer plan seek intend view";
const STANCE: &str = "support oppose criticize criticise praise endorse defend accuse blame attack denounce condemn slam blast mock thank welcome question reject dismiss propose call_for cite favor favour back decry";
const CALL: &str = "call describe label dub brand characterize characterise refer portray";

const IRREGULAR: &[(&str, &str, Form)] = &[
    ("said", "say", Form::Past),
    ("wrote", "write", Form::Past),
    ("written", "write", Form::Past),
    ("told", "tell", Form::Past),
    ("thought", "think", Form::Past),
    ("felt", "feel", Form::Past),
    ("knew", "know", Form::Past),
    ("known", "know", Form::Past),
    ("saw", "see", Form::Past),
    ("seen", "see", Form::Past),
    ("found", "find", Form::Past),
    ("shown", "show", Form::Past),
    ("sought", "seek", Form::Past),
    ("understood", "understand", Form::Past),
    ("began", "begin", Form::Past),
];

struct Lexicon {
    classes: FxHashMap<&'static str, Class>,
    lemmas: FxHashMap<&'static str, Frame>,
    irregular: FxHashMap<&'static str, (&'static str, Form)>,
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut classes: FxHashMap<&'static str, Class> = FxHashMap::default();
        for &(class, words) in CLASSES {
            for word in words.split_whitespace() {
                let entry = classes.entry(word).or_default();
                *entry = *entry | class;
            }
        }
        let mut lemmas = FxHashMap::default();
        let frames = [
            (CALL, Frame::Call),
            (STANCE, Frame::Stance),
            (HOLD, Frame::Hold),
            (SAY, Frame::Say),
            (TELL, Frame::Tell),
        ];
        for (words, frame) in frames {
            for word in words.split_whitespace() {
                lemmas.insert(word, frame);
            }
        }
        let irregular = IRREGULAR.iter().map(|&(form, lemma, which)| (form, (lemma, which))).collect();
        Lexicon { classes, lemmas, irregular }
    })
}

/// Classes of a lower-case word, and how it may attribute.
pub(super) fn look_up(word: &str) -> (Class, Option<Cue>) {
    let lexicon = lexicon();
    let mut class = lexicon.classes.get(word).copied().unwrap_or_default();
    if class == Class::NONE && word.len() > 4 && word.ends_with("ly") {
        class = Class::ADVERB;
    }
    (class, cue_of(lexicon, word))
}

fn cue_of(lexicon: &Lexicon, word: &str) -> Option<Cue> {
    if !word.is_ascii() || word.len() < 3 {
        return None;
    }
    if let Some(&(lemma, form)) = lexicon.irregular.get(word) {
        return lexicon.lemmas.get(lemma).map(|&frame| Cue { frame, form });
    }
    if let Some(&frame) = lexicon.lemmas.get(word) {
        return Some(Cue { frame, form: Form::Base });
    }
    let endings: [(&str, Form); 4] =
        [("ing", Form::Participle), ("ed", Form::Past), ("es", Form::Third), ("s", Form::Third)];
    for (ending, form) in endings {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if let Some(frame) = lemma_of(lexicon, stem) {
            return Some(Cue { frame, form });
        }
    }
    None
}

/// The frame of the verb whose form this is, an ending taken off: `not(e)`, `repl(y)`, `quip(p)`.
fn lemma_of(lexicon: &Lexicon, stem: &str) -> Option<Frame> {
    if let Some(&frame) = lexicon.lemmas.get(stem) {
        return Some(frame);
    }
    let mut with_e = String::with_capacity(stem.len() + 1);
    with_e.push_str(stem);
    with_e.push('e');
    if let Some(&frame) = lexicon.lemmas.get(with_e.as_str()) {
        return Some(frame);
    }
    if let Some(short) = stem.strip_suffix('i') {
        let mut with_y = String::with_capacity(stem.len());
        with_y.push_str(short);
        with_y.push('y');
        if let Some(&frame) = lexicon.lemmas.get(with_y.as_str()) {
            return Some(frame);
        }
    }
    let mut back = stem.bytes().rev();
    match (back.next(), back.next()) {
        (Some(a), Some(b)) if a == b => lexicon.lemmas.get(&stem[..stem.len() - 1]).copied(),
        _ => None,
    }
}
