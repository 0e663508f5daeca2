//! Text to pieces: sentences, headings and furniture, each in its place.

use std::ops::Range;

use throughline_schema::Span;
use throughline_schema::span::CharIndex;

use crate::boundary::{self, Style};
use crate::chars::{is_closer, is_full_stop, is_mark, is_opener, trim};
use crate::furniture::{self, FurnitureKind};
use crate::language::language;
use crate::lines::blocks;
use crate::{legal, lists};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// A sentence of running text.
    Sentence,
    /// A sentence wholly inside quotation marks.
    Quote,
    /// A headline or a heading between paragraphs.
    Heading,
    /// Not a statement.
    Furniture(FurnitureKind),
}

/// A stretch of text without white space at its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub span: Span,
    /// Which of the text's paragraphs it stands in, from 0.
    pub paragraph: u32,
    /// What it is.
    pub kind: PieceKind,
}

/// A text in pieces. Pieces are in order, do not overlap, and leave out only white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segmentation {
    /// All of the text.
    pub pieces: Vec<Piece>,
    /// The language, given or detected: a BCP 47 tag, `und` where it can't be told.
    pub lang: String,
}

/// Splits a text into sentences, headings and furniture.
///
/// `lang` is a BCP 47 tag where the language is known; else it is detected.
///
/// ```
/// use throughline_tokenisation::{PieceKind, segment};
/// let text = "The U.S. Senate voted. \"It is done,\" Mr. Smith said.\n\n0 Comments";
/// let pieces = segment(text, Some("en")).pieces;
/// assert_eq!(pieces[0].span.slice(text), "The U.S. Senate voted.");
/// assert_eq!(pieces[1].span.slice(text), "\"It is done,\" Mr. Smith said.");
/// assert!(matches!(pieces[2].kind, PieceKind::Furniture(_)));
/// ```
pub fn segment(text: &str, lang: Option<&str>) -> Segmentation {
    let lang = lang.map_or_else(|| language(text).to_owned(), str::to_owned);
    let english = lang.starts_with("en") || lang == "und";
    let style = Style { english, legal: english && legal::is_report(text) };
    let index = CharIndex::new(text);
    let mut pieces = Vec::new();
    for (paragraph, block) in blocks(text, style.legal).into_iter().enumerate() {
        let paragraph = u32::try_from(paragraph).unwrap_or(u32::MAX);
        let mut push = |range: Range<usize>, kind: PieceKind| {
            let (start, end) = trim(text, range.start, range.end);
            if start < end {
                pieces.push(Piece { span: index.span(text, start..end), paragraph, kind });
            }
        };
        if let Some(kind) = furniture::kind(&text[block.clone()]) {
            push(block, PieceKind::Furniture(kind));
            continue;
        }
        let mut ends = boundary::ends(text, block.clone(), style);
        let items = lists::items(text, block.clone());
        if !items.is_empty() {
            // The dot of an item's number ends nothing.
            ends.retain(|end| items.iter().all(|item| !(item + 1..item + 12).contains(end)));
            ends.extend(items);
        }
        if style.legal {
            legal::columns(text, block.start, block.end, &mut ends);
        }
        ends.sort_unstable();
        ends.dedup();
        ends.push(block.end);
        let mut start = block.start;
        let alone = ends.len() == 1;
        for end in ends {
            let sentence = &text[start..end];
            let kind = if alone && is_heading(sentence) { PieceKind::Heading } else { kind(sentence) };
            push(start..end, kind);
            start = end;
        }
    }
    Segmentation { pieces, lang }
}

fn kind(sentence: &str) -> PieceKind {
    let sentence = sentence.trim();
    let opens = sentence.starts_with(['"', '“', '«', '„']);
    let closes = sentence.ends_with(['"', '”', '»']);
    let inner =
        sentence.char_indices().skip(1).filter(|(_, c)| matches!(c, '"' | '“' | '”' | '«' | '»')).count();
    if opens && closes && inner == 1 { PieceKind::Quote } else { PieceKind::Sentence }
}

/// A short line of its own without a full stop.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let last = line.chars().rev().find(|&c| !is_closer(c));
    let first = line.chars().find(|&c| !is_opener(c));
    line.len() <= 200
        && line.split_whitespace().count() <= 18
        && first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
        && last.is_some_and(|c| !is_mark(c) && !is_full_stop(c) && !matches!(c, ',' | ';' | ':'))
}
