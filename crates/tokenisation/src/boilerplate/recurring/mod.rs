//! Boilerplate that only the collection shows: lines that recur in articles which have nothing else in common.
//!
//! A site puts the same invitations, credits and disclaimers around whatever it reports. So a line is the site's, not
//! the article's, if a good share of one outlet's articles carry it, these are about different matters, and it stands
//! at the same end of each. A sentence of background recurs too, but in articles on one matter, and it speaks of what
//! they speak of. Crawlers and makers of corpora count lines alike (Pomikálek, 2011; Raffel et al., 2020); they
//! do not ask what the articles are about, and lose the background.
//!
//! Reprints are articles on one matter, so they are no proof. A line that is most of what its articles say is a
//! form (a dividend, a weather report) and stays.

mod cut;
mod relation;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use throughline_schema::Article;

use self::cut::{Cutter, SiteLine};
use self::relation::{Bag, Matters, add_words};
use super::Listed;
use super::line::Line;
use crate::read::ArticleText;

/// Least number of articles, on as many matters, that carry a line of their site.
const FEWEST: usize = 3;
/// The same for a line that stands anywhere in the articles.
const FEWEST_ANYWHERE: usize = 6;
/// The same for a line that speaks of what its articles speak of, as a section's invitations do.
const FEWEST_ON_THE_MATTER: usize = 8;
/// Least share of an outlet's articles that carry a line of their site.
const SHARE: f64 = 0.01;
/// Share of its articles at whose same end a line stands.
const AT_ONE_END: f64 = 0.8;
/// Share of its articles that are on matters of their own.
const APART: f64 = 0.6;
/// Words, each counted once, that an article has at least besides such lines, so that it can be told what it is about.
const WORDS: usize = 8;
/// Words of the shortest line that is one of the site.
const LINE: usize = 2;
/// Articles of a line that are read for what they are about.
const READ: usize = 48;
/// Articles from which it is learnt what sets articles apart.
const LEARNT_FROM: usize = 1000;

/// Where a line stands.
#[derive(Clone, Copy)]
struct Place {
    article: u32,
    statement: u32,
}

/// Moves lines of the site from the statements to the furniture; `texts` are index-aligned with `articles`.
///
/// So do the lines that a reader listed as boilerplate; those listed as content stay. Articles without a source count
/// as one outlet's.
pub fn move_recurring(articles: &[Article], texts: &mut [ArticleText], listed: &Listed) {
    let mut outlets: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (index, article) in (0u32..).zip(articles).filter(|(index, _)| texts[*index as usize].is_page) {
        outlets.entry(article.source.as_deref().unwrap_or_default()).or_default().push(index);
    }
    let mut matters = None;
    for members in outlets.values() {
        let mut lines: Vec<SiteLine> = listed.boilerplate().map(SiteLine::listed).collect();
        let candidates = candidates(members, texts, listed);
        if !candidates.is_empty() {
            let matters = matters.get_or_insert_with(|| learn(articles));
            let outlet = Outlet { articles, texts, candidates: &candidates, matters };
            lines.extend(outlet.lines_of_the_site(members.len()));
        }
        let cutter = Cutter::new(lines);
        members
            .iter()
            .for_each(|&index| cutter.cut(&articles[index as usize].text, &mut texts[index as usize]));
    }
}

/// Where each line stands that enough of an outlet's articles carry.
fn candidates(members: &[u32], texts: &[ArticleText], listed: &Listed) -> BTreeMap<u64, Vec<Place>> {
    let mut places: FxHashMap<u64, Vec<Place>> = FxHashMap::default();
    for &article in members {
        for (statement, said) in (0u32..).zip(&texts[article as usize].statements) {
            let line = Line::of(&said.text);
            if let Some(key) =
                line.key().filter(|_| line.words() >= LINE).filter(|_| !listed.is_content(&said.text))
            {
                let of_line = places.entry(key).or_default();
                // A line that an article repeats counts once, where it stands last.
                of_line.pop_if(|last| last.article == article);
                of_line.push(Place { article, statement });
            }
        }
    }
    let fewest = FEWEST.max((SHARE * members.len() as f64).ceil() as usize);
    places.into_iter().filter(|(_, of_line)| of_line.len() >= fewest).collect()
}

