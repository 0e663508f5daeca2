//! The files that decide a model's vectors, read and held against its manifest.

use std::borrow::Cow;
use std::path::PathBuf;

use throughline_schema::CosineScale;
use throughline_schema::manifest::ModelStamp;

use crate::EmbeddingError;
use crate::embedded::embedded_manifest;
use crate::model_files::{self, DECISIVE, MANIFEST, ModelFiles, ModelManifest};

const WEIGHTS: &str = "model.safetensors";
const TOKENIZER: &str = "tokenizer.json";

/// A model's name, hash and large files: what every kind of model starts from.
pub(crate) struct Checked {
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) calibration: Option<CosineScale>,
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
                    model_files::check(&files.path(file), &content, stamp)?;
                    stamp.sha256.clone()
                }
                (_, None) => model_files::sha256(&content),
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
        let own = manifest.as_ref().and_then(|manifest| manifest.calibration.as_ref());
        if let Some(calibration) = own.filter(|calibration| !calibration.scale.is_rising()) {
            let CosineScale { gain, shift } = calibration.scale;
            let reason = format!("its calibration {gain} · cosine + {shift} does not rise");
            return Err(EmbeddingError::damaged(&files.path(MANIFEST), reason));
        }
        let calibration = match own {
            Some(calibration) => Some(calibration.scale),
            None => of_the_references_source(&weights_sha256)?,
        };
        Ok(Self {
            name: manifest.map_or_else(|| files.name(), |manifest| manifest.name),
            sha256: model_files::fingerprint(stamps.iter().map(|(name, sha256)| (*name, sha256.as_str()))),
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
            calibration: self.calibration,
        }
    }
}

/// The weights that the default model was made from have its scale.
fn of_the_references_source(weights_sha256: &str) -> Result<Option<CosineScale>, EmbeddingError> {
    let made = embedded_manifest()?.made;
    Ok(made.filter(|made| made.source_sha256 == weights_sha256).map(|_| CosineScale::IDENTITY))
}
