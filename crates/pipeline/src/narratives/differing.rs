//! Where the statements of a narrative disagree, and who contradicts it.

use std::collections::BTreeSet;

use throughline_clustering::narratives::{Mentions, Told, differences};
use throughline_schema::Article;
use throughline_schema::tables::Difference;

use crate::Units;

/// Differences listed for one narrative at most; the reader of the table sees the members anyway.
const MOST: usize = 200;

/// Compares statements in their articles.
pub(crate) struct Differing<'a> {
    units: &'a Units,
    /// What each article mentions.
    mentions: Vec<Mentions<'a>>,
}

impl<'a> Differing<'a> {
    /// Reads what the articles of these statements mention.
    pub(crate) fn new(units: &'a Units) -> Self {
        let articles = units.article.iter().max().map_or(0, |last| *last as usize + 1);
        let mut statements: Vec<Vec<usize>> = vec![Vec::new(); articles];
        units.article.iter().enumerate().for_each(|(row, article)| statements[*article as usize].push(row));
        let of = |rows: &Vec<usize>| Mentions::of(rows.iter().map(|row| &units.features[*row]));
        Self { units, mentions: statements.iter().map(of).collect() }
    }

    /// Where two statements disagree, as the tables show it.
    pub(crate) fn pair(&self, a: u32, b: u32) -> Vec<Difference> {
        let id = |row: u32| self.units.ids[row as usize].clone();
        let found = differences(self.told(a), self.told(b)).into_iter();
        let row = |d: throughline_clustering::narratives::Difference| Difference {
            kind: d.kind,
            a: id(a),
            b: id(b),
            a_value: d.a_value,
            b_value: d.b_value,
        };
        found.map(row).collect()
    }

    /// Where members of a narrative disagree with each other, and with those who say the opposite. Two outlets that
    /// differ in the same two values are listed once.
    pub(crate) fn among(
        &self,
        members: &[u32],
        opposed: &[(u32, u32)],
        articles: &[Article],
    ) -> Vec<Difference> {
        let outlet = |row: u32| articles[self.article(row)].source.as_deref();
        // An outlet that says the same words again adds nothing.
        let mut said = BTreeSet::new();
        let members: Vec<u32> = members
            .iter()
            .copied()
            .filter(|row| said.insert((outlet(*row), &self.units.features[*row as usize].words)))
            .collect();
        let inside = (0..members.len()).flat_map(|i| {
            let others = members[i + 1..].iter();
            let members = &members;
            others.map(move |b| (members[i], *b))
        });
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        // What an outlet says itself, one day and another, is its own story going on.
        let apart = |(a, b): &(u32, u32)| {
            self.article(*a) != self.article(*b) && (outlet(*a).is_none() || outlet(*a) != outlet(*b))
        };
        for (a, b) in opposed.iter().copied().chain(inside).filter(apart) {
            for difference in self.pair(a, b) {
                let values = (difference.a_value.clone(), difference.b_value.clone());
                if seen.insert((outlet(a), outlet(b), difference.kind, values)) {
                    found.push(difference);
                }
            }
            if found.len() >= MOST {
                found.truncate(MOST);
                break;
            }
        }
        found
    }

    fn told(&self, row: u32) -> Told<'_> {
        Told { features: &self.units.features[row as usize], article: &self.mentions[self.article(row)] }
    }

    fn article(&self, row: u32) -> usize {
        self.units.article[row as usize] as usize
    }
}
