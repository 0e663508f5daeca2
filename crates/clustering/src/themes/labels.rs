//! Labels: the phrases that set a theme apart from those around it.
//!
//! A phrase speaks for a theme where it is common inside and rarer in the whole and in the themes next
//! to it: class-based TF-IDF (Grootendorst 2022) with the nearest themes as part of the background.
//! What an outlet writes in all its articles says nothing of a theme that is mostly its own, so the background is that of
//! the theme's outlets. Each text counts once for a phrase however often it repeats it, and copies of one text count as
//! little as their weights say. Of a theme with finer ones below it, a phrase speaks only as far as it is
//! spread over them: what one of them repeats names that one.
//!
//! The label is the best phrase of several words, if the theme's texts have it often enough: "health care" says more than
//! "health, bill". Else it stands beside the best word.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::weights::label::{CANDIDATES, COMMON, EVEN, FEWEST, NEARLY_ALL, PRIOR, RIVALS, SOME, TERMS};

/// What labels are made from.
pub(crate) struct LabelInput<'a> {
    /// Candidate phrases of every row.
    pub(crate) phrases: &'a [&'a [String]],
    /// The text that each row is, or is a part of.
    pub(crate) texts: Texts<'a>,
    /// Rows of every theme.
    pub(crate) themes: &'a [Vec<u32>],
    /// The theme that each theme is a part of.
    pub(crate) parent: &'a [Option<u32>],
    /// Other themes that each theme must be told apart from, nearest first.
    pub(crate) rivals: &'a [Vec<u32>],
}

/// The texts that phrases are counted in.
pub(crate) struct Texts<'a> {
    /// Text of every row.
    pub(crate) of_row: &'a [u32],
    /// Weight of every text.
    pub(crate) weights: &'a [f32],
    /// Outlet of every text where known.
    pub(crate) outlet: Option<&'a [u32]>,
}

/// The name of a theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Label {
    pub(crate) label: String,
    pub(crate) terms: Vec<String>,
}

/// A text is in a theme when at least one in so many of its rows is.
const SHARE: usize = 4;

/// A label for every theme, all different.
pub(crate) fn labels(input: &LabelInput) -> Vec<Label> {
    let (vocabulary, of_text) = index(input);
    let weights = input.texts.weights;
    let mut whole = vec![0f32; vocabulary.len()];
    let mut postings: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.len()];
    let mut mass = 0.0;
    for (text, (phrases, &weight)) in of_text.iter().zip(weights).enumerate() {
        mass += weight;
        for &p in phrases {
            whole[p as usize] += weight;
            postings[p as usize].push(text as u32);
        }
    }
    let members = texts_of_themes(input);
    let mut sums = vec![0f32; vocabulary.len()];
    let counts: Vec<Counts> =
        members.iter().map(|texts| Counts::of(texts, &of_text, weights, &mut sums)).collect();
    let mut parts: Vec<Vec<&Counts>> = vec![Vec::new(); counts.len()];
    for (own, parent) in counts.iter().zip(input.parent) {
        if let Some(parent) = parent {
            parts[*parent as usize].push(own);
        }
    }
    let outlets = Outlets::new(&input.texts);
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut labels: Vec<Label> = Vec::with_capacity(counts.len());
    for (theme, own) in counts.iter().enumerate() {
        let spread = own.spread(&parts[theme], &mut sums);
        let words = |phrase: u32| vocabulary[phrase as usize].split(' ').count().min(3) as f32;
        let beside = |phrase: u32| {
            let rivals = input.rivals[theme].iter().take(RIVALS);
            rivals.map(|&r| counts[r as usize].rate(phrase)).fold(0.0, f32::max)
        };
        let elsewhere = |phrase: u32, weight: f32| {
            (whole[phrase as usize] - weight + PRIOR) / (mass - own.mass + PRIOR).max(1.0)
        };
        // What a text or two of many say names no theme.
        let least = FEWEST.min(own.mass / 2.0);
        let mut scored: Vec<Scored> = own
            .phrases
            .iter()
            .zip(spread)
            .filter(|(phrase, _)| phrase.1 >= least)
            .map(|(&(phrase, weight), spread)| {
                let rate = weight / (own.mass + PRIOR);
                let background = elsewhere(phrase, weight).max(beside(phrase));
                let score = spread * (rate / background.max(1e-6)).ln() * words(phrase).sqrt();
                Scored { phrase, rate, spread, score }
            })
            .collect();
        scored.sort_by(Scored::best_first);
        scored.truncate(CANDIDATES);
        for term in &mut scored {
            let weight = term.rate * (own.mass + PRIOR);
            let usual = outlets.expected(
                &postings[term.phrase as usize],
                &members[theme],
                elsewhere(term.phrase, weight),
            );
            let background = usual.max(beside(term.phrase)).max(1e-6);
            term.score = term.spread * (term.rate / background).ln() * words(term.phrase).sqrt();
        }
        scored.sort_by(Scored::best_first);
        let label = name(&scored, &vocabulary, &taken, theme);
        taken.insert(label.label.clone());
        labels.push(label);
    }
    labels
}

