//! The main job: every stage in one pass, and a run folder with all tables and a manifest.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use serde_json::Value;
use throughline_clustering::duplicates::ValidDuplicateParams;
use throughline_clustering::narratives::ValidNarrativeParams;
use throughline_clustering::stories::ValidStoryParams;
use throughline_clustering::themes::ValidThemeParams;
use throughline_embedding::Encoder;
use throughline_schema::manifest::{Cost, FORMAT, Manifest, UnusedRow};
use throughline_schema::{Statement, StoryId};
use throughline_tabular::RunFolder;
use throughline_tokenisation::boilerplate::Listed;

use crate::articles::article_rows;
use crate::duplicates::Duplicates;
use crate::estimate::estimate;
use crate::input::Input;
use crate::narratives::FoundNarratives;
use crate::outlets::outlet_tables;
use crate::progress::{Event, Reporter, Stage};
use crate::speakers::Speakers;
use crate::stories::Stories;
use crate::themes::{FoundThemes, Over};
use crate::warning::{Warning, uncalibrated};
use crate::{PipelineError, Texts, ThemesFile, Units, quote_rows};

/// Checked parameters of every stage.
pub struct RunParams {
    /// Lines that are boilerplate or content because the reader says so.
    pub boilerplate: Listed,
    /// Near-duplicates.
    pub duplicates: ValidDuplicateParams,
    /// Stories.
    pub stories: ValidStoryParams,
    /// Narratives.
    pub narratives: ValidNarrativeParams,
    /// Themes.
    pub themes: ValidThemeParams,
    /// What a reader wants of the themes.
    pub themes_file: Option<ThemesFile>,
}

/// What the manifest records of the call, and only the program knows.
pub struct Call {
    /// Program name and version.
    pub program: String,
    /// Options by their configuration key.
    pub options: BTreeMap<String, Value>,
    /// Seed.
    pub seed: u64,
    /// Threads.
    pub threads: u32,
    /// Start, RFC 3339.
    pub started: String,
    /// Rows of the input that gave nothing, with the reasons as the program words them.
    pub unused_rows: Vec<UnusedRow>,
    /// How the program words a warning.
    pub words: fn(&Warning) -> String,
    /// Asks the system for the highest resident memory so far.
    pub peak_memory: fn() -> Option<u64>,
}

/// Passes messages on and keeps what the manifest needs of them.
struct Recorder<'r> {
    to: &'r dyn Reporter,
    seconds: Mutex<Vec<(String, f64)>>,
}

impl Reporter for Recorder<'_> {
    fn report(&self, event: Event) {
        if let Event::Finished { stage, seconds } = &event {
            let mut kept = self.seconds.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            kept.push(((*stage).to_owned(), *seconds));
        }
        self.to.report(event);
    }
}

