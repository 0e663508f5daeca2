//! A BERT of a few thousand numbers, as files and as the sums that it stands for.

use std::collections::BTreeMap;

use serde_json::json;

use crate::files::{Files, Numbers, Tensor, safetensors};
use crate::tokenizers::{PAD, Tokenizer};

/// What a tiny model shall be like.
#[derive(Clone, Debug)]
pub struct Bert {
    /// `model_type` of its configuration. RoBERTa's kind counts positions from one past the padding's id.
    pub model_type: &'static str,
    /// Its tokenizer.
    pub tokenizer: Tokenizer,
    /// Whether the first token's vector stands for the text, not the mean of all.
    pub cls: bool,
    /// `hidden_act` of its configuration: `gelu`, `gelu_new` or `relu`.
    pub activation: &'static str,
    /// What stands before the names of its tensors.
    pub prefix: &'static str,
    /// Layers.
    pub layers: usize,
    /// Attention heads.
    pub heads: usize,
    /// Length of its vectors; a multiple of 16 for each head.
    pub width: usize,
    /// Width of the feed-forward part; a multiple of 16.
    pub intermediate: usize,
    /// Tokens of a text that it reads at most.
    pub max_tokens: usize,
    /// Its prompts by name; the first is set before every text.
    pub prompts: Vec<(&'static str, &'static str)>,
    /// Where its numbers come from.
    pub seed: u64,
}

impl Default for Bert {
    fn default() -> Self {
        Self {
            model_type: "bert",
            tokenizer: Tokenizer::WordPiece,
            cls: false,
            activation: "gelu",
            prefix: "",
            layers: 2,
            heads: 2,
            width: 32,
            intermediate: 64,
            max_tokens: 24,
            prompts: Vec::new(),
            seed: 1,
        }
    }
}

/// A made model.
pub struct TinyBert {
    /// What it is like.
    pub kind: Bert,
    /// Its files.
    pub files: Files,
    /// Shape and numbers of every tensor, by name without prefix.
    tensors: BTreeMap<String, (Vec<usize>, Vec<f32>)>,
}

const EPSILON: f64 = 1e-12;

impl Bert {
    fn first_position(&self) -> usize {
        if self.model_type == "bert" { 0 } else { PAD as usize + 1 }
    }

    fn tensors(&self) -> BTreeMap<String, (Vec<usize>, Vec<f32>)> {
        let mut numbers = Numbers(self.seed);
        let mut tensors = BTreeMap::new();
        let mut add = |name: String, shape: &[usize], centre: f32, reach: f32| {
            let values = numbers.take(shape.iter().product(), centre, reach);
            tensors.insert(name, (shape.to_vec(), values));
        };
        let (width, inner) = (self.width, self.intermediate);
        let rows = [
            ("word", self.tokenizer.vocabulary().len()),
            ("position", self.max_tokens + self.first_position()),
            ("token_type", 2),
        ];
        for (table, rows) in rows {
            add(format!("embeddings.{table}_embeddings.weight"), &[rows, width], 0.0, 0.5);
        }
        let mut norms = vec!["embeddings.LayerNorm".to_owned()];
        for layer in 0..self.layers {
            let name = |part: &str| format!("encoder.layer.{layer}.{part}");
            let linear = [
                ("attention.self.query", width, width),
                ("attention.self.key", width, width),
                ("attention.self.value", width, width),
                ("attention.output.dense", width, width),
                ("intermediate.dense", inner, width),
                ("output.dense", width, inner),
            ];
            for (part, outputs, inputs) in linear {
                let reach = 2.0 / (inputs as f32).sqrt();
                add(format!("{}.weight", name(part)), &[outputs, inputs], 0.0, reach);
                add(format!("{}.bias", name(part)), &[outputs], 0.0, 0.2);
            }
            norms.extend([name("attention.output.LayerNorm"), name("output.LayerNorm")]);
        }
        for norm in norms {
            add(format!("{norm}.weight"), &[width], 1.0, 0.3);
            add(format!("{norm}.bias"), &[width], 0.0, 0.2);
        }
        tensors
    }

