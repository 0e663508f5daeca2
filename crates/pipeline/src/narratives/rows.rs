//! Narratives among whole rows of the input, such as headlines: rows that report the same claim.

use std::collections::BTreeMap;

use throughline_clustering::duplicates::{Scorer, score_pairs};
use throughline_clustering::narratives::{Forms, Origins, Tellings};
use throughline_clustering::stories::{ValidStoryParams, stories};
use throughline_schema::tables::{NarrativeMemberRow, NarrativeRow};
use throughline_schema::{Article, NarrativeId};

use super::differing::Differing;
use super::spread::{Told, narrative_row, widest_first};
use super::without_narrative;
use crate::Units;
use crate::progress::{Reporter, Stage};
use crate::publication_time::ranks;

/// Narratives among whole rows of the input.
pub struct RowNarratives {
    /// Every row, singletons too.
    pub members: Vec<NarrativeMemberRow>,
    /// Narratives of at least two rows.
    pub narratives: Vec<NarrativeRow>,
}

impl RowNarratives {
    /// Joins rows of the input that report the same claim.
    pub fn find(
        units: &Units,
        articles: &[Article],
        params: &ValidStoryParams,
        reporter: &dyn Reporter,
    ) -> Self {
        let stage = Stage::begin(reporter, "narratives", None);
        let rows = units.rows();
        let label = stories(&rows, params);
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        label.iter().enumerate().for_each(|(i, &l)| groups.entry(l).or_default().push(i as u32));
        let first = |i: usize| groups[&label[i]][0];
        let id = |i: usize| NarrativeId::derive(&["row", &units.ids[first(i) as usize]]);
        let pairs: Vec<(u32, u32)> = (0..label.len()).map(|i| (first(i), i as u32)).collect();
        let verdicts = score_pairs(&rows, &pairs);
        let told = tell(units, articles, groups.values());
        let mut copy_of = vec![None; label.len()];
        for of in &told {
            of.members.iter().zip(&of.copy_of).for_each(|(row, copied)| copy_of[*row as usize] = *copied);
        }
        drop(stage);
        let mut members: Vec<NarrativeMemberRow> = (0..label.len())
            .map(|i| {
                let article = &articles[units.article[i] as usize];
                NarrativeMemberRow {
                    narrative_id: Some(id(i)),
                    id: units.ids[i].clone(),
                    article_id: article.id.clone(),
                    relation: Some(verdicts[i].relation),
                    score: Some(verdicts[i].score),
                    text: Some(headline(article).to_owned()),
                    speaker: None,
                    source: article.source.clone(),
                    published: article.published.clone(),
                    char_start: None,
                    char_end: None,
                    reason: None,
                    same_text: Some(verdicts[i].score),
                    copy_of: copy_of[i].map(|row| units.ids[row as usize].clone()),
                    wire: None,
                }
            })
            .collect();
        let missing: BTreeMap<&str, &str> =
            units.missing.iter().map(|(id, r)| (id.as_str(), r.as_str())).collect();
        let absent = articles
            .iter()
            .filter_map(|a| Some(without_narrative(a, (*missing.get(a.id.as_str())?).to_owned())));
        members.extend(absent);
        members.sort_by(|a, b| a.id.cmp(&b.id));
        Self { members, narratives: row_narratives(units, articles, &told, id) }
    }
}

fn headline(article: &Article) -> &str {
    article.title.as_deref().unwrap_or(&article.text)
}

/// The table `narratives` of whole rows; a single row is no narrative.
fn row_narratives(
    units: &Units,
    articles: &[Article],
    told: &[Told],
    id: impl Fn(usize) -> NarrativeId,
) -> Vec<NarrativeRow> {
    let rows = units.rows();
    let rank = ranks(articles);
    let differing = Differing::new(units);
    let mut out = Vec::new();
    for told in told.iter().filter(|told| told.members.len() > 1) {
        let members = &told.members;
        let pairs: Vec<(u32, u32)> = members
            .iter()
            .enumerate()
            .flat_map(|(i, &a)| members[i + 1..].iter().map(move |&b| (a, b)))
            .collect();
        let lowest = score_pairs(&rows, &pairs).iter().map(|v| v.score).fold(1.0, f32::min);
        let label = &articles[units.article[members[0] as usize] as usize];
        let id = id(members[0] as usize);
        let differences = differing.among(&told.members, &[], articles);
        let row = narrative_row(&id, headline(label), told, lowest, units, articles, &rank);
        out.push(NarrativeRow { differences, ..row });
    }
    out.sort_by(widest_first);
    out
}

/// Which rows of each group are copies of an earlier one.
fn tell<'g>(units: &Units, articles: &[Article], groups: impl Iterator<Item = &'g Vec<u32>>) -> Vec<Told> {
    let rows = units.rows();
    let rank = ranks(articles);
    let (quoted, wire) = (vec![false; rows.len()], vec![None; articles.len()]);
    let scorer = Scorer::new(&rows);
    let origins = Origins::new(&units.article, &quoted, &rank, &wire)
        .expect("every row has its mark, and every article its rank and agency");
    let tellings = Tellings::new(&rows, &scorer, origins);
    let forms = Forms::new(rows.features(), &units.article);
    groups
        .map(|members| {
            let copy_of = tellings.copies(members);
            let independent = tellings.independent(members, &copy_of);
            Told { members: members.clone(), copy_of, independent, form: forms.is_form(members) }
        })
        .collect()
}
