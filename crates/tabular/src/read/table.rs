//! Files of rows, whatever their kind, to the fields of each row.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use super::columnar;
use super::delimited::{self, Separator};
use super::encoding::from_utf16;
use super::lines::{Fields, json_lines};
use super::source::explain;
use super::spreadsheet;
use crate::cause::Cause;
use crate::error::TabularError;
use crate::format::{InputFormat, Packing};
use crate::remark::Remark;

/// What is to be told of one file: each kind of thing once, with the first place and a count.
pub(crate) struct Told {
    file: String,
    remarks: Vec<Remark>,
    half_characters: Option<(u64, usize)>,
    open_quotes: Option<(u64, usize)>,
}

impl Told {
    /// Of the file that results call so.
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), remarks: Vec::new(), half_characters: None, open_quotes: None }
    }

    pub(crate) fn encoding(&mut self, problem: String) {
        self.remarks.push(Remark::Encoding { file: self.file.clone(), problem });
    }

    pub(crate) fn half_characters(&mut self, line: u64) {
        self.half_characters.get_or_insert((line, 0)).1 += 1;
    }

    pub(crate) fn open_quote(&mut self, line: u64) {
        self.open_quotes.get_or_insert((line, 0)).1 += 1;
    }

    pub(crate) fn sheet_left(&mut self, sheet: String) {
        self.remarks.push(Remark::SheetLeft { file: self.file.clone(), sheet });
    }

    pub(crate) fn column_left(&mut self, column: &str, message: String) {
        let remark = Remark::ColumnLeft { file: self.file.clone(), column: column.to_owned(), message };
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// Everything, in one order.
    pub(crate) fn finish(self) -> Vec<Remark> {
        let Self { file, mut remarks, half_characters, open_quotes } = self;
        if let Some((line, lines)) = half_characters {
            remarks.push(Remark::HalfCharacters { file: file.clone(), line, lines });
        }
        if let Some((line, rows)) = open_quotes {
            remarks.push(Remark::OpenQuote { file, line, rows });
        }
        remarks
    }
}

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
    /// Most bytes that the file may unpack to.
    pub max_file: u64,
}

impl TableFile<'_, '_> {
    /// Converts every row, in order. `convert` is given the line or row, from 1, and its fields.
    pub(crate) fn rows<T: Send>(
        mut self,
        kind: InputFormat,
        convert: &(impl Fn(u64, Fields) -> T + Sync),
        told: &mut Told,
    ) -> Result<Vec<T>, TabularError> {
        let failed = self.failed();
        match kind {
            InputFormat::Jsonl => {
                let mut reader = from_utf16(self.reader).map_err(&failed)?;
                json_lines(&mut reader, self.max_record, convert, told).map_err(failed)
            }
            InputFormat::Csv | InputFormat::Tsv => {
                let separator = if kind == InputFormat::Csv { Separator::Comma } else { Separator::Tab };
                let reader = from_utf16(self.reader).map_err(&failed)?;
                delimited::rows(self.path, reader, self.max_record, separator, &failed, convert, told)
            }
            InputFormat::Parquet => {
                let file = self.seekable()?;
                columnar::parquet(self.path, file, convert, told)
            }
            InputFormat::Spreadsheet => {
                let file = self.seekable()?;
                spreadsheet::rows(self.path, file, self.max_file, convert, told)
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
                    columnar::arrow_file(self.path, file, convert, told)
                } else {
                    columnar::arrow_stream(self.path, BufReader::new(self.reader), convert, told)
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
