//! Breaks that no full stop marks: web addresses, time stamps of mail, drawn rules, emoticons, letters'
//! openings and closings. Mail and comments run these together with sentences on one line.

use crate::languages::sentences::SentenceWords;
use crate::sentences::mark::emoticon;
use crate::text::chars::{after, before, head, is_alphanumeric, skip_space, tail};
use crate::text::fold::fold;

/// Longest opening of a letter, in bytes.
const GREETING: usize = 64;

/// Longest address of mail, in bytes.
const ADDRESS: usize = 256;

/// Signs of which rules are drawn.
const RULES: &[u8] = b"-=_*~";

/// Repeats of a sign from which on it is a rule.
const RULE: usize = 5;

/// Adds where a sentence ends at the sign at `at`, which is `:`, `@`, `>` or a sign of rules; more than one end
/// where a stretch stands alone. Returns how far the text has been read.
pub(crate) fn ends(
    text: &str,
    at: usize,
    sentence: usize,
    limit: usize,
    ends: &mut Vec<usize>,
) -> Option<usize> {
    let bytes = &text.as_bytes()[..limit];
    if bytes[at] == b'@' {
        return mailbox(text, at, sentence, limit, ends);
    }
    if bytes[at] == b'>' {
        return attachment(text, at, limit, ends);
    }
    if bytes[at] != b':' {
        return rule(text, at, sentence, limit, ends);
    }
    if bytes[at..].starts_with(b"://") {
        return address(text, at, sentence, limit, ends);
    }
    if before(text, at).is_some_and(char::is_whitespace) {
        let end = at + emoticon(&text[at..limit])?;
        let next = skip_space(text, end, limit);
        if after(text, next).is_some_and(char::is_uppercase) {
            ends.push(end);
        }
        return Some(end);
    }
    stamp(text, at, sentence, limit, ends)
}

/// A web address ends the sentence before another address or a capital.
fn address(text: &str, at: usize, sentence: usize, limit: usize, ends: &mut Vec<usize>) -> Option<usize> {
    let end = text[at..limit].find(char::is_whitespace).map_or(limit, |length| at + length);
    let next = skip_space(text, end, limit);
    let closed = before(text, end).is_some_and(|c| is_alphanumeric(c) || c == '/');
    let opens = after(text, next).is_some_and(char::is_uppercase) || text[next..limit].starts_with("http");
    if closed && opens && end > sentence {
        ends.push(end);
    }
    // A full stop after the address is read as such.
    let stopped = before(text, end).is_some_and(|c| matches!(c, '.' | '!' | '?'));
    Some(end - usize::from(stopped))
}

/// `<anna@example.org>`, or an address that is all of a header's field, ends the header before a capital.
fn mailbox(text: &str, at: usize, sentence: usize, limit: usize, ends: &mut Vec<usize>) -> Option<usize> {
    let end = at + head(text, at, limit, ADDRESS).find(char::is_whitespace)?;
    let field = at - sentence <= ADDRESS
        && text[sentence..at].split_once(": ").is_some_and(|(name, address)| {
            !name.contains(char::is_whitespace) && !address.contains(char::is_whitespace)
        });
    let opens = after(text, skip_space(text, end, limit)).is_some_and(char::is_uppercase);
    if opens && (field || text[..end].ends_with('>')) {
        ends.push(end);
    }
    None
}

/// `<< File: map.pdf >>`, whose last signs stand at `at`, ends the piece that names an attachment.
fn attachment(text: &str, at: usize, limit: usize, ends: &mut Vec<usize>) -> Option<usize> {
    let end = at + text.as_bytes()[at..limit].iter().take_while(|&&b| b == b'>').count();
    let next = skip_space(text, end, limit);
    let opens = after(text, next).is_some_and(|c| c.is_uppercase() || c == '-');
    if end == at + 2 && next > end && opens && before(text, at) == Some(' ') {
        ends.push(end);
    }
    Some(end)
}

