//! Vectors kept from one run to the next.
//!
//! A text's vector depends on nothing but the text, the model and the arithmetic, so it need be made only once. They
//! are kept in a [redb](https://www.redb.org) file, which survives a kill at any moment: what was committed is
//! there, the rest is not. Every entry has a checksum of its own besides, since a wrong vector would be worse than
//! none. The file never matters to a result, only to the time: whatever is wrong with it, the run goes on without.

use std::cell::Cell;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use redb::{Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, TableDefinition};
use throughline_schema::manifest::ModelStamp;

/// Name of the file in the cache's folder.
const FILE: &str = "vectors.redb";

/// Version of an entry's form; part of every key.
const FORMAT: &[u8] = b"throughline vectors 1";

/// What a file takes on disk for each byte of an entry, and beside that while a change is written; measured on files
/// that were filled in random order and evicted from several times over, rounded up.
const OVERHEAD: u64 = 3;
const CHANGING: u64 = 8 << 20;

/// A file grows to a power of two, and by at most this.
const HEAD: u64 = 1 << 20;

/// Bytes beside the vector: key, age, checksum, token counts.
const BESIDE: u64 = 2 * 32 + 8 + 8 + 8;

/// Bytes of the file that redb keeps in memory.
const MEMORY: usize = 8 << 20;

/// Entries by key.
const VECTORS: TableDefinition<'_, [u8; 32], &[u8]> = TableDefinition::new("vectors");
/// Keys by age, oldest first.
const AGES: TableDefinition<'_, u64, [u8; 32]> = TableDefinition::new("ages");
/// The sum of the entries' bytes.
const TOTAL: TableDefinition<'_, (), u64> = TableDefinition::new("total");

/// What an entry is found by: a hash of the text, keyed with all else that its vector depends on.
pub(crate) type Key = [u8; 32];

/// A kept vector with its token counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) vector: Vec<f32>,
    pub(crate) tokens: u32,
    pub(crate) tokens_kept: u32,
}

/// Why the cache can't be used; the text is for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheTrouble {
    /// Another program uses it.
    Busy(PathBuf),
    /// It is not what was written, and was removed.
    Damaged(PathBuf, String),
    /// The system says no.
    Io(PathBuf, String),
}

impl fmt::Display for CacheTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy(path) => write!(f, "another program uses the vector cache {}", path.display()),
            Self::Damaged(path, reason) => {
                write!(f, "the vector cache {} was damaged ({reason}) and has been removed", path.display())
            }
            Self::Io(path, reason) => write!(f, "the vector cache {}: {reason}", path.display()),
        }
    }
}

impl std::error::Error for CacheTrouble {}

/// A file of vectors, held by this program alone.
pub struct VectorCache {
    path: PathBuf,
    /// None only while it is dropped.
    file: Option<Database>,
    /// What its entries may cost together.
    room: u64,
}

/// What a cache holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheSize {
    /// Vectors in it.
    pub vectors: u64,
    /// Bytes of its file.
    pub bytes: u64,
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread works on the cache's file just now. A panic there is a damaged file, not a bug, and is caught.
pub fn reads_cache() -> bool {
    GUARDED.get()
}

impl VectorCache {
    /// Opens the cache in a folder, or makes it; its file takes at most `limit` bytes, and keeps nothing below 18
    /// megabytes. A damaged file is replaced, which the second value tells.
    ///
    /// # Errors
    ///
    /// Another program holds it, or the folder can't be written.
    pub fn open(folder: &Path, limit: u64) -> Result<(Self, Option<CacheTrouble>), CacheTrouble> {
        let path = folder.join(FILE);
        fs::create_dir_all(folder).map_err(|e| CacheTrouble::Io(path.clone(), e.to_string()))?;
        let open = || {
            let file = guarded(&path, || Ok(Database::builder().set_cache_size(MEMORY).create(&path)?))?;
            let cache = Self { path: path.clone(), file: Some(file), room: room(limit) };
            cache.make_tables()?;
            Ok(cache)
        };
        match open() {
            Err(CacheTrouble::Damaged(of, reason)) => {
                remove(&path)?;
                Ok((open()?, Some(CacheTrouble::Damaged(of, reason))))
            }
            opened => opened.map(|cache| (cache, None)),
        }
    }

