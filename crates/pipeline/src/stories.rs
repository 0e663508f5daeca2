//! Stories: articles on one event, and the pairs of articles that belong together.

use std::collections::BTreeMap;

use rayon::prelude::*;
use throughline_clustering::duplicates::passages::PassageParams;
use throughline_clustering::stories::{SharedStatements, ValidStoryParams, article_pairs, stories};
use throughline_schema::tables::{ArticlePairRow, StoryRow};
use throughline_schema::{Article, ArticleId, StoryId};

use crate::progress::{Reporter, Stage};
use crate::shared_passages::PlacedText;
use crate::{Texts, Units};

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

    /// The table `article_pairs`; `sharing` are those that share narratives. Units are in the order of
    /// their ids, so that `a` stands before `b`.
    pub fn pair_rows(
        &self,
        units: &Units,
        articles: &[Article],
        texts: &Texts,
        sharing: &[SharedStatements],
    ) -> Vec<ArticlePairRow> {
        let pairs = article_pairs(&units.rows(), &self.label, sharing);
        let article = |unit: u32| &articles[units.article[unit as usize] as usize];
        let mut named: Vec<u32> = pairs.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
        named.sort_unstable();
        named.dedup();
        let placed: Vec<PlacedText> = named
            .par_iter()
            .map(|&unit| {
                PlacedText::of_article(article(unit), &texts.articles[units.article[unit as usize] as usize])
            })
            .collect();
        let text = |unit: u32| named.binary_search(&unit).ok().map(|at| &placed[at]);
        pairs
            .into_par_iter()
            .map(|(a, b, verdict)| ArticlePairRow {
                a: article(a).id.clone(),
                b: article(b).id.clone(),
                relation: verdict.relation,
                score: verdict.score,
                a_in_b: verdict.a_in_b,
                b_in_a: verdict.b_in_a,
                passages: text(a)
                    .zip(text(b))
                    .map_or_else(Vec::new, |(a, b)| a.shared(b, PassageParams::ARTICLES)),
                first: first(article(a), article(b)),
            })
            .collect()
    }
}

/// The article that was there first.
fn first(a: &Article, b: &Article) -> Option<ArticleId> {
    let (at, bt) = (a.published_at?, b.published_at?);
    let first = if at.is_before(bt) { Some(a) } else { bt.is_before(at).then_some(b) };
    first.map(|article| article.id.clone())
}
