//! Which rows of a run are asked for: those of some outlets, days, themes or speakers.

use std::collections::HashSet;

use throughline_schema::PublicationTime;
use throughline_schema::tables::{
    ArticleRow, NarrativeMemberRow, QuoteRow, StatementRow, ThemeMemberRow, ThemeRow,
};
use throughline_tabular::Run;

use crate::PipelineError;
use crate::publication_time::Written;

/// What is asked for. Of several outlets, themes or speakers any will do; what is empty asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Outlets, in any case.
    pub sources: Vec<String>,
    /// The first day, month or year.
    pub from: Option<PublicationTime>,
    /// The last.
    pub to: Option<PublicationTime>,
    /// Themes, each by its id or its label; with those below it.
    pub themes: Vec<String>,
    /// Speakers, each by name or by words of it.
    pub speakers: Vec<String>,
}

/// A day, a month or a year, as `2026-03-04`, or a time in any other form that `published` may have.
pub fn read_time(text: &str) -> Option<PublicationTime> {
    match Written::read(text) {
        Written::Time(time) | Written::Ordered(time, ..) => Some(time),
        _ => None,
    }
}

impl Wanted {
    /// Whether everything is asked for.
    pub fn is_everything(&self) -> bool {
        let lists = [&self.sources, &self.themes, &self.speakers];
        lists.iter().all(|list| list.is_empty()) && self.from.is_none() && self.to.is_none()
    }

    fn wants_article(&self, article: &ArticleRow) -> bool {
        let same =
            |wanted: &String| article.source.as_ref().is_some_and(|source| folded(source) == folded(wanted));
        if !self.sources.is_empty() && !self.sources.iter().any(same) {
            return false;
        }
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let Some(time) = article.published_at.as_deref().and_then(read_time) else { return false };
        !self.from.is_some_and(|from| time.is_before(from)) && !self.to.is_some_and(|to| to.is_before(time))
    }
}

/// The rows of a run that are asked for.
pub struct Selection {
    wanted: Wanted,
    /// Ids of the articles, statements, quotations, narratives and themes among them.
    ids: HashSet<String>,
    /// Whether statements were asked for, and not only articles.
    by_statement: bool,
}

impl Selection {
    /// Finds them.
    ///
    /// # Errors
    /// A theme or a speaker that the run does not have, or a table that can't be read.
    pub fn of(run: &Run, wanted: Wanted) -> Result<Self, PipelineError> {
        let mut ids: HashSet<String> = run
            .read::<ArticleRow>()?
            .iter()
            .filter(|a| wanted.wants_article(a))
            .map(|a| a.article_id.0.clone())
            .collect();
        let by_statement = !wanted.themes.is_empty() || !wanted.speakers.is_empty();
        let members = run.read::<ThemeMemberRow>()?;
        let of_themes = themes_named(run, &wanted.themes)?.map(|themes| {
            let inside = members
                .iter()
                .filter(|member| member.path.iter().any(|theme| themes.contains(theme.as_str())));
            inside.map(|member| member.id.clone()).collect::<HashSet<String>>()
        });
        let in_themes = |id: &str| of_themes.as_ref().is_none_or(|of| of.contains(id));
        let quotes = run.read::<QuoteRow>()?;
        let mut spoken = HashSet::new();
        let mut heard = HashSet::new();
        for quote in &quotes {
            let Some(id) = &quote.quote_id else { continue };
            let names: Vec<&str> = names_of_speaker(quote, &wanted.speakers).collect();
            let is_wanted = wanted.speakers.is_empty() || !names.is_empty();
            heard.extend(names);
            let in_theme = of_themes.is_none() || quote.statement_ids.iter().any(|id| in_themes(id.as_str()));
            if is_wanted && in_theme && ids.contains(quote.article_id.as_str()) {
                ids.insert(id.0.clone());
                spoken.extend(quote.statement_ids.iter().map(|id| id.0.clone()));
            }
        }
        if let Some(unheard) = wanted.speakers.iter().find(|speaker| !heard.contains(speaker.as_str())) {
            return Err(PipelineError::UnknownName { what: "speaker", name: unheard.clone() });
        }
        let mut articles_left = HashSet::new();
        for statement in run.read::<StatementRow>()? {
            let Some(id) = statement.statement_id else { continue };
            let by_speaker = wanted.speakers.is_empty() || spoken.contains(id.as_str());
            if ids.contains(statement.article_id.as_str()) && in_themes(id.as_str()) && by_speaker {
                articles_left.insert(statement.article_id.0);
                ids.insert(id.0);
            }
        }
        if by_statement {
            // An article without a statement that is asked for is not asked for.
            for article in run.read::<ArticleRow>()? {
                if !articles_left.contains(article.article_id.as_str()) {
                    ids.remove(article.article_id.as_str());
                }
            }
        }
        for member in &members {
            if ids.contains(&member.id) {
                ids.extend(member.path.iter().map(|theme| theme.0.clone()));
            }
        }
        for member in run.read::<NarrativeMemberRow>()? {
            if let Some(narrative) = member.narrative_id.filter(|_| ids.contains(&member.id)) {
                ids.insert(narrative.0);
            }
        }
        Ok(Self { wanted, ids, by_statement })
    }

    /// Whether a statement, an article or another row with an id is asked for.
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether a row is asked for; `value` gives the text in one of its columns. A pair is where one of the two is.
    pub fn keeps<'r>(&self, value: impl Fn(&str) -> Option<&'r str>) -> bool {
        let has = |column: &str| value(column).map(|id| self.ids.contains(id));
        if let (Some(a), Some(b)) = (has("a"), has("b")) {
            return a || b;
        }
        // The narrower id decides: a statement of an article is asked for, and another is not.
        for column in ["quote_id", "statement_id", "id"] {
            if let Some(found) = has(column) {
                return found;
            }
        }
        if let Some(found) = has("article_id") {
            // A row that only says why nothing was found in its article.
            let only_reason = value("reason").is_some();
            return found && !(self.by_statement && only_reason);
        }
        let of_source = || {
            let wanted = &self.wanted.sources;
            wanted.is_empty()
                || value("source").is_none_or(|source| wanted.iter().any(|w| folded(w) == folded(source)))
        };
        has("narrative_id").or_else(|| has("theme_id").map(|found| found && of_source())).unwrap_or(true)
    }
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The names among `wanted` by which the speaker of a quotation is asked for.
fn names_of_speaker<'w>(quote: &QuoteRow, wanted: &'w [String]) -> impl Iterator<Item = &'w str> {
    let speaker = folded(quote.speaker.as_deref().unwrap_or_default());
    let named = move |name: &&String| {
        let mut words = name.split_whitespace().peekable();
        words.peek().is_some()
            && words.all(|word| speaker.split_whitespace().any(|known| known == folded(word)))
    };
    wanted.iter().filter(named).map(String::as_str)
}

/// The ids of themes that are named by id or label; none where none is named.
fn themes_named(run: &Run, wanted: &[String]) -> Result<Option<HashSet<String>>, PipelineError> {
    if wanted.is_empty() {
        return Ok(None);
    }
    let themes = run.read::<ThemeRow>()?;
    let mut found = HashSet::new();
    for name in wanted {
        let is_called =
            |theme: &&ThemeRow| theme.theme_id.as_str() == name || folded(&theme.label) == folded(name);
        let before = found.len();
        found.extend(themes.iter().filter(is_called).map(|theme| theme.theme_id.0.clone()));
        if found.len() == before {
            return Err(PipelineError::UnknownName { what: "theme", name: name.clone() });
        }
    }
    Ok(Some(found))
}
