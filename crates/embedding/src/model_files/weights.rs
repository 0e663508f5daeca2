//! Tensors of a `model.safetensors`, by the names that BERT-family models share.

use std::path::{Path, PathBuf};

use half::{bf16, f16};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use crate::error::EmbeddingError;

/// A weights file with its place.
pub struct Weights<'a> {
    path: PathBuf,
    tensors: SafeTensors<'a>,
    /// What stands before every name: nothing, `bert.`, `roberta.`.
    prefix: String,
}

impl<'a> Weights<'a> {
    pub(crate) fn read(path: &Path, content: &'a [u8]) -> Result<Self, EmbeddingError> {
        let tensors = SafeTensors::deserialize(content).map_err(|e| EmbeddingError::damaged(path, e))?;
        const FIRST: &str = "embeddings.word_embeddings.weight";
        let prefix =
            tensors.names().into_iter().filter_map(|n| n.strip_suffix(FIRST)).min().unwrap_or("").to_owned();
        Ok(Self { path: path.to_owned(), tensors, prefix })
    }

    /// Whether there is such a tensor.
    pub fn has(&self, name: &str) -> bool {
        self.tensors.tensor(&format!("{}{name}", self.prefix)).is_ok()
    }

    /// A tensor's shape, where it is there.
    pub(crate) fn shape(&self, name: &str) -> Option<Vec<usize>> {
        self.tensors.tensor(&format!("{}{name}", self.prefix)).ok().map(|tensor| tensor.shape().to_vec())
    }

    /// A tensor of this shape.
    pub(crate) fn tensor(&self, name: &str, shape: &[usize]) -> Result<TensorView<'_>, EmbeddingError> {
        let full = format!("{}{name}", self.prefix);
        let tensor = self
            .tensors
            .tensor(&full)
            .map_err(|_| EmbeddingError::damaged(&self.path, format!("it has no tensor {full}")))?;
        if tensor.shape() != shape {
            let found = tensor.shape();
            return Err(EmbeddingError::damaged(
                &self.path,
                format!("tensor {full} has shape {found:?}, the configuration says {shape:?}"),
            ));
        }
        Ok(tensor)
    }

    /// A tensor's values as f32, whatever floating-point type holds them.
    ///
    /// # Errors
    ///
    /// There is none of this name, or it has another shape, or it does not hold floating-point numbers.
    pub fn f32(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EmbeddingError> {
        floats(&self.path, name, &self.tensor(name, shape)?)
    }

    /// What a tensor's numbers are: `f32`, `f16`, `bf16` or `int8`.
    pub(crate) fn kind(&self, name: &str) -> Result<&'static str, EmbeddingError> {
        let full = format!("{}{name}", self.prefix);
        let tensor = self.tensors.tensor(&full);
        let tensor = tensor.map_err(|_| self.damaged(format!("it has no tensor {full}")))?;
        match tensor.dtype() {
            Dtype::F32 | Dtype::F64 => Ok("f32"),
            Dtype::F16 => Ok("f16"),
            Dtype::BF16 => Ok("bf16"),
            Dtype::I8 => Ok("int8"),
            other => Err(EmbeddingError::unsupported(&self.path, format!("its weights are {other:?}"))),
        }
    }

    /// A tensor's values, where they are signed bytes.
    pub(crate) fn int8(&self, name: &str, shape: &[usize]) -> Result<Option<Vec<i8>>, EmbeddingError> {
        let tensor = self.tensor(name, shape)?;
        Ok((tensor.dtype() == Dtype::I8).then(|| tensor.data().iter().map(|&byte| byte as i8).collect()))
    }

    pub(crate) fn damaged(&self, reason: impl ToString) -> EmbeddingError {
        EmbeddingError::damaged(&self.path, reason)
    }
}

/// A tensor's values as f32, whatever floating-point type holds them.
pub(crate) fn floats(path: &Path, name: &str, tensor: &TensorView<'_>) -> Result<Vec<f32>, EmbeddingError> {
    let data = tensor.data();
    Ok(match tensor.dtype() {
        Dtype::F32 => values(data, f32::from_le_bytes),
        Dtype::F16 => values(data, |b| f16::from_le_bytes(b).to_f32()),
        Dtype::BF16 => values(data, |b| bf16::from_le_bytes(b).to_f32()),
        Dtype::F64 => values(data, |b| f64::from_le_bytes(b) as f32),
        other => {
            let reason = format!("tensor {name} holds {other:?}, not floating-point numbers");
            return Err(EmbeddingError::unsupported(path, reason));
        }
    })
}

fn values<const N: usize>(data: &[u8], read: impl Fn([u8; N]) -> f32) -> Vec<f32> {
    data.as_chunks::<N>().0.iter().map(|&b| read(b)).collect()
}
