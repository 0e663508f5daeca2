//! Words by which a text takes a side: opposites, claims and denials, and what stands under a "not".
//!
//! Two statements in nearly the same words may say the opposite: prices rose or fell, the man was captured or
//! not captured, the ministry confirms or denies. Closed lists of opposites in common use tell the plain cases;
//! none is looked for in languages without a list.

use throughline_schema::Side;
use throughline_schema::features::Denied;

use super::paragraph::Paragraph;
use crate::languages::class::Class;
use crate::languages::meaning::Marks;
use crate::languages::names::Ending;
use crate::text::words::Kind;

/// Words after a "not" among which the one that it denies is looked for, and before an opposite where a "not" turns it.
const REACH: usize = 4;

/// Appends the sides that the paragraph takes, and the words that it denies, in order.
pub(super) fn stance(p: &Paragraph<'_>, sides: &mut Vec<Side>, denied: &mut Vec<Denied>) {
    let lexicon = p.reading.pack.lexicon();
    for at in 0..p.tokens.len() {
        let word = p.word(at);
        if let Some((axis, pole)) = lexicon.side(word) {
            let not = turned(p, at);
            let pole = if not.is_some() { -pole } else { pole };
            let text = p.span(not.unwrap_or(at), at + 1).to_owned();
            let about = p.clause_around(not.unwrap_or(at), at + 1);
            sides.push(Side { axis: axis.to_owned(), pole, text, about });
        }
        if is_not(p, at) && !p.get(at + 1).is_some_and(|t| t.meaning.is(Marks::TAKES_BACK)) {
            let content = (at + 1..p.tokens.len())
                .take(REACH)
                .take_while(|next| p.get(*next).is_some_and(|t| !t.starts) && is_passed(p, *next))
                .last()
                .map_or(at + 1, |passed| passed + 1);
            let content = Some(content).filter(|next| says_something(p, *next));
            if let Some(next) = content {
                let stem = p.words.get(p.tokens[next].word).stem;
                let about = p.clause_around(at, next + 1);
                denied.push(Denied { stem, text: p.span(at, next + 1).to_owned(), about });
            }
        }
    }
}

/// Whether what is denied stands behind this: an auxiliary, a determiner, the manner of what is done, a mark of quotation.
fn is_passed(p: &Paragraph<'_>, at: usize) -> bool {
    let (class, _) = p.reading.pack.speech().look_up(p.word(at));
    let small =
        class.intersects(Class::AUXILIARY | Class::DETERMINER | Class::TO | Class::ADVERB | Class::BE);
    let counts = p.is(at, Marks::ONE);
    let manner = p.reading.pack.lexicon().ends(p.word(at), Ending::Adverb);
    small || counts || manner || matches!(p.symbol(at), Some('"' | '“' | '‘' | '«'))
}

/// Whether a word has content of its own and is no name: "not Kim" is about who it is.
fn says_something(p: &Paragraph<'_>, at: usize) -> bool {
    p.get(at).is_some_and(|t| t.kind == Kind::Word && !t.starts && !t.capital && !t.meaning.is(Marks::STOP))
}

fn is_not(p: &Paragraph<'_>, at: usize) -> bool {
    p.get(at).is_some_and(|t| t.meaning.is(Marks::DENIES_NEXT))
}

/// The token of a "not" that turns the word at `at` round, in the same clause.
fn turned(p: &Paragraph<'_>, at: usize) -> Option<usize> {
    let clause = (0..at).rev().take_while(|before| {
        p.get(*before).is_some_and(|t| t.kind == Kind::Word) && !p.tokens[before + 1].starts
    });
    let mut steps = 0;
    clause.into_iter().find(|before| {
        steps += 1;
        let none = p.tokens[*before].meaning.is(Marks::DENIES_CLAUSE);
        let not = is_not(p, *before);
        // "not one", "not a"
        let all = not && p.get(before + 1).is_some_and(|t| t.meaning.is(Marks::ONE));
        none || all || (steps <= REACH && not)
    })
}

#[cfg(test)]
mod tests {
    use crate::features::features;

    fn sides(text: &str) -> Vec<(String, i8)> {
        features(text, "en").sides.into_iter().map(|side| (side.axis, side.pole)).collect()
    }

    fn one(axis: &str, pole: i8) -> Vec<(String, i8)> {
        vec![(axis.to_owned(), pole)]
    }

    #[test]
    fn opposites_have_opposite_poles_and_a_not_turns_them() {
        assert_eq!(sides("Prices rose in May."), one("rise", 1));
        assert_eq!(sides("Prices fell in May."), one("rise", -1));
        assert_eq!(sides("No plant will be shut."), sides("Every plant stays open."));
        assert_eq!(sides("Not one plant will be shut."), sides("No plant will be shut."));
        assert_eq!(sides("The rebel was not captured."), one("free", 1));
        assert_eq!(
            sides("The rebel was captured, not killed."),
            vec![("free".to_owned(), -1), ("alive".to_owned(), 1)]
        );
        assert_eq!(sides("He allegedly took it."), one("confirm", 0));
        assert_eq!(sides("A man in a street."), []);
        let russian = features("Завод закрыт.", "ru").sides;
        assert_eq!((russian[0].axis.as_str(), russian[0].pole), ("open", -1));
    }

    #[test]
    fn what_is_denied_is_the_next_word_that_says_something() {
        let denied = |text| features(text, "en").denied;
        let found = denied("He was not captured.");
        assert_eq!(found[0].text, "not captured");
        assert!(features("They captured him.", "en").stems.contains(&found[0].stem));
        assert_eq!(denied("He did not physically wiretap it.")[0].text, "not physically wiretap");
        assert_eq!(denied("It would not have survived.")[0].text, "not have survived");
        assert!(denied("It is not only fast but cheap.").is_empty());
        assert!(denied("It was. Not one came.").iter().all(|d| d.text.starts_with("Not")));
        assert!(denied("A knot.").is_empty());
    }
}
