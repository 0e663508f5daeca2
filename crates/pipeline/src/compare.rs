//! Two articles side by side: statements aligned where they say the same, and where they disagree.

use std::collections::BTreeMap;

use throughline_clustering::duplicates::passages::PassageParams;
use throughline_clustering::duplicates::score_pairs;
use throughline_clustering::narratives::{ValidNarrativeParams, same_claim};
use throughline_embedding::Encoder;
use throughline_schema::tables::CompareRow;
use throughline_schema::{Alignment, Article, NarrativeId, Statement};
use throughline_tokenisation::boilerplate::Listed;

use crate::narratives::FoundNarratives;
use crate::narratives::differing::Differing;
use crate::progress::Reporter;
use crate::shared_passages::PlacedText;
use crate::{PipelineError, Texts, Units};

/// Every statement of both articles once: aligned pairs at the place of `a`'s statement, then what only `b` says.
///
/// A statement of `a` and one of `b` are aligned where a narrative joins them; of several, the pair that most likely
/// makes the same claim is taken first (greedy one-to-one matching).
///
/// # Errors
/// The model fails.
pub fn compare(
    a: Article,
    b: Article,
    encoder: &dyn Encoder,
    params: &ValidNarrativeParams,
    listed: &Listed,
    reporter: &dyn Reporter,
) -> Result<Vec<CompareRow>, PipelineError> {
    let articles = [a, b];
    let texts = Texts::read_with(&articles, listed, reporter);
    let units = Units::statements(&texts, encoder, reporter)?;
    let whole = Units::articles(&articles, &texts, encoder, reporter)?;
    let statements: Vec<&Statement> = texts.statements().collect();
    let found = FoundNarratives::find(&units, &whole, params, reporter);
    let mut narrative: Vec<Option<&NarrativeId>> = vec![None; statements.len()];
    for (of, id) in found.narratives.iter().zip(&found.ids) {
        of.members.iter().for_each(|member| narrative[member.row as usize] = Some(id));
    }
    let aligned = align(&found, &units, &whole);
    let pairs: Vec<(u32, u32)> = aligned.iter().map(|(&i, &(j, _))| (i, j)).collect();
    let verdicts = score_pairs(&units.rows(), &pairs);
    let verdict_of: BTreeMap<u32, usize> = pairs.iter().zip(0..).map(|((i, _), at)| (*i, at)).collect();
    let taken: Vec<u32> = aligned.values().map(|(j, _)| *j).collect();

    let differing = Differing::new(&units);
    let mut out = Vec::new();
    for (row, statement) in (0..).zip(&statements) {
        let alone = alone(statement, units.article[row as usize] == 0, narrative[row as usize]);
        match aligned.get(&row) {
            Some(&(other, claim)) => {
                let verdict = &verdicts[verdict_of[&row]];
                let there = statements[other as usize];
                let words = |article: usize, statement: &Statement| {
                    PlacedText::of_span(&articles[article], statement.span)
                };
                out.push(CompareRow {
                    kind: Alignment::Aligned,
                    b: Some(there.id.clone()),
                    b_text: Some(there.text.clone()),
                    relation: Some(verdict.relation),
                    score: Some(verdict.score),
                    differences: differing.pair(row, other),
                    same_claim: Some(claim),
                    passages: words(0, statement).shared(&words(1, there), PassageParams::STATEMENTS),
                    b_char_start: Some(there.span.char_start),
                    b_char_end: Some(there.span.char_end),
                    ..alone
                });
            }
            None if !taken.contains(&row) => out.push(alone),
            None => {}
        }
    }
    Ok(out)
}

/// For each aligned statement of the first article the one of the second, and the probability that they make the
/// same claim.
fn align(found: &FoundNarratives, units: &Units, whole: &Units) -> BTreeMap<u32, (u32, f32)> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for narrative in &found.narratives {
        let (ours, theirs): (Vec<u32>, Vec<u32>) =
            narrative.members.iter().map(|m| m.row).partition(|&row| units.article[row as usize] == 0);
        pairs.extend(ours.iter().flat_map(|&i| theirs.iter().map(move |&j| (i, j))));
        // Who says the opposite stands beside what it contradicts.
        pairs.extend(
            narrative.opposed.iter().filter(|(a, b)| units.article[*a as usize] < units.article[*b as usize]),
        );
    }
    let vectors = whole.by_article(2);
    let claims = same_claim(&units.rows(), &units.contexts(vectors.view()), &pairs);
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by(|&x, &y| claims[y].total_cmp(&claims[x]).then(pairs[x].cmp(&pairs[y])));
    let mut aligned = BTreeMap::new();
    let mut taken = vec![false; units.ids.len()];
    for at in order {
        let (i, j) = pairs[at];
        if !taken[i as usize] && !taken[j as usize] {
            taken[i as usize] = true;
            taken[j as usize] = true;
            aligned.insert(i, (j, claims[at]));
        }
    }
    aligned
}

/// A statement that only one of the two makes.
fn alone(statement: &Statement, first: bool, narrative: Option<&NarrativeId>) -> CompareRow {
    let side = |a: bool| (a == first).then_some(statement);
    CompareRow {
        kind: if first { Alignment::OnlyA } else { Alignment::OnlyB },
        a: side(true).map(|s| s.id.clone()),
        b: side(false).map(|s| s.id.clone()),
        a_text: side(true).map(|s| s.text.clone()),
        b_text: side(false).map(|s| s.text.clone()),
        relation: None,
        score: None,
        differences: Vec::new(),
        same_claim: None,
        passages: Vec::new(),
        a_char_start: side(true).map(|s| s.span.char_start),
        a_char_end: side(true).map(|s| s.span.char_end),
        b_char_start: side(false).map(|s| s.span.char_start),
        b_char_end: side(false).map(|s| s.span.char_end),
        narrative_id: narrative.cloned(),
    }
}
