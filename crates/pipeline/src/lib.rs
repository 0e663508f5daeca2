//! The stages in order, the run folder and its manifest.
