//! From rows to the hierarchy of themes that the reader sees.

use ndarray::Array2;

use super::centroids::{all, dot, group_centroids, row};
use super::graph::{count_of, overlap_graph, renumber};
use super::level::{Level, children, describe};
use super::levels::{Ground, judged_rows};
use super::membership::{Reason, fits, nearness};
use super::params::ThemeParams;
use super::placing::place;
use super::points::{Points, background};
use super::resemblance::resembling;
use super::settle::{dissolve, masses, smooth};
use super::types::{RowTheme, ThemeInput, Themes};
use crate::neighbours::Quantised;
use crate::weights::theme;

/// Themes of the points on one level.
struct PointLevel {
    /// Theme of every point, dense.
    theme: Vec<u32>,
    /// The theme above each; empty on the first level.
    parent: Vec<u32>,
    /// Stability of each; empty where not measured.
    stability: Vec<f32>,
}

/// What was found of the points: levels, coarse first, and the points that came from a community too small for a theme.
struct Found {
    levels: Vec<PointLevel>,
    stray: Vec<bool>,
}

pub(super) fn build(input: &ThemeInput, params: &ThemeParams) -> Themes {
    if input.vectors.nrows() == 0 {
        return Themes { missing: params.count.unwrap_or(0), ..Themes::default() };
    }
    let own = (input.vectors, input.group, input.terms);
    let (vectors, group, terms) = input.wholes.map_or(own, |w| (w.vectors, w.group, Some(w.terms)));
    let background = background(input.scale);
    let mut points = Points::fold(vectors, group, terms, background);
    if params.count.is_some_and(|count| count > points.len()) {
        points = Points::distinct(vectors, terms, background);
    }
    let missing = params.count.map_or(0, |count| count.saturating_sub(points.len()));
    let found = find(&mut points, params);
    assemble(input, params, &points, found, missing)
}

/// Finds themes among the points, whose vectors are smoothed on the way.
fn find(points: &mut Points, params: &ThemeParams) -> Found {
    let n = points.len();
    let one = |theme| PointLevel { theme, parent: Vec::new(), stability: Vec::new() };
    if params.count.is_none() && n < 2 * params.smallest {
        return Found { levels: vec![one(heaps(points, params.smallest))], stray: vec![false; n] };
    }
    let plain = judged_rows(points.vectors.view());
    let bytes = Quantised::new(points.vectors.view());
    let lists = resembling(points, &bytes, params.exact_up_to, params.seed);
    smooth(&mut points.vectors, &bytes, &lists);
    drop(bytes);
    let graph = overlap_graph(&lists, lists.k);
    drop(lists);
    let (vectors, weights) = (&points.vectors, points.copies.weights.as_slice());
    let rounds = params.stability_rounds;
    let ground = Ground::new(graph, vectors, weights, params.smallest, rounds, params.seed);
    let cuts = ground.cuts(&plain, params.count.map(|count| count.min(n)), params.scale);
    let Some((&first, finer)) = cuts.split_first() else {
        return Found { levels: vec![one(vec![0; n])], stray: vec![false; n] };
    };
    let (theme, stray) = ground.themes(first);
    let stability = ground.stability(&theme, first);
    let mut levels = vec![PointLevel { theme, parent: Vec::new(), stability }];
    for &cut in finer {
        let above = &levels[levels.len() - 1].theme;
        let (theme, parent) = inside(vectors, weights, above, &ground.themes(cut).0, params.smallest);
        let stability = ground.stability(&theme, cut);
        levels.push(PointLevel { theme, parent, stability });
    }
    Found { levels, stray }
}

/// Too few texts for a graph: those with many copies are themes, to which the others go; else all are one.
fn heaps(points: &Points, smallest: usize) -> Vec<u32> {
    let heavy: Vec<usize> =
        (0..points.len()).filter(|&p| points.copies.weights[p] >= smallest as f32).collect();
    if heavy.len() < 2 {
        return vec![0; points.len()];
    }
    let nearest = |point: usize| {
        let cosine = |&h: &usize| dot(row(&points.vectors, point), row(&points.vectors, h));
        let near = heavy.iter().map(|h| if *h == point { f32::INFINITY } else { cosine(h) }).enumerate();
        near.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map_or(0, |best| best.0 as u32)
    };
    (0..points.len()).map(nearest).collect()
}

/// The finer themes inside each theme, numbered over all, with the theme above each: `fine` cut by `theme`, those too
/// small joined to the nearest of the same theme.
fn inside(
    vectors: &Array2<f32>,
    weights: &[f32],
    theme: &[u32],
    fine: &[u32],
    smallest: usize,
) -> (Vec<u32>, Vec<u32>) {
    let mut points: Vec<Vec<u32>> = vec![Vec::new(); count_of(theme)];
    for (point, &t) in theme.iter().enumerate() {
        points[t as usize].push(point as u32);
    }
    let mut found = vec![0u32; theme.len()];
    let mut parent = Vec::new();
    for (t, points) in points.iter().enumerate() {
        let mut groups: Vec<u32> = points.iter().map(|&p| fine[p as usize]).collect();
        let mass: f32 = points.iter().map(|&p| weights[p as usize]).sum();
        let least = (mass / theme::PIECE as f32).max(smallest as f32);
        dissolve(vectors, weights, points, &mut groups, least);
        if masses(weights, points, &groups).iter().all(|&mass| mass < least) {
            groups.fill(0);
        }
        let parts = renumber(&mut groups) as u32;
        for (&point, &group) in points.iter().zip(&groups) {
            found[point as usize] = parent.len() as u32 + group;
        }
        parent.extend((0..parts).map(|_| t as u32));
    }
    (found, parent)
}

