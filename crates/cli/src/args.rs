//! Options that commands share, as they are typed. What they mean is worked out in `context`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, Args, ValueEnum};
use throughline_pipeline::DateFormat;
use throughline_pipeline::selection::{Selection, Wanted, read_time};
use throughline_tabular::{Field, FileNames, ReadOptions, Run};

use crate::failure::BadUsage;

/// Options of every command. Each has a key of the same name, with `_` for `-`, in the configuration file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// Model: a name that `throughline models list` shows, or a folder; `auto` takes all-MiniLM-L6-v2-int8 where all is in
    /// English, and multilingual-e5-small-int8 where more than 2 articles in 100 are not
    #[arg(long, global = true, value_name = "auto|NAME|FOLDER", default_value = "auto")]
    pub model: String,
    /// What is set before every text: the name of one of the model's prompts, or the words themselves, such as
    /// "query: " [default: the model's own]
    #[arg(long, global = true, value_name = "NAME|TEXT")]
    pub prompt: Option<String>,
    /// Engine that runs the model
    #[arg(long, global = true, value_enum, default_value_t = Engine::Native)]
    pub engine: Engine,
    /// Numbers that the model's layers multiply [default: int8 where its weights are, else f32]
    #[arg(long, global = true, value_enum)]
    pub arithmetic: Option<Arithmetic>,
    /// Folder of the vector cache [default: $THROUGHLINE_CACHE, else in the user's cache folder]
    #[arg(long, global = true, value_name = "DIR", conflicts_with = "no_cache")]
    pub cache: Option<PathBuf>,
    /// Make every vector anew, and keep none
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// Most bytes that the vector cache takes, from 18000000; the oldest vectors go first
    #[arg(long, global = true, value_name = "BYTES", default_value_t = 1_100_000_000)]
    pub cache_bytes: u64,
    /// Threads; 0 takes one a core. Results do not depend on it
    #[arg(long, global = true, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Seed of every random choice
    #[arg(long, global = true, value_name = "N", default_value_t = 42)]
    pub seed: u64,
    /// Configuration file (TOML): keys are the long options, those of one command in a table of its name
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say nothing but errors on standard error
    #[arg(long, global = true)]
    pub quiet: bool,
    /// How progress and the time left are told on standard error
    #[arg(long, global = true, value_enum, default_value_t = ProgressKind::Auto)]
    pub progress: ProgressKind,
}

/// Whether an option has a key: all that have a long name, but for those that ask for something else.
pub fn is_key(arg: &Arg) -> bool {
    arg.get_long().is_some_and(|long| !["config", "help", "version"].contains(&long))
}

/// Engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// Our own, in pure Rust
    Native,
    /// rust-bert on libtorch; in programs built with the feature `rust-bert`
    RustBert,
}

/// Arithmetics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Arithmetic {
    /// 32-bit floating point; for models with float weights
    F32,
    /// 16-bit floating point, summed in 32: faster where the processor has it; for models with float weights
    Bf16,
    /// Bytes; for models made by `models quantise`
    Int8,
}

/// Ways to tell progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProgressKind {
    /// Bars on a terminal, else nothing but warnings and the summary
    Auto,
    /// A line when a stage ends, and one every ten seconds while it lasts
    Plain,
    /// A JSON object a line: stage, done, total, seconds, eta (both in seconds)
    Json,
    /// Nothing but warnings and the summary
    None,
}

/// What to read.
#[derive(Debug, Args)]
pub struct Input {
    /// Folders (read recursively), files, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

/// How to read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub struct Reading {
    /// Format of all input: jsonl, csv, tsv, parquet, arrow, xlsx, ods, txt, md or html [default: by extension]
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<throughline_tabular::InputFormat>,
    /// Column that holds a field, such as text=body; fields are id, text, title, url, source, published and lang. May be
    /// given several times
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = field_and_column)]
    pub column: Vec<(Field, String)>,
    /// Form of the dates in `published`, such as "%d/%m/%Y %H:%M" [default: read by themselves and by their column]
    #[arg(long, value_name = "FORM")]
    pub date_format: Option<DateFormat>,
    /// What folders and file names say, such as "{source}/{published} {title}"; {} is anything
    #[arg(long, value_name = "FORM")]
    pub file_names: Option<FileNames>,
    /// Longest text of one article, in bytes; a longer one is not used
    #[arg(long, value_name = "BYTES", default_value_t = 10_000_000)]
    pub max_text_bytes: usize,
    /// Most bytes that one file may unpack to
    #[arg(long, value_name = "BYTES", default_value_t = 4_000_000_000)]
    pub max_file_bytes: u64,
    /// Make any row that can't be used an error
    #[arg(long)]
    pub strict: bool,
    /// Lines that are boilerplate, and lines that are content whatever they look like: a TOML file with the lists
    /// `boilerplate` and `content`
    #[arg(long, value_name = "FILE")]
    pub boilerplate: Option<PathBuf>,
}

