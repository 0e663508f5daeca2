//! Results to a file or to standard output, in any format.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use throughline_schema::table::Record;
use throughline_schema::tables::VectorRow;
use throughline_tabular::{OutputFormat, write_npy, write_npy_ids, write_rows};

use crate::args::{Format, Output};
use crate::context::Context;
use crate::failure::BadUsage;
use crate::leftovers::InTheMaking;

/// Characters of one cell that a table for people shows.
const CELL: usize = 60;

impl Output {
    fn is_standard(&self) -> bool {
        self.output == Path::new("-")
    }

    /// The format asked for, or the one that fits the place.
    pub fn resolved(&self) -> Format {
        let by_extension = |path: &Path| match path.extension()?.to_str()? {
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "csv" => Some(Format::Csv),
            "parquet" => Some(Format::Parquet),
            "arrow" | "arrows" => Some(Format::Arrow),
            _ => None,
        };
        self.format.unwrap_or_else(|| {
            if self.is_standard() {
                if std::io::stdout().is_terminal() { Format::Table } else { Format::Jsonl }
            } else {
                by_extension(&self.output).unwrap_or(Format::Jsonl)
            }
        })
    }

    /// Writes `rows`.
    pub fn write<T: Record>(&self, rows: &[T]) -> anyhow::Result<()> {
        self.write_with(|format, out| match format.file_format() {
            Some(format) => Ok(write_rows(rows, format, out)?),
            None => Ok(write!(out, "{}", table(rows)?)?),
        })
    }

    /// Lets `write` fill the output; a file appears whole or not at all.
    pub fn write_with(
        &self,
        write: impl FnOnce(Format, &mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let format = self.resolved();
        if self.is_standard() {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            write(format, &mut out)?;
            return Ok(out.flush()?);
        }
        write_file(&self.output, |out| write(format, out))
    }
}

/// Vectors as a NumPy array in `place`, and their ids in a file beside it.
pub fn write_vectors(
    place: &Path,
    rows: &[VectorRow],
    dimensions: usize,
    context: &Context,
) -> anyhow::Result<()> {
    let ids = place.with_extension("ids.jsonl");
    write_file(place, |out| Ok(write_npy(rows, dimensions, out)?))?;
    write_file(&ids, |out| Ok(write_npy_ids(rows, out)?))?;
    let missing = rows.iter().filter(|row| row.vector.is_none()).count();
    let nan = if missing == 0 { String::new() } else { format!(", {missing} of them NaN: see reason") };
    context.teller.note(&format!(
        "{}: {} × {dimensions} float32{nan}; {}: the id of each row",
        place.display(),
        rows.len(),
        ids.display()
    ));
    Ok(())
}

/// Why standard output takes no array.
pub fn check_npy_place(place: &Path) -> anyhow::Result<()> {
    if place == Path::new("-") {
        let text =
            "npy is two files, an array and the ids of its rows: name the first with --output vectors.npy";
        return Err(BadUsage(text.to_owned()).into());
    }
    Ok(())
}

/// Lets `write` fill the file `place`, which appears whole or not at all.
///
/// A link stays one: the file that it names is replaced. A device or a pipe can't be replaced, so it is written to.
pub fn write_file(
    place: &Path,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let cannot =
        || format!("cannot write {}: check that its folder exists and may be written", place.display());
    if std::fs::metadata(place).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let device = std::fs::OpenOptions::new().write(true).open(place).with_context(cannot)?;
        let mut out = std::io::BufWriter::new(device);
        write(&mut out)?;
        return out.flush().with_context(cannot);
    }
    let named = std::fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
    let folder = named.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::NamedTempFile::new_in(folder).with_context(cannot)?;
    let _in_the_making = InTheMaking::new(beside.path());
    let mut out = std::io::BufWriter::new(beside);
    write(&mut out)?;
    let file = out.into_inner().map_err(|error| error.into_error()).with_context(cannot)?;
    crate::system::make_readable(file.path());
    file.persist(&named).map_err(|error| error.error).with_context(cannot)?;
    Ok(())
}

impl Format {
    /// The file format, unless it is the table for people.
    pub fn file_format(self) -> Option<OutputFormat> {
        match self {
            Format::Jsonl => Some(OutputFormat::Jsonl),
            Format::Csv => Some(OutputFormat::Csv),
            Format::Parquet => Some(OutputFormat::Parquet),
            Format::Arrow => Some(OutputFormat::Arrow),
            Format::Table => None,
        }
    }
}

/// Rows as a table for people: long values shortened, columns without any value left out.
pub fn table<T: Record>(rows: &[T]) -> anyhow::Result<String> {
    let values: Vec<Value> = rows.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let names: Vec<&str> = T::TABLE.columns.iter().map(|c| c.name).collect();
    Ok(plain_table(&names, &values))
}

/// A table of JSON objects.
pub fn plain_table(names: &[&str], rows: &[Value]) -> String {
    let used: Vec<&&str> =
        names.iter().filter(|name| rows.iter().any(|row| !row[**name].is_null())).collect();
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    table.set_header(used.iter().map(|name| **name));
    for row in rows {
        table.add_row(used.iter().map(|name| cell(&row[**name])));
    }
    format!("{table}\n{} rows\n", rows.len())
}

/// The names that stand in these objects, in the order of the first.
pub fn names(rows: &[Value]) -> Vec<&str> {
    rows.first()
        .and_then(Value::as_object)
        .map(|row| row.keys().map(String::as_str).collect())
        .unwrap_or_default()
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.replace(['\n', '\t', '\r'], " "),
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) if number.is_f64() => format!("{:.3}", number.as_f64().unwrap_or_default()),
        other => other.to_string(),
    };
    // Control characters of an article must not steer the reader's terminal.
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    match text.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
