//! A paragraph as words, punctuation and masked quotations.
//!
//! Words are those of the common scanner, grouped as they stand together: `well-known`, `$27.8bn`, `U.S.`, with
//! `'s` set off. Each quotation is one token, so that what it says can neither end a sentence nor be taken for the
//! words that attribute it.

use std::ops::Range;

use super::marks::Mark;
use crate::languages::Pack;
use crate::languages::class::Class;
use crate::languages::names::Ending;
use crate::languages::speech::{Cue, Form};
use crate::text::chars::{is_alphanumeric, is_letter};
use crate::text::fold::{fold, fold_into};
use crate::text::words::{self, scan};

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Bytes in the article.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Classes of its lower-case form.
    pub class: Class,
    /// How it may attribute words, if it may.
    pub cue: Option<Cue>,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether a figure stands in it.
    pub number: bool,
    /// The last character that a quotation holds, marks inside it left out; none for other tokens.
    pub last: Option<char>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters or digits, with inner hyphens, apostrophes and dots.
    Word,
    /// `'s`, split from its word.
    Clitic,
    /// A quotation: its place among the paragraph's marks.
    Quote(usize),
    /// Anything else, one character, but runs of one kind together.
    Punct(char),
}

impl Token {
    /// Whether it is this punctuation.
    pub fn is(&self, c: char) -> bool {
        self.kind == Kind::Punct(c)
    }

    /// Whether it is a comma, or a quotation with one before its closing mark.
    pub fn is_comma(&self) -> bool {
        self.is(',') || self.last == Some(',')
    }

    /// Whether it is a quotation that ends as a sentence, or as one before its attribution.
    pub fn is_finished(&self) -> bool {
        self.last.is_some_and(|c| ",.?!…—–-".contains(c))
    }

    /// Whether it is a quotation that starts and ends as a sentence does.
    pub fn capital_sentence(&self) -> bool {
        self.capital && self.is_finished()
    }

    /// Whether it is a word of any of these classes.
    pub fn has(&self, class: Class) -> bool {
        self.class.intersects(class)
    }

    /// Whether it is a word, a clitic not counted.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Its place among the marks, if it is a quotation.
    pub fn quote(&self) -> Option<usize> {
        match self.kind {
            Kind::Quote(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether it is a dash that sets off words: `—`, `–`, `--` or a lone `-`.
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Punct('—' | '–' | '-' | '―'))
    }
}

/// The tokens of a paragraph, its marks masked. None runs over one of `edges`, which are in order.
pub(super) fn tokens(
    text: &str,
    paragraph: Range<usize>,
    marks: &[Mark],
    edges: &[usize],
    pack: &Pack,
) -> Vec<Token> {
    let mut out = Vec::with_capacity((paragraph.end - paragraph.start) / 5);
    let mut scratch = Scratch::default();
    let mut at = paragraph.start;
    let mut edges = edges.iter().copied().peekable();
    let mut unmasked = |range: Range<usize>, out: &mut Vec<Token>| {
        let mut at = range.start;
        while let Some(edge) = edges.next_if(|&edge| edge <= range.end) {
            if edge > at {
                plain(text, at..edge, true, pack, &mut scratch, out);
                at = edge;
            }
        }
        plain(text, at..range.end, false, pack, &mut scratch, out);
    };
    for (index, mark) in marks.iter().enumerate() {
        unmasked(at..mark.bytes.start, &mut out);
        let inner = &text[mark.inner(text)];
        let last = inner.trim_end_matches(['’', '\'', '”', '"', '»', '«', '“', ' ']).chars().next_back();
        out.push(Token {
            bytes: mark.bytes.clone(),
            kind: Kind::Quote(index),
            class: Class::NONE,
            cue: None,
            number: false,
            capital: inner.chars().find(|&c| is_alphanumeric(c)).is_some_and(char::is_uppercase),
            last,
        });
        at = mark.bytes.end;
    }
    unmasked(at..paragraph.end, &mut out);
    surnames(text, &mut out, pack);
    out
}

/// Takes words for names that look like others: "May" behind a given name or a title, "Will" before a verb of
/// saying, "Kelly" inside a sentence or before such a verb.
fn surnames(text: &str, tokens: &mut [Token], pack: &Pack) {
    for at in 0..tokens.len() {
        let token = &tokens[at];
        if !token.capital || !token.has(Class::TIME | Class::AUXILIARY | Class::ADVERB) {
            continue;
        }
        let before = at.checked_sub(1).map(|k| &tokens[k]);
        let speaks = || tokens.get(at + 1).is_some_and(|t| t.cue.is_some_and(Cue::says));
        let given = |b: &Token| pack.names().is_given(&fold(&text[b.bytes.clone()]));
        let dated = tokens.get(at + 1).is_some_and(|t| t.number);
        let named = if token.class == Class::ADVERB {
            before.is_some_and(Token::is_word) || speaks()
        } else {
            !dated && before.is_some_and(|b| b.capital && (b.has(Class::TITLE) || given(b)))
                || token.has(Class::AUXILIARY)
                    && speaks()
                    && before.is_some_and(|b| b.is_finished() || b.is(','))
        };
        if named {
            tokens[at].class = Class::NONE;
            tokens[at].cue = None;
        }
    }
}

/// A piece of the common scanner, in bytes of the article.
#[derive(Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    /// Letters, digits or another number sign, which make a word.
    wordlike: bool,
}

