//! The time of day in a written time, with its zone.

use jiff::civil::{DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use throughline_tokenisation::calendar::{afternoon, zone_rule};

use super::tokens::{Piece, Token};

/// A time of day.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub time: Time,
    /// Whether the seconds are given.
    pub seconds: bool,
    pub zone: Option<TimeZone>,
}

impl Clock {
    /// The second since 1970 at which the clock shows this time on the day of `at`.
    pub(super) fn second(&self, at: DateTime) -> Option<i64> {
        let zone = self.zone.clone().unwrap_or(TimeZone::UTC);
        Some(at.to_zoned(zone).ok()?.timestamp().as_second())
    }
}

/// A time of day that no clock shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoSuchTime;

/// Takes the time of day out of `tokens`; none where there is none.
pub(super) fn take(tokens: &mut Vec<Token>) -> Result<Option<Clock>, NoSuchTime> {
    for at in 0..tokens.len() {
        if let Some((mut from, mut to, [hour, minute, second], seconds)) = digits(tokens, at) {
            let half = half_of_day(tokens, to);
            if let Some((_, behind)) = half {
                to = behind;
            } else if !is_marked(tokens, at, to) {
                continue;
            }
            let hour = match half.map(|(afternoon, _)| afternoon) {
                Some(false) if hour > 12 => return Err(NoSuchTime),
                // 15:30 PM says the same thing twice.
                Some(true) if hour > 12 => hour,
                Some(true) => hour % 12 + 12,
                Some(false) => hour % 12,
                None => hour,
            };
            // A leap second counts as the one before it.
            let second = if second == 60 { 59 } else { second };
            let part = |number: u32| i8::try_from(number).map_err(|_| NoSuchTime);
            let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0).map_err(|_| NoSuchTime)?;
            let (zone, behind) = zone(tokens, to);
            // The letter between date and time: 2026-03-04T07:30.
            if from > 0 && tokens[from - 1].word() == Some("t") {
                from -= 1;
            }
            tokens.drain(from..behind);
            return Ok(Some(Clock { time, seconds, zone }));
        }
    }
    Ok(None)
}

/// Whether what stands there is a time without `am` or `pm` behind it: a colon, or the letter `T` before the digits.
fn is_marked(tokens: &[Token], from: usize, to: usize) -> bool {
    let colon =
        tokens[from..to].iter().any(|token| matches!(token.sign(), Some(':')) || token.word() == Some("h"));
    colon || (from > 0 && tokens[from].glued && tokens[from - 1].word() == Some("t"))
}

/// Hour, minute and second at `at`, and the token behind: `7`, `7:30`, `07:30:15.250`, `7.30`, `7h30`, `073015`.
fn digits(tokens: &[Token], at: usize) -> Option<(usize, usize, [u32; 3], bool)> {
    let number = |at: usize, most: usize| tokens.get(at)?.digits(most)?.parse::<u32>().ok();
    let sign = |at: usize| tokens.get(at).filter(|token| token.glued).and_then(Token::sign);
    let after_t = at > 0 && tokens[at].glued && tokens[at - 1].word() == Some("t");
    if let Some(packed) = tokens[at].digits(6).filter(|digits| after_t && matches!(digits.len(), 4 | 6)) {
        let part = |from: usize| packed.get(from..from + 2).map_or(Some(0), |two| two.parse().ok());
        return Some((at, fraction(tokens, at + 1), [part(0)?, part(2)?, part(4)?], packed.len() == 6));
    }
    let hour = number(at, 2)?;
    // Digits that go on behind a date, as in 4.7.2026, are no hour.
    if at > 0 && tokens[at].glued && matches!(tokens[at - 1].sign(), Some('.' | '-' | '/' | ':')) {
        return None;
    }
    let separated = match sign(at + 1) {
        Some(':' | '.') => true,
        _ => tokens.get(at + 1).is_some_and(|token| token.glued && token.word() == Some("h")),
    };
    let minute =
        tokens.get(at + 2).filter(|token| separated && token.glued).and_then(|token| token.digits(2));
    let Some(minute) = minute.filter(|minute| minute.len() == 2).and_then(|minute| minute.parse().ok())
    else {
        return Some((at, at + 1, [hour, 0, 0], false));
    };
    let second = tokens.get(at + 4).filter(|token| sign(at + 3) == Some(':') && token.glued);
    match second.and_then(|token| token.digits(2)).and_then(|second| second.parse().ok()) {
        Some(second) => Some((at, fraction(tokens, at + 5), [hour, minute, second], true)),
        None => Some((at, at + 3, [hour, minute, 0], false)),
    }
}

