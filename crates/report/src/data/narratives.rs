//! Narratives for the page: what their members say and where they disagree.

use std::collections::HashMap;

use serde::Serialize;

use super::names::Names;
use super::short;
use crate::Tables;

#[derive(Serialize)]
pub(super) struct Narrative<'a> {
    label: &'a str,
    articles: u64,
    sources: &'a [String],
    first: Option<&'a str>,
    last: Option<&'a str>,
    cohesion: f32,
    members: Vec<Member>,
    /// All differences of the table, of which the page lists the first.
    differing: usize,
    differences: Vec<Difference<'a>>,
}

/// statement, relation to the label, score.
#[derive(Serialize)]
struct Member(usize, i32, f32);

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
            let relation = words.at(member.relation.as_deref());
            members.entry(narrative.as_str()).or_default().push(Member(at, relation, score));
        }
    }
    tables
        .narratives
        .iter()
        .map(|row| Narrative {
            label: &row.label,
            articles: row.articles,
            sources: &row.sources,
            first: row.first_seen.as_deref(),
            last: row.last_seen.as_deref(),
            cohesion: short(row.cohesion),
            members: members.remove(row.narrative_id.as_str()).unwrap_or_default(),
            differing: row.differences.len(),
            differences: row
                .differences
                .iter()
                .take(DIFFERENCES)
                .filter_map(|d| {
                    Some(Difference(
                        words.at(Some(&d.kind)),
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
