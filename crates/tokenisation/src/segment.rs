//! Text to pieces: sentences, headings and boilerplate, each in its place.

use std::ops::Range;

use throughline_schema::Span;

use crate::boilerplate::{self, BoilerplateKind, agency, dateline, inline};
use crate::languages;
use crate::sentences::boundary::{self, Style};
use crate::sentences::quoted::Quoted;
use crate::sentences::{legal, lists};
use crate::text::chars::{is_closer, is_full_stop, is_mark, is_opener, skip_space, trim};
use crate::text::language::language;
use crate::text::lines::blocks;

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
    Boilerplate(BoilerplateKind),
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

/// Bytes in which the marker of a list's item has its dot.
const MARKER: usize = 12;

/// A text in pieces. Pieces are in order, do not overlap, and leave out only white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segmentation {
    /// All of the text.
    pub pieces: Vec<Piece>,
    /// The news agency whose copy it is, as its dateline or its closing credit says.
    pub wire: Option<String>,
    /// The language, given or detected: a BCP 47 tag, `und` where it can't be told.
    pub lang: String,
    /// Whether it may have boilerplate inside; a law report has none.
    pub is_page: bool,
}

/// Splits a text into sentences, headings and boilerplate.
///
/// `lang` is a BCP 47 tag where the language is known; else it is detected.
///
/// ```
/// use throughline_tokenisation::{PieceKind, segment};
/// let text = "The U.S. Senate voted. \"It is done,\" Mr. Smith said.\n\n0 Comments";
/// let pieces = segment(text, Some("en")).pieces;
/// assert_eq!(pieces[0].span.slice(text), "The U.S. Senate voted.");
/// assert_eq!(pieces[1].span.slice(text), "\"It is done,\" Mr. Smith said.");
/// assert!(matches!(pieces[2].kind, PieceKind::Boilerplate(_)));
/// ```
pub fn segment(text: &str, lang: Option<&str>) -> Segmentation {
    let lang = lang.map_or_else(|| language(text).to_owned(), str::to_owned);
    let style = Style::of(languages::own(&lang));
    let style = Style { legal: style.english && legal::is_report(text), ..style };
    let mut pieces = Pieces { text, read: (0, 0), style, pieces: Vec::new(), wire: None, lead: true };
    for (paragraph, block) in blocks(text, style.legal, style.pack.sentences()).into_iter().enumerate() {
        pieces.paragraph(block, u32::try_from(paragraph).unwrap_or(u32::MAX));
    }
    let is_page = !style.legal;
    Segmentation { pieces: pieces.pieces, wire: pieces.wire.map(str::to_owned), lang, is_page }
}

/// The pieces found so far.
struct Pieces<'t> {
    text: &'t str,
    /// How far the text has been read: bytes, and code points in them. Pieces come in order.
    read: (usize, usize),
    style: Style,
    pieces: Vec<Piece>,
    wire: Option<&'t str>,
    /// No sentence of running text has been found yet.
    lead: bool,
}

