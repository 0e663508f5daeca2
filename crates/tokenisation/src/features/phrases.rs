//! Candidate label phrases: runs of one to three words that could name a theme, or four of a name.

use super::paragraph::{Paragraph, Token};
use crate::languages::meaning::Marks;
use crate::languages::names::Ending;
use crate::text::words::Kind;

/// Words of the longest phrase.
const LONGEST: usize = 3;
/// Words of the longest phrase that is a name.
const LONGEST_NAME: usize = 4;
/// Letters of the shortest word that is a phrase of its own.
const SHORTEST_ALONE: usize = 3;

/// Appends the phrases of the paragraph, in order of their first word, shorter before longer.
///
/// A phrase never crosses punctuation, has no stop word, number, unit or verb of reporting at its ends,
/// and inside no stop word but a particle ("ministry of energy"). Of a longer name it is the
/// start or the end, not the middle, and a long phrase is no start either: "Finance Minister", "Ann Lee", but not
/// "Minister Ann" or "Finance Minister Ann". Tokens in `taken` belong to dates and figures.
pub(super) fn phrases(p: &Paragraph<'_>, taken: &[bool], out: &mut Vec<String>) {
    let units = compounds(p, taken);
    for first in 0..units.len() {
        if !units[first].ends {
            continue;
        }
        for length in 1..=LONGEST_NAME {
            let Some(last) = units.get(first + length - 1) else { break };
            if length > 1 && !last.joined {
                break;
            }
            if length > 2 && !units[first + length - 2].links {
                break;
            }
            let whole = &units[first..first + length];
            let name = last.capital && whole.iter().all(|unit| unit.capital || !unit.ends);
            if length > LONGEST && !name {
                break;
            }
            let cut = |next: Option<&Compound>| next.is_some_and(|next| next.joined && next.capital);
            let cut_behind = name && cut(units.get(first + length));
            let cut_before =
                first > 0 && cut(units.get(first)) && units[first - 1].capital && units[first - 1].ends;
            if cut_behind && (length >= LONGEST || length > 1 && cut_before) {
                continue;
            }
            if !last.closes || (length == 1 && !units[first].alone) {
                continue;
            }

            let mut phrase = String::with_capacity(p.span(units[first].from, last.to).len());
            for unit in whole {
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
    /// May stand at the start or the end of a phrase.
    ends: bool,
    /// May stand at the end.
    closes: bool,
    /// May stand inside a phrase.
    links: bool,
    /// May be a phrase of its own.
    alone: bool,
    /// Begins with a capital and is not all capitals.
    capital: bool,
}

fn compounds(p: &Paragraph<'_>, taken: &[bool]) -> Vec<Compound> {
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
        let content =
            |t: &Token| t.kind == Kind::Word && !t.meaning.is(Marks::STOP) && !t.meaning.is(Marks::WEAK);
        // The letters of "18th" are no word.
        let behind_digits = p.glued(from) && from > 0 && p.tokens[from - 1].kind == Kind::Number;
        let free = !taken[from..at].iter().any(|t| *t) && !behind_digits;
        let ends = free && content(token) && tokens.last().is_some_and(content) && is_nominal(p, at - 1);
        // "power of the state" is no label: an article belongs to the sentence, not to the name.
        let particle = tokens.len() == 1 && token.meaning.is(Marks::PARTICLE) && p.word(from) != "the";
        out.push(Compound {
            from,
            to: at,
            joined: from > 0 && is_word(p.get(from - 1)) && !token.starts && token.kind == Kind::Word,
            ends,
            closes: ends && !p.reading.pack.lexicon().ends(p.word(at - 1), Ending::OpensLabel),
            links: free
                && (particle
                    || tokens.iter().all(|t| {
                        t.kind == Kind::Symbol || !(t.meaning.is(Marks::STOP) || t.meaning.is(Marks::WEAK))
                    })),
            capital: token.capital && !token.shout,
            alone: token.shout || p.span(from, at).chars().nth(SHORTEST_ALONE - 1).is_some(),
        });
    }
    out
}

fn is_word(token: Option<&Token>) -> bool {
    token.is_some_and(|t| t.kind == Kind::Word)
}

/// Whether the word at `at` has no ending that only verbs, adverbs and adjectives have.
fn is_nominal(p: &Paragraph<'_>, at: usize) -> bool {
    /// Letters of the shortest word whose ending tells.
    const TELLING: usize = 5;
    let word = p.word(at);
    if word.chars().nth(TELLING - 1).is_none() {
        return true;
    }
    let lexicon = p.reading.pack.lexicon();
    !lexicon.ends(word, Ending::NoLabel) || lexicon.ends(word, Ending::Label)
}

#[cfg(test)]
mod tests {
    use crate::features::features;

    fn read(text: &str, lang: &str) -> Vec<String> {
        features(text, lang).phrases
    }

    #[test]
    fn no_stop_words_at_the_ends_and_none_across_punctuation() {
        assert_eq!(
            read("The Ministry of Energy, in Moscow", "en"),
            ["ministry", "ministry of energy", "energy", "moscow"]
        );
        assert_eq!(
            read("a multi-vector foreign policy", "en"),
            ["multi-vector", "multi-vector foreign policy", "foreign policy", "policy"]
        );
    }

    #[test]
    fn a_name_is_not_cut() {
        let found = read("for Finance Minister Ann Lee of the Association of Metal Dealers", "en");
        let has = |phrase: &str| found.iter().any(|f| f == phrase);
        assert!(has("finance minister") && has("ann lee") && has("finance minister ann lee"));
        assert!(has("association of metal dealers"));
        assert!(!has("finance minister ann") && !has("minister ann") && !has("association of metal"));
    }

    #[test]
    fn no_figures_dates_or_reports() {
        assert_eq!(read("He said 5 % of 20,000 homes were announced in 2024", "en"), ["homes"]);
        assert_eq!(read("The company's plan", "en"), ["company", "company's plan", "plan"]);
    }
}
