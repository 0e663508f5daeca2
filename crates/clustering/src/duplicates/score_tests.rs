//! The scores of made-up pairs.

use super::*;
use crate::random::mix;
use ndarray::{Array2, arr2};
use throughline_schema::Figure;

fn text(seed: u64, words: u64) -> Vec<u32> {
    (0..words).map(|place| mix(seed << 32 | place) as u32).collect()
}

fn features(words: &[u32]) -> TextFeatures {
    let mut grams = words.to_vec();
    grams.sort_unstable();
    grams.dedup();
    TextFeatures { words: words.to_vec(), stems: words.to_vec(), grams, ..TextFeatures::default() }
}

/// Verdicts of the first text with the others, each with the same cosine to it.
fn verdicts(texts: &[Vec<u32>], cosine: f32) -> Vec<Verdict> {
    let features: Vec<TextFeatures> = texts.iter().map(|words| features(words)).collect();
    let ids: Vec<String> = (0..texts.len()).map(|i| format!("{i:03}")).collect();
    let across = (1.0 - cosine * cosine).sqrt();
    let vectors = Array2::from_shape_fn((texts.len(), texts.len()), |(i, j)| match (i, j) {
        (0, 0) => 1.0,
        (_, 0) => cosine,
        _ if i == j => across,
        _ => 0.0,
    });
    let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
    let scorer = Scorer::new(&rows);
    (1..texts.len() as u32)
        .map(|other| {
            let (there, back) = (scorer.score(0, other), scorer.score(other, 0));
            assert_eq!((there.score, there.a_in_b), (back.score, back.b_in_a));
            there
        })
        .collect()
}

fn verdict(texts: [Vec<u32>; 2], cosine: f32) -> Verdict {
    verdicts(&texts, cosine)[0]
}

/// `words` with the given share of them replaced, wherever chance puts them.
fn edited(words: &[u32], seed: u64, per_cent: u64) -> Vec<u32> {
    let chance = |place: usize| mix(mix(seed) ^ place as u64);
    let replace = |(place, word): (usize, &u32)| match chance(place) % 100 < per_cent {
        true => chance(place) as u32,
        false => *word,
    };
    words.iter().enumerate().map(replace).collect()
}

#[test]
fn a_text_is_identical_to_itself() {
    let found = verdict([text(1, 30), text(1, 30)], 1.0);
    assert_eq!((found.relation, found.score, found.a_in_b), (Relation::Identical, 1.0, 1.0));
}

#[test]
fn half_of_an_article_is_a_near_copy_and_another_article_on_the_event_is_not() {
    let article = text(1, 200);
    let cut = article[60..160].to_vec();
    assert_eq!(verdict([article.clone(), cut], 0.75).relation, Relation::NearCopy);
    assert_eq!(verdict([article, text(2, 200)], 0.85).relation, Relation::Related);
}

#[test]
fn pages_that_share_only_their_boilerplate_are_no_copies() {
    let (boilerplate, own) = (text(1, 150), 5);
    let page = |seed| [text(seed, own), boilerplate.clone()].concat();
    assert!(verdict([page(2), page(3)], 0.5).score < 0.5);
    assert!(verdict([page(2), page(3)], 0.95).score > 0.5);
}

#[test]
fn a_copy_with_its_parts_moved_is_found() {
    let article = text(1, 200);
    let moved = edited(&[&article[120..], &article[..120]].concat(), 5, 30);
    assert!(verdict([article, moved], 0.75).score > 0.5);
    // The vectors of long texts read other parts.
    let article = text(1, 500);
    let moved = edited(&[&article[300..], &article[..300]].concat(), 5, 5);
    assert!(verdict([article, moved], 0.5).score > 0.5);
}

#[test]
fn a_short_report_that_was_cut_is_found() {
    let report = text(1, 60);
    assert!(verdict([report.clone(), edited(&report[..40], 5, 10)], 0.75).score > 0.5);
}

/// Texts of 30 or 100 words, three fifths of them from one template.
fn notices(words: u64) -> Vec<Vec<u32>> {
    let template = text(1, words * 3 / 5);
    let own = |seed: u64| text(seed, words * 2 / 5);
    let woven = |seed: u64| -> Vec<u32> {
        let parts = template.chunks(6).zip(own(seed).chunks(4).map(<[u32]>::to_vec).collect::<Vec<_>>());
        parts.flat_map(|(shared, own)| [shared.to_vec(), own]).flatten().collect()
    };
    (2..102).map(woven).collect()
}

#[test]
fn notices_from_one_template_are_no_duplicates_and_a_copy_among_them_is() {
    for (words, edits) in [(30, 10), (100, 20)] {
        let mut texts = notices(words);
        texts.push(edited(&texts[0], 5, edits));
        let found = verdicts(&texts, 0.75);
        let (copy, others) = found.split_last().unwrap();
        assert!(copy.score > 0.5, "{words}: {}", copy.score);
        assert!(others.iter().all(|other| other.score < 0.5), "{words}: {others:?}");
    }
}

#[test]
fn a_crowd_of_copies_is_no_template() {
    let report = text(1, 150);
    let others = || (2..102).map(|seed| text(seed, 150));
    let nearly_the_same: Vec<Vec<u32>> =
        (0..100).map(|seed| edited(&report, seed, 8)).chain(others()).collect();
    let mut printed = vec![report.clone(); 99];
    printed.insert(0, edited(&report, 7, 25));
    let the_same_and_one_edited: Vec<Vec<u32>> = printed.into_iter().chain(others()).collect();
    for texts in [nearly_the_same, the_same_and_one_edited] {
        let found = verdicts(&texts, 0.8);
        assert!(found[..99].iter().all(|copy| copy.score > 0.5));
        assert!(found[99..].iter().all(|other| other.score < 0.5));
    }
}

#[test]
fn figures_that_differ_throughout_lower_the_score() {
    let notice = text(1, 60);
    let score = |figures: [[f64; 3]; 2]| {
        let texts = [notice.clone(), edited(&notice, 5, 25)];
        let mut features = texts.map(|words| features(&words));
        for (features, values) in features.iter_mut().zip(figures) {
            let figure = |value| Figure {
                text: String::new(),
                value,
                low: value,
                high: value,
                unit: String::new(),
                about: vec![],
            };
            features.figures = values.map(figure).to_vec();
        }
        let ids = ["a".to_owned(), "b".to_owned()];
        let vectors: Array2<f32> = arr2(&[[1.0, 0.0], [0.8, 0.6]]);
        Scorer::new(&Rows::new(&ids, vectors.view(), None, &features).unwrap()).score(0, 1).score
    };
    let (same, other) = (score([[1.0, 2.0, 3.0]; 2]), score([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]));
    assert!(same > 0.9 && other < same - 0.2, "{same} {other}");
}

#[test]
fn a_denial_lowers_the_score() {
    let mut texts = [text(1, 12), text(1, 12)].map(|words| features(&words));
    texts[1].words[11] = 7;
    let ids = ["a".to_owned(), "b".to_owned()];
    let vectors: Array2<f32> = arr2(&[[1.0, 0.0], [0.8, 0.6]]);
    let score = |texts: &[TextFeatures]| {
        Scorer::new(&Rows::new(&ids, vectors.view(), None, texts).unwrap()).score(0, 1).score
    };
    let plain = score(&texts);
    texts[1].negated = true;
    assert!(score(&texts) < plain);
}

#[test]
fn empty_texts_are_no_duplicates() {
    assert!(verdict([vec![], vec![]], 0.0).score < 0.5);
    assert!(verdict([vec![], text(1, 100)], 0.0).score < 0.5);
}
