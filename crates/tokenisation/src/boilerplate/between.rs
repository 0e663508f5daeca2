//! Statements that only their neighbours show to be boilerplate: scraps between two prompts.

use std::collections::BTreeSet;

use throughline_schema::Furniture;

use super::BoilerplateKind;
use crate::read::ArticleText;
use crate::text::chars::is_closer;

/// Words of the longest scrap between two prompts.
const SCRAP: usize = 14;

/// Moves such statements from the statements to the furniture.
pub(crate) fn move_between(text: &mut ArticleText) {
    if text.furniture.len() < 2 {
        return;
    }
    let found: BTreeSet<usize> = (0..text.statements.len()).filter(|&at| is_scrap(text, at)).collect();
    if found.is_empty() {
        return;
    }
    let mut kept = Vec::with_capacity(text.statements.len());
    for (at, statement) in std::mem::take(&mut text.statements).into_iter().enumerate() {
        if found.contains(&at) {
            text.furniture.push(Furniture {
                article: statement.article,
                kind: BoilerplateKind::ReadMore,
                text: statement.text,
                span: statement.span,
                articles: None,
            });
        } else {
            kept.push(statement);
        }
    }
    (0u32..).zip(&mut kept).for_each(|(index, statement)| statement.index = index);
    text.furniture.sort_by_key(|piece| piece.span.byte_start);
    text.statements = kept;
}

/// A few words without a full stop right between two prompts.
fn is_scrap(text: &ArticleText, at: usize) -> bool {
    let statement = &text.statements[at];
    let (start, end) = (statement.span.byte_start, statement.span.byte_end);
    let behind = text.furniture.partition_point(|piece| piece.span.byte_start < start);
    let Some(before) = behind.checked_sub(1).map(|before| &text.furniture[before]) else { return false };
    let Some(behind) = text.furniture.get(behind) else { return false };
    let alone =
        at.checked_sub(1).is_none_or(|other| text.statements[other].span.byte_end <= before.span.byte_start)
            && text.statements.get(at + 1).is_none_or(|other| other.span.byte_start >= behind.span.byte_end);
    let last = statement.text.chars().rev().find(|&c| !is_closer(c));
    alone
        && end > start
        && is_prompt(before.kind)
        && is_prompt(behind.kind)
        && last != Some('.')
        && statement.text.split_whitespace().count() <= SCRAP
}

fn is_prompt(kind: BoilerplateKind) -> bool {
    use BoilerplateKind::{CommentPrompt, Newsletter, ReadMore, Recurring, Share};
    matches!(kind, CommentPrompt | Newsletter | ReadMore | Recurring | Share)
}

#[cfg(test)]
mod tests {
    use throughline_schema::{Article, ArticleId};

    use crate::read;

    fn statements(text: &str) -> Vec<String> {
        let article = Article {
            id: ArticleId::from("a"),
            text: text.to_owned(),
            lang: Some("en".to_owned()),
            ..Article::default()
        };
        read(&article).statements.into_iter().map(|statement| statement.text).collect()
    }

    #[test]
    fn a_scrap_between_two_prompts_goes_with_them() {
        let text =
            "The dam held. READ MORE: Why dams fail? How safe is yours? Let us know about your experiences.";
        assert_eq!(statements(text), ["The dam held."]);
        let text = "The dam held. READ MORE: Why dams fail? It was built in 1924. Let us know about your experiences.";
        assert_eq!(statements(text), ["The dam held.", "It was built in 1924."]);
    }
}
