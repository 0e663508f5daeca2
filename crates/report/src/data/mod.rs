//! The tables as the page's script reads them. Rows refer to each other by place, texts stand once, and where there are
//! many rows of a kind each is one array: the names of its parts stand in `assets/data.js`, in the same order.
//! -1 stands for nothing.

mod names;
mod narratives;
mod offsets;
mod outlets;
mod speakers;
mod themes;

use std::collections::HashMap;

use serde::Serialize;
use throughline_schema::manifest::UnusedRow;
use throughline_schema::tables::{ArticleRow, QuoteRow, StatementRow};
use throughline_schema::{QuoteKind, Relation, StatementKind};

use self::names::{Names, places};
use self::narratives::{Bundle, Narrative};
use self::offsets::Units;
use self::outlets::{Flow, Outlet};
use self::speakers::Speakers;
use self::themes::Theme;
use crate::Tables;

#[derive(Serialize)]
pub(crate) struct Data<'a> {
    meta: Meta<'a>,
    outlets: Names<'a>,
    speakers: Speakers<'a>,
    #[serde(rename = "outletCounts")]
    outlet_counts: Vec<Outlet>,
    flows: Vec<Flow>,
    /// Relations of pairs and members, and kinds of differences.
    words: Names<'a>,
    articles: Vec<Article<'a>>,
    statements: Statements,
    themes: Vec<Theme<'a>>,
    narratives: Vec<Narrative<'a>>,
    bundles: Vec<Bundle>,
    pairs: Vec<Pair>,
    quotes: Vec<Quote<'a>>,
    duplicates: Vec<Duplicate>,
}

#[derive(Serialize)]
struct Meta<'a> {
    program: &'a str,
    model: &'a str,
    kernels: &'a str,
    seed: u64,
    files: usize,
    warnings: &'a [String],
    unused: usize,
    /// The first of the rows of the input that were not used.
    unused_rows: &'a [UnusedRow],
}

/// id, title, outlet, published, language, wire, address, file, story, reason, text, time of publication as read.
#[derive(Serialize)]
struct Article<'a>(
    &'a str,
    Option<&'a str>,
    i32,
    Option<&'a str>,
    &'a str,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    &'a str,
    Option<&'a str>,
);

/// A column for each part, since there are many statements. Start and length count UTF-16 units, as the script's
/// strings do; x and y are thousandths.
#[derive(Default, Serialize)]
struct Statements {
    article: Vec<usize>,
    start: Vec<u32>,
    length: Vec<u32>,
    /// 0 sentence, 1 quote, 2 heading.
    kind: Vec<u8>,
    theme: Vec<i32>,
    /// The nearest theme of a statement that fits none.
    nearest: Vec<i32>,
    speaker: Vec<i32>,
    x: Vec<i32>,
    y: Vec<i32>,
}

/// a, b, relation, score, share of a in b, share of b in a, the article that was there first, and of each shared
/// passage start and end in a, then in b, in UTF-16 units.
#[derive(Serialize)]
struct Pair(usize, usize, i32, f32, f32, f32, i32, Vec<[u32; 4]>);

/// article, kind, speaker, starts and ends of its parts in UTF-16 units, statements, the words that attribute it, and those
/// that name who said it where that is no speaker.
#[derive(Serialize)]
struct Quote<'a>(usize, u8, i32, Vec<u32>, Vec<usize>, Option<&'a str>, Option<&'a str>);

/// a, b, relation, score.
#[derive(Serialize)]
struct Duplicate(usize, usize, i32, f32);

/// Rows that were not used, of which the page lists the first.
const UNUSED: usize = 50;

