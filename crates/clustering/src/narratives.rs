//! Narratives: statements of at least two articles that make the same claim.
//!
//! Outlets word a claim differently, so near-duplicates are only part of a narrative. But a threshold on
//! the cosine would join everything that two articles on one country say of that country. So a pair is
//! judged by how far its cosine stands out from what both statements reach with the other articles in
//! general (local scaling: the mean of each side's neighbours of rank 11 to 30, beyond those that may say
//! the same), and by the rare words it shares. Groups hold no pair below a floor, so that a statement on
//! two matters does not join the two.
//!
//! A statement leans on its article: "Terms were not disclosed" claims something else in every article. So the
//! articles must be about like matters too, the more so the less the statements themselves say.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::ArrayView2;
use rayon::prelude::*;
use throughline_schema::TextFeatures;

use crate::error::within;
use crate::overlap::intersection;
use crate::terms::Terms;
use crate::{Error, Relation, Rows, Scorer, duplicates, neighbours, rows};

/// Log-odds that two statements make the same claim: by how far the cosine stands out, by the rare words
/// and character n-grams shared, and at worst what cosine and words alone would give a lonely pair.
///
/// Fitted by logistic regression on 22 November 2026 on ECB+ train, Emergent dev and Google News titles
/// and samples of them with few texts a group; the intercept lowered by ½, since two statements drawn from
/// two articles rarely make the same claim.
const STANDS_OUT: f32 = 3.96;
const SHARED_TERMS: f32 = 11.08;
const INTERCEPT: f32 = -4.94;
/// Both count in the same unit or currency: chosen by hand, for lack of data. Two figures of money that
/// disagree are the same matter more often than not, and what a reader wants to see side by side.
const SAME_UNIT: f32 = 0.75;
const PLAIN: [f32; 3] = [10.29, 13.64, -7.47];

/// How the log-odds above and the cosine of the two articles together tell whether two statements make the same
/// claim. It can only lower them: two articles on one matter say many things.
///
/// Fitted by logistic regression on 26 November 2026 on 162 pairs that the log-odds above had joined and that were
/// read by hand, of 2,000 articles of an agency and of `examples/articles`; 92 made the same claim. Weights from
/// either alone tell three pairs of four of the other apart. The intercept, -4.59 in the fit, is raised a little: F1 is
/// the same there, and who reads two articles misses a pair more than he minds one.
const OWN_WORDS: f32 = 0.42;
const LIKE_ARTICLES: f32 = 5.13;
const LEANS: f32 = -4.4;
/// Log-odds of the statements beyond which the fit saw none.
const SURE: f32 = 9.2;

/// What is taken off where names are all that two statements share: "the minister visited" and "the minister
/// abstained" are about one person and claim two things.
///
/// Chosen on 27 November 2026 by reading 24 such pairs that were joined, of 5,000 articles of an agency and of
/// `examples/articles`: of those with less than .7, 3 of 13 made the same claim, of the others 8 of 11.
const NAMES_ALONE: f32 = -0.8;

/// Ranks of the neighbours that tell what is near in general.
const BACKGROUND: std::ops::Range<usize> = 10..30;
/// Neighbours further away make no candidates.
const LOWEST_COSINE: f32 = 0.4;

/// What decides which statements are put together.
#[derive(Clone, Debug, PartialEq)]
pub struct NarrativeParams {
    /// Lowest probability at which a pair of statements starts a narrative or joins two, 0 to 1.
    pub link: f32,
    /// Lowest probability of any pair in a narrative, 0 to 1.
    pub floor: f32,
    /// Neighbours of each statement that are looked at.
    pub neighbours: usize,
}

impl Default for NarrativeParams {
    fn default() -> Self {
        Self { link: 0.5, floor: 0.25, neighbours: 50 }
    }
}

/// Parameters that were checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidNarrativeParams(NarrativeParams);

impl NarrativeParams {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`Error::Parameter`] with the name, the value and what is allowed.
    pub fn check(self) -> Result<ValidNarrativeParams, Error> {
        within("link", self.link.into(), (0.0..=1.0).contains(&self.link), "between 0 and 1")?;
        within("floor", self.floor.into(), (0.0..=self.link).contains(&self.floor), "between 0 and link")?;
        let neighbours = self.neighbours;
        within("neighbours", neighbours as f64, (1..=1000).contains(&neighbours), "between 1 and 1000")?;
        Ok(ValidNarrativeParams(self))
    }
}

/// Statements that make the same claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Narrative {
    /// The statement that stands for it: the one most like the others.
    pub label: u32,
    /// Its statements by row, the label among them.
    pub members: Vec<Member>,
    /// Lowest score of any pair of its members.
    pub cohesion: f32,
}

