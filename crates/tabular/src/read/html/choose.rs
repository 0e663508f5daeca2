//! What two readers make of a page, weighed against each other.
//!
//! One reader is the reader view (dom_smoothie), which finds the part of the page with the densest text. The other goes by
//! what elements are called ([`container`]). Where the named element holds nearly all of the view, it has the better
//! edges, and what the view dropped inside it comes back if it reads as sentences. Where they disagree, the view is
//! right more often, and paragraphs of the named element are added. A single paragraph between headline and
//! text is the lead, which both readers tend to miss.

use std::collections::BTreeMap;

use super::blocks::{self, Block};
use super::container;
use super::outline::Outline;

/// Least letters of a line that is taken for a paragraph.
const PARAGRAPH: usize = 60;
/// Most letters of a line that only leads to the next.
const LEADS_ON: usize = 40;
/// Marks that end a sentence.
const ENDS: [char; 8] = ['.', '!', '?', '…', '"', '”', '»', '“'];

/// A line with what is known of it.
struct Line {
    block: Block,
    squeezed: String,
    /// In the reader view.
    viewed: bool,
    /// In the element that is named for the article.
    named: bool,
    /// A link, or an item of a list of links.
    link: bool,
    heading: bool,
    keep: bool,
}

impl Line {
    fn prose(&self) -> bool {
        !self.link && 3 * self.block.linked < self.block.letters
    }

    fn paragraph(&self) -> bool {
        self.prose() && self.block.letters >= PARAGRAPH
    }

    fn sentence(&self) -> bool {
        self.prose() && self.block.text.ends_with(ENDS)
    }
}

/// The lines of the article. `view` is the text of the reader view.
pub(super) fn article(page: &Outline, view: &str, title: Option<&str>) -> Vec<Block> {
    let mut lines = lines(page, view);
    choose(&mut lines);
    lead(page, &mut lines);
    for line in &mut lines {
        line.keep &= !line.link;
    }
    headline(&mut lines, title);
    leading_on(&mut lines);
    headings(&mut lines);
    lines.into_iter().filter(|line| line.keep).map(|line| line.block).collect()
}

fn lines(page: &Outline, view: &str) -> Vec<Line> {
    let view = squeeze(view);
    let ranges: Vec<_> = container::container(page, &container::said(page))
        .into_iter()
        .map(|at| at..page.nodes[at].end)
        .collect();
    let blocks = blocks::blocks(page, 0..page.nodes.len());
    let links = links(page, &blocks);
    let line = |(block, link): (Block, bool)| {
        let squeezed = squeeze(&block.text);
        let name = page.nodes[block.element].name.as_bytes();
        Line {
            viewed: view.contains(&squeezed),
            named: ranges.iter().any(|range| range.contains(&block.at)),
            heading: matches!(name, [b'h', b'1'..=b'6']),
            keep: false,
            block,
            squeezed,
            link,
        }
    };
    blocks.into_iter().zip(links).map(line).collect()
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn choose(lines: &mut [Line]) {
    let letters = |wanted: fn(&Line) -> bool| {
        lines.iter().filter(|l| l.paragraph() && wanted(l)).map(|l| l.block.letters).sum::<usize>()
    };
    let viewed = letters(|line| line.viewed);
    let both = letters(|line| line.viewed && line.named);
    let agree = 5 * both > 4 * viewed;
    for line in lines {
        line.keep = match (agree, viewed) {
            (_, 0) => line.named,
            (true, _) => line.named && (line.viewed || line.sentence()),
            (false, _) => line.viewed || (line.named && line.paragraph()),
        };
    }
}

/// Keeps the lead: the only paragraph between the headline and the first that is kept.
fn lead(page: &Outline, lines: &mut [Line]) {
    let first = lines.iter().position(|line| line.keep && line.paragraph()).unwrap_or(0);
    let Some(headline) = lines[..first].iter().rposition(|line| page.nodes[line.block.element].name == "h1")
    else {
        return;
    };
    let mut between = lines[headline..first].iter_mut().filter(|line| !line.keep && line.paragraph());
    if let (Some(lead), None) = (between.next(), between.next())
        && !page.inside(lead.block.at, &["li"])
    {
        lead.keep = true;
    }
}

/// Leaves out the headline, which is the article's title.
fn headline(lines: &mut [Line], title: Option<&str>) {
    let Some(title) = title.map(squeeze) else { return };
    for line in lines.iter_mut().filter(|line| line.block.letters > 8) {
        let part = line.heading && title.contains(&line.squeezed) && 2 * line.squeezed.len() > title.len();
        line.keep &= line.squeezed != title && !part;
    }
}

/// Leaves out a line that announces another which was left out ("Read also:").
fn leading_on(lines: &mut [Line]) {
    for i in 0..lines.len() {
        let next = lines.get(i + 1).is_some_and(|line| line.keep);
        let line = &mut lines[i];
        if !next && line.block.letters <= LEADS_ON && line.block.text.ends_with(':') {
            line.keep = false;
        }
    }
}

/// Leaves out headings that nothing stands under.
fn headings(lines: &mut [Line]) {
    let mut under = false;
    for line in lines.iter_mut().rev() {
        if line.heading {
            line.keep &= under;
            under = false;
        } else {
            under |= line.keep;
        }
    }
}

/// Which lines are links, or items of lists of links.
fn links(page: &Outline, blocks: &[Block]) -> Vec<bool> {
    // A table with headings of its columns or rows holds values; others only place what is on the page.
    let values = |at: usize| page.nodes[at..page.nodes[at].end].iter().any(|node| node.name == "th");
    let list = |block: &Block| {
        let mut up = std::iter::once(block.element).chain(page.around(block.element));
        up.find(|at| match page.nodes[*at].name.as_str() {
            "ul" | "ol" | "dl" => true,
            "table" => values(*at),
            _ => false,
        })
    };
    let mut sums = BTreeMap::<usize, (usize, usize)>::new();
    for block in blocks {
        if let Some(at) = list(block) {
            let (letters, linked) = sums.entry(at).or_default();
            *letters += block.letters;
            *linked += block.linked;
        }
    }
    let dense = |letters: usize, linked: usize, tenths: usize| 10 * linked > tenths * letters;
    let link = |block: &Block| match list(block).and_then(|at| sums.get(&at)) {
        Some((letters, linked)) => dense(*letters, *linked, 7),
        None => dense(block.letters, block.linked, 8),
    };
    blocks.iter().map(link).collect()
}
