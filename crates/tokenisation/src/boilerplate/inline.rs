//! Boilerplate inside running text. Pages that lost their line breaks have their prompts, credits and buttons between
//! and behind the sentences, often glued to one.

use std::ops::Range;

use super::agency::agency;
use super::{BoilerplateKind, LONGEST, is_name_list, phrases, plain};
use crate::languages::page::{self, Sharing};
use crate::text::chars::is_alphanumeric;
use crate::text::fold::fold_into;

/// Words of a bar of buttons in running text, and names of networks among them.
const BAR: usize = 4;
const NETWORKS: usize = 3;
/// Words of the longest line that gives an address to write to.
const CONTACT: usize = 14;
/// Words of the longest headline to which a page links.
const HEADLINE: usize = 14;
/// Words of the longest credit in brackets.
const CREDIT: usize = 8;

/// The kind of boilerplate that a sentence of running text is, if it is any.
pub(crate) fn inside(piece: &str) -> Option<BoilerplateKind> {
    if piece.chars().all(|c| matches!(c, '-' | '–' | '—' | '*' | '_') || c.is_whitespace()) {
        return Some(BoilerplateKind::Separator);
    }
    if piece.len() > LONGEST {
        return None;
    }
    if piece.split_whitespace().all(is_of_post) {
        return Some(BoilerplateKind::Share);
    }
    // Tags and addresses of a post that the page embeds stand before what follows it.
    let first = tokens(piece).find(|(_, token)| !is_address(token) && token.contains(is_alphanumeric));
    let piece = &piece[first.map_or(0, |(at, _)| at)..];
    if is_sign_off(piece) {
        return Some(BoilerplateKind::Credit);
    }
    if is_bar(piece) {
        return Some(BoilerplateKind::Share);
    }
    if is_bracketed_credit(piece) {
        return Some(BoilerplateKind::PhotoCredit);
    }
    if is_contact(piece) {
        return Some(BoilerplateKind::Credit);
    }
    let capital = piece.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let found = phrases::opening(&plain(piece), piece).filter(|kind| capital && is_prompt(*kind));
    // The headline of a link has no full stop; where a long line has one, a sentence of the article is glued to it.
    found.filter(|kind| {
        let glued = piece.ends_with('.') && piece.split_whitespace().count() > HEADLINE;
        !(glued && *kind == BoilerplateKind::ReadMore)
    })
}

/// Kinds that a sentence may be. A menu, a byline or a time is told by standing alone.
fn is_prompt(kind: BoilerplateKind) -> bool {
    use BoilerplateKind::{CommentPrompt, Copyright, Credit, Newsletter, PhotoCredit, ReadMore, Share};
    matches!(kind, CommentPrompt | Copyright | Credit | Newsletter | PhotoCredit | ReadMore | Share)
}

/// Where boilerplate begins or ends inside a block, in bytes of `text`: before a label in capitals (`READ MORE:`), and
/// around a bar of buttons and an editor's sign-off.
pub(crate) fn breaks(text: &str, block: Range<usize>) -> Vec<usize> {
    let mut found = Vec::new();
    let tokens: Vec<(usize, &str)> =
        tokens(&text[block.clone()]).map(|(at, token)| (block.start + at, token)).collect();
    let mut at = 0;
    while at < tokens.len() {
        let (start, token) = tokens[at];
        if token.ends_with(':') && is_shouted(token) {
            let from = (at.saturating_sub(2)..=at).find(|&from| {
                tokens[from..=at].iter().all(|(_, word)| is_shouted(word)) && {
                    let label = &text[tokens[from].0..start + token.len()];
                    phrases::opening(&plain(label), label) == Some(BoilerplateKind::ReadMore)
                        || is_label(label)
                }
            });
            found.extend(from.map(|from| tokens[from].0));
        } else if token.contains('/') && is_initials(token) {
            if let Some(end) = agencies_behind(&tokens[at..], start) {
                found.extend([start, end]);
            }
        } else if let Some(length) = bar(&tokens[at..]) {
            let (last, word) = tokens[at + length - 1];
            found.extend([start, last + word.len()]);
            at += length - 1;
        }
        at += 1;
    }
    found.retain(|&at| at > block.start && at < block.end);
    found
}

/// The words of a text between white space, each with its first byte.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |token| (token.as_ptr() as usize - text.as_ptr() as usize, token))
}