/// The place of every row on every level, how near it is to its top-level theme, and whether it came from a crumb.
struct RowPlaces {
    theme: Vec<Vec<u32>>,
    near: Vec<(f32, f32)>,
    stray: Vec<bool>,
}

fn row_places(input: &ThemeInput, points: &Points, found: &Found) -> RowPlaces {
    let vectors = &points.vectors;
    // Strays are measured against the theme as it is without them.
    let weigh = |(&w, &stray): (&f32, &bool)| if stray { 0.0 } else { w };
    let own: Vec<f32> = points.copies.weights.iter().zip(&found.stray).map(weigh).collect();
    let centroids_of = |level: &PointLevel| {
        group_centroids(vectors, &own, &all(points.len()), &level.theme, count_of(&level.theme))
    };
    let centroids: Vec<Array2<f32>> = found.levels.iter().map(centroids_of).collect();
    if let Some(wholes) = &input.wholes {
        let parents: Vec<Vec<u32>> = found.levels[1..].iter().map(|level| level.parent.clone()).collect();
        let placed = place(input, wholes, points, &centroids, &parents);
        return RowPlaces { stray: vec![false; placed.near.len()], theme: placed.theme, near: placed.near };
    }
    let near = nearness(vectors, &found.levels[0].theme, &centroids[0]);
    let point = |row: &u32| *row as usize;
    let rows = points.copies.of_row.iter();
    let path = |p: usize| found.levels.iter().map(|level| level.theme[p]).collect();
    RowPlaces {
        theme: rows.clone().map(|row| path(point(row))).collect(),
        near: rows.clone().map(|row| near[point(row)]).collect(),
        stray: rows.map(|row| found.stray[point(row)]).collect(),
    }
}

fn assemble(
    input: &ThemeInput,
    params: &ThemeParams,
    points: &Points,
    found: Found,
    missing: usize,
) -> Themes {
    let rows = row_places(input, points, &found);
    let mut top: Vec<u32> = rows.theme.iter().map(|path| path[0]).collect();
    // A theme of articles may have no sentence that is nearest to it.
    let old: Vec<u32> = top.clone();
    let themes = renumber(&mut top);
    let mut old_of = vec![0u32; themes];
    for (&new, &old) in top.iter().zip(&old) {
        old_of[new as usize] = old;
    }
    let fit = fits(&rows.near, &top, themes, &rows.stray);
    // Largest first.
    let mut of_theme: Vec<Vec<u32>> = vec![Vec::new(); themes];
    for (row, &theme) in top.iter().enumerate() {
        of_theme[theme as usize].push(row as u32);
    }
    let mut order: Vec<usize> = (0..themes).collect();
    order.sort_by_key(|&t| (std::cmp::Reverse(of_theme[t].len()), of_theme[t].first().copied()));
    let mut number = vec![0u32; themes];
    for (new, &old) in order.iter().enumerate() {
        number[old] = new as u32;
    }
    let mut places: Vec<RowTheme> = Vec::with_capacity(top.len());
    for (row, &theme) in top.iter().enumerate() {
        let nearest = number[theme as usize];
        let why = if rows.stray[row] { Reason::TooSmall } else { fit[row].weaker };
        let reason = (fit[row].strength < params.bar).then_some(why);
        places.push(RowTheme {
            theme: reason.is_none().then_some(nearest),
            nearest: Some(nearest),
            strength: fit[row].strength,
            path: if reason.is_none() { vec![nearest] } else { Vec::new() },
            reason,
        });
    }
    let known = |level: &PointLevel, theme: u32| level.stability.get(theme as usize).copied();
    let mut members = vec![Vec::new(); themes];
    for (row, place) in places.iter().enumerate() {
        if let Some(theme) = place.theme {
            members[theme as usize].push(row as u32);
        }
    }
    let stability = order.iter().map(|&t| known(&found.levels[0], old_of[t])).collect();
    let mut levels = vec![Level { members, parent: vec![None; themes], stability }];
    for depth in 1..found.levels.len() {
        let stability = |theme: u32| known(&found.levels[depth], theme);
        // What is not stable is not shown: its rows stay in the theme above.
        let stable = |theme: &u32| stability(*theme).is_none_or(|stability| stability >= theme::DOUBTFUL);
        let fine = |row: u32| Some(rows.theme[row as usize][depth]).filter(stable);
        let below = children(&levels, fine, stability, &mut places);
        if below.members.is_empty() {
            break;
        }
        levels.push(below);
    }
    Themes { nodes: describe(input, levels), rows: places, missing }
}
