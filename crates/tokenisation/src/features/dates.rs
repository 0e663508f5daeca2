//! Dates and times in a canonical form: ISO 8601 with what is not said left out.
//!
//! `2024-07-03`, `--07-03` (no year), `2024-07`, `--07`, `2024`, `1990s`, `monday`, `T17:30`.

use super::language::Reading;
use super::paragraph::Paragraph;
use super::units::{code_before, year_counts};
use crate::languages::meaning::{Marks, Role};
use crate::languages::names::Ending;
use crate::text::chars::digit;
use crate::text::words::Kind;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Bare four-digit numbers in this range are years unless a unit follows.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2100;

/// Appends the dates of the paragraph in order and marks their tokens in `taken`.
pub(super) fn dates(p: &Paragraph<'_>, taken: &mut [bool], out: &mut Vec<String>) {
    let mut at = 0;
    while at < p.tokens.len() {
        let reader = Reader { p, at };
        let found = reader.written().or_else(|| reader.day_first()).or_else(|| reader.month_first());
        let found = found.or_else(|| reader.time()).or_else(|| reader.year()).or_else(|| reader.weekday());
        match found {
            Some((dates, to)) => {
                out.extend(dates);
                let to = to.clamp(at + 1, p.tokens.len());
                taken[at..to].fill(true);
                at = to;
            }
            None => at += 1,
        }
    }
}

/// Dates with the token after the last of theirs.
type Found = Option<(Vec<String>, usize)>;

struct Reader<'p> {
    p: &'p Paragraph<'p>,
    at: usize,
}

