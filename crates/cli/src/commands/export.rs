//! `throughline export`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use throughline_schema::table::Record;
use throughline_schema::tables::{
    ArticleRow, MapRow, NarrativeMemberRow, NarrativeRow, QuoteRow, ThemeRow, VectorRow,
};
use throughline_tabular::{Cell, OutputFormat, Pick, Run, copy_table, open_run};

use crate::args::{VectorOutput, WhichRows};
use crate::context::Context;
use crate::failure::BadUsage;
use crate::output::{check_npy_place, write_vectors};

/// One table of a run in any format
///
/// `map` is made on the way out: every statement with its place in a picture, its theme and its article, as
/// Embedding Atlas opens it. Only `vectors` can be a NumPy array. On a terminal tables of many columns show those that
/// people read first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throughline export runs/demo narratives --format csv --output narratives.csv\n  \
    throughline export runs/demo narratives --columns label,sources,first_seen\n  \
    throughline export runs/demo quotes --source \"Meridian Post\" --from 2026-03-04\n  \
    throughline export runs/demo vectors --output vectors.npy\n  \
    throughline export runs/demo map --output map.parquet"
)]
pub struct ExportArgs {
    /// Run folder
    run: PathBuf,
    /// Table: a name that 'throughline schema' lists
    table: String,
    /// Columns to give, in this order, separated by commas
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',')]
    columns: Vec<String>,
    #[command(flatten)]
    rows: WhichRows,
    #[command(flatten)]
    output: VectorOutput,
}

/// Runs the command.
pub fn run(args: ExportArgs, context: &Context) -> anyhow::Result<()> {
    let run = open_run(&args.run)?;
    let picks = !args.columns.is_empty() || args.rows.wanted()?.is_some();
    let output = match args.output.npy_or_table() {
        Err(output) => output,
        Ok(place) => {
            check_npy_place(&place)?;
            if args.table != VectorRow::TABLE.name {
                let text = format!("npy holds vectors only, and '{}' has none: export 'vectors'", args.table);
                return Err(BadUsage(text).into());
            }
            if picks {
                let text = "a NumPy array holds the vectors of every row: choose rows in another format";
                return Err(BadUsage(text.to_owned()).into());
            }
            return write_vectors(&place, &run.read()?, run.manifest.model.dimensions as usize, context);
        }
    };
    if args.table == MapRow::TABLE.name {
        if picks {
            let text = "the map holds every statement: choose rows and columns in the program that draws it";
            return Err(BadUsage(text.to_owned()).into());
        }
        return output.write(&throughline_pipeline::map::map(&run, &context.teller)?);
    }
    let selection = args.rows.selection(&run)?;
    let keeps = |cell: &Cell<'_>| selection.as_ref().is_none_or(|selection| selection.keeps(cell));
    let rows: Option<&dyn for<'r> Fn(&Cell<'r>) -> bool> = selection.is_some().then_some(&keeps as _);
    output.write_with(|format, out| match format.file_format() {
        Some(format) => {
            Ok(copy_table(&run, &args.table, Pick { columns: &args.columns, rows }, format, out)?)
        }
        None => for_people(&run, &args.table, Pick { columns: &args.columns, rows }, out),
    })
}

/// The columns that people read first; none where all of them are.
fn first_columns(table: &str) -> &'static [&'static str] {
    const VIEWS: [(&str, &[&str]); 5] = [
        (NarrativeRow::TABLE.name, &["label", "articles", "tellings", "sources", "first_seen", "last_seen"]),
        (NarrativeMemberRow::TABLE.name, &["text", "source", "published", "relation", "narrative_id"]),
        (
            ArticleRow::TABLE.name,
            &["title", "source", "published_at", "statements", "lang", "file", "article_id"],
        ),
        (QuoteRow::TABLE.name, &["text", "speaker", "kind", "article_id"]),
        (ThemeRow::TABLE.name, &["label", "size", "terms", "theme_id"]),
    ];
    VIEWS.iter().find(|(name, _)| *name == table).map_or(&[], |(_, columns)| columns)
}

fn for_people(run: &Run, table: &str, pick: Pick<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    copy_table(run, table, pick, OutputFormat::Jsonl, &mut lines)?;
    let rows = serde_json::Deserializer::from_slice(&lines).into_iter().collect::<Result<Vec<_>, _>>()?;
    let names = crate::output::names(&rows);
    let shown: Vec<&str> = first_columns(table)
        .iter()
        .copied()
        .filter(|name| pick.columns.is_empty() && names.contains(name))
        .collect();
    if !shown.is_empty() {
        write!(out, "{}", crate::output::plain_table(&shown, &rows))?;
        if shown.len() < names.len() {
            writeln!(
                out,
                "{} of {} columns; --columns names others, --format csv gives all",
                shown.len(),
                names.len()
            )?;
        }
        return Ok(());
    }
    Ok(write!(out, "{}", crate::output::plain_table(&names, &rows))?)
}
