//! One written time to what it means, in the forms that feeds, sites and spreadsheets write.

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use throughline_schema::{PublicationTime, TimePrecision};
use throughline_tokenisation::calendar::month;

use super::clock::{self, Clock};
use super::tokens::{Piece, Token, tokens};

/// Longer ones are sentences.
const LONGEST: usize = 100;
/// Words beside a date, such as a weekday and "at", that it may have.
const WORDS: usize = 6;
/// Years in which articles appear.
const YEARS: std::ops::RangeInclusive<i16> = 1400..=2199;

/// Which of two numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// What a written time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// It can be read one way.
    Time(PublicationTime),
    /// Day and month stand in figures, with this sign between them, and only this order makes a date of them.
    Ordered(PublicationTime, Order, char),
    /// Day and month can be either: read day first, and read month first.
    Either { day_first: PublicationTime, month_first: PublicationTime, sign: char },
    /// It has the form of a date that no calendar has.
    Impossible,
    /// It has no form that is known.
    Unknown,
}

impl Written {
    /// Reads a time.
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim();
        if text.chars().count() > LONGEST {
            return Self::Unknown;
        }
        if let Some(all_digits) = digits(text) {
            return all_digits;
        }
        let mut tokens = tokens(text);
        let Ok(clock) = clock::take(&mut tokens) else { return Self::Impossible };
        named(&tokens, clock.as_ref())
            .or_else(|| week(&tokens, clock.as_ref()))
            .or_else(|| in_figures(&tokens, clock.as_ref()))
            .unwrap_or(Self::Unknown)
    }
}

/// Nothing but digits: 20260304, 20260304073000, seconds or thousandths of seconds since 1970.
fn digits(text: &str) -> Option<Written> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() < 8 || !all(whole) || !all(fraction) {
        return None;
    }
    if fraction.is_empty() && matches!(whole.len(), 8 | 12 | 14) {
        let part =
            |from: usize, to: usize| whole.get(from..to).map_or(Some(0), |part| part.parse::<i16>().ok());
        let year = part(0, 4)?;
        if YEARS.contains(&year) {
            let date = date(i32::from(year), part(4, 6)?.into(), part(6, 8)?.into());
            let Some(date) = date else { return Some(Written::Impossible) };
            if whole.len() == 8 {
                return Some(day(date, None));
            }
            let part = |from: usize| part(from, from + 2).and_then(|part| i8::try_from(part).ok());
            let time = jiff::civil::Time::new(part(8)?, part(10)?, part(12)?, 0).ok();
            let clock = time.map(|time| Clock { time, seconds: whole.len() == 14, zone: None });
            return Some(clock.map_or(Written::Impossible, |clock| day(date, Some(&clock))));
        }
    }
    let number: i64 = whole.parse().ok()?;
    let second = match whole.len() {
        9 | 10 => number,
        12 | 13 => number / 1_000,
        16 => number / 1_000_000,
        19 => number / 1_000_000_000,
        _ => return Some(Written::Unknown),
    };
    Some(Written::Time(PublicationTime {
        from: second,
        to: second,
        precision: TimePrecision::Second,
        zone_known: true,
    }))
}

/// `4 March 2026`, `March 4th, 2026`, `4 марта 2026 г.`, `2026 ж. 4 наурыз`, `26-FEB-1987`, `March 2026`.
fn named(tokens: &[Token], clock: Option<&Clock>) -> Option<Written> {
    let months: Vec<(usize, u8)> =
        tokens.iter().enumerate().filter_map(|(at, token)| Some((at, month(token.word()?)?))).collect();
    let (at, number) = *months.first()?;
    if months.iter().any(|(_, other)| *other != number) || words(tokens) > WORDS {
        return None;
    }
    let numbers: Vec<(usize, &str)> =
        tokens.iter().enumerate().filter_map(|(at, token)| Some((at, token.digits(4)?))).collect();
    if numbers.len() != tokens.iter().filter(|token| matches!(token.piece, Piece::Number(_))).count() {
        return None;
    }
    let month = i32::from(number);
    match numbers[..] {
        [(_, only)] if only.len() == 4 && clock.is_none() => Some(whole_month(only.parse().ok()?, month)),
        [(_, a), (_, b)] if a.len() == 4 && b.len() <= 2 => {
            Some(dated(a.parse().ok()?, month, b.parse().ok()?, clock))
        }
        [(_, a), (_, b)] if b.len() == 4 && a.len() <= 2 => {
            Some(dated(b.parse().ok()?, month, a.parse().ok()?, clock))
        }
        // Mail of the last century: 26 Feb 87.
        [(first, a), (last, b)] if b.len() == 2 && a.len() <= 2 && first < at && at < last => {
            Some(dated(of_two_digits(b.parse().ok()?), month, a.parse().ok()?, clock))
        }
        _ => None,
    }
}

