//! The writer below all others: it keeps what the system said.

use std::io::{self, Write};
use std::path::Path;

use crate::TabularError;

/// Remembers what the system said, since the writers above it turn an error into text.
pub(super) struct Watched<'w> {
    inner: &'w mut dyn Write,
    failed: Option<io::Error>,
}

impl<'w> Watched<'w> {
    pub(super) fn new(inner: &'w mut dyn Write) -> Self {
        Self { inner, failed: None }
    }

    /// An error of the system where there was one, else a bug of ours.
    pub(super) fn explain<E: std::fmt::Display>(
        &mut self,
        table: &str,
        done: Result<(), E>,
    ) -> Result<(), TabularError> {
        done.map_err(|error| match self.failed.take() {
            Some(source) => TabularError::write(Path::new("output"), source),
            None => TabularError::Convert { table: table.to_owned(), problem: error.to_string() },
        })
    }

    fn watch<V>(&mut self, done: io::Result<V>) -> io::Result<V> {
        done.map_err(|error| {
            let kind = error.kind();
            if kind != io::ErrorKind::Interrupted {
                self.failed = Some(error);
            }
            kind.into()
        })
    }
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.inner.write(bytes);
        self.watch(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.inner.flush();
        self.watch(done)
    }
}
