//! Whether two texts are about the same event.

use throughline_clustering::linkage;
use throughline_clustering::metrics::{adjusted_rand_index, b_cubed};
use throughline_clustering::stories::{EventPair, event_pairs};
use throughline_clustering::weights::event::CUT;

use super::{Problem, Score, matrix};
use crate::gold::{Gold, Groups};
use crate::logistic::logistic;
use crate::sets::{Figure, Judge, Set};
use crate::tools::Tools;

/// `weights/event.toml`.
pub const SCORE: Score =
    Score { name: "event", file: "event", needs: &[GROUPS[0].0, GROUPS[1].0, GROUPS[2].0], prepare };

/// Collections of texts with the event or the claim of each.
pub(super) const GROUPS: [(&str, &str); 3] = [
    ("stories.ecbplus-train", "ECB+ train"),
    ("narratives.emergent-dev", "Emergent dev"),
    ("themes.googlenews-titles", "Google News titles"),
];

/// Most texts of an event in the samples of a collection: in a news day most events have few.
pub(super) const SAMPLES: [usize; 3] = [2, 4, 8];
/// What a collection and each of its samples count: together as much as another collection.
pub(super) const SHARE: f64 = 1.0 / (1.0 + SAMPLES.len() as f64);

fn prepare(gold: &Gold, tools: &Tools) -> anyhow::Result<Vec<Problem>> {
    let mut sets = Vec::new();
    for (file, name) in GROUPS {
        let groups = gold.groups(file)?;
        sets.push(set(name, &groups, tools, true)?);
        for most in SAMPLES {
            sets.push(set(name, &groups.with_few_texts(most), tools, false)?);
        }
    }
    let keys = EventPair::NAMES.to_vec();
    Ok(vec![Problem { what: "", keys, intercept: "intercept", shift: 0.0, sets, with_folds: false }])
}

/// The candidate pairs of a collection, each weighed by one over the size of its event, so that a large event counts as
/// its texts do and not as their pairs.
fn set(name: &str, groups: &Groups, tools: &Tools, is_judged: bool) -> anyhow::Result<Set> {
    let units = tools.articles(&groups.articles)?;
    let names: Vec<String> = units.article.iter().map(|at| groups.names[*at as usize].clone()).collect();
    let (copy_of, pairs) = event_pairs(&units.rows());
    let (gold, weight) = super::same_group(&names, &pairs.iter().map(|p| (p.0, p.1)).collect::<Vec<_>>());
    let ends: Vec<(u32, u32)> = pairs.iter().map(|pair| (pair.0, pair.1)).collect();
    let judge: Judge = Box::new(move |odds| {
        let scored: Vec<(u32, u32, f32)> =
            ends.iter().zip(odds).map(|((a, b), odds)| (*a, *b, logistic(*odds) as f32)).collect();
        let label = linkage::average(names.len(), &scored, 0.0, CUT);
        let found: Vec<u32> = copy_of.iter().map(|row| label[*row as usize]).collect();
        vec![
            Figure { measure: "B-cubed F1", value: b_cubed(&names, &found) },
            Figure { measure: "adjusted Rand index", value: adjusted_rand_index(&names, &found) },
        ]
    });
    Ok(Set {
        name: name.to_owned(),
        features: matrix(pairs.iter().map(|pair| pair.2.values())),
        parts: vec![0; gold.len()],
        gold,
        weight,
        share: SHARE,
        judge: is_judged.then_some(judge),
    })
}
