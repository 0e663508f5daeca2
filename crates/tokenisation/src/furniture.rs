//! Page furniture: what a page adds around an article and nobody reported.
//!
//! Precision comes first. A line is furniture only if all of it is accounted for by a closed form; a line
//! that merely mentions comments, cookies or a newsletter stays a statement.

use std::ops::Range;

/// What a piece of furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FurnitureKind {
    /// Asks for, counts or heads comments.
    CommentPrompt,
    /// Navigation.
    Menu,
    /// Consent to cookies.
    Cookie,
    /// Asks to subscribe or to follow.
    Newsletter,
    /// Buttons to share or print.
    Share,
    /// Links to other articles.
    ReadMore,
    /// Who took a picture.
    PhotoCredit,
    /// Who wrote the article.
    Byline,
    /// Place, date and agency before the first sentence.
    Dateline,
    /// When the article appeared.
    Timestamp,
    /// The agency or the editors at the end.
    Credit,
    /// Rights reserved.
    Copyright,
    /// A place for advertising.
    Advertisement,
    /// A rule or ornament without words.
    Separator,
}

impl FurnitureKind {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::CommentPrompt => "comment_prompt",
            Self::Menu => "menu",
            Self::Cookie => "cookie",
            Self::Newsletter => "newsletter",
            Self::Share => "share",
            Self::ReadMore => "read_more",
            Self::PhotoCredit => "photo_credit",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Timestamp => "timestamp",
            Self::Credit => "credit",
            Self::Copyright => "copyright",
            Self::Advertisement => "advertisement",
            Self::Separator => "separator",
        }
    }
}

/// Longest line, in bytes, that can be furniture.
const LONGEST: usize = 240;

/// Whether a line is furniture as a whole.
pub(crate) fn is_line(text: &str, range: &Range<usize>) -> bool {
    kind(&text[range.clone()]).is_some()
}

/// The kind of furniture that a trimmed line is, if it is any.
pub(crate) fn kind(line: &str) -> Option<FurnitureKind> {
    if line.chars().all(is_ornament) {
        return Some(FurnitureKind::Separator);
    }
    if line.len() > LONGEST {
        return None;
    }
    let plain = plain(line);
    exact(&plain)
}

/// Lower case, digits as `#`, words one space apart, without signs at either end.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for word in line.trim_matches(|c: char| !c.is_alphanumeric()).split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for c in word.chars() {
            if c.is_ascii_digit() {
                if !plain.ends_with('#') {
                    plain.push('#');
                }
            } else {
                plain.extend(c.to_lowercase());
            }
        }
    }
    plain
}

/// Signs of which rules and ornaments between sections are made.
fn is_ornament(c: char) -> bool {
    matches!(
        c,
        '-' | '–'
            | '—'
            | '='
            | '_'
            | '*'
            | '~'
            | '#'
            | '|'
            | '+'
            | '·'
            | '•'
            | '●'
            | '■'
            | '◆'
            | ')'
            | '('
    ) || c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
}

fn exact(line: &str) -> Option<FurnitureKind> {
    use FurnitureKind::*;
    Some(match line {
        "post a comment"
        | "# comments"
        | "# comment"
        | "comments"
        | "comments (#"
        | "leave a comment"
        | "leave a reply"
        | "add a comment"
        | "no comments"
        | "no comments yet"
        | "be the first to comment"
        | "join the conversation"
        | "view comments"
        | "show comments"
        | "write a comment" => CommentPrompt,
        "close menu"
        | "open menu"
        | "main menu"
        | "menu"
        | "skip to content"
        | "skip to main content"
        | "toggle navigation"
        | "back to top" => Menu,
        _ => return None,
    })
}
