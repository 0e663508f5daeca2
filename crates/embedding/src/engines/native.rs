//! The native engine: a model's files, its tokenizer and its kernels behind the trait `Encoder`.

use std::path::Path;
use std::sync::Mutex;

use ndarray::Array2;
use rayon::prelude::*;
use throughline_schema::manifest::ModelStamp;

use super::bert::{Bert, Scratch, leading};
use super::open_model::OpenModel;
use super::options::Options;
use crate::arithmetic::Arithmetic;
use crate::encoder::{Embeddings, Encoder};
use crate::error::{EmbeddingError, OptionCause};
use crate::kernels::Kernels;
use crate::model_files::source::ModelFiles;
use crate::space::Space;
use crate::tokens::Tokens;

/// Tokens that one worker takes through the layers together, at least and at most: the weights are read from
/// memory once for all of them, but where there are few, every worker shall have some.
const BLOCK: std::ops::RangeInclusive<usize> = 128..=512;

/// Texts that are tokenised before their vectors are made; bounds what is held at a time.
const WAVE: usize = 4096;

/// A BERT-family encoder in this process.
pub struct NativeEncoder {
    stamp: ModelStamp,
    tokens: Tokens,
    model: Bert,
    kernels: Kernels,
    width: usize,
    space: Option<Space>,
    /// Buffers that no worker uses just now.
    idle: Mutex<Vec<Scratch>>,
}

impl NativeEncoder {
    /// Opens a model folder. Where it has a manifest, its files are checked against it.
    ///
    /// # Errors
    ///
    /// A file that is missing, damaged or not the one of the manifest, or a model of another kind.
    pub fn open(folder: &Path) -> Result<Self, EmbeddingError> {
        Self::open_with(folder, &Options::default())
    }

    /// [`open`](Self::open) with options.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and an option that this model or machine can't follow.
    pub fn open_with(folder: &Path, options: &Options) -> Result<Self, EmbeddingError> {
        Self::read(&ModelFiles::Folder(folder.to_owned()), options)
    }

    pub(crate) fn read(files: &ModelFiles, options: &Options) -> Result<Self, EmbeddingError> {
        let opened = OpenModel::read(files, options)?;
        let kernels = match options.isa {
            None => Kernels::detect(),
            Some(isa) => Kernels::of(isa).ok_or(OptionCause::NoInstructions { instructions: isa.name() })?,
        };
        let arithmetic = Arithmetic::choose(opened.weights_kind()?, options.arithmetic)?;
        let model = Bert::read(&opened.config, &opened.weights()?, arithmetic)?;
        let stamp = opened.stamp("native", format!("{}-{}", model.arithmetic().name(), kernels.isa().name()));
        let width = opened.config.width;
        let space = opened.space.clone();
        Ok(Self { stamp, tokens: opened.tokens, model, kernels, width, space, idle: Mutex::default() })
    }

    fn wave(
        &self,
        first: usize,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
        out: &mut Embeddings,
    ) -> Result<(), EmbeddingError> {
        let batch = self.tokens.encode(texts)?;
        let width = self.width;
        let vectors = out.vectors.as_slice_mut().expect("made in row order");
        let mut vectors = &mut vectors[first * width..(first + texts.len()) * width];
        let (mut ids, mut kept) = (batch.ids.as_slice(), batch.kept.as_slice());
        let share = ids.len() / (4 * rayon::current_num_threads());
        let most = share.clamp(*BLOCK.start(), *BLOCK.end());
        let mut blocks = Vec::new();
        while !kept.is_empty() {
            let (texts, tokens) = leading(kept, most);
            let (lengths, later) = kept.split_at(texts);
            let (block_ids, later_ids) = ids.split_at(tokens);
            let (rows, later_rows) = std::mem::take(&mut vectors).split_at_mut(texts * width);
            blocks.push((lengths, block_ids, rows));
            (kept, ids, vectors) = (later, later_ids, later_rows);
        }
        blocks.into_par_iter().for_each(|(lengths, ids, rows)| {
            self.block(lengths, ids, rows);
            progress(lengths.len());
        });
        out.tokens.extend_from_slice(&batch.total);
        out.tokens_kept.extend_from_slice(&batch.kept);
        Ok(())
    }

    fn block(&self, lengths: &[u32], ids: &[u32], rows: &mut [f32]) {
        let mut scratch = self.idle.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
        // Texts without a token keep their zero row.
        for run in rows_with_tokens(lengths) {
            let rows = &mut rows[run.start * self.width..run.end * self.width];
            let before: u32 = lengths[..run.start].iter().sum();
            let tokens: u32 = lengths[run.clone()].iter().sum();
            let ids = &ids[before as usize..][..tokens as usize];
            self.model.forward(&self.kernels, ids, &lengths[run], &mut scratch, rows);
        }
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(scratch);
        }
    }
}

/// Runs of texts that have tokens.
fn rows_with_tokens(lengths: &[u32]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (i, _) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end += 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

impl Encoder for NativeEncoder {
    fn stamp(&self) -> ModelStamp {
        self.stamp.clone()
    }

    fn space(&self) -> Option<&Space> {
        self.space.as_ref()
    }

    fn encode(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Embeddings, EmbeddingError> {
        let mut out = Embeddings {
            vectors: Array2::zeros((texts.len(), self.width)),
            tokens: Vec::with_capacity(texts.len()),
            tokens_kept: Vec::with_capacity(texts.len()),
        };
        for (i, wave) in texts.chunks(WAVE).enumerate() {
            self.wave(i * WAVE, wave, progress, &mut out).map_err(|e| match e {
                EmbeddingError::Tokenise { index, reason } => {
                    EmbeddingError::Tokenise { index: i * WAVE + index, reason }
                }
                other => other,
            })?;
        }
        Ok(out)
    }
}
