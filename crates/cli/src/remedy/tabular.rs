//! What mends input that can't be used and output that can't be written.

use throughline_tabular::{Cause, Instead, Obstacle, OtherKind, Remark, TabularError};

use super::Remedy;

const KINDS: &str = "use .jsonl, .csv, .tsv, .parquet, .arrow, .xlsx, .ods, .txt, .md or .html (also with .gz or .zst behind), or \
                     say what it holds with --input-format";
const TABLES: &str = "use .jsonl, .csv, .tsv, .parquet, .arrow, .xlsx or .ods";

pub(super) fn of(error: &TabularError) -> Remedy {
    let remedy = match error {
        TabularError::Missing { .. } => "check the name",
        TabularError::Io { .. } => "check its permissions and the room on the disk",
        TabularError::Unusable { cause, .. } => return of_cause(cause),
        TabularError::NoArticles { found, .. } => return of_instead(found),
        TabularError::NoColumn { .. } => "check the name that --column gives",
        TabularError::SameId { .. } => {
            "give one of them another id, or none to have it derived from the text"
        }
        TabularError::Output { obstacle: Obstacle::OlderRun, .. } => {
            "name another folder, or replace it with --overwrite"
        }
        TabularError::Output { .. } => "name another folder",
        TabularError::Convert { .. } => "this is a bug, please report it",
        _ => return None,
    };
    Some(remedy.into())
}

fn of_instead(found: &Instead) -> Remedy {
    match found {
        Instead::OtherFiles { first, .. } => of_cause(&first.cause),
        Instead::UnusableRows(first) => Some(match of_cause(&first.cause) {
            Some(remedy) => format!("{remedy}, or name another input").into(),
            None => "give at least one row with a `text`".into(),
        }),
        _ => Some(KINDS.into()),
    }
}

/// What mends a file or a row of it.
pub(super) fn of_cause(cause: &Cause) -> Remedy {
    let remedy = match cause {
        Cause::NotRead(kind) => of_kind(*kind),
        Cause::RunFolder => "name it as an input of its own to read its articles",
        Cause::NoRow => "remove the file or fill it",
        Cause::NotRows { .. } | Cause::UnknownTable => TABLES,
        Cause::FileTooLong { .. } => "split it, or raise the limit with --max-file-bytes",
        Cause::Damaged { .. } => "fetch or write the file again",
        Cause::NotRun | Cause::NotManifest { .. } => "name a folder that `run` wrote",
        Cause::NewerRun { .. } => "use the newer program that wrote it",
        Cause::OtherTable { .. } => "name another file",
        Cause::NotText => "give it as UTF-8 text, or say what it holds with --input-format",
        Cause::Page | Cause::PageTooLarge { .. } => "give the article's text instead of the page",
        Cause::SameColumn { .. } => "rename one of them",
        Cause::OpenQuote => "close it, or double each quotation mark inside a field",
        Cause::RecordTooLong { .. } => "close its quotation mark, or raise the limit with --max-text-bytes",
        Cause::FieldCount { .. } => "put a field that holds separators or line breaks into quotation marks",
        Cause::LineTooLong { .. } => "raise the limit with --max-text-bytes, or split the text",
        Cause::NotObject => "write each row on one line, as {\"text\": \"...\"}",
        Cause::BrokenJson { .. } => "mend the line",
        Cause::NoText { .. } => "name the one that holds the text with --column text=NAME",
        Cause::TextIsNot { .. } => "put it in quotation marks",
        Cause::TextTooLong { .. } => "raise it with --max-text-bytes, or split the text",
        Cause::Repeated { .. } => "remove one of the two",
        Cause::NotPair => "give each pair as two ids, `a` and `b`",
        _ => return None,
    };
    Some(remedy.into())
}

/// What mends what was remarked of input that was read.
pub(super) fn of_remark(remark: &Remark) -> Remedy {
    let remedy = match remark {
        Remark::ColumnTaken { field, .. } => {
            return Some(format!("--column {field}=NAME names another").into());
        }
        Remark::HalfCharacters { .. } => "write the file again with a program that does not cut characters",
        Remark::OpenQuote { .. } => "close it, or double each quotation mark inside a field",
        Remark::SheetLeft { .. } => "save it as a file of its own to have it read",
        Remark::FileNames { .. } => "say it otherwise with --file-names",
        _ => return None,
    };
    Some(remedy.into())
}

fn of_kind(kind: OtherKind) -> &'static str {
    match kind {
        OtherKind::Pdf => "make text of it first, for instance with: pdftotext FILE.pdf FILE.txt",
        OtherKind::Document => "save it as .txt or .html, for instance with: pandoc FILE -o FILE.html",
        OtherKind::Spreadsheet => "save it as .xlsx or .ods",
        OtherKind::Archive => "unpack it and name the folder; single files may be packed as .gz or .zst",
        OtherKind::Json => {
            "write one object on each line (an array becomes that with: jq -c '.[]' FILE > FILE.jsonl), or, if it \
             is so already, say --input-format jsonl"
        }
        _ => KINDS,
    }
}