    /// Makes it.
    pub fn make(self) -> TinyBert {
        let tensors = self.tensors();
        let stored = tensors
            .iter()
            .map(|(name, (shape, values))| (format!("{}{name}", self.prefix), Tensor::f32(shape, values)));
        let config = json!({
            "model_type": self.model_type, "hidden_size": self.width, "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads, "intermediate_size": self.intermediate,
            "max_position_embeddings": self.max_tokens + self.first_position(),
            "vocab_size": self.tokenizer.vocabulary().len(), "type_vocab_size": 2, "pad_token_id": PAD,
            "hidden_act": self.activation, "layer_norm_eps": EPSILON,
        });
        let pooling = json!({"pooling_mode_mean_tokens": !self.cls, "pooling_mode_cls_token": self.cls,
            "word_embedding_dimension": self.width});
        let mut files = Files::from([
            ("1_Pooling/config.json".to_owned(), pooling.to_string().into_bytes()),
            ("config.json".to_owned(), config.to_string().into_bytes()),
            ("model.safetensors".to_owned(), safetensors(&stored.collect())),
            ("tokenizer.json".to_owned(), self.tokenizer.file().to_string().into_bytes()),
        ]);
        if let Some((first, _)) = self.prompts.first() {
            let prompts: BTreeMap<_, _> = self.prompts.iter().copied().collect();
            let prompts = json!({"prompts": prompts, "default_prompt_name": first});
            files.insert("config_sentence_transformers.json".to_owned(), prompts.to_string().into_bytes());
        }
        TinyBert { kind: self, files, tensors }
    }
}

impl TinyBert {
    /// The ids that it reads of a text, its first prompt included.
    pub fn tokens(&self, text: &str) -> Vec<u32> {
        let prompt = self.kind.prompts.first().map_or("", |(_, prompt)| prompt);
        self.tokens_after(prompt, text)
    }

    /// The ids that it reads of a text after another prompt.
    pub fn tokens_after(&self, prompt: &str, text: &str) -> Vec<u32> {
        self.kind.tokenizer.tokens(&format!("{prompt}{text}"), self.kind.max_tokens)
    }

    /// The unit vector of a text.
    pub fn vector(&self, text: &str) -> Vec<f64> {
        self.vector_of(&self.tokens(text))
    }

    /// The unit vector of these ids, from the definition (Vaswani et al., 2017; Devlin et al., 2019).
    pub fn vector_of(&self, ids: &[u32]) -> Vec<f64> {
        let kind = &self.kind;
        let mut x: Vec<Vec<f64>> = ids
            .iter()
            .enumerate()
            .map(|(place, &id)| {
                let word = self.row("embeddings.word_embeddings.weight", id as usize);
                let position =
                    self.row("embeddings.position_embeddings.weight", kind.first_position() + place);
                let of_type = self.row("embeddings.token_type_embeddings.weight", 0);
                let sum = word.iter().zip(&position).zip(&of_type).map(|((w, p), t)| w + p + t).collect();
                self.norm("embeddings.LayerNorm", sum)
            })
            .collect();
        for layer in 0..kind.layers {
            let name = |part: &str| format!("encoder.layer.{layer}.{part}");
            let linear = |part: &str, x: &[Vec<f64>]| -> Vec<Vec<f64>> {
                x.iter().map(|row| self.linear(&name(part), row)).collect()
            };
            let attended = attention(
                &linear("attention.self.query", &x),
                &linear("attention.self.key", &x),
                &linear("attention.self.value", &x),
                kind.heads,
            );
            let added = add(&x, &linear("attention.output.dense", &attended));
            x = added.into_iter().map(|row| self.norm(&name("attention.output.LayerNorm"), row)).collect();
            let mut inner = linear("intermediate.dense", &x);
            inner.iter_mut().flatten().for_each(|v| *v = activation(kind.activation, *v));
            let added = add(&x, &linear("output.dense", &inner));
            x = added.into_iter().map(|row| self.norm(&name("output.LayerNorm"), row)).collect();
        }
        let pooled = if kind.cls { &x[..1] } else { &x[..] };
        unit((0..kind.width).map(|i| pooled.iter().map(|row| row[i]).sum::<f64>()).collect())
    }

