//! What a page says of its article in JSON-LD (schema.org).

use serde_json::{Map, Value};

/// Headline, author and so on, as far as the page says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct LinkedData {
    pub title: Option<String>,
    pub author: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub lang: Option<String>,
    pub url: Option<String>,
    pub body: Option<String>,
    /// Whether the page says that the article is not free to read.
    pub paid: bool,
}

/// Reads the blocks of a page; the first article found is taken.
pub(super) fn linked_data<'b>(blocks: impl Iterator<Item = &'b str>) -> LinkedData {
    for block in blocks {
        let block = block.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let Some(value) = parse(block) else { continue };
        if let Some(article) = find_article(&value) {
            return read(article);
        }
    }
    LinkedData::default()
}

/// JSON as sites write it: with line breaks inside strings and commas before brackets.
fn parse(block: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str(block) {
        return Some(value);
    }
    let mut mended = String::with_capacity(block.len());
    let (mut string, mut escaped) = (false, false);
    for c in block.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if string => escaped = true,
            '"' => string = !string,
            ']' | '}' if !string => {
                let kept = mended.trim_end().trim_end_matches(',').len();
                mended.truncate(kept);
            }
            _ => {}
        }
        mended.push(if c.is_control() { ' ' } else { c });
    }
    serde_json::from_str(&mended).ok()
}

/// The article among lists, graphs and pages that have it as their main thing.
fn find_article(value: &Value) -> Option<&Map<String, Value>> {
    match value {
        Value::Array(items) => items.iter().find_map(find_article),
        Value::Object(fields) => {
            if fields.get("@type").is_some_and(is_article) {
                return Some(fields);
            }
            ["@graph", "mainEntity", "mainEntityOfPage"]
                .iter()
                .find_map(|key| fields.get(*key).and_then(find_article))
        }
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
            kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
        }
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

fn read(article: &Map<String, Value>) -> LinkedData {
    let get = |key: &str| article.get(key).and_then(name);
    LinkedData {
        title: get("headline").or_else(|| get("name")),
        author: get("author").or_else(|| get("creator")),
        published: get("datePublished").or_else(|| get("dateCreated")),
        source: get("publisher").or_else(|| get("sourceOrganization")),
        lang: get("inLanguage"),
        url: article.get("url").and_then(Value::as_str).map(str::to_owned),
        body: get("articleBody"),
        paid: article.get("isAccessibleForFree").is_some_and(says_no),
    }
}

/// Sites write the word as often as the value.
fn says_no(value: &Value) -> bool {
    match value {
        Value::Bool(free) => !free,
        Value::String(free) => free.rsplit('/').next().is_some_and(|free| free.eq_ignore_ascii_case("false")),
        _ => false,
    }
}

/// Text, or what a person or body is called; several joined by commas.
fn name(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Object(fields) => {
            return fields.get("name").or_else(|| fields.get("alternateName")).and_then(name);
        }
        Value::Array(items) => items.iter().filter_map(name).collect::<Vec<_>>().join(", "),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_found_in_a_graph() {
        let block = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "W"},
            {"@type": ["NewsArticle"], "headline": "H", "inLanguage": "kk", "publisher": {"name": "P"},
             "author": [{"@type": "Person", "name": "A B"}, "C D"], "datePublished": "2026-05-01"}]}"#;
        let found = linked_data(["{broken", block].into_iter());
        assert_eq!(found.title.as_deref(), Some("H"));
        assert_eq!(found.author.as_deref(), Some("A B, C D"));
        assert_eq!((found.source.as_deref(), found.lang.as_deref()), (Some("P"), Some("kk")));
    }
}
