//! When articles were published: which came first.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use throughline_schema::Article;

/// A time of publication: the first second that it may be, and the last.
///
/// A day without a time may be any hour of it; a time without a zone is taken for UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PublicationTime {
    from: i64,
    to: i64,
}

impl PublicationTime {
    /// Reads ISO 8601 (a time with or without zone, a day, a month, a year) and the dates of mail and feeds
    /// (RFC 2822). Anything else has no moment.
    pub(crate) fn read(published: &str) -> Option<Self> {
        let text = published.trim();
        let day = |date: Date, last: Date| {
            Some(Self { from: second(date.at(0, 0, 0, 0))?, to: second(last.at(23, 59, 59, 0))? })
        };
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(Self { from: at.as_second(), to: at.as_second() });
        }
        if let Ok(at) = jiff::fmt::rfc2822::parse(text) {
            let at = at.timestamp().as_second();
            return Some(Self { from: at, to: at });
        }
        if text.len() > 10 {
            let at = second(text.parse::<DateTime>().ok()?)?;
            return Some(Self { from: at, to: at });
        }
        let numbers: Option<Vec<i16>> = text.split('-').map(|part| part.parse().ok()).collect();
        match numbers?[..] {
            [year] if text.len() == 4 => day(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
            [year, month] if text.len() == 7 => {
                let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
                day(first, first.last_of_month())
            }
            _ => text.parse::<Date>().ok().and_then(|date| day(date, date)),
        }
    }

    /// Of an article, where it says when in a form that can be read.
    pub(crate) fn of(article: &Article) -> Option<Self> {
        article.published.as_deref().and_then(Self::read)
    }

    /// Seconds from `earlier` to this one, from start to start.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        self.from - earlier.from
    }

    /// Whether it was over when the other began.
    pub(crate) fn is_before(self, other: Self) -> bool {
        self.to < other.from
    }
}

/// The day that a time of publication names, as it is written there; none where its form is not known.
pub fn day(published: &str) -> Option<Date> {
    let text = published.trim();
    let iso = text.get(..10).and_then(|day| day.parse().ok());
    iso.or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|at| at.date()))
}

fn second(at: DateTime) -> Option<i64> {
    at.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp().as_second())
}

/// The rank of every article, 0 for the earliest: by time, those without one last; of equals by id.
pub(crate) fn ranks(articles: &[Article]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let key = |i: &usize| {
        let moment = PublicationTime::of(&articles[*i]);
        (moment.is_none(), moment, &articles[*i].id)
    };
    order.sort_by(|x, y| key(x).cmp(&key(y)));
    let mut ranks = vec![0; articles.len()];
    (0..).zip(order).for_each(|(rank, i)| ranks[i] = rank);
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        let read = |text| day(text).map(|day| day.to_string());
        assert_eq!(read("2026-03-04T23:30:00-05:00").as_deref(), Some("2026-03-04"));
        assert_eq!(read("Wed, 4 Mar 2026 23:30:00 -0500").as_deref(), Some("2026-03-04"));
        assert_eq!(read("26-FEB-1987 15:01:01.79"), None);
    }

    #[test]
    fn zones_count_and_a_day_is_no_hour() {
        let read = |text| PublicationTime::read(text).unwrap();
        assert!(read("2026-03-04T13:05:00+01:00").is_before(read("2026-03-04T12:30:00Z")));
        assert!(read("2026-03-04T11:00").is_before(read("2026-03-04T12:00:00Z")));
        assert!(!read("2026-03-04").is_before(read("2026-03-04T12:00:00Z")));
        assert!(!read("2026-03-04T12:00:00Z").is_before(read("2026-03-04")));
        assert!(read("Wed, 04 Mar 2026 13:05:00 +0100").is_before(read("2026-03-04T12:30:00Z")));
        assert!(read("2026-03").is_before(read("2026-04-01")));
        assert!(read("2025").is_before(read("2026-01")));
        for other in ["", "yesterday", "26-FEB-1987 15:01:01.79", "2026-13", "2026-02-30", "99999"] {
            assert_eq!(PublicationTime::read(other), None, "{other}");
        }
    }
}
