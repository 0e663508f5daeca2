//! Fields that the program does not know, as columns of their own.
//!
//! Each key is a column, by name. Its type is the one that all its values have; where they have none in
//! common it holds text: words as they stand, anything else as JSON. The column's metadata says which, so that reading
//! gives the fields back.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use arrow_schema::{DataType, Field, FieldRef};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use throughline_schema::table::{Record, Table};

use crate::TabularError;

/// Key of the metadata that marks such a column; its value is `value` or `json`.
pub(super) const MARK: &str = "throughline.extra";
const JSON: &str = "json";
const VALUE: &str = "value";
const PREFIX: &str = "extra_";

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Bool,
    Int,
    Double,
    Text,
    Json,
}

impl Form {
    fn of(value: &Value) -> Self {
        match value {
            Value::Bool(_) => Self::Bool,
            Value::Number(number) if number.is_i64() => Self::Int,
            Value::Number(number) if number.is_f64() => Self::Double,
            Value::String(_) => Self::Text,
            // An integer beyond 64 signed bits would lose digits as a float.
            _ => Self::Json,
        }
    }

    fn join(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Int, Self::Double) | (Self::Double, Self::Int) => Self::Double,
            _ => Self::Json,
        }
    }
}

/// The extra fields of all rows.
pub(crate) struct Extras {
    rows: Vec<Map<String, Value>>,
    /// Key, column name and form, by key.
    columns: Vec<(String, String, Form)>,
}

impl Extras {
    /// Collects the map that each row has under `column`.
    pub(crate) fn of<T: Record>(rows: &[T], table: &Table, column: &str) -> Result<Self, TabularError> {
        let mut maps = Vec::with_capacity(rows.len());
        let mut forms: BTreeMap<String, Form> = BTreeMap::new();
        for row in rows {
            let value = serde_json::to_value(row).map_err(|e| TabularError::Convert {
                table: table.name.to_owned(),
                problem: e.to_string(),
            })?;
            let map = match value {
                Value::Object(mut fields) => match fields.remove(column) {
                    Some(Value::Object(map)) => map,
                    _ => Map::new(),
                },
                _ => Map::new(),
            };
            for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                let form = Form::of(value);
                forms.entry(key.clone()).and_modify(|known| *known = known.join(form)).or_insert(form);
            }
            maps.push(map);
        }
        let columns = forms.into_iter().map(|(key, form)| (key.clone(), column_name(table, &key), form));
        Ok(Self { rows: maps, columns: columns.collect() })
    }

    pub(crate) fn fields(&self) -> Vec<FieldRef> {
        let field = |(_, name, form): &(String, String, Form)| {
            let (data_type, mark) = match form {
                Form::Bool => (DataType::Boolean, VALUE),
                Form::Int => (DataType::Int64, VALUE),
                Form::Double => (DataType::Float64, VALUE),
                Form::Text => (DataType::Utf8, VALUE),
                Form::Json => (DataType::Utf8, JSON),
            };
            let metadata = HashMap::from([(MARK.to_owned(), mark.to_owned())]);
            Arc::new(Field::new(name, data_type, true).with_metadata(metadata))
        };
        self.columns.iter().map(field).collect()
    }

    pub(crate) fn arrays(&self, range: Range<usize>) -> Vec<ArrayRef> {
        let rows = &self.rows[range];
        self.columns
            .iter()
            .map(|(key, _, form)| {
                let values = rows.iter().map(|row| row.get(key).filter(|value| !value.is_null()));
                match form {
                    Form::Bool => {
                        Arc::new(values.map(|v| v.and_then(Value::as_bool)).collect::<BooleanArray>())
                            as ArrayRef
                    }
                    Form::Int => Arc::new(values.map(|v| v.and_then(Value::as_i64)).collect::<Int64Array>()),
                    Form::Double => {
                        Arc::new(values.map(|v| v.and_then(Value::as_f64)).collect::<Float64Array>())
                    }
                    Form::Text => {
                        Arc::new(values.map(|v| v.and_then(Value::as_str)).collect::<StringArray>())
                    }
                    Form::Json => Arc::new(values.map(|v| v.map(mixed_text)).collect::<StringArray>()),
                }
            })
            .collect()
    }
}

/// A value of a column without a type: text as it stands, unless it would be read as JSON.
fn mixed_text(value: &Value) -> String {
    match value {
        Value::String(text) if serde_json::from_str::<IgnoredAny>(text).is_err() => text.clone(),
        other => other.to_string(),
    }
}

/// Whether a column holds values without a common type: JSON, or text that is none.
pub(crate) fn is_json(field: &Field) -> bool {
    field.metadata().get(MARK).is_some_and(|mark| mark == JSON)
}

fn is_base(table: &Table, name: &str) -> bool {
    table.columns.iter().any(|column| column.name == name)
}

/// `extra_` goes before a key that is, or that with the prefix would be, a column of the table.
fn column_name(table: &Table, key: &str) -> String {
    if is_base(table, key.trim_start_matches(PREFIX)) { format!("{PREFIX}{key}") } else { key.to_owned() }
}

/// The key of a column that is none of the table's own.
pub(crate) fn extra_key<'c>(table: &Table, column: &'c str) -> &'c str {
    match column.strip_prefix(PREFIX) {
        Some(key) if is_base(table, key.trim_start_matches(PREFIX)) => key,
        _ => column,
    }
}
