//! The language of a text, a BCP 47 tag, or `und` where it can't be told.
//!
//! Trigrams (whatlang) tell most languages apart; Kazakh, which they do not know, is told by the letters
//! that only it has in this combination.

use whatlang::{Detector, Lang};

/// Where the language can't be told.
pub const UNDETERMINED: &str = "und";

/// Bytes of text that are enough to tell the language.
const SAMPLE: usize = 4096;

/// The language of `text`, read off its first few thousand bytes.
pub fn language(text: &str) -> &'static str {
    let text = text.trim_start();
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if is_kazakh(sample) {
        return "kk";
    }
    match Detector::new().detect(sample) {
        Some(info) if info.is_reliable() => tag(info.lang()),
        _ => UNDETERMINED,
    }
}

/// Whether Cyrillic text is Kazakh: `ұ`, or `қ` and `ғ` beside `і`, which no other language joins.
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
    (own > 0 || shared > 0 && dotted > 0) && telling * 25 >= cyrillic
}

/// The BCP 47 tag of a language that whatlang knows: ISO 639-1 where there is one.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        _ => UNDETERMINED,
    }
}