    fn values(&self, name: &str) -> &[f32] {
        &self.tensors[name].1
    }

    fn row(&self, name: &str, row: usize) -> Vec<f64> {
        let width = self.kind.width;
        self.values(name)[row * width..(row + 1) * width].iter().map(|&v| v.into()).collect()
    }

    fn linear(&self, name: &str, x: &[f64]) -> Vec<f64> {
        let (weight, bias) = (self.values(&format!("{name}.weight")), self.values(&format!("{name}.bias")));
        let outputs = weight.chunks_exact(x.len()).zip(bias);
        let sum = |row: &[f32]| row.iter().zip(x).map(|(&w, x)| f64::from(w) * x).sum::<f64>();
        outputs.map(|(row, &bias)| sum(row) + f64::from(bias)).collect()
    }

    fn norm(&self, name: &str, x: Vec<f64>) -> Vec<f64> {
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        let variance = x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n;
        let (gain, shift) = (self.values(&format!("{name}.weight")), self.values(&format!("{name}.bias")));
        let scaled = |v: f64| (v - mean) / (variance + EPSILON).sqrt();
        x.iter()
            .zip(gain.iter().zip(shift))
            .map(|(&v, (&g, &s))| scaled(v) * f64::from(g) + f64::from(s))
            .collect()
    }
}

fn attention(query: &[Vec<f64>], key: &[Vec<f64>], value: &[Vec<f64>], heads: usize) -> Vec<Vec<f64>> {
    let width = query[0].len();
    let head = width / heads;
    let one = |q: &Vec<f64>| {
        let mut out = vec![0.0; width];
        for h in 0..heads {
            let part = h * head..(h + 1) * head;
            let score = |k: &Vec<f64>| part.clone().map(|i| q[i] * k[i]).sum::<f64>() / (head as f64).sqrt();
            let weights: Vec<f64> = key.iter().map(|k| score(k).exp()).collect();
            let total: f64 = weights.iter().sum();
            for (weight, v) in weights.iter().zip(value) {
                part.clone().for_each(|i| out[i] += weight / total * v[i]);
            }
        }
        out
    };
    query.iter().map(one).collect()
}

fn add(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    a.iter().zip(b).map(|(a, b)| a.iter().zip(b).map(|(a, b)| a + b).collect()).collect()
}

fn activation(name: &str, x: f64) -> f64 {
    match name {
        "relu" => x.max(0.0),
        "gelu_new" => {
            let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044715 * x.powi(3));
            x / 2.0 * (1.0 + inner.tanh())
        }
        _ => x / 2.0 * (1.0 + erf(x / std::f64::consts::SQRT_2)),
    }
}

/// The error function, by its power series; beyond 5 it is 1 to 11 digits.
fn erf(x: f64) -> f64 {
    if x.abs() > 5.0 {
        return x.signum();
    }
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * 2.0 / std::f64::consts::PI.sqrt()
}

/// Divided by its length; zeros stay.
pub(crate) fn unit(x: Vec<f64>) -> Vec<f64> {
    let length = x.iter().map(|v| v * v).sum::<f64>().sqrt();
    if length == 0.0 { x } else { x.into_iter().map(|v| v / length).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erf_has_the_values_of_the_tables() {
        for (x, value) in [(0.0, 0.0), (0.5, 0.5204998778), (1.0, 0.8427007929), (3.0, 0.9999779095)] {
            assert!((erf(x) - value).abs() < 1e-9 && (erf(-x) + value).abs() < 1e-9, "{x}");
        }
    }
}
