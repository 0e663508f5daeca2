//! How deep a page nests, told from its bytes before it is parsed.
//!
//! An HTML parser looks through all open elements at nearly every tag, so a page nested 100,000 deep takes
//! it quadratic time, and formatting elements left open are opened again in each paragraph after, so a
//! short page can become a tree of any size. This scan keeps a stack of open elements as the HTML
//! standard's tree construction does, simplified so that it never finds less than the parser would, and
//! refuses what no article is.

use memchr::{memchr, memmem};

use crate::cause::Cause;

/// Deepest nesting that is read; browsers stop at the same depth.
pub(super) const MAX_DEPTH: usize = 512;
/// Most elements a page may come to.
const MAX_ELEMENTS: usize = 2_000_000;
/// Most attributes of one tag; the parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 2_000;

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];
const RAW: &[&str] = &["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements through which no end tag reaches.
const SCOPE: &[&str] =
    &["applet", "caption", "marquee", "math", "object", "svg", "table", "td", "template", "th"];
/// Elements that a start tag of the same group closes, as far as the nearest of [`SCOPE`] or a list.
const SIBLINGS: &[&[&str]] = &[
    &["p"],
    &["li"],
    &["dd", "dt"],
    &["option"],
    &["td", "th"],
    &["tr"],
    &["tbody", "tfoot", "thead", "colgroup", "caption"],
];
const LISTS: &[&str] = &["dl", "ol", "select", "ul"];
/// Inline elements: an end tag of one of these does not reach through any other element.
const INLINE: &[&str] = &[
    "abbr", "acronym", "bdi", "bdo", "cite", "data", "del", "dfn", "ins", "kbd", "label", "mark", "q", "rp",
    "rt", "ruby", "samp", "span", "sub", "sup", "time", "var",
];

fn is(set: &[&str], name: &str) -> bool {
    set.contains(&name)
}

#[derive(Default)]
struct Open {
    stack: Vec<String>,
    /// Formatting elements that were closed from outside; the parser opens them again.
    leaked: usize,
    elements: usize,
}

impl Open {
    fn start(&mut self, name: &str) {
        if let Some(group) = SIBLINGS.iter().find(|group| is(group, name)) {
            let cells = is(&["td", "th", "tr", "tbody", "tfoot", "thead", "colgroup", "caption"], name);
            let barrier = |open: &str| {
                if cells { is(&["table", "template"], open) } else { is(SCOPE, open) || is(LISTS, open) }
            };
            let found = self.stack.iter().rposition(|open| is(group, open) || barrier(open));
            if let Some(at) = found.filter(|at| is(group, &self.stack[*at])) {
                self.close_from(at);
            }
        }
        self.elements += 1;
        if !is(FORMATTING, name) && !is(INLINE, name) {
            self.elements += self.leaked;
        }
        if !is(VOID, name) {
            self.stack.push(name.to_owned());
        }
    }

    fn end(&mut self, name: &str) {
        if is(FORMATTING, name) {
            // Only this element closes; what stands inside it stays open.
            match self.stack.iter().rposition(|open| open == name) {
                Some(at) => drop(self.stack.remove(at)),
                None => self.leaked = self.leaked.saturating_sub(1),
            }
            return;
        }
        let stops =
            |open: &str| is(SCOPE, open) || (is(INLINE, name) && !is(INLINE, open) && !is(FORMATTING, open));
        let found = self.stack.iter().rposition(|open| open == name || stops(open));
        if let Some(at) = found.filter(|at| self.stack[*at] == name) {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        self.leaked += self.stack[at + 1..].iter().filter(|open| is(FORMATTING, open)).count();
        self.stack.truncate(at);
    }
}

/// Refuses a page that nests too deep or grows too large.
pub(super) fn check(html: &str) -> Result<(), Cause> {
    let bytes = html.as_bytes();
    let mut open = Open::default();
    let mut at = 0;
    while let Some(tag) = memchr(b'<', &bytes[at..]) {
        at += tag + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") {
            at += comment(rest);
            continue;
        }
        let closing = rest.starts_with(b"/");
        let name_at = usize::from(closing);
        let length =
            rest[name_at..].iter().take_while(|b| !matches!(b, b'>' | b'/') && !b.is_ascii_whitespace());
        let length = length.count();
        if !rest.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name = String::from_utf8_lossy(&rest[name_at..name_at + length]).to_ascii_lowercase();
        at += name_at + length;
        let (end, self_closing) = tag_end(&bytes[at..]);
        if attributes(&bytes[at..at + end]) > MAX_ATTRIBUTES {
            return too_large(format!("a tag with more than {MAX_ATTRIBUTES} attributes"));
        }
        at += end;
        let foreign = open.stack.iter().any(|open| open == "svg" || open == "math");
        if closing {
            open.end(&name);
        } else if !foreign && is(RAW, &name) {
            at += raw_text(&bytes[at..], &name);
            open.elements += 1;
        } else if !(foreign && self_closing) {
            open.start(&name);
        }
        if open.stack.len() > MAX_DEPTH {
            return too_large(format!("more than {MAX_DEPTH} elements inside each other"));
        }
        if open.elements > MAX_ELEMENTS {
            return too_large(format!("more than {MAX_ELEMENTS} elements"));
        }
    }
    Ok(())
}

fn too_large(what: String) -> Result<(), Cause> {
    Err(Cause::PageTooLarge { what })
}

/// Bytes to the end of a comment that begins with `!--`.
fn comment(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(dashes) = memmem::find(&rest[at..], b"--") {
        at += dashes + 1;
        let after = &rest[at + 1..];
        // `<!-->` and `<!--->` are whole comments.
        if after.starts_with(b">") || (at > 2 && after.starts_with(b"!>")) {
            return at + 1;
        }
    }
    rest.len()
}

/// Bytes to just behind a tag's `>`, and whether it closes itself. Quotes count only after `=`.
fn tag_end(rest: &[u8]) -> (usize, bool) {
    let mut at = 0;
    let mut value = false;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'>' => return (at + 1, at > 0 && rest[at - 1] == b'/'),
            b'=' => value = true,
            b'"' | b'\'' if value => {
                value = false;
                match memchr(*byte, &rest[at + 1..]) {
                    Some(quote) => at += quote + 1,
                    None => return (rest.len(), false),
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => value = false,
        }
        at += 1;
    }
    (rest.len(), false)
}

/// At least as many as the attributes of a tag but one: places outside quoted values that may part two.
fn attributes(tag: &[u8]) -> usize {
    // Most tags are too short to have that many; only long ones are looked through.
    if tag.len() <= MAX_ATTRIBUTES {
        return 0;
    }
    let (mut count, mut quote) = (0, None);
    for (i, byte) in tag.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if i > 0 && tag[i - 1] == b'=' => quote = Some(byte),
            (None, b'/' | b'=') => count += 1,
            (None, byte) if byte.is_ascii_whitespace() => count += 1,
            _ => {}
        }
    }
    count
}