    /// Removes the cache of a folder, if there is one; how many bytes it had.
    ///
    /// # Errors
    ///
    /// It can't be removed.
    pub fn clear(folder: &Path) -> Result<u64, CacheTrouble> {
        let path = folder.join(FILE);
        let bytes = fs::metadata(&path).map_or(0, |found| found.len());
        remove(&path)?;
        Ok(bytes)
    }

    /// How much it holds.
    ///
    /// # Errors
    ///
    /// The file is damaged or can't be read.
    pub fn size(&self) -> Result<CacheSize, CacheTrouble> {
        let vectors = self.guarded(|| Ok(self.file().begin_read()?.open_table(VECTORS)?.len()?))?;
        Ok(CacheSize { vectors, bytes: fs::metadata(&self.path).map_or(0, |found| found.len()) })
    }

    /// Where its file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The entries of these keys, where they are there.
    pub(crate) fn get(&self, keys: &[Key], width: usize) -> Result<Vec<Option<Entry>>, CacheTrouble> {
        let mut wrong = false;
        let found = self.guarded(|| {
            let vectors = self.file().begin_read()?.open_table(VECTORS)?;
            let mut found = Vec::with_capacity(keys.len());
            for key in keys {
                let entry = vectors.get(key)?.map(|bytes| Entry::read(key, bytes.value(), width));
                wrong |= entry.as_ref().is_some_and(Option::is_none);
                found.push(entry.flatten());
            }
            Ok(found)
        })?;
        if wrong {
            return Err(self.damaged("an entry does not fit its checksum".to_owned()));
        }
        Ok(found)
    }

    /// Adds entries and removes the oldest ones beyond the limit; all of it is kept, or nothing.
    pub(crate) fn put(&self, entries: &[(Key, Entry)]) -> Result<(), CacheTrouble> {
        self.guarded(|| {
            let mut change = self.file().begin_write()?;
            // A killed program leaves a file that opens at once.
            change.set_quick_repair(true);
            {
                let mut vectors = change.open_table(VECTORS)?;
                let mut ages = change.open_table(AGES)?;
                let mut totals = change.open_table(TOTAL)?;
                let mut total = totals.get(())?.map_or(0, |total| total.value());
                let mut next = ages.last()?.map_or(0, |(age, _)| age.value() + 1);
                for (key, entry) in entries {
                    let bytes = entry.bytes(key);
                    if vectors.insert(key, bytes.as_slice())?.is_none() {
                        total += cost(bytes.len());
                        ages.insert(next, key)?;
                        next += 1;
                    }
                }
                while total > self.room {
                    let Some((_, key)) = ages.pop_first()? else { break };
                    if let Some(bytes) = vectors.remove(key.value())? {
                        total = total.saturating_sub(cost(bytes.value().len()));
                    }
                }
                totals.insert((), total)?;
            }
            Ok(change.commit()?)
        })
    }

    fn file(&self) -> &Database {
        self.file.as_ref().expect("held until it is dropped")
    }

    fn make_tables(&self) -> Result<(), CacheTrouble> {
        self.guarded(|| {
            // Most often they are there, and nothing need be written.
            let read = self.file().begin_read()?;
            if read.open_table(VECTORS).is_ok()
                && read.open_table(AGES).is_ok()
                && read.open_table(TOTAL).is_ok()
            {
                return Ok(());
            }
            drop(read);
            let change = self.file().begin_write()?;
            change.open_table(VECTORS)?;
            change.open_table(AGES)?;
            change.open_table(TOTAL)?;
            Ok(change.commit()?)
        })
    }

    fn guarded<T>(&self, work: impl FnOnce() -> Result<T, redb::Error>) -> Result<T, CacheTrouble> {
        guarded(&self.path, work).map_err(|trouble| match trouble {
            CacheTrouble::Damaged(_, reason) => self.damaged(reason),
            other => other,
        })
    }

