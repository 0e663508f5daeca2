//! Outlets, and who follows whom: what one outlet had first and another later.
//!
//! Only dated, independent tellings count. A copy follows its original, so it shows no more than a reprint does, and
//! what can't be dated follows nothing.

use std::collections::{BTreeMap, BTreeSet};

use throughline_schema::tables::{ArticlePairRow, OutletFlowRow, OutletRow};
use throughline_schema::{Article, ArticleRelation, PublicationTime};

use crate::Texts;
use crate::narratives::NarrativeTellings;

/// Narratives and reprints of fewer cases than this say nothing of who follows whom.
const FEWEST: u64 = 3;
/// Why a flow has no delay.
const TOO_FEW: &str = "too few cases to tell who follows whom";

/// The tables of outlets.
pub struct OutletTables {
    /// `outlets`, most articles first.
    pub outlets: Vec<OutletRow>,
    /// `outlet_flows`, most cases first.
    pub flows: Vec<OutletFlowRow>,
}

type Outlet<'a> = Option<&'a str>;

/// What is counted of an outlet.
#[derive(Default)]
struct Counts {
    articles: u64,
    statements: u64,
    reprints: u64,
    first: u64,
    alone: u64,
    later: u64,
    undecided: u64,
}

/// What one outlet had first and another later.
#[derive(Default)]
struct Flow {
    narratives: u64,
    reprints: u64,
    delays: Vec<i64>,
}

/// Counts the outlets; `told` are the narratives of the corpus, `pairs` its article pairs.
pub fn outlet_tables(
    articles: &[Article],
    texts: &Texts,
    told: &[NarrativeTellings],
    pairs: &[ArticlePairRow],
) -> OutletTables {
    let time: Vec<Option<PublicationTime>> = articles.iter().map(|article| article.published_at).collect();
    let outlet = |article: u32| articles[article as usize].source.as_deref();
    let mut counts: BTreeMap<Outlet, Counts> = BTreeMap::new();
    for (article, text) in articles.iter().zip(&texts.articles) {
        let of = counts.entry(article.source.as_deref()).or_default();
        of.articles += 1;
        of.statements += text.statements.len() as u64;
    }
    let mut flows: BTreeMap<(&str, &str), Flow> = BTreeMap::new();

    for narrative in told {
        let tellers: BTreeSet<Outlet> = narrative.articles.iter().map(|&article| outlet(article)).collect();
        // The first dated telling of each outlet.
        let mut dated: BTreeMap<Outlet, PublicationTime> = BTreeMap::new();
        for &article in &narrative.independent {
            if let Some(at) = time[article as usize] {
                dated
                    .entry(outlet(article))
                    .and_modify(|first| *first = if at.order() < first.order() { at } else { *first })
                    .or_insert(at);
            }
        }
        for &teller in &tellers {
            let of = counts.entry(teller).or_default();
            let mine = dated.get(&teller).copied();
            let others = || dated.iter().filter(|(other, _)| **other != teller).map(|(_, at)| *at);
            if tellers.len() == 1 {
                of.alone += 1;
            } else if mine.is_some_and(|mine| others().any(|other| other.is_before(mine))) {
                of.later += 1;
            } else if dated.len() > 1 && mine.is_some_and(|mine| others().all(|other| mine.is_before(other)))
            {
                of.first += 1;
            } else {
                of.undecided += 1;
            }
        }
        for (from, earlier) in &dated {
            for (to, later) in &dated {
                if let (Some(from), Some(to), true) = (from, to, earlier.is_before(*later)) {
                    let flow = flows.entry((from, to)).or_default();
                    flow.narratives += 1;
                    flow.delays.push(later.from - earlier.from);
                }
            }
        }
    }

    let place: BTreeMap<&str, u32> =
        (0u32..).zip(articles).map(|(at, article)| (article.id.as_str(), at)).collect();
    let mut reprinted: BTreeSet<u32> = BTreeSet::new();
    for pair in pairs.iter().filter(|pair| pair.relation == ArticleRelation::Reprint) {
        let Some(first) = &pair.first else { continue };
        let copy = if *first == pair.a { &pair.b } else { &pair.a };
        let (Some(&original), Some(&copy)) = (place.get(first.as_str()), place.get(copy.as_str())) else {
            continue;
        };
        if outlet(original) == outlet(copy) {
            continue;
        }
        if reprinted.insert(copy) {
            counts.entry(outlet(copy)).or_default().reprints += 1;
        }
        if let (Some(from), Some(to), Some(earlier), Some(later)) =
            (outlet(original), outlet(copy), time[original as usize], time[copy as usize])
        {
            let flow = flows.entry((from, to)).or_default();
            flow.reprints += 1;
            flow.delays.push(later.from - earlier.from);
        }
    }
    OutletTables { outlets: outlet_rows(counts), flows: flow_rows(flows) }
}

