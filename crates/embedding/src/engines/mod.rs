//! From a model's files to an encoder: BERT-family models in our kernels, and static models.

pub(crate) mod bert;
pub(crate) mod native;
pub(crate) mod open;
pub(crate) mod open_model;
pub(crate) mod options;
pub(crate) mod static_model;
