//! Groups of rows: near-duplicates, stories, claims, themes.

use std::collections::{BTreeMap, BTreeSet};

use throughline_clustering::metrics::{Found, adjusted_rand_index, b_cubed, v_measure};
use throughline_clustering::themes::ThemeParams;
use throughline_schema::{Article, Task};

use super::evaluation::{Evaluation, Tools};
use super::gold::Gold;
use crate::duplicates::Duplicates;
use crate::narratives::rows::RowNarratives;
use crate::stories::Stories;
use crate::themes::FoundThemes;
use crate::{PipelineError, Texts, Units};

/// Which groups are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouped {
    /// Groups of near-duplicates.
    Duplicates,
    /// Stories of articles.
    Stories,
    /// Claims of whole rows, as [`RowNarratives`] finds them.
    Claims,
    /// Themes; once with nothing given, once with the gold's number of themes.
    Themes,
}

impl Grouped {
    fn task(self) -> Task {
        match self {
            Self::Duplicates => Task::Groups,
            Self::Stories => Task::Stories,
            Self::Claims => Task::Claims,
            Self::Themes => Task::Themes,
        }
    }
}

/// Groups against gold. The label of a row is the name of its group; or rows judge pairs of the input's
/// articles, `a` and `b`, 1 where they belong together.
///
/// # Errors
/// A row without its text or its label; the model fails.
pub fn groupings(gold: &Gold, what: Grouped, tools: &Tools) -> Result<Evaluation, PipelineError> {
    let mut out = Evaluation::new(what.task());
    if gold.judges_pairs() {
        let read = gold.pairs()?;
        let grades = gold.rows.iter().map(|row| gold.number(row)).collect::<Result<Vec<f64>, _>>()?;
        let group = Prepared::new(&read.articles, tools)?.groups(what, None, tools)?;
        let mut found = Found::default();
        for ((a, b), grade) in read.pairs.iter().zip(grades) {
            let same = group.get(a).is_some_and(|group_of_a| group.get(b) == Some(group_of_a));
            found.given += u64::from(same);
            found.gold += u64::from(grade > 0.5);
            found.right += u64::from(same && grade > 0.5);
        }
        out.count("pairs", gold.rows.len(), "labelled pairs");
        out.found("", "pairs that belong together", found);
        return Ok(out);
    }
    let read = gold.articles()?;
    let labels = gold.rows.iter().map(|row| gold.name(row)).collect::<Result<Vec<String>, _>>()?;
    let prepared = Prepared::new(&read.articles, tools)?;
    let count = labels.iter().collect::<BTreeSet<_>>().len();
    out.count("rows", labels.len(), "labelled rows");
    out.count("gold_groups", count, "groups in the gold");
    let mut judge = |prefix: &str, group: BTreeMap<String, String>| {
        // A row without a group is in none that another is in.
        let of = |(row, article): (usize, &usize)| {
            let id = &read.articles[*article].id.0;
            group.get(id).map_or(format!("missing {row}"), |name| format!("group {name}"))
        };
        let found: Vec<String> = read.of_row.iter().enumerate().map(of).collect();
        let groups = found.iter().collect::<BTreeSet<_>>().len();
        out.count(format!("{prefix}groups"), groups, "groups that the program gives");
        out.add(format!("{prefix}v_measure"), v_measure(&labels, &found), "V-measure, 0 to 1");
        let ari = adjusted_rand_index(&labels, &found);
        out.add(format!("{prefix}adjusted_rand_index"), ari, "adjusted Rand index, 0 is chance, 1 is equal");
        out.add(format!("{prefix}b_cubed_f1"), b_cubed(&labels, &found), "B-cubed F1, 0 to 1");
    };
    judge("", prepared.groups(what, None, tools)?);
    if what == Grouped::Themes {
        judge("count_given.", prepared.groups(what, Some(count), tools)?);
    }
    Ok(out)
}

/// Articles made comparable, once for all groupings.
struct Prepared<'a> {
    articles: &'a [Article],
    texts: Texts,
    units: Units,
}

impl<'a> Prepared<'a> {
    fn new(articles: &'a [Article], tools: &Tools) -> Result<Self, PipelineError> {
        let texts = Texts::read(articles, tools.reporter);
        let units = Units::articles(articles, &texts, tools.encoder, tools.reporter)?;
        Ok(Self { articles, texts, units })
    }

    /// The group of every article that has one, by id.
    fn groups(
        &self,
        what: Grouped,
        count: Option<usize>,
        tools: &Tools,
    ) -> Result<BTreeMap<String, String>, PipelineError> {
        let (units, reporter) = (&self.units, tools.reporter);
        let duplicates = || Duplicates::find(units, &tools.duplicates, reporter);
        Ok(match what {
            Grouped::Duplicates => {
                duplicates().group_rows(units).into_iter().map(|row| (row.id, row.group_id.0)).collect()
            }
            Grouped::Stories => {
                let rows = Stories::find(units, &tools.stories, reporter).rows(units);
                rows.into_iter().map(|row| (row.article_id.0, row.story_id.0)).collect()
            }
            Grouped::Claims => {
                let rows = RowNarratives::find(units, self.articles, &tools.stories, reporter).members;
                rows.into_iter().filter_map(|row| Some((row.id, row.narrative_id?.0))).collect()
            }
            Grouped::Themes => {
                let params = ThemeParams { count, seed: tools.seed, ..ThemeParams::default() };
                let params = params.check()?;
                let copies = duplicates().copies(units);
                let found =
                    FoundThemes::find(units, &copies, None, self.articles, &self.texts, &params, reporter);
                let rows = found.member_rows(units).into_iter();
                rows.filter_map(|row| Some((row.id, row.theme_id.or(row.nearest_theme_id)?.0))).collect()
            }
        })
    }
}
