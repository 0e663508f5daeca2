//! Who is quoted, over all articles: one row a person or body, whatever the form of the name.
//!
//! Within an article the quotations already have the fullest name that it gives. Over articles, a short form ("Trump") is
//! that of a full name ("Donald Trump") if nearly all quotations under full names that end in it are of one of them. Where
//! several people share it and none stands out, it is somebody of its own in each article: two people of one surname
//! stay two.

mod people;

use std::collections::{BTreeMap, BTreeSet};

use throughline_schema::tables::SpeakerRow;
use throughline_schema::{Article, Quote, SpeakerId};
use throughline_tokenisation::features::name_key;

use self::people::{Count, Key, People};
use crate::Texts;
use crate::narratives::spread::seen;

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
    articles: BTreeSet<u32>,
}

impl Speakers {
    /// Finds who is who; `quotes` and `texts` are index-aligned with `articles`.
    pub fn find(articles: &[Article], texts: &Texts, quotes: &[Vec<Quote>]) -> Self {
        let mut counts: BTreeMap<Key, Count> = BTreeMap::new();
        let mut key_of: BTreeMap<(&str, &str), Key> = BTreeMap::new();
        for (quotes, text) in quotes.iter().zip(&texts.articles) {
            let mut here: BTreeSet<Key> = BTreeSet::new();
            for name in quotes.iter().filter_map(|quote| quote.speaker.as_deref()) {
                let key =
                    key_of.entry((text.lang.as_str(), name)).or_insert_with(|| name_key(name, &text.lang));
                let count = counts.entry(key.clone()).or_default();
                count.quotations += 1;
                count.articles += u64::from(here.insert(key.clone()));
                count.capitals += u64::from(is_shouted(name));
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
                speaker.articles.insert(at as u32);
            }
            of.push(here);
        }
        let mut rows: Vec<SpeakerRow> = known.into_iter().map(|(id, of)| row(id, of, articles)).collect();
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

/// Capitals and no small letter, in a script that has both.
fn is_shouted(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

fn row(id: SpeakerId, of: Known, articles: &[Article]) -> SpeakerRow {
    let words = |name: &str| name.split_whitespace().count();
    let name = of.forms.iter().max_by(|x, y| {
        let fuller = |(name, count): (&&str, &u64)| (words(name).min(2), *count);
        fuller(*x).cmp(&fuller(*y)).then_with(|| y.0.cmp(x.0))
    });
    let quoted_in: Vec<u32> = of.articles.iter().copied().collect();
    let (first_seen, last_seen) = seen(&quoted_in, articles);
    let sources: BTreeSet<&String> =
        quoted_in.iter().filter_map(|at| articles[*at as usize].source.as_ref()).collect();
    SpeakerRow {
        speaker_id: id,
        name: name.map_or_else(String::new, |(name, _)| (*name).to_owned()),
        quotations: of.quotations,
        articles: quoted_in.len() as u64,
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
        let article = |at: usize| Article { id: ArticleId(format!("{at:02}")), ..Article::default() };
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
        let text = ArticleText {
            statements: Vec::new(),
            furniture: Vec::new(),
            wire: None,
            lang: "en".to_owned(),
            is_page: true,
        };
        let texts = Texts { articles: vec![text; quoted.len()] };
        let quotes: Vec<Vec<Quote>> = quoted
            .iter()
            .enumerate()
            .map(|(at, names)| names.iter().map(|name| quote(at, name)).collect())
            .collect();
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
    fn the_short_name_of_a_body_is_no_surname() {
        let speakers = found(&[
            &["Kim Jong Un", "Kim Jong Un"],
            &["UN"],
            &["Russia", "Russia"],
            &["Russia", "Russia"],
            &["Russia"],
            &["United Russia"],
        ]);
        let names: Vec<&str> = speakers.rows().iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names.len(), 4);
        assert!(names.contains(&"UN") && names[0] == "Russia");
    }

    #[test]
    fn one_shouted_headline_makes_no_acronym() {
        let speakers = found(&[&["Rosa Lindqvist"], &["Rosa Lindqvist"], &["Lindqvist"], &["LINDQVIST"]]);
        assert_eq!(speakers.rows().len(), 1);
    }

    #[test]
    fn a_body_is_one_over_all_articles() {
        let speakers = found(&[&["UNICEF"], &["UNICEF"], &["Ministry of Health"], &["Ministry of Health"]]);
        assert_eq!(speakers.rows().iter().map(|row| row.quotations).collect::<Vec<_>>(), [2, 2]);
    }
}
