//! Parquet and Arrow files to the fields of each row.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int64Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, make_array};
use arrow_cast::cast;
use arrow_cast::display::array_value_to_string;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, DataType};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Map, Value};

use super::lines::Fields;
use super::table::Told;
use crate::cause::Cause;
use crate::error::TabularError;
use crate::write::is_json;

/// Rows read at a time: few, since a row may hold a long text.
const BATCH: usize = 1_024;

pub(crate) fn parquet<T>(
    path: &Path,
    file: File,
    convert: &impl Fn(u64, Fields) -> T,
    told: &mut Told,
) -> Result<Vec<T>, TabularError> {
    let failed = damaged(path, "Parquet");
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| failed(&e))?;
    let batches = builder.with_batch_size(BATCH).build().map_err(|e| failed(&e))?;
    rows(batches, &failed, convert, told)
}

pub(crate) fn arrow_file<T>(
    path: &Path,
    file: File,
    convert: &impl Fn(u64, Fields) -> T,
    told: &mut Told,
) -> Result<Vec<T>, TabularError> {
    let failed = damaged(path, "Arrow");
    let batches = FileReader::try_new(BufReader::new(file), None).map_err(|e| failed(&e))?;
    rows(batches, &failed, convert, told)
}

pub(crate) fn arrow_stream<T>(
    path: &Path,
    reader: impl Read,
    convert: &impl Fn(u64, Fields) -> T,
    told: &mut Told,
) -> Result<Vec<T>, TabularError> {
    let failed = damaged(path, "Arrow");
    let batches = StreamReader::try_new(reader, None).map_err(|e| failed(&e))?;
    rows(batches, &failed, convert, told)
}

type Failed<'p> = dyn Fn(&dyn std::fmt::Display) -> TabularError + 'p;

fn damaged<'p>(path: &'p Path, form: &'static str) -> impl Fn(&dyn std::fmt::Display) -> TabularError + 'p {
    move |error| TabularError::unusable(path, Cause::Damaged { form, message: error.to_string() })
}

fn rows<T>(
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    failed: &Failed<'_>,
    convert: &impl Fn(u64, Fields) -> T,
    told: &mut Told,
) -> Result<Vec<T>, TabularError> {
    let mut out = Vec::new();
    for batch in batches {
        let batch = batch.map_err(|e| failed(&e))?;
        let columns = Columns::of(&batch, told);
        for row in 0..batch.num_rows() {
            out.push(convert(out.len() as u64 + 1, Ok(columns.row(row))));
        }
    }
    Ok(out)
}

/// A batch in the few types that JSON knows.
struct Columns {
    /// Name, whether it holds JSON text, values.
    plain: Vec<(String, bool, ArrayRef)>,
    /// Name and values of each column that holds lists, structures or maps.
    nested: Vec<(String, Vec<Value>)>,
}

impl Columns {
    /// A column of a type that is not read is left out, and told: the others are none the worse for it.
    fn of(batch: &RecordBatch, told: &mut Told) -> Self {
        let mut plain = Vec::new();
        let mut nested = Vec::new();
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let read = match plain_type(column.data_type()) {
                Some(to) => to_plain(column, &to)
                    .map(|values| plain.push((field.name().clone(), is_json(field), values))),
                None => nested_values(column).map(|values| nested.push((field.name().clone(), values))),
            };
            if let Err(error) = read {
                told.column_left(field.name(), error.to_string());
            }
        }
        Self { plain, nested }
    }

    fn row(&self, row: usize) -> Map<String, Value> {
        let mut fields = Map::with_capacity(self.plain.len());
        for (name, json, column) in &self.plain {
            let value = match value(column, row) {
                Value::String(text) if *json => serde_json::from_str(&text).unwrap_or(Value::String(text)),
                value => value,
            };
            fields.insert(name.clone(), value);
        }
        for (name, values) in &self.nested {
            fields.insert(name.clone(), values[row].clone());
        }
        fields
    }
}

