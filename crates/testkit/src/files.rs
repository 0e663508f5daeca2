//! A model's files, and numbers to fill them with.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, json};

/// Files of a model folder by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Writes files below a folder.
///
/// # Panics
///
/// Where one can't be written.
pub fn write(folder: &Path, files: &Files) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("below a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }
}

/// A tensor as it is stored.
pub struct Tensor {
    /// `F32`, `F16`, `I8` or `I64`.
    pub dtype: &'static str,
    /// Its shape.
    pub shape: Vec<usize>,
    /// Its numbers, little-endian.
    pub data: Vec<u8>,
}

impl Tensor {
    /// Of f32 numbers.
    pub fn f32(shape: &[usize], values: &[f32]) -> Self {
        let data = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        Self { dtype: "F32", shape: shape.to_vec(), data }
    }
}

/// The bytes of a `model.safetensors`.
pub fn safetensors(tensors: &BTreeMap<String, Tensor>) -> Vec<u8> {
    let (mut header, mut data) = (Map::new(), Vec::new());
    for (name, tensor) in tensors {
        let start = data.len();
        data.extend_from_slice(&tensor.data);
        let entry =
            json!({"dtype": tensor.dtype, "shape": tensor.shape, "data_offsets": [start, data.len()]});
        header.insert(name.clone(), entry);
    }
    let header = serde_json::Value::Object(header).to_string();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend_from_slice(header.as_bytes());
    file.extend_from_slice(&data);
    file
}

/// Numbers without a pattern, between -1 and 1, the same from the same seed (splitmix64).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    pub(crate) fn take(&mut self, count: usize, centre: f32, reach: f32) -> Vec<f32> {
        (0..count).map(|_| centre + reach * self.next()).collect()
    }
}