impl Pieces<'_> {
    fn push(&mut self, range: Range<usize>, paragraph: u32, kind: PieceKind) {
        let (start, end) = trim(self.text, range.start, range.end);
        if start < end {
            let char_start = self.read.1 + self.text[self.read.0..start].chars().count();
            let char_end = char_start + self.text[start..end].chars().count();
            self.read = (end, char_end);
            let span = Span { byte_start: start, byte_end: end, char_start, char_end };
            self.pieces.push(Piece { span, paragraph, kind });
        }
    }

    /// Adds the pieces of one block.
    fn paragraph(&mut self, block: Range<usize>, paragraph: u32) {
        let text = self.text;
        if let Some(kind) = self.boilerplate(&text[block.clone()]) {
            self.sign(&text[block.clone()], kind);
            self.push(block, paragraph, PieceKind::Boilerplate(kind));
            return;
        }
        let mut start = block.start;
        if let Some(found) = dateline::dateline(&text[block.clone()], self.lead) {
            start += found.length;
            self.wire = self.wire.or(found.agency);
            self.push(block.start..start, paragraph, PieceKind::Boilerplate(BoilerplateKind::Dateline));
            start = skip_space(text, start, block.end);
        }
        let signature = agency::signature(&text[start..block.end]);
        let mut ends = self.ends(start..block.end);
        if let Some(name) = signature {
            let last = block.end - name.len();
            if ends.len() < 2 || skip_space(text, ends[ends.len() - 2], block.end) < last {
                ends.insert(ends.len() - 1, last);
            }
        }
        let alone = ends.len() == 1 && start == block.start;
        let mut quoted = Quoted::default();
        for end in ends {
            let piece = text[start..end].trim();
            let is_quoted = quoted.read(text, start, end);
            let kind = if alone && is_heading(piece) {
                PieceKind::Heading
            } else if let Some(kind) = self.furniture(piece, end == block.end && start > block.start) {
                self.sign(piece, kind);
                PieceKind::Boilerplate(kind)
            } else {
                self.lead = false;
                if is_quoted { PieceKind::Quote } else { PieceKind::Sentence }
            };
            self.push(start..end, paragraph, kind);
            start = end;
        }
    }

    /// The kind of boilerplate that a block is as a whole, if it is any.
    fn boilerplate(&self, block: &str) -> Option<BoilerplateKind> {
        let kind = boilerplate::kind(block);
        if self.style.legal {
            // Dates and authors are the substance of a docket's head.
            return kind.filter(|&kind| kind == BoilerplateKind::Separator);
        }
        kind.or_else(|| {
            let beside = matches!(self.pieces.last()?.kind, PieceKind::Boilerplate(kind) if kind != BoilerplateKind::Separator);
            (beside && boilerplate::is_date(block)).then_some(BoilerplateKind::Timestamp)
        })
    }

    /// Ends of all sentences of a block.
    fn ends(&self, block: Range<usize>) -> Vec<usize> {
        let mut ends = boundary::ends(self.text, block.clone(), self.style);
        let items = lists::items(self.text, block.clone());
        if !items.is_empty() {
            // The dot of an item's number ends nothing.
            ends.retain(|end| {
                let before = items.partition_point(|item| item < end);
                before == 0 || items[before - 1] + MARKER < *end
            });
            ends.extend(items);
        }
        if self.style.legal {
            legal::columns(self.text, block.start, block.end, &mut ends);
        } else {
            ends.extend(inline::breaks(self.text, block.clone()));
        }
        ends.sort_unstable();
        ends.dedup();
        ends.push(block.end);
        ends
    }

    /// What a piece inside a paragraph is, if it is boilerplate.
    fn furniture(&self, piece: &str, last: bool) -> Option<BoilerplateKind> {
        closing(piece, last).or_else(|| inline::inside(piece).filter(|_| !self.style.legal))
    }

    /// Notes the agency that a credit names.
    fn sign(&mut self, piece: &str, kind: BoilerplateKind) {
        if kind == BoilerplateKind::Credit {
            self.wire = self.wire.or(boilerplate::credited(piece));
        }
    }
}

/// What a piece inside a paragraph is, if it is boilerplate: a drawn rule, or a credit after the last sentence.
fn closing(piece: &str, last: bool) -> Option<BoilerplateKind> {
    if piece.len() > 3 && piece.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~')) || piece == ")" {
        return Some(BoilerplateKind::Separator);
    }
    if last { boilerplate::closing(piece) } else { None }
}

/// A short line of its own without a full stop, or one that Markdown marks.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let marked = line.trim_start_matches('#');
    if marked.starts_with(' ') && (1..=6).contains(&(line.len() - marked.len())) {
        return true;
    }
    let last = line.chars().rev().find(|&c| !is_closer(c));
    let first = line.chars().find(|&c| !is_opener(c));
    line.len() <= 200
        && line.split_whitespace().count() <= 18
        && first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
        && last.is_some_and(|c| !is_mark(c) && !is_full_stop(c) && !matches!(c, ',' | ';' | ':'))
}
