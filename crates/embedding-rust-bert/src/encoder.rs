//! [`Encoder`] over as many models as there are threads.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ndarray::Array2;
use rayon::prelude::*;
use throughline_embedding::{EmbeddingError, Embeddings, Encoder, OpenModel, Options, Tokens};
use throughline_schema::manifest::ModelStamp;

use crate::LIBTORCH;
use crate::model::Model;

/// A model on rust-bert.
pub struct RustBertEncoder {
    stamp: ModelStamp,
    tokens: Tokens,
    width: usize,
    /// One for each thread; they share their weights.
    models: Vec<Mutex<Model>>,
}

impl RustBertEncoder {
    /// Opens a model folder with float weights.
    ///
    /// # Errors
    ///
    /// A file that is missing, damaged or not the one of the manifest; a model that rust-bert does not
    /// run: int8 weights, or a layer norm that it can't be told about.
    pub fn open(folder: &Path) -> Result<Self, EmbeddingError> {
        Self::open_with(folder, &Options::default())
    }

    /// [`open`](Self::open) with options; kernels can't be chosen here.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and an option that this model can't follow.
    pub fn open_with(folder: &Path, options: &Options) -> Result<Self, EmbeddingError> {
        let opened = OpenModel::open(folder, options)?;
        // Texts run side by side, so libtorch itself has nothing to divide. A sum that it divides among
        // threads would also depend on their number.
        tch::set_num_threads(1);
        let first = Model::new(&opened, folder)?;
        let others = (1..rayon::current_num_threads()).map(|_| first.share()).collect::<Vec<_>>();
        Ok(Self {
            stamp: opened.stamp("rust-bert", format!("libtorch-{LIBTORCH}")),
            width: opened.config.width,
            tokens: opened.tokens,
            models: std::iter::once(first).chain(others).map(Mutex::new).collect(),
        })
    }

    /// The calling thread's model. A panic in libtorch leaves it as it was: nothing is written to it.
    fn model(&self) -> MutexGuard<'_, Model> {
        let thread = rayon::current_thread_index().unwrap_or(0);
        self.models[thread % self.models.len()].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Encoder for RustBertEncoder {
    fn stamp(&self) -> ModelStamp {
        self.stamp.clone()
    }

    fn encode(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Embeddings, EmbeddingError> {
        let batch = self.tokens.encode(texts)?;
        let mut vectors = Array2::zeros((texts.len(), self.width));
        let rows = vectors.as_slice_mut().expect("made in row order").chunks_exact_mut(self.width);
        let mut ids = batch.ids.as_slice();
        let mut work = Vec::with_capacity(texts.len());
        for (row, &kept) in rows.zip(&batch.kept) {
            let (own, later) = ids.split_at(kept as usize);
            ids = later;
            work.push((own, row));
        }
        work.into_par_iter().try_for_each(|(ids, row)| {
            if !ids.is_empty() {
                self.model().forward(ids, row)?;
            }
            progress(1);
            Ok::<(), EmbeddingError>(())
        })?;
        Ok(Embeddings { vectors, tokens: batch.total, tokens_kept: batch.kept })
    }
}
