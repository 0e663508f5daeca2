//! `throughline run`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use throughline_pipeline::run::{Call, RunParams, begin, run as run_all};
use throughline_schema::manifest::Manifest;
use throughline_schema::tables::{NarrativeRow, ThemeRow};
use throughline_tabular::open_run;

use crate::args::Input;
use crate::commands::{params, report};
use crate::context::Context;
use crate::system;

/// Everything in one pass: a run folder with all tables as Parquet and a manifest
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline run examples/articles --out runs/demo")]
pub struct RunArgs {
    #[command(flatten)]
    input: Input,
    /// Run folder to make, whole or not at all
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Replace the run folder if it exists
    #[arg(long)]
    overwrite: bool,
    /// Exactly so many top-level themes [default: as many as the data shows]
    #[arg(long, value_name = "K")]
    count: Option<usize>,
}

/// Runs the command.
pub fn run(args: RunArgs, context: &Context) -> anyhow::Result<()> {
    let started = system::now();
    let params = RunParams {
        duplicates: params::duplicates(context)?,
        stories: params::stories(context)?,
        narratives: params::narratives(context)?,
        themes: params::themes(context, args.count)?,
    };
    let folder = begin(&args.out, args.overwrite)?;
    let corpus = context.corpus(&args.input.inputs, &args.input.reading)?;
    let encoder = context.encoder()?;
    let reading = &args.input.reading;
    let options = BTreeMap::from([
        ("model".to_owned(), json!(encoder.stamp().name)),
        ("engine".to_owned(), json!(encoder.stamp().engine)),
        ("prompt".to_owned(), json!(context.common.prompt)),
        ("seed".to_owned(), json!(context.common.seed)),
        ("count".to_owned(), json!(args.count)),
        ("max_file_bytes".to_owned(), json!(reading.max_file_bytes)),
        ("max_text_bytes".to_owned(), json!(reading.max_text_bytes)),
        ("input_format".to_owned(), json!(reading.input_format.map(|format| format.to_string()))),
        ("strict".to_owned(), json!(reading.strict)),
    ]);
    let call = Call {
        program: concat!("throughline ", env!("CARGO_PKG_VERSION")).to_owned(),
        options,
        seed: context.common.seed,
        threads: context.threads(),
        started,
        peak_memory: system::peak_memory,
    };
    let manifest = run_all(&corpus, encoder.as_ref(), &params, call, folder, &context.teller)?;
    report::write(&args.out, &args.out.join("report.html"), context)?;
    summary(&args.out, &manifest, context)
}

/// What was found, in a few lines on standard error, and where to look.
fn summary(out: &Path, manifest: &Manifest, context: &Context) -> anyhow::Result<()> {
    let run = open_run(out)?;
    let rows = |table: &str| manifest.rows.get(table).copied().unwrap_or_default();
    let seconds: f64 = manifest.cost.seconds.iter().map(|(_, seconds)| seconds).sum();
    let say = |line: String| context.teller.note(&line);
    let themes = run.read::<ThemeRow>()?;
    let narratives = run.read::<NarrativeRow>()?;
    let top = themes.iter().filter(|theme| theme.parent_id.is_none());
    say(format!(
        "{} articles, {} statements, {} narratives, {} themes in {seconds:.1} s",
        rows("articles"),
        rows("statements"),
        narratives.len(),
        top.clone().count()
    ));
    for narrative in narratives.iter().take(5) {
        say(format!("  in {} articles: {}", narrative.articles, one_line(&narrative.label)));
    }
    let labels: Vec<&str> = top.take(8).map(|theme| theme.label.as_str()).collect();
    if !labels.is_empty() {
        say(format!("  themes: {}", labels.join("; ")));
    }
    for warning in &manifest.warnings {
        say(format!("  warning: {warning}"));
    }
    say(format!(
        "{}: report.html to look at, one Parquet file a table, manifest.json; 'throughline export {} narratives' prints a table",
        out.display(),
        out.display()
    ));
    Ok(())
}

fn one_line(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(110) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
