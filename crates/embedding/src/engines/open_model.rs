//! A model's files read and checked: what every engine starts from.
//!
//! Both engines share the tokenizer, the limits, the pooling and the names of tensors, so that they can
//! differ in arithmetic alone.

use std::path::Path;

use throughline_schema::manifest::ModelStamp;

use super::options::Options;
use crate::error::{EmbeddingError, OptionCause};
use crate::model_files::checked::Checked;
use crate::model_files::config::{self, Config};
use crate::model_files::source::ModelFiles;
use crate::model_files::weights::Weights;
use crate::space::Space;
use crate::tokens::Tokens;

/// See [`Space`].
const SPACE: &str = "space.safetensors";

/// A BERT-family model that an engine can be made of.
pub struct OpenModel {
    files: Checked,
    /// What the model computes.
    pub config: Config,
    /// Texts to the ids that it reads, the prompt included.
    pub tokens: Tokens,
    /// What makes its vectors of several languages comparable.
    pub space: Option<Space>,
}

impl OpenModel {
    /// Opens a model folder. Where it has a manifest, its files are checked against it.
    ///
    /// # Errors
    ///
    /// A file that is missing, damaged or not the one of the manifest, a model of another kind, or an
    /// option that this model can't follow.
    pub fn open(folder: &Path, options: &Options) -> Result<Self, EmbeddingError> {
        Self::read(&ModelFiles::Folder(folder.to_owned()), options)
    }

    pub(crate) fn read(files: &ModelFiles, options: &Options) -> Result<Self, EmbeddingError> {
        let mut config = Config::read(files)?;
        if let Some(max_tokens) = options.max_tokens {
            let limit = config.positions - config.first_position;
            if !(3..=limit).contains(&max_tokens) {
                return Err(OptionCause::TokenLimit { asked: max_tokens, fewest: 3, most: limit }.into());
            }
            config.max_tokens = max_tokens;
        }
        if let Some(prompt) = &options.prompt {
            config.prompt = config::named_prompt(&config.prompts, prompt);
        }
        let space = files.read_if_there(SPACE)?;
        let space =
            space.map(|content| Space::read(&files.path(SPACE), &content, config.width)).transpose()?;
        let files = Checked::read(files)?;
        let path = &files.tokenizer_path;
        let tokens =
            Tokens::read(path, &files.tokenizer, config.vocabulary, config.max_tokens, &config.prompt)?;
        Ok(Self { files, config, tokens, space })
    }

    /// The model's tensors.
    ///
    /// # Errors
    ///
    /// A file that is truncated or not in the safetensors form.
    pub fn weights(&self) -> Result<Weights<'_>, EmbeddingError> {
        Weights::read(&self.files.weights_path, &self.files.weights)
    }

    /// What its layers' weights are: `f32`, `f16`, `bf16` or `int8`.
    ///
    /// # Errors
    ///
    /// As [`weights`](Self::weights), or weights of an unknown form.
    pub fn weights_kind(&self) -> Result<&'static str, EmbeddingError> {
        self.weights()?.kind("encoder.layer.0.attention.self.query.weight")
    }

    /// The stamp of this model on an engine.
    pub fn stamp(&self, engine: &str, kernels: String) -> ModelStamp {
        let config = &self.config;
        self.files.stamp(engine, kernels, config.width, config.max_tokens, &config.prompt)
    }
}
