//! From points in groups to the hierarchy that the reader sees.

use ndarray::Array2;

use super::flat::{self, WIDE, smooth};
use super::fold::Points;
use super::graph::{members, renumber};
use super::leiden::leiden;
use super::math::{centres, row, two_nearest};
use super::params::ThemeParams;
use super::place::{Fit, Reason, fits};
use super::quality::{Origins, measure};
use super::{RowTheme, ThemeInput, ThemeNode, Themes, count};
use crate::labels::{LabelInput, labels};
use crate::neighbours::nearest;

/// Every point's theme and finer theme, and the points that came to theirs from a group too small.
struct Found {
    theme: Vec<u32>,
    themes: usize,
    fine: Vec<u32>,
    stray: Vec<bool>,
    fit: Vec<Fit>,
}

pub(super) fn build(input: &ThemeInput, params: &ThemeParams) -> Themes {
    if input.vectors.nrows() == 0 {
        return Themes { missing: params.count.unwrap_or(0), ..Themes::default() };
    }
    let mut points = Points::fold(input.vectors, input.group);
    if params.count.is_some_and(|count| count > points.len()) {
        points = Points::distinct(input.vectors);
    }
    let missing = params.count.map_or(0, |count| count.saturating_sub(points.len()));
    let found = find(&points, params);
    assemble(input, params, &points, &found, missing)
}

fn find(points: &Points, params: &ThemeParams) -> Found {
    let n = points.len();
    let lists = nearest(points.vectors.view(), WIDE);
    let smoothed = smooth(&points.vectors, &lists);
    let mut stray = vec![false; n];
    let (mut theme, fine) = match params.count {
        Some(count) => {
            let mut fine = leiden(&super::graph::overlap_graph(&lists, flat::NEAR), 1.0, params.seed);
            renumber(&mut fine);
            (count::partition(&lists, &smoothed, &points.weights, count.min(n), params.seed), fine)
        }
        None if n < 2 * params.smallest => (vec![0; n], vec![0; n]),
        None => {
            let found = flat::partition(&lists, &smoothed, &points.weights, params.seed);
            let mut theme = found.theme;
            dissolve(&smoothed, &points.weights, &mut theme, params.smallest, &mut stray);
            (theme, found.fine)
        }
    };
    let themes = renumber(&mut theme);
    let heads = centres(smoothed.view(), &points.weights, &theme, themes);
    let fine = finer(&smoothed, &points.weights, &theme, themes, &fine, params.smallest);
    let fit = fits(&smoothed, &heads, &theme);
    Found { theme, themes, fine, stray, fit }
}

/// Gives the points of groups below `smallest` to the nearest larger group, and marks them. Where all
/// are too small, everything is one theme.
fn dissolve(vectors: &Array2<f32>, weights: &[f32], groups: &mut [u32], smallest: usize, stray: &mut [bool]) {
    let count = renumber(groups);
    let mut size = vec![0usize; count];
    for &g in groups.iter() {
        size[g as usize] += 1;
    }
    let kept: Vec<usize> = (0..count).filter(|&g| size[g] >= smallest).collect();
    if kept.len() == count {
        return;
    }
    if kept.is_empty() {
        groups.fill(0);
        return;
    }
    let heads = centres(vectors.view(), weights, groups, count).select(ndarray::Axis(0), &kept);
    for (point, group) in groups.iter_mut().enumerate() {
        if size[*group as usize] < smallest {
            stray[point] = true;
            *group = kept[two_nearest(row(vectors, point), &heads).0 as usize] as u32;
        }
    }
    renumber(groups);
}

/// The finer themes inside each theme, numbered over all: the communities cut by the themes, those too
/// small joined to the nearest of the same theme.
fn finer(
    vectors: &Array2<f32>,
    weights: &[f32],
    theme: &[u32],
    themes: usize,
    fine: &[u32],
    smallest: usize,
) -> Vec<u32> {
    let (order, starts) = members(theme, themes);
    let mut result = vec![0u32; theme.len()];
    let mut next = 0;
    for t in 0..themes {
        let points = &order[starts[t]..starts[t + 1]];
        let indices: Vec<usize> = points.iter().map(|&p| p as usize).collect();
        let own = vectors.select(ndarray::Axis(0), &indices);
        let own_weights: Vec<f32> = indices.iter().map(|&p| weights[p]).collect();
        let mut parts: Vec<u32> = indices.iter().map(|&p| fine[p]).collect();
        dissolve(&own, &own_weights, &mut parts, smallest, &mut vec![false; points.len()]);
        let count = renumber(&mut parts);
        for (&point, part) in indices.iter().zip(parts) {
            result[point] = next + part;
        }
        next += count as u32;
    }
    result
}

