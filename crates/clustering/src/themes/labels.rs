//! Labels: the phrases that set a theme apart from those around it.
//!
//! A phrase speaks for a theme where it is common inside and rarer in the whole and in the themes next
//! to it: class-based TF-IDF (Grootendorst 2022) with the nearest themes as part of the background.
//! Each text counts once for a phrase however often it repeats it, and copies of one text count as
//! little as their weights say. Of a theme with finer ones below it, a phrase speaks only as far as it is
//! spread over them: what one of them repeats names that one.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::weights::label::{PRIOR, RIVALS, TERMS};

/// What labels are made from.
pub(crate) struct LabelInput<'a> {
    /// Candidate phrases of every row.
    pub(crate) phrases: &'a [&'a [String]],
    /// Weight of every row.
    pub(crate) weights: &'a [f32],
    /// Rows of every theme.
    pub(crate) themes: &'a [Vec<u32>],
    /// The theme that each theme is a part of; the parts of a theme hold all its rows.
    pub(crate) parent: &'a [Option<u32>],
    /// Other themes that each theme must be told apart from, nearest first.
    pub(crate) rivals: &'a [Vec<u32>],
}

/// The name of a theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Label {
    pub(crate) label: String,
    pub(crate) terms: Vec<String>,
}

/// A label for every theme, all different.
pub(crate) fn labels(input: &LabelInput) -> Vec<Label> {
    let (vocabulary, of_row) = index(input.phrases);
    let mut whole = vec![0f32; vocabulary.len()];
    let mut mass = 0.0;
    for (phrases, &weight) in of_row.iter().zip(input.weights) {
        mass += weight;
        for &p in phrases {
            whole[p as usize] += weight;
        }
    }
    let mut sums = vec![0f32; vocabulary.len()];
    let counts: Vec<Counts> =
        input.themes.iter().map(|rows| Counts::of(rows, &of_row, input.weights, &mut sums)).collect();
    let mut parts: Vec<Vec<&Counts>> = vec![Vec::new(); counts.len()];
    for (own, parent) in counts.iter().zip(input.parent) {
        if let Some(parent) = parent {
            parts[*parent as usize].push(own);
        }
    }
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut labels: Vec<Label> = Vec::with_capacity(counts.len());
    for (theme, own) in counts.iter().enumerate() {
        let spread = own.spread(&parts[theme], &mut sums);
        let mut scored: Vec<(f32, u32)> = own
            .phrases
            .iter()
            .zip(spread)
            .map(|(&(phrase, weight), spread)| {
                let rate = weight / (own.mass + PRIOR);
                let beside = input.rivals[theme]
                    .iter()
                    .take(RIVALS)
                    .map(|&r| counts[r as usize].rate(phrase))
                    .fold(0.0, f32::max);
                let background = ((whole[phrase as usize] - weight + PRIOR)
                    / (mass - own.mass + PRIOR).max(1.0))
                .max(beside);
                let words = vocabulary[phrase as usize].split(' ').count().min(3) as f32;
                (spread * (rate / background.max(1e-6)).ln() * words.sqrt(), phrase)
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut terms: Vec<String> = Vec::new();
        for (_, phrase) in scored {
            let phrase = vocabulary[phrase as usize];
            if !terms.iter().any(|term| repeats(term, phrase)) {
                terms.push(phrase.to_owned());
                if terms.len() == TERMS {
                    break;
                }
            }
        }
        let label = distinct(&terms, &taken, theme);
        taken.insert(label.clone());
        labels.push(Label { label, terms });
    }
    labels
}

/// The best term, with the next one where it is a single word, since "china, air defence" says more than
/// "china"; of what no theme before has for a label. Where nothing is free, a number.
fn distinct(terms: &[String], taken: &FxHashSet<String>, theme: usize) -> String {
    let with_next = |at: usize| match terms.get(at + 1) {
        Some(next) if !terms[at].contains(' ') => format!("{}, {next}", terms[at]),
        _ => terms[at].clone(),
    };
    let free = (0..terms.len()).map(with_next).find(|label| !taken.contains(label));
    free.or_else(|| (theme + 1..).map(|n| format!("theme {n}")).find(|label| !taken.contains(label)))
        .unwrap_or_default()
}

/// Every phrase once, numbered by first appearance, and the phrases of every row, each once.
fn index<'a>(rows: &[&'a [String]]) -> (Vec<&'a str>, Vec<Vec<u32>>) {
    let mut number: FxHashMap<&str, u32> = FxHashMap::default();
    let mut vocabulary = Vec::new();
    let of_row = rows
        .iter()
        .map(|phrases| {
            let mut own: Vec<u32> = phrases
                .iter()
                .map(|phrase| {
                    *number.entry(phrase.as_str()).or_insert_with(|| {
                        vocabulary.push(phrase.as_str());
                        vocabulary.len() as u32 - 1
                    })
                })
                .collect();
            own.sort_unstable();
            own.dedup();
            own
        })
        .collect();
    (vocabulary, of_row)
}

/// Weight of the rows of one theme that have each phrase, sorted by phrase.
struct Counts {
    phrases: Vec<(u32, f32)>,
    mass: f32,
}

