//! Which members of a narrative are copies and which tell it for themselves.
//!
//! Ten outlets that print one agency's report are one telling. A member is a copy of an earlier one when its
//! article took over the words, be it the statement's or the article's; a quotation in the same words is
//! none, since two reporters who listen to one speaker write down the same.

use std::collections::BTreeMap;

use throughline_schema::{Relation, TextFeatures};

use crate::duplicates::overlap::Shingled;
use crate::duplicates::passages::PassageParams;
use crate::duplicates::{Scorer, is_copy};
use crate::error::{Error, aligned};
use crate::rows::Rows;
use crate::weights::decision;

/// What is known of statements beside their text.
#[derive(Clone, Copy, Debug)]
pub struct Origins<'a> {
    article: &'a [u32],
    quoted: &'a [bool],
    rank: &'a [u32],
    wire: &'a [Option<String>],
}

impl<'a> Origins<'a> {
    /// Of statements: the article of each and whether it stands in quotation marks for the most part; of articles: the
    /// rank of each (the lower, the earlier) and its news agency.
    ///
    /// # Errors
    /// [`Error::Misaligned`] where the parts of the statements, or those of the articles, differ in length.
    pub fn new(
        article: &'a [u32],
        quoted: &'a [bool],
        rank: &'a [u32],
        wire: &'a [Option<String>],
    ) -> Result<Self, Error> {
        aligned("marks of quotation", quoted.len(), article.len())?;
        aligned("agencies", wire.len(), rank.len())?;
        let articles = article.iter().max().map_or(0, |last| *last as usize + 1);
        aligned("ranks of articles", rank.len(), articles.max(rank.len()))?;
        Ok(Self { article, quoted, rank, wire })
    }
}

/// Tells copies among statements.
pub struct Tellings<'a> {
    origins: Origins<'a>,
    scorer: &'a Scorer<'a>,
    features: &'a [TextFeatures],
    /// Words of each article.
    articles: Vec<TextFeatures>,
}

impl<'a> Tellings<'a> {
    /// Gathers the words of every article.
    pub fn new(rows: &Rows<'a>, scorer: &'a Scorer<'a>, origins: Origins<'a>) -> Self {
        let mut articles = vec![TextFeatures::default(); origins.rank.len()];
        for (features, article) in rows.features().iter().zip(origins.article) {
            articles[*article as usize].words.extend(&features.words);
        }
        Self { origins, scorer, features: rows.features(), articles }
    }

    /// For each member of a narrative the member that it is a copy of: the earliest, in another article.
    pub fn copies(&self, members: &[u32]) -> Vec<Option<u32>> {
        let rank = |row: u32| (self.origins.rank[self.article(row)], row);
        let mut order = members.to_vec();
        order.sort_by_key(|row| rank(*row));
        let mut copied: BTreeMap<(usize, usize), bool> = BTreeMap::new();
        members
            .iter()
            .map(|&row| {
                let earlier = order.iter().take_while(|other| rank(**other) < rank(row));
                earlier.copied().find(|&other| self.is_copy(row, other, &mut copied))
            })
            .collect()
    }

    /// Articles among those of the members that make the claim for themselves: none of their members is a copy.
    /// The rest are reprints.
    pub fn independent(&self, members: &[u32], copies: &[Option<u32>]) -> Vec<u32> {
        let mut copy: BTreeMap<u32, bool> = BTreeMap::new();
        for (row, of) in members.iter().zip(copies) {
            *copy.entry(self.origins.article[*row as usize]).or_default() |= of.is_some();
        }
        copy.into_iter().filter(|(_, copy)| !copy).map(|(article, _)| article).collect()
    }

    fn article(&self, row: u32) -> usize {
        self.origins.article[row as usize] as usize
    }

