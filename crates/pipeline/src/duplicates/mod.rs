//! Near-duplicates among rows: verified pairs and groups without chains.

pub mod lexical;

use std::collections::HashMap;

use throughline_clustering::duplicates::{
    Grouping, Scorer, ValidDuplicateParams, Verdict, find_pairs, group_duplicates, score_pairs,
};
use throughline_schema::tables::{DuplicateGroupRow, DuplicatePairRow};
use throughline_schema::{GroupId, Relation, Unit};

use crate::progress::{Reporter, Stage};
use crate::{PipelineError, Units};

/// Score from which two rows say the same, and lowest score inside a group.
pub(crate) const DECISION: f32 = throughline_clustering::weights::decision::LINE;

/// Verified pairs of rows with the groups that they make.
pub struct Duplicates {
    /// Pairs of row indices, each with its verdict.
    pub pairs: Vec<(u32, u32, Verdict)>,
    /// The group of every row.
    pub grouping: Grouping,
}

impl Duplicates {
    /// Finds, verifies and groups.
    pub fn find(units: &Units, params: &ValidDuplicateParams, reporter: &dyn Reporter) -> Self {
        let _stage = Stage::begin(reporter, "near-duplicates", None);
        let rows = units.rows();
        let scorer = Scorer::new(&rows);
        let pairs = find_pairs(&scorer, params);
        let grouping = group_duplicates(rows.len(), &pairs, DECISION, |a, b| scorer.score(a, b).score);
        Self { pairs, grouping }
    }

    /// Group of each row by copying alone: texts of the same words, or nearly. Paraphrases stay apart, since
    /// how many tell a thing in words of their own is what a theme's weight should be.
    pub fn copies(&self, units: &Units) -> Vec<u32> {
        let is_copy =
            |verdict: &Verdict| matches!(verdict.relation, Relation::Identical | Relation::NearCopy);
        let copied: Vec<_> = self.pairs.iter().filter(|(_, _, verdict)| is_copy(verdict)).copied().collect();
        let rows = units.rows();
        let scorer = Scorer::new(&rows);
        let score = |a, b| {
            let verdict = scorer.score(a, b);
            if is_copy(&verdict) { verdict.score } else { 0.0 }
        };
        group_duplicates(rows.len(), &copied, DECISION, score).group
    }

    /// The table `duplicate_pairs`.
    pub fn pair_rows(&self, units: &Units) -> Vec<DuplicatePairRow> {
        let mut rows: Vec<_> =
            self.pairs.iter().map(|(a, b, verdict)| pair_row(units, *a, *b, verdict)).map(in_order).collect();
        rows.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        rows
    }

    /// The table `duplicate_groups`: every row, those without text as groups of their own.
    pub fn group_rows(&self, units: &Units) -> Vec<DuplicateGroupRow> {
        group_rows(units.unit, &units.ids, &units.missing, &self.grouping)
    }
}

/// The table `duplicate_groups` of any rows; `missing` have no text and stand alone.
pub(crate) fn group_rows(
    unit: Unit,
    ids: &[String],
    missing: &[(String, String)],
    grouping: &Grouping,
) -> Vec<DuplicateGroupRow> {
    let mut size = vec![0u64; ids.len()];
    let mut names = vec![None; ids.len()];
    for (i, &group) in grouping.group.iter().enumerate() {
        size[group as usize] += 1;
        if grouping.representative[i] {
            names[group as usize] = Some(GroupId::derive(&[unit.as_str(), &ids[i]]));
        }
    }
    let mut rows: Vec<DuplicateGroupRow> = grouping
        .group
        .iter()
        .enumerate()
        .map(|(i, &group)| DuplicateGroupRow {
            id: ids[i].clone(),
            group_id: names[group as usize].clone().expect("each group has a representative"),
            representative: grouping.representative[i],
            size: size[group as usize],
            cohesion: grouping.cohesion[i],
            unit,
        })
        .collect();
    rows.extend(missing.iter().map(|(id, _)| DuplicateGroupRow {
        id: id.clone(),
        group_id: GroupId::derive(&[unit.as_str(), id]),
        representative: true,
        size: 1,
        cohesion: 1.0,
        unit,
    }));
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows
}

/// Scores exactly the pairs asked for, in their order and direction.
///
/// # Errors
/// A pair that names an id which is not among the rows.
pub fn scored_pairs(
    units: &Units,
    asked: &[(String, String)],
) -> Result<Vec<DuplicatePairRow>, PipelineError> {
    let place: HashMap<&str, u32> =
        units.ids.iter().enumerate().map(|(i, id)| (id.as_str(), i as u32)).collect();
    let empty = (units.unit, Some(0.0));
    asked_rows(&place, &units.missing, asked, empty, |pairs| {
        let verdicts = score_pairs(&units.rows(), pairs);
        pairs.iter().zip(verdicts).map(|((a, b), verdict)| pair_row(units, *a, *b, &verdict)).collect()
    })
}

/// A row for each pair asked for; `score` gives those of pairs of places, one for each. `empty` are unit and
/// cosine of a pair one of which has no text.
pub(crate) fn asked_rows(
    place: &HashMap<&str, u32>,
    missing: &[(String, String)],
    asked: &[(String, String)],
    empty: (Unit, Option<f32>),
    score: impl FnOnce(&[(u32, u32)]) -> Vec<DuplicatePairRow>,
) -> Result<Vec<DuplicatePairRow>, PipelineError> {
    let missing: HashMap<&str, ()> = missing.iter().map(|(id, _)| (id.as_str(), ())).collect();
    let find = |id: &String| match place.get(id.as_str()) {
        Some(&i) => Ok(Some(i)),
        None if missing.contains_key(id.as_str()) => Ok(None),
        None => Err(PipelineError::UnknownId { id: id.clone() }),
    };
    let found =
        asked.iter().map(|(a, b)| Ok((find(a)?, find(b)?))).collect::<Result<Vec<_>, PipelineError>>()?;
    let real: Vec<(u32, u32)> = found.iter().filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
    let mut scored = score(&real).into_iter();
    let row = |((a, b), found): (&(String, String), _)| match found {
        (Some(_), Some(_)) => scored.next().expect("one row a pair"),
        // A row without text says nothing, so it repeats nothing.
        _ => DuplicatePairRow {
            a: a.clone(),
            b: b.clone(),
            lexical: 0.0,
            semantic: empty.1,
            score: 0.0,
            relation: Relation::Related,
            unit: empty.0,
        },
    };
    Ok(asked.iter().zip(found).map(row).collect())
}

/// The row of a pair of units.
fn pair_row(units: &Units, a: u32, b: u32, verdict: &Verdict) -> DuplicatePairRow {
    DuplicatePairRow {
        a: units.ids[a as usize].clone(),
        b: units.ids[b as usize].clone(),
        lexical: verdict.lexical,
        semantic: Some(verdict.semantic),
        score: verdict.score,
        relation: verdict.relation,
        unit: units.unit,
    }
}

/// The pair with the lower id first.
pub(crate) fn in_order(mut row: DuplicatePairRow) -> DuplicatePairRow {
    if row.a > row.b {
        std::mem::swap(&mut row.a, &mut row.b);
    }
    row
}
