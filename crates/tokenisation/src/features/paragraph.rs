//! One paragraph as the readers see it: its words, numbers and symbols with what is known of each.

use super::language::Reading;
use super::words::Words;
use crate::languages::class::Class;
use crate::languages::meaning::{Marks, Meaning, Role};
use crate::sentences::boundary::{self, Style};
use crate::text::words::{Kind, scan};

/// A word, a number or a symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    /// Bytes in the paragraph.
    pub start: usize,
    pub end: usize,
    /// Its number among the distinct words; 0 for a symbol.
    pub word: u32,
    pub meaning: Meaning,
    /// Nothing stands between it and the token before.
    pub glued: bool,
    /// A sentence or a line starts here.
    pub starts: bool,
    /// A capital proves nothing here: a sentence, a line, a quotation or what follows a colon starts.
    pub opens: bool,
    /// Begins with a capital letter.
    pub capital: bool,
    /// Two letters or more and all of them capitals.
    pub shout: bool,
}

/// Content words on each side of a place that tell what it is about.
const AROUND: usize = 5;

/// How far on each side they are looked for, in tokens: a table of figures has none.
const REACH: usize = 40;

/// The tokens of one paragraph.
pub(super) struct Paragraph<'p> {
    pub text: &'p str,
    pub tokens: &'p [Token],
    pub words: &'p Words,
    pub reading: Reading,
}

impl<'p> Paragraph<'p> {
    pub(super) fn slice(&self, token: &Token) -> &'p str {
        &self.text[token.start..token.end]
    }

    /// The text from token `from` up to, not including, token `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> &'p str {
        match (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start < last.end => &self.text[first.start..last.end],
            _ => "",
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<&'p Token> {
        self.tokens.get(at)
    }

    /// The symbol at `at`, if that is what stands there.
    pub(super) fn symbol(&self, at: usize) -> Option<char> {
        let token = self.tokens.get(at).filter(|t| t.kind == Kind::Symbol)?;
        self.slice(token).chars().next()
    }

    /// The folded word at `at`; empty for anything else.
    pub(super) fn word(&self, at: usize) -> &'p str {
        match self.tokens.get(at) {
            Some(token) if token.kind == Kind::Word => self.words.folded(token.word),
            _ => "",
        }
    }

    /// Whether the word at `at` has one of these marks.
    pub(super) fn is(&self, at: usize, marks: Marks) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.meaning.is(marks))
    }

    pub(super) fn role(&self, at: usize) -> Role {
        self.tokens.get(at).map_or(Role::Plain, |t| t.meaning.role)
    }

    /// Hashed stems of the content words around the tokens `from..to`, from near to far, as far as the clause
    /// reaches: what it is about.
    pub(super) fn around(&self, from: usize, to: usize) -> Vec<u32> {
        self.content(from, to, |_| true)
    }

    /// [`Self::around`] as far as a word such as "that", which opens a clause of its own, or a verb of saying.
    pub(super) fn clause_around(&self, from: usize, to: usize) -> Vec<u32> {
        let speech = self.reading.pack.speech();
        let opens = |at| speech.look_up(self.word(at)).0.intersects(Class::SUBORDINATOR | Class::THAT);
        self.content(from, to, |at| !opens(at) && !self.is(at, Marks::SPEECH))
    }

    fn content(&self, from: usize, to: usize, goes_on: impl Fn(usize) -> bool) -> Vec<u32> {
        let inside = |at: &usize| {
            let ends = matches!(self.symbol(*at), Some('.' | '!' | '?' | ';' | ':' | ',' | '…'));
            let number = self.tokens.get(at + 1).is_some_and(|next| next.glued && next.kind == Kind::Number);
            (!ends || number) && goes_on(*at)
        };
        let content = |at: usize| {
            let token = self.get(at).filter(|t| t.kind == Kind::Word && !t.meaning.is(Marks::STOP))?;
            (token.meaning.role == Role::Plain).then(|| self.words.get(token.word).stem)
        };
        let before = (0..from).rev().take(REACH).take_while(inside).filter_map(content).take(AROUND);
        let after = (to..self.tokens.len()).take(REACH).take_while(inside).filter_map(content).take(AROUND);
        let (before, after): (Vec<u32>, Vec<u32>) = (before.collect(), after.collect());
        let nearest = (0..AROUND).flat_map(|at| [before.get(at), after.get(at)]);
        nearest.flatten().copied().collect()
    }

    /// Whether the tokens before and at `at` stand together without a space.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.glued)
    }
}

/// Reads the tokens of one paragraph into `tokens`, which is cleared first.
pub(super) fn tokenise(text: &str, words: &mut Words, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut ends = boundary::ends(text, 0..text.len(), Style::of(words.pack())).into_iter().peekable();
    let mut last_end = 0;
    let mut edge = Edge::Sentence;
    scan(text, |kind, start, end| {
        let slice = &text[start..end];
        let gap = &text[last_end..start];
        last_end = end;
        let number = if kind == Kind::Symbol { 0 } else { words.number(slice) };
        let meaning = if kind == Kind::Symbol { Meaning::default() } else { words.get(number).meaning };
        let (capital, shout) = if kind == Kind::Word { case(slice) } else { (false, false) };
        let ended = ends.next_if(|&end| end <= start).is_some();
        if ended || gap != " " && gap.contains('\n') {
            edge = Edge::Sentence;
        }
        let starts = edge == Edge::Sentence;
        let opens = edge != Edge::None;
        let glued = gap.is_empty() && start > 0;
        tokens.push(Token { kind, start, end, word: number, meaning, glued, starts, opens, capital, shout });
        edge = match (kind, slice) {
            (Kind::Symbol, "•" | "|" | "*") => Edge::Sentence,
            (Kind::Symbol, "\"" | "“" | "«" | "„" | "‘" | "(" | "[") => edge.max(Edge::Clause),
            (Kind::Symbol, ":" | ";" | "—" | "–") => Edge::Clause,
            _ => Edge::None,
        };
    });
}

/// What ends between two tokens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    None,
    Clause,
    Sentence,
}

/// Whether a word begins with a capital, and whether it is all capitals.
fn case(word: &str) -> (bool, bool) {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let shout = capital && {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        letters.clone().all(|c| !c.is_lowercase()) && letters.clone().nth(1).is_some()
    };
    (capital, shout)
}
