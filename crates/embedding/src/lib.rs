//! Sentence embeddings: the Encoder trait, the native engine and model files.
