//! The table `articles`: the input rows with what was found of each.

use throughline_schema::tables::ArticleRow;
use throughline_schema::{Article, StoryId};

use crate::Texts;
use crate::publication_time::iso;

/// One row an article; `stories` is index-aligned with `articles`.
pub fn article_rows(articles: &[Article], texts: &Texts, stories: &[Option<StoryId>]) -> Vec<ArticleRow> {
    articles
        .iter()
        .enumerate()
        .map(|(i, article)| {
            let found = &texts.articles[i];
            ArticleRow {
                article_id: article.id.clone(),
                text: article.text.clone(),
                title: article.title.clone(),
                url: article.url.clone(),
                source: article.source.clone(),
                published: article.published.clone(),
                lang: found.lang.clone(),
                file: article.file.clone(),
                wire: found.wire.clone(),
                characters: article.text.chars().count() as u64,
                statements: found.statements.len() as u64,
                story_id: stories[i].clone(),
                reason: texts.reason(article, i),
                source_from: article.source_from,
                published_at: article.published_at.map(iso),
                published_precision: article.published_at.map(|time| time.precision),
                extra: article.extra.clone(),
            }
        })
        .collect()
}
