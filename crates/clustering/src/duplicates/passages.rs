//! The passages that two texts share, word for word or with small edits, at their places.
//!
//! A share of words in common tells that something was copied; a reader wants to see what. So runs of the
//! same words are tiled over both texts, longest first, no word twice (greedy string tiling: Wise, String
//! similarity via greedy string tiling and running Karp-Rabin matching, 1993), and every tile then grows
//! across small edits on both sides as long as what it gains is more than what it skips.

use std::collections::{BTreeMap, BinaryHeap};

use rustc_hash::FxHashMap;

use super::overlap::shingles;
use crate::weights::passage;

/// Which passages count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassageParams {
    /// Words in a row, all the same, that a passage must have somewhere.
    pub seed: usize,
    /// Words in common that a passage has at least.
    pub shortest: usize,
}

impl PassageParams {
    /// Between articles: five words in a row are seldom shared by chance, eight or more in a passage hardly ever.
    pub const ARTICLES: Self = Self { seed: passage::ARTICLE_SEED, shortest: passage::ARTICLE_WORDS };
    /// Between two statements that are known to make the same claim.
    pub const STATEMENTS: Self = Self { seed: passage::STATEMENT_SEED, shortest: passage::STATEMENT_WORDS };
}

/// A passage that two texts share: words `a_start..a_end` of the one and `b_start..b_end` of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SharedPassage {
    /// First word in the one.
    pub a_start: usize,
    /// One past its last word.
    pub a_end: usize,
    /// First word in the other.
    pub b_start: usize,
    /// One past its last word.
    pub b_end: usize,
    /// Words that both have there, in the same order.
    pub words: usize,
    /// Words of either side that the other does not have there.
    pub changed: usize,
}

/// A word of a text for [`shared_passages`]; a passage never crosses what is none.
pub type Place = Option<u32>;

/// The passages that `a` and `b` share, in the order of `a`. Each word of either stands in one at most.
///
/// Words are hashes; `None` is a place that no passage crosses. Near-linear in the number of words, but for words
/// that repeat: a run that occurs many times on both sides is matched in the order in which it occurs.
pub fn shared_passages(a: &[Place], b: &[Place], params: PassageParams) -> Vec<SharedPassage> {
    let mut tiling =
        Tiling { a, b, owner: BTreeMap::new(), free: [vec![true; a.len()], vec![true; b.len()]] };
    tiling.tile(runs(a, b, params.seed.max(1)), params.seed.max(1));
    tiling.grow();
    let mut found: Vec<SharedPassage> =
        tiling.owner.into_values().filter(|p| p.words >= params.shortest).collect();
    found.sort_unstable();
    found
}

/// A run of the same words on both sides.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Run {
    a: usize,
    b: usize,
    length: usize,
}

/// The longest first, then by the sum of the places, then by place: the same for both orders of the texts but
/// for ties that lie crosswise.
impl Ord for Run {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.length
            .cmp(&other.length)
            .then_with(|| (other.a + other.b).cmp(&(self.a + self.b)))
            .then_with(|| other.a.cmp(&self.a))
    }
}

