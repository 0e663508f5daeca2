//! Narratives: statements of several articles that make the same claim, with who, when and where they differ.

use std::collections::{BTreeMap, BTreeSet};

use throughline_clustering::{
    Narrative, ValidNarrativeParams, ValidStoryParams, claims, differences, narratives, score_pairs,
};
use throughline_schema::tables::{Difference, NarrativeMemberRow, NarrativeRow};
use throughline_schema::{Article, ArticleId, NarrativeId, Quote, Statement};

use crate::progress::{Reporter, Stage};
use crate::{Texts, Units};

/// Differences listed for one narrative at most; the manifest's reader sees the members anyway.
const MOST_DIFFERENCES: usize = 200;

/// Narratives among the statements of a corpus.
pub struct FoundNarratives {
    /// Members and label of each.
    pub narratives: Vec<Narrative>,
    /// Id of each, derived from its members.
    pub ids: Vec<NarrativeId>,
}

impl FoundNarratives {
    /// Finds them; `units` are statements.
    pub fn find(units: &Units, params: &ValidNarrativeParams, reporter: &dyn Reporter) -> Self {
        let _stage = Stage::begin(reporter, "narratives", None);
        let narratives = narratives(&units.rows(), &units.article, params);
        let ids = narratives
            .iter()
            .map(|n| {
                let members: BTreeSet<&str> =
                    n.members.iter().map(|m| units.ids[m.row as usize].as_str()).collect();
                NarrativeId::derive(&members.into_iter().collect::<Vec<_>>())
            })
            .collect();
        Self { narratives, ids }
    }

    /// Pairs of article units that share a narrative; `statements` and `whole` are units of the same corpus.
    pub fn shared_articles(&self, statements: &Units, whole: &Units) -> Vec<(u32, u32)> {
        let place: BTreeMap<u32, u32> =
            whole.article.iter().enumerate().map(|(u, &a)| (a, u as u32)).collect();
        let mut pairs = BTreeSet::new();
        for narrative in &self.narratives {
            let articles: BTreeSet<u32> = narrative
                .members
                .iter()
                .filter_map(|m| place.get(&statements.article[m.row as usize]).copied())
                .collect();
            let articles: Vec<u32> = articles.into_iter().collect();
            for (i, &a) in articles.iter().enumerate() {
                pairs.extend(articles[i + 1..].iter().map(|&b| (a, b)));
            }
        }
        pairs.into_iter().collect()
    }

    /// The table `narratives`, widest spread first.
    pub fn rows(&self, units: &Units, articles: &[Article], statements: &[&Statement]) -> Vec<NarrativeRow> {
        let mut rows: Vec<NarrativeRow> = self
            .narratives
            .iter()
            .zip(&self.ids)
            .map(|(narrative, id)| {
                let members: Vec<u32> = narrative.members.iter().map(|m| m.row).collect();
                let label = &statements[narrative.label as usize].text;
                narrative_row(id, label, &members, narrative.cohesion, units, articles)
            })
            .collect();
        sort(&mut rows);
        rows
    }

    /// The table `narrative_members`, narratives in the order of [`Self::rows`]; articles with no statement
    /// in any narrative have a row with the reason.
    pub fn member_rows(
        &self,
        order: &[NarrativeRow],
        units: &Units,
        articles: &[Article],
        texts: &Texts,
        quotes: &[Vec<Quote>],
    ) -> Vec<NarrativeMemberRow> {
        let statements: Vec<&Statement> = texts.statements().collect();
        let speakers = speakers(quotes);
        let place: BTreeMap<&NarrativeId, usize> =
            self.ids.iter().enumerate().map(|(i, id)| (id, i)).collect();
        let mut placed = vec![false; articles.len()];
        let mut rows = Vec::new();
        for row in order {
            let narrative = &self.narratives[place[&row.narrative_id]];
            for member in &narrative.members {
                let statement = statements[member.row as usize];
                let index = units.article[member.row as usize] as usize;
                placed[index] = true;
                let article = &articles[index];
                rows.push(NarrativeMemberRow {
                    narrative_id: Some(row.narrative_id.clone()),
                    id: statement.id.0.clone(),
                    article_id: article.id.clone(),
                    relation: Some(member.relation.as_str().to_owned()),
                    score: Some(member.score),
                    text: Some(statement.text.clone()),
                    speaker: speakers.get(statement.id.as_str()).map(|s| (*s).to_owned()),
                    source: article.source.clone(),
                    published: article.published.clone(),
                    char_start: Some(statement.span.char_start),
                    char_end: Some(statement.span.char_end),
                    reason: None,
                });
            }
        }
        for (index, article) in articles.iter().enumerate().filter(|(index, _)| !placed[*index]) {
            let reason = texts.reason(article, index);
            let reason = reason.unwrap_or_else(|| "no other article makes one of its statements".to_owned());
            rows.push(without_narrative(article, reason));
        }
        rows
    }
}

/// Narratives among whole rows of the input.
pub struct RowNarratives {
    /// Every row, singletons too.
    pub members: Vec<NarrativeMemberRow>,
    /// Narratives of at least two rows.
    pub narratives: Vec<NarrativeRow>,
}

