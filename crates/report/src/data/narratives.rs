//! Narratives for the page: what their members say and where they disagree.

use std::collections::HashMap;

use serde::Serialize;
use throughline_schema::Relation;
use throughline_schema::tables::BundleRow;

use super::names::{Names, places};
use super::short;
use crate::Tables;

#[derive(Serialize)]
pub(super) struct Narrative<'a> {
    label: &'a str,
    articles: u64,
    /// The same words with other values each time: no claim.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    form: bool,
    sources: &'a [String],
    /// Unknown to runs of older versions, as are copies.
    #[serde(skip_serializing_if = "Option::is_none")]
    tellings: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<u64>,
    #[serde(rename = "firstStatement")]
    first_statement: Option<usize>,
    cohesion: f32,
    members: Vec<Member>,
    /// All differences of the table, of which the page lists the first.
    differing: usize,
    differences: Vec<Difference<'a>>,
}

/// statement, relation to the label, score, how surely it is the label's text, the statement that it is a copy of.
#[derive(Serialize)]
struct Member(usize, i32, f32, f32, i32);

/// kind, statement a, statement b, what a says, what b says.
#[derive(Serialize)]
struct Difference<'a>(i32, usize, usize, Option<&'a str>, Option<&'a str>);

/// Differences of one narrative that the page lists.
const DIFFERENCES: usize = 60;

pub(super) fn collect<'a>(
    tables: &Tables<'a>,
    statement_at: &HashMap<&str, usize>,
    words: &Names,
) -> Vec<Narrative<'a>> {
    let mut members: HashMap<&str, Vec<Member>> = HashMap::new();
    for member in tables.narrative_members {
        if let (Some(narrative), Some(&at)) = (&member.narrative_id, statement_at.get(member.id.as_str())) {
            let score = short(member.score.unwrap_or(0.0));
            let same_text = short(member.same_text.unwrap_or(0.0));
            let copy_of = member.copy_of.as_ref().and_then(|id| statement_at.get(id.as_str()));
            let copy_of = copy_of.map_or(-1, |&at| at as i32);
            let relation = words.at(member.relation.map(Relation::as_str));
            members
                .entry(narrative.as_str())
                .or_default()
                .push(Member(at, relation, score, same_text, copy_of));
        }
    }
    tables
        .narratives
        .iter()
        .map(|row| Narrative {
            label: &row.label,
            articles: row.articles,
            form: row.form,
            sources: &row.sources,
            tellings: (row.tellings > 0).then_some(row.tellings),
            copies: (row.tellings > 0).then_some(row.reprints),
            first_statement: row.first_id.as_ref().and_then(|id| statement_at.get(id.as_str()).copied()),
            cohesion: short(row.cohesion),
            members: members.remove(row.narrative_id.as_str()).unwrap_or_default(),
            differing: row.differences.len(),
            differences: row
                .differences
                .iter()
                .take(DIFFERENCES)
                .filter_map(|d| {
                    Some(Difference(
                        words.at(Some(d.kind.as_str())),
                        *statement_at.get(d.a.as_str())?,
                        *statement_at.get(d.b.as_str())?,
                        d.a_value.as_deref(),
                        d.b_value.as_deref(),
                    ))
                })
                .collect(),
        })
        .collect()
}

/// Narratives that travel together.
#[derive(Serialize)]
pub(super) struct Bundle {
    narratives: Vec<usize>,
    articles: Vec<usize>,
    overlap: f32,
}

pub(super) fn bundles(tables: &Tables, article_at: &HashMap<&str, usize>) -> Vec<Bundle> {
    let narrative_at = places(tables.narratives.iter().map(|row| row.narrative_id.as_str()));
    let bundle = |row: &BundleRow| Bundle {
        narratives: row
            .narrative_ids
            .iter()
            .filter_map(|id| narrative_at.get(id.as_str()).copied())
            .collect(),
        articles: row.article_ids.iter().filter_map(|id| article_at.get(id.as_str()).copied()).collect(),
        overlap: short(row.overlap),
    };
    tables.bundles.iter().map(bundle).collect()
}
