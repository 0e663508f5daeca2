//! Words without their endings, so that "plants" counts as "plant" and «заводов» as «завод».

use std::borrow::Cow;

use rust_stemmers::Stemmer;

use super::hash::Hash;

use crate::languages::StemRule;

/// Bytes of the longest word that is stemmed.
const LONGEST: usize = 128;

/// Endings in the order in which they are taken off, from the end of the word: in Kazakh person, case,
/// possession, number. The longest ending of each group goes.
pub(crate) type Endings = [Vec<&'static str>; 4];

/// The stemmer of one language.
pub(crate) enum Stems {
    /// Snowball (Porter, 2001).
    Snowball(Stemmer),
    /// The suffix stripper below.
    Endings(Endings),
    /// Words stay as they are.
    None,
}

impl Stems {
    /// By rule; `endings` are those of the language.
    pub(crate) fn of(rule: StemRule, endings: impl FnOnce() -> Endings) -> Self {
        match rule {
            StemRule::Snowball(algorithm) => Self::Snowball(Stemmer::create(algorithm)),
            StemRule::Endings => Self::Endings(endings()),
            StemRule::None => Self::None,
        }
    }

    /// The stem of a folded word, hashed as in [`TextFeatures::stems`](throughline_schema::TextFeatures::stems).
    pub(crate) fn hash(&self, word: &str) -> u32 {
        Hash::of(&self.stem(word)).narrow()
    }

    /// The stem of a folded word.
    pub(crate) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match self {
            // No word of a language, and Snowball may take the square of its length.
            _ if word.len() > LONGEST => Cow::Borrowed(word),
            Self::Snowball(stemmer) => stemmer.stem(word),
            Self::Endings(endings) => Cow::Borrowed(stripped(word, endings)),
            Self::None => Cow::Borrowed(word),
        }
    }
}

/// Letters that an ending of each group must leave: short words end like this by themselves (`теңге`).
const LEAVES: [usize; 4] = [4, 4, 3, 2];

/// Strips one ending of each group while enough letters, with a vowel, are left.
fn stripped<'w>(word: &'w str, endings: &Endings) -> &'w str {
    let mut stem = word;
    for (endings, leaves) in endings.iter().zip(LEAVES) {
        let rest = endings.iter().filter_map(|e| stem.strip_suffix(*e)).min_by_key(|rest| rest.len());
        if let Some(rest) = rest.filter(|rest| rest.chars().count() >= leaves && rest.contains(is_vowel)) {
            stem = rest;
        }
    }
    stem
}

fn is_vowel(c: char) -> bool {
    "аәеёиоөуұүыіэюя".contains(c)
}

#[cfg(test)]
mod tests {
    use crate::languages::{self, convention};

    fn stem(tag: &str, word: &str) -> String {
        languages::own(tag).stems(convention(tag, "").stems).stem(word).into_owned()
    }

    #[test]
    fn kazakh_endings_come_off() {
        assert_eq!(stem("kk", "қалаларында"), stem("kk", "қала"));
        assert_eq!(stem("kk", "мектептер"), "мектеп");
        assert_eq!(stem("kk", "президентінің"), "президент");
        assert_eq!(stem("kk", "қаңтарда"), stem("kk", "қаңтар"));
        assert_eq!(stem("kk", "теңгеге"), stem("kk", "теңге"));
        assert_eq!(stem("kk", "ел"), "ел");
    }

    #[test]
    fn snowball_serves_the_rest() {
        assert_eq!(stem("en", "plants"), "plant");
        assert_eq!(stem("ru", "заводов"), "завод");
        assert_eq!(stem("de", "städte"), "stadt");
        assert_eq!(stem("fr", "villes"), "vill");
        assert_eq!(stem("pl", "kot"), "kot");
    }
}
