//! How firmly each row belongs to its theme, and where it does not, why.

use ndarray::Array2;

use super::centroids::{dot, row, two_nearest};
use crate::weights::theme::SPREADS;

/// Why a row was not placed in its nearest theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// It is far from the theme's centre, compared with the theme's other rows.
    TooFar,
    /// It is about as near to another theme.
    BetweenTwo,
    /// With its like it makes a group too small for a theme, and it fits no other.
    TooSmall,
}

impl Reason {
    /// As tables show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TooFar => "too far",
            Self::BetweenTwo => "between two",
            Self::TooSmall => "too small",
        }
    }
}

/// How firmly a row belongs to its theme, from 0 to 1, and which half of that is the weaker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fit {
    pub(crate) strength: f32,
    pub(crate) weaker: Reason,
}

/// Of every row its cosine to the centre of its theme, and how much nearer that is than the next; below 0 where another
/// centre is nearer, since the row is there by its neighbours and not by its own place.
pub(crate) fn nearness(vectors: &Array2<f32>, theme: &[u32], centroids: &Array2<f32>) -> Vec<(f32, f32)> {
    let found = two_nearest(vectors, theme, centroids).into_iter().zip(theme).enumerate();
    found
        .map(|(at, ((nearest, first, second), &theme))| {
            let own = dot(row(vectors, at), row(centroids, theme as usize));
            (own, own - if nearest == theme { second } else { first })
        })
        .collect()
}

/// The fit of every row to its theme. `near` tells for each its cosine to the centre and how much nearer that is than the
/// next; `count` is the number of themes.
///
/// Two things make a firm member, and the weaker one counts. *Near*: its cosine to the centre, on a
/// scale from 0 at four spreads below the theme's median to 1 at the median; the spread is the
/// median distance of the theme's rows below their median. *Clear*: how much nearer its own centre
/// is than the next, on a scale from 0 (no nearer) to 1 (half the theme's median lead or more).
/// The scales are those of the theme's own rows; what is `stray` (came from elsewhere) is measured on them.
pub(crate) fn fits(near: &[(f32, f32)], theme: &[u32], count: usize, stray: &[bool]) -> Vec<Fit> {
    let mut cosines = vec![Vec::new(); count];
    let mut leads = vec![Vec::new(); count];
    for ((&(cosine, lead), &t), _) in near.iter().zip(theme).zip(stray).filter(|(_, stray)| !**stray) {
        cosines[t as usize].push(cosine);
        leads[t as usize].push(lead);
    }
    let middle: Vec<f32> = cosines.iter_mut().map(|c| median(c)).collect();
    let spread: Vec<f32> = cosines
        .iter()
        .zip(&middle)
        .map(|(c, &m)| median(&mut c.iter().filter(|&&x| x < m).map(|&x| m - x).collect::<Vec<f32>>()))
        .collect();
    let lead: Vec<f32> = leads.iter_mut().map(|l| median(l)).collect();
    near.iter()
        .zip(theme)
        .map(|(&(cosine, own_lead), &t)| {
            let t = t as usize;
            let near = scale(1.0 - (middle[t] - cosine) / (SPREADS * spread[t]), middle[t] <= cosine);
            let clear = if count == 1 { 1.0 } else { scale(2.0 * own_lead / lead[t], false) };
            let weaker = if near <= clear { Reason::TooFar } else { Reason::BetweenTwo };
            Fit { strength: near.min(clear), weaker }
        })
        .collect()
}

/// Within 0 and 1; where the spread is nothing, `full` says whether that is all or nothing.
fn scale(value: f32, full: bool) -> f32 {
    if full {
        1.0
    } else if value.is_finite() {
        value.clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// The middle value (the lower one of two); 0 of none.
fn median(values: &mut [f32]) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
}
