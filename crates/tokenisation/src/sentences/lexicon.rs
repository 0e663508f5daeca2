//! Closed classes of words that decide whether a full stop ends a sentence.
//!
//! Function words and the abbreviations of ordinary prose in English, Russian and Kazakh; no list of
//! names, places or topics. Words are looked up in lower case, without the stop.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// How an abbreviation behaves at the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Something always follows: a title, a figure, a name.
    Never,
    /// Ends a sentence only before a word of [`starts_sentence`].
    BeforeStarter,
    /// Ends a sentence before any capital, but not before a figure.
    BeforeCapital,
}

/// Something always follows.
#[rustfmt::skip]
const NEVER: &[&str] = &[
    "mr", "mrs", "ms", "mx", "messrs", "dr", "drs", "prof", "vs", "v", "viz", "cf", "ca", "approx", "e.g",
    "i.e", "eg", "ie", "fig", "figs", "nos", "pp", "vols", "eqs", "tel", "incl", "excl", "assoc", "assn",
    "p.s", "ps", "n°", "no°", "vol", "eds", "supp", "subd", "fn", "fns", "pg", "rel", "ул", "пр-т",
    "просп", "наб", "бул", "д", "кв", "корп", "рис", "табл", "гл", "пгт", "дер", "с", "обл", "р-н", "оз",
    "проф", "акад", "доц", "сост", "см", "ср", "напр", "т.е", "т.н", "т.к", "и.о", "тов", "г-н", "г-жа",
    "д-р", "св", "англ", "франц", "итал", "греч", "др.-греч", "русск", "укр", "польск", "яп", "араб",
    "сокр", "букв", "устар", "ок", "прим", "вып", "изд", "адм", "лейт", "мкр", "п", "б.з.б", "б.з.д", "ш",
    "к", "аббр", "ч", "бывш", "н", "ст", "т. е", "т. н", "т. к", "и. о",
];

/// With a capital they stand before a name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "hon", "rev", "fr", "sr", "mt", "ft", "pvt", "sgt", "cpl", "capt", "cmdr", "lt", "col", "maj", "brig",
    "adm", "supt", "sen", "sens", "rep", "reps", "gov", "pres", "amb", "insp", "det", "mme", "gen", "gens",
    "msgr", "atty", "sec", "dir", "univ",
];

/// Behind a name or before a figure with a capital; words or units without one.
#[rustfmt::skip]
const SHORT: &[&str] = &[
    "art", "arts", "sect", "op", "cit", "ch", "para", "paras", "st", "ave", "blvd", "rd", "jr", "esq",
    "inc", "corp", "ltd", "co", "cos", "bros", "llc", "plc", "dept", "est", "al", "jan", "feb", "apr",
    "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mar", "no", "pt", "min", "max", "ed", "ext",
    "dist", "div", "ibid", "ph.d", "app", "eq", "ins", "natl", "intl", "govt", "amend", "ala", "ariz",
    "ark", "cal", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md",
    "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va",
    "vt", "wash", "wis", "wyo", "cir", "ct", "crim", "civ", "evid", "proc", "stat", "ann", "rptr", "reg",
    "fed",
];

/// End a sentence before any capital.
#[rustfmt::skip]
const CAPITAL: &[&str] = &[
    "etc", "a.m", "p.m", "id", "др", "пр", "т.д", "т.п", "т.б", "т. д", "т. п", "т. б", "руб", "коп",
    "долл", "дол", "кг", "км", "мм", "га", "мл", "шт", "экз", "чел", "кв.м", "куб.м",
];

/// End a sentence only before a word that opens one.
#[rustfmt::skip]
const STARTER: &[&str] = &[
    "г", "гг", "в", "вв", "р", "т", "тт", "м", "л", "ж", "ж.ж", "ғ", "ғғ", "им", "род", "ум", "ген",
    "полк", "гр", "пер", "пл", "пос", "лат", "нем", "исп", "рус", "стр", "ред", "тыс", "млн", "млрд",
    "трлн", "н.э", "н. э", "у.е", "янв", "февр", "апр", "авг", "сент", "окт", "нояб", "дек", "мн",
];

