//! `throughline report`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use throughline_tabular::open_run;

use crate::context::Context;
use crate::output::write_file;

/// One page to look at a run: themes, narratives, stories, a map, every statement in its article
///
/// The page is one file and works with no network.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throughline report runs/demo\n  throughline report runs/demo --output demo.html"
)]
pub struct ReportArgs {
    /// Run folder
    run: PathBuf,
    /// File to write [default: report.html in the run folder]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: ReportArgs, context: &Context) -> anyhow::Result<()> {
    let place = args.output.unwrap_or_else(|| args.run.join("report.html"));
    write(&args.run, &place, context)?;
    context.teller.note(&format!("{}: open it in a browser", place.display()));
    Ok(())
}

/// Draws the run in `folder` into the file `place`.
pub fn write(folder: &Path, place: &Path, context: &Context) -> anyhow::Result<()> {
    let page = throughline_pipeline::report::report(&open_run(folder)?, &context.teller)?;
    write_file(place, |out| out.write_all(page.as_bytes()).with_context(|| place.display().to_string()))
}
