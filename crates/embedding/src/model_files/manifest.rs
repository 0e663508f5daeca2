//! A model's manifest, and whether its files are what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::calibration::Calibration;
use super::source::ModelFiles;
use crate::error::EmbeddingError;

/// Name of the manifest in a model folder.
pub const MANIFEST: &str = "manifest.json";

/// Files that decide a model's vectors, in order of name; a model need not have all.
pub const DECISIVE: [&str; 9] = [
    "1_Pooling/config.json",
    "config.json",
    "config_sentence_transformers.json",
    "model.safetensors",
    "modules.json",
    "sentence_bert_config.json",
    "space.safetensors",
    "tokenizer.json",
    "unigram.bin",
];

/// What is known of a model: `manifest.json` in its folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelManifest {
    /// The model's name.
    pub name: String,
    /// Where it came from: repository and revision, or a folder.
    pub origin: String,
    /// SPDX identifier of its licence, as its source states it.
    pub licence: String,
    /// `f32`, `bf16` or `int8`.
    pub weights: String,
    /// Length of its vectors.
    pub dimensions: u32,
    /// Tokens of a text that it reads at most.
    pub max_tokens: u32,
    /// How the files were made, for those that were made and not fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Made>,
    /// From its cosines to the scale of the decision lines, where somebody calibrated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
    /// Every file with its size and hash.
    pub files: BTreeMap<String, FileStamp>,
    /// Further entries, kept as they are.
    #[serde(flatten)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// How a model was made from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// What was done.
    pub by: String,
    /// SHA-256 of the weights it was made from.
    pub source_sha256: String,
}

/// Size and hash of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// Size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl FileStamp {
    /// The stamp of a file's content.
    pub fn of(content: &[u8]) -> Self {
        Self { bytes: content.len() as u64, sha256: sha256(content) }
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(content: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The manifest of a model folder, where it has one.
///
/// # Errors
///
/// A manifest that can't be read or understood.
pub fn read_manifest(folder: &Path) -> Result<Option<ModelManifest>, EmbeddingError> {
    ModelFiles::Folder(folder.to_owned()).json_if_there(MANIFEST)
}

/// Replaces the calibration in the manifest of `folder`, whole or not at all.
///
/// # Errors
///
/// No manifest, or one that can't be read or written.
pub fn write_calibration(folder: &Path, calibration: Calibration) -> Result<(), EmbeddingError> {
    let path = folder.join(MANIFEST);
    let mut manifest =
        read_manifest(folder)?.ok_or_else(|| EmbeddingError::Missing { path: path.clone() })?;
    manifest.calibration = Some(calibration);
    let text = serde_json::to_string_pretty(&manifest).map_err(|e| EmbeddingError::damaged(&path, e))?;
    let part = folder.join(format!("{MANIFEST}.part{}", std::process::id()));
    let written = fs::write(&part, text + "\n").and_then(|()| fs::rename(&part, &path));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        EmbeddingError::io(&path)(error)
    })
}

/// Checks every file that the manifest of `folder` names and gives the manifest.
///
/// # Errors
///
/// No manifest, or a file that is missing or differs in size or hash: the first in order of name.
pub fn verify(folder: &Path) -> Result<ModelManifest, EmbeddingError> {
    let manifest =
        read_manifest(folder)?.ok_or_else(|| EmbeddingError::Missing { path: folder.join(MANIFEST) })?;
    for (name, stamp) in &manifest.files {
        let path = folder.join(name);
        let content = fs::read(&path).map_err(EmbeddingError::io(&path))?;
        check(&path, &content, stamp)?;
    }
    Ok(manifest)
}

/// Size first: it tells a broken download from a changed file.
pub(crate) fn check(path: &Path, content: &[u8], stamp: &FileStamp) -> Result<(), EmbeddingError> {
    let found = FileStamp::of(content);
    let (expected, found) = if found.bytes != stamp.bytes {
        (format!("{} bytes", stamp.bytes), format!("{} bytes", found.bytes))
    } else if found.sha256 != stamp.sha256 {
        (format!("sha256 {}", stamp.sha256), format!("sha256 {}", found.sha256))
    } else {
        return Ok(());
    };
    Err(EmbeddingError::Tampered { path: path.to_owned(), expected, found })
}

/// One hash for a whole model: SHA-256 over `name sha256` lines of its decisive files in order of name.
pub fn fingerprint<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut lines: Vec<String> = files
        .into_iter()
        .filter(|(name, _)| DECISIVE.contains(name))
        .map(|(name, sha256)| format!("{name} {sha256}\n"))
        .collect();
    lines.sort_unstable();
    sha256(lines.concat().as_bytes())
}
