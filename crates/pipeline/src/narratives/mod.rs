//! Narratives: statements of several articles that make the same claim, with who, when and where they differ.

pub(crate) mod differing;
pub mod rows;
pub(crate) mod spread;

use std::collections::{BTreeMap, BTreeSet};

use throughline_clustering::duplicates::Scorer;
use throughline_clustering::narratives::{
    Forms, Narrative, Origins, Tellings, ValidNarrativeParams, bundles, narratives,
};
use throughline_clustering::stories::{SharedStatements, counterparts_in_order};
use throughline_schema::tables::{BundleRow, NarrativeMemberRow, NarrativeRow};
use throughline_schema::{
    Article, ArticleId, BundleId, NarrativeId, Quote, QuoteKind, Span, Statement, StatementKind,
};

use crate::progress::{Reporter, Stage};
use crate::publication_time::ranks;
use crate::{Texts, Units};
use differing::Differing;
use spread::{Told, narrative_row, widest_first};

/// Narratives among the statements of a corpus.
pub struct FoundNarratives {
    /// Members and label of each.
    pub narratives: Vec<Narrative>,
    /// Id of each, derived from its members.
    pub ids: Vec<NarrativeId>,
}

/// The tables of narratives.
pub struct NarrativeTables {
    /// `narratives`, widest spread first.
    pub narratives: Vec<NarrativeRow>,
    /// `narrative_members`, in the same order.
    pub members: Vec<NarrativeMemberRow>,
    /// `narrative_bundles`, widest first.
    pub bundles: Vec<BundleRow>,
    /// Who tells each claim; forms are none.
    pub tellings: Vec<NarrativeTellings>,
}

/// Articles by their places in the corpus.
pub struct NarrativeTellings {
    /// All that tell it, each once, in order.
    pub articles: Vec<u32>,
    /// Those that tell it for themselves, in order.
    pub independent: Vec<u32>,
}

/// Statements of two articles that make one claim, and the highest probability that two of them do.
#[derive(Default)]
struct Counterparts {
    pairs: Vec<(u32, u32)>,
    score: f32,
}

