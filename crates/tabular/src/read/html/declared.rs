//! What a page says of itself in its head and in marked times.

use dom_query::Document;

use super::clean;

/// Attributes of elements in which sites give the time of publication, the surest first.
const TIMES: &[(&str, &str)] = &[
    ("meta[property=\"article:published_time\"], meta[name=\"article:published_time\"]", "content"),
    ("meta[itemprop=\"datePublished\"], meta[property=\"og:published_time\"]", "content"),
    ("[itemprop=\"datePublished\"][datetime]", "datetime"),
    ("meta[name=\"parsely-pub-date\"], meta[name=\"sailthru.date\"], meta[name=\"pubdate\"]", "content"),
    ("meta[name=\"dc.date.issued\" i], meta[name=\"dc.date\" i], meta[name=\"date\" i]", "content"),
    ("article time[datetime], main time[datetime], time[datetime]", "datetime"),
];

/// What a page says of itself, as far as it does.
pub(super) struct Declared {
    pub title: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub lang: Option<String>,
    pub locale: Option<String>,
    pub url: Option<String>,
}

impl Declared {
    pub(super) fn read(document: &Document) -> Self {
        let attribute = |selector: &str, name: &str| {
            let found = document.select(selector).iter().find_map(|node| node.attr(name));
            clean(found.map(|value| value.to_string()))
        };
        let property =
            |name: &str| attribute(&format!("meta[property=\"{name}\"], meta[name=\"{name}\"]"), "content");
        Self {
            title: property("og:title").or_else(|| {
                clean(document.select("title").iter().next().map(|title| title.text().to_string()))
            }),
            published: TIMES.iter().find_map(|(selector, name)| attribute(selector, name)),
            source: property("og:site_name").or_else(|| property("application-name")),
            lang: attribute("html", "lang").or_else(|| attribute("html", "xml:lang")),
            locale: property("og:locale"),
            url: attribute("link[rel=\"canonical\"]", "href").or_else(|| property("og:url")),
        }
    }
}
