//! `throughline run`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use throughline_clustering::neighbours::EXACT_UP_TO;
use throughline_embedding::Encoder;
use throughline_pipeline::run::{Call, RunParams, begin, run as run_all};
use throughline_schema::manifest::Manifest;
use throughline_tabular::{Corpus, RunFolder, open_run};

use crate::args::Input;
use crate::commands::themes::{ThemeCut, ThemeLevel};
use crate::commands::{params, report};
use crate::context::{Context, boilerplate};
use crate::leftovers::InTheMaking;
use crate::summary::summary;
use crate::{remedy, system};

/// Everything in one pass: a run folder with all tables as Parquet and a manifest
///
/// The folder appears whole or not at all. A run that is there already, of the same input, options, model and
/// program, is left as it is; any other is replaced only with --overwrite.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline run examples/articles --out runs/demo\n  \
    throughline run examples/articles --out runs/demo --count 3 --overwrite")]
pub struct RunArgs {
    /// Run folder to make, whole or not at all
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Replace the run folder if it exists
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    cut: ThemeCut,
    /// TOML file that renames, joins, splits and pins themes; see docs/themes-file.md
    #[arg(long, value_name = "FILE")]
    themes_file: Option<PathBuf>,
    #[command(flatten)]
    input: Input,
}

/// Runs the command.
pub fn run(args: RunArgs, context: &Context) -> anyhow::Result<()> {
    let started = system::now();
    let boilerplate = boilerplate(&args.input.reading)?;
    let params = RunParams {
        boilerplate: boilerplate.listed,
        duplicates: params::duplicates(context)?,
        stories: params::stories(context)?,
        narratives: params::narratives(context)?,
        themes: params::themes(context, &args.cut)?,
        themes_file: params::themes_file(args.themes_file.as_deref())?,
    };
    let older = if args.overwrite { None } else { open_run(&args.out).ok().map(|run| run.manifest) };
    // What can't be written is known before anything is read, unless the run that is there may be the one asked for.
    let begin = || -> anyhow::Result<(RunFolder, InTheMaking)> {
        let folder = begin(&args.out, args.overwrite)?;
        let in_the_making = InTheMaking::new(folder.path());
        Ok((folder, in_the_making))
    };
    let begun = if older.is_none() { Some(begin()?) } else { None };
    let input = context.input(&args.input.inputs, &args.input.reading)?;
    let corpus = &input.corpus;
    let encoder = context.encoder(&corpus.articles)?;
    let themes_file = params.themes_file.as_ref().map(|file| file.text.as_str());
    let lists = ReadersLists { themes: themes_file, boilerplate: &boilerplate.text };
    let call = call(&args, corpus, lists, started, encoder.as_ref(), context);
    if older.is_some_and(|older| is_same(&older, corpus, &call, encoder.as_ref())) {
        context.teller.note(&format!(
            "{}: this very run is there already (same input, options, model and program); --overwrite makes it again",
            args.out.display()
        ));
        let page = args.out.join("report.html");
        if !page.exists() {
            report::write(&args.out, &page, context)?;
        }
        return summary(&args.out, context);
    }
    let (folder, in_the_making) = begun.map_or_else(begin, Ok)?;
    run_all(&input, encoder.as_ref(), &params, call, folder, &context.teller)?;
    drop(in_the_making);
    report::write(&args.out, &args.out.join("report.html"), context)?;
    summary(&args.out, context)
}

/// The texts of the files that a reader gave besides the articles.
struct ReadersLists<'l> {
    themes: Option<&'l str>,
    boilerplate: &'l str,
}

/// What the manifest records of this call.
fn call(
    args: &RunArgs,
    corpus: &Corpus,
    lists: ReadersLists,
    started: String,
    encoder: &dyn Encoder,
    context: &Context,
) -> Call {
    let reading = &args.input.reading;
    let options = BTreeMap::from([
        ("model".to_owned(), json!(encoder.stamp().name)),
        ("model_reason".to_owned(), json!(context.model(&corpus.articles).reason)),
        ("engine".to_owned(), json!(encoder.stamp().engine)),
        ("prompt".to_owned(), json!(context.common.prompt)),
        ("seed".to_owned(), json!(context.common.seed)),
        ("count".to_owned(), json!(args.cut.count)),
        ("level".to_owned(), json!(args.cut.level.map(ThemeLevel::as_str))),
        ("themes_file".to_owned(), json!(lists.themes)),
        ("exact_neighbours_up_to".to_owned(), json!(EXACT_UP_TO)),
        ("max_file_bytes".to_owned(), json!(reading.max_file_bytes)),
        ("max_text_bytes".to_owned(), json!(reading.max_text_bytes)),
        ("input_format".to_owned(), json!(reading.input_format.map(|format| format.to_string()))),
        ("strict".to_owned(), json!(reading.strict)),
        ("boilerplate".to_owned(), json!(lists.boilerplate)),
        (
            "column".to_owned(),
            json!(reading.column.iter().map(|(field, name)| format!("{field}={name}")).collect::<Vec<_>>()),
        ),
        ("date_format".to_owned(), json!(reading.date_format.as_ref().map(ToString::to_string))),
        ("file_names".to_owned(), json!(reading.file_names.as_ref().map(ToString::to_string))),
    ]);
    Call {
        program: concat!("throughline ", env!("CARGO_PKG_VERSION")).to_owned(),
        options,
        seed: context.common.seed,
        threads: context.threads(),
        started,
        unused_rows: corpus.unused_rows.iter().map(|row| row.with_reason(remedy::reason(row))).collect(),
        words: remedy::warning,
        peak_memory: system::peak_memory,
    }
}

/// Whether `older` is what this call would give, byte for byte. A program built since may give something else.
fn is_same(older: &Manifest, corpus: &Corpus, call: &Call, encoder: &dyn Encoder) -> bool {
    older.program == call.program
        && older.options == call.options
        && older.seed == call.seed
        && older.inputs == corpus.inputs
        && older.unused_rows == call.unused_rows
        && older.model == encoder.stamp()
        && system::built_before(&older.cost.started)
}
