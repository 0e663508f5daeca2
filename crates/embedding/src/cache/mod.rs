//! Vectors kept from one run to the next, and an encoder that uses them.

pub(crate) mod encoder;
pub(crate) mod file;
