//! A table's description to Arrow columns, and its records to batches.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, FieldRef, Schema, SchemaRef};
use throughline_schema::table::{Column, Kind, Record, Table};

use super::extra::Extras;
use crate::TabularError;

/// Rows of a batch.
const BATCH: usize = 8_192;

/// Whether fields that the program does not know travel in the table.
pub(crate) fn has_extra(table: &Table) -> bool {
    table.columns.iter().any(|column| column.kind == Kind::Json)
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Bool => DataType::Boolean,
        Kind::Int => DataType::Int64,
        Kind::Float => DataType::Float32,
        Kind::Double => DataType::Float64,
        Kind::Text | Kind::OneOf(_) | Kind::Json => DataType::Utf8,
        Kind::List(item) => DataType::List(Arc::new(Field::new_list_field(data_type(*item), false))),
        Kind::Struct(columns) => DataType::Struct(columns.iter().map(field).collect()),
    }
}

fn field(column: &Column) -> FieldRef {
    Arc::new(Field::new(column.name, data_type(column.kind), column.nullable))
}

/// The batches of a slice of records, in order.
pub(crate) struct Batches<'r, T> {
    rows: &'r [T],
    done: usize,
    /// Columns as the records give them: lists of any length, no extra fields.
    given: Vec<FieldRef>,
    extras: Option<Extras>,
    schema: SchemaRef,
}

impl<'r, T: Record> Batches<'r, T> {
    pub(crate) fn new(rows: &'r [T]) -> Result<Self, TabularError> {
        let table = T::TABLE;
        let mut given = Vec::new();
        let mut written: Vec<FieldRef> = Vec::new();
        let mut extras = None;
        for column in table.columns {
            match column.kind {
                Kind::Json => {
                    let found = Extras::of(rows, &table, column.name)?;
                    written.extend(found.fields());
                    extras = Some(found);
                }
                Kind::List(Kind::Float) => {
                    let loose = field(column);
                    let length = common_length(rows, &table, &loose)?;
                    written.push(match length {
                        Some(length) => {
                            Arc::new(loose.as_ref().clone().with_data_type(DataType::new_fixed_size_list(
                                DataType::Float32,
                                length,
                                false,
                            )))
                        }
                        None => loose.clone(),
                    });
                    given.push(loose);
                }
                _ => {
                    let field = field(column);
                    given.push(field.clone());
                    written.push(field);
                }
            }
        }
        Ok(Self { rows, done: 0, given, extras, schema: Arc::new(Schema::new(written)) })
    }

    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn batch(&self, from: usize, to: usize) -> Result<RecordBatch, TabularError> {
        let table = T::TABLE;
        let mut columns = arrays(&self.given, &self.rows[from..to], &table)?.into_iter();
        let mut out: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        let failed = |e: arrow_schema::ArrowError| convert(&table, e);
        let extra_columns: Vec<ArrayRef> =
            self.extras.as_ref().map(|extras| extras.arrays(from..to)).unwrap_or_default();
        for column in table.columns {
            if column.kind == Kind::Json {
                out.extend(extra_columns.iter().cloned());
                continue;
            }
            let Some(array) = columns.next() else { break };
            let wanted = self.schema.field(out.len()).data_type();
            out.push(if array.data_type() == wanted {
                array
            } else {
                cast(&array, wanted).map_err(failed)?
            });
        }
        RecordBatch::try_new(self.schema.clone(), out).map_err(failed)
    }
}

impl<T: Record> Iterator for Batches<'_, T> {
    type Item = Result<RecordBatch, TabularError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done >= self.rows.len() {
            return None;
        }
        // A batch holds at most 2 GB of text; where rows are that long, take fewer.
        let mut size = BATCH.min(self.rows.len() - self.done);
        loop {
            match self.batch(self.done, self.done + size) {
                Err(_) if size > 1 => size = size.div_ceil(2),
                batch => {
                    self.done += size;
                    return Some(batch);
                }
            }
        }
    }
}

fn arrays<T: Record>(fields: &[FieldRef], rows: &[T], table: &Table) -> Result<Vec<ArrayRef>, TabularError> {
    serde_arrow::to_arrow(fields, rows).map_err(|e| convert(table, e))
}

/// The length that all lists of a column share; none where they differ or there is no list.
fn common_length<T: Record>(
    rows: &[T],
    table: &Table,
    field: &FieldRef,
) -> Result<Option<i32>, TabularError> {
    let mut common = None;
    for chunk in rows.chunks(BATCH) {
        let arrays = arrays(std::slice::from_ref(field), chunk, table)?;
        for list in arrays.iter().filter_map(|array| array.as_list_opt::<i32>()) {
            for row in (0..list.len()).filter(|row| !list.is_null(*row)) {
                let length = list.value_length(row);
                if *common.get_or_insert(length) != length {
                    return Ok(None);
                }
            }
        }
    }
    Ok(common)
}

fn convert(table: &Table, error: impl std::fmt::Display) -> TabularError {
    TabularError::Convert { table: table.name.to_owned(), problem: error.to_string() }
}