/// `08/16/2000 03:48 PM`, whose colon stands at `at`: a piece of its own, or the end of a mail's header.
fn stamp(text: &str, at: usize, sentence: usize, limit: usize, ends: &mut Vec<usize>) -> Option<usize> {
    let line = tail(&text[sentence..at], ADDRESS);
    let from = at - line.len();
    let hours = line.bytes().rev().take(2).take_while(u8::is_ascii_digit).count();
    if hours == 0 {
        return None;
    }
    let date_end = line.len().checked_sub(hours + 1).filter(|&end| line.as_bytes()[end] == b' ')?;
    let head = line[..date_end].trim_end_matches(|c: char| c.is_ascii_digit() || c == '/');
    let date = &line[head.len()..date_end];
    if date.matches('/').count() != 2 || date.len() > 10 {
        return None;
    }
    let clock = text[at..limit].bytes().take_while(|b| b.is_ascii_digit() || *b == b':').count();
    let mut end = at + clock;
    if [" AM", " PM", " am", " pm"].iter().any(|half| text[end..limit].starts_with(half)) {
        end += 3;
    }
    let name = head.trim_end();
    let last = name.rsplit(char::is_whitespace).next().unwrap_or(name);
    if !name.is_empty() && (last.starts_with(char::is_uppercase) || last.ends_with('>')) {
        ends.push(from + name.len());
    }
    ends.push(end);
    Some(end)
}

/// Five or more signs in a row, `-----`, are a rule, which no sentence crosses.
fn rule(text: &str, at: usize, sentence: usize, limit: usize, ends: &mut Vec<usize>) -> Option<usize> {
    let bytes = &text.as_bytes()[..limit];
    let length = bytes[at..].iter().take_while(|b| RULES.contains(b)).count();
    let end = at + length;
    let alone = matches!(bytes[at], b'*' | b'=')
        && length > 2
        && before(text, at).is_none_or(char::is_whitespace)
        && after(text, end).is_none_or(char::is_whitespace);
    if let Some(close) = banner(text, at, end, limit) {
        if at > sentence {
            ends.push(at);
        }
        ends.push(close);
        return Some(close);
    }
    if length < RULE && !alone {
        return Some(end);
    }
    if at > sentence {
        ends.push(at);
    }
    ends.push(end);
    Some(end)
}

/// Where a line of text ends that drawn rules frame: `----== Free News ==----`, `*****NOTICE*****`. The
/// rule in `start..end` must come back mirrored, and touch the text if it is of one sign only.
fn banner(text: &str, start: usize, end: usize, limit: usize) -> Option<usize> {
    let opening = &text[start..end];
    let sign = opening.chars().next()?;
    let plain = opening.chars().all(|c| c == sign);
    if opening.len() < RULE - usize::from(!plain) {
        return None;
    }
    let mirrored: String = opening.chars().rev().take(if plain { RULE } else { opening.len() }).collect();
    let body = head(text, end, limit, ADDRESS);
    let length = body.find(&mirrored)?;
    let (inside, closing) = body.split_at(length);
    let touches = !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace);
    let drawn = closing.len() - closing.trim_start_matches(|c| mirrored.contains(c)).len();
    let close = end + length + drawn;
    let exact = if plain { touches } else { drawn == opening.len() };
    let closed = after(text, close).is_none_or(char::is_whitespace);
    (exact && closed && inside.contains(is_alphanumeric)).then_some(close)
}

/// Where the opening or closing of a letter ends that `sentence` starts with: `Dear Anna,`.
pub(crate) fn greeting(text: &str, sentence: usize, limit: usize, known: &SentenceWords) -> Option<usize> {
    let bytes = &text.as_bytes()[..limit];
    let comma = sentence + bytes[sentence..].iter().take(GREETING).position(|&b| b == b',')?;
    let next = skip_space(text, comma + 1, limit);
    if next == comma + 1 || !after(text, next).is_some_and(char::is_uppercase) {
        return None;
    }
    let words = &text[sentence..comma];
    let count = words.split_whitespace().count();
    let letter = count <= 4 && words.split_whitespace().next().is_some_and(|w| known.opens_letter(&fold(w)))
        || count <= 3 && words.split_whitespace().last().is_some_and(|w| known.closes_letter(&fold(w)));
    letter.then_some(comma + 1)
}
