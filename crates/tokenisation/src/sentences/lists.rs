//! Lists inside a line: `1) The first item 2) The second item`.
//!
//! Items need no full stop between them, so the numbers themselves must carry the evidence: a list stands
//! at the start of its block, counts up by one, keeps its form, and each item starts with a capital.

use std::ops::Range;

use crate::text::chars::{after, is_bullet, skip_space};

/// The form of a list's markers: the signs around the number or letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Marker {
    bullet: Option<char>,
    /// The item's number; letters count from 1. 0 for a bare bullet.
    number: u32,
    letter: bool,
    close: &'static str,
    length: usize,
}

/// Closing signs, longest first.
const CLOSES: [&str; 3] = [".)", ")", "."];

/// First bytes of the second and all later items of a list that opens `block`.
pub(crate) fn items(text: &str, block: Range<usize>) -> Vec<usize> {
    let mut items = Vec::new();
    let Some(first) = Marker::read(text, block.start, block.end) else { return items };
    if first.number > 1 && first.bullet.is_none() {
        return items;
    }
    let mut last = first;
    let bytes = text.as_bytes();
    let mut at = block.start + first.length;
    while at < block.end {
        let Some(space) = bytes[at..block.end].iter().position(|b| b.is_ascii_whitespace()) else { break };
        at = skip_space(text, at + space, block.end);
        if let Some(marker) = Marker::read(text, at, block.end).filter(|m| m.follows(&last)) {
            items.push(at);
            at += marker.length;
            last = marker;
        }
    }
    items
}

impl Marker {
    fn read(text: &str, start: usize, limit: usize) -> Option<Self> {
        let mut at = start;
        let bullet = after(text, at).filter(|&c| at < limit && is_bullet(c));
        if let Some(sign) = bullet {
            at = skip_space(text, at + sign.len_utf8(), limit);
        }
        let rest = &text[at..limit];
        let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let (number, letter, width) = match rest.chars().next() {
            Some(_) if (1..=3).contains(&digits) => (rest[..digits].parse().ok()?, false, digits),
            Some(c @ 'a'..='z') => (c as u32 - 'a' as u32 + 1, true, 1),
            _ if bullet.is_some() => (0, false, 0),
            _ => return None,
        };
        let close = CLOSES.into_iter().find(|close| rest[width..].starts_with(close));
        let (number, letter, width, close) = match close {
            Some(close) if width > 0 => (number, letter, width + close.len(), close),
            _ if bullet.is_some() => (0, false, 0, ""),
            _ => return None,
        };
        let body = &rest[width..];
        let item = body.trim_start();
        let spaced = item.len() < body.len() || bullet.is_some();
        (spaced && item.starts_with(|c: char| c.is_uppercase() || bullet.is_some())).then_some(Self {
            bullet,
            number,
            letter,
            close,
            length: at + width - start,
        })
    }

    fn follows(&self, last: &Self) -> bool {
        self.bullet == last.bullet
            && self.letter == last.letter
            && self.close == last.close
            && self.number == last.number + u32::from(last.number > 0)
    }
}