/// One level of the hierarchy being built: rows placed in each of its themes.
struct Level {
    members: Vec<Vec<u32>>,
    parent: Vec<Option<u32>>,
}

fn assemble(
    input: &ThemeInput,
    params: &ThemeParams,
    points: &Points,
    found: &Found,
    missing: usize,
) -> Themes {
    let rows = input.vectors.nrows();
    let mut of_theme: Vec<Vec<u32>> = vec![Vec::new(); found.themes];
    for row in 0..rows {
        of_theme[found.theme[points.of_row[row] as usize] as usize].push(row as u32);
    }
    // Largest first.
    let mut order: Vec<usize> = (0..found.themes).collect();
    order.sort_by_key(|&t| (std::cmp::Reverse(of_theme[t].len()), of_theme[t].first().copied()));
    let mut number = vec![0u32; found.themes];
    for (new, &old) in order.iter().enumerate() {
        number[old] = new as u32;
    }
    let mut places: Vec<RowTheme> = Vec::with_capacity(rows);
    for row in 0..rows {
        let point = points.of_row[row] as usize;
        let nearest = number[found.theme[point] as usize];
        let fit = found.fit[point];
        let reason = if found.stray[point] {
            Some(Reason::TooSmall)
        } else {
            (fit.strength < params.bar).then_some(fit.weaker)
        };
        places.push(RowTheme {
            theme: reason.is_none().then_some(nearest),
            nearest: Some(nearest),
            strength: fit.strength,
            path: if reason.is_none() { vec![nearest] } else { Vec::new() },
            reason,
        });
    }
    let mut top = Level { members: vec![Vec::new(); found.themes], parent: vec![None; found.themes] };
    for (row, place) in places.iter().enumerate() {
        if let Some(theme) = place.theme {
            top.members[theme as usize].push(row as u32);
        }
    }
    let below = children(&top, points, found, &mut places);
    let nodes = describe(input, points, top, below);
    Themes { nodes, rows: places, missing }
}

/// The finer themes of each theme that has more than one, and the rows' paths to them.
fn children(top: &Level, points: &Points, found: &Found, places: &mut [RowTheme]) -> Level {
    let mut below = Level { members: Vec::new(), parent: Vec::new() };
    for (theme, rows) in top.members.iter().enumerate() {
        let mut parts: Vec<u32> =
            rows.iter().map(|&r| found.fine[points.of_row[r as usize] as usize]).collect();
        let count = renumber(&mut parts);
        if count < 2 {
            continue;
        }
        let mut of_part: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (&row, part) in rows.iter().zip(parts) {
            of_part[part as usize].push(row);
        }
        of_part.sort_by_key(|rows| (std::cmp::Reverse(rows.len()), rows.first().copied()));
        for rows in of_part {
            let node = (top.members.len() + below.members.len()) as u32;
            for &row in &rows {
                places[row as usize].path.push(node);
            }
            below.members.push(rows);
            below.parent.push(Some(theme as u32));
        }
    }
    below
}

fn describe(input: &ThemeInput, points: &Points, top: Level, below: Level) -> Vec<ThemeNode> {
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
        let quality = measure(input.vectors, &weights, &themes.members, &origins);
        for (i, near) in quality.nearest.iter().enumerate() {
            // Finer themes are told apart from their siblings first.
            let mut near = near.clone();
            near.sort_by_key(|&other| themes.parent[other as usize] != themes.parent[i]);
            rivals.push(near.into_iter().map(|other| first + other).collect());
            nodes.push(ThemeNode {
                parent: themes.parent[i],
                level: level as u32,
                label: String::new(),
                terms: Vec::new(),
                members: Vec::new(),
                representatives: quality.representatives[i].clone(),
                cohesion: quality.cohesion[i],
                separation: quality.separation[i],
                stability: None,
            });
        }
        members.extend(themes.members);
    }
    let labels =
        labels(&LabelInput { phrases: input.phrases, weights: &weights, themes: &members, rivals: &rivals });
    for ((node, rows), label) in nodes.iter_mut().zip(members).zip(labels) {
        node.members = rows;
        node.label = label.label;
        node.terms = label.terms;
    }
    nodes
}
