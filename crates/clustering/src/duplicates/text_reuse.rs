//! Text reuse: how many words of one text stand in another among the same neighbours.
//!
//! A copy that was edited has no long run of words in common with its source, and one whose parts were moved does not
//! even have them in the same order. But what is left of a sentence still stands together. So a word counts as reused
//! where enough of the words around it stand around it in the other text as well, in any order. Two reports of one event
//! have words in common, seldom with five of their neighbours.

use crate::weights::text_reuse::{AROUND, FOUND_AGAIN, WINDOW};

/// Places of a word in the other text that are looked at: bounds the cost of words that stand in it very often.
const PLACES: usize = 40;

/// Where each word of a text stands: pairs of word and place, sorted by word.
#[derive(Clone, Debug)]
pub struct WordPositions(Vec<(u32, u32)>);

impl WordPositions {
    /// Of a text, given as hashed words in order.
    pub fn new(words: &[u32]) -> Self {
        let mut places: Vec<(u32, u32)> = words.iter().copied().zip(0..).collect();
        places.sort_unstable();
        Self(places)
    }

    fn of(&self, word: u32) -> impl Iterator<Item = usize> + '_ {
        let from = self.0.partition_point(|(other, _)| *other < word);
        self.0[from..].iter().take_while(move |(other, _)| *other == word).map(|(_, place)| *place as usize)
    }
}

/// Share of `words` that `there` reuses, 0 to 1: which stand in it among at least [`FOUND_AGAIN`] of the different words
/// around them (all of those, where they are fewer). `positions` are those of `there`.
pub fn reused_share(words: &[u32], there: &[u32], positions: &WordPositions) -> f32 {
    let mut near = Vec::with_capacity(2 * AROUND);
    let mut taken = 0;
    for (at, word) in words.iter().enumerate() {
        near.clear();
        for other in &words[at.saturating_sub(AROUND)..words.len().min(at + AROUND + 1)] {
            if other != word && !near.contains(other) {
                near.push(*other);
            }
        }
        let needed = FOUND_AGAIN.min(near.len());
        let among_them = |place: usize| {
            let from = place.saturating_sub(WINDOW / 2 - 1);
            found(&near, &there[from..there.len().min(place + WINDOW / 2 + 1)], needed)
        };
        taken += usize::from(positions.of(*word).take(PLACES).any(among_them));
    }
    taken as f32 / words.len().max(1) as f32
}

/// Whether `needed` of the words `near` stand in the window.
fn found(near: &[u32], window: &[u32], needed: usize) -> bool {
    // Of a whole window the length is known, and its words are compared at once.
    match <&[u32; WINDOW]>::try_from(window) {
        Ok(whole) => {
            enough(near, needed, |word| whole.iter().fold(false, |found, other| found | (other == word)))
        }
        Err(_) => enough(near, needed, |word| window.contains(word)),
    }
}

fn enough(near: &[u32], needed: usize, found: impl Fn(&u32) -> bool) -> bool {
    let mut spare = near.len() - needed;
    for word in near {
        if !found(word) {
            if spare == 0 {
                return false;
            }
            spare -= 1;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(a: &[u32], b: &[u32]) -> f32 {
        reused_share(a, b, &WordPositions::new(b))
    }

    #[test]
    fn the_order_of_parts_does_not_matter() {
        let text: Vec<u32> = (0..100).collect();
        let moved = [&text[60..], &text[..60]].concat();
        assert_eq!(taken(&text, &moved), 1.0);
    }

    #[test]
    fn edits_leave_what_stands_together() {
        let text: Vec<u32> = (0..200).collect();
        let edited: Vec<u32> = text.iter().map(|w| if w % 4 == 0 { w + 1000 } else { *w }).collect();
        assert_eq!(taken(&text, &edited), 0.75);
    }

    #[test]
    fn words_in_common_that_stand_apart_are_not_taken_over() {
        let text: Vec<u32> = (0..100).collect();
        let scattered: Vec<u32> = (0..100).map(|i| i * 37 % 100).collect();
        assert!(taken(&text, &scattered) < 0.05);
        assert_eq!(taken(&[], &text), 0.0);
        assert_eq!(taken(&text, &[]), 0.0);
    }
}
