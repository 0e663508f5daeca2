//! What can be wrong with a file or with a row of it. What mends it is for the program that reads to say.

use crate::format::InputFormat;

/// What is wrong with a file, or with one row of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// A file of a kind that is not read.
    #[error("{0}")]
    NotRead(OtherKind),
    /// A link to a folder that it stands in; it is not followed.
    #[error("a link back to {to}; it was not followed")]
    LinkBack {
        /// The folder.
        to: String,
    },
    /// A run folder inside a folder of input; its tables are not taken for articles.
    #[error("a run folder")]
    RunFolder,
    /// A file without a row.
    #[error("no row in it")]
    NoRow,
    /// A name that does not tell which rows a file holds.
    #[error("its name does not tell what it holds")]
    UnknownTable,
    /// A text or page where rows are needed.
    #[error("a {format} file has no rows")]
    NotRows {
        /// What the file is.
        format: InputFormat,
    },
    /// A file that unpacks to more than [`max_file_bytes`](crate::ReadOptions::max_file_bytes).
    #[error("it holds more than {limit} bytes once unpacked")]
    FileTooLong {
        /// What is allowed.
        limit: u64,
    },
    /// A file that is not of its form.
    #[error("its {form} data is damaged, cut off or not {form} at all ({message})")]
    Damaged {
        /// The form, such as `gzip` or `Parquet`.
        form: &'static str,
        /// What its reader said.
        message: String,
    },
    /// A folder without a manifest where a run is needed.
    #[error("not a run folder: it has no manifest.json")]
    NotRun,
    /// A `manifest.json` of something else.
    #[error("not the manifest of a run ({message})")]
    NotManifest {
        /// What reading it said.
        message: String,
    },
    /// A run in a form that is yet to come.
    #[error("of form {found}, and this program knows forms up to {known}")]
    NewerRun {
        /// Its form.
        found: u32,
        /// The newest form known here.
        known: u32,
    },
    /// A table that the run does not have.
    #[error("the run has no table \"{table}\"; its tables are {}", .tables.join(", "))]
    NoTable {
        /// The table that was asked for.
        table: String,
        /// The tables that there are.
        tables: Vec<String>,
    },
    /// A column that a table does not have.
    #[error("the table has no column `{column}`; its columns are {}", .columns.join(", "))]
    NoTableColumn {
        /// The column that was asked for.
        column: String,
        /// The columns that there are.
        columns: Vec<String>,
    },
    /// A table with other columns than its name promises.
    #[error("not a table of {table} ({message})")]
    OtherTable {
        /// The table that was expected.
        table: &'static str,
        /// What reading it said.
        message: String,
    },

    /// Bytes that no encoding makes text of.
    #[error("it does not look like text (too many control characters)")]
    NotText,
    /// A page that the reader view fails on.
    #[error("the page could not be taken apart")]
    Page,
    /// A page over a limit that keeps it from taking all memory or time.
    #[error("the page has {what}")]
    PageTooLarge {
        /// What it has too much of, with the limit.
        what: String,
    },

    /// Two columns of one name.
    #[error("two columns are called \"{name}\"")]
    SameColumn {
        /// The name.
        name: String,
    },
    /// A record so long that its end was not looked for. The file is not read any further.
    #[error("a row of more than {limit} bytes begins here, and the file is not read any further")]
    RecordTooLong {
        /// What is allowed.
        limit: usize,
    },
    /// A record with more or fewer fields than the header.
    #[error("{found} fields where the header has {expected}")]
    FieldCount {
        /// Fields of the record.
        found: usize,
        /// Fields of the header.
        expected: usize,
    },
    /// A quotation mark that no other closes, in a record that is wrong without it.
    #[error("a quotation mark opens here and is never closed")]
    OpenQuote,
    /// A line over the limit.
    #[error("the line is longer than {limit} bytes")]
    LineTooLong {
        /// What is allowed.
        limit: usize,
    },
    /// A line that holds something else than a JSON object.
    #[error("the line is not a JSON object")]
    NotObject,
    /// A line that begins as JSON and goes on as something else.
    #[error("broken JSON at column {column}: {message}")]
    BrokenJson {
        /// Where, from 1.
        column: usize,
        /// What the parser said.
        message: String,
    },
    /// A row without a text.
    #[error("no `{column}` field (there are: {})", .fields.join(", "))]
    NoText {
        /// The field or column that should hold it.
        column: String,
        /// The first of its fields.
        fields: Vec<String>,
    },
    /// A row whose `text` is no text.
    #[error("`text` is {what}, not text")]
    TextIsNot {
        /// What it is: `a number`.
        what: &'static str,
    },
    /// A text over [`max_text_bytes`](crate::ReadOptions::max_text_bytes).
    #[error("the text has {}{bytes} bytes, over the limit of {limit}", if *.at_least { "more than " } else { "" })]
    TextTooLong {
        /// Bytes that were counted.
        bytes: usize,
        /// Whether there are more that were not.
        at_least: bool,
        /// What is allowed.
        limit: usize,
    },
    /// A row with an empty text. It keeps its place among the articles.
    #[error("its text is empty; nothing can be found in it")]
    EmptyText,
    /// A row that says again what another one says.
    #[error("the same id and text as {first}")]
    Repeated {
        /// File and line of the other one.
        first: String,
    },
    /// A row that is no pair of ids.
    #[error("no `a` or no `b` in it")]
    NotPair,
}

/// Files that people have and that are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum OtherKind {
    /// PDF.
    #[error("a PDF does not tell where paragraphs end")]
    Pdf,
    /// Word, OpenDocument and the like.
    #[error("a word processor's document")]
    Document,
    /// Spreadsheets of other programs than Excel and those that write OpenDocument.
    #[error("a spreadsheet of a kind that is not read")]
    Spreadsheet,
    /// Zip, tar and the like.
    #[error("an archive")]
    Archive,
    /// `.json`: one object, an array or lines of objects.
    #[error("a .json file may hold anything")]
    Json,
    /// Any other name.
    #[error("its name does not tell what it holds")]
    Unknown,
}

impl OtherKind {
    /// What a file's extension says.
    pub(crate) fn of_extension(extension: &str) -> Self {
        match extension.to_lowercase().as_str() {
            "pdf" => Self::Pdf,
            "doc" | "docx" | "odt" | "rtf" | "epub" => Self::Document,
            "numbers" | "gsheet" | "wk1" | "sxc" | "fods" => Self::Spreadsheet,
            "zip" | "tar" | "tgz" | "7z" | "rar" | "bz2" | "xz" => Self::Archive,
            "json" => Self::Json,
            _ => Self::Unknown,
        }
    }
}
