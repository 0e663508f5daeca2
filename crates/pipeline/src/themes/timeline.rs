//! Themes over time and by outlet.

use std::collections::BTreeMap;

use jiff::civil::Date;
use throughline_schema::tables::ThemeTimelineRow;
use throughline_schema::{Article, Period};

use super::FoundThemes;
use crate::Units;
use crate::publication_time::day;

/// As long as it takes for a few dozen periods at most.
fn period_for(days: i64) -> Period {
    match days {
        ..=45 => Period::Day,
        46..=400 => Period::Week,
        401..=3700 => Period::Month,
        _ => Period::Year,
    }
}

/// First day of the period that `day` lies in.
fn start(period: Period, day: Date) -> Date {
    match period {
        Period::Day => day,
        Period::Week => {
            let since_monday = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(jiff::Span::new().days(since_monday)).unwrap_or(day)
        }
        Period::Month => day.first_of_month(),
        Period::Year => day.first_of_year(),
    }
}

impl FoundThemes {
    /// The table `theme_timeline`: rows and articles of each theme in each period and outlet.
    pub fn timeline_rows(&self, units: &Units, articles: &[Article]) -> Vec<ThemeTimelineRow> {
        let days: Vec<Option<Date>> = articles.iter().map(|a| a.published.as_deref().and_then(day)).collect();
        let (first, last) = (days.iter().flatten().min(), days.iter().flatten().max());
        let span = first.zip(last).and_then(|(first, last)| first.until(*last).ok());
        let period = period_for(span.map_or(0, |span| i64::from(span.get_days())));
        let place = |row: usize| {
            let article = units.article[row] as usize;
            (days[article].map(|day| start(period, day)), articles[article].source.as_deref())
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

    #[test]
    fn periods_start_where_calendars_say() {
        let start = |period, text: &str| start(period, day(text).unwrap()).to_string();
        assert_eq!(start(Period::Week, "2024-05-05T23:00:00Z"), "2024-04-29");
        assert_eq!(start(Period::Week, "2024-04-29"), "2024-04-29");
        assert_eq!(start(Period::Month, "2024-02-29"), "2024-02-01");
        assert_eq!(start(Period::Year, "2024-02-29"), "2024-01-01");
        assert_eq!(day("yesterday at noon"), None);
        assert_eq!(day("2024-02-30"), None);
    }

    #[test]
    fn the_longer_the_span_the_longer_the_periods() {
        assert_eq!(
            [0, 45, 46, 401, 9000].map(period_for),
            [Period::Day, Period::Day, Period::Week, Period::Month, Period::Year]
        );
    }
}
