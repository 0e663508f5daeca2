//! What can go wrong, each with the place and the remedy.

use std::io;
use std::path::{Path, PathBuf};

use throughline_schema::exit;
use throughline_schema::manifest::UnusedRow;

/// Why input could not be read or output could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TabularError {
    /// An input that is not there.
    #[error("{}: no such file or folder; check the name", path.display())]
    Missing {
        /// As the user named it.
        path: PathBuf,
    },
    /// The system refused to read or write.
    #[error("{}: could not {action}; check its permissions and the room on the disk", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried: `read it`, `write it`.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A file, or a line of one, that can't be used.
    #[error("{place}: {problem}; {remedy}", place = at(path, *line))]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Its line or row, from 1, where there is one.
        line: Option<u64>,
        /// What is wrong.
        problem: String,
        /// What mends it.
        remedy: String,
    },
    /// An input without a single article.
    #[error("{}: no article in it ({detail}); {remedy}", path.display())]
    NoArticles {
        /// The input as the user named it.
        path: PathBuf,
        /// What was found instead.
        detail: String,
        /// What mends it.
        remedy: String,
    },
    /// Two texts under one id.
    #[error(
        "{second}: the id \"{id}\" already stands for another text, at {first}; \
         give one of them another id, or none to have it derived from the text"
    )]
    SameId {
        /// The id.
        id: String,
        /// File and line of the first in canonical order.
        first: String,
        /// File and line of the other.
        second: String,
    },
    /// Unused rows where none is allowed.
    #[error("{count} {rows} can't be used, and --strict allows none:\n{listing}", rows = if *count == 1 { "row" } else { "rows" })]
    Strict {
        /// How many.
        count: usize,
        /// The first few, a line each.
        listing: String,
    },
    /// A folder that is not ours to replace, or not without being told to.
    #[error("{}: {problem}; {remedy}", path.display())]
    Output {
        /// The folder.
        path: PathBuf,
        /// What is in the way.
        problem: String,
        /// What mends it.
        remedy: String,
    },
    /// Rows that do not fit their table's description: a bug in the program.
    #[error("table {table}: {problem}; this is a bug, please report it")]
    Convert {
        /// The table.
        table: String,
        /// What the conversion said.
        problem: String,
    },
}

impl TabularError {
    /// The documented exit code, see [`throughline_schema::exit`].
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Io { .. } => exit::IO,
            Self::Convert { .. } => exit::BUG,
            _ => exit::DATA,
        }
    }

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

    pub(crate) fn unusable(path: &Path, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Unusable { path: path.to_owned(), line: None, problem: problem.into(), remedy: remedy.into() }
    }

    pub(crate) fn strict(unused: &[UnusedRow]) -> Self {
        const SHOWN: usize = 5;
        let mut listing: Vec<String> = unused
            .iter()
            .take(SHOWN)
            .map(|row| format!("  {}: {}", at(Path::new(&row.file), row.line), row.reason))
            .collect();
        if unused.len() > SHOWN {
            listing.push(format!("  and {} more", unused.len() - SHOWN));
        }
        Self::Strict { count: unused.len(), listing: listing.join("\n") }
    }
}

/// `news.jsonl, line 7`.
pub(crate) fn at(path: &Path, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{}, line {line}", path.display()),
        None => path.display().to_string(),
    }
}
