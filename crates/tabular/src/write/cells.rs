//! Single values of Arrow columns as JSON and CSV text.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::array_value_to_string;
use arrow_schema::{DataType, Field};
use serde::Serialize;
use serde::de::IgnoredAny;

use super::extra::{MARK, is_json};

/// One row as a JSON object. An extra field that the row lacks is left out; every other null is written.
pub(crate) fn json_row(batch: &RecordBatch, row: usize, out: &mut Vec<u8>) {
    let schema = batch.schema_ref();
    let mut separator = b'{';
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        let mark = field.metadata().get(MARK);
        if mark.is_some() && column.is_null(row) {
            continue;
        }
        out.push(separator);
        separator = b',';
        push(out, field.name());
        out.push(b':');
        json_cell(field, column, row, out);
    }
    if separator == b'{' {
        out.push(b'{');
    }
    out.push(b'}');
}

/// One value as JSON; JSON in a column without a type as it stands.
pub(crate) fn json_cell(field: &Field, column: &ArrayRef, row: usize, out: &mut Vec<u8>) {
    match column.as_string_opt::<i32>() {
        Some(text) if is_json(field) && !column.is_null(row) => {
            let text = text.value(row);
            match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => out.extend_from_slice(text.as_bytes()),
                Err(_) => push(out, text),
            }
        }
        _ => json(column, row, out),
    }
}

/// One value as a CSV field: text as it is, null as nothing, anything nested as JSON.
pub(crate) fn csv_cell(field: &Field, column: &ArrayRef, row: usize, out: &mut Vec<u8>) {
    if column.is_null(row) {
        return;
    }
    match column.as_string_opt::<i32>() {
        Some(text) if is_json(field) => {
            let text = text.value(row);
            let plain = serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned());
            out.extend_from_slice(plain.as_bytes());
        }
        Some(text) => out.extend_from_slice(text.value(row).as_bytes()),
        None => json(column, row, out),
    }
}

fn push<V: Serialize + ?Sized>(out: &mut Vec<u8>, value: &V) {
    // Numbers, booleans and text always serialise, and memory takes every byte.
    serde_json::to_writer(out, value).expect("a plain value is JSON");
}

fn json(array: &dyn Array, row: usize, out: &mut Vec<u8>) {
    if array.is_null(row) {
        out.extend_from_slice(b"null");
        return;
    }
    match array.data_type() {
        DataType::Boolean => push(out, &array.as_boolean().value(row)),
        DataType::Int64 => push(out, &array.as_primitive::<Int64Type>().value(row)),
        DataType::Float32 => push(out, &array.as_primitive::<Float32Type>().value(row)),
        DataType::Float64 => push(out, &array.as_primitive::<Float64Type>().value(row)),
        DataType::Utf8 => push(out, array.as_string::<i32>().value(row)),
        DataType::List(_) => list(&array.as_list::<i32>().value(row), out),
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(row), out),
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns();
            let mut separator = b'{';
            for (field, column) in fields.iter().zip(columns) {
                out.push(separator);
                separator = b',';
                push(out, field.name());
                out.push(b':');
                json(column, row, out);
            }
            if separator == b'{' {
                out.push(b'{');
            }
            out.push(b'}');
        }
        // No table of ours has another type; a newer one's is shown as text.
        _ => push(out, &array_value_to_string(array, row).unwrap_or_default()),
    }
}

fn list(values: &ArrayRef, out: &mut Vec<u8>) {
    out.push(b'[');
    for item in 0..values.len() {
        if item > 0 {
            out.push(b',');
        }
        json(values, item, out);
    }
    out.push(b']');
}
