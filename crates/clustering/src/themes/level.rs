//! The levels of a hierarchy of themes, and how each theme is described: representatives, quality, label.

use super::labels::{LabelInput, labels};
use super::points::Points;
use super::quality::{Origins, measure};
use super::types::{RowTheme, ThemeInput, ThemeNode};

/// One level of the hierarchy being built: rows placed in each of its themes.
pub(super) struct Level {
    pub(super) members: Vec<Vec<u32>>,
    pub(super) parent: Vec<Option<u32>>,
    pub(super) stability: Vec<Option<f32>>,
}

/// The finer themes of each theme that has more than one, and the rows' paths to them. `fine` names the finer
/// theme of a row, `stability` knows its stability.
pub(super) fn children<F: Copy + Ord>(
    top: &Level,
    fine: impl Fn(u32) -> F,
    stability: impl Fn(F) -> Option<f32>,
    places: &mut [RowTheme],
) -> Level {
    let mut below = Level { members: Vec::new(), parent: Vec::new(), stability: Vec::new() };
    for (theme, rows) in top.members.iter().enumerate() {
        let mut both: Vec<(F, u32)> = rows.iter().map(|&row| (fine(row), row)).collect();
        both.sort_unstable();
        let mut parts: Vec<(F, Vec<u32>)> = both
            .chunk_by(|a, b| a.0 == b.0)
            .map(|part| (part[0].0, part.iter().map(|p| p.1).collect()))
            .collect();
        if parts.len() < 2 {
            continue;
        }
        parts.sort_by_key(|(_, rows)| (std::cmp::Reverse(rows.len()), rows.first().copied()));
        for (part, rows) in parts {
            let node = (top.members.len() + below.members.len()) as u32;
            for &row in &rows {
                places[row as usize].path.push(node);
            }
            below.members.push(rows);
            below.parent.push(Some(theme as u32));
            below.stability.push(stability(part));
        }
    }
    below
}

/// The themes of both levels, described.
pub(super) fn describe(input: &ThemeInput, points: &Points, top: Level, below: Level) -> Vec<ThemeNode> {
    let origins = Origins { point: &points.of_row, outlet: input.outlet };
    // A point's weight, shared among its rows.
    let mut copies = vec![0f32; points.len()];
    for &p in &points.of_row {
        copies[p as usize] += 1.0;
    }
    let weights: Vec<f32> =
        points.of_row.iter().map(|&p| points.weights[p as usize] / copies[p as usize]).collect();
    let mut nodes = Vec::new();
    let mut members: Vec<Vec<u32>> = Vec::new();
    let mut rivals: Vec<Vec<u32>> = Vec::new();
    for (level, themes) in [top, below].into_iter().enumerate() {
        let first = members.len() as u32;
        let quality = measure(input.vectors, &weights, &themes.members, &themes.parent, &origins);
        for (i, near) in quality.rivals.iter().enumerate() {
            rivals.push(near.iter().map(|other| first + other).collect());
            nodes.push(ThemeNode {
                parent: themes.parent[i],
                level: level as u32,
                label: String::new(),
                terms: Vec::new(),
                members: Vec::new(),
                representatives: quality.representatives[i].clone(),
                cohesion: quality.cohesion[i],
                separation: quality.separation[i],
                stability: themes.stability[i],
            });
        }
        members.extend(themes.members);
    }
    let parent: Vec<Option<u32>> = nodes.iter().map(|node| node.parent).collect();
    let labels = labels(&LabelInput {
        phrases: input.phrases,
        weights: &weights,
        themes: &members,
        parent: &parent,
        rivals: &rivals,
    });
    for ((node, rows), label) in nodes.iter_mut().zip(members).zip(labels) {
        node.members = rows;
        node.label = label.label;
        node.terms = label.terms;
    }
    nodes
}
