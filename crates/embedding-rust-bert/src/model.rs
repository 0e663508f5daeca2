//! One BERT of rust-bert with a model's weights, and its copies for other threads.
//!
//! rust-bert and tch panic on files that they can't use. So nothing here gives them a file: the
//! configuration and every tensor come checked from [`OpenModel`].

use std::path::Path;

use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use tch::nn::{Path as VarPath, VarStore};
use tch::{Device, Kind, Tensor};
use throughline_embedding::{Config, EmbeddingError, OpenModel, OptionCause, Pooling, Weights};

/// What rust-bert adds to the variance in every layer norm, whatever a model asks for.
const EPSILON: f32 = 1e-12;

/// A model that one thread uses at a time: tch's tensors are `Send` but not `Sync`.
pub struct Model {
    variables: VarStore,
    bert: BertModel<BertEmbeddings>,
    config: Config,
}

impl Model {
    /// Makes it of an opened model.
    pub fn new(opened: &OpenModel, folder: &Path) -> Result<Self, EmbeddingError> {
        let config = opened.config.clone();
        if config.epsilon > 10.0 * EPSILON {
            let reason = format!(
                "asks for layer_norm_eps {:e}, and rust-bert computes with {EPSILON:e} only",
                config.epsilon
            );
            return Err(OptionCause::OtherEngine { path: folder.join("config.json"), reason }.into());
        }
        if opened.weights_kind()? == "int8" {
            let reason = "has int8 weights, which rust-bert does not run".to_owned();
            return Err(OptionCause::OtherEngine { path: folder.to_owned(), reason }.into());
        }
        let weights = opened.weights()?;
        let mut model = Self::empty(config);
        model.fill(&weights)?;
        Ok(model)
    }

    /// Another model over the same weights in memory.
    pub fn share(&self) -> Self {
        let copy = Self::empty(self.config.clone());
        let own = self.variables.variables();
        for (name, mut variable) in sorted(&copy.variables) {
            variable.set_data(&own[&name]);
        }
        copy
    }

    fn empty(config: Config) -> Self {
        let variables = VarStore::new(Device::Cpu);
        let bert = bert(variables.root(), &config);
        Self { variables, bert, config }
    }

    fn fill(&mut self, weights: &Weights<'_>) -> Result<(), EmbeddingError> {
        const TYPES: &str = "embeddings.token_type_embeddings.weight";
        for (name, mut variable) in sorted(&self.variables) {
            let shape = variable.size();
            let values = if name == TYPES && !weights.has(TYPES) {
                // Some models have no token types; rust-bert adds a row of them all the same.
                vec![0.0; self.config.width]
            } else if name == TYPES {
                // Only the first of one or two is ever used.
                let rows = [2, 1].into_iter().find_map(|n| weights.f32(&name, &[n, self.config.width]).ok());
                let mut values = rows.map_or_else(|| weights.f32(&name, &[1, self.config.width]), Ok)?;
                values.truncate(self.config.width);
                values
            } else {
                let shape: Vec<usize> = shape.iter().map(|&n| n as usize).collect();
                weights.f32(&name, &shape)?
            };
            variable.set_data(&Tensor::from_slice(&values).view(shape.as_slice()));
        }
        Ok(())
    }

    /// The unit vector of one text, given its token ids, into `row`.
    ///
    /// # Errors
    ///
    /// What libtorch says, such as that there is no memory left.
    pub fn forward(&self, ids: &[u32], row: &mut [f32]) -> Result<(), EmbeddingError> {
        let run = || {
            let ids: Vec<i64> = ids.iter().map(|&id| i64::from(id)).collect();
            let first = self.config.first_position as i64;
            let positions = Tensor::arange_start(first, first + ids.len() as i64, (Kind::Int64, Device::Cpu));
            let out = self.bert.forward_t(
                Some(&Tensor::from_slice(&ids).unsqueeze(0)),
                None,
                None,
                Some(&positions.unsqueeze(0)),
                None,
                None,
                None,
                false,
            );
            let tokens = out.map_err(|error| error.to_string())?.hidden_state.squeeze_dim(0);
            let pooled = match self.config.pooling {
                Pooling::Mean => tokens.mean_dim([0i64].as_slice(), false, Kind::Float),
                Pooling::Cls => tokens.select(0, 0),
            };
            let length = pooled.norm().clamp_min(f64::from(f32::MIN_POSITIVE));
            let unit = pooled / length;
            unit.f_copy_data(row, row.len()).map_err(|error| error.to_string())
        };
        tch::no_grad(run).map_err(|reason| EmbeddingError::Engine(format!("libtorch: {reason}")))
    }
}

fn bert(root: VarPath<'_>, config: &Config) -> BertModel<BertEmbeddings> {
    use rust_bert::Activation;
    let settings = BertConfig {
        hidden_act: match config.activation() {
            "gelu_new" => Activation::gelu_new,
            "relu" => Activation::relu,
            _ => Activation::gelu,
        },
        hidden_size: config.width as i64,
        intermediate_size: config.intermediate as i64,
        max_position_embeddings: config.positions as i64,
        num_attention_heads: config.heads as i64,
        num_hidden_layers: config.layers as i64,
        type_vocab_size: 1,
        vocab_size: config.vocabulary as i64,
        ..BertConfig::default()
    };
    BertModel::new_with_optional_pooler(root, &settings, false)
}

/// Variables by name, in order of name.
fn sorted(store: &VarStore) -> Vec<(String, Tensor)> {
    let mut variables: Vec<(String, Tensor)> = store.variables().into_iter().collect();
    variables.sort_by(|a, b| a.0.cmp(&b.0));
    variables
}
