//! A file's bytes: counted and hashed as stored, unpacked, and bounded.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use crate::cause::Cause;
use crate::error::TabularError;
use crate::format::Packing;

const BUFFER: usize = 256 * 1024;

/// Counts and hashes what passes through it.
pub(crate) struct Meter<R> {
    inner: R,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<R: Read> Meter<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, hasher: blake3::Hasher::new(), bytes: 0 }
    }

    /// Reads what is left; returns the size and the BLAKE3 hash of everything.
    pub(crate) fn finish(mut self) -> io::Result<(u64, String)> {
        let mut buffer = vec![0; BUFFER];
        while self.read(&mut buffer)? > 0 {}
        Ok((self.bytes, self.hasher.finalize().to_hex().to_string()))
    }
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..n]);
        self.bytes += n as u64;
        Ok(n)
    }
}

/// More bytes than allowed; travels inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("over {limit} bytes")]
pub(crate) struct TooLarge {
    limit: u64,
}

/// Fails once more than `limit` bytes came through.
struct Bounded<R> {
    inner: R,
    limit: u64,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(n as u64)
            .ok_or_else(|| io::Error::other(TooLarge { limit: self.limit }))?;
        Ok(n)
    }
}

/// The bytes behind the packing that the name tells or, where it tells none, the first bytes do.
pub(crate) fn unpack<'r>(
    reader: impl Read + Send + 'r,
    packing: Packing,
    limit: u64,
) -> io::Result<(Box<dyn Read + Send + 'r>, Packing)> {
    let mut reader = BufReader::with_capacity(BUFFER, reader);
    let packing = match (packing, reader.fill_buf()?) {
        (Packing::Plain, [0x1f, 0x8b, 8, ..]) => Packing::Gzip,
        (Packing::Plain, [0x28, 0xb5, 0x2f, 0xfd, ..]) => Packing::Zstd,
        (packing, _) => packing,
    };
    let bounded: Box<dyn Read + Send + 'r> = match packing {
        Packing::Plain => Box::new(Bounded { inner: reader, limit, left: limit }),
        Packing::Gzip => {
            Box::new(Bounded { inner: flate2::bufread::MultiGzDecoder::new(reader), limit, left: limit })
        }
        Packing::Zstd => {
            Box::new(Bounded { inner: zstd::stream::read::Decoder::with_buffer(reader)?, limit, left: limit })
        }
    };
    Ok((bounded, packing))
}

/// What an error while reading means to the user.
pub(crate) fn explain(path: &Path, packing: Packing, error: io::Error) -> TabularError {
    if let Some(TooLarge { limit }) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return TabularError::unusable(path, Cause::FileTooLong { limit: *limit });
    }
    let form = match packing {
        Packing::Plain => return TabularError::read(path, error),
        Packing::Gzip => "gzip",
        Packing::Zstd => "zstd",
    };
    if error.raw_os_error().is_some() {
        return TabularError::read(path, error);
    }
    TabularError::unusable(path, Cause::Damaged { form, message: error.to_string() })
}
