//! A page as a list of its elements and texts, in their order.
//!
//! Both readers and the rules that leave parts out look at the same list. An element's range in it is all that
//! stands inside it.

use dom_query::{Document, NodeId, NodeRef};

use super::parts::Parts;

/// Elements that hold no text of an article, whatever they are called.
const NO_TEXT: &[&str] = &[
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "video", "audio",
    "canvas", "select", "option", "textarea", "input", "head", "map", "datalist", "progress", "meter",
];

/// An element or a text.
pub(super) struct Node {
    pub id: NodeId,
    /// An element's name; empty for a text.
    pub name: String,
    /// A text's characters.
    pub text: String,
    /// The element around it; itself for the first.
    pub parent: usize,
    /// Where the list goes on behind all that is inside.
    pub end: usize,
    /// What its names say it is.
    pub parts: Parts,
    /// Whether a reader of the page would not see it.
    pub hidden: bool,
    /// Whether it is no part of the article.
    pub out: bool,
}

/// A page.
pub(super) struct Outline {
    pub nodes: Vec<Node>,
}

impl Outline {
    /// The page below its body, or the whole of it where it has none.
    pub(super) fn of(document: &Document) -> Self {
        let root = document.body().unwrap_or_else(|| document.root());
        let mut outline = Self { nodes: Vec::new() };
        outline.add(&root, 0);
        outline
    }

    fn add(&mut self, node: &NodeRef<'_>, parent: usize) {
        let at = self.nodes.len();
        if node.is_text() {
            let text = node.text().to_string();
            self.nodes.push(Node { text, ..Node::new(node.id, parent, at + 1) });
            return;
        }
        if !node.is_element() && at > 0 {
            return;
        }
        let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
        if NO_TEXT.contains(&name.as_str()) {
            return;
        }
        let mut parts = Parts::default();
        let mut hidden = false;
        for attribute in node.attrs() {
            let value: &str = &attribute.value;
            match &*attribute.name.local {
                "class" | "id" | "itemprop" | "role" | "rel" | "data-component" | "subscriptions-section" => {
                    parts.read(value)
                }
                "hidden" => hidden = true,
                "aria-hidden" => hidden |= value == "true",
                "style" => {
                    let style: String =
                        value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
                    hidden |= style.contains("display:none") || style.contains("visibility:hidden");
                }
                _ => {}
            }
        }
        self.nodes.push(Node { name, parts, hidden, ..Node::new(node.id, parent, at + 1) });
        for child in node.children_it(false) {
            self.add(&child, at);
        }
        self.nodes[at].end = self.nodes.len();
    }

    /// The elements around a node, the nearest first.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = at;
        std::iter::from_fn(move || {
            (at > 0).then(|| {
                at = self.nodes[at].parent;
                at
            })
        })
    }

    /// Whether an element of one of these names stands around a node or is it.
    pub(super) fn inside(&self, at: usize, names: &[&str]) -> bool {
        std::iter::once(at).chain(self.around(at)).any(|at| names.contains(&self.nodes[at].name.as_str()))
    }

    /// Calls `see` with each text of a range that is not left out.
    pub(super) fn texts(&self, range: std::ops::Range<usize>, mut see: impl FnMut(usize, &str)) {
        let mut at = range.start;
        while at < range.end {
            let node = &self.nodes[at];
            if node.out {
                at = node.end;
                continue;
            }
            if node.name.is_empty() {
                see(at, &node.text);
            }
            at += 1;
        }
    }

    /// What a range says, blanks as one.
    pub(super) fn words(&self, range: std::ops::Range<usize>) -> String {
        let mut out = String::new();
        self.texts(range, |_, text| {
            for word in text.split_whitespace() {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            }
        });
        out
    }
}

impl Node {
    fn new(id: NodeId, parent: usize, end: usize) -> Self {
        Self {
            id,
            name: String::new(),
            text: String::new(),
            parent,
            end,
            parts: Parts::default(),
            hidden: false,
            out: false,
        }
    }
}

/// Characters that are seen: no blanks, no marks of where a word may be cut.
pub(super) fn letters(text: &str) -> usize {
    let unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(|c| !c.is_whitespace() && !unseen(*c)).count()
}
