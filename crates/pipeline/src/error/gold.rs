//! What can be wrong with a file of gold labels. What mends it is for the program to say.

/// What is wrong with gold labels, or with one row of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoldCause {
    /// A file without a row.
    #[error("no row in it")]
    NoRow,
    /// A row without a label.
    #[error("no `{field}` in it")]
    NoLabel {
        /// The field that should hold it.
        field: String,
    },
    /// A label of another form than the task needs.
    #[error("`{field}` is not {form}")]
    NotList {
        /// The field that holds it.
        field: String,
        /// What it should be.
        form: &'static str,
    },
    /// A label that is no number, nor true or false.
    #[error("`{field}` is {value}, not a number")]
    NotNumber {
        /// The field that holds it.
        field: String,
        /// The label as JSON.
        value: String,
    },
    /// A label that names no group.
    #[error("no `{field}` that names a group")]
    NoGroup {
        /// The field that should hold it.
        field: String,
    },
    /// A row that does not say which article it labels.
    #[error("no `id` in it")]
    NoId,
    /// A second label for one article.
    #[error("the id '{id}' has a label already, on line {first}")]
    LabelledTwice {
        /// The article.
        id: String,
        /// The line of the first label.
        first: u64,
    },
    /// A row that is no pair of ids.
    #[error("no `a` or no `b` in it")]
    NotPair,
    /// A row that labels an article which is not in the input.
    #[error("no row of the input has the id '{id}'")]
    UnknownId {
        /// The id.
        id: String,
    },
    /// A row without the text that it labels.
    #[error("no `{field}` that is text")]
    NoText {
        /// The field that should hold it.
        field: String,
    },
    /// A sentence that is not in the text, or not behind the one before it.
    #[error("the sentence '{sentence}' does not stand there in the text")]
    NotInText {
        /// The sentence.
        sentence: String,
    },
    /// An item of a list that is no attribution.
    #[error("{item} is no attribution")]
    NotAttribution {
        /// The item as JSON.
        item: String,
    },
    /// An item of a list that is no span, or lies outside the text.
    #[error("{item} is no span of the text")]
    NotSpan {
        /// The item as JSON.
        item: String,
    },
}
