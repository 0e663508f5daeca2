//! From an error to one clear message on standard error and a documented exit code.

use std::error::Error;
use std::process::ExitCode;

use throughline_embedding::{CacheTrouble, EmbeddingError};
use throughline_pipeline::PipelineError;
use throughline_schema::exit;
use throughline_tabular::TabularError;

use crate::hub::PullError;
use crate::progress::say;
use crate::remedy;

/// How the program ends when it can't do what was asked.
pub enum Failure {
    /// The command line was wrong, or asks for help; clap words and prints it.
    Usage(clap::Error),
    /// Anything else.
    Error(anyhow::Error),
}

/// A command line that clap can't judge: values that contradict each other, a bad configuration file.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadUsage(pub String);

/// A model that is missing, damaged or not supported.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadModel(pub String);

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
                say(&format!("throughline: {}", remedy::message(&error)));
                ExitCode::from(error.chain().find_map(code).unwrap_or(exit::DATA))
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

/// The exit code of an error, where its kind tells one.
fn code(cause: &(dyn Error + 'static)) -> Option<u8> {
    if cause.is::<BadUsage>() {
        return Some(exit::USAGE);
    }
    if cause.is::<BadModel>() {
        return Some(exit::MODEL);
    }
    if cause.is::<std::io::Error>() || cause.is::<CacheTrouble>() {
        return Some(exit::IO);
    }
    let pulling = cause.downcast_ref().map(PullError::exit_code);
    let embedding = || cause.downcast_ref().map(of_embedding);
    let tabular = || cause.downcast_ref().map(of_tabular);
    let pipeline = || cause.downcast_ref().map(of_pipeline);
    pulling.or_else(embedding).or_else(tabular).or_else(pipeline)
}

fn of_tabular(error: &TabularError) -> u8 {
    match error {
        TabularError::Io { .. } => exit::IO,
        TabularError::Convert { .. } => exit::BUG,
        _ => exit::DATA,
    }
}

fn of_embedding(error: &EmbeddingError) -> u8 {
    match error {
        EmbeddingError::Option(_) => exit::USAGE,
        _ => exit::MODEL,
    }
}

fn of_pipeline(error: &PipelineError) -> u8 {
    match error {
        PipelineError::Tabular(error) => of_tabular(error),
        PipelineError::Embedding(error) => of_embedding(error),
        PipelineError::OtherModel { .. } => exit::MODEL,
        PipelineError::Parameter(_) | PipelineError::NoWord => exit::USAGE,
        _ => exit::DATA,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_has_the_code_of_its_kind_wherever_it_arose() {
        let io = || TabularError::Io {
            path: "a".into(),
            action: "read it",
            source: std::io::ErrorKind::PermissionDenied.into(),
        };
        let missing = || TabularError::Missing { path: "a".into() };
        let no_model = || EmbeddingError::Missing { path: "m".into() };
        let code = |error: anyhow::Error| error.context("on the way").chain().find_map(code);
        assert_eq!(code(io().into()), Some(exit::IO));
        assert_eq!(code(PipelineError::from(io()).into()), Some(exit::IO));
        assert_eq!(code(missing().into()), Some(exit::DATA));
        assert_eq!(
            code(TabularError::Convert { table: "t".into(), problem: "p".into() }.into()),
            Some(exit::BUG)
        );
        assert_eq!(code(PipelineError::from(no_model()).into()), Some(exit::MODEL));
        assert_eq!(code(PipelineError::NoWord.into()), Some(exit::USAGE));
        assert_eq!(code(anyhow::anyhow!("words")), None);
    }
}
