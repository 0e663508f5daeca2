//! From paragraph to paragraph: what an attribution reaches beyond its own sentence.
//!
//! A later sentence that is only a quotation joins the attribution before it. A quotation left open goes on
//! in the next paragraph, if that opens with the same mark. A paragraph that ends with a colon introduces
//! the quotation that follows; a dash and a name close the one before.

use std::ops::Range;

use super::{
    attribution::{self, Attribution},
    interrupted,
    marks::{self, Mark, Style},
    sentences,
    speaker::names::{Capitals, Names},
    token::{self, Kind, Token},
};
use crate::languages::Pack;
use crate::languages::class::Class;
use throughline_schema::Statement;

/// How many attributions back a quotation may join one.
const JOIN_REACH: usize = 4;

/// How many sentences back one may stand that a quotation joins, if its own words are one. Behind an account with a
/// few quoted words only the next sentence does: somebody else may speak there.
const DIRECT_REACH: usize = 3;

/// Attributed words, as byte ranges of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// What was said.
    pub content: Vec<Range<usize>>,
    /// The cue.
    pub cue: Option<Range<usize>>,
    /// Who said it.
    pub source: Option<Range<usize>>,
}

/// A paragraph, read.
struct Paragraph {
    marks: Vec<Mark>,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
}

impl Paragraph {
    /// Reads the paragraph of these statements.
    fn read(text: &str, statements: &[Statement], pack: &Pack) -> Self {
        let edges: Vec<usize> =
            statements.iter().flat_map(|s| [s.span.byte_start, s.span.byte_end]).collect();
        let range = edges[0]..edges[edges.len() - 1];
        let marks = interrupted::parts(text, marks::find(text, range.clone()), pack);
        let tokens = token::tokens(text, range, &marks, &edges, pack);
        let sentences = sentences::sentences(&tokens, &marks, &edges);
        Self { marks, tokens, sentences }
    }

    fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        self.tokens[tokens.start].bytes.start..self.tokens[tokens.end - 1].bytes.end
    }

    fn found(&self, item: &Attribution) -> Found {
        Found {
            content: item.content.iter().map(|r| self.bytes(r)).collect(),
            cue: item.cue.as_ref().map(|r| self.bytes(r)),
            source: item.source.as_ref().map(|r| self.bytes(r)),
        }
    }

    /// The mark that the paragraph opens with.
    fn opening(&self) -> Option<&Mark> {
        self.tokens.first().and_then(Token::quote).map(|m| &self.marks[m])
    }

    /// What its capitals tell: in a heading, a short line without an end, less than in a text; least where
    /// nearly all words have one.
    fn capitals(&self) -> Capitals {
        const LONGEST: usize = 14;
        let ends = |t: &Token| {
            t.quote().is_some() || matches!(t.kind, Kind::Punct('.' | '?' | '!' | '…' | ':' | ','))
        };
        let open = self.tokens.len() <= LONGEST && !self.tokens.last().is_some_and(ends);
        // Short words are written small in many headings.
        let long = || self.tokens.iter().filter(|t| t.is_word() && t.bytes.len() > 4);
        let (words, capitals) = (long().count(), long().filter(|t| t.capital).count());
        let titled = self.tokens.len() <= 2 * LONGEST && words > 3 && capitals * 10 >= words * 9;
        if titled {
            Capitals::All
        } else if open {
            Capitals::OfHeading
        } else {
            Capitals::OfText
        }
    }

    /// Whether it is one quotation and nothing else.
    fn is_quotation(&self) -> bool {
        self.tokens.iter().all(|t| t.quote().is_some())
    }
}

/// What the paragraphs read so far leave for the next one.
#[derive(Default)]
struct Carry {
    /// The item whose quotation is still open, and the mark that goes on with it.
    open: Option<(usize, Style)>,
    /// Open quotations that nobody is named for yet.
    waiting: Vec<(Range<usize>, Style)>,
    /// Source and cue of a sentence that ended with a colon.
    introduction: Option<Found>,
    /// A paragraph that was a quotation and nothing else.
    alone: Option<Range<usize>>,
    /// The last item of the paragraph that holds a quotation, which one alone in the next goes on.
    last: Option<usize>,
    /// The last item of the paragraph before, whose source may go on in a quotation of its own paragraph.
    speaking: Option<usize>,
}

/// Every attribution of a text, in order of paragraphs.
pub(super) fn collect<'t>(
    text: &'t str,
    statements: &[Statement],
    pack: &'static Pack,
) -> (Vec<Found>, Names<'t>) {
    let mut out: Vec<Found> = Vec::new();
    let mut names = Names::new(pack);
    let mut carry = Carry::default();
    for (index, statements) in statements.chunk_by(|a, b| a.paragraph == b.paragraph).enumerate() {
        let paragraph = Paragraph::read(text, statements, pack);
        let items = attributions(text, &paragraph, index == 0);
        carry = one(&paragraph, &items, carry, &mut out);
        let capitals = paragraph.capitals();
        for sentence in &paragraph.sentences {
            names.read(text, &paragraph.tokens, sentence, capitals);
        }
    }
    names.finish(text);
    (out, names)
}

