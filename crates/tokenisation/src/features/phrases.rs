//! Candidate label phrases: runs of one to three words that could name a theme.

use super::lexicon::Role;
use super::paragraph::{Paragraph, Token};
use super::scan::Kind;

/// Words of the longest phrase.
const LONGEST: usize = 3;
/// Letters of the shortest word that is a phrase of its own.
const SHORTEST_ALONE: usize = 3;

/// Appends the phrases of the paragraph, in order of their first word, shorter before longer.
///
/// A phrase never crosses punctuation, has no stop word, number or verb of reporting at its ends, and
/// at most one stop word inside ("ministry of energy").
pub(super) fn phrases(p: &Paragraph<'_>, out: &mut Vec<String>) {
    let units = compounds(p);
    for first in 0..units.len() {
        if !units[first].ends {
            continue;
        }
        for length in 1..=LONGEST {
            let Some(last) = units.get(first + length - 1) else { break };
            if length > 1 && !last.joined {
                break;
            }
            if !last.ends || (length == 1 && !units[first].alone) {
                continue;
            }
            let mut phrase = String::new();
            for unit in &units[first..first + length] {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                (unit.from..unit.to).for_each(|at| match p.symbol(at) {
                    Some(_) => phrase.push('-'),
                    None => phrase.push_str(p.words.folded(p.tokens[at].word)),
                });
            }
            if let Some(owner) = phrase.strip_suffix("'s") {
                phrase.truncate(owner.len());
            }
            out.push(phrase);
        }
    }
}

/// A word, or words joined by hyphens, as a part of phrases.
struct Compound {
    /// Tokens.
    from: usize,
    to: usize,
    /// No punctuation stands between it and the one before.
    joined: bool,
    /// May stand at the end of a phrase.
    ends: bool,
    /// May be a phrase of its own.
    alone: bool,
}

fn compounds(p: &Paragraph<'_>) -> Vec<Compound> {
    let mut out: Vec<Compound> = Vec::new();
    let mut at = 0;
    while let Some(token) = p.get(at) {
        if token.kind == Kind::Symbol {
            at += 1;
            continue;
        }
        let from = at;
        at += 1;
        while matches!(p.symbol(at), Some('-' | '‑'))
            && p.glued(at)
            && p.glued(at + 1)
            && is_word(p.get(at + 1))
        {
            at += 2;
        }
        let tokens = &p.tokens[from..at];
        let content = |t: &Token| t.kind == Kind::Word && !t.meaning.stop;
        let letters = p.span(from, at).chars().filter(|c| c.is_alphabetic()).count();
        let names =
            tokens.iter().any(|t| t.kind == Kind::Word && !t.meaning.weak && t.meaning.role == Role::Plain);
        let ends =
            content(&tokens[0]) && content(&tokens[tokens.len() - 1]) && names && !adverb(p.word(at - 1));
        let joined =
            from > 0 && is_word(p.get(from - 1)) && !p.tokens[from].opens && token.kind == Kind::Word;
        out.push(Compound { from, to: at, joined, ends, alone: letters >= SHORTEST_ALONE || token.shout });
    }
    out
}

fn is_word(token: Option<&Token>) -> bool {
    token.is_some_and(|t| t.kind == Kind::Word)
}

fn adverb(word: &str) -> bool {
    word.len() > 5
        && word.ends_with("ly")
        && !matches!(word, "family" | "supply" | "assembly" | "monopoly" | "anomaly")
}
