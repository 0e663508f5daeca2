//! The run folder: written whole or not at all, and read back.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::{Array, BooleanArray, RecordBatch};
use arrow_schema::Schema;
use arrow_select::filter::filter_record_batch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::de::DeserializeOwned;
use throughline_schema::manifest::{FORMAT, Manifest};
use throughline_schema::table::{Kind, Record, Table};

use crate::write::{extra_key, json_row, write_batches, write_rows};
use crate::{Cause, Obstacle, OutputFormat, TabularError};

mod making;

use making::Making;

const MANIFEST: &str = "manifest.json";

/// A run folder in the making. It lies beside its place and takes it when it is whole; dropped before
/// that, it leaves nothing behind. What a program left there that was killed is removed by the next one.
#[derive(Debug)]
pub struct RunFolder {
    place: PathBuf,
    making: Making,
    rows: BTreeMap<String, u64>,
}

impl RunFolder {
    /// Begins a folder that will stand at `place`.
    ///
    /// # Errors
    /// `place` is something else than a run folder (an empty folder is fine), or it is one and `overwrite`
    /// was not asked for; or nothing can be written there.
    pub fn begin(place: &Path, overwrite: bool) -> Result<Self, TabularError> {
        check_place(place, overwrite)?;
        let making = Making::begin(place)?;
        Ok(Self { place: place.to_owned(), making, rows: BTreeMap::new() })
    }

    /// Where the folder lies while it is made, for what is not a table.
    pub fn path(&self) -> &Path {
        self.making.path()
    }

    /// Adds a table under its own name.
    pub fn add<T: Record>(&mut self, rows: &[T]) -> Result<(), TabularError> {
        self.add_as(T::TABLE.name, rows)
    }

    /// Adds a table under another name, where one record type serves two tables.
    pub fn add_as<T: Record>(&mut self, name: &str, rows: &[T]) -> Result<(), TabularError> {
        let path = self.making.path().join(format!("{name}.parquet"));
        let failed = |e| TabularError::write(&path, e);
        let mut file = BufWriter::new(File::create(&path).map_err(failed)?);
        write_rows(rows, OutputFormat::Parquet, &mut file)?;
        let file = file.into_inner().map_err(|e| failed(e.into_error()))?;
        file.sync_all().map_err(failed)?;
        self.rows.insert(name.to_owned(), rows.len() as u64);
        Ok(())
    }

    /// Rows of each table so far, as the manifest lists them.
    pub fn rows(&self) -> &BTreeMap<String, u64> {
        &self.rows
    }

    /// Writes the manifest and puts the folder in its place; an older run there is replaced.
    pub fn finish(self, manifest: &Manifest) -> Result<(), TabularError> {
        let path = self.making.path().join(MANIFEST);
        let failed = |e| TabularError::write(&path, e);
        let mut text = serde_json::to_vec_pretty(manifest)
            .map_err(|e| TabularError::Convert { table: MANIFEST.into(), problem: e.to_string() })?;
        text.push(b'\n');
        let mut file = File::create(&path).map_err(failed)?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(failed)?;

        check_place(&self.place, true)?;
        self.making.put(&self.place).map_err(|e| TabularError::write(&self.place, e))
    }
}

fn check_place(place: &Path, overwrite: bool) -> Result<(), TabularError> {
    let error = |obstacle| Err(TabularError::Output { path: place.to_owned(), obstacle });
    let metadata = match fs::metadata(place) {
        Ok(metadata) => metadata,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(TabularError::write(place, e)),
    };
    if !metadata.is_dir() {
        return error(Obstacle::File);
    }
    let mut entries = fs::read_dir(place).map_err(|e| TabularError::read(place, e))?;
    if entries.next().is_none() {
        return Ok(());
    }
    if !is_run(place) {
        return error(Obstacle::OtherFolder);
    }
    if !overwrite {
        return error(Obstacle::OlderRun);
    }
    Ok(())
}

