//! Models built into the program, each behind a feature of its own.
//!
//! To add one: its folder in `models/`, its feature in `Cargo.toml`, and its files in `MODELS`.

use crate::encoder::Encoder;
use crate::engines::open;
use crate::engines::options::Options;
use crate::error::EmbeddingError;
use crate::model_files::source::ModelFiles;
use crate::model_files::{MANIFEST, ModelManifest};

/// The files of a folder in `models/`.
#[cfg(any(feature = "embedded-minilm", feature = "embedded-e5"))]
macro_rules! model {
    ($folder:literal: $($file:literal),+ $(,)?) => {
        EmbeddedModel {
            name: $folder,
            files: &[$(($file, include_bytes!(concat!("../../../../models/", $folder, "/", $file)))),+],
        }
    };
}

/// Those of the features that are on, in order of the features.
static MODELS: &[EmbeddedModel] = &[
    #[cfg(feature = "embedded-minilm")]
    model!(
        "all-MiniLM-L6-v2-int8": "1_Pooling/config.json", "config.json", "config_sentence_transformers.json",
        "manifest.json", "model.safetensors", "modules.json", "sentence_bert_config.json", "tokenizer.json",
    ),
    #[cfg(feature = "embedded-e5")]
    model!(
        "multilingual-e5-small-int8": "1_Pooling/config.json", "config.json", "config_sentence_transformers.json",
        "manifest.json", "model.safetensors", "sentence_bert_config.json", "space.safetensors", "unigram.bin",
    ),
];

/// A model that is built into the program: no folder, no network.
#[derive(Clone, Copy)]
pub struct EmbeddedModel {
    name: &'static str,
    files: &'static [(&'static str, &'static [u8])],
}

impl EmbeddedModel {
    /// Every model whose feature is on; none where no feature is.
    pub fn all() -> &'static [Self] {
        MODELS
    }

    /// The model of this name, where its feature is on.
    pub fn find(name: &str) -> Option<Self> {
        MODELS.iter().copied().find(|model| model.name == name)
    }

    /// Its name, as in its manifest.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What is known of it.
    ///
    /// # Errors
    ///
    /// None that a user can cause.
    pub fn manifest(self) -> Result<ModelManifest, EmbeddingError> {
        self.source().json(MANIFEST)
    }

    /// Opens it on the native engine.
    ///
    /// # Errors
    ///
    /// An option that this model or machine can't follow.
    pub fn open(self, options: &Options) -> Result<Box<dyn Encoder>, EmbeddingError> {
        open::read(&self.source(), options)
    }

    fn source(self) -> ModelFiles {
        ModelFiles::Embedded { name: self.name, files: self.files }
    }
}

/// all-MiniLM-L6-v2 in int8, which is built into the program. Its manifest says where it came from and how it was made.
///
/// # Errors
///
/// None that a user can cause.
#[cfg(feature = "embedded-minilm")]
pub fn embedded() -> Result<Box<dyn Encoder>, EmbeddingError> {
    embedded_with(&Options::default())
}

/// [`embedded`] with options.
///
/// # Errors
///
/// An option that this model or machine can't follow.
#[cfg(feature = "embedded-minilm")]
pub fn embedded_with(options: &Options) -> Result<Box<dyn Encoder>, EmbeddingError> {
    MODELS[0].open(options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model_files::FileStamp;

    #[test]
    fn every_file_is_the_one_of_the_manifest() {
        for model in EmbeddedModel::all() {
            let manifest = model.manifest().unwrap();
            assert_eq!(manifest.name, model.name());
            assert_eq!(model.files.len(), manifest.files.len() + 1);
            for (name, content) in model.files.iter().filter(|(name, _)| *name != MANIFEST) {
                assert_eq!(manifest.files[*name], FileStamp::of(content), "{name}");
            }
        }
    }

    #[test]
    fn every_model_is_on_the_scale_of_the_decision_lines() {
        for model in EmbeddedModel::all() {
            let stamp = model.open(&Options::default()).unwrap().stamp();
            assert!(stamp.calibration.is_some(), "{} is not calibrated", model.name());
        }
    }

    #[cfg(feature = "embedded-minilm")]
    #[test]
    fn the_default_model_is_small_and_is_the_reference() {
        let [model, ..] = MODELS else { panic!("no model") };
        assert!(model.files.iter().map(|(_, content)| content.len()).sum::<usize>() < 24_000_000);
        let made = model.manifest().unwrap().made.unwrap();
        assert_eq!(made.source_sha256, crate::model_files::calibration::REFERENCE_WEIGHTS);
    }
}
