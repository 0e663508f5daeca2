//! Which names are forms of one.

use std::collections::{BTreeMap, BTreeSet};

use throughline_schema::SpeakerId;

/// Share of the quotations under full names, from which on a short form is taken for one of them.
const STANDS_OUT: f64 = 0.8;
/// A short form is one that several people share if full names that end in it have at least this share of its quotations.
const SHARED: f64 = 0.25;
/// Steps from a form to the name that stands for all: surname, name without middle names, full name.
const FORMS: usize = 4;

/// A name in a form that can be compared: the stems of its words, initials left out.
pub(super) type Key = Vec<u32>;

/// How often a name is quoted.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    pub quotations: u64,
    pub articles: u64,
    /// Those of them with the name in capitals.
    pub capitals: u64,
}

impl Count {
    /// Never written otherwise than in capitals: the short name of a body, and nobody's surname.
    fn is_acronym(&self) -> bool {
        self.capitals == self.quotations
    }
}

/// Names of a corpus, and which of them are forms of one.
pub(super) struct People {
    /// The full name that each form stands for.
    full: BTreeMap<Key, Key>,
    /// Forms that several full names share and none is usual for.
    shared: BTreeSet<Key>,
}

impl People {
    pub fn new(counts: &BTreeMap<Key, Count>) -> Self {
        // Middle names come and go: the same first and last word, and no other word of its own.
        let of_ends = group(counts.keys(), ends);
        let mut full: BTreeMap<Key, Key> = BTreeMap::new();
        let mut merged: BTreeMap<&Key, Count> = BTreeMap::new();
        for key in counts.keys() {
            let ends = ends(key).unwrap_or_default();
            let alike = of_ends.get(&ends).into_iter().flatten().copied();
            let usual = alike
                .filter(|other| leaves_out(key, other) || leaves_out(other, key) || *other == key)
                .max_by(|x, y| counts[*x].quotations.cmp(&counts[*y].quotations).then_with(|| y.cmp(x)))
                .unwrap_or(key);
            full.insert(key.clone(), usual.clone());
            let of_usual = merged.entry(usual).or_default();
            of_usual.quotations += counts[key].quotations;
            of_usual.articles += counts[key].articles;
        }
        let of_last = group(merged.keys().copied(), |key| Some(vec![*key.last()?]));
        let of_first = group(merged.keys().copied(), |key| Some(vec![*key.first()?]));
        let is_short =
            |(key, count): &(&Key, &Count)| full[*key] == **key && !key.is_empty() && !count.is_acronym();
        let short: Vec<(&Key, Count)> =
            counts.iter().filter(is_short).map(|(key, count)| (key, *count)).collect();
        let mut shared = BTreeSet::new();
        for (key, count) in short {
            let longer =
                |of: &BTreeMap<Vec<u32>, Vec<&Key>>, word: u32, fits: fn(&Key, &Key) -> bool| -> Vec<Key> {
                    let all = of.get(&vec![word]).into_iter().flatten();
                    all.filter(|other| other.len() > key.len() && fits(other, key))
                        .map(|other| (*other).clone())
                        .collect()
                };
            let mut candidates = longer(&of_last, key[key.len() - 1], |other, key| other.ends_with(key));
            if candidates.is_empty() && key.len() == 1 {
                candidates = longer(&of_first, key[0], |other, key| other.starts_with(key));
            }
            let all: u64 = candidates.iter().map(|other| merged[other].quotations).sum();
            let usual = candidates
                .into_iter()
                .max_by(|x, y| merged[x].quotations.cmp(&merged[y].quotations).then_with(|| y.cmp(x)));
            match usual {
                Some(usual)
                    if merged[&usual].quotations as f64 >= STANDS_OUT * all as f64
                        && merged[&usual].articles >= count.articles =>
                {
                    full.insert(key.clone(), usual);
                }
                Some(_) if all as f64 >= SHARED * count.quotations as f64 => {
                    shared.insert(key.clone());
                }
                _ => {}
            }
        }
        Self { full, shared }
    }

    /// Who a name is in an article.
    pub fn id(&self, key: &Key, name: &str, article: &str) -> SpeakerId {
        if key.is_empty() {
            return SpeakerId::derive(&["as written", name]);
        }
        let mut at = key;
        // A short form may stand for a form that itself leaves a middle name out.
        for _ in 0..FORMS {
            at = self.full.get(at).unwrap_or(at);
        }
        let words: Vec<String> = at.iter().map(|stem| format!("{stem:08x}")).collect();
        let mut parts: Vec<&str> = words.iter().map(String::as_str).collect();
        if self.shared.contains(at) {
            parts.push(article);
        }
        SpeakerId::derive(&parts)
    }
}

/// The first word of a name and its last.
fn ends(key: &Key) -> Option<Vec<u32>> {
    Some(vec![*key.first()?, *key.last()?])
}

/// Names by some of their words.
fn group<'k>(
    keys: impl Iterator<Item = &'k Key>,
    by: impl Fn(&Key) -> Option<Vec<u32>>,
) -> BTreeMap<Vec<u32>, Vec<&'k Key>> {
    let mut groups: BTreeMap<Vec<u32>, Vec<&Key>> = BTreeMap::new();
    for key in keys {
        if let Some(words) = by(key) {
            groups.entry(words).or_default().push(key);
        }
    }
    groups
}

/// Whether `short` is `long` without some of the words between its first and its last.
fn leaves_out(short: &Key, long: &Key) -> bool {
    short.len() >= 2
        && short.len() < long.len()
        && short.first() == long.first()
        && short.last() == long.last()
        && short.iter().all(|word| long.contains(word))
}
