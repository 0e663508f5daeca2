//! The default model, built into the program.

use crate::EmbeddingError;
use crate::model_files::{MANIFEST, ModelFiles, ModelManifest};
use crate::native::{NativeEncoder, Options};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../models/all-MiniLM-L6-v2-int8/", $name)))),+]
    };
}

/// all-MiniLM-L6-v2 in int8; its manifest says where it came from and how it was made.
const FILES: &[(&str, &[u8])] = files![
    "1_Pooling/config.json",
    "config.json",
    "config_sentence_transformers.json",
    "manifest.json",
    "model.safetensors",
    "modules.json",
    "sentence_bert_config.json",
    "tokenizer.json",
];

fn model_files() -> ModelFiles {
    ModelFiles::Embedded { name: "all-MiniLM-L6-v2-int8", files: FILES }
}

/// The default model, which is built into the program: no folder, no network.
///
/// # Errors
///
/// None that a user can cause.
pub fn embedded() -> Result<NativeEncoder, EmbeddingError> {
    embedded_with(&Options::default())
}

/// [`embedded`] with options.
///
/// # Errors
///
/// An option that this model or machine can't follow.
pub fn embedded_with(options: &Options) -> Result<NativeEncoder, EmbeddingError> {
    NativeEncoder::read(&model_files(), options)
}

/// What is known of the default model.
///
/// # Errors
///
/// None that a user can cause.
pub fn embedded_manifest() -> Result<ModelManifest, EmbeddingError> {
    model_files().json(MANIFEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model_files::FileStamp;

    #[test]
    fn every_file_is_the_one_of_the_manifest() {
        let manifest = embedded_manifest().unwrap();
        assert_eq!(FILES.len(), manifest.files.len() + 1);
        for (name, content) in FILES.iter().filter(|(name, _)| *name != MANIFEST) {
            assert_eq!(manifest.files[*name], FileStamp::of(content), "{name}");
        }
        assert!(FILES.iter().map(|(_, content)| content.len()).sum::<usize>() < 24_000_000);
    }
}