/// A statement of a narrative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The statement.
    pub row: u32,
    /// Probability that it makes the same claim as the label; 1 for the label itself.
    pub score: f32,
    /// What it is to the label as a text; [`Relation::Identical`] for the label itself.
    pub relation: Relation,
    /// Probability that it is the same text as the label; 1 for the label itself.
    pub same_text: f32,
}

/// The articles that statements stand in.
#[derive(Clone, Copy, Debug)]
pub struct Contexts<'a> {
    /// Article of each statement.
    pub article: &'a [u32],
    /// Vector of each article: articles × dimensions, unit length.
    pub vectors: ArrayView2<'a, f32>,
    /// Whether each statement claims something: "Background" over a section does not.
    pub claims: &'a [bool],
}

impl Contexts<'_> {
    /// Cosine of the articles of two statements.
    fn cosine(&self, a: usize, b: usize) -> f32 {
        let row = |i: usize| self.vectors.row(self.article[i] as usize);
        rows::dot(row(a), row(b))
    }
}

/// The narratives among statements, ordered by first row.
pub fn narratives(rows: &Rows, contexts: &Contexts, params: &ValidNarrativeParams) -> Vec<Narrative> {
    let (params, article) = (&params.0, contexts.article);
    let near = rows.nearest(params.neighbours);
    let claims = Claims::new(rows, *contexts, &near);
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for i in 0..rows.len() as u32 {
        let claims = |row: u32| contexts.claims[row as usize];
        let similar = near.of(i as usize).filter(|(j, s)| *s >= LOWEST_COSINE && claims(i) && claims(*j));
        pairs.extend(similar.map(|(j, _)| (i.min(j), i.max(j))));
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    let mut scored: Vec<(u32, u32, f32)> = pairs
        .into_par_iter()
        .map(|(a, b)| (a, b, claims.same(a, b)))
        .filter(|(_, _, p)| *p >= params.link)
        .collect();
    // Articles are joined first: what one says twice must not keep a statement from its counterpart elsewhere.
    let twice = |pair: &(u32, u32, f32)| article.get(pair.0 as usize) == article.get(pair.1 as usize);
    scored.par_sort_by(|x, y| {
        twice(x).cmp(&twice(y)).then(y.2.total_cmp(&x.2)).then((x.0, x.1).cmp(&(y.0, y.1)))
    });
    let same = |a, b| claims.same(a, b);
    let group = duplicates::cliques_in_order(rows.len(), &scored, params.floor, same).group;
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (row, label) in group.into_iter().enumerate() {
        groups.entry(label).or_default().push(row as u32);
    }
    let shared: Vec<Vec<u32>> = groups
        .into_values()
        .filter(|g| g.iter().filter_map(|r| article.get(*r as usize)).collect::<BTreeSet<_>>().len() > 1)
        .collect();
    let texts = Scorer::new(rows);
    shared.into_par_iter().map(|group| describe(&group, &claims, &texts)).collect()
}

/// Probability of each pair of statements that it makes the same claim.
pub fn same_claim(rows: &Rows, contexts: &Contexts, pairs: &[(u32, u32)]) -> Vec<f32> {
    let near = rows.nearest(NarrativeParams::default().neighbours);
    let claims = Claims::new(rows, *contexts, &near);
    pairs.iter().map(|(a, b)| claims.same(*a, *b)).collect()
}

/// What tells whether two statements make the same claim.
struct Claims<'r, 'a, 'c> {
    rows: &'r Rows<'a>,
    contexts: Contexts<'c>,
    stems: Terms,
    grams: Terms,
    /// Stems of each statement that are in none of its names, sorted.
    besides_names: Vec<Vec<u32>>,
    /// For each statement, the cosine that it reaches in general.
    background: Vec<f32>,
}

impl<'r, 'a, 'c> Claims<'r, 'a, 'c> {
    fn new(rows: &'r Rows<'a>, contexts: Contexts<'c>, near: &neighbours::Neighbours) -> Self {
        let article = contexts.article;
        let background = (0..rows.len())
            .into_par_iter()
            .map(|i| {
                let elsewhere: Vec<f32> = near
                    .of(i)
                    .filter(|(j, _)| article.get(i) != article.get(*j as usize))
                    .map(|(_, s)| s)
                    .take(BACKGROUND.end)
                    .collect();
                // Where there are few, the further half of them.
                let from = BACKGROUND.start.min(elsewhere.len() / 2);
                let general = &elsewhere[from..];
                if general.is_empty() { 0.0 } else { general.iter().sum::<f32>() / general.len() as f32 }
            })
            .collect();
        Self {
            rows,
            contexts,
            stems: Terms::new(rows.features.iter().map(|f| f.stems.as_slice())),
            grams: Terms::new(rows.features.iter().map(|f| f.grams.as_slice())),
            besides_names: rows.features.par_iter().map(besides_names).collect(),
            background,
        }
    }