/// Adds a paragraph's attributions to `out`, with what `carry` brings to them.
fn one(paragraph: &Paragraph, items: &[Attribution], mut carry: Carry, out: &mut Vec<Found>) -> Carry {
    let first = out.len();
    out.extend(items.iter().map(|i| paragraph.found(i)));
    let mut next = Carry::default();
    if let Some(mark) = paragraph.opening() {
        let owner =
            (first..out.len()).find(|&k| out[k].content.iter().any(|c| c.contains(&mark.bytes.start)));
        match owner {
            // The quotation has an attribution of its own, which earlier paragraphs of it were waiting for.
            Some(owner) => {
                let waiting =
                    carry.waiting.drain(..).filter(|(_, style)| *style == mark.style).map(|(b, _)| b);
                out[owner].content.splice(0..0, waiting);
            }
            None => {
                let sentence =
                    paragraph.bytes(&attribution::trimmed(&paragraph.tokens, &paragraph.sentences[0]));
                if let Some((item, _)) = carry.open.filter(|(_, style)| *style == mark.style) {
                    out[item].content.push(sentence);
                    next.open = (!mark.closed).then_some((item, mark.style));
                } else if let Some(mut found) = carry.introduction.take() {
                    found.content.push(sentence);
                    out.push(found);
                    next.open = (!mark.closed).then_some((out.len() - 1, mark.style));
                } else if !mark.closed && items.is_empty() {
                    next.waiting = std::mem::take(&mut carry.waiting);
                    next.waiting.push((mark.bytes.clone(), mark.style));
                } else if let Some(item) =
                    carry.last.filter(|_| paragraph.is_quotation() && !mark.style.is_single())
                {
                    out[item].content.push(sentence);
                    next.last = Some(item);
                } else if let Some(item) = carry
                    .speaking
                    .filter(|_| paragraph.is_quotation() && mark.closed && !mark.style.is_single())
                {
                    let source = out[item].source.clone();
                    out.push(Found { content: vec![sentence], cue: None, source });
                    next.last = Some(out.len() - 1);
                } else if paragraph.is_quotation() {
                    next.alone = Some(mark.bytes.clone());
                }
            }
        }
    } else if let Some(quotation) = carry.alone.take()
        && let Some(source) = attribution::signature(&paragraph.tokens)
    {
        let dash = paragraph.tokens[0].bytes.clone();
        out.push(Found { content: vec![quotation], cue: Some(dash), source: Some(paragraph.bytes(&source)) });
    }
    if let Some(mark) = paragraph.marks.last().filter(|m| !m.closed) {
        let owner =
            (first..out.len()).rev().find(|&k| out[k].content.iter().any(|c| c.end == mark.bytes.end));
        next.open = next.open.or(owner.map(|item| (item, mark.style)));
    }
    let quoted =
        |item: &Attribution| item.content.iter().any(|c| paragraph.tokens[c.end - 1].quote().is_some());
    let somebody = |source: &Range<usize>| {
        let first = &paragraph.tokens[source.start];
        first.has(Class::HE | Class::SHE) || first.capital && !first.has(Class::PRONOUN | Class::THEY)
    };
    let named = items.last().is_some_and(|i| i.source.as_ref().is_some_and(somebody));
    next.speaking = named.then(|| first + items.len() - 1);
    next.last = next.last.or(items.iter().rposition(quoted).map(|k| first + k));
    if let Some(sentence) = paragraph.sentences.last() {
        next.introduction =
            attribution::introduction(&paragraph.tokens, sentence.clone()).map(|i| paragraph.found(&i));
    }
    next
}

/// The attributions inside a paragraph; a later sentence that is a quotation joins the one before it, if that is not
/// far.
fn attributions(text: &str, paragraph: &Paragraph, headline: bool) -> Vec<Attribution> {
    let tokens = &paragraph.tokens;
    let mut out: Vec<Attribution> = Vec::new();
    // For each, the last sentence that it has words in.
    let mut until: Vec<usize> = Vec::new();
    let mut lead: Option<Attribution> = None;
    for (at, sentence) in paragraph.sentences.iter().enumerate() {
        let found = attribution::of_sentence(text, tokens, sentence.clone(), headline && at == 0);
        // A turn of a dialogue goes on behind its attribution: "— Нет, — сказал он. — Не пойду."
        let turn = tokens[0].is_dash() && tokens[sentence.start].is_dash() && sentence.len() > 1;
        if let Some(last) = out.last_mut().filter(|_| found.is_empty() && turn) {
            last.content.push(sentence.start + 1..sentence.end);
        } else if found.is_empty() && tokens[sentence.start].quote().is_some() {
            let joins = |k: &usize| {
                let quoted = |c: &Range<usize>| tokens[c.clone()].iter().any(|t| t.quote().is_some());
                let direct = out[*k].content.iter().any(|c| tokens[c.start].quote().is_some());
                let reach = if direct { DIRECT_REACH } else { 1 };
                at - until[*k] <= reach && out[*k].content.iter().any(quoted)
            };
            let joined = (0..out.len()).rev().take(JOIN_REACH).find(joins);
            let said = attribution::spoken(tokens, sentence);
            if let Some(mut lead) = lead.take() {
                lead.content.push(said);
                out.push(lead);
                until.push(at);
            } else if let Some(joined) = joined {
                out[joined].content.push(said);
                until[joined] = at;
            }
        }
        // "Дом сгорел. Об этом сообщил мэр."
        let mut found = found;
        if found.is_empty()
            && at > 0
            && let Some((cue, source)) = attribution::of_this(tokens, sentence)
            && until.last() != Some(&(at - 1))
        {
            let said = attribution::trimmed(tokens, &paragraph.sentences[at - 1]);
            found.push(Attribution { content: vec![said], cue: Some(cue), source: Some(source) });
        }
        lead = if found.is_empty() { attribution::lead(tokens, sentence) } else { None };
        out.extend(found);
        until.resize(out.len(), at);
    }
    out
}
