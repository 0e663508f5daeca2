//! The files that decide a model's vectors, read and held against its manifest.

use std::borrow::Cow;
use std::path::PathBuf;

use throughline_schema::CosineScale;
use throughline_schema::manifest::ModelStamp;

use super::calibration::REFERENCE_WEIGHTS;
use super::manifest::{DECISIVE, MANIFEST, ModelManifest, check, fingerprint, sha256};
use super::source::ModelFiles;
use crate::error::EmbeddingError;

const WEIGHTS: &str = "model.safetensors";
const TOKENIZER: &str = "tokenizer.json";

/// A model's name, hash and large files: what every kind of model starts from.
pub(crate) struct Checked {
    pub(crate) name: String,
    pub(crate) sha256: String,
    calibration: Option<(CosineScale, String)>,
    pub(crate) weights_path: PathBuf,
    pub(crate) weights: Cow<'static, [u8]>,
    pub(crate) tokenizer_path: PathBuf,
    pub(crate) tokenizer: Cow<'static, [u8]>,
}

impl Checked {
    /// Reads the decisive files. Where the model has a manifest, they must be the ones that it names.
    pub(crate) fn read(files: &ModelFiles) -> Result<Self, EmbeddingError> {
        let manifest: Option<ModelManifest> = files.json_if_there(MANIFEST)?;
        let mut stamps = Vec::new();
        let (mut weights, mut tokenizer) = (None, None);
        for file in DECISIVE {
            let Some(content) = files.read_if_there(file)? else { continue };
            let known = manifest.as_ref().and_then(|manifest| manifest.files.get(file));
            let sha256 = match (files, known) {
                // The program's own file: checked by a test, not at each start.
                (ModelFiles::Embedded { .. }, Some(stamp)) => stamp.sha256.clone(),
                (_, Some(stamp)) => {
                    check(&files.path(file), &content, stamp)?;
                    stamp.sha256.clone()
                }
                (_, None) => sha256(&content),
            };
            match file {
                WEIGHTS => weights = Some((content, sha256.clone())),
                TOKENIZER => tokenizer = Some(content),
                _ => {}
            }
            stamps.push((file, sha256));
        }
        let missing = |file: &str| EmbeddingError::Missing { path: files.path(file) };
        let (weights, weights_sha256) = weights.ok_or_else(|| missing(WEIGHTS))?;
        let tokenizer = tokenizer.ok_or_else(|| missing(TOKENIZER))?;
        let calibration = calibration(files, manifest.as_ref(), &weights_sha256)?;
        Ok(Self {
            name: manifest.map_or_else(|| files.name(), |manifest| manifest.name),
            sha256: fingerprint(stamps.iter().map(|(name, sha256)| (*name, sha256.as_str()))),
            calibration,
            weights_path: files.path(WEIGHTS),
            weights,
            tokenizer_path: files.path(TOKENIZER),
            tokenizer,
        })
    }

    /// The stamp of this model on an engine.
    pub(crate) fn stamp(
        &self,
        engine: &str,
        kernels: String,
        dimensions: usize,
        max_tokens: usize,
        prompt: &str,
    ) -> ModelStamp {
        ModelStamp {
            name: self.name.clone(),
            sha256: self.sha256.clone(),
            engine: engine.to_owned(),
            kernels,
            dimensions: dimensions as u32,
            max_tokens: max_tokens as u32,
            prompt: prompt.to_owned(),
            // Another prompt moves the cosines.
            calibration: self.calibration.as_ref().filter(|(_, of)| of == prompt).map(|(scale, _)| *scale),
        }
    }
}

/// The scale of a model with the prompt that it holds for. The reference model's is the common one, whether its
/// weights are the official ones or int8 made of them.
fn calibration(
    files: &ModelFiles,
    manifest: Option<&ModelManifest>,
    weights_sha256: &str,
) -> Result<Option<(CosineScale, String)>, EmbeddingError> {
    if let Some(own) = manifest.and_then(|manifest| manifest.calibration.as_ref()) {
        if !own.scale.is_rising() {
            let reason =
                format!("its calibration {} · cosine + {} does not rise", own.scale.gain, own.scale.shift);
            return Err(EmbeddingError::damaged(&files.path(MANIFEST), reason));
        }
        return Ok(Some((own.scale, own.prompt.clone())));
    }
    let made_of =
        manifest.and_then(|manifest| manifest.made.as_ref()).map(|made| made.source_sha256.as_str());
    let is_reference = weights_sha256 == REFERENCE_WEIGHTS || made_of == Some(REFERENCE_WEIGHTS);
    Ok(is_reference.then_some((CosineScale::IDENTITY, String::new())))
}
