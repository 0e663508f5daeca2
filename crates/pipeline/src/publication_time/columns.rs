//! The times of a whole collection: what the other rows of a column tell of one that can be read two ways.

use std::collections::BTreeMap;

use throughline_schema::{Article, PublicationTime, TimePrecision};

use super::format::DateFormat;
use super::written::{Order, Written, span};
use crate::warning::{Unread, Warning};

/// A day in seconds.
const DAY: i64 = 86_400;
/// Examples that a warning shows.
const EXAMPLES: usize = 3;

/// Rows that one hand wrote: those of a file, those of an outlet in it, those of an outlet in all files.
type Scope<'a> = (Option<&'a str>, Option<&'a str>);

/// Reads when every article was published, and says what could not be read.
///
/// A time that `format` fits is read by that. Where day and month can be either, the other rows decide that have the same
/// sign between them: those of the same outlet in the file, else those of the file, else those of the outlet elsewhere.
/// Rows that contradict one another decide nothing. Without such rows a full stop means that the day comes first,
/// which is how it is written everywhere; other signs mean nothing, and the article stays without a time.
/// Where every time of a file is midnight, it stands for the day.
pub fn date_articles(articles: &mut [Article], format: Option<&DateFormat>) -> Vec<Warning> {
    let read: Vec<Option<Written>> = articles
        .iter()
        .map(|article| {
            let text = article.published.as_deref()?;
            let by_format = format.and_then(|format| format.read(text)).map(Written::Time);
            Some(by_format.unwrap_or_else(|| Written::read(text)))
        })
        .collect();
    let found = Columns::of(articles, &read);
    let mut told = Told::default();
    let mut times: Vec<Option<PublicationTime>> = Vec::with_capacity(articles.len());
    for (article, written) in articles.iter().zip(&read) {
        let shown =
            || (article.published.clone().unwrap_or_default().trim().to_owned(), article.id.0.clone());
        let time = match *written {
            None => None,
            Some(Written::Time(time) | Written::Ordered(time, ..)) => Some(time),
            Some(Written::Either { day_first, month_first, sign }) => {
                let (order, evidence) = match found.order(article, sign) {
                    Verdict::Order(order) => (Some(order), true),
                    Verdict::Contradiction => (None, true),
                    Verdict::Nothing => ((sign == '.').then_some(Order::DayFirst), false),
                };
                let read = order.map(|order| if order == Order::DayFirst { day_first } else { month_first });
                match order {
                    Some(order) if evidence => told.by_column.entry(order).or_default().push(shown()),
                    Some(_) => {}
                    None => told.unread.entry(Unread::DayOrMonth).or_default().push(shown()),
                }
                read
            }
            Some(Written::Impossible) => {
                told.unread.entry(Unread::Impossible).or_default().push(shown());
                None
            }
            Some(Written::Unknown) => {
                told.unread.entry(Unread::Unknown).or_default().push(shown());
                None
            }
        };
        times.push(time);
    }
    days_of_midnights(articles, &mut times);
    let of = articles.len();
    articles.iter_mut().zip(times).for_each(|(article, time)| article.published_at = time);
    told.warnings(of)
}

/// What was read by which rule, and what was not: as it stands, with the id.
#[derive(Default)]
struct Told {
    by_column: BTreeMap<Order, Vec<(String, String)>>,
    unread: BTreeMap<Unread, Vec<(String, String)>>,
}

impl Told {
    fn warnings(self, of: usize) -> Vec<Warning> {
        let unread = self.unread.into_iter().map(|(why, rows)| Warning::Undated {
            why,
            undated: rows.len(),
            articles: of,
            examples: examples(rows),
        });
        let by_column = self.by_column.into_iter().map(|(order, rows)| Warning::DayOrMonthByColumn {
            day_first: order == Order::DayFirst,
            articles: rows.len(),
            examples: examples(rows),
        });
        unread.chain(by_column).collect()
    }
}

/// The first few that differ.
fn examples(rows: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut shown: Vec<(String, String)> = Vec::new();
    for row in rows {
        if shown.len() == EXAMPLES {
            break;
        }
        if shown.iter().all(|(text, _)| *text != row.0) {
            shown.push(row);
        }
    }
    shown
}

enum Verdict {
    Order(Order),
    Contradiction,
    Nothing,
}

/// Which order the rows of each scope show: with the sign, how many show day and month first.
struct Columns<'a>(BTreeMap<(Scope<'a>, char), [usize; 2]>);

impl<'a> Columns<'a> {
    fn of(articles: &'a [Article], read: &[Option<Written>]) -> Self {
        let mut counts: BTreeMap<(Scope<'a>, char), [usize; 2]> = BTreeMap::new();
        for (article, written) in articles.iter().zip(read) {
            if let Some(Written::Ordered(_, order, sign)) = written {
                for scope in scopes(article) {
                    counts.entry((scope, *sign)).or_default()[usize::from(*order == Order::MonthFirst)] += 1;
                }
            }
        }
        Self(counts)
    }

    fn order(&self, article: &Article, sign: char) -> Verdict {
        let known = scopes(article).into_iter().find_map(|scope| self.0.get(&(scope, sign)));
        match known {
            None | Some([0, 0]) => Verdict::Nothing,
            Some([_, 0]) => Verdict::Order(Order::DayFirst),
            Some([0, _]) => Verdict::Order(Order::MonthFirst),
            Some(_) => Verdict::Contradiction,
        }
    }
}

/// The scopes of an article, narrowest first.
fn scopes(article: &Article) -> Vec<Scope<'_>> {
    let (file, source) = (article.file.as_deref(), article.source.as_deref());
    let mut scopes = Vec::new();
    if source.is_some() {
        scopes.push((Some(file.unwrap_or_default()), source));
    }
    scopes.push((Some(file.unwrap_or_default()), None));
    if source.is_some() {
        scopes.push((None, source));
    }
    scopes
}

/// Where every time of day in a file is midnight, as tables write days, none of them is a time of day.
fn days_of_midnights(articles: &[Article], times: &mut [Option<PublicationTime>]) {
    let mut all_midnight: BTreeMap<Option<&str>, bool> = BTreeMap::new();
    let timed =
        |time: &&mut Option<PublicationTime>| matches!(time, Some(t) if t.precision == TimePrecision::Second);
    for (article, time) in articles.iter().zip(times.iter_mut()).filter(|(_, time)| timed(time)) {
        let midnight = time.is_some_and(|time| time.from.rem_euclid(DAY) == 0);
        *all_midnight.entry(article.file.as_deref()).or_insert(true) &= midnight;
    }
    for (article, time) in articles.iter().zip(times.iter_mut()).filter(|(_, time)| timed(time)) {
        if all_midnight.get(&article.file.as_deref()) == Some(&true)
            && let Some(at) = time
        {
            let date = super::first_day(*at);
            if let Written::Time(day) = span(date, date, TimePrecision::Day) {
                *at = day;
            }
        }
    }
}