fn field_and_column(text: &str) -> Result<(Field, String), String> {
    let (field, column) = text.split_once('=').ok_or("write it as FIELD=COLUMN, such as text=body")?;
    if column.is_empty() {
        return Err("the column has no name".to_owned());
    }
    Ok((field.parse()?, column.to_owned()))
}

impl Reading {
    /// How the library is to read.
    pub fn options(&self) -> Result<ReadOptions, BadUsage> {
        let mut columns = BTreeMap::new();
        for (field, column) in &self.column {
            if columns.insert(*field, column.clone()).is_some_and(|other| other != *column) {
                return Err(BadUsage(format!("--column names two columns for {field}: name one")));
            }
        }
        Ok(ReadOptions {
            format: self.input_format,
            max_text_bytes: self.max_text_bytes,
            max_file_bytes: self.max_file_bytes,
            strict: self.strict,
            columns,
            file_names: self.file_names.clone(),
        })
    }
}

/// Which rows of a run.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which rows")]
pub struct WhichRows {
    /// Only of this outlet; may be given several times
    #[arg(long, value_name = "OUTLET")]
    pub source: Vec<String>,
    /// Only of this day, month or year and later
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Only of this day, month or year and earlier
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Only in this theme, by its label or id, or below it; may be given several times
    #[arg(long, value_name = "THEME")]
    pub theme: Vec<String>,
    /// Only said by this person or body; words of the name will do. May be given several times
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
}

impl WhichRows {
    /// What is asked for; none where that is everything.
    pub fn wanted(&self) -> Result<Option<Wanted>, BadUsage> {
        let time = |option: &str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => read_time(text).map(Some).ok_or_else(|| {
                BadUsage(format!("{option} {text}: no date; write it as 2026-03-04, 2026-03 or 2026"))
            }),
        };
        let wanted = Wanted {
            sources: self.source.clone(),
            from: time("--from", &self.from)?,
            to: time("--to", &self.to)?,
            themes: self.theme.clone(),
            speakers: self.speaker.clone(),
        };
        Ok(Some(wanted).filter(|wanted| !wanted.is_everything()))
    }

    /// The rows of `run` that are asked for; none where that is all of them.
    pub fn selection(&self, run: &Run) -> anyhow::Result<Option<Selection>> {
        Ok(self.wanted()?.map(|wanted| Selection::of(run, wanted)).transpose()?)
    }
}

/// Where results go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Writing")]
pub struct Output {
    /// Format of the result [default: a table on a terminal, else by the file's extension, else jsonl]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// File to write, whole or not at all; - for standard output
    #[arg(long, short, value_name = "FILE", default_value = "-", value_parser = place_of_table)]
    pub output: PathBuf,
}

/// A file that a table may go to: a name that promises something else is refused before the work.
fn place_of_table(text: &str) -> Result<PathBuf, String> {
    let place = PathBuf::from(text);
    match place.extension().and_then(|extension| extension.to_str()) {
        Some("npy") => Err("a .npy file holds vectors only: use `embed`, or `export RUN vectors`".into()),
        Some(other @ ("xlsx" | "xls" | "ods" | "feather" | "html" | "npz")) => {
            Err(format!("the program writes no .{other}: use .jsonl, .csv, .parquet or .arrow"))
        }
        _ => Ok(place),
    }
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a header; nested values as JSON
    Csv,
    /// Apache Parquet
    Parquet,
    /// Apache Arrow IPC stream
    Arrow,
    /// A table for people
    Table,
}

/// Where vectors go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Writing")]
pub struct VectorOutput {
    /// Format of the result [default: a table on a terminal, else by the file's extension, else jsonl]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<VectorFormat>,
    /// File to write, whole or not at all; - for standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// Output formats of vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VectorFormat {
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a header; nested values as JSON
    Csv,
    /// Apache Parquet
    Parquet,
    /// Apache Arrow IPC stream
    Arrow,
    /// A NumPy array of float32, rows × dimensions; the rows' ids go to FILE with .ids.jsonl for .npy
    Npy,
    /// A table for people
    Table,
}

impl VectorOutput {
    /// The `.npy` file that was asked for; otherwise the output as of any other table.
    pub fn npy_or_table(self) -> Result<PathBuf, Output> {
        let by_extension = self.format.is_none() && self.output.extension().is_some_and(|e| e == "npy");
        let format = match self.format {
            Some(VectorFormat::Npy) => return Ok(self.output),
            None if by_extension => return Ok(self.output),
            None => None,
            Some(VectorFormat::Jsonl) => Some(Format::Jsonl),
            Some(VectorFormat::Csv) => Some(Format::Csv),
            Some(VectorFormat::Parquet) => Some(Format::Parquet),
            Some(VectorFormat::Arrow) => Some(Format::Arrow),
            Some(VectorFormat::Table) => Some(Format::Table),
        };
        Err(Output { format, output: self.output })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_promises_another_format_is_refused() {
        assert!(place_of_table("vectors.npy").unwrap_err().contains("embed"));
        assert!(place_of_table("rows.xlsx").unwrap_err().contains(".csv"));
        assert!(
            place_of_table("rows.csv").is_ok()
                && place_of_table("-").is_ok()
                && place_of_table("rows").is_ok()
        );
    }
}
