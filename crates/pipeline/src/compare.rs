//! Two articles side by side: statements aligned where they say the same, and where they disagree.

use std::collections::BTreeMap;

use throughline_clustering::{ValidNarrativeParams, narratives, score_pairs};
use throughline_embedding::Encoder;
use throughline_schema::tables::CompareRow;
use throughline_schema::{Article, Statement};

use crate::narratives::pair_differences;
use crate::progress::Reporter;
use crate::{PipelineError, Texts, Units};

/// Every statement of both articles once: aligned pairs at the place of `a`'s statement, then what only `b` says.
///
/// A statement of `a` and one of `b` are aligned where a narrative joins them; of several, the pair of the
/// highest cosine is taken first (greedy one-to-one matching).
pub fn compare(
    a: Article,
    b: Article,
    encoder: &dyn Encoder,
    params: &ValidNarrativeParams,
    reporter: &dyn Reporter,
) -> Result<Vec<CompareRow>, PipelineError> {
    let articles = [a, b];
    let texts = Texts::read(&articles, reporter);
    let units = Units::statements(&texts, encoder, reporter)?;
    let statements: Vec<&Statement> = texts.statements().collect();
    let rows = units.rows();

    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for narrative in narratives(&rows, &units.article, params) {
        let (ours, theirs): (Vec<u32>, Vec<u32>) =
            narrative.members.iter().map(|m| m.row).partition(|&row| units.article[row as usize] == 0);
        pairs.extend(ours.iter().flat_map(|&i| theirs.iter().map(move |&j| (i, j))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let verdicts = score_pairs(&rows, &pairs);
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by(|&x, &y| {
        verdicts[y].semantic.total_cmp(&verdicts[x].semantic).then(pairs[x].cmp(&pairs[y]))
    });
    let mut partner: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    let mut taken = vec![false; statements.len()];
    for at in order {
        let (i, j) = pairs[at];
        if !taken[i as usize] && !taken[j as usize] {
            taken[i as usize] = true;
            taken[j as usize] = true;
            partner.insert(i, (j, at));
        }
    }

    let mut out = Vec::new();
    for (i, statement) in statements.iter().enumerate() {
        let lone = |kind: &str| CompareRow {
            kind: kind.to_owned(),
            a: None,
            b: None,
            a_text: None,
            b_text: None,
            relation: None,
            score: None,
            differences: Vec::new(),
        };
        match (units.article[i], partner.get(&(i as u32))) {
            (0, Some(&(j, at))) => {
                let other = statements[j as usize];
                out.push(CompareRow {
                    kind: "aligned".to_owned(),
                    a: Some(statement.id.clone()),
                    b: Some(other.id.clone()),
                    a_text: Some(statement.text.clone()),
                    b_text: Some(other.text.clone()),
                    relation: Some(verdicts[at].relation.as_str().to_owned()),
                    score: Some(verdicts[at].score),
                    differences: pair_differences(&units, i as u32, j),
                });
            }
            (0, None) => out.push(CompareRow {
                a: Some(statement.id.clone()),
                a_text: Some(statement.text.clone()),
                ..lone("only_a")
            }),
            _ if !taken[i] => out.push(CompareRow {
                b: Some(statement.id.clone()),
                b_text: Some(statement.text.clone()),
                ..lone("only_b")
            }),
            _ => {}
        }
    }
    Ok(out)
}
