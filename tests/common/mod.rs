//! Runs the real program on real files.

#[cfg(feature = "browser")]
pub mod chromium;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program, with no user's models in its way, and without the vector cache: every vector is made.
pub fn throughline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
    command.env("THROUGHLINE_MODELS", env!("CARGO_TARGET_TMPDIR")).env("THROUGHLINE_CACHE", "");
    command.stdin(Stdio::null());
    command
}

/// The top of the repository.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The example articles.
pub fn articles() -> PathBuf {
    top().join("examples/articles")
}

/// Runs with these arguments.
pub fn run<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    throughline().args(args).output().unwrap()
}

/// Runs, demands success, gives standard output.
pub fn bytes<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Vec<u8> {
    let output = run(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Runs, demands success, gives the rows it printed as JSON lines.
pub fn rows<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Vec<Value> {
    lines(&bytes(args))
}

/// JSON lines.
pub fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Standard error as text.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A text field of a row.
pub fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row[name].as_str().unwrap_or_else(|| panic!("{name} is no text in {row}"))
}
