//! `throughline export`.

use std::path::PathBuf;

use clap::Args;
use throughline_tabular::{OutputFormat, copy_table, open_run};

use crate::args::Output;
use crate::context::Context;

/// One table of a run in any format
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  throughline export runs/demo narratives --format csv --output narratives.csv"
)]
pub struct ExportArgs {
    /// Run folder
    run: PathBuf,
    /// Table: a name that 'throughline schema' lists
    table: String,
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
pub fn run(args: ExportArgs, _: &Context) -> anyhow::Result<()> {
    let run = open_run(&args.run)?;
    args.output.write_with(|format, out| match format.file_format() {
        Some(format) => Ok(copy_table(&run, &args.table, format, out)?),
        None => {
            let mut lines = Vec::new();
            copy_table(&run, &args.table, OutputFormat::Jsonl, &mut lines)?;
            let rows =
                serde_json::Deserializer::from_slice(&lines).into_iter().collect::<Result<Vec<_>, _>>()?;
            let names = crate::output::names(&rows);
            Ok(write!(out, "{}", crate::output::plain_table(&names, &rows))?)
        }
    })
}