/// `2026-W10-3`.
fn week(tokens: &[Token], clock: Option<&Clock>) -> Option<Written> {
    let [year, dash, w, week, second_dash, day_of_week] = tokens else { return None };
    let is_week =
        dash.sign() == Some('-') && second_dash.sign() == Some('-') && w.word() == Some("w") && week.glued;
    let number = |token: &Token, digits: usize| token.digits(digits)?.parse::<i16>().ok();
    let (year, week, of_week) = (number(year, 4)?, number(week, 2)?, number(day_of_week, 1)?);
    if !is_week {
        return None;
    }
    let weekday = Weekday::from_monday_one_offset(i8::try_from(of_week).ok()?).ok();
    let date = weekday.and_then(|weekday| ISOWeekDate::new(year, i8::try_from(week).ok()?, weekday).ok());
    Some(date.map_or(Written::Impossible, |date| day(date.date(), clock)))
}

/// `2026-03-04`, `2017/2/7`, `04.03.2026`, `3/4/26`, `2026-03`, `03.2026`, `2026`.
fn in_figures(tokens: &[Token], clock: Option<&Clock>) -> Option<Written> {
    if words(tokens) > WORDS {
        return None;
    }
    let first = tokens.iter().position(|token| matches!(token.piece, Piece::Number(_)))?;
    let last = tokens.iter().rposition(|token| matches!(token.piece, Piece::Number(_)))?;
    let inner = &tokens[first..=last];
    let signs = inner.iter().skip(1).step_by(2).map(Token::sign).collect::<Option<Vec<char>>>()?;
    let numbers = inner.iter().step_by(2).map(|token| token.digits(8)).collect::<Option<Vec<&str>>>()?;
    let sign = signs.first().copied().unwrap_or_default();
    if signs.iter().any(|other| *other != sign) || !matches!(sign, '\0' | '-' | '/' | '.') {
        return None;
    }
    let value = |digits: &str| digits.parse::<i32>().ok();
    match numbers[..] {
        [year] if year.len() == 4 && clock.is_none() => Some(whole_year(value(year)?)),
        [packed] if packed.len() == 8 => {
            let (year, rest) = packed.split_at(4);
            Some(dated(value(year)?, value(&rest[..2])?, value(&rest[2..])?, clock))
        }
        [year, month] if year.len() == 4 && month.len() <= 2 && clock.is_none() => {
            Some(whole_month(value(year)?, value(month)?))
        }
        [month, year] if year.len() == 4 && month.len() <= 2 && clock.is_none() => {
            Some(whole_month(value(year)?, value(month)?))
        }
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            Some(dated(value(year)?, value(month)?, value(day)?, clock))
        }
        [a, b, year] if year.len() == 4 && a.len() <= 2 && b.len() <= 2 => {
            Some(either(value(a)?, value(b)?, value(year)?, sign, clock))
        }
        // With dashes the year might as well come first.
        [a, b, year]
            if sign != '-' && [a, b, year].iter().all(|digits| digits.len() <= 2) && year.len() == 2 =>
        {
            Some(either(value(a)?, value(b)?, of_two_digits(value(year)?), sign, clock))
        }
        _ => None,
    }
}

/// Day and month in figures before a year.
fn either(a: i32, b: i32, year: i32, sign: char, clock: Option<&Clock>) -> Written {
    let read = |day: i32, month: i32| match dated(year, month, day, clock) {
        Written::Time(time) => Some(time),
        _ => None,
    };
    match (read(a, b), read(b, a)) {
        (Some(time), Some(_)) if a == b => Written::Time(time),
        (Some(day_first), Some(month_first)) => Written::Either { day_first, month_first, sign },
        (Some(time), None) => Written::Ordered(time, Order::DayFirst, sign),
        (None, Some(time)) => Written::Ordered(time, Order::MonthFirst, sign),
        (None, None) => Written::Impossible,
    }
}

/// As POSIX has it: 69 is 1969, and 68 is 2068.
fn of_two_digits(year: i32) -> i32 {
    if year < 69 { 2000 + year } else { 1900 + year }
}

fn words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.word().is_some()).count()
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn dated(year: i32, month: i32, of_month: i32, clock: Option<&Clock>) -> Written {
    date(year, month, of_month).map_or(Written::Impossible, |date| day(date, clock))
}

fn whole_month(year: i32, month: i32) -> Written {
    let first = date(year, month, 1);
    first.map_or(Written::Impossible, |first| span(first, first.last_of_month(), TimePrecision::Month))
}

fn whole_year(year: i32) -> Written {
    let first = date(year, 1, 1);
    first.map_or(Written::Impossible, |first| span(first, first.last_of_year(), TimePrecision::Year))
}

/// A day, or a time of it.
pub(super) fn day(date: Date, clock: Option<&Clock>) -> Written {
    let Some(clock) = clock else { return span(date, date, TimePrecision::Day) };
    let second = clock.second(DateTime::from_parts(date, clock.time));
    second.map_or(Written::Impossible, |from| {
        let to = if clock.seconds { from } else { from + 59 };
        let zone_known = clock.zone.is_some();
        Written::Time(PublicationTime { from, to, precision: TimePrecision::Second, zone_known })
    })
}

pub(super) fn span(first: Date, last: Date, precision: TimePrecision) -> Written {
    let second =
        |at: DateTime| at.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp().as_second());
    let ends = second(first.at(0, 0, 0, 0)).zip(second(last.at(23, 59, 59, 0)));
    ends.map_or(Written::Impossible, |(from, to)| {
        Written::Time(PublicationTime { from, to, precision, zone_known: false })
    })
}