fn outlet_rows(counts: BTreeMap<Outlet, Counts>) -> Vec<OutletRow> {
    let mut rows: Vec<OutletRow> = counts
        .into_iter()
        .map(|(source, of)| OutletRow {
            source: source.map(str::to_owned),
            articles: of.articles,
            statements: of.statements,
            reprints: of.reprints,
            told_first: of.first,
            told_alone: of.alone,
            told_later: of.later,
            undecided: of.undecided,
        })
        .collect();
    rows.sort_by(|x, y| y.articles.cmp(&x.articles).then_with(|| x.source.cmp(&y.source)));
    rows
}

fn flow_rows(flows: BTreeMap<(&str, &str), Flow>) -> Vec<OutletFlowRow> {
    let mut rows: Vec<OutletFlowRow> = flows
        .into_iter()
        .map(|((from, to), mut flow)| {
            let enough = flow.narratives + flow.reprints >= FEWEST;
            OutletFlowRow {
                from: from.to_owned(),
                to: to.to_owned(),
                narratives: flow.narratives,
                reprints: flow.reprints,
                median_delay: enough.then(|| median_hours(&mut flow.delays)),
                reason: (!enough).then(|| TOO_FEW.to_owned()),
            }
        })
        .collect();
    rows.sort_by(|x, y| {
        let cases = |row: &OutletFlowRow| row.narratives + row.reprints;
        cases(y).cmp(&cases(x)).then_with(|| (&x.from, &x.to).cmp(&(&y.from, &y.to)))
    });
    rows
}

/// The median of some seconds, in hours; of an even number the mean of the two in the middle.
fn median_hours(seconds: &mut [i64]) -> f64 {
    seconds.sort_unstable();
    let middle = seconds.len() / 2;
    let median = if seconds.len() % 2 == 1 {
        seconds[middle] as f64
    } else {
        (seconds[middle - 1] + seconds[middle]) as f64 / 2.0
    };
    median / 3600.0
}

#[cfg(test)]
mod tests {
    use throughline_schema::{ArticleId, PublicationTime, TimePrecision};
    use throughline_tokenisation::ArticleText;

    use super::*;

    const HOUR: i64 = 3600;

    /// An outlet, and the first and last second at which it may have told.
    type Told<'a> = (&'a str, Option<(i64, i64)>);

    fn articles(told: &[Told]) -> (Vec<Article>, Texts) {
        let article = |(at, (source, time)): (usize, &Told)| Article {
            id: ArticleId(format!("{at:02}")),
            source: Some((*source).to_owned()),
            published_at: time.map(|(from, to)| PublicationTime {
                from,
                to,
                precision: TimePrecision::Second,
                zone_known: true,
            }),
            ..Article::default()
        };
        let articles: Vec<Article> = told.iter().enumerate().map(article).collect();
        let text = ArticleText {
            statements: Vec::new(),
            furniture: Vec::new(),
            wire: None,
            lang: "en".to_owned(),
            is_page: true,
        };
        let texts = Texts { articles: vec![text; articles.len()] };
        (articles, texts)
    }

    fn told(articles: &[u32]) -> NarrativeTellings {
        NarrativeTellings { articles: articles.to_vec(), independent: articles.to_vec() }
    }

    #[test]
    fn who_had_it_first_and_how_long_before() {
        let at = |hour: i64| Some((hour * HOUR, hour * HOUR));
        let (articles, texts) = articles(&[("Post", at(0)), ("Wire", at(6)), ("Post", None)]);
        let narratives = [told(&[0, 1]), told(&[0, 1]), told(&[0, 1]), told(&[0, 2])];
        let tables = outlet_tables(&articles, &texts, &narratives, &[]);
        let post = &tables.outlets[0];
        assert_eq!(
            (post.source.as_deref(), post.told_first, post.told_alone, post.told_later),
            (Some("Post"), 3, 1, 0)
        );
        let flow = &tables.flows[0];
        assert_eq!((flow.from.as_str(), flow.to.as_str(), flow.narratives), ("Post", "Wire", 3));
        assert_eq!((flow.median_delay, flow.reason.is_none()), (Some(6.0), true));
        assert_eq!(tables.flows.len(), 1);
    }

    #[test]
    fn a_day_is_before_no_hour_of_it_and_few_cases_say_so() {
        let day = Some((0, 24 * HOUR - 1));
        let (articles, texts) = articles(&[
            ("Post", day),
            ("Wire", Some((6 * HOUR, 6 * HOUR))),
            ("Echo", Some((48 * HOUR, 48 * HOUR))),
        ]);
        let tables = outlet_tables(&articles, &texts, &[told(&[0, 1]), told(&[1, 2])], &[]);
        assert!(tables.outlets.iter().any(|row| row.source.as_deref() == Some("Post") && row.undecided == 1));
        assert_eq!(tables.flows.len(), 1);
        assert_eq!((tables.flows[0].median_delay, tables.flows[0].reason.as_deref()), (None, Some(TOO_FEW)));
    }
}
