//! How good each theme is: how close its rows lie, how far the next theme is, who stands for it.

use ndarray::{Array2, ArrayView1, ArrayView2};

use super::math::{add_scaled, dot, normalise, row};

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
    /// The other themes of each theme, nearest centre first.
    pub(crate) nearest: Vec<Vec<u32>>,
}

/// Near-duplicate group and outlet of every row, of which only one may stand for a theme.
pub(crate) struct Origins<'a> {
    pub(crate) point: &'a [u32],
    pub(crate) outlet: Option<&'a [u32]>,
}

/// Measures `themes` (rows of each) in the space of the rows' own vectors.
pub(crate) fn measure(
    vectors: ArrayView2<f32>,
    weights: &[f32],
    themes: &[Vec<u32>],
    origins: &Origins,
) -> Quality {
    let count = themes.len();
    let mut heads = Array2::zeros((count, vectors.ncols()));
    let mut cohesion = Vec::with_capacity(count);
    let mut representatives = Vec::with_capacity(count);
    for (theme, rows) in themes.iter().enumerate() {
        let mut head = vec![0f32; vectors.ncols()];
        for &row in rows {
            add_scaled(&mut head, weights[row as usize], vectors.row(row as usize));
        }
        normalise(&mut head);
        let cosines: Vec<f32> = rows.iter().map(|&row| dot_view(&head, vectors.row(row as usize))).collect();
        cohesion.push(cosines.iter().sum::<f32>() / rows.len().max(1) as f32);
        representatives.push(most_central(rows, &cosines, origins));
        heads.row_mut(theme).assign(&ArrayView1::from(&head));
    }
    let nearest: Vec<Vec<u32>> = (0..count).map(|theme| by_distance(&heads, theme)).collect();
    let separation = (0..count)
        .map(|theme| {
            nearest[theme].first().map(|&other| 1.0 - dot(row(&heads, theme), row(&heads, other as usize)))
        })
        .collect();
    Quality { cohesion, separation, representatives, nearest }
}

fn dot_view(a: &[f32], b: ArrayView1<f32>) -> f32 {
    b.as_slice().map_or_else(|| dot(a, &b.to_vec()), |b| dot(a, b))
}

fn by_distance(heads: &Array2<f32>, theme: usize) -> Vec<u32> {
    let mut others: Vec<(f32, u32)> = (0..heads.nrows())
        .filter(|&other| other != theme)
        .map(|other| (dot(row(heads, theme), row(heads, other)), other as u32))
        .collect();
    others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    others.into_iter().map(|(_, other)| other).collect()
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