/// A phrase of a theme.
#[derive(Clone, Copy)]
struct Scored {
    phrase: u32,
    /// Share of the theme's texts that have it.
    rate: f32,
    spread: f32,
    score: f32,
}

impl Scored {
    fn best_first(a: &Self, b: &Self) -> std::cmp::Ordering {
        b.score.total_cmp(&a.score).then(a.phrase.cmp(&b.phrase))
    }
}

/// The label of a theme and its terms, from its phrases, best first; not one that is `taken`.
fn name(scored: &[Scored], vocabulary: &[&str], taken: &FxHashSet<String>, theme: usize) -> Label {
    let mut terms: Vec<(String, f32)> = Vec::new();
    // What names one of its parts counts only as far as it is spread.
    let common = |term: &Scored| if term.spread >= EVEN * term.rate { term.rate } else { 0.0 };
    // Where the theme is all there is, nothing sets it apart: what most of its texts say names it.
    let mut scored = scored.to_vec();
    if scored.iter().all(|term| term.score <= 0.0) {
        scored.iter_mut().for_each(|term| term.score = term.rate);
        scored.sort_by(Scored::best_first);
    }
    let scored = scored.as_slice();
    for term in scored.iter().filter(|term| term.score > 0.0) {
        let longer = completed(*term, scored, vocabulary);
        let phrase = vocabulary[longer.phrase as usize];
        if terms.len() < TERMS && !terms.iter().any(|(known, _)| repeats(known, phrase)) {
            terms.push((phrase.to_owned(), common(&longer)));
        }
    }
    let free = |label: &String| !taken.contains(label);
    let phrases = |least: f32| {
        let long = move |(term, rate): &&(String, f32)| term.contains(' ') && *rate >= least;
        terms.iter().filter(long).map(|(term, _)| term.clone())
    };
    // Where no phrase is common, the theme is broad: a word that is, and a phrase beside it.
    let words = terms.iter().filter(|(term, rate)| !term.contains(' ') && *rate >= COMMON);
    let first: Vec<&String> = words.chain(&terms).map(|(term, _)| term).collect();
    let beside = |word: &String| {
        let second = phrases(SOME).chain(terms.iter().map(|(term, _)| term.clone()));
        second.filter(|other| other != word).map(|other| format!("{word}, {other}")).collect::<Vec<_>>()
    };
    let label = phrases(COMMON)
        .find(free)
        .or_else(|| first.into_iter().flat_map(beside).find(free))
        .or_else(|| terms.iter().map(|(term, _)| term.clone()).find(free))
        .or_else(|| (theme + 1..).map(|n| format!("theme {n}")).find(free))
        .unwrap_or_default();
    Label { label, terms: terms.into_iter().map(|(term, _)| term).collect() }
}

/// The longer phrase that a phrase is nearly always a part of: "affordable care act" for "affordable care".
fn completed(term: Scored, scored: &[Scored], vocabulary: &[&str]) -> Scored {
    let short = vocabulary[term.phrase as usize];
    if !short.contains(' ') {
        return term;
    }
    let longer = |other: &&Scored| {
        let whole = vocabulary[other.phrase as usize];
        let cut = whole.strip_prefix(short).map(|rest| rest.starts_with(' '));
        let cut = cut.or_else(|| whole.strip_suffix(short).map(|rest| rest.ends_with(' ')));
        cut == Some(true) && other.rate >= NEARLY_ALL * term.rate
    };
    match scored.iter().find(longer) {
        Some(longer) => completed(*longer, scored, vocabulary),
        None => term,
    }
}

/// Texts of every theme: those that have enough of their rows in it.
fn texts_of_themes(input: &LabelInput) -> Vec<Vec<u32>> {
    let mut rows = vec![0usize; input.texts.weights.len()];
    input.texts.of_row.iter().for_each(|&text| rows[text as usize] += 1);
    let of_theme = |theme: &Vec<u32>| {
        let mut texts: Vec<u32> = theme.iter().map(|&row| input.texts.of_row[row as usize]).collect();
        texts.sort_unstable();
        let enough = |text: &&[u32]| SHARE * text.len() >= rows[text[0] as usize];
        texts.chunk_by(|a, b| a == b).filter(enough).map(|text| text[0]).collect()
    };
    input.themes.iter().map(of_theme).collect()
}

/// What each outlet writes.
struct Outlets<'a> {
    texts: &'a Texts<'a>,
    /// Weight of the texts of each outlet.
    mass: FxHashMap<u32, f32>,
}

