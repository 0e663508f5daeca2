//! Narratives of made-up statements.

use throughline_schema::TextFeatures;

use super::*;
use ndarray::Array2;

/// Twelve articles of six statements; the claims 0 and 1 are made by four articles each, in vectors
/// that lean to a common direction and in shared words.
fn corpus() -> (Vec<String>, Array2<f32>, Vec<TextFeatures>, Vec<u32>) {
    let n = 72;
    let claim = |i: usize| if i.is_multiple_of(6) && i / 6 < 8 { Some(i / 6 % 2) } else { None };
    let mut vectors = Array2::from_shape_fn((n, 80), |(i, j)| match (claim(i), j) {
        (Some(c), _) if j == 76 + c => 3.0,
        (_, 79) => 0.6,
        _ if j == i => 1.0,
        _ => 0.0,
    });
    for mut row in vectors.rows_mut() {
        let length = row.iter().map(|x: &f32| x * x).sum::<f32>().sqrt();
        row /= length;
    }
    let features = (0..n as u32)
        .map(|i| {
            let own = [1000 + 3 * i, 1001 + 3 * i, 1002 + 3 * i];
            let shared = claim(i as usize).map(|c| [c as u32 * 2, c as u32 * 2 + 1]);
            let stems: Vec<u32> = shared.into_iter().flatten().chain(own).collect();
            TextFeatures { words: stems.clone(), grams: stems.clone(), stems, ..TextFeatures::default() }
        })
        .collect();
    let ids = (0..n).map(|i| format!("{i:03}")).collect();
    (ids, vectors, features, (0..n as u32).map(|i| i / 6).collect())
}

fn find(order: &[usize]) -> Vec<(String, Vec<String>)> {
    let (ids, vectors, features, article) = corpus();
    let named: Vec<String> = order.iter().map(|i| ids[*i].clone()).collect();
    let vectors = vectors.select(ndarray::Axis(0), order);
    let features: Vec<TextFeatures> = order.iter().map(|i| features[*i].clone()).collect();
    let article: Vec<u32> = order.iter().map(|i| article[*i]).collect();
    let rows = Rows::new(&named, vectors.view(), None, &features).unwrap();
    let alike = Array2::from_elem((12, 1), 1.0);
    let claims = vec![true; order.len()];
    let contexts = Contexts::new(&rows, &article, alike.view(), &claims).unwrap();
    let found = narratives(&rows, &contexts, &NarrativeParams::default().check().unwrap());
    let mut named: Vec<(String, Vec<String>)> = found
        .iter()
        .map(|n| {
            assert!(n.cohesion > 0.0 && n.members.iter().all(|m| m.score >= n.cohesion));
            let mut members: Vec<String> = n.members.iter().map(|m| named[m.row as usize].clone()).collect();
            members.sort();
            (members[0].clone(), members)
        })
        .collect();
    named.sort();
    named
}

#[test]
fn each_claim_is_a_narrative_and_the_rest_is_none() {
    let found = find(&(0..72).collect::<Vec<_>>());
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].1, ["000", "012", "024", "036"]);
    assert_eq!(found[1].1, ["006", "018", "030", "042"]);
}

#[test]
fn what_an_article_says_twice_keeps_no_statement_from_its_counterparts() {
    let (ids, mut vectors, mut features, article) = corpus();
    // The second statement says what the first one says, and is far from the others that do.
    let mut set = |row: usize, parts: [(usize, f32); 3]| {
        let length = parts.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
        vectors.row_mut(row).fill(0.0);
        parts.iter().for_each(|(at, x)| vectors[[row, *at]] = x / length);
    };
    set(0, [(0, 3.0), (76, 3.0), (79, 0.6)]);
    set(1, [(0, 3.0), (76, 0.3), (79, 0.6)]);
    let own = vec![1000, 1001, 1002];
    features[1] =
        TextFeatures { words: own.clone(), grams: own.clone(), stems: own, ..TextFeatures::default() };
    let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
    let alike = Array2::from_elem((12, 1), 1.0);
    let contexts = Contexts::new(&rows, &article, alike.view(), &[true; 72]).unwrap();
    let same = same_claim(&rows, &contexts, &[(0, 1), (0, 12), (1, 12)]);
    assert!(same[0] > same[1] && same[1] > 0.5 && same[2] < 0.25, "{same:?}");
    let found = narratives(&rows, &contexts, &NarrativeParams::default().check().unwrap());
    let with_first = found.iter().find(|n| n.members.iter().any(|member| member.row == 0)).unwrap();
    assert_eq!(with_first.members.len(), 4);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let plain: Vec<usize> = (0..72).collect();
    let shuffled: Vec<usize> = (0..72).map(|i| i * 29 % 72).collect();
    assert_eq!(find(&plain), find(&shuffled));
}

#[test]
fn a_sentence_that_leans_on_its_article_joins_no_others() {
    let (ids, vectors, features, article) = corpus();
    let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
    let same = |context: &Array2<f32>| {
        let contexts = Contexts::new(&rows, &article, context.view(), &[true; 72]).unwrap();
        same_claim(&rows, &contexts, &[(0, 12)])[0]
    };
    assert!(same(&Array2::from_elem((12, 1), 1.0)) > 0.5);
    assert!(same(&Array2::eye(12)) < 0.5);
}

#[test]
fn names_alone_make_no_claim() {
    let (ids, vectors, mut features, article) = corpus();
    let alike = Array2::from_elem((12, 1), 1.0);
    let mut same = |pair: (u32, u32), names: Vec<u32>| {
        features[0].name_stems = vec![names];
        let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
        let contexts = Contexts::new(&rows, &article, alike.view(), &[true; 72]).unwrap();
        same_claim(&rows, &contexts, &[pair])[0]
    };
    assert_eq!(same((0, 12), vec![]), same((0, 12), vec![0]));
    assert!(same((0, 12), vec![0, 1]) < same((0, 12), vec![0]));
    // Where no word is shared, none of the names is.
    assert_eq!(same((0, 6), vec![0, 1]), same((0, 6), vec![]));
}

#[test]
fn parameters_outside_their_range_are_refused() {
    assert!(NarrativeParams { floor: 0.6, ..NarrativeParams::default() }.check().is_err());
}
