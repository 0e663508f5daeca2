//! The tables as the page's script reads them: rows refer to each other by place, texts stand once.

use std::collections::HashMap;

use serde::Serialize;
use throughline_schema::tables::{ArticleRow, QuoteRow};

use crate::Tables;

#[derive(Serialize)]
pub(crate) struct Data<'a> {
    meta: Meta<'a>,
    articles: Vec<Article<'a>>,
    statements: Vec<Statement>,
    speakers: Vec<&'a str>,
    themes: Vec<Theme<'a>>,
    narratives: Vec<Narrative<'a>>,
    pairs: Vec<Pair<'a>>,
    quotes: Vec<Quote>,
    duplicates: Vec<(usize, usize, f32)>,
}

#[derive(Serialize)]
struct Meta<'a> {
    program: &'a str,
    model: &'a str,
    kernels: &'a str,
    seed: u64,
    warnings: &'a [String],
    unused: usize,
}

#[derive(Serialize)]
struct Article<'a> {
    id: &'a str,
    title: Option<&'a str>,
    source: Option<&'a str>,
    published: Option<&'a str>,
    lang: &'a str,
    wire: Option<&'a str>,
    url: Option<&'a str>,
    file: Option<&'a str>,
    story: Option<&'a str>,
    reason: Option<&'a str>,
    text: &'a str,
}

/// One array a statement, since there are many: article, start, end, theme, speaker, x, y. Start and end count
/// UTF-16 units, as the script's strings do.
#[derive(Serialize)]
struct Statement(usize, usize, usize, Option<usize>, Option<usize>, f32, f32);

#[derive(Serialize)]
struct Theme<'a> {
    parent: Option<usize>,
    level: u32,
    label: &'a str,
    terms: &'a [String],
    size: u64,
    representatives: Vec<usize>,
    cohesion: f32,
    separation: Option<f32>,
    stability: Option<f32>,
}

#[derive(Serialize)]
struct Narrative<'a> {
    id: &'a str,
    label: &'a str,
    articles: u64,
    sources: &'a [String],
    first: Option<&'a str>,
    last: Option<&'a str>,
    cohesion: f32,
    members: Vec<(usize, &'a str, f32)>,
    /// All differences of the table, of which the page lists the first.
    differing: usize,
    differences: Vec<Difference<'a>>,
}

#[derive(Serialize)]
struct Difference<'a> {
    kind: &'a str,
    a: usize,
    b: usize,
    a_value: Option<&'a str>,
    b_value: Option<&'a str>,
}

#[derive(Serialize)]
struct Pair<'a> {
    a: usize,
    b: usize,
    relation: &'a str,
    score: f32,
    a_in_b: f32,
    b_in_a: f32,
}

#[derive(Serialize)]
struct Quote {
    article: usize,
    kind: &'static str,
    speaker: Option<usize>,
    /// Start and end of each part, in UTF-16 units.
    spans: Vec<[usize; 2]>,
    statements: Vec<usize>,
}

/// Differences of one narrative that the page lists.
const DIFFERENCES: usize = 40;

/// Three digits behind the point are more than a picture shows.
fn short(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

/// The place of each id in a list.
fn places<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    ids.enumerate().map(|(place, id)| (id, place)).collect()
}

/// The parts of a quotation in UTF-16 units.
fn spans(text: &str, quote: &QuoteRow) -> Vec<[usize; 2]> {
    let chars: Vec<usize> = quote.content_spans.iter().flatten().flatten().map(|&at| at as usize).collect();
    if text.is_ascii() {
        return chars.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
    }
    let before = |at: usize| text.chars().take(at).map(char::len_utf16).sum();
    chars.chunks_exact(2).map(|pair| [before(pair[0]), before(pair[1])]).collect()
}

/// UTF-16 units before each of the ascending byte offsets.
fn utf16(text: &str, offsets: &[usize]) -> Vec<usize> {
    let (mut at, mut units) = (0, 0);
    offsets
        .iter()
        .map(|&offset| {
            units += text[at..offset].encode_utf16().count();
            at = offset;
            units
        })
        .collect()
}

