//! The fixed phrases of pages, from the lists of all languages. In a plain line numbers stand as `0`.

use super::{BoilerplateKind, agency};
use crate::languages::page::{self, Form};

/// Longest phrase, in bytes.
const LONGEST: usize = 96;

/// The kind of a line that is one of the phrases as a whole.
pub(super) fn whole(plain: &str) -> Option<BoilerplateKind> {
    if plain.len() > LONGEST { None } else { page::words().line(plain).map(|(kind, _)| kind) }
}

/// The kind of a line that opens or ends with one of the phrases and has nothing of its own to say.
pub(super) fn opening(plain: &str, line: &str) -> Option<BoilerplateKind> {
    if line.starts_with(['"', '“', '«', '‘', '\'']) {
        return None;
    }
    if line.starts_with('©') {
        return Some(BoilerplateKind::Copyright);
    }
    let words = page::words();
    let found = words.openings(plain).find(|form| {
        line.split_whitespace().count() <= longest(form)
            && (!form.unstopped || !line.ends_with('.'))
            && (!form.number || plain.contains('0'))
            && (!form.address || line.contains('@'))
            && (!form.subject || words.names_subject(plain, form.kind))
    });
    found.or_else(|| words.endings(plain).find(|form| !form.closing)).map(|form| form.kind)
}

/// The most words of a line with this beginning.
fn longest(form: &Form) -> usize {
    match form.kind {
        _ if form.long => usize::MAX,
        BoilerplateKind::Credit | BoilerplateKind::PhotoCredit => 14,
        BoilerplateKind::Byline => 8,
        BoilerplateKind::Share => 6,
        _ => usize::MAX,
    }
}

/// The kind of the last piece of a paragraph that is one of the phrases: `Photo: Ann Lee` behind a caption,
/// `(Reporting by A; Editing by B)`, `A contributed to this report.`
pub(super) fn closing(plain: &str, piece: &str) -> Option<BoilerplateKind> {
    /// The most words of a name behind "Photo:", which no full stop makes a sentence.
    const TAKER: usize = 6;
    let words = page::words();
    let whole = words.line(plain).filter(|(_, closing)| *closing).map(|(kind, _)| kind);
    let opens = || {
        words.openings(plain).filter(|form| form.closing).find(|form| {
            let taker = plain[form.text.len()..].split_whitespace().count();
            if piece.split_whitespace().count() > longest(form) {
                return false;
            }
            form.kind != BoilerplateKind::PhotoCredit || !piece.ends_with('.') && (1..=TAKER).contains(&taker)
        })
    };
    let form = || opens().or_else(|| words.endings(plain).find(|form| form.closing));
    // A sentence that only starts like one of them starts small.
    let capital = piece.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    if capital { whole.or_else(|| form().map(|form| form.kind)) } else { None }
}

/// `REUTERS/Jane Doe`, `AP Photo/Jane Doe`, `Jane Doe / AFP via Getty Images`: the parts around the first slash.
pub(super) fn signs_picture(left: &str, right: &str, is_name_list: impl Fn(&str) -> bool) -> bool {
    let left = left.trim().trim_end_matches(" Photo").trim_end_matches(" PHOTO");
    let right = right.trim();
    let signed = |name: &str| agency::agency(name).is_some_and(|(_, rest)| rest.is_empty());
    let last = right.rsplit('/').next().unwrap_or(right).trim();
    let pictured =
        || page::words().pictures().iter().any(|name| crate::text::fold::ends_with_folded(last, name));
    signed(left) && is_name_list(right) || is_name_list(left) && (signed(right) || pictured())
}
