//! The lines of a page: one for each paragraph, heading, item and cell.

use super::outline::{Outline, letters};

/// Elements that stand in a line.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "amp-fit-text",
    "amp-img",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "img",
    "ins",
    "kbd",
    "mark",
    "nobr",
    "picture",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "label",
];

/// A line.
pub(super) struct Block {
    pub text: String,
    /// Characters that are no blanks, and those of them in links.
    pub letters: usize,
    pub linked: usize,
    /// The first of its texts.
    pub at: usize,
    /// The element that makes it a line.
    pub element: usize,
}

/// The lines of a range.
pub(super) fn blocks(page: &Outline, range: std::ops::Range<usize>) -> Vec<Block> {
    let mut out =
        Lines { page, done: Vec::new(), text: String::new(), linked: 0, at: range.start, breaks: 0 };
    out.element(range.start);
    out.flush(range.start);
    out.done
}

struct Lines<'p> {
    page: &'p Outline,
    done: Vec<Block>,
    text: String,
    linked: usize,
    at: usize,
    breaks: usize,
}

impl Lines<'_> {
    fn element(&mut self, at: usize) {
        let node = &self.page.nodes[at];
        if node.out {
            return;
        }
        if node.name.is_empty() {
            self.words(at);
            return;
        }
        if node.name == "br" {
            self.breaks += 1;
            if self.breaks > 1 {
                self.flush(node.parent);
            }
            return;
        }
        let inline = INLINE.contains(&node.name.as_str());
        if !inline {
            self.flush(node.parent);
        }
        let mut child = at + 1;
        while child < node.end {
            self.element(child);
            child = self.page.nodes[child].end;
        }
        if !inline {
            self.flush(at);
        }
    }

    fn words(&mut self, at: usize) {
        let text = &self.page.nodes[at].text;
        let count = letters(text);
        if count == 0 {
            if !text.is_empty() && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
                self.text.push(' ');
            }
            return;
        }
        if self.text.is_empty() {
            self.at = at;
        }
        if self.breaks > 0 && !self.text.is_empty() {
            let trimmed = self.text.trim_end().len();
            self.text.truncate(trimmed);
            let next = text.trim_start().chars().next();
            self.text.push(if next.is_some_and(char::is_lowercase) { ' ' } else { '\n' });
        }
        self.breaks = 0;
        let blank = |c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' && c != '\u{2007}';
        for c in text.chars() {
            if !blank(c) {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(blank) {
                self.text.push(' ');
            }
        }
        if self.page.inside(at, &["a"]) {
            self.linked += count;
        }
    }

    fn flush(&mut self, element: usize) {
        self.breaks = 0;
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let text = text.trim().to_owned();
        let letters = letters(&text);
        if letters > 0 {
            self.done.push(Block { text, letters, linked, at: self.at, element });
        }
    }
}
