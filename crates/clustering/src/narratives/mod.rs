//! Narratives: statements of at least two articles that make the same claim; which of them are independent tellings, and
//! where they differ.
//!
//! Outlets word a claim differently, so near-duplicates are only a part of a narrative: `claim_score` says how a pair of
//! statements is judged. A group holds no pair below a floor, so that a statement on two matters does not join the two.

mod bundles;
mod claim_score;
mod differences;
mod forms;
mod independent_tellings;
mod label;
mod mentions;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use throughline_schema::Relation;

pub use bundles::{Bundle, bundles};
pub use claim_score::{ClaimPair, Contexts, claim_candidates, claim_pairs, same_claim};
pub use differences::{Difference, Told, differences};
pub use forms::Forms;
pub use independent_tellings::{Origins, Tellings};
pub use mentions::Mentions;

use crate::duplicates::{Scorer, complete_link_groups_in_order};
use crate::error::{Error, within};
use crate::rows::Rows;
use crate::weights::{claim, decision};
use claim_score::ClaimScorer;

/// What decides which statements are put together.
#[derive(Clone, Debug, PartialEq)]
pub struct NarrativeParams {
    /// Lowest probability at which a pair of statements starts a narrative or joins two, 0 to 1.
    pub link: f32,
    /// Lowest probability of any pair in a narrative, 0 to 1.
    pub floor: f32,
    /// Neighbours of each statement that are looked at.
    pub neighbours: usize,
}

impl Default for NarrativeParams {
    fn default() -> Self {
        Self { link: decision::LINE, floor: claim::FLOOR, neighbours: claim::NEIGHBOURS }
    }
}

/// Parameters that were checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidNarrativeParams(NarrativeParams);

impl NarrativeParams {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`Error::Parameter`] with the name, the value and what is allowed.
    pub fn check(self) -> Result<ValidNarrativeParams, Error> {
        within("link", self.link.into(), (0.0..=1.0).contains(&self.link), "between 0 and 1")?;
        within("floor", self.floor.into(), (0.0..=self.link).contains(&self.floor), "between 0 and link")?;
        let neighbours = self.neighbours;
        within("neighbours", neighbours as f64, (1..=1000).contains(&neighbours), "between 1 and 1000")?;
        Ok(ValidNarrativeParams(self))
    }
}

/// Statements that make the same claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Narrative {
    /// The statement that stands for it: among those most like the others, the one that tells most by itself.
    pub label: u32,
    /// Its statements by row, the label among them.
    pub members: Vec<Member>,
    /// Lowest score of any pair of its members.
    pub cohesion: f32,
    /// Members with statements of other articles that say the opposite, and are none.
    pub opposed: Vec<(u32, u32)>,
}

/// A statement of a narrative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The statement.
    pub row: u32,
    /// Probability that it makes the same claim as the label; 1 for the label itself.
    pub score: f32,
    /// What it is to the label: identical or a near copy as a text, else the same claim, or with more or less than the
    /// label says; [`Relation::Identical`] for the label itself.
    pub relation: Relation,
    /// Probability that it is the same text as the label; 1 for the label itself.
    pub same_text: f32,
}

/// The narratives among statements, ordered by first row.
pub fn narratives(rows: &Rows, contexts: &Contexts, params: &ValidNarrativeParams) -> Vec<Narrative> {
    let (params, article) = (&params.0, contexts.article());
    let claims = ClaimScorer::new(rows, *contexts);
    let pairs = claim_candidates(rows, contexts, params.neighbours);
    let near: Vec<(u32, u32, f32)> = pairs
        .into_par_iter()
        .map(|(a, b)| (a, b, claims.same_matter(a, b)))
        .filter(|(_, _, p)| *p >= params.link)
        .collect();
    let (opposed, mut scored): (Vec<_>, Vec<_>) =
        near.into_par_iter().partition(|(a, b, _)| claims.opposed(*a, *b));
    // Pairs of two articles come first. A group refuses a statement that is too far from any member, so two statements of
    // one article that were joined early could keep out the counterpart of either in another article.
    let of_one_article =
        |pair: &(u32, u32, f32)| article.get(pair.0 as usize) == article.get(pair.1 as usize);
    scored.par_sort_by(|x, y| {
        of_one_article(x).cmp(&of_one_article(y)).then(y.2.total_cmp(&x.2)).then((x.0, x.1).cmp(&(y.0, y.1)))
    });
    let same = |a, b| claims.same(a, b);
    let group = complete_link_groups_in_order(rows.len(), &scored, params.floor, same).group;
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (row, label) in group.into_iter().enumerate() {
        groups.entry(label).or_default().push(row as u32);
    }
    let shared: Vec<Vec<u32>> = groups
        .into_values()
        .filter(|g| g.iter().filter_map(|r| article.get(*r as usize)).collect::<BTreeSet<_>>().len() > 1)
        .collect();
    let texts = Scorer::new(rows);
    let mut found: Vec<Narrative> =
        shared.into_par_iter().map(|group| describe(&group, &claims, &texts)).collect();
    let of: BTreeMap<u32, usize> =
        found.iter().enumerate().flat_map(|(at, n)| n.members.iter().map(move |m| (m.row, at))).collect();
    for (a, b, _) in opposed.into_iter().filter(|pair| !of_one_article(pair)) {
        for (member, other) in [(a, b), (b, a)] {
            let narrative = of.get(&member).filter(|at| of.get(&other) != Some(*at));
            narrative.into_iter().for_each(|at| found[*at].opposed.push((member, other)));
        }
    }
    found
}

fn describe(group: &[u32], claims: &ClaimScorer, texts: &Scorer) -> Narrative {
    let mut cohesion = 1.0f32;
    let mut likeness = vec![0.0f32; group.len()];
    for (x, a) in group.iter().enumerate() {
        for (y, b) in group.iter().enumerate().skip(x + 1) {
            let score = claims.same(*a, *b);
            cohesion = cohesion.min(score);
            likeness[x] += score;
            likeness[y] += score;
        }
    }
    let label = label::most_telling(group, &likeness, claims.features());
    let members = group
        .iter()
        .map(|row| match *row == label {
            true => Member { row: label, score: 1.0, relation: Relation::Identical, same_text: 1.0 },
            false => {
                let as_texts = texts.score(label, *row);
                Member {
                    row: *row,
                    score: claims.same(label, *row),
                    relation: match as_texts.relation {
                        Relation::Identical | Relation::NearCopy | Relation::Translation => as_texts.relation,
                        _ => claims.relation(label, *row),
                    },
                    same_text: as_texts.score,
                }
            }
        })
        .collect();
    Narrative { label, members, cohesion, opposed: Vec::new() }
}

#[cfg(test)]
mod tests;
