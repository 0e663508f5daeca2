//! When articles were published: what their `published` says, and which came first.
//!
//! [`written`] reads one time by itself, [`columns`] what only the other rows of its column tell: whether 3/4/2026 is
//! of March or of April, and whether midnight is a time or stands for the day. A month stays a month, and what can be
//! read two ways is not read.

mod clock;
mod columns;
mod format;
mod tokens;
mod written;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::DateTime};
use throughline_schema::{Article, PublicationTime, TimePrecision};

pub use columns::date_articles;
pub use format::{DateFormat, WrongDateFormat};
pub(crate) use written::Written;

/// How `published_at` of `articles` writes a time.
pub(crate) fn iso(time: PublicationTime) -> String {
    let at = civil(time);
    let (date, [year, month]) = (at.date(), [at.year(), i16::from(at.month())]);
    match time.precision {
        TimePrecision::Second => {
            let second = at.strftime("%Y-%m-%dT%H:%M:%S");
            format!("{second}{}", if time.zone_known { "Z" } else { "" })
        }
        TimePrecision::Day => date.to_string(),
        TimePrecision::Month => format!("{year:04}-{month:02}"),
        TimePrecision::Year => format!("{year:04}"),
    }
}

/// The day on which it begins, in UTC.
pub(crate) fn first_day(time: PublicationTime) -> Date {
    civil(time).date()
}

fn civil(time: PublicationTime) -> DateTime {
    let at = Timestamp::from_second(time.from).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::UTC).datetime()
}

/// The rank of every article, 0 for the earliest: by time, those without one last; of equals by id.
pub(crate) fn ranks(articles: &[Article]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let key = |i: &usize| {
        let time = articles[*i].published_at.map(PublicationTime::order);
        (time.is_none(), time, &articles[*i].id)
    };
    order.sort_by(|x, y| key(x).cmp(&key(y)));
    let mut ranks = vec![0; articles.len()];
    (0..).zip(order).for_each(|(rank, i)| ranks[i] = rank);
    ranks
}

#[cfg(test)]
mod tests;
