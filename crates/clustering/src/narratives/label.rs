//! The member that stands for a narrative.

use throughline_schema::TextFeatures;

/// How far below the best mean score a member may stand and still be as central.
const CENTRAL: f32 = 0.1;
/// Words of the shortest and of the longest statement that reads well by itself.
const WORDS: std::ops::RangeInclusive<usize> = 8..=35;

/// Of the members most like the others, the one that tells most by itself. `likeness` sums each member's scores.
///
/// A reader sees it without its article, so it should name who or what it is about, and be neither a scrap nor half a
/// page. Among equals the one most like the others is taken, then the first.
pub(super) fn most_telling(group: &[u32], likeness: &[f32], features: &[TextFeatures]) -> u32 {
    let others = group.len().saturating_sub(1).max(1) as f32;
    let best = likeness.iter().copied().fold(0.0, f32::max);
    let central = (0..group.len()).filter(|&at| (best - likeness[at]) / others <= CENTRAL);
    let telling = central.max_by(|&a, &b| {
        let [x, y] = [a, b].map(|at| self_contained(&features[group[at] as usize]));
        x.cmp(&y).then(likeness[a].total_cmp(&likeness[b])).then(b.cmp(&a))
    });
    group[telling.unwrap_or(0)]
}

/// How well a statement is understood without its article.
fn self_contained(features: &TextFeatures) -> usize {
    let named = features.names.len().min(2);
    let counted = (features.figures.len() + features.dates.len()).min(1);
    let readable = if WORDS.contains(&features.words.len()) { 2 } else { 0 };
    named + counted + readable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(words: usize, names: usize) -> TextFeatures {
        TextFeatures {
            words: (0..words as u32).collect(),
            names: vec![String::new(); names],
            name_stems: vec![Vec::new(); names],
            ..TextFeatures::default()
        }
    }

    #[test]
    fn of_two_the_one_that_names_its_matter_stands_for_both() {
        let features = [statement(9, 0), statement(12, 2)];
        assert_eq!(most_telling(&[0, 1], &[0.8, 0.8], &features), 1);
        let features = [statement(12, 1), statement(80, 2)];
        assert_eq!(most_telling(&[0, 1], &[0.8, 0.8], &features), 0);
    }

    #[test]
    fn a_member_far_from_the_others_stands_for_nobody() {
        let features = [statement(12, 0), statement(12, 0), statement(12, 2)];
        assert_eq!(most_telling(&[0, 1, 2], &[1.8, 1.7, 1.2], &features), 0);
    }
}
