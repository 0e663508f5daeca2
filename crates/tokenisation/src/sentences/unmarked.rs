//! Sentences that end without a mark, which only the capital of the next one shows: headings and captions
//! run together with text, remarks in brackets, a speaker who breaks off.

use crate::languages::sentences::SentenceWords;
use crate::sentences::boundary::Style;
use crate::sentences::following::WORD;
use crate::text::chars::{after, before, head, is_dash, is_letter, skip_space, tail};
use crate::text::fold::fold;

/// Longest remark in brackets that stands for itself, in bytes.
const ASIDE: usize = 160;

/// Longest signature of a post, in bytes.
const SIGNATURE: usize = 80;

/// Whether the space at `at` is worth a look: a capital follows, and no mark stands before. Reads bytes only,
/// since every word comes by here.
pub(crate) fn may_end(bytes: &[u8], at: usize) -> bool {
    let capital = match bytes.get(at + 1) {
        Some(b'A'..=b'Z') => true,
        // Cyrillic capitals, and those Kazakh adds.
        Some(0xd0) => matches!(bytes.get(at + 2), Some(0x81..=0xaf)),
        Some(0xd2 | 0xd3) => true,
        _ => false,
    };
    let unmarked = at > 0 && matches!(bytes[at - 1], b'a'..=b'z' | b'0'..=b'9' | b')' | b'(' | b'-' | 0x80..);
    capital && unmarked
}

/// Whether a sentence ends at the space at `at` though nothing marks it: `died He also had`, `I know she — See
/// now`.
pub(crate) fn ends(text: &str, at: usize, sentence: usize, limit: usize, style: Style) -> bool {
    let words = style.pack.sentences();
    let rest = head(text, at + 1, limit, 2 * WORD);
    let length = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
    if length > WORD {
        return false;
    }
    let raw = &rest[..length];
    // A word in capitals is stressed or an abbreviation; "I" is always one.
    let capital = raw.starts_with(char::is_uppercase);
    if !capital || raw.chars().skip(1).any(char::is_uppercase) || matches!(raw, "I") {
        return false;
    }
    let lead = tail(&text[sentence.min(at)..at], 2 * WORD);
    if ends_in_smile(lead) {
        return true;
    }
    match before(text, at) {
        Some(c) if is_dash(c) => {
            let said = lead.trim_end_matches(is_dash);
            let drawn = lead.len() - said.len() > 1 && said.ends_with(' ');
            let broken_off = said.trim_end().ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | '-'));
            let word = fold(raw);
            style.english
                && drawn
                && broken_off
                && (words.starts_sentence(&word) || words.is_interjection(&word))
        }
        Some(c) if c.is_lowercase() || c.is_ascii_digit() || c == ')' => {
            let goes_on = rest[length..]
                .strip_prefix(' ')
                .is_some_and(|next| next.starts_with(char::is_lowercase) || next.starts_with("I "));
            goes_on
                && words.opens_unmarked(&fold(raw))
                && !words.needs_more(lead.rsplit(char::is_whitespace).next().unwrap_or(lead))
        }
        _ => false,
    }
}

/// Whether a stretch ends in brackets that smile or frown at once after a word, `Купил телефон))`, `wait:(`: two
/// or more of them, or one after a colon, that no other bracket answers.
fn ends_in_smile(lead: &str) -> bool {
    let word = lead.trim_end_matches(')');
    let smiles = lead.len() - word.len();
    let word = if smiles == 0 { lead.trim_end_matches('(') } else { word };
    let mouths = lead.len() - word.len();
    let eyes = word.ends_with([':', ';', '=']);
    let said = word.trim_end_matches([':', ';', '=', '-']);
    mouths > usize::from(!eyes) && said.ends_with(is_letter) && !said.contains('(')
}

/// Where a remark in brackets ends that opens a sentence and is followed by another:
/// `(New Scientist) The agency`.
pub(crate) fn aside(text: &str, sentence: usize, limit: usize, words: &SentenceWords) -> Option<usize> {
    let rest = head(text, sentence, limit, ASIDE);
    let close = match rest.chars().next()? {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let inner = &rest[1..];
    let inner = &inner[..inner.find(['(', ')', '[', ']'])?];
    let end = sentence + 1 + inner.len();
    let next = skip_space(text, end + 1, limit);
    if after(text, end) != Some(close)
        || next == end + 1
        || inner.chars().filter(|&c| is_letter(c)).count() < 2
    {
        return None;
    }
    let following = head(text, next, limit, WORD).trim_start_matches(['"', '“', '«', '(']);
    let length = following.find(|c: char| !is_letter(c)).unwrap_or(following.len());
    // One word alone may fill in the name that follows it: `[President] Putin`.
    let several = inner.contains([' ', '/']) || words.starts_sentence(&fold(&following[..length]));
    (several && following.starts_with(char::is_uppercase)).then_some(end + 1)
}

/// Where the number of a figure or table ends whose caption follows: `Figure 1.6 The map`.
pub(crate) fn label(text: &str, sentence: usize, limit: usize, words: &SentenceWords) -> Option<usize> {
    let rest = head(text, sentence, limit, WORD);
    let (name, body) = rest.split_once(' ')?;
    let digits = body.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let labelled = body.starts_with(|c: char| c.is_ascii_digit()) && words.is_figure_label(&fold(name));
    let caption = body[digits..].strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase));
    (labelled && caption).then_some(sentence + name.len() + 1 + digits)
}

/// Where the two hyphens end that set off the signature of a post, `-- Posted by Ann Roe`: the last line of a text,
/// and not a long one.
pub(crate) fn signature(text: &str, sentence: usize, limit: usize) -> Option<usize> {
    let line = text[sentence..limit].strip_prefix("-- ").filter(|line| line.len() <= SIGNATURE)?;
    let last = text[limit..].trim_start().is_empty();
    (last && line.starts_with(char::is_uppercase)).then_some(sentence + 2)
}
