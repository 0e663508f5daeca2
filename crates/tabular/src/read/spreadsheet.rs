//! Workbooks of Excel and OpenDocument to the fields of each row.
//!
//! The first row of a sheet names its columns. The first sheet with rows is read, and every other with the same columns, as
//! workbooks have that hold a sheet a month.

use std::fs::File;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, ExcelDateTime, Range, Reader, open_workbook_auto_from_rs};
use serde_json::{Map, Value};

use super::lines::Fields;
use super::source::explain;
use super::table::Told;
use crate::cause::Cause;
use crate::error::TabularError;
use crate::format::Packing;

pub(crate) fn rows<T>(
    path: &Path,
    mut file: File,
    most: u64,
    convert: &impl Fn(u64, Fields) -> T,
    told: &mut Told,
) -> Result<Vec<T>, TabularError> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| explain(path, Packing::Plain, error))?;
    let bytes: Arc<[u8]> = bytes.into();
    if unpacked(&bytes).is_some_and(|unpacked| unpacked > most) {
        return Err(TabularError::unusable(path, Cause::FileTooLong { limit: most }));
    }
    let damaged =
        |message: String| TabularError::unusable(path, Cause::Damaged { form: "spreadsheet", message });
    // The reader trusts some lengths that a damaged file gives.
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(bytes)))
        .map_err(|_| damaged("it can't be taken apart".to_owned()))?
        .map_err(damaged)?;

    let mut columns: Option<Vec<String>> = None;
    let mut out = Vec::new();
    for (name, range) in sheets {
        let Some((first_row, _)) = range.start() else { continue };
        let mut rows = range.rows().zip(u64::from(first_row) + 1..).skip_while(|(row, _)| is_blank(row));
        let Some((header, line)) = rows.next() else { continue };
        let own = names(header).map_err(|cause| TabularError::unusable_row(path, line, cause))?;
        match &columns {
            Some(known) if *known != own => {
                told.sheet_left(name);
                continue;
            }
            _ => {}
        }
        for (row, line) in rows.filter(|(row, _)| !is_blank(row)) {
            let fields: Map<String, Value> = own.iter().cloned().zip(row.iter().map(value)).collect();
            out.push(convert(line, Ok(fields)));
        }
        columns = Some(own);
    }
    Ok(out)
}

/// The sheets that hold cells, in their order.
fn sheets(bytes: Arc<[u8]>) -> Result<Vec<(String, Range<Data>)>, String> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
        sheets.push((name, range));
    }
    Ok(sheets)
}

/// Bytes of the files packed in a workbook; none where it is not packed.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let sizes = (0..archive.len()).map(|at| archive.by_index_raw(at).map_or(0, |file| file.size()));
    Some(sizes.sum())
}

fn is_blank(row: &[Data]) -> bool {
    row.iter().all(|cell| match cell {
        Data::Empty => true,
        Data::String(text) => text.trim().is_empty(),
        _ => false,
    })
}

fn names(header: &[Data]) -> Result<Vec<String>, Cause> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (at, cell) in header.iter().enumerate() {
        let name = match value(cell) {
            Value::String(name) if !name.trim().is_empty() => name.trim().to_owned(),
            Value::Null | Value::String(_) => format!("column_{}", at + 1),
            other => other.to_string(),
        };
        if names.contains(&name) {
            return Err(Cause::SameColumn { name });
        }
        names.push(name);
    }
    Ok(names)
}

/// A cell as JSON: whole numbers as such, days and times in ISO 8601, errors of formulas as nothing.
fn value(cell: &Data) -> Value {
    match cell {
        Data::Empty | Data::Error(_) => Value::Null,
        Data::String(text) if text.is_empty() => Value::Null,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone().into(),
        Data::Bool(value) => (*value).into(),
        Data::Int(number) => (*number).into(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => (*number as i64).into(),
        Data::Float(number) => (*number).into(),
        Data::DateTime(time) if time.is_duration() => time.as_f64().into(),
        Data::DateTime(time) => written(*time).into(),
    }
}

fn written(time: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date}T{hour:02}:{minute:02}:{second:02}")
    }
}
