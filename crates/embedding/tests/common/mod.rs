//! A float model of real weights: the embedded one with its bytes turned back into numbers.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

/// Makes the model in a new folder, which goes when the answer does.
pub fn float_model() -> tempfile::TempDir {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/all-MiniLM-L6-v2-int8");
    let folder = tempfile::tempdir().unwrap();
    for file in ["config.json", "tokenizer.json", "sentence_bert_config.json"] {
        fs::copy(source.join(file), folder.path().join(file)).unwrap();
    }
    let content = fs::read(source.join("model.safetensors")).unwrap();
    let tensors = SafeTensors::deserialize(&content).unwrap();
    let mut made: BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)> = BTreeMap::new();
    for (name, tensor) in tensors.iter() {
        if tensor.dtype() == Dtype::I8 {
            let weights = numbers(&tensors, name, &tensor);
            made.insert(name.to_owned(), as_f32(tensor.shape(), &weights));
            let bias = name.replace(".weight", ".bias");
            if let Ok(old) = tensors.tensor(&bias) {
                made.insert(bias.clone(), as_f32(old.shape(), &shifted(&tensors, name, &floats(&old))));
            }
        } else if !name.contains("_scale") && !name.contains("input_") && !made.contains_key(name) {
            made.insert(name.to_owned(), (tensor.dtype(), tensor.shape().to_vec(), tensor.data().to_vec()));
        }
    }
    // A bias that came before its weights in the file is made again from them.
    let views = made.iter().map(|(name, (dtype, shape, data))| {
        (name.as_str(), TensorView::new(*dtype, shape.clone(), data).unwrap())
    });
    let path: PathBuf = folder.path().join("model.safetensors");
    safetensors::serialize_to_file(views, None, &path).unwrap();
    folder
}

fn as_f32(shape: &[usize], values: &[f32]) -> (Dtype, Vec<usize>, Vec<u8>) {
    (Dtype::F32, shape.to_vec(), values.iter().flat_map(|x| x.to_le_bytes()).collect())
}

fn floats(tensor: &TensorView<'_>) -> Vec<f32> {
    tensor.data().as_chunks::<4>().0.iter().map(|&x| f32::from_le_bytes(x)).collect()
}

/// What the layer of this matrix does to its input: `x · gain + shift`; nothing to a table of vectors.
fn input(tensors: &SafeTensors<'_>, name: &str) -> Option<(Vec<f32>, Vec<f32>)> {
    let layer = name.strip_suffix(".weight").unwrap();
    let owner = ["query", "key", "value"].iter().find_map(|part| layer.strip_suffix(&format!(".{part}")));
    let owner = owner.unwrap_or(layer);
    let part = |what: &str| tensors.tensor(&format!("{owner}.input_{what}")).ok().map(|t| floats(&t));
    Some((part("gain")?, part("shift")?))
}

/// Weights as numbers that take the layer's input as it is.
fn numbers(tensors: &SafeTensors<'_>, name: &str, tensor: &TensorView<'_>) -> Vec<f32> {
    let width = tensor.shape()[1];
    let scale = floats(&tensors.tensor(&format!("{name}_scale")).unwrap());
    let gain = input(tensors, name).map_or_else(|| vec![1.0; width], |(gain, _)| gain);
    let rows = tensor.data().chunks_exact(width).zip(&scale);
    rows.flat_map(|(row, s)| row.iter().zip(&gain).map(move |(&w, g)| f32::from(w as i8) * s * g)).collect()
}

/// The bias with what the layer's shift adds to it.
fn shifted(tensors: &SafeTensors<'_>, name: &str, bias: &[f32]) -> Vec<f32> {
    let Some((_, shift)) = input(tensors, name) else { return bias.to_vec() };
    let tensor = tensors.tensor(name).unwrap();
    let scale = floats(&tensors.tensor(&format!("{name}_scale")).unwrap());
    let rows = tensor.data().chunks_exact(shift.len()).zip(&scale);
    let added =
        rows.map(|(row, s)| row.iter().zip(&shift).map(|(&w, x)| f32::from(w as i8) * s * x).sum::<f32>());
    bias.iter().zip(added).map(|(bias, added)| bias + added).collect()
}
