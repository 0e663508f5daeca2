//! `throughline export`.

use std::path::PathBuf;

use clap::Args;
use throughline_schema::table::Record;
use throughline_schema::tables::{MapRow, VectorRow};
use throughline_tabular::{OutputFormat, copy_table, open_run};

use crate::args::VectorOutput;
use crate::context::Context;
use crate::failure::BadUsage;
use crate::output::{check_npy_place, write_vectors};

/// One table of a run in any format
///
/// `map` is made on the way out: every statement with its place in a picture, its theme and its article, as
/// Embedding Atlas opens it. Only `vectors` can be a NumPy array.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throughline export runs/demo narratives --format csv --output narratives.csv\n  \
    throughline export runs/demo vectors --output vectors.npy\n  \
    throughline export runs/demo map --output map.parquet"
)]
pub struct ExportArgs {
    /// Run folder
    run: PathBuf,
    /// Table: a name that 'throughline schema' lists
    table: String,
    #[command(flatten)]
    output: VectorOutput,
}

/// Runs the command.
pub fn run(args: ExportArgs, context: &Context) -> anyhow::Result<()> {
    let run = open_run(&args.run)?;
    let output = match args.output.npy_or_table() {
        Err(output) => output,
        Ok(place) => {
            check_npy_place(&place)?;
            if args.table != VectorRow::TABLE.name {
                let text = format!("npy holds vectors only, and '{}' has none: export 'vectors'", args.table);
                return Err(BadUsage(text).into());
            }
            return write_vectors(&place, &run.read()?, run.manifest.model.dimensions as usize, context);
        }
    };
    if args.table == MapRow::TABLE.name {
        return output.write(&throughline_pipeline::map::map(&run, &context.teller)?);
    }
    output.write_with(|format, out| match format.file_format() {
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