/// Bytes to the end tag of an element whose content is no markup.
fn raw_text(rest: &[u8], name: &str) -> usize {
    let mut at = 0;
    while let Some(end) = memmem::find(&rest[at..], b"</") {
        at += end;
        let after = &rest[at + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return at;
        }
        at += 2;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_pages_are_refused_however_they_nest() {
        for unit in [
            "<div>",
            "<b>",
            "<span class=\"a>b\">",
            "<ul><li>",
            "<table><tr><td>",
            "<b><div></b>",
            "<span><div></span>",
            "<i><p>",
            "<svg><title>",
            "<div \">",
            "<!-- --!><div>",
            "<!--><section>",
            "<custom-element>",
        ] {
            assert!(check(&unit.repeat(100_000)).is_err(), "{unit}");
        }
        let refused = check(&"<p><font size=1></p>".repeat(100_000)).unwrap_err();
        assert!(refused.to_string().contains("elements"), "{refused}");
    }

    #[test]
    fn endless_tags_are_refused_and_long_values_are_not() {
        for attribute in ["a ", "a=1 ", "a=\"1\"", "a/", "a = '1'\n"] {
            assert!(check(&format!("<p {}>", attribute.repeat(10_000))).is_err(), "{attribute}");
        }
        assert_eq!(check(&format!("<img src=\"{}\">", "a b/c ".repeat(10_000))), Ok(()));
    }

    #[test]
    fn sloppy_pages_pass() {
        for unit in [
            "<p>A paragraph.\n",
            "<li>An item.",
            "<div><p>One<p>Two<br></div>",
            "<tr><td>a<td>b",
            "<a href=x>link</a><img src=y>",
            "<script>if (a < b) document.write('<div>')</script>",
            "<!-- <div> -->",
            "1 < 2 <3",
            "<div><span>open</div>",
            "<svg><path d='M0'/><circle r='1'/></svg>",
        ] {
            assert_eq!(check(&unit.repeat(3_000)), Ok(()), "{unit}");
        }
    }
}
