//! Files of rows, whatever their kind, to the fields of each row.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use super::columnar;
use super::delimited;
use super::lines::{Fields, json_lines};
use super::source::explain;
use crate::cause::Cause;
use crate::error::TabularError;
use crate::format::{InputFormat, Packing};

/// A file of rows, open for reading.
pub(crate) struct TableFile<'f, 'r> {
    /// Its place, for messages; `-` for standard input.
    pub path: &'f Path,
    /// How it is packed.
    pub packing: Packing,
    /// Its unpacked bytes.
    pub reader: Box<dyn Read + Send + 'r>,
    /// Most bytes of one line or record.
    pub max_record: usize,
}

impl TableFile<'_, '_> {
    /// Converts every row, in order. `convert` is given the line or row, from 1, and its fields.
    pub(crate) fn rows<T: Send>(
        mut self,
        kind: InputFormat,
        convert: &(impl Fn(u64, Fields) -> T + Sync),
    ) -> Result<Vec<T>, TabularError> {
        match kind {
            InputFormat::Jsonl => {
                json_lines(&mut self.reader, self.max_record, convert).map_err(self.failed())
            }
            InputFormat::Csv | InputFormat::Tsv => {
                let delimiter = if kind == InputFormat::Csv { b',' } else { b'\t' };
                let failed = self.failed();
                delimited::rows(self.path, self.reader, self.max_record, delimiter, &failed, convert)
            }
            InputFormat::Parquet => {
                let file = self.seekable()?;
                columnar::parquet(self.path, file, convert)
            }
            InputFormat::Arrow => {
                let mut start = Vec::new();
                let taken = self.reader.by_ref().take(6).read_to_end(&mut start);
                taken.map_err(self.failed())?;
                let is_file = start == b"ARROW1";
                let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
                self.reader = Box::new(io::Cursor::new(start).chain(rest));
                if is_file {
                    let file = self.seekable()?;
                    columnar::arrow_file(self.path, file, convert)
                } else {
                    columnar::arrow_stream(self.path, BufReader::new(self.reader), convert)
                }
            }
            InputFormat::Text | InputFormat::Markdown | InputFormat::Html => {
                Err(TabularError::unusable(self.path, Cause::NotRows { format: kind }))
            }
        }
    }

    /// What an error while reading means.
    pub(crate) fn failed(&self) -> impl Fn(io::Error) -> TabularError + use<> {
        let (path, packing) = (self.path.to_owned(), self.packing);
        move |error| explain(&path, packing, error)
    }

    /// The file itself where that can be read in any order, else a temporary copy of what it unpacks to.
    fn seekable(&mut self) -> Result<File, TabularError> {
        if self.packing == Packing::Plain && self.path.is_file() {
            return File::open(self.path).map_err(self.failed());
        }
        let mut copy = tempfile::tempfile().map_err(|e| TabularError::write(&std::env::temp_dir(), e))?;
        io::copy(&mut self.reader, &mut copy).map_err(self.failed())?;
        copy.rewind().map_err(self.failed())?;
        Ok(copy)
    }
}