impl PartialOrd for Run {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Pairs of places of one shingle that are all looked at; where there are more, the first goes with the
/// first, the second with the second, and so on.
const CROSSED: usize = 64;

/// Maximal runs of at least `seed` words.
fn runs(a: &[Place], b: &[Place], seed: usize) -> Vec<Run> {
    let of_a = places(a, seed);
    let of_b: FxHashMap<u64, Vec<u32>> = group(places(b, seed));
    let mut starts: Vec<(u32, u32)> = Vec::new();
    for (shingle, at) in sorted(group(of_a)) {
        let Some(there) = of_b.get(&shingle) else { continue };
        if at.len() * there.len() <= CROSSED {
            starts.extend(at.iter().flat_map(|i| there.iter().map(move |j| (*i, *j))));
        } else {
            starts.extend(at.iter().copied().zip(there.iter().copied()));
        }
    }
    // By diagonal, so that what a run has covered already is passed over.
    let diagonal = |(i, j): &(u32, u32)| i64::from(*j) - i64::from(*i);
    starts.sort_unstable_by_key(|start| (diagonal(start), start.0));
    let mut found: Vec<Run> = Vec::new();
    let mut covered = (i64::MIN, 0);
    for start in starts {
        let (i, j) = (start.0 as usize, start.1 as usize);
        if covered.0 == diagonal(&start) && i < covered.1 {
            continue;
        }
        let back = a[..i].iter().rev().zip(b[..j].iter().rev()).take_while(|(x, y)| same(x, y)).count();
        let length = back + a[i..].iter().zip(&b[j..]).take_while(|(x, y)| same(x, y)).count();
        covered = (diagonal(&start), i - back + length);
        if length >= seed {
            found.push(Run { a: i - back, b: j - back, length });
        }
    }
    found
}

fn same(x: &Place, y: &Place) -> bool {
    x.is_some() && x == y
}

/// Shingles of `seed` words with the places where they start.
fn places(text: &[Place], seed: usize) -> Vec<(u64, u32)> {
    let mut out = Vec::new();
    let mut from = 0;
    for part in text.split(Option::is_none) {
        let words: Vec<u32> = part.iter().flatten().copied().collect();
        if words.len() >= seed {
            out.extend(shingles(&words, seed).zip(from as u32..));
        }
        from += part.len() + 1;
    }
    out
}

fn group(places: Vec<(u64, u32)>) -> FxHashMap<u64, Vec<u32>> {
    let mut groups: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (shingle, at) in places {
        groups.entry(shingle).or_default().push(at);
    }
    groups
}

fn sorted(groups: FxHashMap<u64, Vec<u32>>) -> Vec<(u64, Vec<u32>)> {
    let mut all: Vec<(u64, Vec<u32>)> = groups.into_iter().collect();
    all.sort_unstable();
    all
}

struct Tiling<'t> {
    a: &'t [Place],
    b: &'t [Place],
    /// Passages by their first word in `a`.
    owner: BTreeMap<usize, SharedPassage>,
    /// Words of either side that stand in no passage.
    free: [Vec<bool>; 2],
}

