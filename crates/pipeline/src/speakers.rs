//! Who is quoted, over all articles: one row a person or body, whatever the form of the name.
//!
//! Within an article the quotations already have the fullest name that it gives. Over articles, a short form ("Trump") is
//! that of a full name ("Donald Trump") if nearly all quotations under full names that end in it are of one of them. Where
//! several people share it and none stands out, it is somebody of its own in each article: two people of one surname
//! stay two.

use std::collections::{BTreeMap, BTreeSet};

use throughline_schema::tables::SpeakerRow;
use throughline_schema::{Article, Quote, SpeakerId};
use throughline_tokenisation::features::name_key;

use crate::Texts;
use crate::publication_time::ranks;

/// Share of the quotations under full names, from which on a short form is taken for one of them.
const STANDS_OUT: f64 = 0.8;

/// Steps from a form to the name that stands for all: surname, name without middle names, full name.
const FORMS: usize = 4;

/// A name in a form that can be compared: the stems of its words, initials left out.
type Key = Vec<u32>;

/// The speakers of a corpus.
pub struct Speakers {
    /// By article, then by the name that its quotations have.
    of: Vec<BTreeMap<String, SpeakerId>>,
    rows: Vec<SpeakerRow>,
}

/// What is known of a speaker.
#[derive(Default)]
struct Known<'a> {
    forms: BTreeMap<&'a str, u64>,
    quotations: u64,
    articles: BTreeSet<usize>,
}

impl Speakers {
    /// Finds who is who; `quotes` and `texts` are index-aligned with `articles`.
    pub fn find(articles: &[Article], texts: &Texts, quotes: &[Vec<Quote>]) -> Self {
        let mut counts: BTreeMap<Key, u64> = BTreeMap::new();
        let mut key_of: BTreeMap<(&str, &str), Key> = BTreeMap::new();
        for (quotes, text) in quotes.iter().zip(&texts.articles) {
            for name in quotes.iter().filter_map(|quote| quote.speaker.as_deref()) {
                let key =
                    key_of.entry((text.lang.as_str(), name)).or_insert_with(|| name_key(name, &text.lang));
                *counts.entry(key.clone()).or_default() += 1;
            }
        }
        let people = People::new(&counts);
        let mut known: BTreeMap<SpeakerId, Known> = BTreeMap::new();
        let mut of = Vec::with_capacity(articles.len());
        for (at, quotes) in quotes.iter().enumerate() {
            let mut here: BTreeMap<String, SpeakerId> = BTreeMap::new();
            for name in quotes.iter().filter_map(|quote| quote.speaker.as_deref()) {
                let key = &key_of[&(texts.articles[at].lang.as_str(), name)];
                let id = here
                    .entry(name.to_owned())
                    .or_insert_with(|| people.id(key, name, articles[at].id.as_str()));
                let speaker = known.entry(id.clone()).or_default();
                speaker.quotations += 1;
                *speaker.forms.entry(name).or_default() += 1;
                speaker.articles.insert(at);
            }
            of.push(here);
        }
        let rank = ranks(articles);
        let mut rows: Vec<SpeakerRow> =
            known.into_iter().map(|(id, of)| row(id, of, articles, &rank)).collect();
        rows.sort_by(|x, y| y.quotations.cmp(&x.quotations).then_with(|| x.speaker_id.cmp(&y.speaker_id)));
        Self { of, rows }
    }

    /// The table `speakers`, most quoted first.
    pub fn rows(&self) -> &[SpeakerRow] {
        &self.rows
    }

    /// Who the `name` is that a quotation in article `index` has.
    pub fn id(&self, index: usize, name: &str) -> Option<&SpeakerId> {
        self.of[index].get(name)
    }
}

/// Names of a corpus, and which of them are forms of one.
struct People {
    /// The full name that each form stands for.
    full: BTreeMap<Key, Key>,
    /// Forms that several full names share and none is usual for.
    shared: BTreeSet<Key>,
}

