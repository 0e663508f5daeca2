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
const TOKENIZERS: [&str; 2] = ["tokenizer.json", "unigram.bin"];

/// A model's name, hash and large files: what every kind of model starts from.
pub(crate) struct Checked {
    pub(crate) name: String,
    pub(crate) sha256: String,
    calibration: Option<Scales>,
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
                _ if TOKENIZERS.contains(&file) => tokenizer = Some((file, content)),
                _ => {}
            }
            stamps.push((file, sha256));
        }
        let missing = |file: &str| EmbeddingError::Missing { path: files.path(file) };
        let (weights, weights_sha256) = weights.ok_or_else(|| missing(WEIGHTS))?;
        let (tokenizer_file, tokenizer) = tokenizer.ok_or_else(|| missing(TOKENIZERS[0]))?;
        let calibration = calibration(files, manifest.as_ref(), &weights_sha256)?;
        Ok(Self {
            name: manifest.map_or_else(|| files.name(), |manifest| manifest.name),
            sha256: fingerprint(stamps.iter().map(|(name, sha256)| (*name, sha256.as_str()))),
            calibration,
            weights_path: files.path(WEIGHTS),
            weights,
            tokenizer_path: files.path(tokenizer_file),
            tokenizer,
        })
    }

    fn scales(&self, prompt: &str) -> Option<&Scales> {
        self.calibration.as_ref().filter(|scales| scales.prompt == prompt)
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
            calibration: self.scales(prompt).map(|scales| scales.scale),
            article_calibration: self.scales(prompt).and_then(|scales| scales.articles),
        }
    }
}

/// From a model's cosines to the scale of the decision lines.
struct Scales {
    scale: CosineScale,
    articles: Option<CosineScale>,
    prompt: String,
}

/// The scale of a model with the prompt that it holds for. The reference model's is the common one, whether its
/// weights are the official ones or int8 made of them.
fn calibration(
    files: &ModelFiles,
    manifest: Option<&ModelManifest>,
    weights_sha256: &str,
) -> Result<Option<Scales>, EmbeddingError> {
    if let Some(own) = manifest.and_then(|manifest| manifest.calibration.as_ref()) {
        if !own.scale.is_rising() || own.articles.is_some_and(|articles| !articles.is_rising()) {
            let reason =
                format!("its calibration {} · cosine + {} does not rise", own.scale.gain, own.scale.shift);
            return Err(EmbeddingError::damaged(&files.path(MANIFEST), reason));
        }
        return Ok(Some(Scales { scale: own.scale, articles: own.articles, prompt: own.prompt.clone() }));
    }
    let made_of =
        manifest.and_then(|manifest| manifest.made.as_ref()).map(|made| made.source_sha256.as_str());
    let is_reference = weights_sha256 == REFERENCE_WEIGHTS || made_of == Some(REFERENCE_WEIGHTS);
    Ok(is_reference.then(|| Scales { scale: CosineScale::IDENTITY, articles: None, prompt: String::new() }))
}
