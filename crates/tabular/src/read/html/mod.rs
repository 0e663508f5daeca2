//! A web page to the article on it.
//!
//! The text is what a reader view shows (dom_smoothie, after Mozilla's Readability), a blank line between
//! paragraphs; menus, scripts and the like never get there. Headline, author, outlet, date and language
//! come from JSON-LD first, which is written for machines, then from meta tags.

mod articles;
mod blocks;
mod choose;
mod container;
mod declared;
mod depth;
mod markup;
mod metadata;
mod outline;
mod parts;
mod prune;

#[cfg(test)]
mod faults;

use std::thread;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use self::declared::Declared;
use self::outline::Outline;
use self::parts::Part;
use crate::cause::Cause;

/// An article with what its page says of it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub text: String,
    pub title: Option<String>,
    pub author: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub lang: Option<String>,
    pub url: Option<String>,
    /// Whether the page says that the article is not free to read.
    pub paid: bool,
}

/// Room for the recursion of a page as deep as is allowed.
const STACK: usize = 32 << 20;
/// A reader view shorter than this, in characters, may have missed the article.
const SHORT: usize = 200;

/// Reads a page.
pub(super) fn page(html: &str) -> Result<Page, Cause> {
    depth::check(html)?;
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || extract(html));
        reader.map_err(|_| Cause::Page)?.join().map_err(|_| Cause::Page)?
    })
}

/// The encoding that a page names in its first kilobyte.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")? + b"charset".len();
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let label =
        rest.split(|b| matches!(b, b'"' | b'\'' | b';' | b'>' | b'/') || b.is_ascii_whitespace()).next()?;
    Encoding::for_label(label)
}

fn extract(html: &str) -> Result<Page, Cause> {
    let document = Document::from(html);
    let blocks: Vec<String> = document
        .select("script[type=\"application/ld+json\"]")
        .iter()
        .map(|block| block.text().to_string())
        .collect();
    let linked = metadata::linked_data(blocks.iter().map(String::as_str));
    let declared = Declared::read(&document);

    let mut outline = Outline::of(&document);
    let byline = byline(&outline);
    let said = prune::prune(&mut outline);
    let titles =
        [&linked.title, &declared.title].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
    let own = articles::single_out(&mut outline, &said, &titles);
    for node in outline.nodes.iter().filter(|node| node.out) {
        if let Some(node) = document.tree.get(&node.id) {
            node.remove_from_parent();
        }
    }
    // The reader view looks for videos' addresses, which it takes to be ASCII before their host's name.
    for embedded in document.select("iframe, embed, object").nodes() {
        if !embedded.html().is_ascii() {
            embedded.remove_from_parent();
        }
    }
    let headline = clean(document.select("h1").iter().next().map(|h1| h1.text().to_string()));
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(document, None, Some(config)).map_err(|_| Cause::Page)?;
    let meta = reader.get_article_metadata(None);
    // A page's title often has the outlet behind it; the heading on the page has the headline alone.
    let title = own.or(linked.title).or_else(|| match (clean(Some(meta.title)), headline) {
        (Some(title), Some(headline)) if title.contains(&headline) => Some(headline),
        (title, headline) => title.or(headline),
    });
    let view = reader.parse().ok();
    let viewed = view.as_ref().map(|view| &*view.text_content).unwrap_or_default();
    let lines = choose::article(&outline, viewed, title.as_deref());
    let mut text = lines.iter().map(|line| markup::unescape(&line.text)).collect::<Vec<_>>().join("\n\n");
    if let Some(body) = linked.body.map(|body| tidy(&markup::body(&body))) {
        let characters = text.chars().count();
        if characters < SHORT && body.chars().count() > 2 * characters {
            text = body;
        }
    }
    let plain = |text: Option<String>| clean(text.map(|text| markup::unescape(&text)));
    Ok(Page {
        text,
        title: plain(title),
        author: plain(
            linked
                .author
                .or_else(|| clean(meta.byline))
                .or(byline)
                .or_else(|| clean(view.and_then(|v| v.byline))),
        ),
        published: linked.published.or_else(|| clean(meta.published_time)).or(declared.published),
        source: plain(linked.source.or_else(|| clean(meta.site_name)).or(declared.source)),
        lang: declared.lang.or(linked.lang).or(declared.locale).map(|lang| lang.replace('_', "-")),
        url: declared.url.or(linked.url),
        paid: linked.paid,
    })
}

