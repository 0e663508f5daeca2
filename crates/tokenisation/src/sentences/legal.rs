//! Law reports, where numbers of paragraphs, notes and pages stand between sentences as pieces of their own.

use crate::languages::common::common;
use crate::text::chars::{after, head, skip_space};

/// Signs of citation; this many of them make a text a law report.
const CITATIONS: usize = 5;

/// Bytes that tell a marker from the start of a sentence.
const LOOK: usize = 96;

/// Whether a text is a law report.
pub(crate) fn is_report(text: &str) -> bool {
    common().citations(text, CITATIONS) == CITATIONS
}

/// Where the columns of a docket's head part: `Decision Date: 03/13/15    Archive Date: 03/24/15`.
pub(crate) fn columns(text: &str, start: usize, end: usize, ends: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(found) = memchr::memchr2(b' ', b'\t', &bytes[at..end]) {
        let from = at + found;
        let blanks = bytes[from..end].iter().take_while(|&&b| b == b' ' || b == b'\t').count();
        let next = from + blanks;
        let tabbed = bytes[from] == b'\t' && bytes.get(next) == Some(&b')');
        // A wide gap before a line's first word or after its number is indentation.
        let number = from - start <= 4;
        if (blanks >= 4 && !number && next < end && bytes[next].is_ascii_uppercase()) || tabbed {
            ends.push(from);
            if tabbed {
                ends.push(next + 1);
            }
        }
        at = next;
    }
}

/// Where the marker ends that a sentence starts with: `12`, `3.`, `B.`, `IV.`, `[4]`, `(2)`, `*1163`, `¶ 7.`
pub(crate) fn marker(text: &str, start: usize, limit: usize) -> Option<usize> {
    let rest = head(text, start, limit, LOOK);
    let (close, inner) = match rest.chars().next()? {
        '[' => ("]", 1),
        '(' => (")", 1),
        '*' => ("", 1),
        '¶' => (".", skip_space(rest, '¶'.len_utf8(), rest.len())),
        _ => ("", 0),
    };
    let body = &rest[inner..];
    let length =
        body.bytes().take(8).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b',' | b' ')).count();
    let length = body[..length].trim_end().len();
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let letters = body.bytes().take(8).take_while(u8::is_ascii_alphabetic).count();
    let roman = letters > 0 && body[..letters].bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let end = match (close, inner) {
        ("", 0) if (1..=3).contains(&digits) => digits + usize::from(body[digits..].starts_with('.')),
        ("", 0) if (letters == 1 || roman) && body[letters..].starts_with('.') => letters + 1,
        ("", 1) if digits > 0 => digits,
        ("]", _) if digits > 0 && body[length..].starts_with(']') => length + 1,
        (")", _)
            if digits.max(letters) == length
                && (1..=3).contains(&length)
                && body[length..].starts_with(')') =>
        {
            length + 1
        }
        (".", _) if digits > 0 && body[digits..].starts_with('.') => digits + 1,
        _ => return None,
    };
    let end = inner + end;
    let after_marker = &rest[end..];
    let next = skip_space(text, start + end, limit);
    let opens = after(text, next)
        .is_some_and(|c| !c.is_lowercase() && !c.is_numeric() && !matches!(c, '§' | ',' | '-' | '–'));
    let spaced = after_marker.starts_with(char::is_whitespace);
    // `38 C.F.R. § 4.1` and `J. Smith` are sentences that start with a number or an initial.
    let citation = close.is_empty()
        && inner == 0
        && body[end..].trim_start().chars().nth(1).is_some_and(|c| c == '.' || c.is_uppercase());
    // `M. Taylor, Counsel` is a name.
    let name = letters == 1
        && inner == 0
        && after_marker.split_whitespace().next().is_some_and(|w| w.ends_with(','));
    let lower_follows = close == ")" || close == "]" || inner > 0;
    (spaced && (opens || lower_follows) && !citation && !name).then_some(start + end)
}