/// What a column is read as; none for nested values. Dates and times become ISO 8601 text.
fn plain_type(data_type: &DataType) -> Option<DataType> {
    Some(match data_type {
        DataType::Null | DataType::Boolean => data_type.clone(),
        DataType::UInt64 => DataType::UInt64,
        integer if integer.is_integer() => DataType::Int64,
        DataType::Float16 | DataType::Float64 => DataType::Float64,
        DataType::Float32 => DataType::Float32,
        DataType::Dictionary(_, values) => return plain_type(values),
        nested if nested.is_nested() => return None,
        _ => DataType::Utf8,
    })
}

/// The column in a plain type. Times in a zone of any name are moments, which are shown in UTC.
fn to_plain(column: &ArrayRef, to: &DataType) -> Result<ArrayRef, ArrowError> {
    match column.data_type() {
        same if same == to => Ok(column.clone()),
        DataType::Timestamp(unit, Some(_)) => {
            // The values are the same; only a name that no table of zones here knows is left out.
            let bare =
                column.to_data().into_builder().data_type(DataType::Timestamp(*unit, Some("+00:00".into())));
            cast(&make_array(bare.build()?), to)
        }
        DataType::Dictionary(_, values) => to_plain(&cast(column, values)?, to),
        _ => cast(column, to),
    }
}

fn value(column: &ArrayRef, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::UInt64 => column.as_primitive::<UInt64Type>().value(row).into(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        // By way of text: 0.1 stays 0.1, and is not 0.10000000149011612.
        DataType::Float32 => {
            let short = column.as_primitive::<Float32Type>().value(row).to_string();
            short.parse::<f64>().unwrap_or(f64::NAN).into()
        }
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        _ => Value::Null,
    }
}

/// The values of a column that holds lists, structures or maps, at any depth, as JSON. A field of a structure that is
/// null is left out.
fn nested_values(column: &ArrayRef) -> Result<Vec<Value>, ArrowError> {
    if let Some(to) = plain_type(column.data_type()) {
        let plain = to_plain(column, &to)?;
        return Ok((0..plain.len()).map(|row| value(&plain, row)).collect());
    }
    match column.data_type() {
        DataType::Struct(fields) => {
            let columns = column.as_struct().columns().iter().map(nested_values);
            let columns = columns.collect::<Result<Vec<_>, _>>()?;
            Ok(each_row(column, |row| {
                let given = fields.iter().zip(&columns).filter(|(_, values)| !values[row].is_null());
                given
                    .map(|(field, values)| (field.name().clone(), values[row].clone()))
                    .collect::<Map<_, _>>()
                    .into()
            }))
        }
        DataType::Map(..) => {
            let map = column.as_map();
            let (keys, values) = (nested_values(map.keys())?, nested_values(map.values())?);
            let key = |at: usize| keys[at].as_str().map_or_else(|| keys[at].to_string(), str::to_owned);
            Ok(each_row(column, |row| {
                let (from, to) = (map.value_offsets()[row] as usize, map.value_offsets()[row + 1] as usize);
                (from..to).map(|at| (key(at), values[at].clone())).collect::<Map<_, _>>().into()
            }))
        }
        DataType::List(item)
        | DataType::LargeList(item)
        | DataType::FixedSizeList(item, _)
        | DataType::ListView(item)
        | DataType::LargeListView(item) => {
            let column = cast(column, &DataType::LargeList(item.clone()))?;
            let list = column.as_list::<i64>();
            let values = nested_values(list.values())?;
            Ok(each_row(&column, |row| {
                let (from, to) = (list.value_offsets()[row] as usize, list.value_offsets()[row + 1] as usize);
                values[from..to].to_vec().into()
            }))
        }
        _ => (0..column.len()).map(|row| Ok(array_value_to_string(column, row)?.into())).collect(),
    }
}

/// A value for each row of a column that is not null.
fn each_row(column: &ArrayRef, of: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..column.len()).map(|row| if column.is_null(row) { Value::Null } else { of(row) }).collect()
}