/// Whether a folder was written by us, by a newer version too.
pub(crate) fn is_run(folder: &Path) -> bool {
    match read_manifest(folder) {
        Ok(_) => true,
        Err(_) => fs::read(folder.join(MANIFEST)).is_ok_and(|text| is_newer(&text)),
    }
}

/// Whether this is the manifest of a form that is yet to come.
fn is_newer(text: &[u8]) -> bool {
    let manifest: Result<serde_json::Value, _> = serde_json::from_slice(text);
    manifest.is_ok_and(|m| {
        m["format"].as_u64().is_some_and(|format| format > u64::from(FORMAT)) && m["program"].is_string()
    })
}

fn read_manifest(folder: &Path) -> Result<Manifest, TabularError> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).map_err(|e| TabularError::read(&path, e))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|e| TabularError::unusable(&path, Cause::NotManifest { message: e.to_string() }))?;
    if manifest.format > FORMAT {
        let cause = Cause::NewerRun { found: manifest.format, known: FORMAT };
        return Err(TabularError::unusable(&path, cause));
    }
    Ok(manifest)
}

/// A run folder to read from.
#[derive(Clone, Debug)]
pub struct Run {
    path: PathBuf,
    /// What the run says of itself.
    pub manifest: Manifest,
}

/// Opens a run folder.
///
/// # Errors
/// It is missing, or no run folder.
pub fn open_run(folder: &Path) -> Result<Run, TabularError> {
    let metadata = fs::metadata(folder).map_err(|e| TabularError::read(folder, e))?;
    if !metadata.is_dir() || !folder.join(MANIFEST).exists() {
        return Err(TabularError::unusable(folder, Cause::NotRun));
    }
    Ok(Run { path: folder.to_owned(), manifest: read_manifest(folder)? })
}

impl Run {
    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Names of its tables.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.manifest.rows.keys().map(String::as_str)
    }

    /// The rows of the record's own table.
    pub fn read<T: Record + DeserializeOwned>(&self) -> Result<Vec<T>, TabularError> {
        self.read_as(T::TABLE.name)
    }

    /// The rows of a table that has another name than its record.
    pub fn read_as<T: Record + DeserializeOwned>(&self, table: &str) -> Result<Vec<T>, TabularError> {
        read_rows(&self.table(table)?)
    }

    /// The file of a table.
    fn table(&self, name: &str) -> Result<PathBuf, TabularError> {
        if !self.manifest.rows.contains_key(name) {
            let tables = self.tables().map(str::to_owned).collect();
            return Err(TabularError::unusable(
                &self.path,
                Cause::NoTable { table: name.to_owned(), tables },
            ));
        }
        Ok(self.path.join(format!("{name}.parquet")))
    }
}

/// Gives the text in a column of a row; none where the column is missing, is null or holds something else.
pub type Cell<'r> = dyn Fn(&str) -> Option<&'r str> + 'r;

/// What is copied of a table.
#[derive(Clone, Copy, Default)]
pub struct Pick<'p> {
    /// These columns, in this order; all of them where none is named.
    pub columns: &'p [String],
    /// The rows for which this is true; all of them where there is none.
    pub rows: Option<&'p dyn for<'r> Fn(&Cell<'r>) -> bool>,
}

/// Copies a table of a run to any format, whatever its columns.
///
/// # Errors
/// A table or a column that the run does not have, or a place that can't be written.
pub fn copy_table(
    run: &Run,
    table: &str,
    pick: Pick<'_>,
    format: OutputFormat,
    out: &mut dyn Write,
) -> Result<(), TabularError> {
    let path = run.table(table)?;
    let (schema, batches) = batches(&path)?;
    let mut places: Vec<usize> = Vec::with_capacity(pick.columns.len());
    for column in pick.columns {
        places.push(schema.index_of(column).map_err(|_| {
            let columns = schema.fields().iter().map(|field| field.name().clone()).collect();
            TabularError::unusable(&run.path, Cause::NoTableColumn { column: column.clone(), columns })
        })?);
    }
    if places.is_empty() {
        places = (0..schema.fields().len()).collect();
    }
    let converted = |error: arrow_schema::ArrowError| TabularError::Convert {
        table: table.to_owned(),
        problem: error.to_string(),
    };
    let picked = schema.project(&places).map_err(converted)?;
    let batches = batches.map(|batch| {
        let mut batch = batch?;
        if let Some(keeps) = pick.rows {
            batch = filter_record_batch(&batch, &kept(&batch, keeps)).map_err(converted)?;
        }
        batch.project(&places).map_err(converted)
    });
    write_batches(table, picked.into(), batches, format, out)
}