impl Tiling<'_> {
    /// Takes runs, longest first; of one that overlaps what was taken, the parts that are left in their turn.
    fn tile(&mut self, runs: Vec<Run>, seed: usize) {
        let mut heap: BinaryHeap<Run> = runs.into();
        while let Some(run) = heap.pop() {
            let left = self.left_of(run, seed);
            if left == [run] {
                self.take(run);
            } else {
                heap.extend(left);
            }
        }
    }

    /// The parts of a run, of `seed` words or more, that are free on both sides.
    fn left_of(&self, run: Run, seed: usize) -> Vec<Run> {
        let (mut left, mut from) = (Vec::new(), 0);
        for at in 0..=run.length {
            if at == run.length || !self.free[0][run.a + at] || !self.free[1][run.b + at] {
                if at - from >= seed {
                    left.push(Run { a: run.a + from, b: run.b + from, length: at - from });
                }
                from = at + 1;
            }
        }
        left
    }

    fn take(&mut self, run: Run) {
        let Run { a, b, length } = run;
        self.use_words(run);
        let passage = SharedPassage {
            a_start: a,
            a_end: a + length,
            b_start: b,
            b_end: b + length,
            words: length,
            changed: 0,
        };
        self.owner.insert(a, passage);
    }

    fn use_words(&mut self, run: Run) {
        self.free[0][run.a..run.a + run.length].fill(false);
        self.free[1][run.b..run.b + run.length].fill(false);
    }

    /// Lets every passage grow across small edits, in the order of `a`, and joins those that meet.
    fn grow(&mut self) {
        let mut at = 0;
        while let Some((&start, &passage)) = self.owner.range(at..).next() {
            self.owner.remove(&start);
            let mut grown = passage;
            while let Some(longer) = self.backward(grown) {
                grown = longer;
            }
            while let Some(longer) = self.forward(grown) {
                grown = longer;
            }
            self.owner.insert(grown.a_start, grown);
            at = grown.a_end.max(start + 1);
        }
    }

    /// Steps across an edit: words skipped on both sides, the fewest first.
    fn steps() -> impl Iterator<Item = (usize, usize)> {
        (1..=2 * passage::EDIT).flat_map(|sum| {
            // Substitutions before insertions.
            let mut splits: Vec<(usize, usize)> = (0..=sum)
                .map(|x| (x, sum - x))
                .filter(|(x, y)| *x <= passage::EDIT && *y <= passage::EDIT)
                .collect();
            splits.sort_by_key(|(x, y)| x.abs_diff(*y));
            splits
        })
    }

    fn forward(&mut self, p: SharedPassage) -> Option<SharedPassage> {
        for (x, y) in Self::steps() {
            let (i, j) = (p.a_end + x, p.b_end + y);
            if !self.crosses(p.a_end, i, p.b_end, j) {
                continue;
            }
            // The next passage, if it stands right there.
            if let Some(next) = self.owner.get(&i).copied().filter(|next| next.b_start == j) {
                self.owner.remove(&i);
                self.free[0][p.a_end..i].fill(false);
                self.free[1][p.b_end..j].fill(false);
                return Some(SharedPassage {
                    a_end: next.a_end,
                    b_end: next.b_end,
                    words: p.words + next.words,
                    changed: p.changed + next.changed + x + y,
                    ..p
                });
            }
            let length = (0..).take_while(|k| self.matches(i + k, j + k)).count();
            if length >= 2.max(x).max(y) {
                self.free[0][p.a_end..i].fill(false);
                self.free[1][p.b_end..j].fill(false);
                self.use_words(Run { a: i, b: j, length });
                return Some(SharedPassage {
                    a_end: i + length,
                    b_end: j + length,
                    words: p.words + length,
                    changed: p.changed + x + y,
                    ..p
                });
            }
        }
        None
    }

    fn backward(&mut self, p: SharedPassage) -> Option<SharedPassage> {
        for (x, y) in Self::steps() {
            let (Some(i), Some(j)) = (p.a_start.checked_sub(x), p.b_start.checked_sub(y)) else { continue };
            if !self.crosses(i, p.a_start, j, p.b_start) {
                continue;
            }
            let length = (1..=i.min(j)).take_while(|k| self.matches(i - k, j - k)).count();
            if length >= 2.max(x).max(y) {
                self.free[0][i..p.a_start].fill(false);
                self.free[1][j..p.b_start].fill(false);
                self.use_words(Run { a: i - length, b: j - length, length });
                return Some(SharedPassage {
                    a_start: i - length,
                    b_start: j - length,
                    words: p.words + length,
                    changed: p.changed + x + y,
                    ..p
                });
            }
        }
        None
    }

    /// Whether the words between two places are in bounds, free and no border.
    fn crosses(&self, a_from: usize, a_to: usize, b_from: usize, b_to: usize) -> bool {
        let open = |text: &[Place], free: &[bool], from: usize, to: usize| {
            to <= text.len() && (from..to).all(|at| free[at] && text[at].is_some())
        };
        open(self.a, &self.free[0], a_from, a_to) && open(self.b, &self.free[1], b_from, b_to)
    }

    /// Whether the same free word stands at both places.
    fn matches(&self, i: usize, j: usize) -> bool {
        let at =
            |text: &[Place], free: &[bool], at: usize| text.get(at).copied().flatten().filter(|_| free[at]);
        let word = at(self.a, &self.free[0], i);
        word.is_some() && word == at(self.b, &self.free[1], j)
    }
}

#[cfg(test)]
mod tests {
    use super::super::overlap::common_subsequence;
    use super::*;
    use proptest::prelude::*;

    const PLAIN: PassageParams = PassageParams { seed: 3, shortest: 4 };

    fn text(words: impl IntoIterator<Item = u32>) -> Vec<Place> {
        words.into_iter().map(Some).collect()
    }

