//! From an error to one clear message on standard error and a documented exit code.

use std::process::ExitCode;

use throughline_embedding::{CacheTrouble, EmbeddingError};
use throughline_pipeline::PipelineError;
use throughline_schema::exit;
use throughline_tabular::TabularError;

use crate::hub::PullError;
use crate::progress::say;

/// How the program ends when it can't do what was asked.
pub enum Failure {
    /// The command line was wrong, or asks for help; clap words and prints it.
    Usage(clap::Error),
    /// Anything else.
    Error(anyhow::Error),
}

/// A command line that clap can't judge: values that contradict each other, a bad configuration file.
#[derive(Debug)]
pub struct BadUsage(pub String);

impl std::fmt::Display for BadUsage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadUsage {}

/// A model that is missing, damaged or not supported.
#[derive(Debug)]
pub struct BadModel(pub String);

impl std::fmt::Display for BadModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadModel {}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Error(error)
    }
}

impl Failure {
    /// Prints the message and tells the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Usage(error) => {
                // Printing help to a closed pipe is success.
                let _ = error.print();
                ExitCode::from(if error.use_stderr() { exit::USAGE } else { exit::DONE })
            }
            Self::Error(error) if is_closed_pipe(&error) => ExitCode::from(exit::DONE),
            Self::Error(error) => {
                say(&format!("throughline: {error:#}"));
                ExitCode::from(code(&error))
            }
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        let tabular = cause.downcast_ref::<TabularError>();
        io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
            || tabular.is_some_and(TabularError::is_closed_pipe)
    })
}

fn code(error: &anyhow::Error) -> u8 {
    for cause in error.chain() {
        if cause.is::<BadUsage>() || matches!(cause.downcast_ref(), Some(EmbeddingError::Option(_))) {
            return exit::USAGE;
        }
        if cause.is::<BadModel>() || cause.is::<EmbeddingError>() {
            return exit::MODEL;
        }
        if let Some(error) = cause.downcast_ref::<PullError>() {
            return error.exit_code();
        }
        if let Some(error) = cause.downcast_ref::<TabularError>() {
            return error.exit_code();
        }
        match cause.downcast_ref::<PipelineError>() {
            Some(PipelineError::Tabular(error)) => return error.exit_code(),
            Some(PipelineError::Embedding(_) | PipelineError::OtherModel { .. }) => return exit::MODEL,
            Some(PipelineError::Parameter(_)) => return exit::USAGE,
            Some(_) => return exit::DATA,
            None => {}
        }
        if cause.is::<std::io::Error>() || cause.is::<CacheTrouble>() {
            return exit::IO;
        }
    }
    exit::DATA
}

/// Runs `work`; a panic is a bug, said as one.
pub fn catch_bugs(work: impl FnOnce() -> ExitCode + std::panic::UnwindSafe) -> ExitCode {
    std::panic::set_hook(Box::new(|info| {
        // A damaged cache is caught, told and replaced.
        if throughline_embedding::reads_cache() {
            return;
        }
        say(&format!(
            "throughline: this is a bug in the program, please report it with these lines:\n{info}"
        ));
    }));
    std::panic::catch_unwind(work).unwrap_or(ExitCode::from(exit::BUG))
}
