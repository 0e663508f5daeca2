//! What must hold of themes whatever the rows are.

use ndarray::Array2;
use proptest::prelude::*;

use super::*;
use crate::random::SplitMix;

/// Rows scattered around `topics` random directions, some of them repeated, with ids that do not
/// follow the topics.
struct Made {
    ids: Vec<String>,
    vectors: Array2<f32>,
    group: Vec<u32>,
    phrases: Vec<Vec<String>>,
    topic: Vec<u32>,
}

fn made(rows: usize, topics: usize, noise: f32, seed: u64) -> Made {
    const WIDTH: usize = 16;
    let mut random = SplitMix::new(seed);
    let mut normal = || (0..6).map(|_| random.unit() as f32 - 0.5).sum::<f32>();
    let centroids: Vec<Vec<f32>> = (0..topics).map(|_| (0..WIDTH).map(|_| normal()).collect()).collect();
    let mut vectors = Array2::zeros((rows, WIDTH));
    let mut topic = Vec::new();
    let mut phrases = Vec::new();
    for i in 0..rows {
        let t = (i * 7 + i / 5) % topics.max(1);
        let mut v: Vec<f32> = centroids[t].iter().map(|h| h + noise * normal()).collect();
        centroids::normalise(&mut v);
        vectors.row_mut(i).assign(&ndarray::ArrayView1::from(&v));
        topic.push(t as u32);
        phrases.push(vec![format!("topic {t}"), format!("word {}", i % 9)]);
    }
    let group: Vec<u32> = (0..rows as u32).map(|i| if i % 11 == 10 { i - 10 } else { i }).collect();
    for i in 0..rows {
        let original = vectors.row(group[i] as usize).to_owned();
        vectors.row_mut(i).assign(&original);
        topic[i] = topic[group[i] as usize];
    }
    let ids = (0..rows).map(|i| format!("{i:05}")).collect();
    Made { ids, vectors, group, phrases, topic }
}

fn run(made: &Made, params: ThemeParams) -> Themes {
    let phrases: Vec<&[String]> = made.phrases.iter().map(Vec::as_slice).collect();
    let input = ThemeInput::new(made.vectors.view(), &made.group, &phrases, None).unwrap();
    themes(&input, &params.check().unwrap())
}

fn top(found: &Themes) -> usize {
    found.nodes.iter().filter(|node| node.level == 0).count()
}