impl People {
    fn new(counts: &BTreeMap<Key, u64>) -> Self {
        // Middle names come and go: the same first and last word, and no other word of its own.
        let of_ends = group(counts.keys(), ends);
        let mut full: BTreeMap<Key, Key> = BTreeMap::new();
        let mut merged: BTreeMap<&Key, u64> = BTreeMap::new();
        for key in counts.keys() {
            let ends = ends(key).unwrap_or_default();
            let alike = of_ends.get(&ends).into_iter().flatten().copied();
            let usual = alike
                .filter(|other| leaves_out(key, other) || leaves_out(other, key) || *other == key)
                .max_by(|x, y| counts[*x].cmp(&counts[*y]).then_with(|| y.cmp(x)))
                .unwrap_or(key);
            full.insert(key.clone(), usual.clone());
            *merged.entry(usual).or_default() += counts[key];
        }
        let of_last = group(merged.keys().copied(), |key| Some(vec![*key.last()?]));
        let of_first = group(merged.keys().copied(), |key| Some(vec![*key.first()?]));
        let short: Vec<&Key> = counts.keys().filter(|key| full[*key] == **key && !key.is_empty()).collect();
        let mut shared = BTreeSet::new();
        for key in short {
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
            let all: u64 = candidates.iter().map(|other| merged[other]).sum();
            let usual =
                candidates.into_iter().max_by(|x, y| merged[x].cmp(&merged[y]).then_with(|| y.cmp(x)));
            match usual {
                Some(usual) if merged[&usual] as f64 >= STANDS_OUT * all as f64 => {
                    full.insert(key.clone(), usual);
                }
                Some(_) => {
                    shared.insert(key.clone());
                }
                None => {}
            }
        }
        Self { full, shared }
    }

    fn id(&self, key: &Key, name: &str, article: &str) -> SpeakerId {
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

fn row(id: SpeakerId, of: Known, articles: &[Article], rank: &[u32]) -> SpeakerRow {
    let words = |name: &str| name.split_whitespace().count();
    let name = of.forms.iter().max_by(|x, y| {
        let fuller = |(name, count): (&&str, &u64)| (words(name).min(2), *count);
        fuller(*x).cmp(&fuller(*y)).then_with(|| y.0.cmp(x.0))
    });
    let mut by_time: Vec<usize> = of.articles.iter().copied().collect();
    by_time.sort_by_key(|&at| rank[at]);
    let (first_seen, last_seen) =
        crate::narratives::spread::seen(&by_time.iter().map(|&at| at as u32).collect::<Vec<_>>(), articles);
    let sources: BTreeSet<&String> = by_time.iter().filter_map(|&at| articles[at].source.as_ref()).collect();
    SpeakerRow {
        speaker_id: id,
        name: name.map_or_else(String::new, |(name, _)| (*name).to_owned()),
        quotations: of.quotations,
        articles: of.articles.len() as u64,
        sources: sources.into_iter().cloned().collect(),
        first_seen,
        last_seen,
        forms: of.forms.into_keys().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use throughline_schema::{ArticleId, QuoteId, QuoteKind};
    use throughline_tokenisation::ArticleText;

    use super::*;

    /// Speakers of articles that quote these names, one article a list.
    fn found(quoted: &[&[&str]]) -> Speakers {
        let article = |at: usize| Article {
            id: ArticleId(format!("{at:02}")),
            text: String::new(),
            title: None,
            url: None,
            source: None,
            source_from: None,
            published: None,
            published_at: None,
            lang: None,
            file: None,
            extra: Default::default(),
        };
        let quote = |at: usize, name: &&str| Quote {
            id: QuoteId(String::new()),
            article: ArticleId(format!("{at:02}")),
            kind: QuoteKind::Direct,
            content: Vec::new(),
            cue: Vec::new(),
            source: Vec::new(),
            speaker: Some((*name).to_owned()),
            statements: Vec::new(),
        };
        let articles: Vec<Article> = (0..quoted.len()).map(article).collect();
        let text = ArticleText { statements: Vec::new(), furniture: Vec::new(), wire: None, lang: "en".to_owned() };
        let texts = Texts { articles: vec![text; quoted.len()] };
        let quotes: Vec<Vec<Quote>> =
            quoted.iter().enumerate().map(|(at, names)| names.iter().map(|name| quote(at, name)).collect()).collect();
        Speakers::find(&articles, &texts, &quotes)
    }

    #[test]
    fn every_form_of_a_name_is_one_person() {
        let speakers = found(&[
            &["Rosa Lindqvist", "Rosa Lindqvist"],
            &["Lindqvist"],
            &["President Rosa Lindqvist", "Rosa M. Lindqvist"],
            &["Rosa Maria Lindqvist"],
        ]);
        assert_eq!(speakers.rows().len(), 1);
        let row = &speakers.rows()[0];
        assert_eq!((row.name.as_str(), row.quotations, row.articles), ("Rosa Lindqvist", 6, 4));
    }

    #[test]
    fn two_people_of_one_surname_stay_two() {
        let speakers = found(&[&["Ann Wang"], &["Bo Wang"], &["Wang"], &["Wang"], &["Carl Wang"]]);
        assert_eq!(speakers.rows().len(), 5);
        assert_ne!(speakers.id(2, "Wang"), speakers.id(3, "Wang"));
    }

    #[test]
    fn a_body_is_one_over_all_articles() {
        let speakers = found(&[&["UNICEF"], &["UNICEF"], &["Ministry of Health"], &["Ministry of Health"]]);
        assert_eq!(speakers.rows().iter().map(|row| row.quotations).collect::<Vec<_>>(), [2, 2]);
    }
}
