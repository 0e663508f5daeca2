//! One file from a URL into a folder: resumed where an earlier try stopped, and checked against its hash.
//!
//! While it arrives the file is called `NAME.part`. It gets its name when its hash fits, so a file with
//! its name is complete. A `.part` file is kept after a lost connection and removed after a wrong hash.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use ureq::config::RedirectAuthHeaders;
use ureq::http::StatusCode;
use ureq::{Agent, Body, http::Response};

use super::files::{Expected, Hasher};
use super::{PullError, PullEvent, PullOptions};

/// A file to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its path in the model folder.
    pub file: String,
    /// Where it lies.
    pub url: String,
    /// Its size, as the source states it.
    pub size: u64,
    /// Its hash, as the source states it.
    pub expected: Expected,
}

/// An agent that follows redirects, gives up on dead connections, and never leaves https for http.
pub fn agent(options: &PullOptions) -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .https_only(options.base_url.starts_with("https://"))
        // The token is for the hub, not for the stores that it sends us to.
        .redirect_auth_headers(RedirectAuthHeaders::SameHost)
        .timeout_connect(Some(options.patience))
        .timeout_recv_response(Some(options.patience))
        .timeout_per_read(Some(options.patience))
        .user_agent(concat!("throughline/", env!("CARGO_PKG_VERSION")))
        // A compressed answer could not be resumed by bytes of the file.
        .accept_encoding("identity")
        .build()
        .new_agent()
}

/// Asks for a URL, from byte `from` on.
pub fn get(agent: &Agent, url: &str, from: u64, options: &PullOptions) -> Result<Response<Body>, PullError> {
    let mut request = agent.get(url);
    if from > 0 {
        request = request.header("range", format!("bytes={from}-"));
    }
    if let Some(token) = &options.token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.call().map_err(|source| PullError::Network { url: url.to_string(), source: Box::new(source) })
}

/// Fetches a file to `target`, trying again where that may help.
pub fn fetch(
    agent: &Agent,
    wanted: &Wanted,
    target: &Path,
    options: &PullOptions,
    progress: &mut dyn FnMut(PullEvent<'_>),
) -> Result<(), PullError> {
    let mut pause = options.pause;
    for left in (0..options.attempts.max(1)).rev() {
        match attempt(agent, wanted, target, options, progress) {
            Err(error) if left > 0 && error.may_pass() => {
                progress(PullEvent::Retrying { file: &wanted.file, reason: error.to_string() });
                std::thread::sleep(pause);
                pause *= 2;
            }
            ended => return ended,
        }
    }
    unreachable!("the last try returns");
}

fn attempt(
    agent: &Agent,
    wanted: &Wanted,
    target: &Path,
    options: &PullOptions,
    progress: &mut dyn FnMut(PullEvent<'_>),
) -> Result<(), PullError> {
    if target.is_file() {
        // Complete after an earlier call; looked at again, since the folder lay about since.
        let part = Part::open(target.to_path_buf(), wanted)?;
        progress(PullEvent::Started { file: &wanted.file, bytes: wanted.size, kept: part.got });
        part.check(wanted)?;
        progress(PullEvent::Verified { file: &wanted.file });
        return Ok(());
    }
    let mut part = Part::open(part_path(target), wanted)?;
    progress(PullEvent::Started { file: &wanted.file, bytes: wanted.size, kept: part.got });
    if part.got < wanted.size {
        let mut answer = get(agent, &wanted.url, part.got, options)?;
        match answer.status() {
            StatusCode::PARTIAL_CONTENT if starts_at(&answer, part.got) => {}
            // Nothing of the file is left to fetch, or the server starts elsewhere: it is not the same file.
            StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE if part.got > 0 => {
                part.restart(wanted)?;
                answer = get(agent, &wanted.url, 0, options)?;
            }
            // The server does not do ranges and sends the whole.
            StatusCode::OK if part.got > 0 => part.restart(wanted)?,
            _ => {}
        }
        if !answer.status().is_success() {
            return Err(PullError::Status { url: wanted.url.clone(), status: answer.status().as_u16() });
        }
        part.receive(answer.body_mut().as_reader(), wanted, progress)?;
    }
    part.check(wanted)?;
    fs::rename(part_path(target), target)
        .map_err(|source| PullError::Io { path: target.to_path_buf(), source })?;
    progress(PullEvent::Verified { file: &wanted.file });
    Ok(())
}

fn part_path(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn starts_at(answer: &Response<Body>, offset: u64) -> bool {
    let range = answer.headers().get("content-range").and_then(|value| value.to_str().ok());
    range.is_some_and(|range| range.starts_with(&format!("bytes {offset}-")))
}

/// A file on its way, with the hash of what is there.
struct Part {
    path: PathBuf,
    file: File,
    got: u64,
    hash: Hasher,
}

impl Part {
    /// Opens or makes it, and takes in what is there already.
    fn open(path: PathBuf, wanted: &Wanted) -> Result<Self, PullError> {
        let io = |source| PullError::Io { path: path.clone(), source };
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        let mut hash = wanted.expected.hasher(wanted.size);
        let got = hash.update_from(&mut file).map_err(io)?;
        let mut part = Self { path, file, got, hash };
        if part.got > wanted.size {
            part.restart(wanted)?;
        }
        Ok(part)
    }

    /// Throws away what is there.
    fn restart(&mut self, wanted: &Wanted) -> Result<(), PullError> {
        let io = |source| PullError::Io { path: self.path.clone(), source };
        self.file.set_len(0).map_err(io)?;
        self.file.seek(SeekFrom::Start(0)).map_err(io)?;
        self.got = 0;
        self.hash = wanted.expected.hasher(wanted.size);
        Ok(())
    }

    /// Takes in the rest. One byte more than announced ends it: the hash will tell.
    fn receive(
        &mut self,
        body: impl Read,
        wanted: &Wanted,
        progress: &mut dyn FnMut(PullEvent<'_>),
    ) -> Result<(), PullError> {
        let interrupted = |got, reason: String| PullError::Interrupted {
            file: wanted.file.clone(),
            got,
            size: wanted.size,
            reason,
        };
        let mut body = body.take(wanted.size - self.got + 1);
        let mut buffer = vec![0; 1 << 16];
        loop {
            let n = match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => n,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(interrupted(self.got, error.to_string())),
            };
            self.file
                .write_all(&buffer[..n])
                .map_err(|source| PullError::Io { path: self.path.clone(), source })?;
            self.hash.update(&buffer[..n]);
            self.got += n as u64;
            progress(PullEvent::Arrived { file: &wanted.file, bytes: self.got });
        }
        if self.got < wanted.size {
            return Err(interrupted(self.got, "the connection was closed".to_string()));
        }
        Ok(())
    }

    /// Compares the hash; removes the file where it does not fit.
    fn check(self, wanted: &Wanted) -> Result<(), PullError> {
        self.file.sync_all().map_err(|source| PullError::Io { path: self.path.clone(), source })?;
        let found = self.hash.hex();
        if self.got == wanted.size && found == wanted.expected.hex() {
            return Ok(());
        }
        fs::remove_file(&self.path).map_err(|source| PullError::Io { path: self.path.clone(), source })?;
        Err(PullError::Tampered {
            file: wanted.file.clone(),
            expected: format!("{} in {} bytes", wanted.expected.hex(), wanted.size),
            found: if self.got > wanted.size { "a longer file".to_string() } else { found },
        })
    }
}
