//! Words without their endings, so that "plants" counts as "plant" and «заводов» as «завод».

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

use super::language::Language;

/// Bytes of the longest word that is stemmed.
const LONGEST: usize = 128;

/// The stemmer of one language.
pub(super) enum Stems {
    /// Snowball (Porter, 2001).
    Snowball(Stemmer),
    /// The suffix stripper below.
    Kazakh,
    /// Words stay as they are.
    None,
}

impl Stems {
    pub(super) fn of(language: Language, algorithm: Option<Algorithm>) -> Self {
        let algorithm = match language {
            Language::English => Some(Algorithm::English),
            Language::Russian => Some(Algorithm::Russian),
            _ => algorithm,
        };
        match (language, algorithm) {
            (Language::Kazakh, _) => Self::Kazakh,
            (_, Some(algorithm)) => Self::Snowball(Stemmer::create(algorithm)),
            (_, None) => Self::None,
        }
    }

    /// The stem of a folded word.
    pub(super) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match self {
            // No word of a language, and Snowball may take the square of its length.
            _ if word.len() > LONGEST => Cow::Borrowed(word),
            Self::Snowball(stemmer) => stemmer.stem(word),
            Self::Kazakh => Cow::Borrowed(kazakh(word)),
            Self::None => Cow::Borrowed(word),
        }
    }
}

/// Endings of Kazakh nouns in the order in which they are taken off, from the end of the word:
/// person, case, possession, number. The longest ending of each group goes.
const KAZAKH: [&[&str]; 4] = [
    &["мыз", "міз", "быз", "біз", "пыз", "піз", "сыз", "сіз", "мын", "мін", "бын", "бін", "пын", "пін"],
    &[
        "ындағы",
        "індегі",
        "ының",
        "інің",
        "ымен",
        "імен",
        "нан",
        "нен",
        "дан",
        "ден",
        "тан",
        "тен",
        "нда",
        "нде",
        "ның",
        "нің",
        "дың",
        "дің",
        "тың",
        "тің",
        "мен",
        "бен",
        "пен",
        "дағы",
        "дегі",
        "тағы",
        "тегі",
        "ына",
        "іне",
        "ын",
        "ін",
        "да",
        "де",
        "та",
        "те",
        "ға",
        "ге",
        "қа",
        "ке",
        "на",
        "не",
        "ны",
        "ні",
        "ды",
        "ді",
        "ты",
        "ті",
    ],
    &["ымыз", "іміз", "ыңыз", "іңіз", "сы", "сі", "ым", "ім", "ың", "ің", "ы", "і"],
    &["лар", "лер", "дар", "дер", "тар", "тер"],
];

/// Letters that an ending of each group must leave: short words end like this by themselves (`теңге`).
const KAZAKH_LEAVES: [usize; 4] = [4, 4, 3, 2];

/// Strips one ending of each group while enough letters, with a vowel, are left.
fn kazakh(word: &str) -> &str {
    let mut stem = word;
    for (endings, leaves) in KAZAKH.iter().zip(KAZAKH_LEAVES) {
        let rest = endings.iter().filter_map(|e| stem.strip_suffix(e)).min_by_key(|rest| rest.len());
        if let Some(rest) =
            rest.filter(|rest| rest.chars().count() >= leaves && rest.contains(is_kazakh_vowel))
        {
            stem = rest;
        }
    }
    stem
}

fn is_kazakh_vowel(c: char) -> bool {
    "аәеёиоөуұүыіэюя".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kazakh_endings_come_off() {
        assert_eq!(kazakh("қалаларында"), kazakh("қала"));
        assert_eq!(kazakh("мектептер"), "мектеп");
        assert_eq!(kazakh("президентінің"), "президент");
        assert_eq!(kazakh("қаңтарда"), kazakh("қаңтар"));
        assert_eq!(kazakh("теңгеге"), kazakh("теңге"));
        assert_eq!(kazakh("ел"), "ел");
    }

    #[test]
    fn snowball_serves_the_rest() {
        assert_eq!(Stems::of(Language::English, None).stem("plants"), "plant");
        assert_eq!(Stems::of(Language::Russian, None).stem("заводов"), "завод");
        assert_eq!(Stems::of(Language::Other, Some(Algorithm::German)).stem("städte"), "stadt");
        assert_eq!(Stems::of(Language::Other, None).stem("kot"), "kot");
    }
}