fn holds_together(found: &Themes, made: &Made) {
    let rows = made.ids.len();
    assert_eq!(found.rows.len(), rows);
    let mut in_node = vec![Vec::new(); found.nodes.len()];
    for (i, row) in found.rows.iter().enumerate() {
        let nearest = row.nearest.expect("every row has a nearest theme") as usize;
        assert_eq!(found.nodes[nearest].level, 0);
        assert!((0.0..=1.0).contains(&row.strength), "{}", row.strength);
        assert_eq!(row.theme.is_none(), row.reason.is_some());
        assert_eq!(row.path.first().copied(), row.theme);
        for (depth, pair) in row.path.windows(2).enumerate() {
            assert_eq!(found.nodes[pair[1] as usize].parent, Some(pair[0]));
            assert_eq!(found.nodes[pair[1] as usize].level as usize, depth + 1);
        }
        for &node in &row.path {
            in_node[node as usize].push(i as u32);
        }
    }
    let mut labels: Vec<&str> = found.nodes.iter().map(|node| node.label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), found.nodes.len(), "labels are distinct");
    for (node, members) in found.nodes.iter().zip(in_node) {
        assert_eq!(node.members, members);
        assert!(node.representatives.iter().all(|r| members.binary_search(r).is_ok()));
        let mut groups: Vec<u32> = node.representatives.iter().map(|&r| made.group[r as usize]).collect();
        groups.sort_unstable();
        groups.dedup();
        assert_eq!(groups.len(), node.representatives.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_row_has_its_place(
        rows in 1usize..160, topics in 1usize..9, noise in 0f32..2.0, seed: u64,
    ) {
        let made = made(rows, topics, noise, seed);
        holds_together(&run(&made, ThemeParams { seed, ..ThemeParams::default() }), &made);
    }

    #[test]
    fn a_count_is_kept_exactly(
        rows in 1usize..160, topics in 1usize..9, noise in 0.1f32..2.0, count in 1usize..30, seed: u64,
    ) {
        let made = made(rows, topics, noise, seed);
        let mut distinct: Vec<Vec<u32>> =
            made.vectors.rows().into_iter().map(|v| v.iter().map(|x| x.to_bits()).collect()).collect();
        distinct.sort();
        distinct.dedup();
        let found = run(&made, ThemeParams { count: Some(count), bar: 0.0, ..ThemeParams::default() });
        prop_assert_eq!(top(&found), count.min(distinct.len()));
        prop_assert_eq!(found.missing, count.saturating_sub(distinct.len()));
        holds_together(&found, &made);
    }
}

#[test]
fn plain_topics_are_found() {
    let made = made(300, 5, 0.3, 1);
    let found = run(&made, ThemeParams::default());
    assert_eq!(top(&found), 5);
    for (row, topic) in found.rows.iter().zip(&made.topic) {
        let theme = &found.nodes[row.nearest.unwrap() as usize];
        assert!(theme.label.starts_with(&format!("topic {topic}")), "{}", theme.label);
    }
}

#[test]
fn a_sentence_goes_with_its_article() {
    let articles = made(120, 4, 0.3, 2);
    // Sentences of which each alone says hardly more than chance.
    let noise = made(480, 1, 30.0, 3);
    let of_row: Vec<u32> = (0..480).map(|row| row / 4).collect();
    let mut vectors = noise.vectors.clone();
    for (row, mut vector) in vectors.rows_mut().into_iter().enumerate() {
        vector.scaled_add(0.3, &articles.vectors.row(row / 4));
        centroids::normalise(vector.as_slice_mut().unwrap());
    }
    let group: Vec<u32> = (0..480).collect();
    let (phrases, terms) = (vec![&[][..]; 480], vec![&[][..]; 120]);
    let alone = ThemeInput::new(vectors.view(), &group, &phrases, None).unwrap();
    let wholes =
        Wholes { vectors: articles.vectors.view(), group: &articles.group, terms: &terms, of_row: &of_row };
    let found = themes(&alone.within(wholes).unwrap(), &ThemeParams::default().check().unwrap());
    assert_eq!(top(&found), 4);
    let theme: Vec<u32> = found.rows.iter().map(|row| row.nearest.unwrap()).collect();
    let topic: Vec<u32> = of_row.iter().map(|&article| articles.topic[article as usize]).collect();
    let agreement = crate::metrics::adjusted_rand_index(&topic, &theme);
    assert!(agreement > 0.9, "{agreement}");
    assert!(alone.within(Wholes { of_row: &of_row[1..], ..wholes }).is_err());
}

#[test]
fn two_texts_in_forty_copies_each_are_two_themes() {
    let vectors = Array2::from_shape_fn((80, 4), |(i, j)| if j == i % 2 { 1.0 } else { 0.0 });
    let group: Vec<u32> = (0..80).map(|row| row % 2).collect();
    let phrases = vec![&[][..]; 80];
    let input = ThemeInput::new(vectors.view(), &group, &phrases, None).unwrap();
    let found = themes(&input, &ThemeParams::default().check().unwrap());
    assert_eq!(top(&found), 2);
    assert!(found.rows.iter().enumerate().all(|(at, row)| row.theme == found.rows[at % 2].theme));
}

#[test]
fn one_stranger_does_not_shatter_a_matter() {
    let mut made = made(31, 1, 0.6, 4);
    made.group = (0..31).collect();
    let turned: Vec<f32> = made.vectors.row(0).iter().map(|x| -x).collect();
    made.vectors.row_mut(30).assign(&ndarray::ArrayView1::from(&turned));
    let found = run(&made, ThemeParams::default());
    assert_eq!(top(&found), 1);
    assert_eq!((found.rows[30].theme, found.rows[30].reason), (None, Some(Reason::TooFar)));
    assert!(found.rows[..30].iter().filter(|row| row.theme.is_some()).count() >= 25);
}

#[test]
fn a_reader_can_ask_for_broad_or_fine_themes() {
    let made = made(1200, 80, 0.5, 5);
    let of = |scale| top(&run(&made, ThemeParams { scale: Some(scale), ..ThemeParams::default() }));
    let (broad, middle, fine) = (of(Scale::Broad), of(Scale::Middle), of(Scale::Fine));
    // Where the rows have no so many, the most that they have.
    assert!(
        (3..16).contains(&broad) && (16..61).contains(&middle) && fine >= middle,
        "{broad} {middle} {fine}"
    );
}

#[test]
fn nothing_gives_nothing() {
    let made = made(0, 1, 0.1, 0);
    let found = run(&made, ThemeParams { count: Some(3), ..ThemeParams::default() });
    assert_eq!((found.nodes.len(), found.rows.len(), found.missing), (0, 0, 3));
}

#[test]
fn the_same_row_a_hundred_times_is_one_theme() {
    let mut made = made(100, 1, 0.0, 0);
    made.group = (0..100).collect();
    let found = run(&made, ThemeParams::default());
    assert_eq!(top(&found), 1);
    holds_together(&found, &made);
}

#[test]
fn threads_do_not_change_a_bit() {
    let made = made(400, 6, 0.8, 3);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(&made, ThemeParams::default()))
    };
    assert_eq!(with(1), with(2));
}

