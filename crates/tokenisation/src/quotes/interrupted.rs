//! Quotations that their own attribution interrupts inside the marks: `«Мы, — заявил Рудин, — никуда не уйдём»`.
//!
//! Russian and its neighbours set the words of the author between dashes and leave the marks open around
//! them. Such a quotation is cut into its parts, so that what stands between is read as words like any other.

use super::marks::{Mark, Part};
use crate::languages::Pack;
use crate::text::chars::is_dash;
use crate::text::fold::fold;

/// The longest interruption, in bytes.
const LONGEST: usize = 240;

/// The words of an interruption among which its verb stands.
const REACH: usize = 4;

/// The marks, those that are interrupted in parts.
pub(super) fn parts(text: &str, marks: Vec<Mark>, pack: &Pack) -> Vec<Mark> {
    let mut out = Vec::with_capacity(marks.len());
    for mut mark in marks {
        let inner = mark.inner(text);
        let mut from = inner.start;
        // Where the rest has no dashes, what is behind it has none either.
        let mut dashes = true;
        let mut next = |from: usize| {
            let found = if dashes { interruption(text, from, inner.end, pack) } else { None };
            dashes = found.is_some();
            found.or_else(|| inverted(text, from, inner.end, pack))
        };
        while let Some((before, after)) = next(from) {
            if mark.part == Part::Whole {
                mark.part = Part::First;
            }
            let mut first = mark.clone();
            first.bytes.end = before;
            first.closed = true;
            if mark.part == Part::Last {
                first.part = Part::Middle;
            }
            out.push(first);
            mark.part = Part::Last;
            mark.bytes.start = after.unwrap_or(mark.bytes.end);
            from = mark.bytes.start.min(inner.end);
        }
        if mark.bytes.start < inner.end || mark.part == Part::Whole {
            out.push(mark);
        }
    }
    out
}

/// The first interruption of `text[from..to]`: where the words before it end, and where those behind it start, if
/// it does not go on to the end.
fn interruption(text: &str, from: usize, to: usize, pack: &Pack) -> Option<(usize, Option<usize>)> {
    let mut at = from;
    while let Some(dash) = next_dash(text, at, to) {
        at = dash.end;
        let said = text[from..dash.start].trim_end();
        if !said.ends_with([',', '.', '?', '!', '…']) || !says(&text[dash.end..to], pack) {
            continue;
        }
        // A comma belongs to the author's words, any other mark to what is said.
        let end = from + said.trim_end_matches(',').len();
        let close = next_dash(text, dash.end, to).filter(|close| {
            let words = text[dash.end..close.start].trim_end();
            words.len() <= LONGEST && words.ends_with([',', '.', ':', ';', '!'])
        });
        let resumed = close.as_ref().map(|close| to - text[close.end..to].trim_start().len());
        let whole =
            close.is_some() || to - dash.end <= LONGEST && !text[dash.end..to].contains(['«', '„', '“']);
        if whole && end > from {
            return Some((end, resumed.filter(|resumed| *resumed < to)));
        }
    }
    None
}

/// The same in French, between commas and known by the pronoun behind its verb: `« Nous partons, a-t-il dit, ce soir. »`
fn inverted(text: &str, from: usize, to: usize, pack: &Pack) -> Option<(usize, Option<usize>)> {
    let speech = pack.speech();
    let mut at = from;
    while let Some(comma) = text[at..to].find(',').map(|offset| at + offset) {
        at = comma + 1;
        let rest = &text[at..to];
        let bare = rest.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '.']);
        let Some((ending, _)) = speech.clitic(bare) else { continue };
        let length = rest.find([',', '.', '!', '?']).unwrap_or(rest.len());
        let said = rest[..length].split_whitespace().take(REACH).any(|word| {
            let verb = fold(if word == bare { &bare[..bare.len() - ending] } else { word });
            speech.says(&verb)
        });
        let end = at + length;
        if !said || length > LONGEST || comma == from {
            continue;
        }
        let close = text[end..to].starts_with(',');
        let resumed = to - text[(end + usize::from(close)).min(to)..to].trim_start().len();
        return Some((comma, close.then_some(resumed).filter(|resumed| *resumed < to)));
    }
    None
}

/// The next dash between spaces in `text[from..to]`.
fn next_dash(text: &str, from: usize, to: usize) -> Option<std::ops::Range<usize>> {
    let stretch = &text[from..to];
    stretch.char_indices().find_map(|(offset, c)| {
        let end = offset + c.len_utf8();
        let spaced = is_dash(c)
            && stretch[..offset].ends_with(char::is_whitespace)
            && stretch[end..].starts_with(char::is_whitespace);
        spaced.then_some(from + offset..from + end)
    })
}

/// Whether words behind a dash say who speaks: a verb of saying among the first of them, in lower case.
fn says(words: &str, pack: &Pack) -> bool {
    words
        .split_whitespace()
        .take_while(|word| !word.starts_with(is_dash))
        .take(REACH)
        .map(|word| word.trim_end_matches([',', '.', ':', '!']))
        .any(|word| word.starts_with(char::is_lowercase) && pack.speech().says(&fold(word)))
}
