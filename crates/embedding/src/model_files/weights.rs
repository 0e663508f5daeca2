//! Tensors of a `model.safetensors`, by the names that BERT-family models share.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use half::{bf16, f16};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use crate::error::EmbeddingError;

/// A weights file with its place.
pub struct Weights<'a> {
    path: PathBuf,
    tensors: SafeTensors<'a>,
    content: &'a Cow<'static, [u8]>,
    /// What stands before every name: nothing, `bert.`, `roberta.`.
    prefix: String,
}

impl<'a> Weights<'a> {
    #[expect(clippy::ptr_arg, reason = "what is borrowed here is part of the program and need not be copied")]
    pub(crate) fn read(path: &Path, content: &'a Cow<'static, [u8]>) -> Result<Self, EmbeddingError> {
        let tensors = SafeTensors::deserialize(content).map_err(|e| EmbeddingError::damaged(path, e))?;
        const FIRST: &str = "embeddings.word_embeddings.weight";
        let prefix =
            tensors.names().into_iter().filter_map(|n| n.strip_suffix(FIRST)).min().unwrap_or("").to_owned();
        Ok(Self { path: path.to_owned(), tensors, content, prefix })
    }

    /// Whether there is such a tensor.
    pub fn has(&self, name: &str) -> bool {
        self.tensors.tensor(&format!("{}{name}", self.prefix)).is_ok()
    }

    /// A tensor's shape, where it is there.
    pub(crate) fn shape(&self, name: &str) -> Option<Vec<usize>> {
        self.tensors.tensor(&format!("{}{name}", self.prefix)).ok().map(|tensor| tensor.shape().to_vec())
    }

    /// A tensor of any shape.
    pub(crate) fn view(&self, name: &str) -> Result<TensorView<'_>, EmbeddingError> {
        let full = format!("{}{name}", self.prefix);
        self.tensors.tensor(&full).map_err(|_| self.damaged(format!("it has no tensor {full}")))
    }

    /// A tensor of this shape.
    pub(crate) fn tensor(&self, name: &str, shape: &[usize]) -> Result<TensorView<'_>, EmbeddingError> {
        let tensor = self.view(name)?;
        if tensor.shape() != shape {
            let (full, found) = (format!("{}{name}", self.prefix), tensor.shape());
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
        if let (&[rows, width], Some(table)) = (shape, self.nibbles(name, shape)?) {
            let mut values = vec![0.0; rows * width];
            values.chunks_exact_mut(width).enumerate().for_each(|(row, out)| table.read(row, out));
            return Ok(values);
        }
        floats(&self.path, name, &self.tensor(name, shape)?)
    }

    /// A table of vectors in 4 bits, where it is one.
    pub(crate) fn nibbles(&self, name: &str, shape: &[usize]) -> Result<Option<Nibbles>, EmbeddingError> {
        let scales = format!("{name}_scale");
        let &[rows, width] = shape else { return Ok(None) };
        if !width.is_multiple_of(BLOCK) || self.shape(&scales) != Some(vec![rows, width / BLOCK]) {
            return Ok(None);
        }
        let values = self.bytes(&self.tensor(name, &[rows, width / 2])?);
        let scale = self.bytes(&self.tensor(&scales, &[rows, width / BLOCK])?);
        if values.len() != rows * width / 2 || scale.len() != 2 * rows * width / BLOCK {
            return Err(self.damaged(format!("tensor {name} is not in 4 bits")));
        }
        Ok(Some(Nibbles { values, scale, width }))
    }

    /// The bytes of a tensor, without a copy where the file is part of the program.
    fn bytes(&self, tensor: &TensorView<'_>) -> Cow<'static, [u8]> {
        match self.content {
            Cow::Borrowed(content) => {
                let from = tensor.data().as_ptr() as usize - content.as_ptr() as usize;
                Cow::Borrowed(&content[from..from + tensor.data().len()])
            }
            Cow::Owned(_) => Cow::Owned(tensor.data().to_vec()),
        }
    }

    /// What a tensor's numbers are: `f32`, `f16`, `bf16` or `int8`.
    pub(crate) fn kind(&self, name: &str) -> Result<&'static str, EmbeddingError> {
        match self.view(name)?.dtype() {
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

/// Numbers that share a scale.
const BLOCK: usize = 32;

/// A table of vectors in 4 bits: of each 32 numbers the scale in f16, and 16 bytes whose low halves are the first 16 numbers
/// and whose high halves the others, 8 standing for 0 (`Q4_0` of ggml).
pub(crate) struct Nibbles {
    values: Cow<'static, [u8]>,
    scale: Cow<'static, [u8]>,
    width: usize,
}

impl Nibbles {
    /// Writes a row to `out`.
    pub(crate) fn read(&self, row: usize, out: &mut [f32]) {
        let blocks = self.width / BLOCK;
        let (values, scale) = (&self.values[row * self.width / 2..], &self.scale[2 * row * blocks..]);
        let scales = scale.as_chunks::<2>().0.iter().map(|&bytes| f16::from_le_bytes(bytes).to_f32());
        for ((out, bytes), scale) in
            out.chunks_exact_mut(BLOCK).zip(values.chunks_exact(BLOCK / 2)).zip(scales)
        {
            let (low, high) = out.split_at_mut(BLOCK / 2);
            for ((low, high), byte) in low.iter_mut().zip(high).zip(bytes) {
                *low = (f32::from(byte & 15) - 8.0) * scale;
                *high = (f32::from(byte >> 4) - 8.0) * scale;
            }
        }
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