impl FoundNarratives {
    /// Finds them; `units` are statements, `whole` the articles that they stand in.
    pub fn find(
        units: &Units,
        whole: &Units,
        params: &ValidNarrativeParams,
        reporter: &dyn Reporter,
    ) -> Self {
        let _stage = Stage::begin(reporter, "narratives", None);
        let articles = units.article.iter().chain(&whole.article).max().map_or(0, |last| *last as usize + 1);
        let vectors = whole.by_article(articles);
        let narratives = narratives(&units.rows(), &units.contexts(vectors.view()), params);
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

    /// Pairs of article units that share narratives, in order; `statements` and `whole` are units of the same corpus.
    pub fn sharing(&self, statements: &Units, whole: &Units) -> Vec<SharedStatements> {
        let unit_of: BTreeMap<u32, u32> =
            whole.article.iter().enumerate().map(|(u, &a)| (a, u as u32)).collect();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        statements.article.iter().for_each(|article| *counts.entry(*article).or_default() += 1);
        // For each pair of articles, the places of statements that make one claim; statements stand by article.
        let mut counterparts: BTreeMap<(u32, u32), Counterparts> = BTreeMap::new();
        for narrative in &self.narratives {
            let mut rows: Vec<(u32, f32)> = narrative.members.iter().map(|m| (m.row, m.score)).collect();
            rows.sort_unstable_by_key(|row| row.0);
            let article = |row: u32| statements.article[row as usize];
            for (at, &(x, sure)) in rows.iter().enumerate() {
                for &(y, other) in rows[at + 1..].iter().filter(|(y, _)| article(*y) != article(x)) {
                    let found = counterparts.entry((article(x), article(y))).or_default();
                    found.pairs.push((x, y));
                    // As sure as both make the claim that the narrative is known by.
                    found.score = found.score.max(sure.min(other));
                }
            }
        }
        let mut found: Vec<SharedStatements> = counterparts
            .into_iter()
            .filter_map(|((a, b), found)| {
                let statements = counts[&a].min(counts[&b]);
                Some(SharedStatements {
                    a: *unit_of.get(&a)?,
                    b: *unit_of.get(&b)?,
                    in_order: counterparts_in_order(&found.pairs),
                    statements,
                    score: found.score,
                })
            })
            .collect();
        found.sort_by_key(|sharing| (sharing.a, sharing.b));
        found
    }

    /// Every table; `units` are the statements of `texts`, `quotes` those of the articles.
    ///
    /// Articles with no statement in any narrative have a member row with the reason.
    pub fn tables(
        &self,
        units: &Units,
        articles: &[Article],
        texts: &Texts,
        quotes: &[Vec<Quote>],
    ) -> NarrativeTables {
        let statements: Vec<&Statement> = texts.statements().collect();
        let wire: Vec<Option<String>> = texts.articles.iter().map(|a| a.wire.clone()).collect();
        let rank = ranks(articles);
        let quoted = quoted(&statements, quotes);
        let rows = units.rows();
        let scorer = Scorer::new(&rows);
        let origins = Origins::new(&units.article, &quoted, &rank, &wire)
            .expect("every statement has its mark, and every article its rank and agency");
        let tellings = Tellings::new(&rows, &scorer, origins);

        let forms = Forms::new(rows.features(), &units.article);
        let (bundle_of, bundles) = self.bundles(units, articles, &statements);
        let told: Vec<Told> = self
            .narratives
            .iter()
            .map(|narrative| {
                let members: Vec<u32> = narrative.members.iter().map(|m| m.row).collect();
                let copy_of = tellings.copies(&members);
                let independent = tellings.independent(&members, &copy_of);
                let form = forms.is_form(&members);
                Told { members, copy_of, independent, form }
            })
            .collect();
        let differing = Differing::new(units);
        let mut order: Vec<(NarrativeRow, usize)> = (0..self.narratives.len())
            .map(|at| {
                let narrative = &self.narratives[at];
                let label = &statements[narrative.label as usize].text;
                let row = narrative_row(
                    &self.ids[at],
                    label,
                    &told[at],
                    narrative.cohesion,
                    units,
                    articles,
                    &rank,
                );
                let differences = differing.among(&told[at].members, &narrative.opposed, articles);
                (NarrativeRow { bundle_id: bundle_of[at].clone(), differences, ..row }, at)
            })
            .collect();
        order.sort_by(|x, y| widest_first(&x.0, &y.0));

        let speakers = speakers(quotes);
        let mut placed = vec![false; articles.len()];
        let mut members = Vec::new();
        for (row, at) in &order {
            for (member, copy_of) in self.narratives[*at].members.iter().zip(&told[*at].copy_of) {
                let statement = statements[member.row as usize];
                let index = units.article[member.row as usize] as usize;
                placed[index] = true;
                let article = &articles[index];
                members.push(NarrativeMemberRow {
                    narrative_id: Some(row.narrative_id.clone()),
                    id: statement.id.0.clone(),
                    article_id: article.id.clone(),
                    relation: Some(member.relation),
                    score: Some(member.score),
                    text: Some(statement.text.clone()),
                    speaker: speakers.get(statement.id.as_str()).map(|s| (*s).to_owned()),
                    source: article.source.clone(),
                    published: article.published.clone(),
                    char_start: Some(statement.span.char_start),
                    char_end: Some(statement.span.char_end),
                    reason: None,
                    same_text: Some(member.same_text),
                    copy_of: copy_of.map(|row| units.ids[row as usize].clone()),
                    wire: wire[index].clone(),
                });
            }
        }
        for (index, article) in articles.iter().enumerate().filter(|(index, _)| !placed[*index]) {
            let reason = texts.reason(article, index);
            let reason = reason.unwrap_or_else(|| "no other article makes one of its statements".to_owned());
            members
                .push(NarrativeMemberRow { wire: wire[index].clone(), ..without_narrative(article, reason) });
        }
        let tellings = self.narratives.iter().zip(told).filter(|(_, told)| !told.form);
        let tellings = tellings
            .map(|(narrative, told)| NarrativeTellings {
                articles: articles_of(narrative, units).into_iter().collect(),
                independent: told.independent,
            })
            .collect();
        NarrativeTables {
            narratives: order.into_iter().map(|(row, _)| row).collect(),
            members,
            bundles,
            tellings,
        }
    }

    /// The bundle of every narrative, and the table of bundles.
    fn bundles(
        &self,
        units: &Units,
        articles: &[Article],
        statements: &[&Statement],
    ) -> (Vec<Option<BundleId>>, Vec<BundleRow>) {
        let made_by: Vec<Vec<u32>> =
            self.narratives.iter().map(|n| articles_of(n, units).into_iter().collect()).collect();
        let mut of = vec![None; self.narratives.len()];
        let mut rows = Vec::new();
        for bundle in bundles(&made_by) {
            let mut inside = bundle.narratives;
            inside.sort_by_key(|&at| {
                let narrative = &self.narratives[at];
                (std::cmp::Reverse((made_by[at].len(), narrative.members.len())), &self.ids[at])
            });
            let ids: Vec<NarrativeId> = inside.iter().map(|&at| self.ids[at].clone()).collect();
            let id = BundleId::derive(&ids.iter().map(NarrativeId::as_str).collect::<Vec<_>>());
            inside.iter().for_each(|&at| of[at] = Some(id.clone()));
            let mut makes: BTreeMap<u32, usize> = BTreeMap::new();
            inside.iter().flat_map(|&at| &made_by[at]).for_each(|a| *makes.entry(*a).or_default() += 1);
            let label = |at: &usize| statements[self.narratives[*at].label as usize].text.clone();
            rows.push(BundleRow {
                bundle_id: id,
                narrative_ids: ids,
                labels: inside.iter().map(label).collect(),
                article_ids: makes
                    .into_iter()
                    .filter(|(_, claims)| *claims > 1)
                    .map(|(article, _)| articles[article as usize].id.clone())
                    .collect(),
                overlap: bundle.overlap,
            });
        }
        rows.sort_by(|x, y| {
            let wide = |row: &BundleRow| (row.article_ids.len(), row.narrative_ids.len());
            wide(y).cmp(&wide(x)).then_with(|| x.bundle_id.cmp(&y.bundle_id))
        });
        (of, rows)
    }
}

/// The articles that make a narrative.
fn articles_of(narrative: &Narrative, units: &Units) -> BTreeSet<u32> {
    narrative.members.iter().map(|m| units.article[m.row as usize]).collect()
}

/// A row for an article that is in no narrative.
pub(crate) fn without_narrative(article: &Article, reason: String) -> NarrativeMemberRow {
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
        same_text: None,
        copy_of: None,
        wire: None,
    }
}

/// Whether most of each statement is a direct quotation. Two outlets that carry one quotation are two tellings of it.
fn quoted(statements: &[&Statement], quotes: &[Vec<Quote>]) -> Vec<bool> {
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    let at: BTreeMap<&str, Span> = statements.iter().map(|s| (s.id.as_str(), s.span)).collect();
    for quote in quotes.iter().flatten().filter(|quote| quote.kind != QuoteKind::Indirect) {
        for id in &quote.statements {
            let Some(span) = at.get(id.as_str()) else { continue };
            let inside = quote.content.iter().map(|part| {
                part.byte_end.min(span.byte_end).saturating_sub(part.byte_start.max(span.byte_start))
            });
            *said.entry(id.as_str()).or_default() += inside.sum::<usize>();
        }
    }
    statements
        .iter()
        .map(|s| {
            let quoted = said.get(s.id.as_str()).copied().unwrap_or_default();
            s.kind == StatementKind::Quote || 2 * quoted >= s.span.byte_end - s.span.byte_start
        })
        .collect()
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
