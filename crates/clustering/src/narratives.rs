//! Narratives: statements of at least two articles that make the same claim.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::within;
use crate::{Error, Relation, Rows, Scorer, linkage, neighbours};

/// What decides which statements are put together.
#[derive(Clone, Debug, PartialEq)]
pub struct NarrativeParams {
    /// Lowest mean cosine of the statements of two groups that are joined.
    pub floor: f32,
    /// Neighbours of each statement that are looked at.
    pub neighbours: usize,
}

impl Default for NarrativeParams {
    fn default() -> Self {
        Self { floor: 0.6, neighbours: 20 }
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
        within("floor", self.floor.into(), (0.0..=1.0).contains(&self.floor), "between 0 and 1")?;
        within(
            "neighbours",
            self.neighbours as f64,
            (1..=1000).contains(&self.neighbours),
            "between 1 and 1000",
        )?;
        Ok(ValidNarrativeParams(self))
    }
}

/// Statements that make the same claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Narrative {
    /// The statement that stands for it: the one most like the others.
    pub label: u32,
    /// Its statements by row, the label among them.
    pub members: Vec<Member>,
    /// Lowest score of any pair of its members.
    pub cohesion: f32,
}

/// A statement of a narrative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The statement.
    pub row: u32,
    /// Probability that it says the same as the label; 1 for the label itself.
    pub score: f32,
    /// What it is to the label; [`Relation::Identical`] for the label itself.
    pub relation: Relation,
}

/// The narratives among statements, ordered by first row. `article` is the article of each statement.
pub fn narratives(rows: &Rows, article: &[u32], params: &ValidNarrativeParams) -> Vec<Narrative> {
    let params = &params.0;
    let scorer = Scorer::new(rows);
    let near = neighbours::nearest(rows.vectors, params.neighbours);
    let mut pairs = Vec::new();
    for i in 0..rows.len() {
        for (j, s) in near.of(i) {
            if s >= params.floor && article.get(i) != article.get(j as usize) {
                pairs.push(((i as u32).min(j), (i as u32).max(j), s));
            }
        }
    }
    pairs.sort_by_key(|p| (p.0, p.1));
    pairs.dedup_by_key(|p| (p.0, p.1));
    let label = linkage::average(rows.len(), &pairs, 0.0, params.floor);
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (row, label) in label.into_iter().enumerate() {
        groups.entry(label).or_default().push(row as u32);
    }
    groups
        .into_values()
        .filter(|g| g.iter().filter_map(|r| article.get(*r as usize)).collect::<BTreeSet<_>>().len() > 1)
        .map(|group| describe(&group, &scorer))
        .collect()
}

fn describe(group: &[u32], scorer: &Scorer) -> Narrative {
    let mut cohesion = 1.0f32;
    let mut likeness = vec![0.0f32; group.len()];
    for (x, a) in group.iter().enumerate() {
        for (y, b) in group.iter().enumerate().skip(x + 1) {
            let score = scorer.score(*a, *b).score;
            cohesion = cohesion.min(score);
            likeness[x] += score;
            likeness[y] += score;
        }
    }
    let mut label = 0;
    for x in 1..group.len() {
        if likeness[x] > likeness[label] {
            label = x;
        }
    }
    let label = group[label];
    let members = group
        .iter()
        .map(|row| {
            if *row == label {
                return Member { row: label, score: 1.0, relation: Relation::Identical };
            }
            let verdict = scorer.score(label, *row);
            Member { row: *row, score: verdict.score, relation: verdict.relation }
        })
        .collect();
    Narrative { label, members, cohesion }
}