/// Two digits behind the point are what the page shows.
fn short(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

pub(crate) fn collect<'a>(tables: &Tables<'a>) -> Data<'a> {
    let dated = tables.articles.iter().any(|a| a.published_at.is_some());
    let article_at = places(tables.articles.iter().map(|a| a.article_id.as_str()));
    let units: Vec<Units> = tables.articles.iter().map(|a| Units::of(&a.text)).collect();
    let real: Vec<&StatementRow> = tables.statements.iter().filter(|s| s.statement_id.is_some()).collect();
    let statement_at = places(real.iter().filter_map(|row| row.statement_id.as_ref()).map(|id| id.as_str()));
    let outlets = Names::of(tables.articles.iter().filter_map(|a| a.source.as_deref()));
    let speakers = Speakers::of(tables);
    let relations = tables.pairs.iter().map(|pair| pair.relation.as_str());
    let words = Names::of(
        relations
            .chain(tables.duplicates.iter().map(|pair| pair.relation.as_str()))
            .chain(tables.narrative_members.iter().filter_map(|member| member.relation).map(Relation::as_str))
            .chain(tables.narratives.iter().flat_map(|n| n.differences.iter().map(|d| d.kind.as_str()))),
    );

    let mut statements = statements(&real, &article_at, &units);
    for quote in tables.quotes {
        for id in &quote.statement_ids {
            if let Some(&at) = statement_at.get(id.as_str())
                && statements.speaker[at] < 0
            {
                statements.speaker[at] = speakers.at(quote);
            }
        }
    }
    for (id, place) in tables.places {
        if let Some(&at) = statement_at.get(id.as_str()) {
            statements.x[at] = (place[0] * 1000.0).round() as i32;
            statements.y[at] = (place[1] * 1000.0).round() as i32;
        }
    }
    let theme_at = places(tables.themes.iter().map(|t| t.theme_id.as_str()));
    for member in tables.members {
        if let Some(&at) = statement_at.get(member.id.as_str()) {
            let place = |id: &Option<throughline_schema::ThemeId>| {
                id.as_ref().and_then(|id| theme_at.get(id.as_str())).map_or(-1, |&at| at as i32)
            };
            statements.theme[at] = place(&member.theme_id);
            if member.theme_id.is_none() {
                statements.nearest[at] = place(&member.nearest_theme_id);
            }
        }
    }

    let outlet_counts = outlets::outlets(tables, &outlets);
    let flows = outlets::flows(tables, &outlets);
    Data {
        meta: Meta {
            program: &tables.manifest.program,
            model: &tables.manifest.model.name,
            kernels: &tables.manifest.model.kernels,
            seed: tables.manifest.seed,
            files: tables.manifest.inputs.len(),
            warnings: &tables.manifest.warnings,
            unused: tables.manifest.unused_rows.len(),
            unused_rows: &tables.manifest.unused_rows[..tables.manifest.unused_rows.len().min(UNUSED)],
        },
        articles: tables.articles.iter().map(|row| article(row, dated, &outlets)).collect(),
        themes: themes::collect(tables, &theme_at, &statement_at, &outlets),
        narratives: narratives::collect(tables, &statement_at, &words),
        bundles: narratives::bundles(tables, &article_at),
        pairs: tables
            .pairs
            .iter()
            .filter_map(|pair| {
                let [a, b] = [*article_at.get(pair.a.as_str())?, *article_at.get(pair.b.as_str())?];
                let first = pair.first.as_ref().and_then(|id| article_at.get(id.as_str()));
                Some(Pair(
                    a,
                    b,
                    words.at(Some(pair.relation.as_str())),
                    short(pair.score),
                    short(pair.a_in_b),
                    short(pair.b_in_a),
                    first.map_or(-1, |&at| at as i32),
                    pair.passages
                        .iter()
                        .map(|p| {
                            let before = |article: usize, at: u64| units[article].before(at as usize);
                            [
                                before(a, p.a_start),
                                before(a, p.a_end),
                                before(b, p.b_start),
                                before(b, p.b_end),
                            ]
                        })
                        .collect(),
                ))
            })
            .collect(),
        quotes: tables
            .quotes
            .iter()
            .filter_map(|row| quote(row, &article_at, &units, &statement_at, &speakers))
            .collect(),
        duplicates: tables
            .duplicates
            .iter()
            .filter_map(|pair| {
                Some(Duplicate(
                    *statement_at.get(pair.a.as_str())?,
                    *statement_at.get(pair.b.as_str())?,
                    words.at(Some(pair.relation.as_str())),
                    short(pair.score),
                ))
            })
            .collect(),
        statements,
        outlets,
        speakers,
        outlet_counts,
        flows,
        words,
    }
}

/// `dated` says whether the run knows times as they were read; older ones only have them as given.
fn article<'a>(row: &'a ArticleRow, dated: bool, outlets: &Names) -> Article<'a> {
    Article(
        row.article_id.as_str(),
        row.title.as_deref(),
        outlets.at(row.source.as_deref()),
        row.published.as_deref(),
        &row.lang,
        row.wire.as_deref(),
        row.url.as_deref(),
        row.file.as_deref(),
        row.story_id.as_ref().map(|story| story.as_str()),
        row.reason.as_deref(),
        &row.text,
        if dated { row.published_at.as_deref() } else { row.published.as_deref() },
    )
}

fn statements(rows: &[&StatementRow], article_at: &HashMap<&str, usize>, units: &[Units]) -> Statements {
    let mut columns = Statements::default();
    for row in rows {
        let article = article_at[row.article_id.as_str()];
        let [start, end] =
            [row.char_start, row.char_end].map(|at| units[article].before(at.unwrap_or_default()));
        columns.article.push(article);
        columns.start.push(start);
        columns.length.push(end - start);
        columns.kind.push(match row.kind {
            Some(StatementKind::Quote) => 1,
            Some(StatementKind::Heading) => 2,
            _ => 0,
        });
    }
    columns.theme = vec![-1; rows.len()];
    columns.nearest = vec![-1; rows.len()];
    columns.speaker = vec![-1; rows.len()];
    columns.x = vec![0; rows.len()];
    columns.y = vec![0; rows.len()];
    columns
}

fn quote<'a>(
    row: &'a QuoteRow,
    article_at: &HashMap<&str, usize>,
    units: &[Units],
    statement_at: &HashMap<&str, usize>,
    speakers: &Speakers,
) -> Option<Quote<'a>> {
    let article = *article_at.get(row.article_id.as_str())?;
    let kind = match row.kind? {
        QuoteKind::Direct => 0,
        QuoteKind::Indirect => 1,
        QuoteKind::Mixed => 2,
    };
    let ends = row.content_spans.iter().flatten().flatten().map(|&at| units[article].before(at as usize));
    let statements = row.statement_ids.iter().filter_map(|id| statement_at.get(id.as_str()).copied());
    let speaker = speakers.at(row);
    let source = row.source.as_deref().filter(|_| speaker < 0);
    Some(Quote(article, kind, speaker, ends.collect(), statements.collect(), row.cue.as_deref(), source))
}
