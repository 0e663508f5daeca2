//! Which files of a repository, folder or archive make a model folder, and how one is known by its hash.

use std::io::{self, Read};
use std::path::{Component, Path};

use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::PullError;

/// Without these no engine runs.
const NEEDED: [&str; 3] = ["config.json", "tokenizer.json", "model.safetensors"];

/// Taken where they exist: how sentences are pooled, what the tokenizer does, what the model may be used for.
const WANTED: [&str; 10] = [
    "modules.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
    "README.md",
    "LICENSE",
    "LICENSE.txt",
    "LICENSE.md",
];

/// Whether a file belongs to the model, by its path below the model's folder. Everything else stays
/// behind: other formats of the same weights, training logs. A path that it lets through stays inside
/// the folder.
pub fn belongs(path: &str) -> bool {
    if NEEDED.contains(&path) || WANTED.contains(&path) {
        return true;
    }
    // Modules beside the transformer, such as `1_Pooling/config.json`.
    let Some((folder, file)) = path.split_once('/') else { return false };
    let Some((number, name)) = folder.split_once('_') else { return false };
    !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
        && matches!(file, "config.json" | "model.safetensors")
}

/// Whether a path stays below the folder that it is joined to.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains('\\')
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Whether nothing is missing that an engine needs.
pub fn check_complete<'a>(
    place: &str,
    files: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), PullError> {
    match NEEDED.into_iter().find(|needed| !files.clone().any(|file| file == *needed)) {
        None => Ok(()),
        Some(missing) => Err(PullError::Unsupported {
            place: place.to_owned(),
            file: missing.to_owned(),
            needed: NEEDED.join(", "),
        }),
    }
}

/// What a file must hash to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// SHA-256 of its bytes: large files, which the hub keeps apart from git.
    Sha256(String),
    /// Its name as a blob of git, SHA-1 over its length and bytes: small files.
    GitBlob(String),
}

impl Expected {
    /// The hash in hexadecimal.
    pub fn hex(&self) -> &str {
        match self {
            Self::Sha256(hex) | Self::GitBlob(hex) => hex,
        }
    }

    /// A hash to be fed with a file of `size` bytes.
    pub fn hasher(&self, size: u64) -> Hasher {
        match self {
            Self::Sha256(_) => Hasher::Sha256(Sha256::new()),
            Self::GitBlob(_) => Hasher::GitBlob(Sha1::new_with_prefix(format!("blob {size}\0"))),
        }
    }
}

/// A hash under way.
pub enum Hasher {
    /// See [`Expected::Sha256`].
    Sha256(Sha256),
    /// See [`Expected::GitBlob`].
    GitBlob(Sha1),
}

impl Hasher {
    /// Takes in more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hash) => hash.update(bytes),
            Self::GitBlob(hash) => hash.update(bytes),
        }
    }

    /// Takes in all that a reader gives and says how much it was.
    pub fn update_from(&mut self, mut reader: impl Read) -> io::Result<u64> {
        let mut buffer = vec![0; 1 << 16];
        let mut total = 0;
        loop {
            match reader.read(&mut buffer)? {
                0 => return Ok(total),
                n => {
                    self.update(&buffer[..n]);
                    total += n as u64;
                }
            }
        }
    }

    /// The hash in hexadecimal.
    pub fn hex(self) -> String {
        fn hex(bytes: &[u8]) -> String {
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        }
        match self {
            Self::Sha256(hash) => hex(&hash.finalize()),
            Self::GitBlob(hash) => hex(&hash.finalize()),
        }
    }
}

/// The licence that a model card's front matter states.
pub fn licence_of_card(card: &str) -> Option<String> {
    let front = card.strip_prefix("---")?.split("\n---").next()?;
    let line = front.lines().find_map(|line| line.strip_prefix("license:"))?;
    let licence = line.trim().trim_matches(['"', '\'']);
    (!licence.is_empty()).then(|| licence.to_string())
}