/// Past a fraction of a second that may stand at `at`.
fn fraction(tokens: &[Token], at: usize) -> usize {
    let point = tokens.get(at).filter(|token| token.glued && matches!(token.sign(), Some('.' | ',')));
    let digits = tokens.get(at + 1).filter(|token| token.glued && token.digits(9).is_some());
    if point.and(digits).is_some() { at + 2 } else { at }
}

/// `am`, `p.m.` and the like at `at`: whether it is afternoon, and the token behind.
fn half_of_day(tokens: &[Token], at: usize) -> Option<(bool, usize)> {
    let word = tokens.get(at)?.word()?;
    if let Some(half) = afternoon(word) {
        return Some((half, at + 1));
    }
    let dotted = tokens.get(at + 1)?.sign() == Some('.');
    let half = afternoon(&format!("{word}.{}", tokens.get(at + 2)?.word()?)).filter(|_| dotted)?;
    let stop = tokens.get(at + 3).is_some_and(|token| token.glued && token.sign() == Some('.'));
    Some((half, at + 3 + usize::from(stop)))
}

/// The zone at `at`, and the token behind it.
fn zone(tokens: &[Token], at: usize) -> (Option<TimeZone>, usize) {
    let named = tokens.get(at).and_then(Token::word).and_then(zone_rule);
    if let Some(rule) = named {
        let is_utc = matches!(tokens[at].word(), Some("utc" | "gmt"));
        // UTC+5, GMT+0500
        if let Some(found) = is_utc.then(|| offset(tokens, at + 1, true)).flatten() {
            return (Some(found.0), found.1);
        }
        return (TimeZone::posix(rule).ok(), at + 1);
    }
    match offset(tokens, at, false) {
        Some((zone, behind)) => (Some(zone), behind),
        None => (None, at),
    }
}

/// `+05:00`, `-0500`, `+05`; behind `UTC` also `+5`.
fn offset(tokens: &[Token], at: usize, behind_utc: bool) -> Option<(TimeZone, usize)> {
    let east = match tokens.get(at)?.sign()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = tokens.get(at + 1).filter(|token| token.glued)?.digits(4)?;
    let colon = tokens.get(at + 2).is_some_and(|token| token.glued && token.sign() == Some(':'));
    let minutes = tokens.get(at + 3).filter(|token| colon && token.glued).and_then(|token| token.digits(2));
    // What goes on as a date, 07:30 -04.03.2026, is none.
    let ends = |at: usize| {
        !tokens
            .get(at)
            .is_some_and(|token| token.glued && matches!(token.piece, Piece::Sign('.' | '-' | '/')))
    };
    let (hours, minutes, behind) = match (digits.len(), minutes) {
        (1 | 2, Some(minutes)) => (digits, minutes, at + 4),
        (4, _) => (&digits[..2], &digits[2..], at + 2),
        (2, None) => (digits, "0", at + 2),
        (1, None) if behind_utc => (digits, "0", at + 2),
        _ => return None,
    };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    let offset =
        Offset::from_seconds(east * seconds).ok().filter(|_| seconds <= 15 * 3600 && ends(behind))?;
    Some((TimeZone::fixed(offset), behind))
}
