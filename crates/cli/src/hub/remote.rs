//! A model from the hub: its revision resolved to a commit, its files listed with their hashes, fetched.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use ureq::Agent;

use super::download::{self, Wanted};
use super::files::{self, Expected};
use super::staging::{Description, Opened, Staging};
use super::{PullError, PullEvent, PullOptions, PulledModel};

/// What the hub says of a repository at a revision.
#[derive(Debug, Deserialize)]
struct Repository {
    /// The commit.
    sha: String,
    siblings: Vec<Sibling>,
    #[serde(rename = "cardData")]
    card: Option<Value>,
}

/// A file of the repository.
#[derive(Debug, Deserialize)]
struct Sibling {
    rfilename: String,
    size: Option<u64>,
    #[serde(rename = "blobId")]
    blob: Option<String>,
    lfs: Option<Lfs>,
}

/// A file that is kept apart from git.
#[derive(Debug, Deserialize)]
struct Lfs {
    sha256: String,
    size: u64,
}

/// Pulls `repo` at `revision`.
pub fn pull(
    repo: &str,
    revision: &str,
    into: &Path,
    options: &PullOptions,
    progress: &mut dyn FnMut(PullEvent<'_>),
) -> Result<PulledModel, PullError> {
    let agent = download::agent(options);
    let repository = resolve(&agent, repo, revision, options)?;
    let wanted = choose(repo, &repository, options)?;
    let bytes = wanted.iter().map(|file| file.size).sum();
    progress(PullEvent::Found { revision: Some(&repository.sha), files: wanted.len(), bytes });

    let base = &options.base_url;
    let own_name = repo.rsplit('/').next().unwrap_or(repo);
    let description = Description {
        name: options.name.clone().unwrap_or_else(|| own_name.to_string()),
        origin: format!("{base}/{repo}@{}", repository.sha),
        licence: repository.licence(),
        earlier: None,
    };
    let staging = match Staging::open(into, description, &repository.sha, options.replace)? {
        Opened::Staging(staging) => staging,
        Opened::There(model) => return Ok(model),
    };
    for file in &wanted {
        download::fetch(&agent, file, &staging.place(&file.file)?, options, progress)?;
    }
    staging.finish(wanted.into_iter().map(|file| file.file).collect())
}

/// Asks the hub which commit a revision is, and what is in it.
fn resolve(
    agent: &Agent,
    repo: &str,
    revision: &str,
    options: &PullOptions,
) -> Result<Repository, PullError> {
    let base = &options.base_url;
    let url = format!("{base}/api/models/{repo}/revision/{revision}?blobs=true");
    let mut answer = download::get(agent, &url, 0, options)?;
    let status = answer.status().as_u16();
    match status {
        200 => {}
        404 => {
            return Err(PullError::Unknown {
                base: base.clone(),
                repo: repo.to_string(),
                revision: revision.to_string(),
            });
        }
        // The hub says 401 for names that do not exist too, so as not to tell private ones.
        401 | 403 => return Err(PullError::Refused { base: base.clone(), repo: repo.to_string(), status }),
        _ => return Err(PullError::Status { url, status }),
    }
    let bad = |reason: String| PullError::BadAnswer { url: url.clone(), reason };
    let text = answer.body_mut().read_to_string().map_err(|error| bad(error.to_string()))?;
    let repository: Repository = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
    if !is_hex(&repository.sha, 40) {
        return Err(bad(format!("`{}` is not a commit", repository.sha)));
    }
    Ok(repository)
}

/// The files to take, in order of name.
fn choose(repo: &str, repository: &Repository, options: &PullOptions) -> Result<Vec<Wanted>, PullError> {
    let base = &options.base_url;
    let mut wanted = Vec::new();
    for sibling in repository.siblings.iter().filter(|sibling| files::belongs(&sibling.rfilename)) {
        let file = sibling.rfilename.clone();
        let url = format!("{base}/{repo}/resolve/{}/{file}", repository.sha);
        let (size, expected) = sibling.known().ok_or_else(|| PullError::BadAnswer {
            url: url.clone(),
            reason: "the hub does not say the file's size and hash".to_string(),
        })?;
        wanted.push(Wanted { file, url, size, expected });
    }
    wanted.sort_by(|a, b| a.file.cmp(&b.file));
    wanted.dedup_by(|a, b| a.file == b.file);
    files::check_complete(repo, wanted.iter().map(|file| file.file.as_str()))?;
    Ok(wanted)
}

impl Repository {
    fn licence(&self) -> Option<String> {
        self.card.as_ref()?.get("license")?.as_str().map(str::to_owned)
    }
}

impl Sibling {
    /// Size and hash, where the hub states both in a usable form.
    fn known(&self) -> Option<(u64, Expected)> {
        if let Some(lfs) = &self.lfs {
            return is_hex(&lfs.sha256, 64).then(|| (lfs.size, Expected::Sha256(lfs.sha256.clone())));
        }
        let blob = self.blob.as_ref().filter(|blob| is_hex(blob, 40))?;
        Some((self.size?, Expected::GitBlob(blob.clone())))
    }
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
