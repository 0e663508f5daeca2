//! A static model in Model2Vec's form, as files and as the mean that it stands for.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::bert::unit;
use crate::files::{Files, Numbers, Tensor, safetensors};
use crate::tokenizers::Tokenizer;

/// What a static model shall be like.
#[derive(Clone, Debug)]
pub struct StaticTable {
    /// Its tokenizer.
    pub tokenizer: Tokenizer,
    /// Length of its vectors.
    pub width: usize,
    /// Whether its table is stored as `I8`.
    pub int8: bool,
    /// Rows that all tokens share, by a mapping; none where each token has its own.
    pub shared_rows: Option<usize>,
    /// Whether tokens have weights.
    pub weights: bool,
    /// Whether the files have the form of sentence-transformers instead.
    pub sentence_transformers: bool,
    /// `max_length` of its configuration, where it has the key.
    pub max_length: Option<Value>,
    /// Where its numbers come from.
    pub seed: u64,
}

impl Default for StaticTable {
    fn default() -> Self {
        Self {
            tokenizer: Tokenizer::WordPiece,
            width: 20,
            int8: false,
            shared_rows: None,
            weights: false,
            sentence_transformers: false,
            max_length: None,
            seed: 1,
        }
    }
}

/// A made model.
pub struct TinyStatic {
    /// What it is like.
    pub kind: StaticTable,
    /// Its files.
    pub files: Files,
    table: Vec<Vec<f64>>,
    mapping: Vec<usize>,
    weights: Vec<f64>,
}

impl StaticTable {
    /// Makes it.
    pub fn make(self) -> TinyStatic {
        let tokens = self.tokenizer.vocabulary().len();
        let rows = self.shared_rows.unwrap_or(tokens);
        let mut numbers = Numbers(self.seed);
        let mut table = numbers.take(rows * self.width, 0.1, 1.0);
        if self.int8 {
            table.iter_mut().for_each(|v| *v = (*v * 100.0).round());
        }
        let mapping: Vec<usize> =
            (0..tokens).map(|id| if rows == tokens { id } else { id * 7 % rows }).collect();
        let weights = match self.weights {
            true => numbers.take(tokens, 1.0, 0.9),
            false => vec![1.0; tokens],
        };

        let name = if self.sentence_transformers { "embedding.weight" } else { "embeddings" };
        let stored = match self.int8 {
            true => {
                let data = table.iter().map(|&v| v as i8 as u8).collect();
                Tensor { dtype: "I8", shape: vec![rows, self.width], data }
            }
            false => Tensor::f32(&[rows, self.width], &table),
        };
        let mut tensors = BTreeMap::from([(name.to_owned(), stored)]);
        if self.shared_rows.is_some() {
            let data = mapping.iter().flat_map(|&row| (row as i64).to_le_bytes()).collect();
            tensors.insert("mapping".to_owned(), Tensor { dtype: "I64", shape: vec![tokens], data });
        }
        if self.weights {
            tensors.insert("weights".to_owned(), Tensor::f32(&[tokens], &weights));
        }
        let mut config = match self.sentence_transformers {
            true => json!({}),
            false => json!({"model_type": "model2vec", "architectures": ["StaticModel"],
                "hidden_dim": self.width, "normalize": true}),
        };
        if let Some(max_length) = &self.max_length {
            config["max_length"] = max_length.clone();
        }
        let modules = json!([{"idx": 0, "name": "0", "path": ".",
            "type": "sentence_transformers.models.StaticEmbedding"}]);
        let files = Files::from([
            ("config.json".to_owned(), config.to_string().into_bytes()),
            ("model.safetensors".to_owned(), safetensors(&tensors)),
            ("modules.json".to_owned(), modules.to_string().into_bytes()),
            ("tokenizer.json".to_owned(), self.tokenizer.file().to_string().into_bytes()),
        ]);
        TinyStatic {
            table: table.chunks(self.width).map(|row| row.iter().map(|&v| v.into()).collect()).collect(),
            weights: weights.into_iter().map(f64::from).collect(),
            kind: self,
            files,
            mapping,
        }
    }
}

impl TinyStatic {
    /// The unit vector of a text of which `limit` tokens are read: the mean of its known tokens' weighted rows.
    pub fn vector(&self, text: &str, limit: usize) -> Vec<f64> {
        let ids = self.kind.tokenizer.own_tokens(text);
        let mut mean = vec![0.0; self.kind.width];
        for &id in ids.iter().take(limit).filter(|id| !Tokenizer::is_unknown(**id)) {
            let id = id as usize;
            for (sum, value) in mean.iter_mut().zip(&self.table[self.mapping[id]]) {
                *sum += self.weights[id] * value;
            }
        }
        unit(mean)
    }
}
