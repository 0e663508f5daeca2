//! What an encoder is: texts in, vectors out.

use ndarray::Array2;
use throughline_schema::manifest::ModelStamp;

use crate::error::EmbeddingError;
use crate::space::Space;

/// Turns texts into vectors whose cosine says how much they mean the same.
pub trait Encoder: Send + Sync {
    /// Which model this is, in which arithmetic.
    fn stamp(&self) -> ModelStamp;

    /// One vector a text, in order. `progress` is told how many texts are newly done, from any thread.
    ///
    /// # Errors
    ///
    /// A text that the tokenizer refuses.
    fn encode(&self, texts: &[&str], progress: &(dyn Fn(usize) + Sync))
    -> Result<Embeddings, EmbeddingError>;

    /// What makes vectors of several languages comparable, where the model needs it.
    fn space(&self) -> Option<&Space> {
        None
    }

    /// Whether making a vector takes longer than reading a kept one.
    fn is_worth_caching(&self) -> bool {
        true
    }
}

impl Encoder for Box<dyn Encoder> {
    fn stamp(&self) -> ModelStamp {
        self.as_ref().stamp()
    }

    fn encode(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Embeddings, EmbeddingError> {
        self.as_ref().encode(texts, progress)
    }

    fn space(&self) -> Option<&Space> {
        self.as_ref().space()
    }

    fn is_worth_caching(&self) -> bool {
        self.as_ref().is_worth_caching()
    }
}

/// Vectors of several texts, and how much of each text the model read.
#[derive(Clone, Debug, PartialEq)]
pub struct Embeddings {
    /// Texts × dimensions, each row of unit length; a zero row where a text has no token.
    pub vectors: Array2<f32>,
    /// Tokens of each text, with those that the model's template adds; 0 where the text has none of its own.
    pub tokens: Vec<u32>,
    /// Tokens of each text that the model read.
    pub tokens_kept: Vec<u32>,
}