/// Capitals only, at least three letters.
fn is_shouted(token: &str) -> bool {
    token.chars().filter(|c| c.is_uppercase()).count() >= 3 && !token.chars().any(char::is_lowercase)
}

/// Whether a listed beginning of links to other articles is all of a label.
fn is_label(label: &str) -> bool {
    let mut folded = String::new();
    fold_into(label, &mut folded);
    page::words().openings(&folded).any(|form| form.text == folded && form.kind == BoilerplateKind::ReadMore)
}

/// `mb`, `mb/sms`, `rag/skp/`: the initials of editors.
fn is_initials(token: &str) -> bool {
    let parts: Vec<&str> = token.trim_end_matches(['/', '-']).split('/').collect();
    let short = |part: &&str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    parts.iter().all(short) && (parts.len() > 1 || token.ends_with('/'))
}

/// The end of a bracket with agencies right behind initials: `(AFP, dpa)`.
fn agencies_behind(tokens: &[(usize, &str)], start: usize) -> Option<usize> {
    let open =
        tokens[1..].iter().take(2).position(|(_, token)| token.trim_start_matches('-').starts_with('('))? + 1;
    if !tokens[1..open].iter().all(|(_, token)| *token == "-") {
        return None;
    }
    let close =
        tokens[open..].iter().take(12).position(|(_, token)| token.trim_end_matches('-').ends_with(')'))?
            + open;
    let names = tokens[open..=close].iter().any(|(_, token)| names_agency(token));
    let (last, word) = tokens[close];
    (names && last >= start).then_some(last + word.len())
}

fn names_agency(token: &str) -> bool {
    let signs = |c: char| !is_alphanumeric(c);
    token.split('/').any(|name| agency(name.trim_matches(signs)).is_some_and(|(_, rest)| rest.is_empty()))
}

/// `mb/sms (AFP, dpa) -`, `rag/skp/`.
fn is_sign_off(piece: &str) -> bool {
    let tokens: Vec<(usize, &str)> = tokens(piece).collect();
    let Some((start, first)) = tokens.first().copied() else { return false };
    // "cw/kl-(AFP, AP)": the bracket may stand close.
    let (initials, close) = first.split_once('(').map_or((first, None), |(left, right)| (left, Some(right)));
    if !initials.contains('/') || !is_initials(initials) {
        return false;
    }
    let signs = |token: &&str| !token.chars().any(is_alphanumeric);
    match close {
        Some(right) => names_agency(right) || tokens[1..].iter().any(|(_, token)| names_agency(token)),
        None => {
            tokens[1..].iter().all(|(_, token)| signs(token))
                || agencies_behind(&tokens, start)
                    .is_some_and(|end| !piece[end..].chars().any(is_alphanumeric))
        }
    }
}

/// A tag, a handle or the address of a post or its picture, as pages leave them of posts that they embed.
fn is_of_post(token: &str) -> bool {
    token.starts_with(['#', '@']) && token.len() > 1
        || token.starts_with("pic.twitter.com")
        || token.contains("://t.co/")
}

/// The same, or any address on the web.
fn is_address(token: &str) -> bool {
    is_of_post(token) || token.contains("://") || token.starts_with("www.")
}

/// Number of words of the bar of buttons with which `tokens` start.
fn bar(tokens: &[(usize, &str)]) -> Option<usize> {
    let (mut networks, mut length) = (0, 0);
    let mut folded = String::new();
    for (_, token) in tokens {
        folded.clear();
        // No word of a bar is longer.
        if token.len() <= 40 {
            fold_into(token.trim_matches(|c: char| !is_alphanumeric(c)), &mut folded);
        }
        match page::words().sharing(&folded) {
            Some(Sharing::Network) => networks += 1,
            Some(Sharing::Verb) => {}
            _ if length > 0 && is_address(token) => {}
            _ => break,
        }
        length += 1;
    }
    (length >= BAR && networks >= NETWORKS).then_some(length)
}

fn is_bar(piece: &str) -> bool {
    let tokens: Vec<(usize, &str)> = tokens(piece).collect();
    bar(&tokens).is_some_and(|length| length == tokens.len())
}

