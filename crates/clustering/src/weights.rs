//! The numbers that decide results: fitted on data, or chosen by hand.
//!
//! They stand in `weights/*.toml` of this crate, one file for each score or set of rules, each with what it was fitted
//! on, when, by which program, and its figures on data that the fit has not seen. The constants here are made from these
//! files when the crate is built.

include!(concat!(env!("OUT_DIR"), "/weights.rs"));