/// What is filled anew for each stretch between quotations.
#[derive(Default)]
struct Scratch {
    pieces: Vec<Piece>,
    folded: String,
}

/// Adds the tokens of text without quotations. `ends`: a statement ends with it.
fn plain(
    text: &str,
    range: Range<usize>,
    ends: bool,
    pack: &Pack,
    scratch: &mut Scratch,
    out: &mut Vec<Token>,
) {
    let Scratch { pieces, folded } = scratch;
    pieces.clear();
    scan(&text[range.clone()], |kind, start, end| {
        let (start, end) = (range.start + start, range.start + end);
        let wordlike = kind != words::Kind::Symbol || text[start..end].starts_with(char::is_numeric);
        pieces.push(Piece { start, end, wordlike });
    });
    let last = pieces.iter().rposition(|piece| piece.wordlike);
    let mut at = 0;
    while at < pieces.len() {
        let first = pieces[at];
        let sign = &text[first.start..first.end];
        let prefix = matches!(sign, "@" | "#" | "$" | "€" | "£") && meets_word(pieces, at + 1);
        if first.wordlike || prefix {
            let mut next = at + 1 + usize::from(prefix);
            while let Some(joined) = joined(text, pieces, first.start, next)
                .filter(|_| !was_blank(text, pieces, first.start, next, pack))
            {
                next += joined;
            }
            let word = &text[first.start..pieces[next - 1].end];
            let stops = glued(pieces, next) && text[pieces[next].start..].starts_with('.');
            let is_last = ends && last.is_some_and(|last| last < next);
            next += usize::from(stops && takes_stop(word, is_last, pack));
            push_word(text, first.start..pieces[next - 1].end, pack, folded, out);
            let lost = next < pieces.len()
                && glued(pieces, next)
                && was_blank(text, pieces, first.start, next, pack);
            at = next + usize::from(lost);
        } else {
            let mut next = at + 1;
            while matches!(sign, "-" | "." | "…")
                && glued(pieces, next)
                && &text[pieces[next].start..pieces[next].end] == sign
            {
                next += 1;
            }
            let c = sign.chars().next().unwrap_or(' ');
            // `“Yes,”?Lee said`: what a lost blank left behind the marks.
            let lost = c == '?' && at == 0 && first.start == range.start && meets_word(pieces, 1);
            if lost && text[..range.start].ends_with(['"', '”', '»', '“']) {
                at = next;
                continue;
            }
            let kind = if c == '.' && next - at > 1 { '…' } else { c };
            out.push(Token {
                bytes: first.start..pieces[next - 1].end,
                kind: Kind::Punct(kind),
                class: Class::NONE,
                cue: None,
                capital: false,
                number: false,
                last: None,
            });
            at = next;
        }
    }
}

