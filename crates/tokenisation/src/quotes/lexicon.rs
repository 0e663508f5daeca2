//! Closed lists: function words, titles, and the words that attribute.
//!
//! A cue is listed by its lemma; [`look_up`] undoes English inflection. The lists are small on purpose:
//! what is not here is found, where it can be, by the shape of the sentence around a quotation.

use std::{ops::BitOr, sync::OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u64);

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
    pub const THAT: Self = Self(1 << 18);
    pub const WH: Self = Self(1 << 19);
    pub const TO: Self = Self(1 << 20);
    pub const BE: Self = Self(1 << 21);
    pub const PLURAL: Self = Self(1 << 22);
    pub const BREAK: Self = Self(1 << 23);
    pub const WHO: Self = Self(1 << 24);
    pub const PHRASAL: Self = Self(1 << 25);
    pub const PARTICLE: Self = Self(1 << 26);
    pub const WHAT: Self = Self(1 << 27);
    pub const BODY: Self = Self(1 << 28);
    pub const AS: Self = Self(1 << 29);
    pub const COMMA_THAT: Self = Self(1 << 30);
    pub const IN_WORDS: Self = Self(1 << 31);
    pub const BY_SAYING: Self = Self(1 << 32);
    pub const DEP: Self = Self(1 << 33);
    pub const ON: Self = Self(1 << 35);
    pub const CYRILLIC: Self = Self(1 << 36);
    pub const FIRM: Self = Self(1 << 37);
    pub const ASPECT: Self = Self(1 << 38);
    pub const PAST: Self = Self(1 << 34);
    pub const PUT: Self = Self(1 << 39);
    pub const GERUND: Self = Self(1 << 41);
    pub const A: Self = Self(1 << 40);

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
    /// A judgement that is nobody's: `seems …`.
    Seem,
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
    (Class::THAT, "that"),
    (Class::WH, "how what why whether where when if who which"),
    (Class::TO, "to"),
    (Class::BE, "is are was were be been being isn't aren't wasn't weren't"),
    (
        Class::PLURAL,
        "i we you they who that people men women many some most few several others both police voters",
    ),
    (Class::BUT, "but while"),
    (Class::WHO, "who whose who's"),
    (Class::PHRASAL, "went goes go shot shoots fired fires hit hits chimed chimes snapped weighed"),
    (
        Class::FIRM,
        "company firm airline bank corporation newspaper paper group ministry department agency airline party union",
    ),
    (Class::PUT, "put puts"),
    (Class::A, "a an"),
    (Class::ASPECT, "continue continues continued continuing"),
    (Class::WHAT, "what"),
    (Class::ON, "on"),
    (Class::AS, "as"),
    (
        Class::BODY,
        "university department ministry bank institute council office center centre association board bureau republic committee academy college church court federation union organization organisation party chamber fund agency commission corporation corp corp. co co. plc ag inc inc. ltd ltd. company group campaign foundation times post news journal press tribune herald magazine house senate congress army navy school society league coalition network service parliament government administration authority",
    ),
    (Class::PARTICLE, "on back in"),
    (Class::BREAK, "but while even though although despite compared whereas"),
    (Class::CONJUNCTION, "and but or nor yet so plus"),
    (
        Class::SUBORDINATOR,
        "that if when while because although though unless whether as since after before until once where why how what whatever whenever wherever",
    ),
    (
        Class::PRONOUN,
        "i he she they we you it who this these those everyone everybody someone somebody nobody others another he'd she'd they'd i'd we'd you'd he'll she'll they'll i'll we'll it'll i've we've they've you've i'm we're they're you're himself herself themselves itself",
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
        "mr. mrs. ms. mr mrs ms dr. dr prof. professor rev. reverend fr. father gen. general col. colonel maj. major capt. captain lt. lieutenant cmdr. commander adm. admiral sgt. sergeant gov. governor sen. senator rep. representative president vice-president premier chancellor minister secretary king queen prince princess pope mayor judge justice ambassador sir lord lady dame chairman chairwoman chief congressman congresswoman sheikh imam ayatollah archbishop bishop cardinal deputy speaker director leader head journalist candidate nominee spokesman spokeswoman spokesperson analyst economist attorney",
    ),
    (
        Class::STARTER,
        "the a an he she they we i it you this that these those but and in on at for to from with as if when while after before his her their its our there what who why how both no not some many most all one two so then however meanwhile according",
    ),
    (Class::HE, "he him his himself he'd he'll"),
    (Class::SHE, "she her hers herself she'd she'll"),
    (Class::THEY, "they them their theirs themselves they'd they'll"),
];

