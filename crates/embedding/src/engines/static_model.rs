//! Static models: a text's vector is the mean of its tokens' vectors, looked up in a table.
//!
//! This is the form of Model2Vec (Tulkens and van Dongen, 2024), and of the static models of
//! sentence-transformers: the input layer of a large model, distilled, without the model. Hundreds of times
//! faster than a transformer, and coarser.
//!
//! `model.safetensors` holds `embeddings` (or `embedding.weight`), a row each token; where vocabularies were
//! pooled, `mapping` says which row a token has, and `weights` what its vector counts. Tokens that the
//! vocabulary does not know are left out. Nothing is set before or after a text.

use ndarray::Array2;
use rayon::prelude::*;
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;
use throughline_schema::manifest::ModelStamp;

use super::options::Options;
use crate::encoder::{Embeddings, Encoder};
use crate::error::{EmbeddingError, OptionCause};
use crate::model_files::checked::Checked;
use crate::model_files::config;
use crate::model_files::source::ModelFiles;
use crate::model_files::weights::{Weights, floats};
use crate::tokens::Tokenising;
use crate::tokens::words::{Memory, Outline};

/// Texts that one task takes.
const CHUNK: usize = 64;

/// Tokens that are read of a text where `config.json` does not say.
const MAX_TOKENS: usize = 512;

/// Names of the table: Model2Vec's and sentence-transformers'.
const TABLES: [&str; 2] = ["embeddings", "embedding.weight"];

#[derive(Deserialize)]
struct StaticConfig {
    #[serde(default = "default_max_length")]
    max_length: Option<usize>,
}

fn default_max_length() -> Option<usize> {
    Some(MAX_TOKENS)
}

/// What tells that a folder holds a static model.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kind {
    model_type: String,
    architectures: Vec<String>,
}

#[derive(Deserialize)]
struct Module {
    #[serde(default)]
    r#type: String,
}

/// Whether a model's files say that it is a static one.
pub(crate) fn is_static(files: &ModelFiles) -> Result<bool, EmbeddingError> {
    let kind: Kind = files.json("config.json")?;
    let modules: Vec<Module> = files.json_if_there("modules.json")?.unwrap_or_default();
    Ok(kind.model_type == "model2vec"
        || kind.architectures.iter().any(|name| name == "StaticModel")
        || modules.first().is_some_and(|module| module.r#type.ends_with("StaticEmbedding")))
}

/// The vectors of the tokens.
enum Table {
    F32(Vec<f32>),
    Int8(Vec<i8>),
}

/// A static model in this process.
pub struct StaticEncoder {
    stamp: ModelStamp,
    tokens: Tokenising,
    unknown: Option<u32>,
    table: Table,
    width: usize,
    /// The row of each token, where it is not its id.
    mapping: Option<Vec<u32>>,
    /// What each token's vector counts, where they differ.
    weights: Option<Vec<f32>>,
    max_tokens: usize,
}

impl StaticEncoder {
    pub(crate) fn read(files: &ModelFiles, options: &Options) -> Result<Self, EmbeddingError> {
        let config: StaticConfig = files.json("config.json")?;
        let max_tokens = options.max_tokens.or(config.max_length).unwrap_or(u32::MAX as usize);
        if max_tokens == 0 {
            return Err(OptionCause::NoTokens.into());
        }
        let (prompts, mut prompt) = config::read_prompts(files)?;
        if let Some(asked) = &options.prompt {
            prompt = config::named_prompt(&prompts, asked);
        }
        let files = Checked::read(files)?;
        let path = &files.weights_path;
        let damaged = |reason: String| EmbeddingError::damaged(path, reason);
        let tensors = SafeTensors::deserialize(&files.weights).map_err(|e| damaged(e.to_string()))?;
        let Some(table) = TABLES.iter().find_map(|name| tensors.tensor(name).ok()) else {
            return Err(damaged(format!("it has neither of the tables {}", TABLES.join(" and "))));
        };
        let &[rows, width] = table.shape() else {
            return Err(damaged(format!("its table has shape {:?}, not rows × dimensions", table.shape())));
        };
        if width == 0 {
            return Err(damaged("its vectors have no dimension".to_owned()));
        }
        let mapping = match tensors.tensor("mapping") {
            Ok(tensor) => Some(whole_numbers(&tensor).ok_or_else(|| {
                damaged(format!("its mapping holds {:?}, not whole numbers from 0", tensor.dtype()))
            })?),
            Err(_) => None,
        };
        if let Some(row) = mapping.iter().flatten().find(|&&row| row as usize >= rows) {
            return Err(damaged(format!("its mapping names row {row} of {rows}")));
        }
        let words = mapping.as_ref().map_or(rows, Vec::len);
        let weights = match tensors.tensor("weights") {
            Ok(tensor) => Some(floats(path, "weights", &tensor)?),
            Err(_) => None,
        };
        if let Some(weights) = weights.as_ref().filter(|weights| weights.len() != words) {
            return Err(damaged(format!("it has {} weights for {words} tokens", weights.len())));
        }
        let (table, arithmetic) = match table.dtype() {
            Dtype::I8 => (Table::Int8(table.data().iter().map(|&byte| byte as i8).collect()), "int8"),
            _ => (Table::F32(floats(path, "embeddings", &table)?), "f32"),
        };
        let tokens = Tokenising::read(&files.tokenizer_path, &files.tokenizer, words, &prompt)?;
        let outline: Outline = serde_json::from_slice(&files.tokenizer)
            .map_err(|e| EmbeddingError::damaged(&files.tokenizer_path, e))?;
        let named = |token: &String| tokens.tokenizer().token_to_id(token);
        let unknown = outline.model.unk_token.as_ref().and_then(named).or(outline.model.unk_id);
        let stamp = files.stamp("native", format!("static-{arithmetic}"), width, max_tokens, &prompt);
        Ok(Self { stamp, tokens, unknown, table, width, mapping, weights, max_tokens })
    }

    /// The vector of one text into `row`; how many tokens it has and how many were read.
    fn encode_one(&self, text: &str, memory: &mut Memory, row: &mut [f32]) -> tokenizers::Result<(u32, u32)> {
        if text.trim().is_empty() {
            return Ok((0, 0));
        }
        // `seen` counts unknown tokens too, as Model2Vec's limit does.
        let (mut seen, mut total, mut read) = (0, 0, 0);
        self.tokens.each(text, memory, &mut |ids| {
            for &id in ids {
                seen += 1;
                if Some(id) == self.unknown {
                    continue;
                }
                total += 1;
                if seen <= self.max_tokens {
                    read += 1;
                    self.add(id as usize, row);
                }
            }
        })?;
        to_unit(row);
        Ok((total, read))
    }

    fn add(&self, id: usize, sum: &mut [f32]) {
        let weight = self.weights.as_ref().map_or(1.0, |weights| weights[id]);
        let start = self.mapping.as_ref().map_or(id, |mapping| mapping[id] as usize) * self.width;
        match &self.table {
            Table::F32(values) => {
                let values = &values[start..start + self.width];
                sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
            }
            Table::Int8(values) => {
                let values = &values[start..start + self.width];
                sum.iter_mut().zip(values).for_each(|(sum, &value)| *sum += weight * f32::from(value));
            }
        }
    }
}

/// Divides by the length: the sum then points where the mean does. Zeros stay.
fn to_unit(row: &mut [f32]) {
    let length = row.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|x| *x = (f64::from(*x) / length) as f32);
    }
}