/// Whether no space stands before the piece at `at`.
fn glued(pieces: &[Piece], at: usize) -> bool {
    pieces.get(at).is_some_and(|piece| piece.start == pieces[at - 1].end)
}

/// Whether the piece at `at` is a word or number without a space before it.
fn meets_word(pieces: &[Piece], at: usize) -> bool {
    glued(pieces, at) && pieces[at].wordlike
}

/// How many of the pieces from `at` on belong to the word that starts at byte `start`, if any do.
fn joined(text: &str, pieces: &[Piece], start: usize, at: usize) -> Option<usize> {
    if !glued(pieces, at) {
        return None;
    }
    let piece = pieces[at];
    if piece.wordlike {
        return Some(1);
    }
    let sign = text[piece.start..piece.end].chars().next()?;
    if sign == '%' {
        return Some(1);
    }
    if !meets_word(pieces, at + 1) {
        return None;
    }
    let (before, after) = (&text[start..piece.start], text[piece.end..].chars().next()?);
    let joins = match sign {
        '-' | '‑' | '\'' | '’' | '&' | '/' | '@' | '#' | '_' => true,
        ',' => after.is_ascii_digit() && before.ends_with(|c: char| c.is_ascii_digit()),
        '.' => after.is_ascii_digit() || after.is_lowercase() || ends_in_initial(before),
        _ => false,
    };
    joins.then_some(2)
}

/// Whether a hyphen at `at` stands for a lost blank: "Lee-said", "Mr-Lee", "Chairman-Sean Roe".
fn was_blank(text: &str, pieces: &[Piece], start: usize, at: usize, pack: &Pack) -> bool {
    let Some(next) = pieces.get(at + 1).filter(|_| text[pieces[at].start..].starts_with('-')) else {
        return false;
    };
    // No name is longer.
    const LONGEST: usize = 32;
    let before = &text[start..pieces[at].start];
    if before.len() > LONGEST {
        return false;
    }
    let after = &text[next.start..next.end];
    let capital = before.starts_with(char::is_uppercase);
    let (before, folded) = (fold(before), fold(after));
    let titled = || pack.speech().look_up(&before).0.contains(Class::TITLE);
    let given = |word: &str| pack.names().is_given(word);
    if !capital {
        after.starts_with(char::is_uppercase) && titled() && given(&folded)
    } else if after.starts_with(char::is_lowercase) {
        // "Lee-spoke", but not "Velm-backed"
        let spoke =
            || !folded.ends_with("ed") && pack.speech().cue(&folded).is_some_and(|c| c.form == Form::Past);
        pack.speech().is_usual(&folded)
            || spoke()
            || pack.speech().look_up(&folded).0.contains(Class::AUXILIARY)
    } else {
        // "But-Ann", "Engineer-Ann", but not "Heinz-Walter"
        let plain =
            || pack.speech().look_up(&before).0 != Class::NONE || pack.names().ends(&before, Ending::Role);
        titled() || given(&folded) && !given(&before) && plain()
    }
}

/// `U` in `U.S`, `J` in `J.-P`: one letter behind a full stop, a hyphen or nothing.
fn ends_in_initial(word: &str) -> bool {
    let mut back = word.chars().rev();
    back.next().is_some_and(is_letter) && back.next().is_none_or(|c| c == '.' || c == '-')
}

/// Whether the full stop behind a word belongs to it. Where a statement ends there, it does so only behind
/// initials and the short forms that stand behind a name.
fn takes_stop(word: &str, ends: bool, pack: &Pack) -> bool {
    let part = word.rsplit(['-', '–']).next().unwrap_or(word);
    if part.contains('.') {
        return part.split('.').all(|letters| letters.chars().count() <= 2 && letters.chars().all(is_letter));
    }
    let capital = part.starts_with(char::is_uppercase);
    if capital && part.chars().nth(1).is_none() {
        return part != "I";
    }
    // No abbreviation is longer.
    if part.len() > 16 {
        return false;
    }
    let folded = fold(part);
    let words = pack.sentences();
    if ends { capital && words.follows_name(&folded) } else { words.abbreviation(&folded, capital).is_some() }
}

