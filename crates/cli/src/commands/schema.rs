//! `throughline schema`.

use clap::Args;
use serde::Serialize;
use throughline_schema::table::{Column, Kind, Record, Table};
use throughline_schema::tables;

use crate::args::Output;
use crate::context::Context;
use crate::failure::BadUsage;

/// Every column of every table: type, unit, what null means
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throughline schema statements\n  throughline schema --format csv --output columns.csv"
)]
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
    args.output.write(&rows(&chosen))
}

/// One column of one table.
#[derive(Debug, Serialize)]
struct ColumnRow {
    table: &'static str,
    column: &'static str,
    r#type: String,
    nullable: bool,
    unit: &'static str,
    null_means: &'static str,
    meaning: String,
    values: Option<Vec<&'static str>>,
}

impl Record for ColumnRow {
    const TABLE: Table = Table {
        name: "schema",
        doc: "Every column of every table.",
        columns: &[
            text("table", "Its table."),
            text("column", "Its name."),
            text("type", "Type of its values."),
            Column { kind: Kind::Bool, ..text("nullable", "Whether null may stand in it.") },
            text("unit", "Unit or range; empty where there is none."),
            text("null_means", "What null means; empty where it does not occur."),
            text("meaning", "What it holds; where it holds one of a few words, what each of them means."),
            Column {
                kind: Kind::List(&Kind::Text),
                nullable: true,
                null: "any text or number may stand in it",
                ..text("values", "The words that may stand in it.")
            },
        ],
    };
}

const fn text(name: &'static str, doc: &'static str) -> Column {
    Column { name, doc, kind: Kind::Text, nullable: false, unit: "", null: "" }
}

fn rows(tables: &[&Table]) -> Vec<ColumnRow> {
    let columns = tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    columns
        .map(|(table, column)| ColumnRow {
            table: table.name,
            column: column.name,
            r#type: column.kind.describe(),
            nullable: column.nullable,
            unit: column.unit,
            null_means: column.null,
            meaning: column.meaning(),
            values: column.values().map(|values| values.iter().map(|value| value.name).collect()),
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
                cell(&column.meaning()),
                cell(column.unit),
                cell(column.null)
            );
        }
    }
    page
}
