//! What is no part of the article, left out before anything is read.
//!
//! Elements speak by their tag, by being hidden, and by their names. Names can be wrong: a theme may call the
//! whole page a widget. So an element that holds a large part of what is said on the page stays, whatever it is
//! called, as does one that holds the headline.

use super::outline::{Outline, letters};
use super::parts::Part;

/// Left out wherever they stand.
const FURNITURE: &[&str] = &[
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "dialog",
    "menu",
    "label",
    "figcaption",
    "amp-consent",
    "amp-sidebar",
    "amp-ad",
    "amp-list",
    "amp-user-notification",
];
/// Longest line that says who wrote the article, in characters.
pub(super) const BYLINE: usize = 150;
/// Longest words of a box that asks for leave, in characters.
const BOX: usize = 1_500;

/// The elements that an element holds, as far as the rules ask.
#[derive(Clone, Copy, Default)]
struct Holds {
    h1: bool,
    main: bool,
    article: bool,
    button: bool,
}

/// What is known of each node from what is inside it.
struct Inside {
    /// Characters of paragraphs.
    said: Vec<usize>,
    holds: Vec<Holds>,
    /// Captions say more than all else: the page is a gallery, and they are its text.
    gallery: bool,
}

/// Marks what is left out; returns what is said in each node.
pub(super) fn prune(page: &mut Outline) -> Vec<usize> {
    let said = said(page);
    let captions = (1..page.nodes.len()).filter(|&at| page.nodes[at].name == "figcaption").map(|at| said[at]);
    let gallery = 2 * captions.sum::<usize>() > said[0];
    let inside = Inside { said, holds: holds(page), gallery };
    let mut at = 1;
    while at < page.nodes.len() {
        let end = page.nodes[at].end;
        if page.nodes[at].name.is_empty() || !leave_out(page, at, &inside) {
            at += 1;
            continue;
        }
        page.nodes[at].out = true;
        at = end;
    }
    inside.said
}

fn holds(page: &Outline) -> Vec<Holds> {
    let mut holds = vec![Holds::default(); page.nodes.len()];
    for at in (1..page.nodes.len()).rev() {
        let node = &page.nodes[at];
        let (inner, name) = (holds[at], node.name.as_str());
        let outer = &mut holds[node.parent];
        outer.h1 |= inner.h1 || name == "h1";
        outer.main |= inner.main || name == "main";
        outer.article |= inner.article || name == "article";
        outer.button |= inner.button || name == "button";
    }
    holds
}

/// What is said in paragraphs inside each node, in characters.
fn said(page: &Outline) -> Vec<usize> {
    let mut said = vec![0; page.nodes.len()];
    for at in (0..page.nodes.len()).rev() {
        let node = &page.nodes[at];
        if node.name.is_empty() && !page.inside(at, &["a", "button", "label"]) {
            let count = letters(&node.text);
            // Scraps are menus, dates and names.
            if count >= 25 {
                said[at] = count;
            }
        }
        if at > 0 {
            said[node.parent] += said[at];
        }
    }
    said
}

fn leave_out(page: &Outline, at: usize, inside: &Inside) -> bool {
    let node = &page.nodes[at];
    let name = node.name.as_str();
    let (said, all, holds) = (inside.said[at], inside.said[0], inside.holds[at]);
    if matches!(name, "body" | "html" | "article" | "main" | "h1") {
        return node.hidden && 2 * said < all;
    }
    let headline = holds.h1 || holds.main;
    let whole = headline || holds.article;
    if node.parts.has(Part::Comment) && !whole {
        return true;
    }
    if node.hidden && (5 * said < 4 * all || !(holds.h1 || holds.article)) {
        return true;
    }
    let much = 3 * said > all && said > 0;
    if name == "header" {
        // A page's header has its menus; an article's has its headline and sometimes its lead.
        return !headline && !much && !page.inside(node.parent, &["article", "main"]);
    }
    if name == "figcaption" && inside.gallery {
        return false;
    }
    if FURNITURE.contains(&name) {
        let wraps = matches!(name, "form" | "aside" | "label") && much;
        return !wraps || (name == "aside" && !whole);
    }
    if node.parts.has(Part::Caption) || is_caption(page, at) {
        return !much;
    }
    if headline {
        return false;
    }
    if node.parts.has(Part::Byline) && (!matches!(name, "a" | "span") || alone(page, at)) {
        return letters(&page.words(at..node.end)) < BYLINE;
    }
    let aside = node.parts.has(Part::Aside) || node.parts.has(Part::Offer);
    // A box without a telling name is known by standing before the headline.
    let before = || page.nodes[at..].iter().any(|node| node.name == "h1");
    if holds.button && !holds.article && is_box(page, at) && (aside || before()) {
        return true;
    }
    aside && !node.parts.has(Part::Body) && !much
}

/// Small print beside a picture, or a line of its own.
fn is_caption(page: &Outline, at: usize) -> bool {
    let node = &page.nodes[at];
    if node.name != "small" && node.name != "time" {
        return false;
    }
    alone(page, at)
}

/// Whether nothing is said beside an element in the one around it. Among the words of a sentence it is read.
fn alone(page: &Outline, at: usize) -> bool {
    let node = &page.nodes[at];
    let mut around = false;
    page.texts(node.parent..page.nodes[node.parent].end, |text, words| {
        around |= !(at..node.end).contains(&text) && letters(words) > 0;
    });
    !around
}

/// A box with a button that asks for leave to store cookies.
fn is_box(page: &Outline, at: usize) -> bool {
    let node = &page.nodes[at];
    if !matches!(node.name.as_str(), "div" | "section") {
        return false;
    }
    if node.end - at > 60 || page.inside(at, &["article", "main"]) {
        return false;
    }
    page.words(at..node.end).len() < BOX
}
