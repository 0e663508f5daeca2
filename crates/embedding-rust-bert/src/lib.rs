//! The Encoder trait on rust-bert and libtorch.