/// Themes of five plain topics, and what they are like after some changes.
fn edited(edits: impl Fn(&Themes, &Made) -> Vec<Edit>) -> (Made, Edited) {
    let made = made(300, 5, 0.3, 1);
    let phrases: Vec<&[String]> = made.phrases.iter().map(Vec::as_slice).collect();
    let input = ThemeInput::new(made.vectors.view(), &made.group, &phrases, None).unwrap();
    let found = themes(&input, &ThemeParams::default().check().unwrap());
    let edits = edits(&found, &made);
    let edited = edit(&input, found, &edits);
    holds_together(&edited.themes, &made);
    (made, edited)
}

/// The theme of a topic.
fn theme_of(found: &Themes, made: &Made, topic: u32) -> u32 {
    let row = made.topic.iter().position(|t| *t == topic).unwrap();
    found.rows[row].nearest.unwrap()
}

/// Some rows of a topic.
fn anchors(made: &Made, topic: u32) -> Array2<f32> {
    let rows: Vec<usize> = (0..made.ids.len()).filter(|&i| made.topic[i] == topic).take(3).collect();
    made.vectors.select(ndarray::Axis(0), &rows)
}

#[test]
fn joined_themes_stand_below_the_new_one() {
    let (made, edited) = edited(|found, made| {
        let themes = vec![theme_of(found, made, 0), theme_of(found, made, 3)];
        vec![Edit::Merge { themes, label: Some("both".to_owned()) }]
    });
    let found = &edited.themes;
    assert_eq!(edited.applied, [true]);
    assert_eq!(top(found), 4);
    let both = theme_of(found, &made, 0);
    assert_eq!(both, theme_of(found, &made, 3));
    assert_eq!(edited.named, [(both, "both".to_owned())]);
    let below: Vec<_> = found.nodes.iter().filter(|node| node.parent == Some(both)).collect();
    assert_eq!(below.len(), 2);
    assert!(below.iter().all(|node| node.stability.is_some()));
    assert!(found.nodes[both as usize].stability.is_none());
}

#[test]
fn a_joined_theme_can_be_split_again_by_what_its_parts_are_like() {
    let (made, edited) = edited(|found, made| {
        let themes = vec![theme_of(found, made, 0), theme_of(found, made, 3)];
        let of = |topic: u32| Anchored { label: format!("topic {topic}"), anchors: anchors(made, topic) };
        let new = found.nodes.len() as u32;
        vec![Edit::Merge { themes, label: None }, Edit::Split { theme: new, parts: vec![of(0), of(3)] }]
    });
    let found = &edited.themes;
    assert_eq!(top(found), 5);
    for (row, topic) in found.rows.iter().zip(&made.topic) {
        assert_eq!(row.nearest, Some(theme_of(found, &made, *topic)));
    }
    assert_eq!(edited.named.len(), 2);
}

#[test]
fn a_pin_names_the_theme_that_is_there_and_makes_the_one_that_is_not() {
    let (made, edited) =
        edited(|_, made| vec![Edit::Pin(Anchored { label: "pinned".to_owned(), anchors: anchors(made, 2) })]);
    assert_eq!(top(&edited.themes), 5);
    assert_eq!(edited.named, [(theme_of(&edited.themes, &made, 2), "pinned".to_owned())]);

    let (made, edited) = edited_of_joined();
    assert_eq!(top(&edited.themes), 5);
    let pinned = edited.named.iter().find(|(_, name)| name == "pinned").unwrap().0;
    let right = (0..300).filter(|&i| (made.topic[i] == 3) == (edited.themes.rows[i].nearest == Some(pinned)));
    assert!(right.count() > 285);
}

/// A topic that was lost in a joined theme is pinned.
fn edited_of_joined() -> (Made, Edited) {
    edited(|found, made| {
        let themes = vec![theme_of(found, made, 0), theme_of(found, made, 3)];
        let pin = Anchored { label: "pinned".to_owned(), anchors: anchors(made, 3) };
        vec![Edit::Merge { themes, label: Some("both".to_owned()) }, Edit::Pin(pin)]
    })
}

#[test]
fn what_is_not_there_is_not_changed() {
    let (_, edited) = edited(|found, _| {
        let gone = found.nodes.len() as u32 + 7;
        vec![
            Edit::Split { theme: gone, parts: Vec::new() },
            Edit::Merge { themes: vec![0, gone], label: None },
            Edit::Rename { theme: gone, label: "x".to_owned() },
        ]
    });
    assert_eq!(edited.applied, [false; 3]);
    assert_eq!(top(&edited.themes), 5);
    assert!(edited.named.is_empty());
}
