//! The files of a model: their manifest, whether they are what it says, and what they say of the model.

pub(crate) mod calibration;
pub(crate) mod checked;
pub(crate) mod config;
mod manifest;
pub(crate) mod source;
pub(crate) mod weights;

pub use manifest::{
    DECISIVE, FileStamp, MANIFEST, Made, ModelManifest, fingerprint, read_manifest, sha256, verify,
    write_calibration,
};
