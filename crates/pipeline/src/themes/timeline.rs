//! Themes over time and by outlet.

use std::collections::BTreeMap;

use jiff::civil::Date;
use throughline_schema::tables::ThemeTimelineRow;
use throughline_schema::{Article, Period, PublicationTime, TimePrecision};

use super::FoundThemes;
use crate::Units;
use crate::publication_time::first_day;

/// As long as it takes for a few dozen periods at most.
fn period_for(days: i64) -> Period {
    match days {
        ..=45 => Period::Day,
        46..=400 => Period::Week,
        401..=3700 => Period::Month,
        _ => Period::Year,
    }
}

/// The period of a table: at least as long as the times that it counts are exact.
fn period_of(times: &[Option<PublicationTime>]) -> Period {
    let days: Vec<Date> = times.iter().flatten().map(|time| first_day(*time)).collect();
    let span = days.iter().min().zip(days.iter().max()).and_then(|(first, last)| first.until(*last).ok());
    let period = period_for(span.map_or(0, |span| i64::from(span.get_days())));
    let finest = times.iter().flatten().map(|time| time.precision).min_by_key(|precision| *precision as u8);
    match (finest, period) {
        (Some(TimePrecision::Month), Period::Day | Period::Week) => Period::Month,
        (Some(TimePrecision::Year), _) => Period::Year,
        _ => period,
    }
}

/// First day of the period that `time` lies in; none where it is not known so exactly.
fn start(period: Period, time: PublicationTime) -> Option<Date> {
    let known = match time.precision {
        TimePrecision::Second | TimePrecision::Day => true,
        TimePrecision::Month => matches!(period, Period::Month | Period::Year),
        TimePrecision::Year => period == Period::Year,
    };
    let day = first_day(time);
    known.then(|| match period {
        Period::Day => day,
        Period::Week => {
            let since_monday = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(jiff::Span::new().days(since_monday)).unwrap_or(day)
        }
        Period::Month => day.first_of_month(),
        Period::Year => day.first_of_year(),
    })
}

impl FoundThemes {
    /// The table `theme_timeline`: rows and articles of each theme in each period and outlet.
    pub fn timeline_rows(&self, units: &Units, articles: &[Article]) -> Vec<ThemeTimelineRow> {
        let times: Vec<Option<PublicationTime>> = articles.iter().map(|a| a.published_at).collect();
        let period = period_of(&times);
        let place = |row: usize| {
            let article = units.article[row] as usize;
            (times[article].and_then(|time| start(period, time)), articles[article].source.as_deref())
        };
        let mut all: BTreeMap<_, u64> = BTreeMap::new();
        // Rows and articles so far, and the last article, since the rows of an article stand together.
        let mut found: BTreeMap<_, (u64, u64, Option<u32>)> = BTreeMap::new();
        for (row, themes) in self.themes.rows.iter().enumerate() {
            let (start, source) = place(row);
            *all.entry((start, source)).or_default() += 1;
            for &theme in &themes.path {
                let counts = found.entry((theme, start, source)).or_default();
                counts.0 += 1;
                if counts.2.replace(units.article[row]) != Some(units.article[row]) {
                    counts.1 += 1;
                }
            }
        }
        found
            .into_iter()
            .map(|((theme, start, source), (statements, articles, _))| ThemeTimelineRow {
                theme_id: self.ids[theme as usize].clone(),
                period: start.map(|start| start.to_string()),
                length: period,
                source: source.map(str::to_owned),
                statements,
                articles,
                share: statements as f32 / all.get(&(start, source)).copied().unwrap_or(1) as f32,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publication_time::Written;

    fn time(text: &str) -> PublicationTime {
        match Written::read(text) {
            Written::Time(time) => time,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn periods_start_where_calendars_say() {
        let start = |period, text| start(period, time(text)).unwrap().to_string();
        assert_eq!(start(Period::Week, "2024-05-05T23:00:00Z"), "2024-04-29");
        assert_eq!(start(Period::Week, "2024-04-29"), "2024-04-29");
        assert_eq!(start(Period::Month, "2024-02-29"), "2024-02-01");
        assert_eq!(start(Period::Year, "2024-02-29"), "2024-01-01");
    }

    #[test]
    fn a_month_stands_in_no_week_of_it() {
        assert_eq!(start(Period::Week, time("2024-05")), None);
        assert_eq!(start(Period::Month, time("2024-05")).unwrap().to_string(), "2024-05-01");
        assert_eq!(start(Period::Month, time("2024")), None);
        let of = |texts: &[&str]| period_of(&texts.iter().map(|text| Some(time(text))).collect::<Vec<_>>());
        assert_eq!(of(&["2024-05", "2024-05"]), Period::Month);
        assert_eq!(of(&["2024-05", "2024-05-02"]), Period::Day);
        assert_eq!(of(&["2024"]), Period::Year);
    }

    #[test]
    fn the_longer_the_span_the_longer_the_periods() {
        assert_eq!(
            [0, 45, 46, 401, 9000].map(period_for),
            [Period::Day, Period::Day, Period::Week, Period::Month, Period::Year]
        );
    }
}
