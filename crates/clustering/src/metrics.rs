//! Measures of agreement with a gold standard.
//!
//! Groupings are compared as labels of the same rows; scores with gold values of the same pairs.

use std::collections::BTreeMap;
use std::hash::Hash;

/// The B-cubed F1 of two groupings (Bagga and Baldwin, Entity-based cross-document coreferencing using
/// the vector space model, 1998). 1 where both are empty.
pub fn b_cubed<G: Ord + Hash, F: Ord + Hash>(gold: &[G], found: &[F]) -> f64 {
    let table = Table::new(gold, found);
    if table.n == 0.0 {
        return 1.0;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((g, f), v) in &table.cells {
        precision += v * v / table.found[f];
        recall += v * v / table.gold[g];
    }
    2.0 * precision * recall / ((precision + recall) * table.n)
}

/// The adjusted Rand index (Hubert and Arabie, Comparing partitions, 1985): 1 for equal groupings, 0
/// for what chance would give.
pub fn adjusted_rand_index<G: Ord + Hash, F: Ord + Hash>(gold: &[G], found: &[F]) -> f64 {
    let table = Table::new(gold, found);
    let two = |v: &f64| v * (v - 1.0) / 2.0;
    let (a, b): (f64, f64) = (table.gold.values().map(two).sum(), table.found.values().map(two).sum());
    let all = two(&table.n);
    let expected = if all > 0.0 { a * b / all } else { 0.0 };
    let top = (a + b) / 2.0 - expected;
    if top == 0.0 { 1.0 } else { (table.cells.values().map(two).sum::<f64>() - expected) / top }
}

/// The V-measure (Rosenberg and Hirschberg, V-measure: a conditional entropy-based external cluster
/// evaluation measure, 2007).
pub fn v_measure<G: Ord + Hash, F: Ord + Hash>(gold: &[G], found: &[F]) -> f64 {
    let table = Table::new(gold, found);
    let entropy = |counts: &mut dyn Iterator<Item = f64>| -> f64 {
        counts.map(|v| -v / table.n * (v / table.n).ln()).sum()
    };
    let (h_gold, h_found) =
        (entropy(&mut table.gold.values().copied()), entropy(&mut table.found.values().copied()));
    let mutual: f64 = table
        .cells
        .iter()
        .map(|((g, f), v)| v / table.n * (v * table.n / (table.gold[g] * table.found[f])).ln())
        .sum();
    let homogeneity = if h_gold > 0.0 { mutual / h_gold } else { 1.0 };
    let completeness = if h_found > 0.0 { mutual / h_found } else { 1.0 };
    if homogeneity + completeness > 0.0 {
        2.0 * homogeneity * completeness / (homogeneity + completeness)
    } else {
        0.0
    }
}

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

/// How often each pair of labels occurs together, and each alone.
struct Table<'l, G, F> {
    n: f64,
    cells: BTreeMap<(&'l G, &'l F), f64>,
    gold: BTreeMap<&'l G, f64>,
    found: BTreeMap<&'l F, f64>,
}

impl<'l, G: Ord, F: Ord> Table<'l, G, F> {
    fn new(gold: &'l [G], found: &'l [F]) -> Self {
        let mut table =
            Self { n: 0.0, cells: BTreeMap::new(), gold: BTreeMap::new(), found: BTreeMap::new() };
        for (g, f) in gold.iter().zip(found) {
            table.n += 1.0;
            *table.cells.entry((g, f)).or_default() += 1.0;
            *table.gold.entry(g).or_default() += 1.0;
            *table.found.entry(f).or_default() += 1.0;
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groupings_by_hand() {
        let (gold, found) = ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]);
        // Two pairs agree of 6 gold and 3 found; 15 in all: (2 - 1.2) / (4.5 - 1.2).
        assert!((adjusted_rand_index(&gold, &found) - 0.8 / 3.3).abs() < 1e-12);
        // Precision (2·1 + 2·½ + 2·1) / 6, recall (2·⅔ + 2·⅓ + 2·⅔) / 6.
        let (p, r) = (5.0 / 6.0, 10.0 / 18.0);
        assert!((b_cubed(&gold, &found) - 2.0 * p * r / (p + r)).abs() < 1e-12);
        assert_eq!(v_measure(&gold, &gold), 1.0);
        assert_eq!(adjusted_rand_index(&gold, &["b", "b", "b", "a", "a", "a"]), 1.0);
        assert!(v_measure(&gold, &[0; 6]).abs() < 1e-12);
    }

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
}