/// Words that open sentences, English, Russian, Kazakh.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "it", "he", "she", "they", "we", "you", "i", "his",
    "her", "its", "their", "our", "my", "your", "there", "here", "in", "on", "at", "by", "for", "from",
    "with", "to", "as", "if", "when", "while", "where", "what", "who", "why", "how", "which", "whose",
    "after", "before", "since", "during", "under", "over", "through", "throughout", "according",
    "although", "though", "because", "but", "and", "or", "nor", "so", "yet", "however", "moreover",
    "nevertheless", "therefore", "thus", "furthermore", "meanwhile", "also", "then", "now", "no", "not",
    "some", "many", "most", "all", "both", "each", "every", "one", "another", "such", "once", "unless",
    "until", "despite", "among", "between", "within", "without", "several", "few", "other", "others",
    "only", "even", "just", "still", "let", "please", "are", "is", "was", "were", "do", "does", "did",
    "can", "could", "will", "would", "should", "see", "it's", "i'm", "i've", "there's", "that's", "he's",
    "she's", "they're", "we're", "don't", "в", "во", "на", "с", "со", "к", "ко", "у", "о", "об", "от",
    "до", "за", "из", "по", "при", "для", "без", "под", "над", "через", "между", "после", "перед", "около",
    "среди", "и", "а", "но", "или", "да", "он", "она", "оно", "они", "мы", "вы", "ты", "я", "его", "её",
    "ее", "их", "это", "этот", "эта", "эти", "тот", "та", "те", "то", "все", "всё", "весь", "что", "кто",
    "где", "когда", "куда", "почему", "как", "какой", "если", "так", "также", "однако", "затем", "потом",
    "там", "тут", "здесь", "более", "кроме", "ныне", "сейчас", "ещё", "еще", "уже", "не", "ни", "позже",
    "позднее", "впоследствии", "несмотря", "особенно", "теперь", "поэтому", "хотя", "ол", "олар", "бұл", "осы", "сол", "мен",
    "біз", "сіз", "сен", "бірақ", "және", "ал", "егер", "сондықтан", "сонымен", "содан", "онда", "кейін",
    "қазір", "бүгін", "оның", "алайда", "осылайша",
];

/// Whether `word` with a capital opens a sentence even where no mark ends the one before: English pronouns
/// but "I" and the adverbs that link sentences; in Russian and Kazakh, which never write function words with a
/// capital inside a sentence, all but the letters that also count things (`группа В`).
pub(crate) fn opens_unmarked(word: &str) -> bool {
    if word.is_ascii() {
        return matches!(
            word,
            "he" | "she"
                | "it"
                | "they"
                | "we"
                | "you"
                | "this"
                | "these"
                | "those"
                | "there"
                | "however"
                | "therefore"
        );
    }
    word.chars().nth(1).is_some() && starts_sentence(word)
}

/// Whether `word` stands at the start of an answer or an exclamation.
pub(crate) fn is_interjection(word: &str) -> bool {
    matches!(word, "yes" | "yeah" | "no" | "oh" | "well" | "okay" | "ok" | "hey" | "wow" | "right")
}

/// Whether `word` names what is numbered below a picture or above a table.
pub(crate) fn is_label(word: &str) -> bool {
    matches!(word, "figure" | "fig." | "table" | "рисунок" | "рис." | "таблица" | "сурет" | "кесте")
}

/// What kind of abbreviation `word` is, if any. `capital` says that it is written with one: a title in
/// lower case is no title, and most short forms in lower case are words or units that may end a sentence.
pub(crate) fn abbreviation(word: &str, capital: bool) -> Option<Abbreviation> {
    use Abbreviation::{BeforeCapital, BeforeStarter, Never};
    static CLASSES: LazyLock<FxHashMap<&str, [Abbreviation; 2]>> = LazyLock::new(|| {
        [
            (NEVER, [Never, Never]),
            (TITLES, [BeforeCapital, Never]),
            (SHORT, [BeforeCapital, BeforeStarter]),
            (STARTER, [BeforeStarter, BeforeStarter]),
            (CAPITAL, [BeforeCapital, BeforeCapital]),
        ]
        .into_iter()
        .flat_map(|(words, class)| words.iter().map(move |&word| (word, class)))
        .collect()
    });
    CLASSES.get(word).map(|class| class[usize::from(capital)])
}

