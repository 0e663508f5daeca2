//! How a model is opened.

use crate::arithmetic::Arithmetic;
use crate::kernels::Isa;

/// How to open a model; the default is what a user wants.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Kernels to run, for tests and benches; the fastest by default.
    pub isa: Option<Isa>,
    /// Numbers that the linear layers multiply; by default int8 where the weights are, else f32.
    pub arithmetic: Option<Arithmetic>,
    /// Tokens of a text to read at most, where the model allows as many; its own limit by default.
    pub max_tokens: Option<usize>,
    /// What is set before every text: the name of one of the model's prompts, such as `query`, or the words
    /// themselves, such as `query: `; the model's own default by default.
    pub prompt: Option<String>,
}
