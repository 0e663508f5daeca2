//! What a run leaves behind to be repeated and trusted: `manifest.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::CosineScale;

/// Version of the manifest's own form; raised when a field changes its meaning.
pub const FORMAT: u32 = 1;

/// Everything that decided a run's results, and what it cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of this file, [`FORMAT`].
    pub format: u32,
    /// Program name and version.
    pub program: String,
    /// Every option that can change a result, by its key in the configuration file.
    pub options: BTreeMap<String, Value>,
    /// Seed of every random choice.
    pub seed: u64,
    /// The files read, in order of name.
    pub inputs: Vec<InputFile>,
    /// Rows that could not be used, or gave nothing, with the reason.
    pub unused_rows: Vec<UnusedRow>,
    /// The model that made the vectors.
    pub model: ModelStamp,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
    /// Of those, the results in tables that have a row with a reason for every article without one; tables that have
    /// none are left out. Empty in runs of older versions.
    #[serde(default)]
    pub results: BTreeMap<String, u64>,
    /// What the reader should know, in plain words.
    pub warnings: Vec<String>,
    /// What the run cost. Differs from run to run; nothing else in the folder does.
    pub cost: Cost,
}

/// An input file with what it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Its path below the input that the user named, `/` between folders; `-` for standard input.
    pub path: String,
    /// Size as stored.
    pub bytes: u64,
    /// BLAKE3 of its bytes as stored, in hexadecimal.
    pub blake3: String,
    /// Articles read from it.
    pub articles: u64,
}

/// A row of input without a result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnusedRow {
    /// The file it stands in.
    pub file: String,
    /// Its line or row number in that file, from 1; null where the file is the row.
    pub line: Option<u64>,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Why, and what would mend it.
    pub reason: String,
}

/// Which model, which weights, which arithmetic.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelStamp {
    /// The model's name.
    pub name: String,
    /// SHA-256 over its files, in hexadecimal.
    pub sha256: String,
    /// `native` or `rust-bert`.
    pub engine: String,
    /// The kernels that the engine ran, such as `int8-avx512vnni`.
    pub kernels: String,
    /// Length of its vectors.
    pub dimensions: u32,
    /// Tokens of a text that it reads at most.
    pub max_tokens: u32,
    /// What was set before every text, such as `query: `; empty for most models.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// From its cosines to the scale of the decision lines; null where nobody calibrated the model.
    #[serde(default)]
    pub calibration: Option<CosineScale>,
    /// The same for articles, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article_calibration: Option<CosineScale>,
}

impl Manifest {
    /// Results in a table: its rows without those that only carry a reason.
    pub fn results_in(&self, table: &str) -> u64 {
        self.results.get(table).or_else(|| self.rows.get(table)).copied().unwrap_or_default()
    }
}

/// What a run cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// When it started, RFC 3339, UTC.
    pub started: String,
    /// Threads it used.
    pub threads: u32,
    /// Wall-clock seconds of each stage, in order.
    pub seconds: Vec<(String, f64)>,
    /// Highest resident memory in bytes; null where the system does not tell.
    pub peak_memory_bytes: Option<u64>,
}
