//! Reprints planted among articles: copies whose source is known, made by a seed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A seeded generator (Vigna, SplitMix64), so that the same reprints are planted everywhere.
pub struct Dice(pub u64);

impl Dice {
    /// The next 64 bits.
    #[allow(clippy::should_implement_trait, reason = "it never ends, and nobody iterates over it")]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// A number below `n`, which is over 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// One of `all`, which is not empty.
    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Puts `all` into an order drawn from the seed.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for i in (1..all.len()).rev() {
            all.swap(i, self.below(i + 1));
        }
    }
}

/// What was done to a reprint besides editing its words.
pub const MANNERS: [&str; 4] = ["edited", "cut", "merged", "reordered"];

/// What a reprint was made from, and how.
pub struct Planted {
    /// Id of that article.
    pub source: String,
    /// The article whose text was added, where it was merged.
    pub other: Option<String>,
    /// One of [`MANNERS`].
    pub manner: &'static str,
    /// Words edited, per cent.
    pub edited: usize,
}

/// Replaces, drops and inserts words: each word with a chance of `per_cent`.
pub fn edit(words: &str, per_cent: usize, vocabulary: &[&str], dice: &mut Dice) -> String {
    let mut out: Vec<&str> = Vec::new();
    for word in words.split_whitespace() {
        if dice.below(100) >= per_cent {
            out.push(word);
            continue;
        }
        match dice.below(4) {
            0 => {}
            1 => out.extend([word, dice.of(vocabulary)]),
            _ => out.push(dice.of(vocabulary)),
        }
    }
    out.join(" ")
}

/// Plants `count` reprints of articles of at least `shortest` words: 1 to 40 % of the words edited; plain, cut to
/// between half and nine tenths, merged with part of another article, or with sentences in another order. Articles have
/// `id` and `text`; of those that are long enough there must be more than `count`. Gives the reprints as articles of the
/// same form, and by their ids what was done to each.
pub fn plant(articles: &[Value], count: usize, shortest: usize) -> (Vec<Value>, BTreeMap<String, Planted>) {
    let mut dice = Dice(1);
    let long: Vec<&Value> =
        articles.iter().filter(|a| text(a, "text").split_whitespace().count() >= shortest).collect();
    let vocabulary: Vec<&str> = long.iter().flat_map(|a| text(a, "text").split_whitespace()).collect();
    let mut order: Vec<usize> = (0..long.len()).collect();
    dice.shuffle(&mut order);
    let (mut copies, mut planted) = (Vec::new(), BTreeMap::new());
    for i in 0..count {
        let (edited, manner) = (1 + i % 40, MANNERS[i / 40 % 4]);
        let source = long[order[i]];
        let sentences: Vec<&str> = text(source, "text").split_inclusive(". ").collect();
        let mut other = None;
        let kept = match manner {
            "cut" => {
                let words: Vec<&str> = text(source, "text").split_whitespace().collect();
                let kept = words.len() * (50 + dice.below(41)) / 100;
                let start = dice.below(words.len() - kept + 1);
                words[start..start + kept].join(" ")
            }
            "merged" => {
                let added = long[order[count + dice.below(long.len() - count)]];
                other = Some(text(added, "id").to_owned());
                let words = text(source, "text").split_whitespace().count();
                let more: Vec<&str> = text(added, "text").split_whitespace().take(words * 2 / 3).collect();
                format!("{} {}", text(source, "text"), more.join(" "))
            }
            "reordered" => {
                let mut sentences = sentences.clone();
                dice.shuffle(&mut sentences);
                sentences.join(" ")
            }
            _ => text(source, "text").to_owned(),
        };
        let id = format!("planted-{i:04}");
        copies.push(json!({"id": id, "text": edit(&kept, edited, &vocabulary, &mut dice)}));
        planted.insert(id, Planted { source: text(source, "id").to_owned(), other, manner, edited });
    }
    (copies, planted)
}

fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row[name].as_str().unwrap_or_else(|| panic!("{name} is no text in {row}"))
}