    /// Removes the file, so that the next program begins a new one.
    fn damaged(&self, reason: String) -> CacheTrouble {
        // What can't be removed is found to be damaged again.
        let _ = remove(&self.path);
        CacheTrouble::Damaged(self.path.clone(), reason)
    }
}

impl Drop for VectorCache {
    fn drop(&mut self) {
        // Closing writes to the file once more; a damaged one may not stand it.
        let file = self.file.take();
        let _ = guarded(&self.path, || {
            drop(file);
            Ok(())
        });
    }
}

/// What entries may cost together so that their file stays below `limit`.
fn room(limit: u64) -> u64 {
    let grown: u64 = limit.saturating_sub(HEAD).checked_ilog2().map_or(0, |digits| 1 << digits);
    grown.saturating_sub(CHANGING)
}

/// Bytes of disk that an entry is reckoned to take.
fn cost(bytes: usize) -> u64 {
    (bytes as u64 + BESIDE) * OVERHEAD
}

fn remove(path: &Path) -> Result<(), CacheTrouble> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(CacheTrouble::Io(path.to_owned(), error.to_string()))
        }
        _ => Ok(()),
    }
}

/// Runs `work`, and tells damage from refusal. redb trusts its pages: it may panic on ones that contradict each other.
fn guarded<T>(path: &Path, work: impl FnOnce() -> Result<T, redb::Error>) -> Result<T, CacheTrouble> {
    GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    let path = path.to_owned();
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(redb::Error::DatabaseAlreadyOpen)) => Err(CacheTrouble::Busy(path)),
        Ok(Err(redb::Error::Io(error)))
            if !matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof) =>
        {
            Err(CacheTrouble::Io(path, error.to_string()))
        }
        Ok(Err(error)) => Err(CacheTrouble::Damaged(path, error.to_string())),
        Err(_) => Err(CacheTrouble::Damaged(path, "its pages contradict each other".to_owned())),
    }
}

impl Entry {
    /// As it is stored: token counts, vector, and a checksum over these and the key.
    fn bytes(&self, key: &Key) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 + 4 * self.vector.len());
        bytes.extend_from_slice(&self.tokens.to_le_bytes());
        bytes.extend_from_slice(&self.tokens_kept.to_le_bytes());
        self.vector.iter().for_each(|x| bytes.extend_from_slice(&x.to_le_bytes()));
        let sum = checksum(key, &bytes);
        bytes.extend_from_slice(&sum);
        bytes
    }

    /// From stored bytes; none where they are not what was stored.
    fn read(key: &Key, bytes: &[u8], width: usize) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if body.len() != 8 + 4 * width || *sum != checksum(key, body) {
            return None;
        }
        let (words, _) = body.as_chunks::<4>();
        Some(Self {
            vector: words[2..].iter().map(|&word| f32::from_le_bytes(word)).collect(),
            tokens: u32::from_le_bytes(words[0]),
            tokens_kept: u32::from_le_bytes(words[1]),
        })
    }
}

fn checksum(key: &Key, body: &[u8]) -> [u8; 8] {
    let hash = blake3::keyed_hash(key, body);
    hash.as_bytes().first_chunk().copied().unwrap_or_default()
}

/// Keys of texts for one model in one arithmetic.
pub(crate) struct Keys(Key);

impl Keys {
    pub(crate) fn new(stamp: &ModelStamp) -> Self {
        let ModelStamp { sha256, engine, kernels, dimensions, max_tokens, prompt, .. } = stamp;
        let mut hash = blake3::Hasher::new();
        hash.update(FORMAT);
        for part in [sha256, engine, kernels, prompt] {
            hash.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        hash.update(&dimensions.to_le_bytes()).update(&max_tokens.to_le_bytes());
        Self(*hash.finalize().as_bytes())
    }

    pub(crate) fn of(&self, text: &str) -> Key {
        *blake3::keyed_hash(&self.0, text.as_bytes()).as_bytes()
    }
}
