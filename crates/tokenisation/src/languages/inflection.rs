//! English inflection: the plain form of a verb from any of its forms.

use super::speech::{Form, Verb};

/// The listed verb of which `word` is a form, and which form that is. `verb` finds a verb by its plain form.
pub(super) fn english(word: &str, verb: impl Fn(&str) -> Option<Verb>) -> Option<(Verb, Form)> {
    if let Some(verb) = verb(word) {
        return (!verb.noun).then_some((verb, Form::Base));
    }
    const ENDINGS: [(&str, Form); 4] =
        [("ing", Form::Participle), ("ed", Form::Past), ("es", Form::Third), ("s", Form::Third)];
    for (ending, form) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if let Some(verb) = of_stem(stem, &verb) {
            return (form != Form::Third || !verb.noun).then_some((verb, form));
        }
    }
    None
}

/// The verb of a form whose ending is taken off: `not(e)`, `repl(y)`, `quip(p)`.
fn of_stem(stem: &str, verb: &impl Fn(&str) -> Option<Verb>) -> Option<Verb> {
    let joined = |stem: &str, end: &str| verb(&[stem, end].concat());
    let halved = || {
        let mut back = stem.bytes().rev();
        let doubled = back.next().is_some() && stem.len() > 1 && back.next() == stem.bytes().next_back();
        if doubled { verb(&stem[..stem.len() - 1]) } else { None }
    };
    verb(stem)
        .or_else(|| joined(stem, "e"))
        .or_else(|| stem.strip_suffix('i').and_then(|short| joined(short, "y")))
        .or_else(halved)
}

/// The class that an English ending shows of a word in no list.
pub(super) fn english_class(word: &str) -> super::class::Class {
    use super::class::Class;
    if word.len() > 4 && word.ends_with("ly") {
        Class::ADVERB
    } else if word.len() > 4 && word.ends_with("ed") {
        Class::PAST
    } else if word.len() > 5 && word.ends_with("ing") {
        Class::GERUND
    } else {
        Class::NONE
    }
}
