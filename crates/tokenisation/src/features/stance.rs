//! Words by which a text takes a side: opposites, claims and denials, and what stands under a "not".
//!
//! Two statements in nearly the same words may say the opposite: prices rose or fell, the man was captured or
//! not captured, the ministry confirms or denies. Closed lists of opposites in common use tell the plain cases;
//! none is looked for in languages without a list.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use throughline_schema::Side;
use throughline_schema::features::Denied;

use super::language::Language;
use super::paragraph::Paragraph;
use crate::text::words::Kind;

/// What one may do with a claim: the axis of [`CONFIRM`] and of doubt.
const CONFIRM: &str = "confirm";

/// Opposites: the name of the axis, the words of its one end, those of the other.
const ENGLISH: [(&str, &str, &str); 12] = [
    (
        CONFIRM,
        "confirm confirms confirmed confirming admit admits admitted admitting acknowledge acknowledges acknowledged",
        "deny denies denied denying refute refutes refuted refuting dispute disputes disputed debunk debunks debunked \
         hoax fake false untrue baseless unfounded",
    ),
    (
        "rise",
        "rise rises rose risen rising increase increases increased increasing climb climbs climbed grow grows grew grown",
        "fall falls fell fallen falling drop drops dropped decrease decreases decreased shrink \
         shrank shrunk slump slumps slumped",
    ),
    ("open", "open opens opened reopen reopens reopened", "closed shut shuts shutting"),
    (
        "accept",
        "accept accepts accepted approve approves approved agree agrees agreed endorse endorses endorsed",
        "reject rejects rejected refuse refuses refused",
    ),
    (
        "support",
        "support supports supported favour favours favoured favor favors favored",
        "oppose opposes opposed",
    ),
    ("win", "win wins won winning victory", "lose loses lost losing defeat defeated"),
    ("alive", "alive survive survives survived", "dead die dies died killed"),
    (
        "free",
        "freed release releases released",
        "arrest arrests arrested capture captures captured detain detains detained jail jailed imprisoned",
    ),
    ("guilty", "guilty convicted", "innocent acquitted"),
    ("safe", "safe", "unsafe dangerous danger"),
    ("strengthen", "strengthen strengthens strengthened", "weaken weakens weakened"),
    ("legal", "legal lawful", "illegal unlawful"),
];

/// The same for Russian, by the forms that news uses.
const RUSSIAN: [(&str, &str, &str); 5] = [
    (
        CONFIRM,
        "подтвердил подтвердила подтвердили подтверждает подтверждают признал признала признали признает",
        "отрицает отрицал отрицала отрицали отрицают опроверг опровергла опровергли опровергает опровергают",
    ),
    (
        "rise",
        "вырос выросла выросло выросли растет увеличился увеличилась увеличились повысился повысилась",
        "упал упала упало упали падает снизился снизилась снизились сократился сократилась сократились",
    ),
    (
        "open",
        "открыл открыла открыли открыт открыта открыты",
        "закрыл закрыла закрыли закрыт закрыта закрыты",
    ),
    (
        "accept",
        "одобрил одобрила одобрили принял приняла приняли",
        "отклонил отклонила отклонили отверг отвергла отвергли",
    ),
    (
        "support",
        "поддержал поддержала поддержали поддерживает поддерживают",
        "осудил осудила осудили осуждает",
    ),
];

const ENGLISH_DOUBT: &str = "claims claimed alleges alleged allegedly reportedly purported purportedly rumour rumours rumor rumors \
    rumored rumoured unconfirmed supposedly";
const RUSSIAN_DOUBT: &str = "якобы предположительно слухи слухам утверждает утверждают";

/// Words that deny what follows them.
const NOT: [&str; 3] = ["not", "never", "не"];
/// Words that deny the whole clause that they begin.
const NONE: [&str; 7] = ["no", "none", "nobody", "nothing", "neither", "никто", "ничто"];

/// Words after a "not" among which the one that it denies is looked for, and before an opposite where a "not" turns it.
const REACH: usize = 4;

type Ends = FxHashMap<&'static str, (&'static str, i8)>;

fn ends(language: Language) -> Option<&'static Ends> {
    fn of(axes: &[(&'static str, &'static str, &'static str)], doubt: &'static str) -> Ends {
        let mut ends = Ends::default();
        for (axis, one, other) in axes {
            for (words, pole) in [(one, 1), (other, -1)] {
                words.split_whitespace().for_each(|word| {
                    ends.entry(word).or_insert((axis, pole));
                });
            }
        }
        doubt.split_whitespace().for_each(|word| {
            ends.entry(word).or_insert((CONFIRM, 0));
        });
        ends
    }
    static OF_ENGLISH: LazyLock<Ends> = LazyLock::new(|| of(&ENGLISH, ENGLISH_DOUBT));
    static OF_RUSSIAN: LazyLock<Ends> = LazyLock::new(|| of(&RUSSIAN, RUSSIAN_DOUBT));
    match language {
        Language::English => Some(&OF_ENGLISH),
        Language::Russian => Some(&OF_RUSSIAN),
        _ => None,
    }
}

/// Appends the sides that the paragraph takes, and the words that it denies, in order.
pub(super) fn stance(p: &Paragraph<'_>, sides: &mut Vec<Side>, denied: &mut Vec<Denied>) {
    let Some(ends) = ends(p.reading.language) else { return };
    for at in 0..p.tokens.len() {
        let word = p.word(at);
        if let Some((axis, pole)) = ends.get(word) {
            let not = turned(p, at);
            let pole = if not.is_some() { -pole } else { *pole };
            let text = p.span(not.unwrap_or(at), at + 1).to_owned();
            sides.push(Side { axis: (*axis).to_owned(), pole, text });
        }
        if is_not(word) && !p.get(at + 1).is_some_and(|t| t.meaning.not_only) {
            let content = (at + 1..p.tokens.len())
                .take(REACH)
                .take_while(|next| p.get(*next).is_some_and(|t| t.kind == Kind::Word && !t.starts))
                .find(|next| p.get(*next).is_some_and(|t| !t.meaning.stop));
            if let Some(next) = content {
                let stem = p.words.get(p.tokens[next].word).stem;
                denied.push(Denied { stem, text: p.span(at, next + 1).to_owned() });
            }
        }
    }
}

fn is_not(word: &str) -> bool {
    NOT.contains(&word) || word.ends_with("n't") || word == "cannot"
}

/// The token of a "not" that turns the word at `at` round, in the same clause.
fn turned(p: &Paragraph<'_>, at: usize) -> Option<usize> {
    let clause = (0..at).rev().take_while(|before| {
        p.get(*before).is_some_and(|t| t.kind == Kind::Word) && !p.tokens[before + 1].starts
    });
    let mut steps = 0;
    clause.into_iter().find(|before| {
        steps += 1;
        let word = p.word(*before);
        let clause =
            NONE.contains(&word) || (is_not(word) && matches!(p.word(before + 1), "one" | "a" | "any"));
        clause || (steps <= REACH && is_not(word))
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
        assert_eq!(denied("It would not have survived.")[0].text, "not have survived");
        assert!(denied("It is not only fast but cheap.").is_empty());
        assert!(denied("It was. Not one came.").iter().all(|d| d.text.starts_with("Not")));
        assert!(denied("A knot.").is_empty());
    }
}