/// The same classes for Russian and Kazakh.
const EASTERN: &[(Class, &str)] = &[
    (Class::AUXILIARY, "был была было были будет будут бы есть не болды болады еді емес"),
    (
        Class::ADVERB,
        "также тоже уже еще затем потом ранее сегодня вчера завтра вновь однако при этом кроме того сонымен қатар бүгін кеше",
    ),
    (
        Class::PREPOSITION,
        "в во на с со из за по о об от до для при к ко у под над через между перед после во без против ради около среди вместо согласно туралы үшін кейін бойынша дейін",
    ),
    (Class::CONJUNCTION, "и но а или мен және бірақ немесе"),
    (Class::SUBORDINATOR, "что чтобы если когда как потому поскольку хотя пока где куда почему"),
    (Class::THAT, "что чтобы"),
    (Class::COMMA_THAT, "что чтобы как будто почему зачем"),
    (Class::AS, "как"),
    (Class::PRONOUN, "я мы вы он она они оно это кто который которая которые ол олар біз мен сіз"),
    (Class::WHO, "который которая которые кто"),
    (Class::HE, "он его ему ол"),
    (Class::SHE, "она ее ей"),
    (Class::THEY, "они их им олар"),
    (Class::DETERMINER, "этот эта эти тот та те его ее их наш ваш свой бұл осы"),
    (
        Class::TIME,
        "понедельник вторник среду четверг пятницу субботу воскресенье января февраля марта апреля мая июня июля августа сентября октября ноября декабря года году қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан жылы",
    ),
    (
        Class::TITLE,
        "президент президента министр министра премьер-министр премьер премьера глава главы директор депутат сенатор губернатор секретарь пресс-секретарь спикер представитель председатель аким мэр канцлер посол генерал король вице-премьер замминистра эксперт аналитик политолог экономист президенті министрі төрағасы әкімі басшысы өкілі",
    ),
    (Class::STARTER, "он она они это мы я в на по но и а как при для с однако также бұл ол олар"),
    (
        Class::BODY,
        "министерство агентство комитет банк университет партия компания фонд правительство парламент министрлігі агенттігі банкі университеті",
    ),
    (Class::IN_WORDS, "словам мнению данным информации оценке оценкам версии утверждению убеждению"),
    (Class::BY_SAYING, "айтуынша сөзінше пікірінше мәліметінше ойынша хабарлауынша деректерінше"),
    (Class::DEP, "деп"),
];

/// Forms of Russian and Kazakh verbs of saying.
const EASTERN_SAY: &str = "сказал сказала сказали сказано заявил заявила заявили сообщил сообщила сообщили сообщило отметил отметила отметили подчеркнул подчеркнула подчеркнули добавил добавила добавили рассказал рассказала рассказали написал написала написали пояснил пояснила пояснили объяснил объяснила объяснили уточнил уточнила уточнили напомнил напомнила напомнили признал признала признался призналась предупредил предупредила ответил ответила спросил спросила утверждал утверждала говорил говорила говорит говорят говорится сообщает сообщают заявляет заявляют пишет пишут отмечает отмечают считает считают полагает полагают утверждает утверждают уверен уверена уверены передает передают подтвердил подтвердила подтвердили обещал обещала пообещал пообещала указал указала указали констатировал предположил предположила резюмировал заключил заключила продолжил продолжила высказался деді дейді айтты айтады мәлімдеді хабарлады хабарлайды жазды түсіндірді қосты жеткізді ескертті білдірді";

const SAY: &str = "say add note write tweet retweet announce argue explain declare acknowledge insist claim respond answer state reply recall concede admit assert conclude continue observe remark suggest report reveal confirm joke contend maintain stress emphasize emphasise reiterate quip lament complain boast allege testify opine muse exclaim mention post repeat deny vow pledge predict point recount elaborate counter retort interject shout yell scream whisper murmur mutter cry chant stammer snap bellow proclaim pronounce disclose indicate affirm underscore underline comment speculate ponder wonder caution charge echo reason volunteer scoff chide fume deadpan laugh demand agree rule read estimate forecast hint signal imply promise warn project clarify reaffirm stipulate surmise brag gush bemoan apologize apologise email recommend propose";
const TELL: &str = "tell ask assure inform remind notify convince persuade urge advise";
const HOLD: &str = "think believe feel know hope fear expect want see show find learn discover realize realise decide consider guess suspect doubt assume understand worry remember wish prefer plan seek intend view decline refuse threaten aim desire envision imagine foresee anticipate recognize recognise determine plead";
const STANCE: &str = "support oppose criticize criticise praise endorse defend accuse blame attack denounce condemn slam blast mock thank welcome question reject dismiss cite favor favour back decry tout hail applaud champion credit congratulate reference discuss invoke deride ridicule rebuke rebuff embrace challenge dispute allude talk refer rip scold disavow downplay assail rail lambast lambaste highlight express voice quote encourage order request outline unveil list detail nominate name deem regard offer speak";
const CALL: &str = "call describe label dub brand characterize characterise portray liken cast";

