//! Text that still holds markup: entities escaped twice, bodies of linked data.

use dom_query::Document;

use super::blocks;
use super::outline::Outline;

/// Reads entities that are left in a text.
pub(super) fn unescape(text: &str) -> String {
    if !has_entity(text) {
        return text.to_owned();
    }
    // Only entities are to be read, no tags. A parser drops the first line break of `pre`.
    let escaped = text.replace('<', "&lt;");
    Document::from(format!("<body><pre>\n{escaped}</pre>")).select("pre").text().to_string()
}

fn has_entity(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = &text.as_bytes()[at + 1..];
        let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        (2..=8).contains(&name) && rest.get(name) == Some(&b';')
    })
}

/// The paragraphs of a body that linked data gives, as text or as markup.
pub(super) fn body(text: &str) -> String {
    if !["</", "<br", "<p>"].iter().any(|tag| text.contains(tag)) {
        return unescape(text);
    }
    let outline = Outline::of(&Document::from(text));
    let lines = blocks::blocks(&outline, 0..outline.nodes.len());
    lines.iter().map(|line| unescape(&line.text)).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_once() {
        assert_eq!(unescape("Brann &amp; Sons&#39; yard"), "Brann & Sons' yard");
        assert_eq!(unescape("a < b &quot;c&quot; </pre> R&D; A&B"), "a < b \"c\" </pre> R&D; A&B");
        assert_eq!(unescape("left.&nbsp;The\nmayor"), "left.\u{a0}The\nmayor");
    }

    #[test]
    fn a_body_may_be_markup() {
        assert_eq!(
            body("<p>The quay &amp;amp; the pier.</p><p>Both are shut.</p>"),
            "The quay & the pier.\n\nBoth are shut."
        );
        assert_eq!(body("One &amp; two.\n\nThree."), "One & two.\n\nThree.");
    }
}
