//! Candidates by shared shingles: pairs whose MinHash sketches agree.
//!
//! Two texts with Jaccard overlap J agree in a place of their sketches with probability J, so among the 128 places
//! even a text of which one shingle in twenty-five survived is found (1 − .96^128 = .995), and a text with fewer
//! shingles than places is compared by nearly all of them. A pair of long texts must agree in a few places
//! ([`AGREEING`]), which chance seldom does, before its shared shingles are counted exactly.
//!
//! A value that very many texts have is boilerplate, or a copy made hundreds of times, and would cost its
//! square. Its texts are strung up in an order drawn from the seed, and each is compared with the next few
//! on either side. The order is the same for every value, so that copies meet the same neighbours
//! everywhere and a crowd of n costs n.

use rayon::prelude::*;

use super::min_hash::Sketch;
use super::overlap::{SHINGLE, Shingled};
use crate::random::mix;
use crate::weights::candidates::{AGREEING, CROWD, LOWEST_CONTAINMENT, REACH};

/// Pairs `(a, b)`, `a < b`, that agree in a value and share enough shingles, in order, unique.
pub(super) fn by_shingles(texts: &[Shingled], seed: u64) -> Vec<(u32, u32)> {
    let sketches: Vec<Vec<u64>> =
        texts.par_iter().map(|text| Sketch::of(text.words(), SHINGLE, seed).hashes()).collect();
    let mut entries: Vec<(u64, u32)> = Vec::with_capacity(sketches.iter().map(Vec::len).sum());
    for (row, values) in sketches.iter().enumerate() {
        entries.extend(values.iter().map(|value| (*value, row as u32)));
    }
    drop(sketches);
    let place = |row: u32| mix(u64::from(row) ^ mix(seed));
    entries.par_sort_unstable_by(|x, y| x.0.cmp(&y.0).then_with(|| place(x.1).cmp(&place(y.1))));
    let partners = Partners::new(texts.len(), &entries);
    (0..texts.len() as u32)
        .into_par_iter()
        .flat_map_iter(|a| {
            let mut met = partners.of(a);
            met.sort_unstable();
            let enough = |times: usize, b: u32| {
                times > partners.values(a).min(partners.values(b)) / AGREEING
                    && texts[a as usize].containment(&texts[b as usize]) >= LOWEST_CONTAINMENT
            };
            let agreeing = met.chunk_by(|x, y| x == y).filter(|same| enough(same.len(), same[0]));
            agreeing.map(|same| (a, same[0])).collect::<Vec<_>>()
        })
        .collect()
}

/// Where the values of each row stand among the sorted entries.
struct Partners<'e> {
    entries: &'e [(u64, u32)],
    /// Per row, where its places begin.
    start: Vec<u32>,
    /// Places in `entries`, by row.
    places: Vec<u32>,
}

impl<'e> Partners<'e> {
    fn new(rows: usize, entries: &'e [(u64, u32)]) -> Self {
        let mut start = vec![0u32; rows + 1];
        entries.iter().for_each(|(_, row)| start[*row as usize + 1] += 1);
        for row in 0..rows {
            start[row + 1] += start[row];
        }
        let mut next = start.clone();
        let mut places = vec![0u32; entries.len()];
        for (place, (_, row)) in entries.iter().enumerate() {
            let slot = &mut next[*row as usize];
            places[*slot as usize] = place as u32;
            *slot += 1;
        }
        Self { entries, start, places }
    }

    /// Number of values of a row.
    fn values(&self, row: u32) -> usize {
        (self.start[row as usize + 1] - self.start[row as usize]) as usize
    }

    /// Rows after `row` that it meets, in no order, once for each value that they share.
    fn of(&self, row: u32) -> Vec<u32> {
        let mut met = Vec::new();
        let places = self.start[row as usize] as usize..self.start[row as usize + 1] as usize;
        for place in &self.places[places] {
            let place = *place as usize;
            let value = self.entries[place].0;
            let same = |other: &&(u64, u32)| other.0 == value;
            let before = self.entries[..place].iter().rev().take_while(same).take(CROWD).count();
            let after = self.entries[place + 1..].iter().take_while(same).take(CROWD).count();
            let reach = if before + after < CROWD { CROWD } else { REACH };
            let around = place - before.min(reach)..=place + after.min(reach);
            met.extend(self.entries[around].iter().map(|entry| entry.1).filter(|other| *other > row));
        }
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_schema::TextFeatures;

    fn text(seed: u64, words: usize) -> TextFeatures {
        let words = (0..words as u64).map(|place| mix(seed << 32 | place) as u32).collect();
        TextFeatures { words, ..TextFeatures::default() }
    }

    /// `text` with the given share of its words replaced, wherever chance puts them.
    fn edited(text: &TextFeatures, seed: u64, per_cent: u64) -> TextFeatures {
        let replace = |(place, word): (usize, &u32)| {
            let chance = mix(seed << 32 | place as u64);
            if chance % 100 < per_cent { mix(chance) as u32 } else { *word }
        };
        let words = text.words.iter().enumerate().map(replace).collect();
        TextFeatures { words, ..TextFeatures::default() }
    }

    #[test]
    fn copies_with_three_words_in_ten_changed_are_found_and_strangers_are_not() {
        let mut texts: Vec<TextFeatures> = (0..200).map(|seed| text(seed, 120)).collect();
        let copies: Vec<TextFeatures> = (0..200).map(|i| edited(&texts[i], i as u64, 30)).collect();
        texts.extend(copies);
        let texts: Vec<Shingled> = texts.iter().map(Shingled::new).collect();
        let found = by_shingles(&texts, 1);
        let right = found.iter().filter(|(a, b)| a + 200 == *b).count();
        assert!(right >= 198, "{right} of 200");
        assert_eq!(found.len(), right);
    }

    #[test]
    fn a_crowd_of_copies_costs_its_size_and_hangs_together() {
        let copy = text(1, 60);
        let texts: Vec<Shingled> = (0..2000).map(|_| Shingled::new(&copy)).collect();
        let found = by_shingles(&texts, 7);
        assert!(found.len() <= 2000 * REACH);
        let mut group: Vec<usize> = (0..2000).collect();
        fn root(group: &[usize], mut row: usize) -> usize {
            while group[row] != row {
                row = group[row];
            }
            row
        }
        for (a, b) in found {
            let (a, b) = (root(&group, a as usize), root(&group, b as usize));
            group[a.max(b)] = a.min(b);
        }
        assert!((0..2000).all(|row| root(&group, row) == 0));
    }
}
