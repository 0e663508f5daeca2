//! What mends input that can't be used and output that can't be written.

use throughline_tabular::{Cause, Instead, Obstacle, OtherKind, TabularError};

use super::Remedy;

const KINDS: &str = "use .jsonl, .csv, .tsv, .parquet, .arrow, .txt, .md or .html (also with .gz or .zst behind), or \
                     say what it holds with --input-format";
const TABLES: &str = "use .jsonl, .csv, .tsv, .parquet or .arrow";

pub(super) fn of(error: &TabularError) -> Remedy {
    let remedy = match error {
        TabularError::Missing { .. } => "check the name",
        TabularError::Io { .. } => "check its permissions and the room on the disk",
        TabularError::Unusable { cause, .. } => return of_cause(cause),
        TabularError::NoArticles { found, .. } => return of_instead(found),
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
        Cause::HeaderNotUtf8 | Cause::CellNotUtf8 { .. } => "save the file as UTF-8",
        Cause::SameColumn { .. } => "rename one of them",
        Cause::RecordTooLong { .. } => "close its quotation mark, or raise the limit with --max-text-bytes",
        Cause::FieldCount { .. } => "put a field that holds separators or line breaks into quotation marks",
        Cause::LineTooLong { .. } => "raise the limit with --max-text-bytes, or split the text",
        Cause::LineNotUtf8 { .. } => {
            "save the file as UTF-8 (from windows-1251, say: iconv -f CP1251 -t UTF-8)"
        }
        Cause::NotObject => "write each row on one line, as {\"text\": \"...\"}",
        Cause::BrokenJson { .. } => "mend the line",
        Cause::NoText { .. } => "call the field that holds the text `text`",
        Cause::TextIsNot { .. } => "put it in quotation marks",
        Cause::TextTooLong { .. } => "raise it with --max-text-bytes, or split the text",
        Cause::Repeated { .. } => "remove one of the two",
        Cause::NotPair => "give each pair as two ids, `a` and `b`",
        _ => return None,
    };
    Some(remedy.into())
}

fn of_kind(kind: OtherKind) -> &'static str {
    match kind {
        OtherKind::Pdf => "make text of it first, for instance with: pdftotext FILE.pdf FILE.txt",
        OtherKind::Document => "save it as .txt or .html, for instance with: pandoc FILE -o FILE.html",
        OtherKind::Spreadsheet => "save it as .csv, with a column `text`",
        OtherKind::Archive => "unpack it and name the folder; single files may be packed as .gz or .zst",
        OtherKind::Json => {
            "write one object on each line (an array becomes that with: jq -c '.[]' FILE > FILE.jsonl), or, if it \
             is so already, say --input-format jsonl"
        }
        _ => KINDS,
    }
}
