//! What can be wrong with a themes file. What mends it is for the program to say.

/// What can be wrong with an entry of a themes file, whatever the collection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ThemesFileCause {
    /// Not the form of a themes file.
    #[error("{0}")]
    Form(
        /// What reading it said.
        String,
    ),
    /// A theme without a name and without a text of it.
    #[error("a theme needs a name or a text of it")]
    Nameless,
    /// A part without a text of it.
    #[error("'like' is empty")]
    NoLike,
    /// A merge of less than two themes.
    #[error("there is nothing to join")]
    NothingToJoin,
    /// A split into one part.
    #[error("one part is no division")]
    OnePart,
}
