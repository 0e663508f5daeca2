//! The levels of a hierarchy of themes, and how each theme is described: representatives, quality, label.

use super::labels::{LabelInput, Texts, labels};
use super::points::Copies;
use super::quality::{Origins, measure};
use super::types::{RowTheme, ThemeInput, ThemeNode};

/// One level of the hierarchy being built: rows placed in each of its themes.
pub(super) struct Level {
    pub(super) members: Vec<Vec<u32>>,
    pub(super) parent: Vec<Option<u32>>,
    pub(super) stability: Vec<Option<f32>>,
}

/// The finer themes of each theme of the last of `levels` that has more than one, and the rows' paths to them. `fine` names
/// the finer theme of a row, if it has one, `stability` knows its stability.
pub(super) fn children<F: Copy + Ord>(
    levels: &[Level],
    fine: impl Fn(u32) -> Option<F>,
    stability: impl Fn(F) -> Option<f32>,
    places: &mut [RowTheme],
) -> Level {
    let nodes = |levels: &[Level]| levels.iter().map(|level| level.members.len()).sum::<usize>();
    let (first, next) = (nodes(&levels[..levels.len() - 1]), nodes(levels));
    let mut below = Level { members: Vec::new(), parent: Vec::new(), stability: Vec::new() };
    for (theme, rows) in levels[levels.len() - 1].members.iter().enumerate() {
        let mut both: Vec<(F, u32)> = rows.iter().filter_map(|&row| Some((fine(row)?, row))).collect();
        both.sort_unstable();
        let mut parts: Vec<(F, Vec<u32>)> = both
            .chunk_by(|a, b| a.0 == b.0)
            .map(|part| (part[0].0, part.iter().map(|p| p.1).collect()))
            .collect();
        if parts.len() < 2 {
            continue;
        }
        parts.sort_by_key(|(_, rows)| (std::cmp::Reverse(rows.len()), rows.first().copied()));
        for (part, rows) in parts {
            let node = (next + below.members.len()) as u32;
            for &row in &rows {
                places[row as usize].path.push(node);
            }
            below.members.push(rows);
            below.parent.push(Some((first + theme) as u32));
            below.stability.push(stability(part));
        }
    }
    below
}

/// The themes of all levels, described.
pub(super) fn describe(input: &ThemeInput, levels: Vec<Level>) -> Vec<ThemeNode> {
    let copies = Copies::new(input.group);
    let origins = Origins { point: &copies.of_row, outlet: input.outlet };
    let weights = copies.row_weights();
    let mut nodes = Vec::new();
    let mut members: Vec<Vec<u32>> = Vec::new();
    let mut rivals: Vec<Vec<u32>> = Vec::new();
    for (level, themes) in levels.into_iter().enumerate() {
        let first = members.len() as u32;
        let quality = measure(input.vectors, &weights, &themes.members, &themes.parent, &origins);
        for (i, near) in quality.rivals.iter().enumerate() {
            rivals.push(near.iter().map(|other| first + other).collect());
            nodes.push(ThemeNode {
                parent: themes.parent[i],
                level: level as u32,
                label: String::new(),
                terms: Vec::new(),
                members: Vec::new(),
                representatives: quality.representatives[i].clone(),
                cohesion: quality.cohesion[i],
                separation: quality.separation[i],
                stability: themes.stability[i],
            });
        }
        members.extend(themes.members);
    }
    let parent: Vec<Option<u32>> = nodes.iter().map(|node| node.parent).collect();
    let texts = LabelTexts::of(input, &weights);
    let labels = labels(&LabelInput {
        phrases: input.phrases,
        texts: texts.view(),
        themes: &members,
        parent: &parent,
        rivals: &rivals,
    });
    for ((node, rows), label) in nodes.iter_mut().zip(members).zip(labels) {
        node.members = rows;
        node.label = label.label;
        node.terms = label.terms;
    }
    nodes
}

/// The texts that labels are counted in: the articles that rows are parts of, or the rows.
struct LabelTexts {
    of_row: Vec<u32>,
    weights: Vec<f32>,
    outlet: Option<Vec<u32>>,
}

impl LabelTexts {
    fn of(input: &ThemeInput, weights: &[f32]) -> Self {
        let Some(wholes) = &input.wholes else {
            let of_row = (0..weights.len() as u32).collect();
            return Self { of_row, weights: weights.to_vec(), outlet: input.outlet.map(<[u32]>::to_vec) };
        };
        let outlet = input.outlet.map(|outlet| {
            let mut of_whole = vec![0; wholes.group.len()];
            for (&whole, &outlet) in wholes.of_row.iter().zip(outlet) {
                of_whole[whole as usize] = outlet;
            }
            of_whole
        });
        let weights = Copies::new(wholes.group).row_weights();
        Self { of_row: wholes.of_row.to_vec(), weights, outlet }
    }

    fn view(&self) -> Texts<'_> {
        Texts { of_row: &self.of_row, weights: &self.weights, outlet: self.outlet.as_deref() }
    }
}
