//! Rows to JSON lines, CSV, Parquet or an Arrow stream.
//!
//! JSON lines are written from the records. Every other form goes through Arrow batches whose columns
//! come from the table's description ([`columns`]), and so does a table that is copied from one form to
//! another without its record type.

mod cells;
mod columns;
mod extra;
mod npy;
mod watched;

use std::io::{self, Write};

use arrow_array::RecordBatch;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use throughline_schema::table::Record;

pub(crate) use cells::json_row;
use columns::Batches;
pub(crate) use extra::{extra_key, is_json};
pub use npy::{write_npy, write_npy_ids};
use watched::Watched;

use crate::{OutputFormat, TabularError};

/// Rows of a Parquet row group.
const GROUP: usize = 65_536;

/// Writes a table.
///
/// The same rows give the same bytes. A CSV has a header even where there are no rows.
///
/// # Errors
/// What the writer refuses; [`TabularError::is_closed_pipe`] tells a reader who left.
pub fn write_rows<T: Record>(
    rows: &[T],
    format: OutputFormat,
    out: &mut dyn Write,
) -> Result<(), TabularError> {
    if format == OutputFormat::Jsonl && !columns::has_extra(&T::TABLE) {
        let mut out = Watched::new(out);
        let written = rows.iter().try_for_each(|row| {
            serde_json::to_writer(&mut out, row)?;
            out.write_all(b"\n").map_err(serde_json::Error::io)
        });
        return out.explain(T::TABLE.name, written);
    }
    let batches = Batches::new(rows)?;
    write_batches(T::TABLE.name, batches.schema().clone(), batches, format, out)
}

/// Writes batches of one schema.
pub(crate) fn write_batches(
    table: &str,
    schema: SchemaRef,
    batches: impl Iterator<Item = Result<RecordBatch, TabularError>>,
    format: OutputFormat,
    out: &mut dyn Write,
) -> Result<(), TabularError> {
    let mut out = Watched::new(out);
    let written = match format {
        OutputFormat::Jsonl => jsonl(batches, &mut out),
        OutputFormat::Csv => csv(&schema, batches, &mut out),
        OutputFormat::Parquet => parquet(schema, batches, &mut out),
        OutputFormat::Arrow => arrow(&schema, batches, &mut out),
    };
    match written {
        Err(Failed::Before(error)) => Err(error),
        Err(Failed::Writing(problem)) => out.explain(table, Err(problem)),
        Ok(()) => Ok(()),
    }
}

/// Where it failed: before the rows came here, or in writing them.
enum Failed {
    Before(TabularError),
    Writing(String),
}

impl From<TabularError> for Failed {
    fn from(error: TabularError) -> Self {
        Self::Before(error)
    }
}

macro_rules! writing {
    ($($error:ty),*) => {$(impl From<$error> for Failed {
        fn from(error: $error) -> Self {
            Self::Writing(error.to_string())
        }
    })*};
}
writing!(io::Error, csv::Error, arrow_schema::ArrowError, parquet::errors::ParquetError);

type Batch = Result<RecordBatch, TabularError>;

fn jsonl(batches: impl Iterator<Item = Batch>, out: &mut Watched<'_>) -> Result<(), Failed> {
    let mut line = Vec::new();
    for batch in batches {
        let batch = batch?;
        for row in 0..batch.num_rows() {
            line.clear();
            cells::json_row(&batch, row, &mut line);
            line.push(b'\n');
            out.write_all(&line)?;
        }
    }
    Ok(out.flush()?)
}

fn csv(
    schema: &SchemaRef,
    batches: impl Iterator<Item = Batch>,
    out: &mut Watched<'_>,
) -> Result<(), Failed> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(schema.fields().iter().map(|field| field.name()))?;
    let mut record = csv::ByteRecord::new();
    let mut cell = Vec::new();
    for batch in batches {
        let batch = batch?;
        for row in 0..batch.num_rows() {
            record.clear();
            for (field, column) in schema.fields().iter().zip(batch.columns()) {
                cell.clear();
                cells::csv_cell(field, column, row, &mut cell);
                record.push_field(&cell);
            }
            writer.write_byte_record(&record)?;
        }
    }
    Ok(writer.flush()?)
}

fn parquet(
    schema: SchemaRef,
    batches: impl Iterator<Item = Batch>,
    out: &mut Watched<'_>,
) -> Result<(), Failed> {
    // The writer wants to own what it can send to a thread; our output need not be that.
    let properties = parquet_properties(&schema);
    let mut writer = ArrowWriter::try_new(Vec::new(), schema, Some(properties))?;
    for batch in batches {
        writer.write(&batch?)?;
        out.write_all(&std::mem::take(writer.inner_mut()))?;
    }
    out.write_all(&writer.into_inner()?)?;
    Ok(out.flush()?)
}

fn arrow(
    schema: &SchemaRef,
    batches: impl Iterator<Item = Batch>,
    out: &mut Watched<'_>,
) -> Result<(), Failed> {
    let mut writer = StreamWriter::try_new(&mut *out, schema)?;
    for batch in batches {
        writer.write(&batch?)?;
    }
    writer.finish()?;
    drop(writer);
    Ok(out.flush()?)
}

fn parquet_properties(schema: &SchemaRef) -> WriterProperties {
    let level = ZstdLevel::try_new(3).unwrap_or_default();
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_max_row_group_row_count(Some(GROUP));
    for field in schema.fields() {
        // A dictionary of a vector's components only costs time and room.
        if matches!(field.data_type(), DataType::FixedSizeList(..)) {
            let path = ["list", "element"].map(str::to_owned);
            let path = [vec![field.name().clone()], path.to_vec()].concat();
            properties = properties.set_column_dictionary_enabled(ColumnPath::new(path), false);
        }
    }
    properties.build()
}