pub(crate) fn collect<'a>(tables: &Tables<'a>) -> Data<'a> {
    let article_at = places(tables.articles.iter().map(|a| a.article_id.as_str()));
    let real: Vec<_> = tables.statements.iter().filter(|s| s.statement_id.is_some()).collect();
    let id = |row: &throughline_schema::tables::StatementRow| row.statement_id.clone().map(|id| id.0);
    let ids: Vec<String> = real.iter().filter_map(|row| id(row)).collect();
    let statement_at = places(ids.iter().map(String::as_str));
    let theme_at = places(tables.themes.iter().map(|t| t.theme_id.as_str()));
    let place_of: HashMap<&str, [f32; 2]> =
        tables.places.iter().map(|(id, place)| (id.as_str(), *place)).collect();

    let mut speakers: Vec<&str> = tables.quotes.iter().filter_map(|q| q.speaker.as_deref()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let speaker_at = places(speakers.iter().copied());
    let mut said_by: HashMap<&str, usize> = HashMap::new();
    for quote in tables.quotes {
        if let Some(speaker) = &quote.speaker {
            for statement in &quote.statement_ids {
                said_by.entry(statement.as_str()).or_insert(speaker_at[speaker.as_str()]);
            }
        }
    }

    let mut statements: Vec<Statement> = Vec::with_capacity(real.len());
    for (row, id) in real.iter().zip(&ids) {
        let article = article_at[row.article_id.as_str()];
        let offsets = [row.byte_start.unwrap_or(0), row.byte_end.unwrap_or(0)];
        let [start, end] = utf16(&tables.articles[article].text, &offsets)[..] else { continue };
        let [x, y] = place_of.get(id.as_str()).copied().unwrap_or([0.0, 0.0]);
        let speaker = said_by.get(id.as_str()).copied();
        statements.push(Statement(article, start, end, None, speaker, short(x), short(y)));
    }
    for member in tables.members {
        if let Some(&at) = statement_at.get(member.id.as_str()) {
            let theme = member.theme_id.as_ref();
            statements[at].3 = theme.and_then(|theme| theme_at.get(theme.as_str()).copied());
        }
    }

    let mut members: HashMap<&str, Vec<(usize, &str, f32)>> = HashMap::new();
    for member in tables.narrative_members {
        if let (Some(narrative), Some(&at)) = (&member.narrative_id, statement_at.get(member.id.as_str())) {
            let relation = member.relation.as_deref().unwrap_or_default();
            members.entry(narrative.as_str()).or_default().push((
                at,
                relation,
                short(member.score.unwrap_or(0.0)),
            ));
        }
    }

    Data {
        meta: Meta {
            program: &tables.manifest.program,
            model: &tables.manifest.model.name,
            kernels: &tables.manifest.model.kernels,
            seed: tables.manifest.seed,
            warnings: &tables.manifest.warnings,
            unused: tables.manifest.unused_rows.len(),
        },
        articles: tables.articles.iter().map(article).collect(),
        themes: tables
            .themes
            .iter()
            .map(|theme| Theme {
                parent: theme.parent_id.as_ref().and_then(|parent| theme_at.get(parent.as_str()).copied()),
                level: theme.level,
                label: &theme.label,
                terms: &theme.terms,
                size: theme.size,
                representatives: theme
                    .representative_ids
                    .iter()
                    .filter_map(|id| statement_at.get(id.as_str()).copied())
                    .collect(),
                cohesion: theme.cohesion,
                separation: theme.separation,
                stability: theme.stability,
            })
            .collect(),
        narratives: tables
            .narratives
            .iter()
            .map(|narrative| Narrative {
                id: narrative.narrative_id.as_str(),
                label: &narrative.label,
                articles: narrative.articles,
                sources: &narrative.sources,
                first: narrative.first_seen.as_deref(),
                last: narrative.last_seen.as_deref(),
                cohesion: narrative.cohesion,
                members: members.remove(narrative.narrative_id.as_str()).unwrap_or_default(),
                differing: narrative.differences.len(),
                differences: narrative
                    .differences
                    .iter()
                    .take(DIFFERENCES)
                    .filter_map(|d| {
                        Some(Difference {
                            kind: &d.kind,
                            a: *statement_at.get(d.a.as_str())?,
                            b: *statement_at.get(d.b.as_str())?,
                            a_value: d.a_value.as_deref(),
                            b_value: d.b_value.as_deref(),
                        })
                    })
                    .collect(),
            })
            .collect(),
        pairs: tables
            .pairs
            .iter()
            .filter_map(|pair| {
                Some(Pair {
                    a: *article_at.get(pair.a.as_str())?,
                    b: *article_at.get(pair.b.as_str())?,
                    relation: &pair.relation,
                    score: pair.score,
                    a_in_b: pair.a_in_b,
                    b_in_a: pair.b_in_a,
                })
            })
            .collect(),
        quotes: tables
            .quotes
            .iter()
            .filter_map(|quote| {
                Some(Quote {
                    article: *article_at.get(quote.article_id.as_str())?,
                    kind: match quote.kind? {
                        throughline_schema::QuoteKind::Direct => "direct",
                        throughline_schema::QuoteKind::Indirect => "indirect",
                        throughline_schema::QuoteKind::Mixed => "mixed",
                    },
                    speaker: quote.speaker.as_deref().map(|speaker| speaker_at[speaker]),
                    spans: spans(&tables.articles[*article_at.get(quote.article_id.as_str())?].text, quote),
                    statements: quote
                        .statement_ids
                        .iter()
                        .filter_map(|id| statement_at.get(id.as_str()).copied())
                        .collect(),
                })
            })
            .collect(),
        duplicates: tables
            .duplicates
            .iter()
            .filter_map(|d| {
                Some((*statement_at.get(d.a.as_str())?, *statement_at.get(d.b.as_str())?, short(d.score)))
            })
            .collect(),
        statements,
        speakers,
    }
}

fn article(row: &ArticleRow) -> Article<'_> {
    Article {
        id: row.article_id.as_str(),
        title: row.title.as_deref(),
        source: row.source.as_deref(),
        published: row.published.as_deref(),
        lang: &row.lang,
        wire: row.wire.as_deref(),
        url: row.url.as_deref(),
        file: row.file.as_deref(),
        story: row.story_id.as_ref().map(|story| story.as_str()),
        reason: row.reason.as_deref(),
        text: &row.text,
    }
}
