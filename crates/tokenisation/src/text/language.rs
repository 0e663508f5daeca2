//! The language of a text, a BCP 47 tag, or `und` where it can't be told.
//!
//! Trigrams (whatlang) tell most languages apart; Kazakh, which they do not know, is told by the letters
//! that only it has in this combination.

use isolang::Language;

use crate::languages;
use crate::text::chars::head;
use whatlang::{Detector, Lang};

/// Where the language can't be told.
pub const UNDETERMINED: &str = "und";

/// Bytes of text that are enough to tell the language.
const SAMPLE: usize = 4096;

/// The language of `text`, read off its first few thousand bytes.
pub fn language(text: &str) -> &'static str {
    let text = text.trim_start();
    let sample = head(text, 0, text.len(), SAMPLE);
    if is_kazakh(sample) {
        return "kk";
    }
    match Detector::new().detect(sample) {
        Some(info) if info.is_reliable() => tag(info.lang()),
        _ => UNDETERMINED,
    }
}

/// Whether a text is surely in another language than English, by the tag that somebody gave it, else by its letters and, in
/// the Latin alphabet, where there is enough of it, by its trigrams.
pub fn is_surely_not_english(text: &str, tag: Option<&str>) -> bool {
    match tag.map(primary) {
        Some("en") => false,
        Some(known) if known != UNDETERMINED => true,
        _ => {
            let scripts = Scripts::of(text);
            let latin = scripts.main() == Script::Latin;
            scripts.letters() > 0
                && (!latin || scripts.letters() >= SURE && !matches!(language(text), "en" | UNDETERMINED))
        }
    }
}

/// Letters of the Latin alphabet from which on trigrams tell a language surely: tables and lists of names are often taken
/// for another.
const SURE: usize = 400;

/// The language of a BCP 47 tag without script and region, as ISO 639-1 writes it where it can.
pub(crate) fn primary(tag: &str) -> &str {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    if primary.is_empty()
        || ["und", "mul", "mis", "zxx"].iter().any(|none| primary.eq_ignore_ascii_case(none))
    {
        return UNDETERMINED;
    }
    let known = |tag: &str| match tag.len() {
        2 => Language::from_639_1(tag),
        3 => Language::from_639_3(tag),
        _ => None,
    };
    let language = known(primary).or_else(|| known(&primary.to_ascii_lowercase()));
    language.map_or(primary, |language| language.to_639_1().unwrap_or_else(|| language.to_639_3()))
}

/// Whether Cyrillic text is Kazakh: `ұ`, or `қ` and `ғ` beside `і`, which no other language joins; in a text of a
/// few words `қ` and the like alone.
fn is_kazakh(text: &str) -> bool {
    let (mut cyrillic, mut own, mut shared, mut dotted) = (0u32, 0u32, 0u32, 0u32);
    for c in text.chars() {
        match c {
            'ұ' | 'Ұ' => own += 1,
            'қ' | 'Қ' | 'ғ' | 'Ғ' | 'ә' | 'Ә' | 'ң' | 'Ң' | 'ө' | 'Ө' | 'ү' | 'Ү' | 'һ' | 'Һ' => {
                shared += 1
            }
            'і' | 'І' => dotted += 1,
            'а'..='я' | 'А'..='Я' => {}
            _ => continue,
        }
        cyrillic += 1;
    }
    let telling = own + shared + dotted;
    // A short text can't show all its letters.
    let short = (cyrillic as usize) < TELLING;
    (own > 0 || shared > 0 && (dotted > 0 || short)) && telling * 25 >= cyrillic
}

/// The language whose lists serve a text of a language that can't be told best, by its first letters: `und` where
/// it has none.
pub fn guess(text: &str) -> &'static str {
    let text = head(text, 0, text.len(), SAMPLE);
    if is_kazakh(text) {
        return "kk";
    }
    let scripts = Scripts::of(text);
    match scripts.letters() {
        0 => UNDETERMINED,
        _ => languages::of_script(scripts.main()),
    }
}

/// Letters from which on a sentence shows its own language.
const TELLING: usize = 40;

/// The language of one statement of a text in `whole`: that of the text, unless the statement's alphabet
/// or, in Cyrillic, its Kazakh letters say otherwise.
pub(crate) fn statement_language<'l>(statement: &str, whole: &'l str, scripts: Scripts) -> &'l str
where
    'static: 'l,
{
    let own = Scripts::of(statement);
    if own.letters() < TELLING {
        return whole;
    }
    let foreign = match own.main() {
        Script::Latin => scripts.main() != Script::Latin,
        Script::Cyrillic => scripts.main() != Script::Cyrillic || is_kazakh(statement) != (whole == "kk"),
        Script::Other => scripts.main() != Script::Other,
    };
    if foreign || whole == UNDETERMINED {
        match language(statement) {
            UNDETERMINED => whole,
            found => found,
        }
    } else {
        whole
    }
}

/// Alphabets that news in our languages mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// `a`
    Latin,
    /// `а`
    Cyrillic,
    /// All others.
    Other,
}

/// How many letters of each alphabet a text has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scripts {
    latin: usize,
    cyrillic: usize,
    other: usize,
}

impl Scripts {
    /// Counts the letters of a text's first few thousand bytes.
    pub(crate) fn of(text: &str) -> Self {
        let mut scripts = Self::default();
        for c in head(text, 0, text.len(), SAMPLE).chars() {
            match c {
                'a'..='z' | 'A'..='Z' | 'à'..='ɏ' => scripts.latin += 1,
                'Ѐ'..='ԯ' => scripts.cyrillic += 1,
                _ if c.is_alphabetic() => scripts.other += 1,
                _ => {}
            }
        }
        scripts
    }

    fn letters(self) -> usize {
        self.latin + self.cyrillic + self.other
    }

    fn main(self) -> Script {
        if self.latin >= self.cyrillic && self.latin >= self.other {
            Script::Latin
        } else if self.cyrillic >= self.other {
            Script::Cyrillic
        } else {
            Script::Other
        }
    }
}

/// The BCP 47 tag of a language that whatlang knows: ISO 639-1 where there is one. What it calls Mandarin is
/// written Chinese.
fn tag(lang: Lang) -> &'static str {
    let language = match lang {
        Lang::Cmn => Some(Language::Zho),
        lang => Language::from_639_3(lang.code()),
    };
    language.map_or(UNDETERMINED, |language| language.to_639_1().unwrap_or_else(|| language.to_639_3()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        assert_eq!(
            language(
                "The ministers of the two countries met in the capital on Friday to sign the agreement."
            ),
            "en"
        );
        assert_eq!(
            language("Министры двух стран встретились в столице в пятницу, чтобы подписать соглашение."),
            "ru"
        );
        assert_eq!(language("Екі елдің министрлері жұма күні астанада кездесіп, келісімге қол қойды."), "kk");
        assert_eq!(language("42"), UNDETERMINED);
    }

    #[test]
    fn a_quotation_in_another_language_keeps_its_own() {
        let text =
            "Министры двух стран встретились в столице в пятницу, чтобы подписать соглашение о торговле.";
        let scripts = Scripts::of(text);
        assert_eq!(
            statement_language(
                "The ministers of the two countries met on Friday to sign the agreement.",
                "ru",
                scripts
            ),
            "en"
        );
        assert_eq!(
            statement_language(
                "Екі елдің министрлері жұма күні астанада кездесіп, келісімге қол қойды.",
                "ru",
                scripts
            ),
            "kk"
        );
        assert_eq!(statement_language(text, "ru", scripts), "ru");
        assert_eq!(statement_language("Reuters", "ru", scripts), "ru");
    }
}
