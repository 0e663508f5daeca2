//! Inputs to articles.
//!
//! [`discover`](discover::discover) turns what the user named into files; each file is read on its own
//! ([`file`]) into drafts, rows that may lack an id; [`assemble`](assemble::assemble) gives ids, finds
//! repeats and sorts.

mod assemble;
mod columnar;
pub(crate) mod columns;
mod delimited;
mod discover;
mod encoding;
mod file;
pub(crate) mod file_names;
mod first_line;
mod front_matter;
mod html;
mod outlet;
pub(crate) mod row;

pub(crate) mod lines;
pub(crate) mod source;
mod spreadsheet;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use rayon::prelude::*;
use throughline_schema::Article;
use throughline_schema::manifest::InputFile;

use self::columns::Field;
use self::file_names::FileNames;
use crate::{InputFormat, Instead, Remark, TabularError, Unused};

/// How input is read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Reads every file as this kind, whatever its name; by default the extension tells.
    pub format: Option<InputFormat>,
    /// Longest text of one article, in bytes of UTF-8; longer ones are listed as unused.
    pub max_text_bytes: usize,
    /// Most bytes that one file may unpack to; more is an error.
    pub max_file_bytes: u64,
    /// Makes any unused row an error.
    pub strict: bool,
    /// Columns that hold a field and are not called as it. Other common names are known without being said.
    pub columns: BTreeMap<Field, String>,
    /// What folders and file names say of the articles in them, where the files do not say it themselves.
    pub file_names: Option<FileNames>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            max_text_bytes: 10_000_000,
            max_file_bytes: 4_000_000_000,
            strict: false,
            columns: BTreeMap::new(),
            file_names: None,
        }
    }
}

/// Everything that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Corpus {
    /// The articles, by id.
    pub articles: Vec<Article>,
    /// The files, by path.
    pub inputs: Vec<InputFile>,
    /// Rows that can't be used or hold no text, by file and line, with the cause.
    pub unused_rows: Vec<Unused>,
    /// What the reader should know, such as an encoding that had to be guessed.
    pub remarks: Vec<Remark>,
}

/// Reads files, folders (recursively) and, where an input is `-`, `stdin`.
///
/// # Errors
/// An input that is missing, can't be read or holds no article; a file that is damaged as a whole; an id
/// that two different texts claim; with `strict`, any unused row.
pub fn read_corpus(
    inputs: &[PathBuf],
    stdin: impl Read + Send,
    options: &ReadOptions,
) -> Result<Corpus, TabularError> {
    let found = discover::discover(inputs, options)?;
    let mut files = Vec::with_capacity(found.files.len());
    let mut stdin = Some(stdin);
    for source in found.files.iter().filter(|source| source.is_stdin()) {
        if let Some(stdin) = stdin.take() {
            files.push((source, file::read_stdin(source, stdin, options)?));
        }
    }
    let named: Vec<_> = found.files.iter().filter(|source| !source.is_stdin()).collect();
    let read: Vec<_> = named.par_iter().map(|source| file::read_file(source, options)).collect();
    for (source, rows) in named.into_iter().zip(read) {
        files.push((source, rows?));
    }
    check_each_gave(inputs, &files)?;

    let corpus =
        assemble::assemble(files.into_iter().map(|(_, rows)| rows).collect(), found.unused, options)?;
    if options.strict && !corpus.unused_rows.is_empty() {
        return Err(TabularError::Strict(corpus.unused_rows));
    }
    Ok(corpus)
}

/// An input that gave no article at all is an error, however much the others gave.
fn check_each_gave(
    inputs: &[PathBuf],
    files: &[(&discover::Source, file::FileRows)],
) -> Result<(), TabularError> {
    for (input, path) in inputs.iter().enumerate() {
        let of_input = files.iter().filter(|(source, _)| source.input == input);
        // A file that was named twice is read once, and a file without any row has an unused one that says so.
        if of_input.clone().all(|(_, rows)| rows.drafts.is_empty())
            && let Some(first) = of_input.flat_map(|(_, rows)| &rows.unused).next()
        {
            let found = Instead::UnusableRows(Box::new(first.clone()));
            return Err(TabularError::NoArticles { path: path.clone(), found });
        }
    }
    Ok(())
}
