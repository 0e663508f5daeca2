//! A model's weights in int8, byte for byte the same on every machine.
//!
//! Weights are bytes with one scale an output channel, word vectors bytes with one scale a word; a
//! layer's inputs are smoothed as calibration texts show is best, and rounding errors made up for. All
//! arithmetic is exactly rounded and in a fixed order, so that anyone can make the file again from its
//! source and compare.

mod rounding;
mod smoothing;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use half::f16;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, View};
use serde_json::{Map, Value, json};

use crate::arithmetic::Arithmetic;
use crate::engines::bert::{Bert, Scratch, Site, linear_names, linear_shape};
use crate::engines::open_model::OpenModel;
use crate::engines::options::Options;
use crate::error::{EmbeddingError, OptionCause};
use crate::kernels::Kernels;
use crate::model_files::config::Config;
use crate::model_files::source::ModelFiles;
use crate::model_files::weights::Weights;
use crate::model_files::{self, DECISIVE, FileStamp, MANIFEST, Made, ModelManifest};
use crate::tokens::Tokens;

/// Our own sentences, such as news has, on which a layer's inputs are seen.
const SENTENCES: &str = include_str!("sentences.txt");

/// Those in Russian and Kazakh, for a model that reads them.
const MULTILINGUAL: &str = include_str!("sentences-multilingual.txt");

/// What a quantised model's manifest says of it, and what it is calibrated on.
#[derive(Clone, Debug, Default)]
pub struct Recipe {
    /// The new model's name; by default the folder's with `-int8`.
    pub name: Option<String>,
    /// Where the source came from; by default what its manifest says, else its folder's name.
    pub origin: Option<String>,
    /// SPDX identifier of its licence; by default what its manifest says, else `unknown`.
    pub licence: Option<String>,
    /// What made the new model; by default this crate.
    pub by: Option<String>,
    /// Texts like those that the model will read; by default 172 sentences, most as in news, and for a model with a Unigram
    /// vocabulary, which are those of many languages, 60 in Russian and 60 in Kazakh besides.
    pub calibration: Option<Vec<String>>,
}

/// Makes the int8 form of the f32 model in `from` and writes it, manifest included, to the new folder `to`.
///
/// # Errors
///
/// A source that can't be opened as f32 weights, a folder `to` that exists, or a file that can't be written.
pub fn quantise(from: &Path, to: &Path, recipe: &Recipe) -> Result<ModelManifest, EmbeddingError> {
    if to.exists() {
        return Err(OptionCause::Exists { path: to.to_owned() }.into());
    }
    let files = ModelFiles::Folder(from.to_owned());
    let source: Option<ModelManifest> = files.json_if_there(MANIFEST)?;
    let opened = OpenModel::read(&files, &Options::default())?;
    let config = &opened.config;
    let weights_path = files.path("model.safetensors");
    let content = files.read("model.safetensors")?;
    let weights = Weights::read(&weights_path, &content)?;
    let bert = Bert::read(config, &weights, Arithmetic::F32)?;
    if bert.arithmetic() == Arithmetic::Int8 {
        return Err(EmbeddingError::unsupported(&weights_path, "its weights are int8 already"));
    }

    let json = files.read_if_there("tokenizer.json")?;
    let mut table = json.and_then(|json| opened.tokens.table(&json));
    let more = if table.is_some() { MULTILINGUAL } else { "" };
    let default = || SENTENCES.lines().chain(more.lines()).map(str::to_owned).collect();
    let texts = recipe.calibration.clone().unwrap_or_else(default);
    let tensors = int8_tensors(config, &weights, &bert, &opened.tokens, &texts)?;
    let made =
        safetensors::serialize(tensors, None).map_err(|e| EmbeddingError::damaged(&weights_path, e))?;

    let mut out: BTreeMap<String, Cow<'_, [u8]>> = BTreeMap::new();
    for file in DECISIVE {
        let Some(content) = files.read_if_there(file)? else { continue };
        // A vocabulary that need not be read at each start.
        match table.take_if(|_| file == "tokenizer.json") {
            Some(table) => out.insert("unigram.bin".to_owned(), Cow::Owned(table)),
            None => out.insert(file.to_owned(), content),
        };
    }
    out.insert("config.json".to_owned(), Cow::Owned(int8_config(&files)?));
    out.insert("model.safetensors".to_owned(), Cow::Owned(made));
    let manifest = ModelManifest {
        name: recipe.name.clone().unwrap_or_else(|| format!("{}-int8", files.name())),
        origin: recipe
            .origin
            .clone()
            .or_else(|| source.as_ref().map(|m| m.origin.clone()))
            .unwrap_or_else(|| files.name()),
        licence: recipe
            .licence
            .clone()
            .or_else(|| source.as_ref().map(|m| m.licence.clone()))
            .unwrap_or_else(|| "unknown".to_owned()),
        weights: "int8".to_owned(),
        dimensions: config.width as u32,
        max_tokens: config.max_tokens as u32,
        made: Some(Made {
            by: recipe.by.clone().unwrap_or_else(|| env!("CARGO_PKG_NAME").to_owned()),
            source_sha256: model_files::sha256(&content),
        }),
        // Its cosines are the source's to the third digit.
        calibration: source.as_ref().and_then(|m| m.calibration.clone()),
        files: out.iter().map(|(name, content)| (name.clone(), FileStamp::of(content))).collect(),
        more: Map::new(),
    };
    let mut text = serde_json::to_vec_pretty(&manifest).map_err(|e| EmbeddingError::damaged(to, e))?;
    text.push(b'\n');
    out.insert(MANIFEST.to_owned(), Cow::Owned(text));
    write_folder(to, &out)?;
    Ok(manifest)
}