impl<'a> Outlets<'a> {
    fn new(texts: &'a Texts<'a>) -> Self {
        let mut mass = FxHashMap::default();
        for (&outlet, &weight) in texts.outlet.unwrap_or_default().iter().zip(texts.weights) {
            *mass.entry(outlet).or_insert(0.0) += weight;
        }
        Self { texts, mass }
    }

    /// How often a phrase would stand in the texts of a theme (`members`, sorted) if these were like the other texts of
    /// their outlets. `having` are the texts that have it, `elsewhere` how often all other texts do: so often in an outlet
    /// of which nothing else is known.
    fn expected(&self, having: &[u32], members: &[u32], elsewhere: f32) -> f32 {
        let Some(outlet) = self.texts.outlet else { return elsewhere };
        let weight = |text: u32| self.texts.weights[text as usize];
        let mut inside: BTreeMap<u32, f32> = BTreeMap::new();
        members.iter().for_each(|&text| *inside.entry(outlet[text as usize]).or_default() += weight(text));
        let mut outside: BTreeMap<u32, f32> = BTreeMap::new();
        for &text in having.iter().filter(|text| members.binary_search(text).is_err()) {
            *outside.entry(outlet[text as usize]).or_default() += weight(text);
        }
        let all: f32 = inside.values().sum();
        let of_outlet = |(outlet, mass): (&u32, &f32)| {
            let others = (self.mass[outlet] - mass).max(0.0);
            let have = outside.get(outlet).copied().unwrap_or(0.0);
            mass / all * (have + PRIOR * elsewhere) / (others + PRIOR)
        };
        inside.iter().map(of_outlet).sum()
    }
}

/// Every phrase once, numbered by first appearance, and the phrases of every text, each once.
fn index<'a>(input: &LabelInput<'a>) -> (Vec<&'a str>, Vec<Vec<u32>>) {
    let mut number: FxHashMap<&str, u32> = FxHashMap::default();
    let mut vocabulary = Vec::new();
    let mut of_text: Vec<Vec<u32>> = vec![Vec::new(); input.texts.weights.len()];
    for (phrases, &text) in input.phrases.iter().zip(input.texts.of_row) {
        let own = &mut of_text[text as usize];
        own.extend(phrases.iter().map(|phrase| {
            *number.entry(phrase.as_str()).or_insert_with(|| {
                vocabulary.push(phrase.as_str());
                vocabulary.len() as u32 - 1
            })
        }));
    }
    for own in &mut of_text {
        own.sort_unstable();
        own.dedup();
    }
    (vocabulary, of_text)
}

/// Weight of the texts of one theme that have each phrase, sorted by phrase.
struct Counts {
    phrases: Vec<(u32, f32)>,
    mass: f32,
}

impl Counts {
    /// `sum` has a 0 for every phrase, and has so again afterwards.
    fn of(texts: &[u32], of_text: &[Vec<u32>], weights: &[f32], sum: &mut [f32]) -> Self {
        let mut mass = 0.0;
        let mut touched = Vec::new();
        for &text in texts {
            let weight = weights[text as usize];
            mass += weight;
            for &phrase in of_text.get(text as usize).map_or(&[][..], Vec::as_slice) {
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
        labelled_of(rows, themes, None)
    }

    fn labelled_of(rows: &[&[&str]], themes: &[Vec<u32>], outlet: Option<&[u32]>) -> Vec<Label> {
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
        let of_row: Vec<u32> = (0..rows.len() as u32).collect();
        let texts = Texts { of_row: &of_row, weights: &weights, outlet };
        labels(&LabelInput { phrases: &phrases, texts, themes, parent: &parent, rivals: &rivals })
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
    fn a_phrase_stands_for_a_theme_and_is_given_whole() {
        let (act, care): (&[&str], &[&str]) =
            (&["bill", "affordable care", "affordable care act", "care act"], &["bill", "repeal"]);
        let (bank, rate): (&[&str], &[&str]) = (&["bank", "key rate"], &["bank", "loans"]);
        let found = labelled(&[act, act, care, care, bank, rate], &[vec![0, 1, 2, 3], vec![4, 5]]);
        assert_eq!(found[0].label, "affordable care act");
    }

    #[test]
    fn what_an_outlet_writes_everywhere_names_no_theme() {
        let (china, other, far): (&[&str], &[&str], &[&str]) =
            (&["china daily", "trade war"], &["china daily"], &["storm"]);
        let rows = [china, china, china, other, other, other, far, far, far];
        let outlet = [0, 0, 0, 0, 0, 0, 1, 1, 1];
        let themes = [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8]];
        assert_eq!(labelled_of(&rows, &themes, Some(&outlet))[0].label, "trade war");
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
