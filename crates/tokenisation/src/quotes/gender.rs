//! Whether a name is a man's or a woman's: from given names and from the endings of patronymics and surnames.

use crate::languages::Pack;
use crate::languages::names::{Ending, Gender, NameWords};
use crate::text::fold::fold;

/// Whether a word is a given name that the lists hold.
pub(super) fn is_given_name(word: &str, pack: &Pack) -> bool {
    pack.names().is_given(&fold(word))
}

/// The gender that a full name shows by its first word, a patronymic or a Slavic surname.
pub(super) fn of_name(words: &[&str], names: &NameWords) -> Option<Gender> {
    let first = fold(words.first()?);
    if words.len() > 1 && names.is_given(&first) {
        return names.given(&first);
    }
    let by_ending = words.iter().skip(usize::from(words.len() > 1)).find_map(|w| of_ending(&fold(w), names));
    // Given names in -a are women's but for those that the list of men's names holds.
    let in_a = words.len() == 2 && names.ends(&first, Ending::GivenWoman);
    by_ending.or(in_a.then_some(Gender::Female))
}

fn of_ending(word: &str, names: &NameWords) -> Option<Gender> {
    // What is left of the name, in bytes.
    const REST: usize = 3;
    let woman = names.ending(word, Ending::Woman, REST).map(|_| Gender::Female);
    woman.or_else(|| names.ending(word, Ending::Man, REST).map(|_| Gender::Male))
}