/// Runs every stage on `input` and writes the run folder `out`, whole or not at all.
///
/// # Errors
/// `out` can't be written, or the model fails. The old folder, if any, is then as it was.
pub fn run(
    input: &Input,
    encoder: &dyn Encoder,
    params: &RunParams,
    call: Call,
    folder: RunFolder,
    reporter: &dyn Reporter,
) -> Result<Manifest, PipelineError> {
    let recorder = Recorder { to: reporter, seconds: Mutex::new(Vec::new()) };
    let reporter: &dyn Reporter = &recorder;
    let corpus = &input.corpus;
    let articles = &corpus.articles;
    let mut folder = folder;
    let stamp = encoder.stamp();

    let texts = Texts::read_with(articles, &params.boilerplate, reporter);
    let statements: Vec<&Statement> = texts.statements().collect();
    if let Some(estimate) = estimate(articles, &texts, encoder, call.threads as usize)? {
        reporter.report(Event::Estimate {
            articles: articles.len() as u64,
            statements: statements.len() as u64,
            seconds: estimate.seconds(),
            memory_bytes: estimate.memory_bytes,
            stages: estimate.stages,
        });
    }
    let quotes = texts.quotes(articles, reporter);
    let whole = Units::articles(articles, &texts, encoder, reporter)?;
    let units = Units::statements(&texts, encoder, reporter)?;

    let article_duplicates = Duplicates::find(&whole, &params.duplicates, reporter);
    let duplicates = Duplicates::find(&units, &params.duplicates, reporter);
    let stories = Stories::find(&whole, &params.stories, reporter);
    let found = FoundNarratives::find(&units, &whole, &params.narratives, reporter);
    let copies = duplicates.copies(&units);
    let reprints = article_duplicates.copies(&whole);
    let over = Over::new(&whole, &reprints, &units);
    let mut themes =
        FoundThemes::find(&units, &copies, Some(&over), articles, &texts, &params.themes, reporter);
    drop(over);
    let mut lost = Vec::new();
    if let Some(file) = &params.themes_file {
        (themes, lost) = themes.edited(file, &units, &copies, articles, &texts, encoder)?;
        lost.iter().for_each(|warning| reporter.report(Event::Warning(warning.clone())));
    }

    let stage = Stage::begin(reporter, "tables", None);
    let unit_of: BTreeMap<u32, u32> = whole.article.iter().enumerate().map(|(u, &a)| (a, u as u32)).collect();
    let story_of: Vec<Option<StoryId>> = (0..articles.len() as u32)
        .map(|a| unit_of.get(&a).map(|&u| stories.ids[u as usize].clone()))
        .collect();
    let reasons: Vec<Option<String>> = articles.iter().enumerate().map(|(i, a)| texts.reason(a, i)).collect();

    folder.add(&article_rows(articles, &texts, &story_of))?;
    folder.add(&texts.statement_rows(articles))?;
    folder.add(&texts.furniture_rows())?;
    let speakers = Speakers::find(articles, &texts, &quotes);
    folder.add(&quote_rows(articles, &texts, &quotes, &speakers))?;
    folder.add(speakers.rows())?;
    let vectors = [units.vector_rows(&stamp.name), whole.vector_rows(&stamp.name)].concat();
    folder.add(&vectors)?;
    drop(vectors);
    folder.add(&[duplicates.pair_rows(&units), article_duplicates.pair_rows(&whole)].concat())?;
    folder.add(&[duplicates.group_rows(&units), article_duplicates.group_rows(&whole)].concat())?;
    folder.add(&stories.rows(&whole))?;
    let sharing = found.sharing(&units, &whole);
    let pairs = stories.pair_rows(&whole, articles, &texts, &sharing);
    folder.add(&pairs)?;
    folder.add(&themes.rows(&units))?;
    folder.add(&themes.member_rows(&units))?;
    folder.add(&themes.article_rows(&units, &statements, articles, &reasons))?;
    folder.add(&themes.timeline_rows(&units, articles))?;
    let told = found.tables(&units, articles, &texts, &quotes);
    folder.add(&told.members)?;
    folder.add(&told.narratives)?;
    folder.add(&told.bundles)?;
    let outlets = outlet_tables(articles, &texts, &told.tellings, &pairs);
    folder.add(&outlets.outlets)?;
    folder.add(&outlets.flows)?;
    drop(stage);
    let counts = [
        ("statements", statements.len()),
        ("quotes", quotes.iter().map(Vec::len).sum()),
        ("narrative_members", told.members.iter().filter(|member| member.narrative_id.is_some()).count()),
    ];
    let results = counts.map(|(table, count)| (table.to_owned(), count as u64)).into();

    let warnings = [warnings(input, &units, encoder, reporter), lost].concat();
    let seconds = recorder.seconds.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
    let manifest = Manifest {
        format: FORMAT,
        program: call.program,
        options: call.options,
        seed: call.seed,
        inputs: corpus.inputs.clone(),
        unused_rows: call.unused_rows,
        model: stamp,
        rows: folder.rows().clone(),
        results,
        warnings: warnings.iter().map(call.words).collect(),
        cost: Cost {
            started: call.started,
            threads: call.threads,
            seconds,
            peak_memory_bytes: (call.peak_memory)(),
        },
    };
    folder.finish(&manifest)?;
    Ok(manifest)
}

/// What the reader of the results should know. What reading found is told when it is read; the rest is told here.
fn warnings(input: &Input, units: &Units, encoder: &dyn Encoder, reporter: &dyn Reporter) -> Vec<Warning> {
    let mut all = input.warnings.clone();
    let rows = input.corpus.unused_rows.len();
    let unused = (rows > 0).then_some(Warning::UnusedRows { rows });
    let lengths = units.embeddings.tokens.iter().zip(&units.embeddings.tokens_kept);
    let statements = lengths.filter(|(all, kept)| kept < all).count();
    let truncated = (statements > 0).then_some(Warning::Truncated { statements });
    let found = [uncalibrated(encoder), unused, truncated];
    for warning in found.into_iter().flatten() {
        if !matches!(warning, Warning::UnusedRows { .. }) {
            reporter.report(Event::Warning(warning.clone()));
        }
        all.push(warning);
    }
    all
}

/// Begins the folder of a run, before the work, so that a folder that can't be written costs no time.
///
/// # Errors
/// `out` exists and is not to be replaced, or can't be written.
pub fn begin(out: &Path, overwrite: bool) -> Result<RunFolder, PipelineError> {
    Ok(RunFolder::begin(out, overwrite)?)
}
