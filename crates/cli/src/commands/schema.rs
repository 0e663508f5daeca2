//! `throughline schema`.

use clap::Args;
use serde_json::json;
use throughline_schema::table::Table;
use throughline_schema::tables;

use crate::args::{Format, Output};
use crate::context::Context;
use crate::failure::BadUsage;

/// Every column of every table: type, unit, what null means
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline schema statements")]
pub struct SchemaArgs {
    /// Only this table
    table: Option<String>,
    /// Print the page that stands in docs/schema.md
    #[arg(long, conflicts_with = "table")]
    markdown: bool,
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
pub fn run(args: SchemaArgs, _: &Context) -> anyhow::Result<()> {
    let all = tables::all();
    let chosen: Vec<&Table> = match &args.table {
        None => all.iter().collect(),
        Some(name) => {
            let found: Vec<&Table> = all.iter().filter(|table| table.name == name).collect();
            if found.is_empty() {
                let names: Vec<&str> = all.iter().map(|table| table.name).collect();
                return Err(BadUsage(format!("no table '{name}': there are {}", names.join(", "))).into());
            }
            found
        }
    };
    if args.markdown {
        return args.output.write_with(|_, out| Ok(out.write_all(page(&chosen).as_bytes())?));
    }
    args.output.write_with(|format, out| {
        let rows = rows(&chosen);
        match format {
            Format::Table => {
                write!(out, "{}", crate::output::plain_table(&crate::output::names(&rows), &rows))?
            }
            Format::Jsonl => rows.iter().try_for_each(|row| writeln!(out, "{row}"))?,
            _ => {
                return Err(
                    BadUsage("schema is given as jsonl, as a table, or with --markdown".to_owned()).into()
                );
            }
        }
        Ok(())
    })
}

fn rows(tables: &[&Table]) -> Vec<serde_json::Value> {
    let columns = tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    columns
        .map(|(table, column)| {
            json!({
                "table": table.name,
                "column": column.name,
                "type": column.kind.describe(),
                "nullable": column.nullable,
                "unit": column.unit,
                "null_means": column.null,
                "meaning": column.doc.trim(),
            })
        })
        .collect()
}

fn page(tables: &[&Table]) -> String {
    let mut page = String::from("# Tables\n\nMade by `throughline schema --markdown`; a test compares.\n");
    for table in tables {
        page += &format!(
            "\n## {}\n\n{}\n\n| column | type | meaning | unit | null |\n|---|---|---|---|---|\n",
            table.name,
            table.doc.trim()
        );
        for column in table.columns {
            let cell = |text: &str| text.trim().replace('|', "\\|");
            page += &format!(
                "| `{}` | {} | {} | {} | {} |\n",
                column.name,
                cell(&column.kind.describe()),
                cell(column.doc),
                cell(column.unit),
                cell(column.null)
            );
        }
    }
    page
}
