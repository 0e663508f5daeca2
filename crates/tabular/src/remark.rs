//! What a reader should know of input that was read all the same.

use crate::read::columns::Field;

/// Something to know of what was read. It says what is the matter, not what mends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Remark {
    /// An encoding that had to be guessed, or bytes that are of none.
    #[error("{file}: {problem}")]
    Encoding {
        /// The file.
        file: String,
        /// What was done.
        problem: String,
    },
    /// Halves of characters in JSON, each read as U+FFFD.
    #[error(
        "{file}, line {line}: {lines} lines hold \\u escapes of half a character; each is read as U+FFFD"
    )]
    HalfCharacters {
        /// The file.
        file: String,
        /// The first line.
        line: u64,
        /// How many lines.
        lines: usize,
    },
    /// Quotation marks of a table that no other closes; they are read as part of their fields.
    #[error(
        "{file}, line {line}: {rows} rows have a quotation mark that is never closed; it is read as it stands"
    )]
    OpenQuote {
        /// The file.
        file: String,
        /// The first line.
        line: u64,
        /// How many rows.
        rows: usize,
    },
    /// A column that is not called as its field.
    #[error("the column `{column}` is read as `{field}` of {}, the first in {file}", count(*rows, "row"))]
    ColumnTaken {
        /// The field.
        field: Field,
        /// The column.
        column: String,
        /// How many rows.
        rows: usize,
        /// The file of the first.
        file: String,
    },
    /// A sheet that is not read.
    #[error("{file}: the sheet \"{sheet}\" is not read, since its columns are not those of the first")]
    SheetLeft {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
    },
    /// Files whose names do not have the form that was said.
    #[error("{} without a name of the form {pattern}, such as {first}", count(*files, "file"))]
    FileNames {
        /// How many.
        files: usize,
        /// The form.
        pattern: String,
        /// The first of them.
        first: String,
    },
    /// A column whose values could not be read.
    #[error("{file}: the column `{column}` is of a type that is not read ({message})")]
    ColumnLeft {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// What reading it said.
        message: String,
    },
}

/// `1 row`, `3 rows`.
pub(crate) fn count(number: usize, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
}
