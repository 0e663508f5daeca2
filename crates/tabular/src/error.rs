//! What can go wrong, with the place and the cause.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use throughline_schema::manifest::UnusedRow;

use crate::cause::Cause;
use crate::read::columns::Field;
use crate::remark::count;

/// Why input could not be read or output could not be written.
///
/// A message says what is wrong and where; what mends it depends on the program, which finds it by the variant and
/// the [`Cause`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TabularError {
    /// An input that is not there.
    #[error("{}: no such file or folder", path.display())]
    Missing {
        /// As the user named it.
        path: PathBuf,
    },
    /// The system refused to read or write.
    #[error("{}: could not {action}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried: `read it`, `write it`.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A file, or a line of one, that can't be used.
    #[error("{}: {cause}", at(path, *line))]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Its line or row, from 1, where there is one.
        line: Option<u64>,
        /// What is wrong.
        cause: Cause,
    },
    /// An input without a single article.
    #[error("{}: no article in it ({found})", path.display())]
    NoArticles {
        /// The input as the user named it.
        path: PathBuf,
        /// What was found instead.
        found: Instead,
    },
    /// A column that the user names and that no row has.
    #[error("no row has the column `{column}`, which should be the {field} (there are: {})", columns.join(", "))]
    NoColumn {
        /// The field.
        field: Field,
        /// The column.
        column: String,
        /// The columns of the first row, as far as they are no fields.
        columns: Vec<String>,
    },
    /// Two texts under one id.
    #[error("{second}: the id \"{id}\" already stands for another text, at {first}")]
    SameId {
        /// The id.
        id: String,
        /// File and line of the first in canonical order.
        first: String,
        /// File and line of the other.
        second: String,
    },
    /// Rows that can't be used, where [`strict`](crate::ReadOptions::strict) allows none.
    #[error("{} can't be used, and none may be left out:\n{}", count(.0.len(), "row"), listing(.0, Unused::to_string))]
    Strict(
        /// All of them.
        Vec<Unused>,
    ),
    /// A folder that is not ours to replace, or not without being told to.
    #[error("{}: {obstacle}", path.display())]
    Output {
        /// The folder.
        path: PathBuf,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// Rows that do not fit their table's description: a bug in the program.
    #[error("table {table}: {problem}")]
    Convert {
        /// The table.
        table: String,
        /// What the conversion said.
        problem: String,
    },
}

/// A file or row of input that gives no article, or an empty one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The file it stands in.
    pub file: String,
    /// Its line or row number in that file, from 1; none where the file is the row.
    pub line: Option<u64>,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Why.
    pub cause: Cause,
}

impl Unused {
    /// The form that a manifest keeps, with the reason in these words.
    pub fn with_reason(&self, reason: String) -> UnusedRow {
        UnusedRow { file: self.file.clone(), line: self.line, id: self.id.clone(), reason }
    }
}

impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", at(Path::new(&self.file), self.line), self.cause)
    }
}

/// What an input holds that has no article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Instead {
    /// Nothing.
    #[error("the folder is empty")]
    EmptyFolder,
    /// Files that are not read.
    #[error("{}, such as {first}", if *.files == 1 { "one file of another kind".to_owned() } else { format!("{files} files of other kinds") })]
    OtherFiles {
        /// How many.
        files: usize,
        /// One of them.
        first: Box<Unused>,
    },
    /// Rows none of which can be used.
    #[error("{0}")]
    UnusableRows(
        /// The first.
        Box<Unused>,
    ),
}

/// What keeps a run folder from taking its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// A file of that name.
    #[error("it is a file, and a run is a folder")]
    File,
    /// A folder that no run wrote.
    #[error("the folder holds something else than a run, and is left alone")]
    OtherFolder,
    /// A run, which nobody asked to replace.
    #[error("an older run is there")]
    OlderRun,
}

/// The first few unused rows, a line each, in the words that `word` finds.
pub fn listing(unused: &[Unused], word: impl Fn(&Unused) -> String) -> String {
    const SHOWN: usize = 5;
    let mut lines: Vec<String> = unused.iter().take(SHOWN).map(|row| format!("  {}", word(row))).collect();
    if unused.len() > SHOWN {
        lines.push(format!("  and {} more", unused.len() - SHOWN));
    }
    lines.join("\n")
}

impl TabularError {
    /// Whether the reader of our output went away, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(crate) fn read(path: &Path, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::NotFound {
            return Self::Missing { path: path.to_owned() };
        }
        Self::Io { path: path.to_owned(), action: "read it", source }
    }

    pub(crate) fn write(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), action: "write it", source }
    }

    pub(crate) fn unusable(path: &Path, cause: Cause) -> Self {
        Self::Unusable { path: path.to_owned(), line: None, cause }
    }

    pub(crate) fn unusable_row(path: &Path, line: u64, cause: Cause) -> Self {
        Self::Unusable { path: path.to_owned(), line: Some(line), cause }
    }
}

/// `news.jsonl, line 7`.
pub(crate) fn at(path: &Path, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{}, line {line}", path.display()),
        None => path.display().to_string(),
    }
}