/// All files or none: they are written beside the folder first, which then gets its name.
fn write_folder(to: &Path, files: &BTreeMap<String, Cow<'_, [u8]>>) -> Result<(), EmbeddingError> {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(format!(".part{}", std::process::id()));
    let part = to.with_file_name(name);
    let write = || {
        for (file, content) in files {
            let path = part.join(file);
            let folder = path.parent().unwrap_or(&part);
            fs::create_dir_all(folder).map_err(EmbeddingError::io(folder))?;
            fs::write(&path, content).map_err(EmbeddingError::io(&path))?;
        }
        fs::rename(&part, to).map_err(EmbeddingError::io(to))
    };
    write().inspect_err(|_| {
        let _ = fs::remove_dir_all(&part);
    })
}

/// The source's configuration with a note that other programs will trip over, not silently misread.
fn int8_config(files: &ModelFiles) -> Result<Vec<u8>, EmbeddingError> {
    let mut config: Map<String, Value> = files.json("config.json")?;
    config.insert(
        "quantization_config".to_owned(),
        json!({
            "quant_method": "throughline-int8",
            "weights": "int8 per output channel, f32 weight_scale",
            "inputs": "x · input_gain + input_shift, uint8 per token, range found at run time",
        }),
    );
    let mut text = serde_json::to_vec_pretty(&config)
        .map_err(|e| EmbeddingError::damaged(&files.path("config.json"), e))?;
    text.push(b'\n');
    Ok(text)
}

/// A tensor to be written.
struct NewTensor {
    dtype: Dtype,
    shape: Vec<usize>,
    data: Vec<u8>,
}

impl NewTensor {
    fn f32(values: &[f32]) -> Self {
        let data = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        Self { dtype: Dtype::F32, shape: vec![values.len()], data }
    }

    fn copy(tensor: &TensorView<'_>) -> Self {
        Self { dtype: tensor.dtype(), shape: tensor.shape().to_vec(), data: tensor.data().to_vec() }
    }

    fn f16(values: &[f32], shape: Vec<usize>) -> Self {
        let data = values.iter().flat_map(|&v| f16::from_f32(v).to_le_bytes()).collect();
        Self { dtype: Dtype::F16, shape, data }
    }

    fn int8(values: &[i8], shape: Vec<usize>) -> Self {
        Self { dtype: Dtype::I8, shape, data: values.iter().map(|&v| v as u8).collect() }
    }
}

