//! How a narrative spread: who told it first, who took it up, and where the tellings differ.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use throughline_schema::tables::{NarrativeRow, Spread};
use throughline_schema::{Article, NarrativeId};

use crate::Units;
use crate::publication_time::iso;

/// The members of a narrative, and which of them are copies.
pub(crate) struct Told {
    /// Rows of the units.
    pub(crate) members: Vec<u32>,
    /// For each the row that it is a copy of.
    pub(crate) copy_of: Vec<Option<u32>>,
    /// Articles that make the claim for themselves.
    pub(crate) independent: Vec<u32>,
    /// Whether they are one form filled in again and again.
    pub(crate) form: bool,
}

/// Widest spread first: by outlets that tell it independently, then by independent tellings, articles and statements.
/// Copies and the articles of one outlet add little. Forms come last.
pub(crate) fn widest_first(a: &NarrativeRow, b: &NarrativeRow) -> Ordering {
    let outlets = |row: &NarrativeRow| row.spread.iter().filter(|outlet| outlet.tellings > 0).count();
    let width = |row: &NarrativeRow| (!row.form, outlets(row), row.tellings, row.articles, row.statements);
    width(b).cmp(&width(a)).then_with(|| a.narrative_id.cmp(&b.narrative_id))
}

/// One row of the table `narratives`, yet without its bundle and where its members differ; `rank` orders the articles by time.
pub(crate) fn narrative_row(
    id: &NarrativeId,
    label: &str,
    told: &Told,
    cohesion: f32,
    units: &Units,
    articles: &[Article],
    rank: &[u32],
) -> NarrativeRow {
    let of = |row: u32| units.article[row as usize];
    let mut by_time: Vec<u32> =
        told.members.iter().map(|&row| of(row)).collect::<BTreeSet<_>>().into_iter().collect();
    by_time.sort_by_key(|a| rank[*a as usize]);
    let (first_seen, last_seen) = seen(&by_time, articles);
    let dated = first(&by_time, articles);
    let first = dated.and_then(|first| told.members.iter().copied().filter(|row| of(*row) == *first).min());
    let sources: BTreeSet<&String> =
        by_time.iter().filter_map(|a| articles[*a as usize].source.as_ref()).collect();
    NarrativeRow {
        narrative_id: id.clone(),
        label: label.to_owned(),
        statements: told.members.len() as u64,
        articles: by_time.len() as u64,
        sources: sources.into_iter().cloned().collect(),
        first_seen,
        last_seen,
        cohesion,
        differences: Vec::new(),
        tellings: told.independent.len() as u64,
        reprints: (by_time.len() - told.independent.len()) as u64,
        first_id: first.map(|row| units.ids[row as usize].clone()),
        first_source: dated.and_then(|a| articles[*a as usize].source.clone()),
        spread: spread(&by_time, told, articles),
        bundle_id: None,
        form: told.form,
    }
}

/// The article that was there before every other one that is dated; none where the dates do not show it, as where two
/// articles are of one day and neither says the hour.
fn first<'a>(by_time: &'a [u32], articles: &[Article]) -> Option<&'a u32> {
    let time = |article: &u32| articles[*article as usize].published_at;
    let (first, others) = by_time.split_first()?;
    let at = time(first)?;
    let mut dated = others.iter().filter_map(time).peekable();
    dated.peek()?;
    dated.all(|other| at.is_before(other)).then_some(first)
}

/// Earliest and latest publication; none where no date can be read.
pub(crate) fn seen(of: &[u32], articles: &[Article]) -> (Option<String>, Option<String>) {
    let times = || of.iter().filter_map(|a| articles[*a as usize].published_at);
    // A month is over later than each of its days, so that the day tells more of what came first.
    let first = times().min_by_key(|time| time.order());
    let last = times().max_by_key(|time| (time.from, time.to));
    (first.map(iso), last.map(iso))
}

/// Each outlet once, in the order in which they took it up.
fn spread(by_time: &[u32], told: &Told, articles: &[Article]) -> Vec<Spread> {
    let mut outlets: Vec<(Option<&String>, Vec<u32>)> = Vec::new();
    let mut place: BTreeMap<Option<&String>, usize> = BTreeMap::new();
    for &article in by_time {
        let source = articles[article as usize].source.as_ref();
        let at = *place.entry(source).or_insert_with(|| {
            outlets.push((source, Vec::new()));
            outlets.len() - 1
        });
        outlets[at].1.push(article);
    }
    outlets
        .into_iter()
        .map(|(source, of)| {
            let (first_seen, last_seen) = seen(&of, articles);
            let tellings = of.iter().filter(|a| told.independent.binary_search(a).is_ok()).count();
            Spread {
                source: source.cloned(),
                first_seen,
                last_seen,
                articles: of.len() as u64,
                tellings: tellings as u64,
            }
        })
        .collect()
}
