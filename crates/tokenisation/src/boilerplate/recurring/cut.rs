//! Lines of the site out of the statements of an article, also where they are glued to one.

use rustc_hash::FxHashMap;
use throughline_schema::{Furniture, Span, Statement, StatementId};

use crate::boilerplate::BoilerplateKind;
use crate::boilerplate::between::move_between;
use crate::boilerplate::line::Line;
use crate::read::ArticleText;
use crate::text::chars::{is_closer, is_full_stop, is_mark, trim};

/// Words of the shortest line that is cut off a statement. Shorter ones are ordinary ends of sentences.
const GLUED: usize = 4;
/// Words of the longest credit.
const CREDIT: usize = 8;
/// Words of the shortest sentence that is told by its small words.
const SENTENCE: usize = 5;

/// A line of the site.
pub(super) struct SiteLine {
    line: Line,
    origin: Origin,
}

/// How a line is known to be one of the site.
#[derive(Clone, Copy)]
struct Origin {
    kind: BoilerplateKind,
    /// How many articles carry it, if that is why.
    articles: Option<u32>,
}

impl SiteLine {
    pub(super) fn recurring(line: Line, articles: u32) -> Self {
        Self { line, origin: Origin { kind: BoilerplateKind::Recurring, articles: Some(articles) } }
    }

    pub(super) fn listed(line: &Line) -> Self {
        Self { line: line.clone(), origin: Origin { kind: BoilerplateKind::Listed, articles: None } }
    }
}

/// The lines of a site, by their words.
pub(super) struct Cutter {
    /// By key.
    whole: FxHashMap<u64, Origin>,
    /// Numbers of words that lines have which may be glued, each once, the most first.
    lengths: Vec<usize>,
}

/// A piece of a statement: bytes in it, and why it is the site's, if it is.
type Part = (usize, usize, Option<Origin>);

impl Cutter {
    pub(super) fn new(lines: Vec<SiteLine>) -> Self {
        let mut lengths: Vec<usize> =
            lines.iter().map(|site| site.line.words()).filter(|&n| n >= GLUED).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths.dedup();
        let whole = lines.iter().filter_map(|site| Some((site.line.key()?, site.origin))).collect();
        Self { whole, lengths }
    }

    /// Moves the lines of the site in `text`, which stands in `source`, to its furniture.
    pub(super) fn cut(&self, source: &str, text: &mut ArticleText) {
        if self.whole.is_empty() {
            return;
        }
        let mut kept = Vec::with_capacity(text.statements.len());
        let mut moved = false;
        for statement in std::mem::take(&mut text.statements) {
            let parts = self.parts(&statement.text);
            if let [(_, _, None)] = parts[..] {
                kept.push(statement);
                continue;
            }
            moved = true;
            for (start, end, origin) in parts {
                let span = part_of(statement.span, source, start, end);
                if let Some(origin) = origin {
                    text.furniture.push(Furniture {
                        article: statement.article.clone(),
                        kind: origin.kind,
                        text: span.slice(source).to_owned(),
                        span,
                        articles: origin.articles,
                    });
                } else {
                    kept.push(remainder(&statement, span, source));
                }
            }
        }
        if moved {
            for (index, statement) in (0u32..).zip(&mut kept) {
                statement.index = index;
            }
            text.furniture.sort_by_key(|piece| piece.span.byte_start);
        }
        text.statements = kept;
        if moved {
            move_between(text);
        }
    }

    /// A statement in parts, in order, without white space at their ends.
    fn parts(&self, text: &str) -> Vec<Part> {
        let line = Line::of(text);
        let all = [(0, text.len(), None)].to_vec();
        let Some(key) = line.key() else { return all };
        if let Some(&origin) = self.whole.get(&key) {
            return vec![(0, text.len(), Some(origin))];
        }
        for &count in self.lengths.iter().filter(|&&count| count < line.words()) {
            if let Some((at, origin)) = self.at(line.closing(count)) {
                return split(text, at, origin, false);
            }
            if let Some((at, origin)) = self.at(line.opening(count)) {
                return split(text, at, origin, true);
            }
        }
        all
    }

    fn at(&self, found: Option<(u64, usize)>) -> Option<(usize, Origin)> {
        let (key, at) = found?;
        Some((at, *self.whole.get(&key)?))
    }
}

/// `text` in two at byte `at`; the site's part is the `first` one or the second.
fn split(text: &str, at: usize, origin: Origin, first: bool) -> Vec<Part> {
    // Marks stay with the words before them, brackets with those behind.
    let marks = text[at..].find(|c: char| !(is_mark(c) || is_full_stop(c) || is_closer(c)));
    let at = if first {
        at + marks.unwrap_or(text.len() - at)
    } else {
        text[..at].trim_end_matches(['(', '[', '"', '“', '«', '—', '-', ' ']).len()
    };
    let (left, right) = (trim(text, 0, at), trim(text, at, text.len()));
    let rest = if first { right } else { left };
    if !is_said(&text[rest.0..rest.1]) {
        return vec![(0, text.len(), Some(origin))];
    }
    vec![(left.0, left.1, first.then_some(origin)), (right.0, right.1, (!first).then_some(origin))]
}

/// Whether what is left of a statement is one: a sentence, by its full stop or by its small words. A name or a credit
/// without a full stop goes with the line.
fn is_said(rest: &str) -> bool {
    let words: Vec<&str> =
        rest.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let ends = rest.chars().rev().find(|&c| !is_closer(c)).is_some_and(|c| is_mark(c) || is_full_stop(c));
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    words.len() > CREDIT
        || ends && !words.is_empty() && !rest.starts_with('(')
        || words.len() >= SENTENCE && 2 * small > words.len() && !rest.contains('@')
}

/// Bytes `start..end` of a statement at `whole` in `source`.
fn part_of(whole: Span, source: &str, start: usize, end: usize) -> Span {
    let byte_start = whole.byte_start + start;
    let byte_end = whole.byte_start + end;
    let char_start = whole.char_start + source[whole.byte_start..byte_start].chars().count();
    let char_end = char_start + source[byte_start..byte_end].chars().count();
    Span { byte_start, byte_end, char_start, char_end }
}

/// The statement that `span` of `whole` is.
fn remainder(whole: &Statement, span: Span, source: &str) -> Statement {
    let text = span.slice(source).to_owned();
    let id = StatementId::derive(&[whole.article.as_str(), &text, whole.id.as_str()]);
    Statement { id, text, span, ..whole.clone() }
}