fn push_word(text: &str, bytes: Range<usize>, pack: &Pack, folded: &mut String, out: &mut Vec<Token>) {
    let word = &text[bytes.clone()];
    let clitic = ["'s", "’s", "'S", "’S"].iter().find(|s| word.ends_with(*s)).map_or(0, |s| s.len());
    if clitic > 0 && clitic < word.len() {
        let cut = bytes.end - clitic;
        push_plain(text, bytes.start..cut, pack, folded, out);
        out.push(Token {
            bytes: cut..bytes.end,
            kind: Kind::Clitic,
            class: Class::NONE,
            cue: None,
            capital: false,
            number: false,
            last: None,
        });
    } else if let Some((ending, pronoun)) = pack.speech().clitic(word) {
        // "dit-il", "a-t-il": the hyphens belong to neither.
        push_plain(text, bytes.start..bytes.end - ending, pack, folded, out);
        push_plain(text, bytes.end - pronoun..bytes.end, pack, folded, out);
        if let Some(last) = out.last_mut() {
            last.class |= Class::INVERTED;
        }
    } else {
        push_plain(text, bytes, pack, folded, out);
    }
}

fn push_plain(text: &str, bytes: Range<usize>, pack: &Pack, folded: &mut String, out: &mut Vec<Token>) {
    let word = &text[bytes.clone()];
    folded.clear();
    fold_into(word, folded);
    let (mut class, mut cue) = pack.speech().look_up(folded);
    // "US" is no pronoun.
    if class.contains(Class::ACRONYM) && !word.chars().any(char::is_lowercase) {
        (class, cue) = (Class::NONE, None);
    }
    let capital = word.chars().find(|&c| is_alphanumeric(c)).is_some_and(char::is_uppercase);
    let number = word.contains(|c: char| c.is_ascii_digit());
    out.push(Token { bytes, kind: Kind::Word, class, cue, capital, number, last: None });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages;

    /// The tokens of an English sentence.
    fn pieces(text: &str) -> Vec<&str> {
        let all = tokens(text, 0..text.len(), &[], &[0, text.len()], languages::own("en"));
        all.into_iter().map(|token| &text[token.bytes]).collect()
    }

    #[test]
    fn what_stands_together_is_one_word() {
        assert_eq!(pieces("A well-known $27.8bn AT&T deal"), ["A", "well-known", "$27.8bn", "AT&T", "deal"]);
        assert_eq!(
            pieces("5,000 of 3.5% at ann@velm.example"),
            ["5,000", "of", "3.5%", "at", "ann@velm.example"]
        );
        assert_eq!(pieces("Lee’s co\u{ad}op left.Then"), ["Lee", "’s", "co\u{ad}op", "left", ".", "Then"]);
        assert_eq!(pieces("So … it -- went..."), ["So", "…", "it", "--", "went", "..."]);
    }

    #[test]
    fn a_pronoun_behind_a_french_verb_is_a_word() {
        let text = "Il pleut, dit-il, a-t-elle dit peut-être";
        let all = tokens(text, 0..text.len(), &[], &[0, text.len()], languages::own("fr"));
        let words: Vec<&str> = all.into_iter().map(|token| &text[token.bytes]).collect();
        assert_eq!(words, ["Il", "pleut", ",", "dit", "il", ",", "a", "elle", "dit", "peut-être"]);
    }

    #[test]
    fn a_full_stop_belongs_to_what_it_shortens() {
        assert_eq!(pieces("Mr. J. Roe of the U.S. left"), ["Mr.", "J.", "Roe", "of", "the", "U.S.", "left"]);
        assert_eq!(pieces("In Apr. he left Acme Inc."), ["In", "Apr.", "he", "left", "Acme", "Inc."]);
        assert_eq!(pieces("He sold art."), ["He", "sold", "art", "."]);
        assert_eq!(pieces("It rose 27.8."), ["It", "rose", "27.8", "."]);
    }
}