/// Joins rows of the input that report the same claim.
pub fn row_unit(
    units: &Units,
    articles: &[Article],
    params: &ValidStoryParams,
    reporter: &dyn Reporter,
) -> RowNarratives {
    let stage = Stage::begin(reporter, "narratives", None);
    let rows = units.rows();
    let label = claims(&rows, params);
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    label.iter().enumerate().for_each(|(i, &l)| groups.entry(l).or_default().push(i as u32));
    let first = |i: usize| groups[&label[i]][0];
    let id = |i: usize| NarrativeId::derive(&["row", &units.ids[first(i) as usize]]);
    let pairs: Vec<(u32, u32)> = (0..label.len()).map(|i| (first(i), i as u32)).collect();
    let verdicts = score_pairs(&rows, &pairs);
    drop(stage);
    let mut members: Vec<NarrativeMemberRow> = (0..label.len())
        .map(|i| {
            let article = &articles[units.article[i] as usize];
            NarrativeMemberRow {
                narrative_id: Some(id(i)),
                id: units.ids[i].clone(),
                article_id: article.id.clone(),
                relation: Some(verdicts[i].relation.as_str().to_owned()),
                score: Some(verdicts[i].score),
                text: Some(headline(article).to_owned()),
                speaker: None,
                source: article.source.clone(),
                published: article.published.clone(),
                char_start: None,
                char_end: None,
                reason: None,
            }
        })
        .collect();
    let missing: BTreeMap<&str, &str> =
        units.missing.iter().map(|(id, r)| (id.as_str(), r.as_str())).collect();
    let absent =
        articles.iter().filter_map(|a| Some(without_narrative(a, (*missing.get(a.id.as_str())?).to_owned())));
    members.extend(absent);
    members.sort_by(|a, b| a.id.cmp(&b.id));
    RowNarratives { members, narratives: row_narratives(units, articles, groups.values(), id) }
}

fn headline(article: &Article) -> &str {
    article.title.as_deref().unwrap_or(&article.text)
}

/// The table `narratives` of whole rows; a single row is no narrative.
fn row_narratives<'g>(
    units: &Units,
    articles: &[Article],
    groups: impl Iterator<Item = &'g Vec<u32>>,
    id: impl Fn(usize) -> NarrativeId,
) -> Vec<NarrativeRow> {
    let rows = units.rows();
    let mut out = Vec::new();
    for members in groups.filter(|members| members.len() > 1) {
        let pairs: Vec<(u32, u32)> = members
            .iter()
            .enumerate()
            .flat_map(|(i, &a)| members[i + 1..].iter().map(move |&b| (a, b)))
            .collect();
        let lowest = score_pairs(&rows, &pairs).iter().map(|v| v.score).fold(1.0, f32::min);
        let label = &articles[units.article[members[0] as usize] as usize];
        let id = id(members[0] as usize);
        out.push(narrative_row(&id, headline(label), members, lowest, units, articles));
    }
    sort(&mut out);
    out
}

fn without_narrative(article: &Article, reason: String) -> NarrativeMemberRow {
    NarrativeMemberRow {
        narrative_id: None,
        id: article.id.0.clone(),
        article_id: ArticleId(article.id.0.clone()),
        relation: None,
        score: None,
        text: None,
        speaker: None,
        source: article.source.clone(),
        published: article.published.clone(),
        char_start: None,
        char_end: None,
        reason: Some(reason),
    }
}

/// Who says each statement: the speaker of the first quotation that touches it.
pub(crate) fn speakers(quotes: &[Vec<Quote>]) -> BTreeMap<&str, &str> {
    let mut of = BTreeMap::new();
    for quote in quotes.iter().flatten() {
        if let Some(speaker) = &quote.speaker {
            for statement in &quote.statements {
                of.entry(statement.as_str()).or_insert(speaker.as_str());
            }
        }
    }
    of
}

/// Widest spread first.
fn sort(rows: &mut [NarrativeRow]) {
    rows.sort_by(|a, b| {
        (b.articles, b.statements, &a.narrative_id).cmp(&(a.articles, a.statements, &b.narrative_id))
    });
}

fn narrative_row(
    id: &NarrativeId,
    label: &str,
    members: &[u32],
    cohesion: f32,
    units: &Units,
    articles: &[Article],
) -> NarrativeRow {
    let of: BTreeSet<u32> = members.iter().map(|&row| units.article[row as usize]).collect();
    let told: Vec<&Article> = of.iter().map(|&a| &articles[a as usize]).collect();
    let sources: BTreeSet<&String> = told.iter().filter_map(|a| a.source.as_ref()).collect();
    let dates = || told.iter().filter_map(|a| a.published.as_ref());
    NarrativeRow {
        narrative_id: id.clone(),
        label: label.to_owned(),
        statements: members.len() as u64,
        articles: told.len() as u64,
        sources: sources.into_iter().cloned().collect(),
        first_seen: dates().min().cloned(),
        last_seen: dates().max().cloned(),
        cohesion,
        differences: all_differences(members, units),
    }
}

fn all_differences(members: &[u32], units: &Units) -> Vec<Difference> {
    let mut found = Vec::new();
    for (i, &a) in members.iter().enumerate() {
        for &b in &members[i + 1..] {
            if units.article[a as usize] == units.article[b as usize] {
                continue;
            }
            found.extend(pair_differences(units, a, b));
            if found.len() >= MOST_DIFFERENCES {
                found.truncate(MOST_DIFFERENCES);
                return found;
            }
        }
    }
    found
}

/// Where two rows disagree, as the tables show it.
pub(crate) fn pair_differences(units: &Units, a: u32, b: u32) -> Vec<Difference> {
    differences(&units.features[a as usize], &units.features[b as usize])
        .into_iter()
        .map(|d| Difference {
            kind: d.kind.as_str().to_owned(),
            a: units.ids[a as usize].clone(),
            b: units.ids[b as usize].clone(),
            a_value: d.a_value,
            b_value: d.b_value,
        })
        .collect()
}
