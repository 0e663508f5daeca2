//! From points in groups to the hierarchy that the reader sees.

use ndarray::Array2;

use super::centroids::{all, dot, group_centroids, row};
use super::graph::renumber;
use super::level::{Level, children, describe};
use super::membership::{Fit, Reason, fits};
use super::params::ThemeParams;
use super::partition::{SETTLED, partition, smooth};
use super::points::Points;
use super::stability::{LARGE, samples, stability};
use super::types::{RowTheme, ThemeInput, Themes};
use crate::neighbours::{Quantised, Search, search_in};
use crate::weights::theme;

/// What was found of the points.
struct Found {
    /// Theme of every point.
    theme: Vec<u32>,
    themes: usize,
    /// Finer theme of every point, numbered over all themes.
    fine: Vec<u32>,
    /// Points that came to their theme from a group too small for one.
    stray: Vec<bool>,
    /// How firmly every point belongs to its theme.
    fit: Vec<Fit>,
    /// Stability of every theme and of every finer theme; empty where not measured.
    theme_stability: Vec<f32>,
    fine_stability: Vec<f32>,
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
    let found = find(&mut points, params);
    assemble(input, params, &points, &found, missing)
}

/// Finds themes among the points, whose vectors are smoothed on the way.
fn find(points: &mut Points, params: &ThemeParams) -> Found {
    let n = points.len();
    let bytes = Quantised::new(points.vectors.view());
    let how = Search { k: theme::SEARCHED, exact_up_to: params.exact_up_to, seed: params.seed };
    let lists = search_in(points.vectors.view(), &bytes, &how);
    smooth(&mut points.vectors, &bytes, &lists);
    drop(bytes);
    let (vectors, weights) = (&points.vectors, points.weights.as_slice());
    let mut stray = vec![false; n];
    let count = params.count.map(|count| count.min(n));
    let whole = || {
        if count.is_none() && n < 2 * params.smallest {
            return (vec![0; n], vec![0; n]);
        }
        let found = partition(&lists, vectors, weights, &all(n), count, SETTLED, params.seed);
        (found.theme, found.fine)
    };
    let parts = || samples(&lists, vectors, weights, count, params.seed, params.stability_rounds);
    // Large ones one after the other, since each takes its memory.
    let ((mut theme, fine), samples) = if n > LARGE { (whole(), parts()) } else { rayon::join(whole, parts) };
    if count.is_none() && n >= 2 * params.smallest {
        let everywhere = vec![0; n];
        dissolve(vectors, weights, &mut theme, &everywhere, |_| params.smallest, &mut stray);
    }
    let themes = renumber(&mut theme);
    let fine = finer(vectors, weights, &theme, &fine, params.smallest);
    // Strays are measured against the theme as it is without them.
    let own: Vec<f32> = weights.iter().zip(&stray).map(|(&w, &stray)| if stray { 0.0 } else { w }).collect();
    let fit = fits(vectors, &group_centroids(vectors, &own, &all(n), &theme, themes), &theme, &stray);
    let (theme_stability, fine_stability) = stability(&samples, &theme, &fine);
    Found { theme, themes, fine, stray, fit, theme_stability, fine_stability }
}

/// Gives the points of groups smaller than `least` (of the points of their `parent`) to the nearest larger
/// group with the same parent, and marks them. Where all groups of a parent are too small, they become one.
fn dissolve(
    vectors: &Array2<f32>,
    weights: &[f32],
    groups: &mut [u32],
    parent: &[u32],
    least: impl Fn(usize) -> usize,
    marked: &mut [bool],
) {
    let count = renumber(groups);
    let mut size = vec![0usize; count];
    let mut parent_of = vec![0u32; count];
    for (&group, &parent) in groups.iter().zip(parent) {
        size[group as usize] += 1;
        parent_of[group as usize] = parent;
    }
    let parents = parent_of.iter().max().map_or(0, |&p| p as usize + 1);
    let mut whole = vec![0usize; parents];
    for (group, &parent) in parent_of.iter().enumerate() {
        whole[parent as usize] += size[group];
    }
    let small: Vec<bool> = (0..count).map(|g| size[g] < least(whole[parent_of[g] as usize])).collect();
    if !small.contains(&true) {
        return;
    }
    let mut large: Vec<Vec<usize>> = vec![Vec::new(); parents];
    let mut first: Vec<Option<u32>> = vec![None; parents];
    for group in 0..count {
        let parent = parent_of[group] as usize;
        first[parent].get_or_insert(group as u32);
        if !small[group] {
            large[parent].push(group);
        }
    }
    let centroids = group_centroids(vectors, weights, &all(groups.len()), groups, count);
    for (point, group) in groups.iter_mut().enumerate() {
        if !small[*group as usize] {
            continue;
        }
        let parent = parent_of[*group as usize] as usize;
        let cosine = |g: usize| dot(row(vectors, point), row(&centroids, g));
        let nearest = large[parent]
            .iter()
            .map(|&g| (cosine(g), g))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match nearest {
            Some((_, nearest)) => {
                marked[point] = true;
                *group = nearest as u32;
            }
            None => *group = first[parent].unwrap_or_default(),
        }
    }
    renumber(groups);
}

/// The finer themes inside each theme, numbered over all: the communities cut by the themes, those too
/// small joined to the nearest of the same theme.
fn finer(vectors: &Array2<f32>, weights: &[f32], theme: &[u32], fine: &[u32], smallest: usize) -> Vec<u32> {
    let fines = fine.iter().max().map_or(0, |&f| u64::from(f) + 1);
    let mut pairs: Vec<u64> =
        theme.iter().zip(fine).map(|(&t, &f)| u64::from(t) * fines + u64::from(f)).collect();
    let both = pairs.clone();
    pairs.sort_unstable();
    pairs.dedup();
    let mut parts: Vec<u32> = both.iter().map(|pair| pairs.partition_point(|p| p < pair) as u32).collect();
    let least = |whole: usize| smallest.max(whole / theme::CRUMB);
    dissolve(vectors, weights, &mut parts, theme, least, &mut vec![false; theme.len()]);
    renumber(&mut parts);
    parts
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
        let why = if found.stray[point] { Reason::TooSmall } else { fit.weaker };
        let reason = (fit.strength < params.bar).then_some(why);
        places.push(RowTheme {
            theme: reason.is_none().then_some(nearest),
            nearest: Some(nearest),
            strength: fit.strength,
            path: if reason.is_none() { vec![nearest] } else { Vec::new() },
            reason,
        });
    }
    let mut top = Level {
        members: vec![Vec::new(); found.themes],
        parent: vec![None; found.themes],
        stability: order.iter().map(|&old| found.theme_stability.get(old).copied()).collect(),
    };
    for (row, place) in places.iter().enumerate() {
        if let Some(theme) = place.theme {
            top.members[theme as usize].push(row as u32);
        }
    }
    let fine = |row: u32| found.fine[points.of_row[row as usize] as usize];
    let stability = |fine: u32| found.fine_stability.get(fine as usize).copied();
    let below = children(&top, fine, stability, &mut places);
    let nodes = describe(input, points, top, below);
    Themes { nodes, rows: places, missing }
}
