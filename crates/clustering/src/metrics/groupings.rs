//! Groupings compared as labels of the same rows.

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
}
