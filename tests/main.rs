//! The whole program on real files: one test binary, with a module for each question.
//!
//! `cargo test --test program` runs them all, `cargo test --test program -- tables::` one module.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

mod answers;
mod bad_input;
#[cfg(feature = "browser")]
mod browser;
mod cache;
mod calibration;
mod cases;
mod docs;
mod evaluate;
mod languages;
mod lexical;
mod pages;
mod planted;
mod same_bytes;
mod tables;
mod themes_file;
mod who_and_when;