impl Counts {
    /// `sum` has a 0 for every phrase, and has so again afterwards.
    fn of(rows: &[u32], of_row: &[Vec<u32>], weights: &[f32], sum: &mut [f32]) -> Self {
        let mut mass = 0.0;
        let mut touched = Vec::new();
        for &row in rows {
            let weight = weights[row as usize];
            mass += weight;
            for &phrase in of_row.get(row as usize).map_or(&[][..], Vec::as_slice) {
                if sum[phrase as usize] == 0.0 {
                    touched.push(phrase);
                }
                sum[phrase as usize] += weight;
            }
        }
        touched.sort_unstable();
        Self {
            phrases: touched.into_iter().map(|p| (p, std::mem::take(&mut sum[p as usize]))).collect(),
            mass,
        }
    }

    fn rate(&self, phrase: u32) -> f32 {
        match self.phrases.binary_search_by_key(&phrase, |&(p, _)| p) {
            Ok(at) => self.phrases[at].1 / (self.mass + PRIOR),
            Err(_) => 0.0,
        }
    }

    /// How often each phrase stands in the theme, as far as all its parts have it: the mean of the roots of the
    /// rates in its parts, squared, which is the rate where they are equal. `sum` as in [`Counts::of`].
    fn spread(&self, parts: &[&Self], sum: &mut [f32]) -> Vec<f32> {
        if parts.is_empty() {
            return self.phrases.iter().map(|&(_, weight)| weight / (self.mass + PRIOR)).collect();
        }
        let mass: f32 = parts.iter().map(|part| part.mass).sum();
        for part in parts {
            for &(phrase, weight) in &part.phrases {
                sum[phrase as usize] += part.mass / mass * (weight / (part.mass + PRIOR)).sqrt();
            }
        }
        self.phrases.iter().map(|&(phrase, _)| std::mem::take(&mut sum[phrase as usize]).powi(2)).collect()
    }
}

/// Whether two terms share a word, up to its ending.
fn repeats(a: &str, b: &str) -> bool {
    a.split(' ').any(|x| b.split(' ').any(|y| alike(x, y)))
}

/// Whether two words differ in their endings only: two thirds of the longer are the same.
fn alike(a: &str, b: &str) -> bool {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    same == longer || (same >= 4 && 3 * same >= 2 * longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(rows: &[&[&str]], themes: &[Vec<u32>]) -> Vec<Label> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|&p| p.to_owned()).collect()).collect();
        let phrases: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        let beside = |t: u32| {
            let same = |other: &u32| {
                *other != t && parent_of(themes)[*other as usize] == parent_of(themes)[t as usize]
            };
            (0..themes.len() as u32).filter(same).collect()
        };
        let rivals: Vec<Vec<u32>> = (0..themes.len() as u32).map(beside).collect();
        let (weights, parent) = (vec![1.0; rows.len()], parent_of(themes));
        labels(&LabelInput { phrases: &phrases, weights: &weights, themes, parent: &parent, rivals: &rivals })
    }

    /// The first theme that holds all rows of a smaller one.
    fn parent_of(themes: &[Vec<u32>]) -> Vec<Option<u32>> {
        let holds = |a: &[u32], b: &[u32]| a.len() > b.len() && b.iter().all(|row| a.contains(row));
        themes.iter().map(|t| themes.iter().position(|other| holds(other, t)).map(|p| p as u32)).collect()
    }

    #[test]
    fn what_one_part_repeats_names_that_part_and_not_the_whole() {
        let (car, jet): (&[&str], &[&str]) = (&["growth", "car sales"], &["growth", "passenger miles"]);
        let (few, far): (&[&str], &[&str]) = (&["passenger miles"], &["storm"]);
        let rows = [jet, few, jet, car, car, jet, far, far, far, far, far, far];
        let whole: Vec<u32> = (0..6).collect();
        let found = labelled(&rows, &[whole, vec![0, 1, 2, 5], vec![3, 4], (6..12).collect()]);
        assert_eq!(found[0].terms[0], "growth");
        assert_eq!(found[1].label, "passenger miles");
        assert_eq!(found[2].label, "car sales");
    }

    #[test]
    fn a_phrase_beats_its_words_and_is_not_repeated() {
        let plant: &[&str] = &["nuclear", "power", "plant", "nuclear power plant", "power plants", "vote"];
        let bank: &[&str] = &["bank", "rate", "key rate", "vote"];
        let found = labelled(&[plant, plant, plant, bank, bank, bank], &[vec![0, 1, 2], vec![3, 4, 5]]);
        assert_eq!(found[0].label, "nuclear power plant");
        assert_eq!(found[0].terms.iter().filter(|term| term.contains("power")).count(), 1);
        assert_eq!(found[1].label, "key rate");
    }

    #[test]
    fn labels_differ_even_where_the_texts_say_the_same() {
        let same: &[&str] = &["storm"];
        let found = labelled(&[same, same, &[], &[]], &[vec![0], vec![1], vec![2], vec![3]]);
        let mut names: Vec<&str> = found.iter().map(|label| label.label.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 4);
    }

    #[test]
    fn endings_do_not_make_another_word() {
        assert!(alike("plant", "plants") && alike("энергетика", "энергетики"));
        assert!(!alike("bank", "bond") && !alike("interest", "internet"));
    }
}
