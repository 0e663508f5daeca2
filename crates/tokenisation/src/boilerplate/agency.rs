//! News agencies by the names with which they sign.

use crate::languages::page::{self, Agency};
use crate::text::chars::is_alphanumeric;
use crate::text::fold::{fold_char, strip_folded};

/// The agency whose name `text` starts with, as a whole word, and what follows it.
pub(crate) fn agency(text: &str) -> Option<(&'static str, &str)> {
    find(text).map(|(agency, rest)| (agency.spelling, rest))
}

/// The signature with which a paragraph ends though no full stop stands before it: Reuters signed `Reuter` after
/// tables too.
pub(crate) fn signature(paragraph: &str) -> Option<&str> {
    let (_, last) = paragraph.rsplit_once(char::is_whitespace)?;
    find(last).filter(|(agency, rest)| agency.closes && rest.is_empty()).map(|_| last)
}

fn find(text: &str) -> Option<(&'static Agency, &str)> {
    let first = text.chars().next()?;
    // The first letter's bytes rule out nearly all names without a call.
    let mut buffer = [0; 4];
    let initial = fold_char(first).encode_utf8(&mut buffer).as_bytes();
    // `trend`, `ap` and the like are words; an agency signs with a capital, or as dpa, reuter and 24.kg do.
    let small = first.is_lowercase() || first.is_ascii_digit();
    page::words()
        .agencies(initial[0])
        .iter()
        .filter(|agency| agency.name.as_bytes().starts_with(initial) && (agency.small || !small))
        .find_map(|agency| {
            let rest = strip_folded(text, agency.name)?;
            let whole = rest.chars().next().is_none_or(|c| !is_alphanumeric(c));
            whole.then_some((agency, rest))
        })
}
