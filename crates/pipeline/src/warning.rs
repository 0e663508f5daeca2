//! What a user should know of a result that is good all the same.

use throughline_embedding::Encoder;
use throughline_tabular::{Field, Remark};

/// A warning. The program puts it into words; [`Display`](std::fmt::Display) says what is the matter, not what mends it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// A model whose cosines nobody held against the scale of the decision lines.
    #[error(
        "the model {model}{} is not calibrated: the decision lines were fitted on another model's cosines and may be off",
        with_prompt(prompt)
    )]
    Uncalibrated {
        /// Its name.
        model: String,
        /// What is set before every text; empty for most models.
        prompt: String,
    },
    /// Articles whose time of publication can't be read.
    #[error(
        "{undated} of {articles} articles have no time, since their `published` {why} ({})",
        shown(examples)
    )]
    Undated {
        /// Why not.
        why: Unread,
        /// How many.
        undated: usize,
        /// Articles in all.
        articles: usize,
        /// What the first of them have for a time, with their ids.
        examples: Vec<(String, String)>,
    },
    /// Articles whose day and month stand in figures, and were told apart by other rows of the column.
    #[error(
        "of {articles} articles the day and month of `published` can be either; the {} is read first, as in other rows \
         of the column ({})",
        if *day_first { "day" } else { "month" },
        shown(examples)
    )]
    DayOrMonthByColumn {
        /// Whether the day comes first.
        day_first: bool,
        /// How many.
        articles: usize,
        /// What the first of them have for a time, with their ids.
        examples: Vec<(String, String)>,
    },
    /// Statements longer than the model reads.
    #[error("{statements} statements are longer than the model reads; vectors tells how much was kept")]
    Truncated {
        /// How many.
        statements: usize,
    },
    /// Rows of the input that gave nothing.
    #[error("{rows} rows of the input were not used or gave nothing: see unused_rows")]
    UnusedRows {
        /// How many.
        rows: usize,
    },
    /// A theme that a themes file names and that the collection no longer has.
    #[error("{place}: no theme is '{theme}' any more")]
    LostTheme {
        /// File, line and kind of the entry.
        place: String,
        /// What it calls the theme.
        theme: String,
    },
    /// An entry of a themes file that changed nothing.
    #[error("{place}: there was nothing to change")]
    NothingToChange {
        /// File, line and kind of the entry.
        place: String,
    },
    /// What reading the input found, such as an encoding that had to be guessed.
    #[error("{0}")]
    Reading(
        /// What it found.
        Remark,
    ),
    /// Columns that look like a field which no article has.
    #[error("no article gives its `{field}`, and the {} of it", looks_like(columns))]
    LooksLike {
        /// The field.
        field: Field,
        /// The columns.
        columns: Vec<String>,
    },
}

/// Why a time of publication was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Unread {
    /// Its day and month can be either, and nothing tells which.
    #[error("can be read two ways, day or month first")]
    DayOrMonth,
    /// It has the form of a date that no calendar has.
    #[error("is no day of the calendar")]
    Impossible,
    /// It has no known form.
    #[error("has no form of a date that is known")]
    Unknown,
}

/// `column "paper" has the look`
fn looks_like(columns: &[String]) -> String {
    let names: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    match names.len() {
        1 => format!("column {} has the look", names[0]),
        _ => format!("columns {} have the look", names.join(", ")),
    }
}

/// `"yesterday" of a1, "soon" of a2`.
fn shown(examples: &[(String, String)]) -> String {
    let each: Vec<String> = examples.iter().map(|(text, id)| format!("\"{text}\" of {id}")).collect();
    each.join(", ")
}

fn with_prompt(prompt: &str) -> String {
    if prompt.is_empty() { String::new() } else { format!(" with the prompt \"{prompt}\"") }
}

/// A warning where nobody calibrated the model.
pub fn uncalibrated(encoder: &dyn Encoder) -> Option<Warning> {
    let stamp = encoder.stamp();
    stamp.calibration.is_none().then_some(Warning::Uncalibrated { model: stamp.name, prompt: stamp.prompt })
}
