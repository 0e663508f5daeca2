//! What tokenisation reads off a text for clustering to compare: words, figures, names, negation.

use serde::{Deserialize, Serialize};

/// A number with its unit or currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// As written, with its unit: `$27.8 billion`.
    pub text: String,
    /// The value with its multiplier: `27.8e9`.
    pub value: f64,
    /// The lowest value that it may stand for: "about 300" is 250 or more, "$38 million" 37.5 million or more.
    #[serde(default)]
    pub low: f64,
    /// The highest value that it may stand for.
    #[serde(default)]
    pub high: f64,
    /// Unit or currency in a canonical form: `USD`, `%`, `km`, `people`; else the stem of the noun that is
    /// counted; else empty.
    pub unit: String,
    /// Hashed stems of the content words around it in its clause, from near to far, what is counted left out: what it tells
    /// of.
    #[serde(default)]
    pub about: Vec<u32>,
}

/// A word by which a text takes a side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Which opposites it is about, by the name of one end: `rise`, `open`, `confirm`.
    pub axis: String,
    /// 1 for that end, -1 for the other, 0 for doubt.
    pub pole: i8,
    /// As written, with the negation that turns it round: `not captured`.
    pub text: String,
    /// Hashed stems of the content words around it in its clause.
    #[serde(default)]
    pub about: Vec<u32>,
}

/// A word that a text denies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denied {
    /// Its stem, hashed as in [`TextFeatures::stems`].
    pub stem: u32,
    /// As written, with the negation: `not captured`.
    pub text: String,
    /// Hashed stems of the content words around it in its clause.
    #[serde(default)]
    pub about: Vec<u32>,
}

/// The lexical side of one text. Hashes are stable between runs and machines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextFeatures {
    /// Every word in order, case-folded and hashed.
    pub words: Vec<u32>,
    /// Stems of content words in order, hashed; stop words are left out.
    pub stems: Vec<u32>,
    /// Character 3- to 5-grams inside words (word ends marked), hashed, sorted, unique.
    pub grams: Vec<u32>,
    /// Numbers with units and currencies, in order.
    pub figures: Vec<Figure>,
    /// Dates and times, in a canonical form (`2024`, `--07-03`, `2024-07-03`, `monday`), in order.
    pub dates: Vec<String>,
    /// Names: runs of capitalised words, as written, in order, unique.
    pub names: Vec<String>,
    /// For each of `names`, the hashed stems of its words without particles: "Tokayev" is part of
    /// "Kassym-Jomart Tokayev" and «Токаева» of «Токаев». What stands for a country has the country's too: "Pyongyang",
    /// "North Korean".
    #[serde(default)]
    pub name_stems: Vec<Vec<u32>>,
    /// For each of `names`, the hashed stems of the content words around it where it first stands, from near to far.
    #[serde(default)]
    pub name_places: Vec<Vec<u32>>,
    /// Whether the text denies something ("not", "never", "no longer", "denied", "не", "емес").
    pub negated: bool,
    /// Sides that it takes, in order.
    #[serde(default)]
    pub sides: Vec<Side>,
    /// Words that stand under a "not", in order.
    #[serde(default)]
    pub denied: Vec<Denied>,
    /// Candidate label phrases: one to three words without stop words at their ends, in lower case,
    /// in order, repeats kept.
    pub phrases: Vec<String>,
}
