//! What a user should know of a result that is good all the same.

use throughline_embedding::Encoder;
use throughline_schema::Article;

use crate::publication_time::day;

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
        "{undated} of {articles} articles are on no timeline, since their `published` names no day that can be read (\"{published}\" of {id})"
    )]
    Undated {
        /// How many.
        undated: usize,
        /// Articles in all.
        articles: usize,
        /// What the first of them has for a time.
        published: String,
        /// Its id.
        id: String,
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
        /// In plain words.
        String,
    ),
}

fn with_prompt(prompt: &str) -> String {
    if prompt.is_empty() { String::new() } else { format!(" with the prompt \"{prompt}\"") }
}

/// A warning where nobody calibrated the model.
pub fn uncalibrated(encoder: &dyn Encoder) -> Option<Warning> {
    let stamp = encoder.stamp();
    stamp.calibration.is_none().then_some(Warning::Uncalibrated { model: stamp.name, prompt: stamp.prompt })
}

/// A warning where articles have a time of publication that puts them on no timeline.
pub(crate) fn undated(articles: &[Article]) -> Option<Warning> {
    let mut unread =
        articles.iter().filter(|a| a.published.as_deref().is_some_and(|text| day(text).is_none()));
    let first = unread.next()?;
    Some(Warning::Undated {
        undated: 1 + unread.count(),
        articles: articles.len(),
        published: first.published.clone().unwrap_or_default(),
        id: first.id.0.clone(),
    })
}
