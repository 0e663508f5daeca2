//! Words of written dates, of all languages together: the column of a table or the line of a page that says when an
//! article appeared is often in another language than the article.

use crate::languages::page::words;

/// The number of the month that a word names in any language that has a folder here, in whatever case and form; short
/// forms too, without their full stop.
///
/// ```
/// use throughline_tokenisation::calendar::month;
///
/// assert_eq!([month("March"), month("марта"), month("наурыз"), month("okt")], [Some(3), Some(3), Some(3), Some(10)]);
/// assert_eq!(month("today"), None);
/// ```
pub fn month(word: &str) -> Option<u8> {
    words().month(&word.to_lowercase())
}

/// The clock of a time zone that letters name, as a POSIX rule: `EST5` for "EST".
pub fn zone_rule(letters: &str) -> Option<&'static str> {
    words().zone_rule(&letters.to_lowercase())
}

/// Whether a word says that the time before it is one of the afternoon (`Some(true)`) or of the morning.
pub fn afternoon(word: &str) -> Option<bool> {
    words().afternoon(&word.to_lowercase())
}
