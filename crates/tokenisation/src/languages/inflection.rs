//! English inflection: the plain form of a verb from any of its forms.

use super::speech::{Form, Frame};

/// The frame of the listed verb of which `word` is a form, and which form that is. `frame` gives the frame of a
/// plain form, with whether its plain form and its form in -s are mostly nouns.
pub(super) fn english(word: &str, frame: impl Fn(&str) -> Option<(Frame, bool)>) -> Option<(Frame, Form)> {
    if let Some((frame, noun)) = frame(word) {
        return (!noun).then_some((frame, Form::Base));
    }
    const ENDINGS: [(&str, Form); 4] =
        [("ing", Form::Participle), ("ed", Form::Past), ("es", Form::Third), ("s", Form::Third)];
    for (ending, form) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if let Some((frame, noun)) = of_stem(stem, &frame) {
            return (form != Form::Third || !noun).then_some((frame, form));
        }
    }
    None
}

/// The verb of a form whose ending is taken off: `not(e)`, `repl(y)`, `quip(p)`.
fn of_stem(stem: &str, frame: &impl Fn(&str) -> Option<(Frame, bool)>) -> Option<(Frame, bool)> {
    let joined = |stem: &str, end: &str| frame(&[stem, end].concat());
    let halved = || {
        let mut back = stem.bytes().rev();
        let doubled = back.next().is_some() && stem.len() > 1 && back.next() == stem.bytes().next_back();
        if doubled { frame(&stem[..stem.len() - 1]) } else { None }
    };
    frame(stem)
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
