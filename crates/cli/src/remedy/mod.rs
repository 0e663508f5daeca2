//! What mends an error or a warning of the libraries. They say what is wrong and where; which option or command of
//! this program helps is known here alone.

mod embedding;
mod pipeline;
mod tabular;

use std::borrow::Cow;
use std::error::Error;

use throughline_embedding::EmbeddingError;
use throughline_pipeline::{PipelineError, Warning};
use throughline_tabular::{TabularError, Unused, listing};

use crate::hub::PullError;

/// A remedy, if there is one to tell.
type Remedy = Option<Cow<'static, str>>;

/// An error as the user reads it: what is wrong with its causes, then what mends it.
pub fn message(error: &anyhow::Error) -> String {
    if let Some(rows) = error.chain().find_map(|cause| match tabular_error(cause) {
        Some(TabularError::Strict(rows)) => Some(rows),
        _ => None,
    }) {
        let count = if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) };
        let listed = listing(rows, |row| with(row.to_string(), tabular::of_cause(&row.cause)));
        return format!("{count} can't be used, and --strict allows none:\n{listed}");
    }
    with(format!("{error:#}"), error.chain().find_map(of))
}

/// Why a row of the input gave nothing, and what mends it.
pub fn reason(row: &Unused) -> String {
    with(row.cause.to_string(), tabular::of_cause(&row.cause))
}

/// A warning as the user and the manifest's reader see it.
pub fn warning(warning: &Warning) -> String {
    with(warning.to_string(), pipeline::of_warning(warning))
}

fn with(text: String, remedy: Remedy) -> String {
    match remedy {
        Some(remedy) => format!("{text}; {remedy}"),
        None => text,
    }
}

fn tabular_error<'e>(cause: &'e (dyn Error + 'static)) -> Option<&'e TabularError> {
    match cause.downcast_ref() {
        Some(PipelineError::Tabular(error)) => Some(error),
        _ => cause.downcast_ref(),
    }
}

fn of(cause: &(dyn Error + 'static)) -> Remedy {
    if let Some(error) = tabular_error(cause) {
        return tabular::of(error);
    }
    if let Some(error) = cause.downcast_ref::<EmbeddingError>() {
        return embedding::of(error);
    }
    match cause.downcast_ref() {
        Some(PullError::Model(error)) => return embedding::of(error),
        Some(_) => return None,
        None => {}
    }
    match cause.downcast_ref()? {
        PipelineError::Embedding(error) => embedding::of(error),
        error => pipeline::of(error),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use throughline_embedding::OptionCause;
    use throughline_tabular::{Cause, Obstacle};

    use super::*;

    fn row(line: u64) -> Unused {
        Unused { file: "a.jsonl".into(), line: Some(line), id: None, cause: Cause::NotObject }
    }

    #[test]
    fn a_remedy_is_found_below_contexts_and_other_errors() {
        let obstacle = TabularError::Output { path: PathBuf::from("runs/a"), obstacle: Obstacle::OlderRun };
        let error = anyhow::Error::from(PipelineError::from(obstacle)).context("run");
        assert_eq!(
            message(&error),
            "run: runs/a: an older run is there; name another folder, or replace it with --overwrite"
        );
        let error = anyhow::Error::from(EmbeddingError::from(OptionCause::WeightsAreFloat));
        assert!(message(&error).ends_with("'throughline models quantise' makes an int8 model of them"));
        let pulled = anyhow::Error::from(PullError::Model(EmbeddingError::Missing { path: "m".into() }));
        assert!(message(&pulled).contains("models pull"));
    }

    #[test]
    fn what_the_system_says_stands_before_the_remedy() {
        let source = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let error = TabularError::Io { path: "a.csv".into(), action: "read it", source };
        assert_eq!(
            message(&error.into()),
            "a.csv: could not read it: permission denied; check its permissions and the room on the disk"
        );
    }

    #[test]
    fn each_row_that_strict_reading_refuses_has_its_remedy() {
        let rows: Vec<Unused> = (1..=7).map(row).collect();
        let text = message(&TabularError::Strict(rows).into());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "7 rows can't be used, and --strict allows none:");
        assert!(
            lines[1].starts_with("  a.jsonl, line 1: ") && lines[1].contains("write each row on one line")
        );
        assert_eq!((lines.len(), lines[6]), (7, "  and 2 more"));
        assert!(reason(&row(1)).contains("; write each row on one line"));
    }
}