/// What sets articles apart, learnt from a sample of them at even distances.
fn learn(articles: &[Article]) -> Matters {
    let step = articles.len().div_ceil(LEARNT_FROM).max(1);
    let bags: Vec<Bag> = articles
        .iter()
        .step_by(step)
        .map(|article| {
            let mut bag = Bag::default();
            add_words(&article.text, &mut bag);
            bag
        })
        .collect();
    Matters::learn(&bags)
}

/// The articles of an outlet and the lines that several of them carry.
struct Outlet<'t> {
    articles: &'t [Article],
    texts: &'t [ArticleText],
    candidates: &'t BTreeMap<u64, Vec<Place>>,
    matters: &'t Matters,
}

impl Outlet<'_> {
    /// The lines of the site, each with the number of its articles.
    fn lines_of_the_site(&self, size: usize) -> Vec<SiteLine> {
        let mut bags: FxHashMap<u32, (Bag, f64)> = FxHashMap::default();
        let mut found = Vec::new();
        for places in self.candidates.values() {
            let read: Vec<Place> = spread(places, READ);
            for place in &read {
                bags.entry(place.article).or_insert_with(|| self.rest(place.article));
            }
            let of_line: Vec<&(Bag, f64)> = read.iter().map(|place| &bags[&place.article]).collect();
            if self.is_of_the_site(places, &read, &of_line, size) {
                let first = places[0];
                let text = &self.texts[first.article as usize].statements[first.statement as usize].text;
                found.push(SiteLine::recurring(Line::of(text), places.len() as u32));
            }
        }
        found
    }

    fn is_of_the_site(&self, places: &[Place], read: &[Place], rest: &[&(Bag, f64)], size: usize) -> bool {
        let half = read.len() as f64 / 2.0;
        let is_form = rest.iter().filter(|(_, share)| *share > 0.5).count() as f64 >= half;
        if is_form {
            return false;
        }
        let bags: Vec<&Bag> = rest.iter().map(|(bag, _)| bag).filter(|bag| bag.len() >= WORDS).collect();
        let apart = self.matters.count(&bags);
        let at_one_end = self.at_one_end(places);
        let mut words = Bag::default();
        add_words(
            &self.texts[places[0].article as usize].statements[places[0].statement as usize].text,
            &mut words,
        );
        let on_the_matter = bags.iter().filter(|bag| self.matters.speak_of_one_thing(&words, bag)).count();
        let fewest = match (at_one_end, on_the_matter as f64 >= half) {
            (true, false) => FEWEST,
            (true, true) => FEWEST_ON_THE_MATTER,
            (false, false) => FEWEST_ANYWHERE,
            (false, true) => return false,
        };
        // In a small collection a few recurrences say little: a line must then stand in a good part of it.
        let fewest = if size < 20 { fewest.max(size / 3 + 1) } else { fewest };
        apart >= fewest && apart as f64 >= APART * read.len() as f64
    }

    /// Whether a line stands near the same end of most of its articles.
    fn at_one_end(&self, places: &[Place]) -> bool {
        let (mut first, mut last) = (0, 0);
        for place in places {
            let length = self.texts[place.article as usize].statements.len();
            let before = place.statement as usize;
            let behind = length - 1 - before;
            first += usize::from(before <= (length / 10).max(1) && before < behind);
            last += usize::from(behind <= (length / 5).max(3) && behind <= before);
        }
        first.max(last) as f64 >= AT_ONE_END * places.len() as f64
    }

    /// The words of an article apart from lines that recur, and the share of its text that these are.
    fn rest(&self, article: u32) -> (Bag, f64) {
        let mut bag = Bag::default();
        let (mut all, mut recurring) = (0, 0);
        for statement in &self.texts[article as usize].statements {
            all += statement.text.len();
            if Line::of(&statement.text).key().is_some_and(|key| self.candidates.contains_key(&key)) {
                recurring += statement.text.len();
            } else {
                add_words(&statement.text, &mut bag);
            }
        }
        if let Some(title) = &self.articles[article as usize].title {
            add_words(title, &mut bag);
        }
        (bag, recurring as f64 / (all as f64).max(1.0))
    }
}

/// At most `count` of `places`, at even distances.
fn spread(places: &[Place], count: usize) -> Vec<Place> {
    let kept = places.len().min(count);
    (0..kept).map(|i| places[i * places.len() / kept]).collect()
}
