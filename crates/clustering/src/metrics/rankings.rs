//! Scores of pairs compared with gold values of the same pairs.

use super::Found;

/// Average precision of `scores` for the pairs that are `gold`. Ties share the precision of their whole
/// group, so that the order of equal scores earns nothing. 0 where nothing is gold.
pub fn average_precision(scores: &[f64], gold: &[bool]) -> f64 {
    let mut order: Vec<(f64, bool)> = scores.iter().copied().zip(gold.iter().copied()).collect();
    order.sort_by(|x, y| y.0.total_cmp(&x.0));
    let total = gold.iter().filter(|g| **g).count() as f64;
    let (mut seen, mut hits, mut area) = (0.0, 0.0, 0.0);
    for ties in order.chunk_by(|x, y| x.0 == y.0) {
        let right = ties.iter().filter(|t| t.1).count() as f64;
        seen += ties.len() as f64;
        hits += right;
        area += right * hits / seen;
    }
    if total > 0.0 { area / total } else { 0.0 }
}

/// The best F1 of any threshold with that threshold: pairs that score at least as much are claimed.
pub fn best_f1(scores: &[f64], gold: &[bool]) -> (f64, f64) {
    let mut order: Vec<(f64, bool)> = scores.iter().copied().zip(gold.iter().copied()).collect();
    order.sort_by(|x, y| y.0.total_cmp(&x.0));
    let total = gold.iter().filter(|g| **g).count() as f64;
    let (mut seen, mut hits, mut best) = (0.0, 0.0, (0.0, f64::INFINITY));
    for ties in order.chunk_by(|x, y| x.0 == y.0) {
        seen += ties.len() as f64;
        hits += ties.iter().filter(|t| t.1).count() as f64;
        let f1 = 2.0 * hits / (seen + total);
        if f1 > best.0 {
            best = (f1, ties[0].0);
        }
    }
    best
}

/// Pearson's correlation; 0 where one side does not vary.
pub fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len().min(y.len()) as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let (mut sxy, mut sxx, mut syy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        sxy += (a - mx) * (b - my);
        sxx += (a - mx) * (a - mx);
        syy += (b - my) * (b - my);
    }
    if sxx > 0.0 && syy > 0.0 { sxy / (sxx.sqrt() * syy.sqrt()) } else { 0.0 }
}

/// Spearman's rank correlation; ties share their mean rank.
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    pearson(&ranks(x), &ranks(y))
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut rank = vec![0.0; values.len()];
    let mut before = 0;
    for ties in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let mean = before as f64 + (ties.len() - 1) as f64 / 2.0;
        ties.iter().for_each(|i| rank[*i] = mean);
        before += ties.len();
    }
    rank
}

/// What a threshold claims: pairs that score at least as much, against those that are gold.
pub fn claimed(scores: &[f64], gold: &[bool], threshold: f64) -> Found {
    let mut found = Found { gold: gold.iter().filter(|g| **g).count() as u64, ..Found::default() };
    for right in scores.iter().zip(gold).filter(|(score, _)| **score >= threshold).map(|(_, gold)| *gold) {
        found.given += 1;
        found.right += u64::from(right);
    }
    found
}

/// One bin of a calibration table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Lowest score in the bin.
    pub from: f64,
    /// One past its highest; the last bin holds 1 too.
    pub to: f64,
    /// Pairs whose score falls into it.
    pub pairs: u64,
    /// Mean of their scores; 0 where there are none.
    pub mean_score: f64,
    /// Share of them that are gold; 0 where there are none.
    pub right: f64,
}

/// How often pairs of each score are gold, in `bins` bins of equal width from 0 to 1.
///
/// Scores are probabilities; one outside 0 to 1 counts in the bin at that end.
pub fn calibration(scores: &[f64], gold: &[bool], bins: usize) -> Vec<Bin> {
    let bins = bins.max(1);
    let mut sums = vec![(0u64, 0.0, 0u64); bins];
    for (score, right) in scores.iter().zip(gold) {
        let at = ((score * bins as f64).max(0.0) as usize).min(bins - 1);
        sums[at].0 += 1;
        sums[at].1 += score;
        sums[at].2 += u64::from(*right);
    }
    let bin = |(i, (pairs, score, right)): (usize, (u64, f64, u64))| {
        let of = pairs.max(1) as f64;
        let (from, to) = (i as f64 / bins as f64, (i + 1) as f64 / bins as f64);
        Bin { from, to, pairs, mean_score: score / of, right: right as f64 / of }
    };
    sums.into_iter().enumerate().map(bin).collect()
}

/// The expected calibration error: how far mean score and share of gold pairs lie apart, averaged over the
/// bins by their pairs (Guo et al., On calibration of modern neural networks, 2017). 0 without pairs.
pub fn calibration_error(bins: &[Bin]) -> f64 {
    let pairs: u64 = bins.iter().map(|bin| bin.pairs).sum();
    let apart: f64 = bins.iter().map(|bin| bin.pairs as f64 * (bin.mean_score - bin.right).abs()).sum();
    apart / pairs.max(1) as f64
}

/// The mean squared distance of scores from 1 for gold pairs and 0 for others (Brier, Verification of
/// forecasts expressed in terms of probability, 1950). 0 without pairs.
pub fn brier(scores: &[f64], gold: &[bool]) -> f64 {
    let squared = |(score, gold): (&f64, &bool)| (score - f64::from(u8::from(*gold))).powi(2);
    scores.iter().zip(gold).map(squared).sum::<f64>() / scores.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rankings_by_hand() {
        let (scores, gold) = ([0.9, 0.8, 0.7, 0.6], [true, false, true, false]);
        assert!((average_precision(&scores, &gold) - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
        assert_eq!(best_f1(&scores, &gold), (0.8, 0.7));
        assert!((average_precision(&[0.5; 4], &gold) - 0.5).abs() < 1e-12);
        assert!((pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
        assert!((spearman(&[1.0, 1.0, 2.0], &[0.0, 0.0, 9.0]) - 1.0).abs() < 1e-12);
        assert_eq!(pearson(&[1.0, 1.0], &[0.0, 1.0]), 0.0);
    }

    #[test]
    fn calibration_by_hand() {
        let (scores, gold) = ([0.05, 0.15, 0.55, 1.0], [false, true, false, true]);
        let bins = calibration(&scores, &gold, 10);
        let short = |bin: &Bin| (bin.pairs, bin.mean_score, bin.right);
        assert_eq!(short(&bins[0]), (1, 0.05, 0.0));
        assert_eq!(short(&bins[1]), (1, 0.15, 1.0));
        assert_eq!(short(&bins[4]), (0, 0.0, 0.0));
        assert_eq!(short(&bins[9]), (1, 1.0, 1.0));
        // (.05 + .85 + .55 + 0) / 4, and their squares.
        assert!((calibration_error(&bins) - 0.3625).abs() < 1e-12);
        assert!((brier(&scores, &gold) - (0.0025 + 0.7225 + 0.3025) / 4.0).abs() < 1e-12);
        assert_eq!(claimed(&scores, &gold, 0.5), Found { right: 1, given: 2, gold: 2 });
    }
}