/// The line that says who wrote the article, as it stands on the page; comments have authors too.
fn byline(page: &Outline) -> Option<String> {
    let at = (1..page.nodes.len()).find(|at| {
        let of_comment = |at: usize| page.nodes[at].parts.has(Part::Comment);
        page.nodes[*at].parts.has(Part::Byline) && !of_comment(*at) && !page.around(*at).any(of_comment)
    })?;
    Some(page.words(at..page.nodes[at].end)).filter(|words| !words.is_empty() && words.len() < prune::BYLINE)
}

/// One line without space around it; nothing where there is nothing.
pub(super) fn clean(text: Option<String>) -> Option<String> {
    let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Lines without space around them, at most one blank line between.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        blank = 0;
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(body: &str) -> String {
        format!(
            r#"<!doctype html><html lang="en-GB"><head><title>Bridge reopens - The Valley Post</title>
            <meta property="og:site_name" content="The Valley Post">
            <meta property="article:published_time" content="2026-04-02T08:00:00Z">
            <meta name="author" content="Ann Moor"><link rel="canonical" href="https://valley.example/bridge">
            <style>p {{ color: red }}</style><script>var secret = "leak";</script></head>
            <body><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
            <article><h1>Bridge reopens</h1>{body}</article><footer>Contact us</footer></body></html>"#
        )
    }

    const BODY: &str = "<p>The old bridge over the Ard reopened on Thursday after two years of repairs, the \
        county council said, and the first lorries crossed before dawn.</p>\
        <p>“We have waited a long time for this,” said Mary Holt, who runs the bakery on the far bank &amp; \
        lost half her custom.<script>document.write('leak')</script></p>\
        <p>The repairs cost 4.1 million pounds, a third more than was planned, because two of the piers \
        had to be built anew.</p>";

    #[test]
    fn a_page_gives_its_article_and_what_it_says_of_it() {
        let page = page(&news(BODY)).unwrap();
        let paragraphs: Vec<&str> = page.text.split("\n\n").collect();
        assert!(
            paragraphs.iter().any(|p| p.starts_with("“We have waited") && p.contains("bank & lost")),
            "{:?}",
            page.text
        );
        assert!(!page.text.contains("leak") && !page.text.contains("Sport"), "{:?}", page.text);
        assert!(page.text.contains("built anew."));
        assert_eq!(page.title.as_deref(), Some("Bridge reopens"));
        assert_eq!(page.author.as_deref(), Some("Ann Moor"));
        assert_eq!(page.source.as_deref(), Some("The Valley Post"));
        assert_eq!(page.published.as_deref(), Some("2026-04-02T08:00:00Z"));
        assert_eq!(page.lang.as_deref(), Some("en-GB"));
        assert_eq!(page.url.as_deref(), Some("https://valley.example/bridge"));
    }

    #[test]
    fn linked_data_is_believed_first() {
        let block = r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The bridge is open",
            "author": {"name": "B. Carr"}}</script>"#;
        let page = page(&news(&format!("{block}{BODY}"))).unwrap();
        assert_eq!(page.title.as_deref(), Some("The bridge is open"));
        assert_eq!(page.author.as_deref(), Some("B. Carr"));
    }

    #[test]
    fn pages_of_any_shape_are_read_or_refused() {
        for html in ["", "<p>Short.", "no markup", "<html></html>", "<script>x</script>", "<b><p></b><i></p>"]
        {
            let page = page(html).unwrap();
            assert!(!page.text.contains('<'), "{html}");
        }
        assert!(matches!(page(&"<div>".repeat(100_000)), Err(Cause::PageTooLarge { .. })));
        page(&format!("{}x{}", "<div>".repeat(500), "</div>".repeat(500))).unwrap();
        let video = "<iframe src=\"https://wwwللل.youtube.com/embed/x\"></iframe>";
        assert!(page(&news(&format!("{BODY}{video}"))).unwrap().text.contains("built anew."));
    }

    #[test]
    fn a_page_names_its_encoding() {
        let name = |html: &str| declared_encoding(html.as_bytes()).map(Encoding::name);
        assert_eq!(name("<meta charset=\"windows-1251\">"), Some("windows-1251"));
        assert_eq!(name("<meta content='text/html; charset = koi8-r'>"), Some("KOI8-R"));
        assert_eq!(name("<p>charset</p>"), None);
    }
}
