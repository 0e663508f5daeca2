//! A model's files read and checked: what every engine starts from.
//!
//! Both engines share the tokenizer, the limits, the pooling and the names of tensors, so that they can
//! differ in arithmetic alone.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use safetensors::Dtype;
use throughline_schema::manifest::ModelStamp;

use crate::EmbeddingError;
use crate::config::Config;
use crate::model_files::{self, DECISIVE, MANIFEST, ModelFiles, ModelManifest};
use crate::native::Options;
use crate::tokens::Tokens;
use crate::weights::Weights;

const WEIGHTS: &str = "model.safetensors";
const TOKENIZER: &str = "tokenizer.json";

/// A model that an engine can be made of.
pub struct OpenModel {
    name: String,
    sha256: String,
    weights_path: PathBuf,
    weights: Cow<'static, [u8]>,
    /// What the model computes.
    pub config: Config,
    /// Texts to the ids that it reads, the prompt included.
    pub tokens: Tokens,
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
        let manifest: Option<ModelManifest> = files.json_if_there(MANIFEST)?;
        let mut config = Config::read(files)?;
        if let Some(max_tokens) = options.max_tokens {
            let limit = config.positions - config.first_position;
            if !(3..=limit).contains(&max_tokens) {
                return Err(EmbeddingError::Option(format!(
                    "a limit of {max_tokens} tokens is not possible: this model reads 3 to {limit}"
                )));
            }
            config.max_tokens = max_tokens;
        }
        if let Some(prompt) = &options.prompt {
            config.prompt.clone_from(prompt);
        }

        let mut stamps = Vec::new();
        let (mut weights, mut tokenizer) = (None, None);
        for file in DECISIVE {
            let Some(content) = files.read_if_there(file)? else { continue };
            let known = manifest.as_ref().and_then(|manifest| manifest.files.get(file));
            let sha256 = match (files, known) {
                // The program's own file: checked by a test, not at each start.
                (ModelFiles::Embedded { .. }, Some(stamp)) => stamp.sha256.clone(),
                (_, Some(stamp)) => {
                    model_files::check(&files.path(file), &content, stamp)?;
                    stamp.sha256.clone()
                }
                (_, None) => model_files::sha256(&content),
            };
            stamps.push((file, sha256));
            match file {
                WEIGHTS => weights = Some(content),
                TOKENIZER => tokenizer = Some(content),
                _ => {}
            }
        }
        let missing = |file: &str| EmbeddingError::Missing { path: files.path(file) };
        let weights = weights.ok_or_else(|| missing(WEIGHTS))?;
        let tokenizer = tokenizer.ok_or_else(|| missing(TOKENIZER))?;

        let path = files.path(TOKENIZER);
        let tokens = Tokens::read(&path, &tokenizer, config.max_tokens, &config.prompt)?;
        if tokens.vocabulary() > config.vocabulary {
            let reason = format!("it has {} tokens, the model {}", tokens.vocabulary(), config.vocabulary);
            return Err(EmbeddingError::damaged(&path, reason));
        }
        Ok(Self {
            name: manifest.map_or_else(|| files.name(), |manifest| manifest.name),
            sha256: model_files::fingerprint(stamps.iter().map(|(name, sha256)| (*name, sha256.as_str()))),
            weights_path: files.path(WEIGHTS),
            weights,
            config,
            tokens,
        })
    }

    /// The model's tensors.
    ///
    /// # Errors
    ///
    /// A file that is truncated or not in the safetensors form.
    pub fn weights(&self) -> Result<Weights<'_>, EmbeddingError> {
        Weights::read(&self.weights_path, &self.weights)
    }

    /// What its layers' weights are: `f32`, `f16`, `bf16` or `int8`.
    ///
    /// # Errors
    ///
    /// As [`weights`](Self::weights), or weights of an unknown form.
    pub fn weights_kind(&self) -> Result<&'static str, EmbeddingError> {
        let shape = [self.config.width; 2];
        let weights = self.weights()?;
        match weights.tensor("encoder.layer.0.attention.self.query.weight", &shape)?.dtype() {
            Dtype::F32 | Dtype::F64 => Ok("f32"),
            Dtype::F16 => Ok("f16"),
            Dtype::BF16 => Ok("bf16"),
            Dtype::I8 => Ok("int8"),
            other => {
                Err(EmbeddingError::unsupported(&self.weights_path, format!("its weights are {other:?}")))
            }
        }
    }

    /// The stamp of this model on an engine.
    pub fn stamp(&self, engine: &str, kernels: String) -> ModelStamp {
        ModelStamp {
            name: self.name.clone(),
            sha256: self.sha256.clone(),
            engine: engine.to_owned(),
            kernels,
            dimensions: self.config.width as u32,
            max_tokens: self.config.max_tokens as u32,
        }
    }
}