impl Reader<'_> {
    /// A whole number of at most four digits at `at`, with its number of digits.
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        let token = self.p.get(at).filter(|t| t.kind == Kind::Number && t.end - t.start <= 16)?;
        whole(self.p.slice(token))
    }

    fn day(&self, at: usize) -> Option<u32> {
        self.number(at).filter(|(day, digits)| (1..=31).contains(day) && *digits <= 2).map(|(day, _)| day)
    }

    fn year_at(&self, at: usize) -> Option<u32> {
        self.number(at).filter(|(year, digits)| YEARS.contains(year) && *digits == 4).map(|(year, _)| year)
    }

    fn is(&self, at: usize, marks: Marks) -> bool {
        self.p.is(at, marks)
    }

    fn is_dash(&self, at: usize) -> bool {
        matches!(self.p.symbol(at), Some('-' | '–' | '—' | '‑'))
    }

    /// Past an ordinal ending that stands glued to the number before `at`: `3rd`, `3-го`.
    fn past_ordinal(&self, at: usize) -> usize {
        let glued_word = |at: usize| if self.p.glued(at) { self.p.word(at) } else { "" };
        let lexicon = self.p.reading.pack.lexicon();
        // `3. Mai`
        if self.p.reading.pack.settings.dotted_ordinals && self.p.symbol(at) == Some('.') && self.p.glued(at)
        {
            return at + 1;
        }
        if lexicon.is_ending(glued_word(at), Ending::GluedOrdinal) {
            return at + 1;
        }
        let ending = lexicon.is_ending(glued_word(at + 1), Ending::DateOrdinal);
        if self.is_dash(at) && self.p.glued(at) && ending { at + 2 } else { at }
    }

    /// The month named at `at`. English words that are also verbs need a date around them.
    fn month(&self, at: usize) -> Option<u32> {
        let Role::Month(month) = self.p.role(at) else { return None };
        let token = self.p.get(at)?;
        if !self.p.reading.pack.settings.month_first {
            return Some(u32::from(month));
        }
        if !token.capital {
            return None;
        }
        let numbers =
            |at: Option<usize>| at.and_then(|at| self.p.get(at)).is_some_and(|t| t.kind == Kind::Number);
        let after_dot = at + 1 + usize::from(self.p.symbol(at + 1) == Some('.'));
        let beside_number = numbers(at.checked_sub(1))
            || numbers(Some(after_dot))
            || at.checked_sub(2).is_some_and(|two| numbers(Some(two)));
        let doubtful = token.meaning.is(Marks::DOUBTFUL_MONTH);
        let short = token.meaning.is(Marks::SHORT_MONTH);
        let after_preposition = at > 0 && self.is(at - 1, Marks::BEFORE_MONTH);
        ((!doubtful && !short) || beside_number || (doubtful && after_preposition))
            .then_some(u32::from(month))
    }

    /// All in digits: `2024-07-03`, `03.07.2024`, `7/3/2024`.
    fn written(&self) -> Found {
        let token = self.p.get(self.at).filter(|t| t.kind == Kind::Number)?;
        let slice = self.p.slice(token);
        let dotted: Vec<&str> = slice.split('.').collect();
        if let [a, b, c] = dotted[..] {
            return Some((vec![ordered(&self.p.reading, [a, b, c], '.')?], self.at + 1));
        }
        let separator = self.p.symbol(self.at + 1).filter(|c| matches!(c, '-' | '/'))?;
        let all_glued = (1..=4).all(|step| self.p.glued(self.at + step));
        if !all_glued || self.p.symbol(self.at + 3) != Some(separator) {
            return None;
        }
        let (second, third) = (self.p.get(self.at + 2)?, self.p.get(self.at + 4)?);
        if second.kind != Kind::Number || third.kind != Kind::Number {
            return None;
        }
        let date = ordered(&self.p.reading, [slice, self.p.slice(second), self.p.slice(third)], separator)?;
        // A time stamp goes on without a space: `2024-07-03T10:00:00Z`.
        let mut to = self.at + 5;
        if self.p.word(to).starts_with('t') {
            while self.p.glued(to) {
                to += 1;
            }
        }
        Some((vec![date], to))
    }

    /// `3 July 2024`, `3rd of July`, `3–5 July`, `3 июля 2024 года`.
    fn day_first(&self) -> Found {
        let first = self.day(self.at)?;
        let mut days = vec![first];
        let mut at = self.past_ordinal(self.at + 1);
        let joins = self.is_dash(at) || self.is(at, Marks::JOINS_DAYS);
        if let Some(second) = self.day(at + 1).filter(|_| joins) {
            days.push(second);
            at = self.past_ordinal(at + 2);
        }
        if self.p.is(at, Marks::OF) {
            at += 1;
        }
        let month = self.month(at)?;
        at += 1;
        let (year, to) = self.trailing_year(at);
        let year = year.or_else(|| self.leading_year());
        Some((days.into_iter().map(|day| canonical(year, Some(month), Some(day))).collect(), to))
    }

    /// `July 3, 2024`, `July 3–5`, `July 2024`, `July`.
    fn month_first(&self) -> Found {
        let month = self.month(self.at)?;
        let dot = usize::from(self.p.symbol(self.at + 1) == Some('.') && self.p.glued(self.at + 1));
        let next = self.at + 1 + if self.number(self.at + 1 + dot).is_some() { dot } else { 0 };
        if let Some(day) = self.day(next).filter(|_| self.p.reading.pack.settings.month_first) {
            let mut days = vec![day];
            let mut at = self.past_ordinal(next + 1);
            if let Some(second) = self.day(at + 1).filter(|_| self.is_dash(at)) {
                days.push(second);
                at = self.past_ordinal(at + 2);
            }
            let (year, to) = self.trailing_year(at);
            return Some((days.into_iter().map(|day| canonical(year, Some(month), Some(day))).collect(), to));
        }
        let (year, to) = self.trailing_year(next);
        let year = year.or_else(|| self.leading_year());
        Some((vec![canonical(year, Some(month), None)], to))
    }

    /// A year after a date, with the comma before it and the word for "year" behind it.
    fn trailing_year(&self, at: usize) -> (Option<u32>, usize) {
        let comma = at + usize::from(matches!(self.p.symbol(at), Some(',')));
        match self.year_at(comma) {
            Some(year) => (Some(year), self.past_year_word(comma + 1)),
            None => (None, at),
        }
    }

    /// Kazakh puts the year before the day: `2024 жылғы 3 шілде`.
    fn leading_year(&self) -> Option<u32> {
        let leads = self.is(self.at.checked_sub(1)?, Marks::LEADING_YEAR);
        if leads { self.year_at(self.at.checked_sub(2)?) } else { None }
    }

    fn past_year_word(&self, at: usize) -> usize {
        at + usize::from(self.is(at, Marks::YEAR))
    }

    /// `17:30`, `5.30 p.m.`, `5pm`.
    fn time(&self) -> Found {
        let token = self.p.get(self.at).filter(|t| t.kind == Kind::Number)?;
        let (hour, mut minute, mut at) = match self.p.slice(token).split_once('.') {
            Some((hour, minute)) => {
                (whole(hour)?.0, Some(whole(minute).filter(|(m, n)| *m < 60 && *n == 2)?.0), self.at + 1)
            }
            None => (self.number(self.at).filter(|(_, digits)| *digits <= 2)?.0, None, self.at + 1),
        };
        let colon = self.p.symbol(at) == Some(':') && self.p.glued(at) && self.p.glued(at + 1);
        let mut sure = false;
        if let Some((m, _)) = self.number(at + 1).filter(|(m, digits)| colon && *m < 60 && *digits == 2) {
            minute = Some(m);
            at += 2;
            sure = true;
        }
        let before_noon = self.is(at, Marks::AM).then_some(0);
        let half = before_noon.or_else(|| self.is(at, Marks::PM).then_some(12));
        let hour = match half {
            Some(half) if (1..=12).contains(&hour) => {
                at += 1;
                hour % 12 + half
            }
            None if sure && hour < 24 => hour,
            _ => return None,
        };
        Some((vec![format!("T{hour:02}:{:02}", minute.unwrap_or(0))], at))
    }

    /// `2024`, `2024–25`, `1990s`, `2024 года`; also the year before a Kazakh date.
    fn year(&self) -> Found {
        let year = self.year_at(self.at)?;
        let next = self.at + 1;
        let priced = self.at.checked_sub(1).is_some_and(|before| code_before(self.p, before).is_some());
        let numbered = self.at.checked_sub(1).is_some_and(|b| matches!(self.p.symbol(b), Some('#' | '№')));
        let compound = self.is_dash(next)
            && self.p.glued(next)
            && self.p.get(next + 1).is_some_and(|t| t.kind == Kind::Word && t.glued);
        let of_kazakh_date = self.is(next, Marks::LEADING_YEAR);
        if priced || numbered || compound || (!of_kazakh_date && year_counts(self.p, year, next)) {
            return None;
        }
        let decade = |word: &str| self.p.reading.pack.lexicon().is_ending(word, Ending::Decade);
        if self.p.glued(next) && decade(self.p.word(next)) {
            return Some((vec![format!("{year}s")], next + 1));
        }
        let split = self.is_dash(next) || self.p.symbol(next) == Some('/');
        if split && self.p.glued(next) && self.p.glued(next + 1) {
            let second = match self.number(next + 1) {
                Some((short, 2)) if short == (year + 1) % 100 => Some(year - year % 100 + short),
                Some((long, 4)) if YEARS.contains(&long) && long > year => Some(long),
                _ => None,
            };
            if let Some(second) = second {
                let to = self.past_year_word(next + 2);
                return Some((vec![year.to_string(), second.to_string()], to));
            }
        }
        if of_kazakh_date && (self.day(next + 1).is_some() || self.month(next + 1).is_some()) {
            // The date that follows takes the year with it.
            return Some((Vec::new(), next + 1));
        }
        Some((vec![year.to_string()], self.past_year_word(next)))
    }

    fn weekday(&self) -> Found {
        let Role::Weekday(day) = self.p.role(self.at) else { return None };
        Some((vec![(*WEEKDAYS.get(usize::from(day))?).to_owned()], self.at + 1))
    }
}

