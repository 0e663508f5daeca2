//! The figures, dates and names that an article gives anywhere.

use rustc_hash::FxHashSet;
use throughline_schema::{Figure, TextFeatures};

use crate::duplicates::conflicting_values::same_value;

/// What one article mentions.
#[derive(Clone, Debug, Default)]
pub struct Mentions<'a> {
    figures: Vec<&'a Figure>,
    dates: Vec<&'a str>,
    names: Vec<&'a str>,
    /// Stems of the words of its names.
    name_stems: FxHashSet<u32>,
}

impl<'a> Mentions<'a> {
    /// Gathers them from the statements of an article.
    pub fn of(statements: impl IntoIterator<Item = &'a TextFeatures>) -> Self {
        let mut found = Self::default();
        for features in statements {
            found.figures.extend(&features.figures);
            found.dates.extend(features.dates.iter().map(String::as_str));
            found.names.extend(features.names.iter().map(String::as_str));
            found.name_stems.extend(features.name_stems.iter().flatten());
        }
        found.dates.sort_unstable();
        found.dates.dedup();
        found
    }

    /// Whether the article gives this figure of something that both name.
    pub(super) fn tells_figure(&self, figure: &Figure) -> bool {
        let one_thing = |f: &Figure| f.about.iter().any(|stem| figure.about.contains(stem));
        self.figures.iter().any(|f| same_figure(f, figure) && one_thing(f))
    }

    pub(super) fn tells_date(&self, date: &str) -> bool {
        self.dates.iter().any(|d| same_date(d, date))
    }

    /// Whether a name of the article has a word of this name, or one is the initials of the other.
    pub(super) fn mentions(&self, name: &str, stems: &[u32]) -> bool {
        stems.iter().any(|stem| self.name_stems.contains(stem))
            || self
                .names
                .iter()
                .any(|other| begins(other, name) || abbreviates(other, name) || abbreviates(name, other))
    }
}

/// Whether two figures are the same within what their digits and the words beside them say, and not of two units.
pub(super) fn same_figure(f: &Figure, g: &Figure) -> bool {
    let unit = f.unit == g.unit || f.unit.is_empty() || g.unit.is_empty();
    let meet = f.low <= g.high && g.low <= f.high;
    unit && (meet || same_value(f.value, g.value))
}

/// Whether two dates are one: they agree in all that both tell, and both tell something of the same kind. A month agrees with
/// its days, "8 November" with 8 November of any year.
fn same_date(a: &str, b: &str) -> bool {
    compared(a, b) == Some(true)
}

/// Whether two dates can't be one.
pub(super) fn dates_conflict(a: &str, b: &str) -> bool {
    compared(a, b) == Some(false)
}

/// Whether two dates agree in what both tell; none where they have nothing in common, as a year and a day of the week.
fn compared(a: &str, b: &str) -> Option<bool> {
    let is_day = |date: &str| date.starts_with(|c: char| c.is_ascii_lowercase());
    match (a.strip_prefix('T'), b.strip_prefix('T')) {
        (Some(a), Some(b)) => return Some(same_time(a, b)),
        (None, None) if is_day(a) && is_day(b) => return Some(a == b),
        (None, None) if !is_day(a) && !is_day(b) => {}
        _ => return None,
    }
    let parts = |date: &str| -> [Option<u16>; 3] {
        let (year, rest) = match date.strip_prefix("--") {
            Some(rest) => ("", rest),
            None => date.split_once('-').unwrap_or((date, "")),
        };
        let mut rest = rest.split('-');
        let mut number = || rest.next().and_then(|part| part.parse().ok());
        [year.parse().ok(), number(), number()]
    };
    let both = parts(a).into_iter().zip(parts(b)).filter_map(|(x, y)| Some(x? == y?));
    both.reduce(|agree, next| agree && next)
}

/// Whether two times are one: a full hour is a rounded one.
fn same_time(a: &str, b: &str) -> bool {
    let minutes = |time: &str| -> Option<i32> {
        let (hour, minute) = time.split_once(':')?;
        Some(60 * hour.parse::<i32>().ok()? + minute.get(..2)?.parse::<i32>().ok()?)
    };
    match (minutes(a), minutes(b)) {
        (Some(x), Some(y)) => x == y || (x % 60 == 0 || y % 60 == 0) && (x - y).abs() <= 30,
        _ => a == b,
    }
}

/// Whether one name begins with the other: "Kazakh" and "Kazakhs".
fn begins(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// Whether `short` is made of the initials of `long`: "NIS" and "National Intelligence Service".
fn abbreviates(short: &str, long: &str) -> bool {
    let letters = || short.chars().filter(|c| *c != '.');
    let initials: String =
        long.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    letters().nth(1).is_some() && letters().eq(initials.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_agree_in_what_both_tell() {
        for (a, b) in
            [("2019-11-08", "--11-08"), ("--09", "--09-30"), ("2019", "2019-02"), ("T07:00", "T06:47")]
        {
            assert!(same_date(a, b) && same_date(b, a), "{a} {b}");
        }
        for (a, b) in [("2019", "2020"), ("--09-29", "--09-30"), ("monday", "friday"), ("T07:10", "T06:47")] {
            assert!(dates_conflict(a, b) && dates_conflict(b, a), "{a} {b}");
        }
        for (a, b) in [("2019", "--11-08"), ("T07:00", "2019"), ("monday", "2019")] {
            assert!(!dates_conflict(a, b) && !same_date(a, b), "{a} {b}");
        }
    }

    #[test]
    fn initials_stand_for_a_name() {
        assert!(abbreviates("NIS", "National Intelligence Service") && abbreviates("U.N.", "United Nations"));
        assert!(abbreviates("FBI", "Federal Bureau of Investigation"));
        assert!(!abbreviates("N", "Nation") && !abbreviates("CIA", "National Intelligence Service"));
    }
}