    /// Probability that two statements make the same claim.
    fn same(&self, a: u32, b: u32) -> f32 {
        let (i, j) = (a as usize, b as usize);
        let cosine = self.rows.cosine(i, j);
        let stems = self.stems.cosine(i, j);
        let terms = (stems + self.grams.cosine(i, j)) / 2.0;
        let same = terms > 0.0 && same_unit(&self.rows.features[i], &self.rows.features[j]);
        let unit = if same { SAME_UNIT } else { 0.0 };
        let stands_out = 2.0 * cosine - self.background[i] - self.background[j];
        let local = STANDS_OUT * stands_out + SHARED_TERMS * terms + unit + INTERCEPT;
        let plain = PLAIN[0] * cosine + PLAIN[1] * terms + PLAIN[2];
        let own = local.min(plain);
        let in_context = OWN_WORDS * own.min(SURE)
            + LIKE_ARTICLES * self.rows.scale.apply(self.contexts.cosine(i, j))
            + LEANS;
        let names_alone = stems > 0.0 && intersection(&self.besides_names[i], &self.besides_names[j]) == 0;
        let odds = own.min(in_context) + if names_alone { NAMES_ALONE } else { 0.0 };
        1.0 / (1.0 + (-odds).exp())
    }
}

/// The stems of a text that are in none of its names, sorted.
fn besides_names(features: &TextFeatures) -> Vec<u32> {
    let named: BTreeSet<u32> = features.name_stems.iter().flatten().copied().collect();
    let mut stems: Vec<u32> = features.stems.iter().copied().filter(|stem| !named.contains(stem)).collect();
    stems.sort_unstable();
    stems
}

/// Whether they count or price the same kind of thing.
fn same_unit(f: &TextFeatures, g: &TextFeatures) -> bool {
    f.figures.iter().any(|a| !a.unit.is_empty() && g.figures.iter().any(|b| a.unit == b.unit))
}

