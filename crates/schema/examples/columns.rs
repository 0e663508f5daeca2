//! The columns of a table, or the names of all tables:
//! `cargo run -p throughline-schema --example columns -- quotes`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use throughline_schema::tables;

fn main() -> Result<(), String> {
    let Some(name) = std::env::args().nth(1) else {
        tables::all().iter().for_each(|table| println!("{:20} {}", table.name, table.doc.trim()));
        return Ok(());
    };
    let table = tables::all().iter().find(|table| table.name == name);
    for column in table.ok_or_else(|| format!("no table {name}"))?.columns {
        println!("{:20} {:12} {}", column.name, column.kind.describe(), column.meaning());
    }
    Ok(())
}