/// Which rows of a batch are kept.
fn kept(batch: &RecordBatch, keeps: &dyn for<'r> Fn(&Cell<'r>) -> bool) -> BooleanArray {
    let keep = |row: usize| {
        keeps(&move |name: &str| {
            let column = batch.column_by_name(name)?.as_string_opt::<i32>()?;
            (!column.is_null(row)).then(|| column.value(row))
        })
    };
    (0..batch.num_rows()).map(|row| Some(keep(row))).collect()
}

/// The rows of a table that was written as Parquet.
///
/// # Errors
/// The file is missing or damaged, or holds another table.
pub fn read_rows<T: Record + DeserializeOwned>(path: &Path) -> Result<Vec<T>, TabularError> {
    let (_, batches) = batches(path)?;
    let mut rows = Vec::new();
    let other = |message| TabularError::unusable(path, Cause::OtherTable { table: T::TABLE.name, message });
    let extra = T::TABLE.columns.iter().find(|column| column.kind == Kind::Json);
    for batch in batches {
        let batch = batch?;
        match extra {
            None => {
                let read: Vec<T> =
                    serde_arrow::from_record_batch(&batch).map_err(|e| other(e.to_string()))?;
                rows.extend(read);
            }
            Some(extra) => {
                let (base, others) = split(&T::TABLE, &batch);
                let mut line = Vec::new();
                for row in 0..batch.num_rows() {
                    line.clear();
                    json_row(&base, row, &mut line);
                    line.pop();
                    line.extend_from_slice(format!(",\"{}\":", extra.name).as_bytes());
                    json_row(&others, row, &mut line);
                    line.push(b'}');
                    rows.push(serde_json::from_slice(&line).map_err(|e| other(e.to_string()))?);
                }
            }
        }
    }
    Ok(rows)
}

/// The table's own columns, and the others under the keys that they had.
fn split(table: &Table, batch: &RecordBatch) -> (RecordBatch, RecordBatch) {
    let own =
        |name: &str| table.columns.iter().any(|column| column.name == name && column.kind != Kind::Json);
    let schema = batch.schema_ref();
    let (base, others): (Vec<usize>, Vec<usize>) =
        (0..batch.num_columns()).partition(|i| own(schema.field(*i).name()));
    let part = |columns: &[usize], name: &dyn Fn(&str) -> String| {
        let fields: Vec<_> = columns
            .iter()
            .map(|i| {
                let field = schema.field(*i).clone();
                let renamed = name(field.name());
                field.with_name(renamed)
            })
            .collect();
        let arrays = columns.iter().map(|i| batch.column(*i).clone()).collect();
        let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(Schema::new(fields).into(), arrays, &options)
            .expect("columns of one batch make a batch")
    };
    (part(&base, &|name| name.to_owned()), part(&others, &|name| extra_key(table, name).to_owned()))
}

type BatchIter = Box<dyn Iterator<Item = Result<RecordBatch, TabularError>>>;

fn batches(path: &Path) -> Result<(Schema, BatchIter), TabularError> {
    let file = File::open(path).map_err(|e| TabularError::read(path, e))?;
    let damaged = {
        let path = path.to_owned();
        move |message| TabularError::unusable(&path, Cause::Damaged { form: "Parquet", message })
    };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| damaged(e.to_string()))?;
    let schema = reader.schema().as_ref().clone();
    let reader = reader.with_batch_size(8_192).build().map_err(|e| damaged(e.to_string()))?;
    Ok((schema, Box::new(reader.map(move |batch| batch.map_err(|e| damaged(e.to_string()))))))
}