    fn sides<'t>(a: &'t [Place], b: &'t [Place], p: &SharedPassage) -> [Vec<u32>; 2] {
        [&a[p.a_start..p.a_end], &b[p.b_start..p.b_end]].map(|side| {
            assert!(side.iter().all(Option::is_some), "no passage crosses a border");
            side.iter().flatten().copied().collect()
        })
    }

    proptest! {
        #[test]
        fn both_sides_of_a_passage_have_the_same_words_but_for_those_changed(
            a in prop::collection::vec(prop::option::weighted(0.95, 0u32..12), 0..120),
            b in prop::collection::vec(prop::option::weighted(0.95, 0u32..12), 0..120),
            copied in prop::collection::vec((0usize..120, 0usize..120, 1usize..20), 0..6),
        ) {
            let mut b = b;
            for (from, to, length) in copied {
                let part: Vec<Place> = a.iter().skip(from).take(length).copied().collect();
                let at = to.min(b.len());
                b.splice(at..at, part);
            }
            let found = shared_passages(&a, &b, PLAIN);
            let mut used = [vec![false; a.len()], vec![false; b.len()]];
            for p in &found {
                let [x, y] = sides(&a, &b, p);
                prop_assert!(p.words >= PLAIN.shortest);
                prop_assert_eq!(x.len() + y.len(), 2 * p.words + p.changed);
                prop_assert!(common_subsequence(&x, &y) >= p.words);
                if p.changed == 0 {
                    prop_assert_eq!(&x, &y);
                }
                prop_assert_eq!((x[0], x[x.len() - 1]), (y[0], y[y.len() - 1]));
                for (side, range) in [(0, p.a_start..p.a_end), (1, p.b_start..p.b_end)] {
                    for at in range {
                        prop_assert!(!std::mem::replace(&mut used[side][at], true), "no word stands in two");
                    }
                }
            }
            prop_assert!(found.is_sorted_by(|x, y| x.a_end <= y.a_start));
        }

        #[test]
        fn what_was_copied_is_found_whole(
            before in prop::collection::vec(100u32..200, 0..40),
            copied in prop::collection::vec(200u32..4000, 8..60),
            after in prop::collection::vec(4000u32..4100, 0..40),
        ) {
            let a = text(copied.iter().copied());
            let b = text(before.iter().chain(&copied).chain(&after).copied());
            let found = shared_passages(&a, &b, PLAIN);
            prop_assert_eq!(found.iter().map(|p| p.words).sum::<usize>(), copied.len());
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].b_start, before.len());
        }
    }

    #[test]
    fn small_edits_do_not_end_a_passage_and_long_ones_do() {
        let a = text(0..40);
        // One word changed, one left out, two put in; then ten that have nothing to do with it.
        let b = text(
            (0..9).chain([100]).chain(10..20).chain(21..30).chain([101, 102]).chain(30..33).chain(200..210),
        );
        let found = shared_passages(&a, &b, PLAIN);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].a_start, found[0].a_end, found[0].b_end), (0, 33, 34));
        assert_eq!((found[0].words, found[0].changed), (31, 5));
        let apart = text((0..15).chain(300..310).chain(15..40));
        assert_eq!(shared_passages(&a, &apart, PLAIN).len(), 2);
    }

    #[test]
    fn passages_that_changed_places_are_found_both() {
        let a = text(0..40);
        let b = text((20..40).chain(0..20));
        let found = shared_passages(&a, &b, PLAIN);
        assert_eq!(
            found.iter().map(|p| (p.a_start, p.b_start, p.words)).collect::<Vec<_>>(),
            [(0, 20, 20), (20, 0, 20)]
        );
    }

    #[test]
    fn a_border_ends_a_passage() {
        let a = text(0..20);
        let mut b = a.clone();
        b.insert(10, None);
        let found = shared_passages(&a, &b, PLAIN);
        assert_eq!(
            found.iter().map(|p| (p.a_start, p.a_end, p.b_start)).collect::<Vec<_>>(),
            [(0, 10, 0), (10, 20, 11)]
        );
    }

    /// Took the square of the length: each word of a text that says one word over and over matches every other.
    #[test]
    fn a_text_that_repeats_itself_takes_linear_time() {
        let a = text(std::iter::repeat_n([1, 2], 100_000).flatten());
        let found = shared_passages(&a, &a, PLAIN);
        assert_eq!((found.len(), found[0].words), (1, 200_000));
    }
}
