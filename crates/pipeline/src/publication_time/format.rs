//! A form of dates that the user says.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime::{BrokenDownTime, format};
use throughline_schema::{PublicationTime, TimePrecision};

use super::clock::Clock;
use super::written::{Written, day, span};

/// A form of dates in the letters of strftime: `%d/%m/%Y %H:%M`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat(String);

/// A form with letters that mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{form}\" is no form of dates: {problem}")]
pub struct WrongDateFormat {
    form: String,
    problem: String,
}

impl std::str::FromStr for DateFormat {
    type Err = WrongDateFormat;

    fn from_str(form: &str) -> Result<Self, WrongDateFormat> {
        let wrong = |problem: String| WrongDateFormat { form: form.to_owned(), problem };
        if !form.contains('%') {
            return Err(wrong("it has no part such as %d, %m or %Y".to_owned()));
        }
        let some_time = Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
        format(form, &some_time).map_err(|error| wrong(error.to_string()))?;
        Ok(Self(form.to_owned()))
    }
}

impl std::fmt::Display for DateFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl DateFormat {
    /// What `text` means in this form; none where it has another.
    pub(super) fn read(&self, text: &str) -> Option<PublicationTime> {
        let parts = BrokenDownTime::parse(&self.0, text.trim()).ok()?;
        let written = match parts.to_date() {
            Ok(date) => {
                let time = parts.hour().and_then(|_| parts.to_time().ok());
                let clock = time.map(|time| Clock {
                    time,
                    seconds: parts.second().is_some(),
                    zone: parts.offset().map(jiff::tz::TimeZone::fixed),
                });
                day(date, clock.as_ref())
            }
            Err(_) => {
                let first = Date::new(parts.year()?, parts.month().unwrap_or(1), 1).ok()?;
                match parts.month() {
                    Some(_) => span(first, first.last_of_month(), TimePrecision::Month),
                    None => span(first, first.last_of_year(), TimePrecision::Year),
                }
            }
        };
        match written {
            Written::Time(time) => Some(time),
            _ => None,
        }
    }
}
