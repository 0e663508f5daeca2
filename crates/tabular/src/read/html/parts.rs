//! What an element is by the names that a page gives it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static NAMES: &str = include_str!("../../../page-parts.txt");

/// A part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The article's text and little else.
    Body,
    /// The article with what stands around it.
    Content,
    /// None of the article.
    Aside,
    /// What readers wrote.
    Comment,
    /// Words to a picture.
    Caption,
    /// An offer in place of the rest.
    Offer,
    /// Who wrote it.
    Byline,
}

/// The names that begin with a word: the other words of each, and the part.
type Names = BTreeMap<&'static str, Vec<(Vec<&'static str>, Part)>>;

static PARTS: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::new();
    for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
        let Some((part, listed)) = line.split_once('\t') else { continue };
        let part = match part {
            "body" => Part::Body,
            "content" => Part::Content,
            "aside" => Part::Aside,
            "comment" => Part::Comment,
            "caption" => Part::Caption,
            "offer" => Part::Offer,
            "byline" => Part::Byline,
            _ => continue,
        };
        for name in listed.split_whitespace() {
            let mut words = name.split('-');
            if let Some(first) = words.next() {
                names.entry(first).or_default().push((words.collect(), part));
            }
        }
    }
    names
});

/// The parts that an element is by its names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts(u8);

impl Parts {
    /// Whether a part is among them.
    pub(super) fn has(self, part: Part) -> bool {
        self.0 & (1 << part as u8) != 0
    }

    /// Reads the value of an attribute.
    pub(super) fn read(&mut self, value: &str) {
        for name in value.split_whitespace() {
            let words = words(name);
            for (at, word) in words.iter().enumerate() {
                for (rest, part) in PARTS.get(word.as_str()).into_iter().flatten() {
                    let behind = &words[at + 1..];
                    if behind.len() >= rest.len() && behind.iter().zip(rest).all(|(a, b)| a == b) {
                        self.0 |= 1 << *part as u8;
                    }
                }
            }
        }
    }
}

/// The words of a name, in small letters: `readAlso-box` has three.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut small = false;
    for c in name.chars() {
        let cut = !c.is_alphanumeric();
        if (cut || (small && c.is_uppercase())) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if !cut {
            word.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_words() {
        let parts = |value: &str| {
            let mut parts = Parts::default();
            parts.read(value);
            parts
        };
        assert!(parts("box readAlso-list").has(Part::Aside));
        assert!(parts("c-article-body__text").has(Part::Body));
        assert!(parts("userComments").has(Part::Comment));
        for name in ["header-already", "shadow", "sharepoint", "uncommented", ""] {
            assert_eq!(parts(name), Parts::default(), "{name}");
        }
    }
}