fn whole_numbers(tensor: &safetensors::tensor::TensorView<'_>) -> Option<Vec<u32>> {
    fn read<const N: usize>(data: &[u8], number: fn([u8; N]) -> i128) -> Option<Vec<u32>> {
        data.as_chunks::<N>().0.iter().map(|&bytes| u32::try_from(number(bytes)).ok()).collect()
    }
    let data = tensor.data();
    match tensor.dtype() {
        Dtype::I64 => read(data, |b| i64::from_le_bytes(b).into()),
        Dtype::U64 => read(data, |b| u64::from_le_bytes(b).into()),
        Dtype::I32 => read(data, |b| i32::from_le_bytes(b).into()),
        Dtype::U32 => read(data, |b| u32::from_le_bytes(b).into()),
        Dtype::I16 => read(data, |b| i16::from_le_bytes(b).into()),
        Dtype::U16 => read(data, |b| u16::from_le_bytes(b).into()),
        _ => None,
    }
}

impl Encoder for StaticEncoder {
    fn stamp(&self) -> ModelStamp {
        self.stamp.clone()
    }

    fn encode(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Embeddings, EmbeddingError> {
        let mut vectors = Array2::zeros((texts.len(), self.width));
        let rows = vectors.as_slice_mut().expect("made in row order");
        let work = texts.par_chunks(CHUNK).zip(rows.par_chunks_mut(CHUNK * self.width)).enumerate();
        let counts = work.map(|(chunk, (texts, rows))| {
            self.tokens.with_memory(|memory| {
                let mut counts = Vec::with_capacity(texts.len());
                for (i, (text, row)) in texts.iter().zip(rows.chunks_exact_mut(self.width)).enumerate() {
                    let index = chunk * CHUNK + i;
                    let found = self.encode_one(text, memory, row);
                    counts
                        .push(found.map_err(|e| EmbeddingError::Tokenise { index, reason: e.to_string() })?);
                }
                progress(texts.len());
                Ok(counts)
            })
        });
        let counts: Vec<Vec<(u32, u32)>> = counts.collect::<Result<_, EmbeddingError>>()?;
        let (tokens, tokens_kept) = counts.into_iter().flatten().unzip();
        Ok(Embeddings { vectors, tokens, tokens_kept })
    }

    fn is_worth_caching(&self) -> bool {
        false
    }
}

/// What its table holds: `f32`, `f16`, `bf16` or `int8`.
pub(crate) fn weights_kind(files: &ModelFiles) -> Result<&'static str, EmbeddingError> {
    let path = files.path("model.safetensors");
    let content = files.read("model.safetensors")?;
    let weights = Weights::read(&path, &content)?;
    let name = TABLES.into_iter().find(|name| weights.has(name)).unwrap_or(TABLES[0]);
    weights.kind(name)
}