/// Verbs whose uninflected form and form in -s are mostly nouns in news.
const NOUNS: &str = "state name attack reason report order rule remark answer comment question challenge credit offer email request list detail post point charge project estimate forecast aim plan read cry voice quote back view signal desire cast brand label rip demand vote order doubt";
/// Verbs that say how something looks to nobody in particular.
const SEEM: &str = "seem appear";

const IRREGULAR: &[(&str, &str, Form)] = &[
    ("said", "say", Form::Past),
    ("read", "read", Form::Past),
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
    nouns: FxHashSet<&'static str>,
    eastern: FxHashSet<&'static str>,
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut classes: FxHashMap<&'static str, Class> = FxHashMap::default();
        for &(class, words) in CLASSES.iter().chain(EASTERN) {
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
            (SEEM, Frame::Seem),
        ];
        for (words, frame) in frames {
            for word in words.split_whitespace() {
                lemmas.insert(word, frame);
            }
        }
        let irregular = IRREGULAR.iter().map(|&(form, lemma, which)| (form, (lemma, which))).collect();
        Lexicon {
            classes,
            lemmas,
            irregular,
            nouns: NOUNS.split_whitespace().collect(),
            eastern: EASTERN_SAY.split_whitespace().collect(),
        }
    })
}

/// Classes of a lower-case word, and how it may attribute.
pub(super) fn look_up(word: &str) -> (Class, Option<Cue>) {
    let lexicon = lexicon();
    let mut class = lexicon.classes.get(word).copied().unwrap_or_default();
    if class == Class::NONE && word.len() > 4 && word.ends_with("ly") {
        class = Class::ADVERB;
    } else if class == Class::NONE && word.len() > 4 && word.ends_with("ed") {
        class = Class::PAST;
    } else if class == Class::NONE && word.len() > 5 && word.ends_with("ing") {
        class = Class::GERUND;
    }
    if word.starts_with(|c: char| matches!(c, '\u{400}'..='\u{52F}')) {
        class = class | Class::CYRILLIC;
    }
    (class, cue_of(lexicon, word))
}

fn cue_of(lexicon: &Lexicon, word: &str) -> Option<Cue> {
    if !word.is_ascii() {
        let says = lexicon.eastern.contains(word);
        return says.then_some(Cue { frame: Frame::Say, form: Form::Past });
    }
    if word.len() < 3 {
        return None;
    }
    if let Some(&(lemma, form)) = lexicon.irregular.get(word) {
        return lexicon.lemmas.get(lemma).map(|&frame| Cue { frame, form });
    }
    if let Some((&lemma, &frame)) = lexicon.lemmas.get_key_value(word) {
        return (!lexicon.nouns.contains(lemma)).then_some(Cue { frame, form: Form::Base });
    }
    let endings: [(&str, Form); 4] =
        [("ing", Form::Participle), ("ed", Form::Past), ("es", Form::Third), ("s", Form::Third)];
    for (ending, form) in endings {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if let Some((lemma, frame)) = lemma_of(lexicon, stem) {
            return (form != Form::Third || !lexicon.nouns.contains(lemma)).then_some(Cue { frame, form });
        }
    }
    None
}

/// The verb whose form this is, an ending taken off: `not(e)`, `repl(y)`, `quip(p)`.
fn lemma_of(lexicon: &Lexicon, stem: &str) -> Option<(&'static str, Frame)> {
    let get = |word: &str| lexicon.lemmas.get_key_value(word).map(|(&lemma, &frame)| (lemma, frame));
    let joined = |stem: &str, end: &str| get(&[stem, end].concat());
    let halved = || {
        let mut back = stem.bytes().rev();
        let doubled = back.next().is_some() && stem.len() > 1 && back.next() == stem.bytes().next_back();
        if doubled { get(&stem[..stem.len() - 1]) } else { None }
    };
    get(stem)
        .or_else(|| joined(stem, "e"))
        .or_else(|| stem.strip_suffix('i').and_then(|short| joined(short, "y")))
        .or_else(halved)
}