fn describe(group: &[u32], claims: &Claims, texts: &Scorer) -> Narrative {
    let mut cohesion = 1.0f32;
    let mut likeness = vec![0.0f32; group.len()];
    for (x, a) in group.iter().enumerate() {
        for (y, b) in group.iter().enumerate().skip(x + 1) {
            let score = claims.same(*a, *b);
            cohesion = cohesion.min(score);
            likeness[x] += score;
            likeness[y] += score;
        }
    }
    let mut label = 0;
    for x in 1..group.len() {
        if likeness[x] > likeness[label] {
            label = x;
        }
    }
    let label = group[label];
    let members = group
        .iter()
        .map(|row| match *row == label {
            true => Member { row: label, score: 1.0, relation: Relation::Identical, same_text: 1.0 },
            false => {
                let as_texts = texts.score(label, *row);
                Member {
                    row: *row,
                    score: claims.same(label, *row),
                    relation: as_texts.relation,
                    same_text: as_texts.score,
                }
            }
        })
        .collect();
    Narrative { label, members, cohesion }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    /// Twelve articles of six statements; the claims 0 and 1 are made by four articles each, in vectors
    /// that lean to a common direction and in shared words.
    fn corpus() -> (Vec<String>, Array2<f32>, Vec<TextFeatures>, Vec<u32>) {
        let n = 72;
        let claim = |i: usize| if i.is_multiple_of(6) && i / 6 < 8 { Some(i / 6 % 2) } else { None };
        let mut vectors = Array2::from_shape_fn((n, 80), |(i, j)| match (claim(i), j) {
            (Some(c), _) if j == 76 + c => 3.0,
            (_, 79) => 0.6,
            _ if j == i => 1.0,
            _ => 0.0,
        });
        for mut row in vectors.rows_mut() {
            let length = row.iter().map(|x: &f32| x * x).sum::<f32>().sqrt();
            row /= length;
        }
        let features = (0..n as u32)
            .map(|i| {
                let own = [1000 + 3 * i, 1001 + 3 * i, 1002 + 3 * i];
                let shared = claim(i as usize).map(|c| [c as u32 * 2, c as u32 * 2 + 1]);
                let stems: Vec<u32> = shared.into_iter().flatten().chain(own).collect();
                TextFeatures { words: stems.clone(), grams: stems.clone(), stems, ..TextFeatures::default() }
            })
            .collect();
        let ids = (0..n).map(|i| format!("{i:03}")).collect();
        (ids, vectors, features, (0..n as u32).map(|i| i / 6).collect())
    }

    fn find(order: &[usize]) -> Vec<(String, Vec<String>)> {
        let (ids, vectors, features, article) = corpus();
        let named: Vec<String> = order.iter().map(|i| ids[*i].clone()).collect();
        let vectors = vectors.select(ndarray::Axis(0), order);
        let features: Vec<TextFeatures> = order.iter().map(|i| features[*i].clone()).collect();
        let article: Vec<u32> = order.iter().map(|i| article[*i]).collect();
        let rows = Rows::new(&named, vectors.view(), None, &features).unwrap();
        let alike = Array2::from_elem((12, 1), 1.0);
        let claims = vec![true; order.len()];
        let contexts = Contexts { article: &article, vectors: alike.view(), claims: &claims };
        let found = narratives(&rows, &contexts, &NarrativeParams::default().check().unwrap());
        let mut named: Vec<(String, Vec<String>)> = found
            .iter()
            .map(|n| {
                assert!(n.cohesion > 0.0 && n.members.iter().all(|m| m.score >= n.cohesion));
                let mut members: Vec<String> =
                    n.members.iter().map(|m| named[m.row as usize].clone()).collect();
                members.sort();
                (members[0].clone(), members)
            })
            .collect();
        named.sort();
        named
    }

    #[test]
    fn each_claim_is_a_narrative_and_the_rest_is_none() {
        let found = find(&(0..72).collect::<Vec<_>>());
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].1, ["000", "012", "024", "036"]);
        assert_eq!(found[1].1, ["006", "018", "030", "042"]);
    }

    #[test]
    fn what_an_article_says_twice_keeps_no_statement_from_its_counterparts() {
        let (ids, mut vectors, mut features, article) = corpus();
        // The second statement says what the first one says, and is far from the others that do.
        let mut set = |row: usize, parts: [(usize, f32); 3]| {
            let length = parts.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
            vectors.row_mut(row).fill(0.0);
            parts.iter().for_each(|(at, x)| vectors[[row, *at]] = x / length);
        };
        set(0, [(0, 3.0), (76, 3.0), (79, 0.6)]);
        set(1, [(0, 3.0), (76, 0.3), (79, 0.6)]);
        let own = vec![1000, 1001, 1002];
        features[1] =
            TextFeatures { words: own.clone(), grams: own.clone(), stems: own, ..TextFeatures::default() };
        let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
        let alike = Array2::from_elem((12, 1), 1.0);
        let contexts = Contexts { article: &article, vectors: alike.view(), claims: &[true; 72] };
        let same = same_claim(&rows, &contexts, &[(0, 1), (0, 12), (1, 12)]);
        assert!(same[0] > same[1] && same[1] > 0.5 && same[2] < 0.25, "{same:?}");
        let found = narratives(&rows, &contexts, &NarrativeParams::default().check().unwrap());
        let with_first = found.iter().find(|n| n.members.iter().any(|member| member.row == 0)).unwrap();
        assert_eq!(with_first.members.len(), 4);
    }

    #[test]
    fn the_order_of_rows_does_not_matter() {
        let plain: Vec<usize> = (0..72).collect();
        let shuffled: Vec<usize> = (0..72).map(|i| i * 29 % 72).collect();
        assert_eq!(find(&plain), find(&shuffled));
    }

    #[test]
    fn a_sentence_that_leans_on_its_article_joins_no_others() {
        let (ids, vectors, features, article) = corpus();
        let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
        let same = |context: &Array2<f32>| {
            let contexts = Contexts { article: &article, vectors: context.view(), claims: &[true; 72] };
            same_claim(&rows, &contexts, &[(0, 12)])[0]
        };
        assert!(same(&Array2::from_elem((12, 1), 1.0)) > 0.5);
        assert!(same(&Array2::eye(12)) < 0.25);
    }

    #[test]
    fn names_alone_make_no_claim() {
        let (ids, vectors, mut features, article) = corpus();
        let alike = Array2::from_elem((12, 1), 1.0);
        let contexts = Contexts { article: &article, vectors: alike.view(), claims: &[true; 72] };
        let mut same = |pair: (u32, u32), names: Vec<u32>| {
            features[0].name_stems = vec![names];
            let rows = Rows::new(&ids, vectors.view(), None, &features).unwrap();
            same_claim(&rows, &contexts, &[pair])[0]
        };
        assert_eq!(same((0, 12), vec![]), same((0, 12), vec![0]));
        assert!(same((0, 12), vec![0, 1]) < same((0, 12), vec![0]));
        // Where no word is shared, none of the names is.
        assert_eq!(same((0, 6), vec![0, 1]), same((0, 6), vec![]));
    }

    #[test]
    fn parameters_outside_their_range_are_refused() {
        assert!(NarrativeParams { floor: 0.6, ..NarrativeParams::default() }.check().is_err());
    }
}