/// Units and periods, which end a sentence before any capital where a figure stands before them.
pub(crate) fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "м" | "см"
            | "л"
            | "т"
            | "р"
            | "г"
            | "гг"
            | "в"
            | "вв"
            | "ғ"
            | "ғғ"
            | "ж"
            | "ж.ж"
            | "мин"
            | "сек"
    )
}

/// Abbreviations that stand behind a name and so never open a sentence.
pub(crate) fn follows_name(word: &str) -> bool {
    matches!(
        word,
        "inc"
            | "corp"
            | "ltd"
            | "co"
            | "llc"
            | "plc"
            | "bros"
            | "jr"
            | "esq"
            | "app"
            | "cir"
            | "ct"
            | "crim"
            | "civ"
            | "dist"
            | "evid"
            | "proc"
            | "stat"
            | "ann"
            | "rptr"
            | "supp"
    )
}

/// Whether `word` opens a sentence far more often than it stands capitalised inside one: articles,
/// pronouns, prepositions, conjunctions, question words and adverbs that link sentences.
pub(crate) fn starts_sentence(word: &str) -> bool {
    static SET: LazyLock<FxHashSet<&str>> = LazyLock::new(|| STARTERS.iter().copied().collect());
    SET.contains(word)
}

/// Whether a line that ends in `word` goes on in the next: articles, prepositions, conjunctions and
/// auxiliaries, which no sentence or heading ends in.
#[rustfmt::skip]
pub(crate) fn needs_more(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "the" | "of" | "and" | "or" | "nor" | "at" | "by" | "for" | "from" | "with" | "to" | "as" | "than" | "into"
        | "onto" | "upon" | "per" | "via" | "is" | "are" | "was" | "were" | "be" | "been" | "will" | "would" | "has" | "have"
        | "had" | "its" | "their" | "his" | "our" | "your" | "my" | "whose" | "that" | "which" | "under" | "between"
        | "в" | "во" | "на" | "с" | "со" | "к" | "ко" | "у" | "о" | "об" | "от" | "до" | "за" | "из" | "по" | "при" | "для"
        | "без" | "под" | "над" | "через" | "между" | "и" | "а" | "но" | "или" | "что" | "не"
        | "және" | "мен" | "пен" | "бен" | "үшін"
    )
}

/// Verbs of saying that may follow a quotation and a name: `“Why?” Smith asked.`
#[rustfmt::skip]
pub(crate) fn is_saying(word: &str) -> bool {
    matches!(
        word,
        "said" | "says" | "asked" | "asks" | "told" | "added" | "adds" | "wrote" | "writes" | "replied" | "tweeted"
        | "answered" | "cried" | "shouted" | "exclaimed" | "continued" | "concluded" | "wondered" | "posted"
        | "сказал" | "сказала" | "заявил" | "заявила" | "спросил" | "спросила" | "деді" | "дейді"
    )
}

/// Days, months and time zones, which follow a time of day without ending the sentence.
#[rustfmt::skip]
pub(crate) fn follows_time(word: &str) -> bool {
    matches!(
        word,
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "january" | "february"
        | "march" | "april" | "may" | "june" | "july" | "august" | "september" | "october" | "november" | "december"
        | "eastern" | "central" | "pacific" | "mountain" | "local" | "et" | "est" | "edt" | "ct" | "cst" | "cdt" | "mt"
        | "mst" | "mdt" | "pt" | "pst" | "pdt" | "gmt" | "utc" | "bst" | "cet" | "cest" | "msk"
    )
}

/// Words that open a letter; the name after them ends in a comma.
pub(crate) fn opens_letter(word: &str) -> bool {
    matches!(word, "dear" | "hi" | "hello" | "hey" | "уважаемый" | "уважаемая" | "уважаемые" | "құрметті")
}

/// Words that close a letter, with the comma after them.
pub(crate) fn closes_letter(word: &str) -> bool {
    matches!(word, "regards" | "sincerely" | "respectfully" | "уважением" | "құрметпен")
}
