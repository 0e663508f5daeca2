//! The encoder's forward pass over one block of whole texts.

use crate::EmbeddingError;
use crate::config::{Config, Pooling};
use crate::kernels::{Finish, Kernels, Packed, attention_scratch};
use crate::weights::Weights;

/// Gain and shift of a layer norm.
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

struct Layer {
    qkv: Packed,
    attention_output: Packed,
    attention_norm: Norm,
    intermediate: Packed,
    output: Packed,
    output_norm: Norm,
}

/// A BERT-family encoder, its weights packed for the kernels.
pub(crate) struct Bert {
    config: Config,
    words: Vec<f32>,
    /// Position vectors with the first token type's vector added, from the first text position on.
    positions: Vec<f32>,
    embedding_norm: Norm,
    layers: Vec<Layer>,
}

/// Buffers of one worker, grown as needed and used again.
#[derive(Default)]
pub(crate) struct Scratch {
    x: Vec<f32>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    hidden: Vec<f32>,
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
            words: weights.f32("embeddings.word_embeddings.weight", &[c.vocabulary, width])?,
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
        let c = &self.config;
        let (width, rows) = (c.width, ids.len());
        let longest = lengths.iter().copied().max().unwrap_or(0) as usize;
        let x = resized(&mut scratch.x, rows * width);
        let qkv = resized(&mut scratch.qkv, rows * 3 * width);
        let context = resized(&mut scratch.context, rows * width);
        let hidden = resized(&mut scratch.hidden, rows * c.intermediate);
        let attention = resized(&mut scratch.attention, attention_scratch(longest, c.head()));

        self.embed(ids, lengths, x);
        kernels.layer_norm(x, &self.embedding_norm.gain, &self.embedding_norm.shift, c.epsilon);
        for layer in &self.layers {
            kernels.linear(x, &layer.qkv, qkv, Finish::None);
            let mut at = 0;
            for &length in lengths {
                let end = at + length as usize;
                let (qkv, context) =
                    (&qkv[at * 3 * width..end * 3 * width], &mut context[at * width..end * width]);
                kernels.attention(qkv, width, c.head(), context, attention);
                at = end;
            }
            kernels.linear(context, &layer.attention_output, x, Finish::Add);
            kernels.layer_norm(x, &layer.attention_norm.gain, &layer.attention_norm.shift, c.epsilon);
            kernels.linear(x, &layer.intermediate, hidden, c.activation);
            kernels.linear(hidden, &layer.output, x, Finish::Add);
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
            let word = &self.words[id as usize * width..][..width];
            let position = &self.positions[place * width..][..width];
            for ((x, w), p) in x.iter_mut().zip(word).zip(position) {
                *x = w + p;
            }
        }
    }
}

impl Layer {
    fn read(c: &Config, weights: &Weights<'_>, index: usize) -> Result<Self, EmbeddingError> {
        let width = c.width;
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        let parts = ["query", "key", "value"].map(|part| name(&format!("attention.self.{part}")));
        Ok(Self {
            qkv: linear(weights, &parts, width, width)?,
            attention_output: linear(weights, &[name("attention.output.dense")], width, width)?,
            attention_norm: norm(weights, &name("attention.output.LayerNorm"), width)?,
            intermediate: linear(weights, &[name("intermediate.dense")], c.intermediate, width)?,
            output: linear(weights, &[name("output.dense")], width, c.intermediate)?,
            output_norm: norm(weights, &name("output.LayerNorm"), width)?,
        })
    }
}

fn norm(weights: &Weights<'_>, name: &str, width: usize) -> Result<Norm, EmbeddingError> {
    Ok(Norm {
        gain: weights.f32(&format!("{name}.weight"), &[width])?,
        shift: weights.f32(&format!("{name}.bias"), &[width])?,
    })
}

/// One linear layer of `parts`, the output channels of each after those of the one before.
fn linear(weights: &Weights<'_>, parts: &[String], n: usize, k: usize) -> Result<Packed, EmbeddingError> {
    let (mut matrix, mut bias) = (Vec::new(), Vec::new());
    for part in parts {
        matrix.extend(weights.f32(&format!("{part}.weight"), &[n, k])?);
        bias.extend(weights.f32(&format!("{part}.bias"), &[n])?);
    }
    Ok(Packed::f32(&matrix, &bias, k))
}

fn resized(buffer: &mut Vec<f32>, len: usize) -> &mut [f32] {
    if buffer.len() < len {
        buffer.resize(len, 0.0);
    }
    &mut buffer[..len]
}
