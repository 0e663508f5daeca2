//! A row of input.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ArticleId, PublicationTime, SourceFrom};

/// An article, or any other text that a user gives one row for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The id it was given, else one derived from its text.
    pub id: ArticleId,
    /// The text exactly as given; every offset refers to it.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// What told the outlet.
    pub source_from: Option<SourceFrom>,
    /// When it was published, as given.
    pub published: Option<String>,
    /// When it was published, as read; every stage counts with this.
    pub published_at: Option<PublicationTime>,
    /// Its language, a BCP 47 tag, where the input says so.
    pub lang: Option<String>,
    /// The file it came from, as the user named it, with `/` between folders; null for standard input.
    pub file: Option<String>,
    /// Every other field of its row.
    pub extra: Map<String, Value>,
}

impl Article {
    /// Whether its text holds nothing that can be seen: blanks, and characters that take no room.
    pub fn is_blank(&self) -> bool {
        let unseen = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        };
        self.text.chars().all(unseen)
    }

    /// Headline, a blank line, text: what an article is embedded and compared as.
    pub fn headed_text(&self) -> Cow<'_, str> {
        self.headed(&self.text)
    }

    /// Headline, a blank line, and `text`, a form of the article's text; just `text` where it has the headline.
    pub fn headed<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.title.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            // A heading of Markdown has marks before it.
            Some(title)
                if !text.trim_start_matches(|c: char| c.is_whitespace() || c == '#').starts_with(title) =>
            {
                Cow::Owned(format!("{title}\n\n{text}"))
            }
            _ => Cow::Borrowed(text),
        }
    }
}
