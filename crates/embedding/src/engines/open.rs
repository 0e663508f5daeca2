//! From a model folder to the encoder that its files ask for.

use std::path::Path;

use super::native::NativeEncoder;
use super::open_model::OpenModel;
use super::options::Options;
use super::static_model::{self, StaticEncoder};
use crate::arithmetic::Arithmetic;
use crate::encoder::Encoder;
use crate::error::{EmbeddingError, OptionCause};
use crate::model_files::source::ModelFiles;

/// Opens a model folder, whatever kind of model it holds. Where it has a manifest, its files are checked against it.
///
/// # Errors
///
/// A file that is missing, damaged or not the one of the manifest; a model of a kind that this engine does
/// not run; an option that this model or machine can't follow.
pub fn open(folder: &Path, options: &Options) -> Result<Box<dyn Encoder>, EmbeddingError> {
    read(&ModelFiles::Folder(folder.to_owned()), options)
}

/// [`open`] for files wherever they are.
pub(crate) fn read(files: &ModelFiles, options: &Options) -> Result<Box<dyn Encoder>, EmbeddingError> {
    Ok(if static_model::is_static(files)? {
        if !matches!(options.arithmetic, None | Some(Arithmetic::F32)) {
            return Err(OptionCause::NoArithmetic.into());
        }
        Box::new(StaticEncoder::read(files, options)?)
    } else {
        Box::new(NativeEncoder::read(files, options)?)
    })
}

/// What a model's weights are stored as: `f32`, `f16`, `bf16` or `int8`.
///
/// # Errors
///
/// As [`open`].
pub fn weights_kind(folder: &Path) -> Result<&'static str, EmbeddingError> {
    let files = ModelFiles::Folder(folder.to_owned());
    if static_model::is_static(&files)? {
        static_model::weights_kind(&files)
    } else {
        OpenModel::read(&files, &Options::default())?.weights_kind()
    }
}