impl View for NewTensor {
    fn dtype(&self) -> Dtype {
        self.dtype
    }
    fn shape(&self) -> &[usize] {
        &self.shape
    }
    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.data)
    }
    fn data_len(&self) -> usize {
        self.data.len()
    }
}

fn int8_tensors(
    c: &Config,
    weights: &Weights<'_>,
    bert: &Bert,
    tokens: &Tokens,
    texts: &[String],
) -> Result<BTreeMap<String, NewTensor>, EmbeddingError> {
    let mut out = BTreeMap::new();
    let width = c.width;

    const WORDS: &str = "embeddings.word_embeddings.weight";
    if weights.nibbles(WORDS, &[c.vocabulary, width])?.is_some() {
        // In 4 bits already: as they are.
        for name in [WORDS.to_owned(), format!("{WORDS}_scale")] {
            out.insert(name.clone(), NewTensor::copy(&weights.view(&name)?));
        }
    } else {
        let words = weights.f32(WORDS, &[c.vocabulary, width])?;
        let scale = rounding::scales(&words, width);
        let rounded = rounding::round(&words, &scale, width);
        out.insert(WORDS.to_owned(), NewTensor::int8(&rounded, vec![c.vocabulary, width]));
        out.insert(format!("{WORDS}_scale"), NewTensor::f32(&scale));
    }
    for name in ["embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight"] {
        if let Some(shape) = weights.shape(name) {
            out.insert(name.to_owned(), NewTensor::f16(&weights.f32(name, &shape)?, shape));
        }
    }
    let norms = (0..c.layers)
        .flat_map(|i| {
            ["attention.output", "output"].map(|part| format!("encoder.layer.{i}.{part}.LayerNorm"))
        })
        .chain(["embeddings.LayerNorm".to_owned()]);
    for name in norms.flat_map(|norm| [format!("{norm}.weight"), format!("{norm}.bias")]) {
        out.insert(name.clone(), NewTensor::f32(&weights.f32(&name, &[width])?));
    }

    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let batch = tokens.encode(&texts)?;
    let lengths: Vec<u32> = batch.kept.iter().copied().filter(|&length| length > 0).collect();
    if lengths.is_empty() {
        return Err(OptionCause::NoCalibration.into());
    }
    let kernels = Kernels::detect();
    let mut pooled = vec![0.0; lengths.len() * width];
    let mut result = Ok(());
    bert.forward_observed(
        &kernels,
        &batch.ids,
        &lengths,
        &mut Scratch::default(),
        &mut pooled,
        &mut |layer, site, inputs| {
            if result.is_ok() {
                result = int8_linear(c, weights, &kernels, layer, site, inputs, &mut out);
            }
        },
    );
    result.map(|()| out)
}

/// The tensors of one linear layer, `inputs` being what it sees of the calibration texts.
fn int8_linear(
    c: &Config,
    weights: &Weights<'_>,
    kernels: &Kernels,
    layer: usize,
    site: Site,
    inputs: &[f32],
    out: &mut BTreeMap<String, NewTensor>,
) -> Result<(), EmbeddingError> {
    let (parts, input) = linear_names(layer, site);
    let (n, k) = linear_shape(c, site);
    let (mut matrix, mut bias) = (Vec::new(), Vec::new());
    for part in &parts {
        matrix.extend(weights.f32(&format!("{part}.weight"), &[n, k])?);
        bias.extend(weights.f32(&format!("{part}.bias"), &[n])?);
    }
    let made = smoothing::Calibrated { kernels, inputs, weights: &matrix, bias: &bias, k }.quantise();
    for (i, part) in parts.iter().enumerate() {
        let rows = i * n..(i + 1) * n;
        out.insert(
            format!("{part}.weight"),
            NewTensor::int8(&made.weights[rows.start * k..rows.end * k], vec![n, k]),
        );
        out.insert(format!("{part}.weight_scale"), NewTensor::f32(&made.scale[rows.clone()]));
        out.insert(format!("{part}.bias"), NewTensor::f32(&made.bias[rows]));
    }
    out.insert(format!("{input}.input_gain"), NewTensor::f32(&made.input_gain));
    out.insert(format!("{input}.input_shift"), NewTensor::f32(&made.input_shift));
    Ok(())
}
