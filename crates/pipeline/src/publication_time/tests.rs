use throughline_schema::ArticleId;

use super::*;
use crate::warning::{Unread, Warning};

/// What a time by itself is read as; what it is else.
fn read(text: &str) -> String {
    match Written::read(text) {
        Written::Time(time) | Written::Ordered(time, ..) => iso(time),
        Written::Either { day_first, month_first, .. } => {
            format!("{} or {}", iso(day_first), iso(month_first))
        }
        Written::Impossible => "impossible".to_owned(),
        Written::Unknown => "unknown".to_owned(),
    }
}

fn articles(published: &[&str]) -> Vec<Article> {
    let article = |(at, text): (usize, &&str)| Article {
        id: ArticleId(at.to_string()),
        published: Some((*text).to_owned()),
        file: Some("a.csv".to_owned()),
        ..Article::default()
    };
    published.iter().enumerate().map(article).collect()
}

fn dated(published: &[&str]) -> (Vec<String>, Vec<Warning>) {
    let mut articles = articles(published);
    let warnings = date_articles(&mut articles, None);
    (articles.iter().map(|a| a.published_at.map_or_else(|| "-".to_owned(), iso)).collect(), warnings)
}

#[test]
fn times_are_read_in_the_forms_that_feeds_sites_and_spreadsheets_write() {
    for (text, means) in [
        ("2026-03-04T07:30:00+05:00", "2026-03-04T02:30:00Z"),
        ("2026-03-04T07:30:00.250-0500", "2026-03-04T12:30:00Z"),
        ("2026-03-04 07:30:00 UTC", "2026-03-04T07:30:00Z"),
        ("2026-03-04 07:30:00+00", "2026-03-04T07:30:00Z"),
        ("20260304T073000Z", "2026-03-04T07:30:00Z"),
        ("20260304T0730", "2026-03-04T07:30:00"),
        ("20260304073000", "2026-03-04T07:30:00"),
        ("20260304", "2026-03-04"),
        ("Wed, 04 Mar 2026 07:30:00 GMT", "2026-03-04T07:30:00Z"),
        ("Wed, 4 Mar 2026 07:30 -0500", "2026-03-04T12:30:00Z"),
        ("Wed Mar 04 07:30:00 +0000 2026", "2026-03-04T07:30:00Z"),
        ("Wed Mar 04 2026 07:30:00 GMT+0500 (Almaty)", "2026-03-04T02:30:00Z"),
        ("04.03.2026 07:30", "2026-03-04T07:30:00 or 2026-04-03T07:30:00"),
        ("25/12/2026", "2026-12-25"),
        ("12/25/26", "2026-12-25"),
        ("4/4/2026 1:05 PM", "2026-04-04T13:05:00"),
        ("2017/2/7", "2017-02-07"),
        ("2026. 03. 04.", "2026-03-04"),
        ("4 March 2026", "2026-03-04"),
        ("Wednesday, March 4th, 2026", "2026-03-04"),
        ("March 4, 2026 7:30 AM EST", "2026-03-04T12:30:00Z"),
        ("Published: July 4, 2026 at 12:10 a.m. ET", "2026-07-04T04:10:00Z"),
        ("Jan 4, 2026 7 pm ET", "2026-01-05T00:00:00Z"),
        ("12 Aug. 2026", "2026-08-12"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01"),
        ("Thu, 26 Feb 87 15:01 EST", "1987-02-26T20:01:00Z"),
        ("4 марта 2026, 07:30", "2026-03-04T07:30:00"),
        ("07:30, 4 мая 2026 г. (обновлено)", "2026-05-04T07:30:00"),
        ("4 марта 2026 года в 07:30 мск", "2026-03-04T04:30:00Z"),
        ("2026 ж. 4 наурыз", "2026-03-04"),
        ("4 наурыз 2026, 07:30", "2026-03-04T07:30:00"),
        ("4. März 2026", "2026-03-04"),
        ("1772609400", "2026-03-04T07:30:00Z"),
        ("1772609400.0", "2026-03-04T07:30:00Z"),
        ("1772609400000", "2026-03-04T07:30:00Z"),
        ("2026-W10-3", "2026-03-04"),
        ("2026-03", "2026-03"),
        ("03.2026", "2026-03"),
        ("March 2026", "2026-03"),
        ("май 2026", "2026-05"),
        ("2026", "2026"),
        (" 2026-03-04 ", "2026-03-04"),
        ("2026-03-04T07:30", "2026-03-04T07:30:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("03/04/2026", "2026-04-03 or 2026-03-04"),
    ] {
        assert_eq!(read(text), means, "{text}");
    }
}

#[test]
fn what_is_no_date_becomes_none() {
    for text in
        ["2026-02-30", "0000-00-00", "2026-13", "31/11/2026", "2026-03-04T27:30", "45 March 2026", "20261304"]
    {
        assert_eq!(read(text), "impossible", "{text}");
    }
    for text in [
        "",
        "yesterday",
        "2 hours ago",
        "2026/04/91388",
        "99999",
        "7:30",
        "4 March",
        "05.03 or 06.03.2026",
        "March 4, 2026, updated March 5, 2026",
        "n/a",
        "2026-W10",
        "04-03-26",
        "1-2-3-4",
        "page 4 of 12",
    ] {
        assert_eq!(read(text), "unknown", "{text}");
    }
}

#[test]
fn a_month_is_no_day_of_it_and_a_day_no_hour() {
    let read = |text| match Written::read(text) {
        Written::Time(time) => time,
        other => panic!("{text}: {other:?}"),
    };
    let neither = |a, b| !read(a).is_before(read(b)) && !read(b).is_before(read(a));
    assert!(neither("2026-03", "2026-03-04") && neither("2026-03-04", "2026-03-04T12:00:00Z"));
    assert!(read("2026-03").is_before(read("2026-04-01")) && read("2025").is_before(read("2026-01")));
    assert!(read("2026-03-04T13:05:00+01:00").is_before(read("2026-03-04T12:30:00Z")));
    assert!(read("2026-03-04T11:00").is_before(read("2026-03-04T12:00:00Z")));
    let mut all = articles(&["2026-03", "2026-03-04", "2026-03-04T12:00:00Z", "unknown", "2026-02"]);
    date_articles(&mut all, None);
    assert_eq!(ranks(&all), [3, 2, 1, 4, 0]);
}

#[test]
fn day_and_month_are_read_by_the_other_rows_of_the_column() {
    let (times, told) = dated(&["03/04/2026", "25/12/2026", "1/2/2026"]);
    assert_eq!(times, ["2026-04-03", "2026-12-25", "2026-02-01"]);
    assert!(
        matches!(told[..], [Warning::DayOrMonthByColumn { day_first: true, articles: 2, .. }]),
        "{told:?}"
    );
    assert_eq!(dated(&["03/04/2026", "12/25/2026"]).0[0], "2026-03-04");
    // The column contradicts itself, or says nothing; a dash proves nothing of a stroke.
    for column in
        [&["03/04/2026", "12/25/2026", "25/12/2026"][..], &["03/04/2026"], &["03/04/2026", "25-12-2026"]]
    {
        let (times, told) = dated(column);
        assert_eq!(times[0], "-", "{column:?}");
        assert!(
            matches!(&told[..], [Warning::Undated { why: Unread::DayOrMonth, undated: 1, examples, .. }]
                if examples[0].0 == "03/04/2026"),
            "{told:?}"
        );
    }
    // Everywhere a full stop has the day before it, unless the column shows otherwise.
    assert_eq!(dated(&["04.03.2026"]).0, ["2026-03-04"]);
    assert_eq!(dated(&["04.03.2026", "12.25.2026"]).0[0], "2026-04-03");
}

#[test]
fn outlets_of_one_file_may_differ_in_what_comes_first() {
    let mut all = articles(&["03/04/2026", "25/12/2026", "03/04/2026", "12/25/2026", "03/04/2026"]);
    for (article, source) in all.iter_mut().zip(["A", "A", "B", "B", "C"]) {
        article.source = Some(source.to_owned());
    }
    date_articles(&mut all, None);
    let read: Vec<Option<String>> = all.iter().map(|a| a.published_at.map(iso)).collect();
    assert_eq!(
        [read[0].as_deref(), read[2].as_deref(), read[4].as_deref()],
        [Some("2026-04-03"), Some("2026-03-04"), None]
    );
}

#[test]
fn midnight_in_every_row_is_a_day() {
    assert_eq!(dated(&["2026-03-04 00:00:00", "2026-03-05T00:00:00Z"]).0, ["2026-03-04", "2026-03-05"]);
    let mixed = dated(&["2026-03-04 00:00:00", "2026-03-05 07:30:00", "2026-03"]);
    assert_eq!(mixed.0, ["2026-03-04T00:00:00", "2026-03-05T07:30:00", "2026-03"]);
}

#[test]
fn a_form_that_the_user_says_is_read_first() {
    let format: DateFormat = "%m/%d/%Y %H:%M".parse().unwrap();
    let mut all = articles(&["03/04/2026 07:30", "2026-03-04"]);
    assert_eq!(date_articles(&mut all, Some(&format)), []);
    let read: Vec<String> = all.iter().filter_map(|a| a.published_at.map(iso)).collect();
    assert_eq!(read, ["2026-03-04T07:30:00", "2026-03-04"]);
    let month: DateFormat = "%m-%y".parse().unwrap();
    assert_eq!(month.read("03-26").map(iso).as_deref(), Some("2026-03"));
    assert!("day/month".parse::<DateFormat>().is_err() && "%!".parse::<DateFormat>().is_err());
}

#[test]
fn dates_that_no_calendar_has_are_told_with_examples() {
    let (times, told) = dated(&["2026-02-30", "2026-02-30", "0000-00-00", "yesterday", "2026-03-04"]);
    assert_eq!(times, ["-", "-", "-", "-", "2026-03-04"]);
    let text: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert!(text[0].contains("3 of 5 articles") && text[0].contains("\"0000-00-00\" of 2"), "{text:?}");
    assert!(text[1].contains("1 of 5 articles") && text[1].contains("\"yesterday\" of 3"), "{text:?}");
}
