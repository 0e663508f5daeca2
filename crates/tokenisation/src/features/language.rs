//! Which lists and which rules a language tag calls for.

use rust_stemmers::Algorithm;

/// The languages that have lists of their own, and all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Russian,
    Kazakh,
    Other,
}

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decimal {
    /// `1,234.5`
    Point,
    /// `1.234,5` or `1 234,5`
    Comma,
    /// Not known: decided number by number.
    Unknown,
}

/// What the tag of a text says about how to read it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub language: Language,
    pub stemmer: Option<Algorithm>,
    pub decimal: Decimal,
    /// Whether `1.234` is a thousand and not one and a bit.
    pub dot_thousands: bool,
    /// Whether `07/03/2024` is the third of July.
    pub month_first: bool,
}

impl Reading {
    /// From a BCP 47 tag; what the tag leaves open is read off the letters of `text`.
    pub(super) fn of(tag: &str, text: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        let primary = match primary.as_str() {
            "" | "und" | "mul" | "mis" | "zxx" => by_script(text),
            known => known,
        };
        let language = match primary {
            "en" | "eng" => Language::English,
            "ru" | "rus" => Language::Russian,
            "kk" | "kaz" => Language::Kazakh,
            _ => Language::Other,
        };
        let region = parts.find(|p| p.len() == 2).unwrap_or_default();
        Self {
            language,
            stemmer: stemmer(primary),
            decimal: match primary {
                "en" | "eng" | "zh" | "ja" | "ko" | "th" | "he" | "hi" | "bn" | "ur" | "ar" | "fa" => {
                    Decimal::Point
                }
                "es" if matches!(region, "MX" | "US" | "PR" | "GT" | "HN" | "NI" | "PA" | "SV" | "DO") => {
                    Decimal::Point
                }
                "" => Decimal::Unknown,
                _ => Decimal::Comma,
            },
            dot_thousands: matches!(
                primary,
                "de" | "nl"
                    | "es"
                    | "it"
                    | "pt"
                    | "da"
                    | "tr"
                    | "el"
                    | "id"
                    | "ro"
                    | "sr"
                    | "hr"
                    | "sl"
                    | "is"
                    | "vi"
            ),
            month_first: language == Language::English && matches!(region, "" | "US" | "PH"),
        }
    }
}

fn stemmer(primary: &str) -> Option<Algorithm> {
    Some(match primary {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" | "eng" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" | "rus" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// A guess from the first letters: Latin script is read as English, Cyrillic as Kazakh where a
/// letter stands that only Kazakh has among the languages of our lists, else as Russian.
fn by_script(text: &str) -> &'static str {
    const LETTERS: usize = 400;
    let mut latin = 0;
    let mut cyrillic = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS) {
        match c {
            'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'Ә' | 'Ғ' | 'Қ' | 'Ң' | 'Ө' | 'Ұ' | 'Ү' =>
            {
                return "kk";
            }
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\0'..='\u{24f}' => latin += 1,
            _ => {}
        }
    }
    match (cyrillic, latin) {
        (0, 0) => "",
        (c, l) if c > l => "ru",
        _ => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_scripts() {
        assert_eq!(Reading::of("en-GB", "").language, Language::English);
        assert!(!Reading::of("en-GB", "").month_first);
        assert_eq!(Reading::of("und", "Не так").language, Language::Russian);
        assert_eq!(Reading::of("", "Қазақстан").language, Language::Kazakh);
        assert_eq!(Reading::of("de", "").decimal, Decimal::Comma);
        assert_eq!(Reading::of("und", "12").decimal, Decimal::Unknown);
    }
}
