//! Which element holds the article, by what it is called and by what is said in it.

use super::outline::{Outline, letters};
use super::parts::Part;

/// Least that an article says in paragraphs, in characters, for an element to be believed by its name.
const LEAST: usize = 150;

/// What is said outside links in paragraphs that are not left out, inside each node.
pub(super) fn said(page: &Outline) -> Vec<usize> {
    let mut said = vec![0; page.nodes.len()];
    let mut open = vec![false; page.nodes.len()];
    for at in 0..page.nodes.len() {
        let node = &page.nodes[at];
        open[at] = !node.out && (at == 0 || open[node.parent]);
        if open[at] && node.name.is_empty() && !page.inside(at, &["a"]) {
            said[at] = Some(letters(&node.text)).filter(|count| *count >= 20).unwrap_or_default();
        }
    }
    for at in (1..page.nodes.len()).rev() {
        said[page.nodes[at].parent] += said[at];
    }
    said
}

/// The elements that hold the article, in their order.
pub(super) fn container(page: &Outline, said: &[usize]) -> Vec<usize> {
    let seen: Vec<usize> =
        (1..page.nodes.len()).filter(|at| !page.nodes[*at].name.is_empty() && said[*at] > 0).collect();
    let best = |wanted: &dyn Fn(usize) -> bool| {
        seen.iter().copied().filter(|at| wanted(*at)).max_by_key(|at| (said[*at], std::cmp::Reverse(*at)))
    };
    let enough = |at: &usize| said[*at] >= LEAST.min(said[0] / 2) && 5 * said[*at] >= said[0];
    let block =
        |at: usize| matches!(page.nodes[at].name.as_str(), "article" | "div" | "main" | "section" | "td");
    if let Some(body) = best(&|at| block(at) && page.nodes[at].parts.has(Part::Body)).filter(enough) {
        let parent = page.nodes[body].parent;
        let parts = seen
            .iter()
            .copied()
            .filter(|at| page.nodes[*at].parent == parent && page.nodes[*at].parts.has(Part::Body));
        return parts.collect();
    }
    let found = best(&|at| page.nodes[at].name == "article")
        .filter(enough)
        .or_else(|| best(&|at| page.nodes[at].name == "main").filter(enough))
        .or_else(|| best(&|at| block(at) && page.nodes[at].parts.has(Part::Content)).filter(enough));
    vec![densest(page, said, found.unwrap_or(0))]
}

/// Goes down as long as one element inside holds nearly all that is said.
fn densest(page: &Outline, said: &[usize], from: usize) -> usize {
    let mut at = from;
    loop {
        let mut child = at + 1;
        let mut next = None;
        while child < page.nodes[at].end {
            if 10 * said[child] >= 9 * said[at] && !page.nodes[child].name.is_empty() {
                next = Some(child);
            }
            child = page.nodes[child].end;
        }
        match next {
            Some(child)
                if !matches!(page.nodes[child].name.as_str(), "p" | "span" | "ul" | "ol" | "table") =>
            {
                at = child
            }
            _ => return at,
        }
    }
}
