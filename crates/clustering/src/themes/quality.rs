//! How good each theme is: how close its rows lie, how far the next theme is, who stands for it.

use std::collections::BTreeMap;

use ndarray::{Array2, ArrayView1, ArrayView2};

use super::centroids::{add_scaled, all, dot, normalise, row};
use crate::neighbours::nearest_among;
use crate::weights::label::RIVALS;

/// Rows that stand for a theme, at most.
const REPRESENTATIVES: usize = 5;

/// What is measured of the themes of one level.
pub(crate) struct Quality {
    /// Mean cosine of each theme's rows to its centre.
    pub(crate) cohesion: Vec<f32>,
    /// Cosine distance to the nearest other centre.
    pub(crate) separation: Vec<Option<f32>>,
    /// Rows that stand for each theme.
    pub(crate) representatives: Vec<Vec<u32>>,
    /// The themes that each theme must be told apart from, nearest centre first: its siblings, and where those
    /// are few, others.
    pub(crate) rivals: Vec<Vec<u32>>,
}

/// Near-duplicate group and outlet of every row, of which only one may stand for a theme.
pub(crate) struct Origins<'a> {
    pub(crate) point: &'a [u32],
    pub(crate) outlet: Option<&'a [u32]>,
}

/// Measures the `themes` of a level, each given by its rows and its `parent`, in the space of the rows' own vectors.
pub(crate) fn measure(
    vectors: ArrayView2<f32>,
    weights: &[f32],
    themes: &[Vec<u32>],
    parent: &[Option<u32>],
    origins: &Origins,
) -> Quality {
    let count = themes.len();
    let mut centroids = Array2::zeros((count, vectors.ncols()));
    let mut cohesion = Vec::with_capacity(count);
    let mut representatives = Vec::with_capacity(count);
    for (theme, rows) in themes.iter().enumerate() {
        let mut centroid = vec![0f32; vectors.ncols()];
        for &row in rows {
            add_scaled(&mut centroid, weights[row as usize], vectors.row(row as usize));
        }
        normalise(&mut centroid);
        let cosines: Vec<f32> =
            rows.iter().map(|&row| dot_view(&centroid, vectors.row(row as usize))).collect();
        cohesion.push(cosines.iter().sum::<f32>() / rows.len().max(1) as f32);
        representatives.push(most_central(rows, &cosines, origins));
        centroids.row_mut(theme).assign(&ArrayView1::from(&centroid));
    }
    let near = others(&centroids);
    let separation = near.iter().map(|near| near.first().map(|&(_, cosine)| 1.0 - cosine)).collect();
    Quality { cohesion, separation, representatives, rivals: rivals(&centroids, parent, &near) }
}

/// The other centroids nearest to each, with their cosines: enough to find [`RIVALS`] that are no siblings.
fn others(centroids: &Array2<f32>) -> Vec<Vec<(u32, f32)>> {
    let themes = all(centroids.nrows());
    let found = nearest_among(centroids.view(), &themes, centroids.view(), 2 * RIVALS + 1);
    let without =
        |(found, theme): (Vec<(u32, f32)>, u32)| found.into_iter().filter(|f| f.0 != theme).collect();
    found.into_iter().zip(themes).map(without).collect()
}

fn rivals(centroids: &Array2<f32>, parent: &[Option<u32>], near: &[Vec<(u32, f32)>]) -> Vec<Vec<u32>> {
    if parent.iter().all(Option::is_none) {
        return near.iter().map(|near| near.iter().take(RIVALS).map(|n| n.0).collect()).collect();
    }
    let mut siblings: BTreeMap<Option<u32>, Vec<u32>> = BTreeMap::new();
    for (theme, parent) in parent.iter().enumerate() {
        siblings.entry(*parent).or_default().push(theme as u32);
    }
    let of_theme = |theme: usize| -> Vec<u32> {
        let own = &siblings[&parent[theme]];
        let mut beside: Vec<(f32, u32)> = own
            .iter()
            .filter(|&&other| other as usize != theme)
            .map(|&other| (dot(row(centroids, theme), row(centroids, other as usize)), other))
            .collect();
        beside.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let strangers = near[theme].iter().map(|n| n.0).filter(|n| own.binary_search(n).is_err());
        beside.into_iter().map(|b| b.1).chain(strangers).take(RIVALS).collect()
    };
    (0..parent.len()).map(of_theme).collect()
}

fn dot_view(a: &[f32], b: ArrayView1<f32>) -> f32 {
    b.as_slice().map_or_else(|| dot(a, &b.to_vec()), |b| dot(a, b))
}

/// The rows nearest to the centre, one of each near-duplicate group and one of each outlet.
fn most_central(rows: &[u32], cosines: &[f32], origins: &Origins) -> Vec<u32> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| cosines[b].total_cmp(&cosines[a]).then(rows[a].cmp(&rows[b])));
    let mut chosen: Vec<u32> = Vec::new();
    for candidate in order {
        let row = rows[candidate] as usize;
        let repeats = chosen.iter().any(|&other| {
            let other = other as usize;
            origins.point[row] == origins.point[other]
                || origins.outlet.is_some_and(|outlet| outlet[row] == outlet[other])
        });
        if !repeats {
            chosen.push(row as u32);
            if chosen.len() == REPRESENTATIVES {
                break;
            }
        }
    }
    chosen
}
