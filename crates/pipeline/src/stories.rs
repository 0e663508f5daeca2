//! Stories: articles on one event, and the pairs of articles that belong together.

use std::collections::BTreeMap;

use throughline_clustering::{ValidStoryParams, article_pairs, stories};
use throughline_schema::tables::{ArticlePairRow, StoryRow};
use throughline_schema::{ArticleId, StoryId};

use crate::Units;
use crate::progress::{Reporter, Stage};

/// The story of every article.
pub struct Stories {
    /// Story label of each unit.
    pub label: Vec<u32>,
    /// Story of each unit, its id derived from the story's first article.
    pub ids: Vec<StoryId>,
}

impl Stories {
    /// Groups articles by event.
    pub fn find(units: &Units, params: &ValidStoryParams, reporter: &dyn Reporter) -> Self {
        let _stage = Stage::begin(reporter, "stories", None);
        let label = stories(&units.rows(), params);
        let mut first: BTreeMap<u32, StoryId> = BTreeMap::new();
        let ids = label
            .iter()
            .zip(&units.ids)
            .map(|(&label, id)| first.entry(label).or_insert_with(|| StoryId::derive(&[id])).clone())
            .collect();
        Self { label, ids }
    }

    /// The table `stories`.
    pub fn rows(&self, units: &Units) -> Vec<StoryRow> {
        let mut size: BTreeMap<&StoryId, u64> = BTreeMap::new();
        self.ids.iter().for_each(|story| *size.entry(story).or_default() += 1);
        let mut rows: Vec<StoryRow> = units
            .ids
            .iter()
            .zip(&self.ids)
            .map(|(id, story)| StoryRow {
                article_id: ArticleId(id.clone()),
                story_id: story.clone(),
                size: size[story],
                reason: None,
            })
            .collect();
        rows.extend(units.missing.iter().map(|(id, reason)| StoryRow {
            article_id: ArticleId(id.clone()),
            story_id: StoryId::derive(&[id]),
            size: 1,
            reason: Some(reason.clone()),
        }));
        rows.sort_by(|a, b| a.article_id.cmp(&b.article_id));
        rows
    }

    /// The table `article_pairs`; `shared` are pairs of units that share a narrative.
    pub fn pair_rows(&self, units: &Units, shared: &[(u32, u32)]) -> Vec<ArticlePairRow> {
        let mut rows: Vec<ArticlePairRow> = article_pairs(&units.rows(), &self.label, shared)
            .into_iter()
            .map(|(a, b, verdict)| ArticlePairRow {
                a: ArticleId(units.ids[a as usize].clone()),
                b: ArticleId(units.ids[b as usize].clone()),
                relation: verdict.relation.as_str().to_owned(),
                score: verdict.score,
                a_in_b: verdict.a_in_b,
                b_in_a: verdict.b_in_a,
            })
            .collect();
        for row in &mut rows {
            if row.a > row.b {
                std::mem::swap(&mut row.a, &mut row.b);
                std::mem::swap(&mut row.a_in_b, &mut row.b_in_a);
            }
        }
        rows.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        rows
    }
}
