//! What can be wrong with rows or parameters.

/// An error of this crate.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Parts of the rows differ in length.
    #[error("{found} {what} for {expected}; there must be one for each, in the same order")]
    Misaligned {
        /// The part.
        what: &'static str,
        /// Its length.
        found: usize,
        /// Number that there must be.
        expected: usize,
    },
    /// A parameter is outside its range.
    #[error("{name} is {value}; it must be {range}")]
    Parameter {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What is allowed.
        range: &'static str,
    },
}

/// `value`, if `allowed`.
pub(crate) fn within(
    name: &'static str,
    value: f64,
    allowed: bool,
    range: &'static str,
) -> Result<(), Error> {
    if allowed { Ok(()) } else { Err(Error::Parameter { name, value, range }) }
}

/// Nothing, if a part has the length that it must have.
pub(crate) fn aligned(what: &'static str, found: usize, expected: usize) -> Result<(), Error> {
    if found == expected { Ok(()) } else { Err(Error::Misaligned { what, found, expected }) }
}
