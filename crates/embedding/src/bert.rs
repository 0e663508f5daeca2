//! The encoder's forward pass over one block of whole texts.

use crate::EmbeddingError;
use crate::config::{Config, Pooling};
use crate::kernels::{Finish, Kernels, PackedF32, PackedInt8, QuantisedRows, attention_scratch};
use crate::weights::Weights;

/// Gain and shift of a layer norm.
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// A linear layer in one of the arithmetics.
enum Linear {
    F32(PackedF32),
    Int8(PackedInt8),
}

/// Rows of a table of vectors.
enum Table {
    F32(Vec<f32>),
    Int8 { values: Vec<i8>, scale: Vec<f32> },
}

struct Layer {
    qkv: Linear,
    attention_output: Linear,
    attention_norm: Norm,
    intermediate: Linear,
    output: Linear,
    output_norm: Norm,
}

/// A BERT-family encoder, its weights packed for the kernels.
pub(crate) struct Bert {
    config: Config,
    words: Table,
    /// Position vectors with the first token type's vector added, from the first text position on.
    positions: Vec<f32>,
    embedding_norm: Norm,
    layers: Vec<Layer>,
}

/// The input of a linear layer, for those who calibrate it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    Qkv,
    AttentionOutput,
    Intermediate,
    Output,
}

/// Buffers of one worker, grown as needed and used again.
#[derive(Default)]
pub(crate) struct Scratch {
    x: Vec<f32>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    hidden: Vec<f32>,
    bytes: QuantisedRows,
    attention: Vec<f32>,
}

impl Bert {
    pub(crate) fn read(config: &Config, weights: &Weights<'_>) -> Result<Self, EmbeddingError> {
        let c = config;
        let width = c.width;
        let mut positions = weights.f32("embeddings.position_embeddings.weight", &[c.positions, width])?;
        positions.drain(..c.first_position * width);
        const TYPES: &str = "embeddings.token_type_embeddings.weight";
        if weights.has(TYPES) {
            let types =
                [2, 1].into_iter().find_map(|n| weights.f32(TYPES, &[n, width]).ok()).unwrap_or_default();
            for row in positions.chunks_exact_mut(width) {
                row.iter_mut().zip(&types).for_each(|(p, t)| *p += t);
            }
        }
        Ok(Self {
            config: c.clone(),
            words: table(weights, "embeddings.word_embeddings.weight", c.vocabulary, width)?,
            positions,
            embedding_norm: norm(weights, "embeddings.LayerNorm", width)?,
            layers: (0..c.layers).map(|i| Layer::read(c, weights, i)).collect::<Result<_, _>>()?,
        })
    }

    /// Unit vectors of the texts whose ids follow each other in `ids`, `lengths` (none 0) of them each.
    pub(crate) fn forward(
        &self,
        kernels: &Kernels,
        ids: &[u32],
        lengths: &[u32],
        scratch: &mut Scratch,
        out: &mut [f32],
    ) {
        self.forward_observed(kernels, ids, lengths, scratch, out, &mut |_, _, _| {});
    }

    /// [`forward`](Self::forward), showing each linear layer's input before it is used.
    pub(crate) fn forward_observed(
        &self,
        kernels: &Kernels,
        ids: &[u32],
        lengths: &[u32],
        scratch: &mut Scratch,
        out: &mut [f32],
        observe: &mut dyn FnMut(usize, Site, &[f32]),
    ) {
        let c = &self.config;
        let (width, rows) = (c.width, ids.len());
        let longest = lengths.iter().copied().max().unwrap_or(0) as usize;
        let x = resized(&mut scratch.x, rows * width);
        let qkv = resized(&mut scratch.qkv, rows * 3 * width);
        let context = resized(&mut scratch.context, rows * width);
        let hidden = resized(&mut scratch.hidden, rows * c.intermediate);
        let bytes = &mut scratch.bytes;
        let attention = resized(&mut scratch.attention, attention_scratch(longest, c.head()));

        self.embed(ids, lengths, x);
        kernels.layer_norm(x, &self.embedding_norm.gain, &self.embedding_norm.shift, c.epsilon);
        for (index, layer) in self.layers.iter().enumerate() {
            observe(index, Site::Qkv, x);
            layer.qkv.apply(kernels, x, qkv, Finish::None, bytes);
            let mut at = 0;
            for &length in lengths {
                let end = at + length as usize;
                let (qkv, context) =
                    (&qkv[at * 3 * width..end * 3 * width], &mut context[at * width..end * width]);
                kernels.attention(qkv, width, c.head(), context, attention);
                at = end;
            }
            observe(index, Site::AttentionOutput, context);
            layer.attention_output.apply(kernels, context, x, Finish::Add, bytes);
            kernels.layer_norm(x, &layer.attention_norm.gain, &layer.attention_norm.shift, c.epsilon);
            observe(index, Site::Intermediate, x);
            layer.intermediate.apply(kernels, x, hidden, c.activation, bytes);
            observe(index, Site::Output, hidden);
            layer.output.apply(kernels, hidden, x, Finish::Add, bytes);
            kernels.layer_norm(x, &layer.output_norm.gain, &layer.output_norm.shift, c.epsilon);
        }
        let mut at = 0;
        for (&length, out) in lengths.iter().zip(out.chunks_exact_mut(width)) {
            let end = at + length as usize;
            let pooled = match c.pooling {
                Pooling::Mean => at..end,
                Pooling::Cls => at..at + 1,
            };
            kernels.mean_unit(&x[pooled.start * width..pooled.end * width], out);
            at = end;
        }
    }

