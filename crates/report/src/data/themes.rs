//! Themes for the page.

use std::collections::HashMap;

use serde::Serialize;

use super::names::Names;
use super::short;
use crate::Tables;

#[derive(Serialize)]
pub(super) struct Theme<'a> {
    parent: i32,
    label: &'a str,
    terms: &'a [String],
    size: u64,
    representatives: Vec<usize>,
    cohesion: f32,
    separation: Option<f32>,
    stability: Option<f32>,
    note: Option<&'a str>,
    timeline: Vec<Cell<'a>>,
}

/// period, outlet, statements, articles, share of the outlet's statements.
#[derive(Serialize)]
struct Cell<'a>(Option<&'a str>, i32, u64, u64, f32);

pub(super) fn collect<'a>(
    tables: &Tables<'a>,
    theme_at: &HashMap<&str, usize>,
    statement_at: &HashMap<&str, usize>,
    outlets: &Names,
) -> Vec<Theme<'a>> {
    let mut timelines: HashMap<&str, Vec<Cell>> = HashMap::new();
    for row in tables.timeline {
        timelines.entry(row.theme_id.as_str()).or_default().push(Cell(
            row.period.as_deref(),
            outlets.at(row.source.as_deref()),
            row.statements,
            row.articles,
            short(row.share),
        ));
    }
    let mut theme = |row: &'a throughline_schema::tables::ThemeRow| Theme {
        parent: row.parent_id.as_ref().and_then(|id| theme_at.get(id.as_str())).map_or(-1, |&at| at as i32),
        label: &row.label,
        terms: &row.terms,
        size: row.size,
        representatives: row
            .representative_ids
            .iter()
            .filter_map(|id| statement_at.get(id.as_str()).copied())
            .collect(),
        cohesion: short(row.cohesion),
        separation: row.separation.map(short),
        stability: row.stability.map(short),
        note: row.note.as_deref(),
        timeline: timelines.remove(row.theme_id.as_str()).unwrap_or_default(),
    };
    tables.themes.iter().map(&mut theme).collect()
}
