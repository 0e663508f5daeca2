//! The command line as it is typed. What it means is worked out in [`crate::context`].

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;

/// What the press says: statements and speakers, stories, narratives that travel, themes.
///
/// Articles come in as JSON lines, CSV, Parquet, Arrow, text, Markdown or HTML; tables go out as JSON lines,
/// CSV, Parquet or Arrow. Everything runs on this machine; only `models pull` uses a network.
#[derive(Debug, Parser)]
#[command(name = "throughline", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 the input or the data was wrong, 2 the command line was wrong, 3 a model is missing, \
damaged or not supported, 4 something could not be read or written, 70 a bug.

Examples:
  throughline run examples/articles --out runs/demo
  throughline narratives examples/articles --format csv --output narratives.csv
  throughline similar runs/demo \"the dam will not be finished in time\"";

/// Options of every command. Each has a key of the same name, with `_` for `-`, in the configuration file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// Model: a name that `throughline models list` shows, or a folder
    #[arg(long, global = true, value_name = "NAME|FOLDER", default_value = "all-MiniLM-L6-v2-int8")]
    pub model: String,
    /// What is set before every text: the name of one of the model's prompts, or the words themselves, such as
    /// "query: " [default: the model's own]
    #[arg(long, global = true, value_name = "NAME|TEXT")]
    pub prompt: Option<String>,
    /// Engine that runs the model
    #[arg(long, global = true, value_enum, default_value_t = Engine::Native)]
    pub engine: Engine,
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
    /// How progress is told on standard error
    #[arg(long, global = true, value_enum, default_value_t = ProgressKind::Auto)]
    pub progress: ProgressKind,
}

/// Engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// Our own, in pure Rust
    Native,
    /// rust-bert on libtorch; in programs built with the feature `rust-bert`
    RustBert,
}

/// Ways to tell progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProgressKind {
    /// Bars on a terminal, else nothing but warnings
    Auto,
    /// A line when a stage ends
    Plain,
    /// A JSON object a line for every event
    Json,
    /// Nothing
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
    /// Format of all input: jsonl, csv, tsv, parquet, arrow, txt, md or html [default: by extension]
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<throughline_tabular::InputFormat>,
    /// Longest text of one article, in bytes; a longer one is not used
    #[arg(long, value_name = "BYTES", default_value_t = 10_000_000)]
    pub max_text_bytes: usize,
    /// Most bytes that one file may unpack to
    #[arg(long, value_name = "BYTES", default_value_t = 4_000_000_000)]
    pub max_file_bytes: u64,
    /// Make any row that can't be used an error
    #[arg(long)]
    pub strict: bool,
}

/// Where results go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Writing")]
pub struct Output {
    /// Format of the result [default: a table on a terminal, else by the file's extension, else jsonl]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// File to write, whole or not at all; - for standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
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

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Statements(commands::statements::StatementsArgs),
    Quotes(commands::quotes::QuotesArgs),
    Embed(commands::embed::EmbedArgs),
    Duplicates(commands::duplicates::DuplicatesArgs),
    Stories(commands::stories::StoriesArgs),
    Themes(commands::themes::ThemesArgs),
    Narratives(commands::narratives::NarrativesArgs),
    Similar(commands::similar::SimilarArgs),
    Compare(commands::compare::CompareArgs),
    Run(commands::run::RunArgs),
    Report(commands::report::ReportArgs),
    Export(commands::export::ExportArgs),
    Models(commands::models::ModelsArgs),
    Schema(commands::schema::SchemaArgs),
}