/// The value of up to four digits, with their number.
fn whole(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut digits = 0;
    for c in text.chars() {
        value = value * 10 + digit(c)?;
        digits += 1;
        if digits > 4 {
            return None;
        }
    }
    (digits > 0).then_some((value, digits))
}

/// The date that three numbers make, in the order that their lengths and the language call for.
fn ordered(reading: &Reading, parts: [&str; 3], separator: char) -> Option<String> {
    let [a, b, c] = [whole(parts[0])?, whole(parts[1])?, whole(parts[2])?];
    let (year, month, day) = match (a.1, b.1, c.1) {
        (4, 1..=2, 1..=2) => (a.0, b.0, c.0),
        (1..=2, 1..=2, 4) => {
            let month_first = separator == '/' && (reading.month_first && a.0 <= 12 || b.0 > 12);
            if month_first { (c.0, a.0, b.0) } else { (c.0, b.0, a.0) }
        }
        _ => return None,
    };
    let valid = (1000..=2999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then(|| canonical(Some(year), Some(month), Some(day)))
}

fn canonical(year: Option<u32>, month: Option<u32>, day: Option<u32>) -> String {
    let mut out = year.map_or_else(|| "-".to_owned(), |year| format!("{year:04}"));
    if let Some(month) = month {
        out.push_str(&format!("-{month:02}"));
    }
    if let Some(day) = day {
        out.push_str(&format!("-{day:02}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::features::features;

    #[test]
    fn canonical_forms() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("en", "on Monday, 3 July 2024", &["monday", "2024-07-03"]),
            ("en", "July 3rd, 2024; Jul. 3; the 3rd of July", &["2024-07-03", "--07-03", "--07-03"]),
            ("en", "March 5-7 and 3–5 July", &["--03-05", "--03-07", "--07-03", "--07-05"]),
            ("en", "in May they may march", &["--05"]),
            ("en", "July 2024, 2019-20, the 1990s", &["2024-07", "2019", "2020", "1990s"]),
            ("en", "2024-07-03T10:00:00Z and 03.07.2024", &["2024-07-03", "2024-07-03"]),
            ("en", "7/3/2024 at 5:30 p.m. or 17:30", &["2024-07-03", "T17:30", "T17:30"]),
            ("en-GB", "3/7/2024", &["2024-07-03"]),
            ("en", "$2024 and 2,024 homes", &[]),
            ("ru", "в среду, 3 июля 2024 года", &["wednesday", "2024-07-03"]),
            ("ru", "3-го мая, в 2019–2021 годах, в мае 2020 г.", &["--05-03", "2019", "2021", "2020-05"]),
            ("kk", "2024 жылғы 3 шілдеде, дүйсенбіде", &["2024-07-03", "monday"]),
            ("ru", "Астана, 10 июл — агентство", &["--07-10"]),
            ("fr", "03/07/2024", &["2024-07-03"]),
        ];
        for (lang, text, expected) in cases {
            assert_eq!(features(text, lang).dates, *expected, "{text}");
        }
    }
}
