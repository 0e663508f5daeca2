//! Themes for the page.

use std::collections::HashMap;

use serde::Serialize;

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
}

pub(super) fn collect<'a>(
    tables: &Tables<'a>,
    theme_at: &HashMap<&str, usize>,
    statement_at: &HashMap<&str, usize>,
) -> Vec<Theme<'a>> {
    let theme = |row: &'a throughline_schema::tables::ThemeRow| Theme {
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
    };
    tables.themes.iter().map(theme).collect()
}
