//! The encoder's forward pass over one block of whole texts.

use crate::arithmetic::Arithmetic;
use crate::error::EmbeddingError;
use crate::kernels::{Finish, Kernels, NarrowRows, PackedBf16, PackedF32, PackedInt8, attention_scratch};
use crate::model_files::config::{Config, Pooling};
use crate::model_files::weights::{Nibbles, Weights};

/// Tokens that go through half a layer together in int8: their wide intermediate values and the half's weights
/// then stay in the second-level cache. A multiple of what the kernels take at a time.
const ROWS: usize = 96;

/// Gain and shift of a layer norm.
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// A linear layer in one of the arithmetics.
enum Linear {
    F32(PackedF32),
    Bf16(PackedBf16),
    Int8(PackedInt8),
}

/// Rows of a table of vectors.
enum Table {
    F32(Vec<f32>),
    Int8 { values: Vec<i8>, scale: Vec<f32> },
    Nibbles(Nibbles),
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
    narrow: NarrowRows,
    attention: Vec<f32>,
}

impl Bert {
    /// Reads and packs the weights. Those that are int8 stay so; others are made `arithmetic`'s.
    pub(crate) fn read(
        config: &Config,
        weights: &Weights<'_>,
        arithmetic: Arithmetic,
    ) -> Result<Self, EmbeddingError> {
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
            layers: (0..c.layers)
                .map(|i| Layer::read(c, weights, arithmetic, i))
                .collect::<Result<_, _>>()?,
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
        let rows = if self.arithmetic() == Arithmetic::Int8 { ROWS } else { 2 * ROWS };
        self.pass(kernels, ids, lengths, rows, scratch, out, &mut |_, _, _| {});
    }

    /// [`forward`](Self::forward), showing each linear layer's input, of all texts, before it is used.
    pub(crate) fn forward_observed(
        &self,
        kernels: &Kernels,
        ids: &[u32],
        lengths: &[u32],
        scratch: &mut Scratch,
        out: &mut [f32],
        observe: &mut dyn FnMut(usize, Site, &[f32]),
    ) {
        self.pass(kernels, ids, lengths, usize::MAX, scratch, out, observe);
    }

    /// All layers, each over all texts; within a layer about `rows` tokens at a time.
    #[expect(clippy::too_many_arguments, reason = "private, called from the two methods above")]
    fn pass(
        &self,
        kernels: &Kernels,
        ids: &[u32],
        lengths: &[u32],
        rows: usize,
        scratch: &mut Scratch,
        out: &mut [f32],
        observe: &mut dyn FnMut(usize, Site, &[f32]),
    ) {
        let c = &self.config;
        let width = c.width;
        let longest = lengths.iter().copied().max().unwrap_or(0) as usize;
        // A run of whole texts is longer than `rows` only where it is one text.
        let most = ids.len().min(rows.max(longest));
        let x = resized(&mut scratch.x, ids.len() * width);
        let qkv = resized(&mut scratch.qkv, most * 3 * width);
        let context = resized(&mut scratch.context, most * width);
        let hidden = resized(&mut scratch.hidden, most * c.intermediate);
        let narrow = &mut scratch.narrow;
        let attention = resized(&mut scratch.attention, attention_scratch(longest, c.head()));

        self.embed(ids, lengths, x);
        kernels.layer_norm(x, &self.embedding_norm.gain, &self.embedding_norm.shift, c.epsilon);
        for (index, layer) in self.layers.iter().enumerate() {
            let (mut later, mut left) = (&mut *x, lengths);
            while !left.is_empty() {
                let (texts, tokens) = leading(left, rows);
                let (x, after) = std::mem::take(&mut later).split_at_mut(tokens * width);
                let (qkv, context) = (&mut qkv[..tokens * 3 * width], &mut context[..tokens * width]);
                observe(index, Site::Qkv, x);
                layer.qkv.apply(kernels, x, qkv, Finish::None, narrow);
                let mut at = 0;
                for &length in &left[..texts] {
                    let end = at + length as usize;
                    let (qkv, context) =
                        (&qkv[at * 3 * width..end * 3 * width], &mut context[at * width..end * width]);
                    kernels.attention(qkv, width, c.head(), context, attention);
                    at = end;
                }
                observe(index, Site::AttentionOutput, context);
                layer.attention_output.apply(kernels, context, x, Finish::Add, narrow);
                kernels.layer_norm(x, &layer.attention_norm.gain, &layer.attention_norm.shift, c.epsilon);
                (later, left) = (after, &left[texts..]);
            }
            for x in x.chunks_mut(most * width) {
                let hidden = &mut hidden[..x.len() / width * c.intermediate];
                observe(index, Site::Intermediate, x);
                layer.intermediate.apply(kernels, x, hidden, c.activation, narrow);
                observe(index, Site::Output, hidden);
                layer.output.apply(kernels, hidden, x, Finish::Add, narrow);
                kernels.layer_norm(x, &layer.output_norm.gain, &layer.output_norm.shift, c.epsilon);
            }
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
                Table::Nibbles(table) => {
                    table.read(id, x);
                    x.iter_mut().zip(position).for_each(|(x, p)| *x += p);
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
    pub(crate) fn arithmetic(&self) -> Arithmetic {
        match self.layers.first().map(|layer| &layer.output) {
            Some(Linear::Int8(_)) => Arithmetic::Int8,
            Some(Linear::Bf16(_)) => Arithmetic::Bf16,
            _ => Arithmetic::F32,
        }
    }
}

impl Linear {
    fn apply(&self, kernels: &Kernels, x: &[f32], out: &mut [f32], finish: Finish, narrow: &mut NarrowRows) {
        match self {
            Self::F32(weights) => kernels.linear_f32(x, weights, out, finish),
            Self::Bf16(weights) => kernels.linear_bf16(x, weights, out, finish.narrow(), narrow),
            Self::Int8(weights) => kernels.linear_int8(x, weights, out, finish.narrow(), narrow),
        }
    }
}

/// Texts and tokens of the first texts of `lengths`: at least one text, then as many whole ones as fit in `most`
/// tokens.
pub(crate) fn leading(lengths: &[u32], most: usize) -> (usize, usize) {
    let (mut texts, mut tokens) = (0, 0);
    for &length in lengths {
        if texts > 0 && tokens + length as usize > most {
            break;
        }
        texts += 1;
        tokens += length as usize;
    }
    (texts, tokens)
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
    fn read(
        c: &Config,
        weights: &Weights<'_>,
        arithmetic: Arithmetic,
        index: usize,
    ) -> Result<Self, EmbeddingError> {
        let linear = |site| linear(c, weights, arithmetic, index, site);
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        Ok(Self {
            qkv: linear(Site::Qkv)?,
            attention_output: linear(Site::AttentionOutput)?,
            attention_norm: norm(weights, &name("attention.output.LayerNorm"), c.width)?,
            intermediate: linear(Site::Intermediate)?,
            output: linear(Site::Output)?,
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
fn linear(
    c: &Config,
    weights: &Weights<'_>,
    arithmetic: Arithmetic,
    layer: usize,
    site: Site,
) -> Result<Linear, EmbeddingError> {
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
    Ok(match arithmetic {
        Arithmetic::Bf16 => Linear::Bf16(PackedBf16::new(&matrix, bias, k)),
        _ => Linear::F32(PackedF32::new(&matrix, bias, k)),
    })
}

fn table(weights: &Weights<'_>, name: &str, rows: usize, width: usize) -> Result<Table, EmbeddingError> {
    if let Some(table) = weights.nibbles(name, &[rows, width])? {
        return Ok(Table::Nibbles(table));
    }
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
