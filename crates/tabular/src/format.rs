//! Kinds of input and output, and how a file's name tells them.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// What a file of input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputFormat {
    /// One JSON object on each line.
    Jsonl,
    /// Comma-separated values (or semicolons and the like, as the header shows), a header line first.
    Csv,
    /// Tab-separated values, a header line first.
    Tsv,
    /// Apache Parquet.
    Parquet,
    /// Arrow IPC, stream or file.
    Arrow,
    /// A workbook of Excel or OpenDocument; the first row of a sheet names its columns.
    Spreadsheet,
    /// Plain text: the file is one article.
    Text,
    /// Markdown: the file is one article.
    Markdown,
    /// A web page: the file is one article.
    Html,
}

/// What rows are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputFormat {
    /// One JSON object on each line.
    Jsonl,
    /// Comma-separated values with a header line; nested values as JSON text, null as nothing.
    Csv,
    /// Apache Parquet, compressed with zstd.
    Parquet,
    /// Arrow IPC stream.
    Arrow,
}

/// How a file's bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl InputFormat {
    const NAMES: [(&'static str, Self); 15] = [
        ("jsonl", Self::Jsonl),
        ("ndjson", Self::Jsonl),
        ("csv", Self::Csv),
        ("tsv", Self::Tsv),
        ("parquet", Self::Parquet),
        ("arrow", Self::Arrow),
        ("xlsx", Self::Spreadsheet),
        ("xls", Self::Spreadsheet),
        ("xlsb", Self::Spreadsheet),
        ("ods", Self::Spreadsheet),
        ("txt", Self::Text),
        ("text", Self::Text),
        ("md", Self::Markdown),
        ("html", Self::Html),
        ("htm", Self::Html),
    ];

    /// The extension that files of this kind have.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Spreadsheet => "xlsx",
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }

    /// What the file's name says: its kind, where it is known, and its packing.
    pub(crate) fn of_path(path: &Path) -> (Option<Self>, Packing) {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let (stem, packing) = if let Some(stem) = name.strip_suffix(".gz") {
            (stem, Packing::Gzip)
        } else if let Some(stem) = name.strip_suffix(".zst") {
            (stem, Packing::Zstd)
        } else {
            (name.as_str(), Packing::Plain)
        };
        let kind = stem.rsplit_once('.').and_then(|(_, extension)| {
            Self::NAMES.iter().find(|(name, _)| *name == extension && *name != "text").map(|(_, kind)| *kind)
        });
        (kind, packing)
    }
}

impl FromStr for InputFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim_start_matches('.').to_lowercase();
        Self::NAMES.iter().find(|(name, _)| *name == lower).map(|(_, kind)| *kind).ok_or_else(|| {
            format!(
                "unknown input format \"{text}\"; use one of jsonl, csv, tsv, parquet, arrow, xlsx, ods, txt, md, html"
            )
        })
    }
}

impl fmt::Display for InputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl OutputFormat {
    /// The extension that files of this kind have.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
        }
    }

    /// Whether a terminal can show it.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Jsonl | Self::Csv)
    }
}

impl FromStr for OutputFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Jsonl, Self::Csv, Self::Parquet, Self::Arrow]
            .into_iter()
            .find(|format| format.name() == text.to_lowercase())
            .ok_or_else(|| format!("unknown format \"{text}\"; use one of jsonl, csv, parquet, arrow"))
    }
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kind_and_packing() {
        let of = |name: &str| InputFormat::of_path(Path::new(name));
        assert_eq!(of("a/b.JSONL.gz"), (Some(InputFormat::Jsonl), Packing::Gzip));
        assert_eq!(of("b.ndjson.zst"), (Some(InputFormat::Jsonl), Packing::Zstd));
        assert_eq!(of("page.htm"), (Some(InputFormat::Html), Packing::Plain));
        assert_eq!(of("notes.json"), (None, Packing::Plain));
        assert_eq!(of("txt"), (None, Packing::Plain));
        assert!("docx".parse::<InputFormat>().unwrap_err().contains("parquet"));
        assert_eq!(".TXT".parse(), Ok(InputFormat::Text));
    }
}