/// `(Courtesy of the museum)` is a listed beginning; `(Environmental Protection Agency)` behind a caption is a name.
fn is_bracketed_credit(piece: &str) -> bool {
    let Some(inner) = piece.strip_prefix('(').and_then(|rest| rest.trim_end_matches('.').strip_suffix(')'))
    else {
        return false;
    };
    let words: Vec<&str> = inner.split_whitespace().collect();
    let named = |word: &&str| word.starts_with(char::is_uppercase) || page::words().is_place_particle(word);
    (2..=CREDIT).contains(&words.len())
        && words.iter().all(named)
        && !inner.contains(|c: char| c.is_ascii_digit())
}

/// `Ann Lee: ann@outlet.example; 555-0100`, `ann@outlet.example (Outlet Weekly)`.
fn is_contact(piece: &str) -> bool {
    let is_mail = |token: &str| {
        let token = token.trim_matches(|c: char| !is_alphanumeric(c));
        token.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    let words: Vec<&str> = piece.split_whitespace().collect();
    words.len() <= CONTACT
        && words.iter().any(|word| is_mail(word))
        && (is_mail(words[0]) || piece.split_once(':').is_some_and(|(name, _)| is_name_list(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_credits_and_buttons_are_no_sentences() {
        for (piece, kind) in [
            ("READ MORE: Who owns the river?", BoilerplateKind::ReadMore),
            ("mb/sms (AFP, dpa)", BoilerplateKind::Credit),
            ("cw/kl-(AFP, AP) -", BoilerplateKind::Credit),
            ("blc/kl -(AFP, dpa)", BoilerplateKind::Credit),
            ("rag/skp/", BoilerplateKind::Credit),
            ("#LongNight pic.twitter.com/0TwpdDmw9e", BoilerplateKind::Share),
            (
                "Send Facebook Twitter Google+ Whatsapp Tumblr Reddit Permalink http://outlet.example/p/1",
                BoilerplateKind::Share,
            ),
            ("(Northern Weather Service)", BoilerplateKind::PhotoCredit),
            ("(Courtesy of the harbour museum)", BoilerplateKind::PhotoCredit),
            ("Ann Lee: ann@outlet.example; 555-0100.", BoilerplateKind::Credit),
            ("Email yourviews@outlet.example with your stories.", BoilerplateKind::CommentPrompt),
            ("Let us know about your experiences.", BoilerplateKind::CommentPrompt),
            (
                "This story has been corrected to say that the bridge is in Osk, not in Marn, as it said before.",
                BoilerplateKind::Credit,
            ),
            ("Follow Ann Lee on Twitter at @annlee", BoilerplateKind::Newsletter),
            ("— —", BoilerplateKind::Separator),
        ] {
            assert_eq!(inside(piece), Some(kind), "{piece}");
        }
    }

    #[test]
    fn sentences_stay_sentences() {
        for piece in [
            "He wrote to ann@outlet.example and never had an answer from the ministry.",
            "The and/or clause (AP) was struck out.",
            "Facebook, Twitter and Google paid no tax there.",
            "(He was right.)",
            "Follow the river to its mouth and you will find the mill.",
            "This story has two sides.",
            "Watch how the ministers vote.",
            "READ MORE: Why dams fail The dentist took power in 2006 after the death of the first president, as his party had long foreseen.",
            "Source material was lost in the fire.",
        ] {
            assert_eq!(inside(piece), None, "{piece}");
        }
    }

    #[test]
    fn what_is_glued_to_a_sentence_is_cut_there() {
        let parts = |text: &str| {
            let mut at = 0;
            let mut parts: Vec<String> = Vec::new();
            for end in breaks(text, 0..text.len()).into_iter().chain([text.len()]) {
                parts.push(text[at..end].trim().to_owned());
                at = end;
            }
            parts
        };
        assert_eq!(
            parts("The dam held READ MORE: Why dams fail"),
            ["The dam held", "READ MORE: Why dams fail"]
        );
        assert_eq!(
            parts("It rained. mb/sms (AFP, dpa) More rain"),
            ["It rained.", "mb/sms (AFP, dpa)", "More rain"]
        );
        assert_eq!(
            parts("It rained Send Facebook Twitter Reddit Permalink http://o.example/1 Then it stopped."),
            ["It rained", "Send Facebook Twitter Reddit Permalink http://o.example/1", "Then it stopped."]
        );
        assert_eq!(parts("The NATO: alliance of twelve").len(), 1);
    }
}
