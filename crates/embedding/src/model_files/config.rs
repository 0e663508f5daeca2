//! What a model folder says of its architecture: `config.json` and the sentence-transformers files.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::source::ModelFiles;
use crate::error::EmbeddingError;
use crate::kernels::{Finish, LANES};

/// Fields of `config.json` that decide the arithmetic.
#[derive(Debug, Deserialize)]
struct BertConfig {
    #[serde(default)]
    model_type: String,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    #[serde(default = "default_activation")]
    hidden_act: String,
    #[serde(default = "default_epsilon")]
    layer_norm_eps: f32,
    max_position_embeddings: usize,
    vocab_size: usize,
    #[serde(default)]
    pad_token_id: usize,
    #[serde(default)]
    position_embedding_type: Option<String>,
}

fn default_activation() -> String {
    "gelu".to_owned()
}

fn default_epsilon() -> f32 {
    1e-12
}

#[derive(Debug, Default, Deserialize)]
struct SentenceConfig {
    max_seq_length: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PoolingConfig {
    pooling_mode_cls_token: bool,
    pooling_mode_mean_tokens: bool,
    pooling_mode_max_tokens: bool,
    pooling_mode_mean_sqrt_len_tokens: bool,
    pooling_mode_weightedmean_tokens: bool,
    pooling_mode_lasttoken: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PromptConfig {
    prompts: BTreeMap<String, String>,
    default_prompt_name: Option<String>,
}

/// The model's prompts by name, and the one that is set before every text unless another is asked for.
pub(crate) fn read_prompts(files: &ModelFiles) -> Result<(BTreeMap<String, String>, String), EmbeddingError> {
    const FILE: &str = "config_sentence_transformers.json";
    let PromptConfig { prompts, default_prompt_name } = files.json_if_there(FILE)?.unwrap_or_default();
    let Some(name) = default_prompt_name else { return Ok((prompts, String::new())) };
    match prompts.get(&name).cloned() {
        Some(prompt) => Ok((prompts, prompt)),
        None => Err(EmbeddingError::damaged(&files.path(FILE), format!("it has no prompt named {name}"))),
    }
}

/// The prompt of this name, or the words themselves.
pub(crate) fn named_prompt(prompts: &BTreeMap<String, String>, asked: &str) -> String {
    prompts.get(asked).map_or(asked, String::as_str).to_owned()
}

/// How token vectors become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// The mean of a text's token vectors.
    Mean,
    /// The vector of its first token.
    Cls,
}

/// A checked architecture.
#[derive(Clone, Debug)]
pub struct Config {
    /// Length of a token's vector, and of a text's.
    pub width: usize,
    /// Transformer layers.
    pub layers: usize,
    /// Attention heads of a layer; they share `width` evenly.
    pub heads: usize,
    /// Width of a layer's feed-forward part.
    pub intermediate: usize,
    /// Rows of the table of words.
    pub vocabulary: usize,
    /// Rows of the table of positions.
    pub positions: usize,
    /// Row of the position table for a text's first token.
    pub first_position: usize,
    pub(crate) activation: Finish,
    /// What layer norm adds to the variance.
    pub epsilon: f32,
    /// Tokens of a text that are read at most, with those of the template.
    pub max_tokens: usize,
    /// How token vectors become one.
    pub pooling: Pooling,
    /// The model's prompts by name.
    pub prompts: BTreeMap<String, String>,
    /// What is set before every text; empty for most models.
    pub prompt: String,
}

impl Config {
    pub(crate) fn read(files: &ModelFiles) -> Result<Self, EmbeddingError> {
        const FILE: &str = "config.json";
        let bert: BertConfig = files.json(FILE)?;
        let refuse = |reason: String| Err(EmbeddingError::unsupported(&files.path(FILE), reason));
        // RoBERTa's kind counts positions from one past the padding token's id.
        let first_position = match bert.model_type.as_str() {
            "" | "bert" => 0,
            "roberta" | "xlm-roberta" | "camembert" => bert.pad_token_id + 1,
            other => return refuse(format!("model_type is \"{other}\"")),
        };
        let activation = match bert.hidden_act.as_str() {
            "gelu" => Finish::Gelu,
            "gelu_new" | "gelu_pytorch_tanh" | "gelu_fast" => Finish::GeluTanh,
            "relu" => Finish::Relu,
            other => return refuse(format!("hidden_act is \"{other}\"")),
        };
        if !matches!(bert.position_embedding_type.as_deref(), None | Some("absolute")) {
            return refuse("position_embedding_type is not \"absolute\"".to_owned());
        }
        let heads = bert.num_attention_heads;
        if heads == 0
            || !bert.hidden_size.is_multiple_of(heads)
            || !(bert.hidden_size / heads).is_multiple_of(LANES)
        {
            return refuse(format!(
                "hidden_size {} in {heads} heads is not a multiple of 16 each",
                bert.hidden_size
            ));
        }
        if bert.intermediate_size == 0 || !bert.intermediate_size.is_multiple_of(LANES) {
            return refuse(format!("intermediate_size {} is not a multiple of 16", bert.intermediate_size));
        }
        if bert.max_position_embeddings <= first_position + 2 {
            return refuse(format!("max_position_embeddings is {}", bert.max_position_embeddings));
        }
        let limit = bert.max_position_embeddings - first_position;
        let sentence: SentenceConfig = files.json_if_there("sentence_bert_config.json")?.unwrap_or_default();
        let max_tokens = sentence.max_seq_length.unwrap_or(512).min(limit);
        if max_tokens < 3 {
            return refuse(format!("max_seq_length is {max_tokens}"));
        }
        let (prompts, prompt) = read_prompts(files)?;
        Ok(Self {
            width: bert.hidden_size,
            layers: bert.num_hidden_layers,
            heads,
            intermediate: bert.intermediate_size,
            vocabulary: bert.vocab_size,
            positions: bert.max_position_embeddings,
            first_position,
            activation,
            epsilon: bert.layer_norm_eps,
            max_tokens,
            pooling: Self::pooling(files)?,
            prompts,
            prompt,
        })
    }

    /// Mean, unless `1_Pooling/config.json` says otherwise.
    fn pooling(files: &ModelFiles) -> Result<Pooling, EmbeddingError> {
        const FILE: &str = "1_Pooling/config.json";
        let Some(modes) = files.json_if_there::<PoolingConfig>(FILE)? else { return Ok(Pooling::Mean) };
        let other = modes.pooling_mode_max_tokens
            || modes.pooling_mode_mean_sqrt_len_tokens
            || modes.pooling_mode_weightedmean_tokens
            || modes.pooling_mode_lasttoken;
        match (modes.pooling_mode_mean_tokens, modes.pooling_mode_cls_token, other) {
            (true, false, false) => Ok(Pooling::Mean),
            (false, true, false) => Ok(Pooling::Cls),
            _ => Err(EmbeddingError::unsupported(&files.path(FILE), "pooling is neither mean nor cls alone")),
        }
    }

    /// The feed-forward part's activation, by its name in `config.json`: `gelu`, `gelu_new` or `relu`.
    pub fn activation(&self) -> &'static str {
        match self.activation {
            Finish::GeluTanh => "gelu_new",
            Finish::Relu => "relu",
            _ => "gelu",
        }
    }

    /// Dimensions of one attention head.
    pub(crate) fn head(&self) -> usize {
        self.width / self.heads
    }
}