    fn is_copy(&self, row: u32, other: u32, copied: &mut BTreeMap<(usize, usize), bool>) -> bool {
        let (a, b) = (self.article(row), self.article(other));
        if a == b {
            return false;
        }
        let verdict = self.scorer.score(row, other);
        if verdict.score < decision::LINE {
            return false;
        }
        let shorter = self.words(row).min(self.words(other)) as f32;
        let shared = verdict.a_in_b.max(verdict.b_in_a) * shorter;
        let copied_words = matches!(verdict.relation, Relation::Identical | Relation::NearCopy)
            && shared >= PassageParams::ARTICLES.shortest as f32;
        let quoted = self.origins.quoted[row as usize] && self.origins.quoted[other as usize];
        let wire = self.origins.wire[a].is_some() && self.origins.wire[a] == self.origins.wire[b];
        (copied_words && !quoted)
            || wire
            || *copied.entry((a.min(b), a.max(b))).or_insert_with(|| {
                let [a, b] = [a, b].map(|at| Shingled::new(&self.articles[at]));
                let overlap = a.overlap(&b);
                is_copy(overlap.a_in_b.max(overlap.b_in_a))
            })
    }

    fn words(&self, row: u32) -> usize {
        self.features[row as usize].words.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    /// Copies among the first statements of as many articles, each of which has a second one of its own.
    fn copies(words: &[Vec<u32>], quoted: bool, rank: &[u32], wire: &[Option<&str>]) -> Vec<Option<u32>> {
        let n = words.len() as u32;
        let own = (0..n).map(|i| text(1000 * (i + 1), 60));
        let features: Vec<TextFeatures> = words
            .iter()
            .cloned()
            .zip(own)
            .flat_map(|(first, second)| [first, second])
            .map(|words| {
                let mut grams = words.clone();
                grams.sort_unstable();
                TextFeatures { stems: words.clone(), words, grams, ..TextFeatures::default() }
            })
            .collect();
        let ids: Vec<String> = (0..2 * n).map(|i| format!("{i:03}")).collect();
        let vectors = Array2::from_elem((ids.len(), 1), 1.0);
        let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
        let scorer = Scorer::new(&rows);
        let article: Vec<u32> = (0..2 * n).map(|i| i / 2).collect();
        let wire: Vec<Option<String>> = wire.iter().map(|name| name.map(str::to_owned)).collect();
        let quoted = vec![quoted; ids.len()];
        let origins = Origins::new(&article, &quoted, rank, &wire).unwrap();
        let tellings = Tellings::new(&rows, &scorer, origins);
        let members: Vec<u32> = (0..n).map(|i| 2 * i).collect();
        let found = tellings.copies(&members);
        let independent = found.iter().filter(|of| of.is_none()).count();
        assert_eq!(tellings.independent(&members, &found).len(), independent);
        found.into_iter().map(|of| of.map(|row| row / 2)).collect()
    }

    fn text(from: u32, length: u32) -> Vec<u32> {
        (from..from + length).collect()
    }

    #[test]
    fn the_same_words_are_a_copy_of_the_earliest() {
        let words = [text(0, 20), text(0, 20), text(0, 20)];
        assert_eq!(copies(&words, false, &[2, 0, 1], &[None; 3]), [Some(1), None, Some(1)]);
    }

    #[test]
    fn a_few_words_or_a_quotation_in_common_are_no_copy() {
        let few = [text(0, 6), text(0, 6)];
        assert_eq!(copies(&few, false, &[0, 1], &[None; 2]), [None, None]);
        let many = [text(0, 20), text(0, 20)];
        assert_eq!(copies(&many, true, &[0, 1], &[None; 2]), [None, None]);
    }

    #[test]
    fn what_one_agency_says_twice_is_one_telling() {
        let words = [text(0, 6), text(0, 6)];
        assert_eq!(copies(&words, true, &[0, 1], &[Some("CW"), Some("CW")]), [None, Some(0)]);
        assert_eq!(copies(&words, true, &[0, 1], &[Some("CW"), Some("Other")]), [None, None]);
    }
}