    fn embed(&self, ids: &[u32], lengths: &[u32], x: &mut [f32]) {
        let width = self.config.width;
        let places = lengths.iter().flat_map(|&length| 0..length as usize);
        for ((&id, place), x) in ids.iter().zip(places).zip(x.chunks_exact_mut(width)) {
            let id = id as usize;
            let position = &self.positions[place * width..][..width];
            match &self.words {
                Table::F32(values) => {
                    for ((x, w), p) in x.iter_mut().zip(&values[id * width..]).zip(position) {
                        *x = w + p;
                    }
                }
                Table::Int8 { values, scale } => {
                    for ((x, &w), p) in x.iter_mut().zip(&values[id * width..]).zip(position) {
                        *x = f32::from(w) * scale[id] + p;
                    }
                }
            }
        }
    }

    /// The arithmetic of the linear layers, for the model stamp.
    pub(crate) fn arithmetic(&self) -> &'static str {
        match self.layers.first().map(|layer| &layer.output) {
            Some(Linear::Int8(_)) => "int8",
            _ => "f32",
        }
    }
}

impl Linear {
    fn apply(
        &self,
        kernels: &Kernels,
        x: &[f32],
        out: &mut [f32],
        finish: Finish,
        bytes: &mut QuantisedRows,
    ) {
        match self {
            Self::F32(weights) => kernels.linear_f32(x, weights, out, finish),
            Self::Int8(weights) => {
                let finish = if finish == Finish::Gelu { Finish::GeluFast } else { finish };
                kernels.linear_int8(x, weights, out, finish, bytes);
            }
        }
    }
}

/// Names of the tensors that make up a layer's linear parts.
pub(crate) fn linear_names(layer: usize, site: Site) -> (Vec<String>, String) {
    let name = |part: &str| format!("encoder.layer.{layer}.{part}");
    match site {
        Site::Qkv => (
            ["query", "key", "value"].iter().map(|part| name(&format!("attention.self.{part}"))).collect(),
            name("attention.self"),
        ),
        Site::AttentionOutput => (vec![name("attention.output.dense")], name("attention.output.dense")),
        Site::Intermediate => (vec![name("intermediate.dense")], name("intermediate.dense")),
        Site::Output => (vec![name("output.dense")], name("output.dense")),
    }
}

/// Output channels of each part, and inputs, of a layer's linear parts.
pub(crate) fn linear_shape(c: &Config, site: Site) -> (usize, usize) {
    match site {
        Site::Qkv | Site::AttentionOutput => (c.width, c.width),
        Site::Intermediate => (c.intermediate, c.width),
        Site::Output => (c.width, c.intermediate),
    }
}

impl Layer {
    fn read(c: &Config, weights: &Weights<'_>, index: usize) -> Result<Self, EmbeddingError> {
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        Ok(Self {
            qkv: linear(c, weights, index, Site::Qkv)?,
            attention_output: linear(c, weights, index, Site::AttentionOutput)?,
            attention_norm: norm(weights, &name("attention.output.LayerNorm"), c.width)?,
            intermediate: linear(c, weights, index, Site::Intermediate)?,
            output: linear(c, weights, index, Site::Output)?,
            output_norm: norm(weights, &name("output.LayerNorm"), c.width)?,
        })
    }
}

fn norm(weights: &Weights<'_>, name: &str, width: usize) -> Result<Norm, EmbeddingError> {
    Ok(Norm {
        gain: weights.f32(&format!("{name}.weight"), &[width])?,
        shift: weights.f32(&format!("{name}.bias"), &[width])?,
    })
}

/// One linear layer of one or more parts, the output channels of each after those of the one before.
fn linear(c: &Config, weights: &Weights<'_>, layer: usize, site: Site) -> Result<Linear, EmbeddingError> {
    let (parts, input) = linear_names(layer, site);
    let (n, k) = linear_shape(c, site);
    let (mut scale, mut bias, mut int8) = (Vec::new(), Vec::new(), Vec::new());
    for part in &parts {
        bias.extend(weights.f32(&format!("{part}.bias"), &[n])?);
        if let Some(matrix) = weights.int8(&format!("{part}.weight"), &[n, k])? {
            int8.extend(matrix);
            scale.extend(weights.f32(&format!("{part}.weight_scale"), &[n])?);
        }
    }
    if !int8.is_empty() {
        if int8.len() != parts.len() * n * k {
            return Err(weights.damaged(format!("only some parts of {input} are int8")));
        }
        let gain = weights.f32(&format!("{input}.input_gain"), &[k])?;
        let shift = weights.f32(&format!("{input}.input_shift"), &[k])?;
        return Ok(Linear::Int8(PackedInt8::new(&int8, scale, bias, gain, shift)));
    }
    let mut matrix = Vec::with_capacity(parts.len() * n * k);
    for part in &parts {
        matrix.extend(weights.f32(&format!("{part}.weight"), &[n, k])?);
    }
    Ok(Linear::F32(PackedF32::new(&matrix, bias, k)))
}

fn table(weights: &Weights<'_>, name: &str, rows: usize, width: usize) -> Result<Table, EmbeddingError> {
    Ok(match weights.int8(name, &[rows, width])? {
        Some(values) => Table::Int8 { values, scale: weights.f32(&format!("{name}_scale"), &[rows])? },
        None => Table::F32(weights.f32(name, &[rows, width])?),
    })
}

fn resized(buffer: &mut Vec<f32>, len: usize) -> &mut [f32] {
    if buffer.len() < len {
        buffer.resize(len, 0.0);
    }
    &mut buffer[..len]
}
