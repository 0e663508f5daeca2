//! The vector cache: the same bytes with it and without, new texts only, bounded, and never trusted.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use throughline_embedding::{
    CacheTrouble, CachedEncoder, EmbeddingError, Embeddings, Encoder, Options, VectorCache, open,
};
use throughline_schema::manifest::ModelStamp;
use throughline_testkit::{Bert, write};

const LIMIT: u64 = 1 << 30;

fn texts(count: usize) -> Vec<String> {
    (0..count)
        .map(|i| format!("rain {} and sun {}", "snow ".repeat(i % 5), "the ".repeat(i / 5 % 17)))
        .collect()
}

/// An encoder that keeps a list of the texts that reach it.
struct Watched {
    encoder: Box<dyn Encoder>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Encoder for Watched {
    fn stamp(&self) -> ModelStamp {
        self.encoder.stamp()
    }

    fn encode(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Embeddings, EmbeddingError> {
        self.seen.lock().unwrap().extend(texts.iter().map(|text| (*text).to_owned()));
        self.encoder.encode(texts, progress)
    }
}

/// A model, a cache's folder, and what was told.
struct Bench {
    model: TempDir,
    folder: TempDir,
    seen: Arc<Mutex<Vec<String>>>,
    told: Arc<Mutex<Vec<CacheTrouble>>>,
}

impl Bench {
    fn new() -> Self {
        let model = tempfile::tempdir().unwrap();
        write(model.path(), &Bert::default().make().files);
        Self { model, folder: tempfile::tempdir().unwrap(), seen: Arc::default(), told: Arc::default() }
    }

    fn encoder(&self, options: &Options) -> Box<dyn Encoder> {
        open(self.model.path(), options).unwrap()
    }

    fn cached_with(&self, options: &Options, limit: u64) -> CachedEncoder<Watched> {
        let (cache, trouble) = VectorCache::open(self.folder.path(), limit).unwrap();
        self.told.lock().unwrap().extend(trouble);
        let told = Arc::clone(&self.told);
        let watched = Watched { encoder: self.encoder(options), seen: Arc::clone(&self.seen) };
        CachedEncoder::new(watched, cache, move |trouble| told.lock().unwrap().push(trouble.clone()))
    }

    fn cached(&self) -> CachedEncoder<Watched> {
        self.cached_with(&Options::default(), LIMIT)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("vectors.redb")
    }

    /// Texts that reached the model since the last call.
    fn made(&self) -> usize {
        std::mem::take(&mut *self.seen.lock().unwrap()).len()
    }

    fn troubles(&self) -> Vec<CacheTrouble> {
        std::mem::take(&mut *self.told.lock().unwrap())
    }
}

fn encode(encoder: &dyn Encoder, texts: &[String]) -> Embeddings {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    encoder.encode(&texts, &|_| {}).unwrap()
}

#[test]
fn a_second_run_makes_only_what_is_new_and_gives_the_same_bytes() {
    let bench = Bench::new();
    let texts = texts(60);
    let plain = encode(bench.encoder(&Options::default()).as_ref(), &texts);
    assert_eq!(encode(&bench.cached(), &texts[..40]).vectors, plain.vectors.slice(ndarray::s![..40, ..]));
    assert_eq!(bench.made(), 40);
    // Another order, and new texts among known ones.
    let mut turned: Vec<String> = texts.clone();
    turned.reverse();
    let again = encode(&bench.cached(), &turned);
    assert_eq!(bench.made(), 20);
    for (i, row) in plain.vectors.rows().into_iter().enumerate() {
        assert_eq!(row, again.vectors.row(59 - i));
        assert_eq!(plain.tokens[i], again.tokens[59 - i]);
        assert_eq!(plain.tokens_kept[i], again.tokens_kept[59 - i]);
    }
    assert_eq!(encode(&bench.cached(), &texts), plain);
    assert_eq!((bench.made(), bench.troubles()), (0, vec![]));
}

#[test]
fn progress_counts_kept_texts_too() {
    let bench = Bench::new();
    let texts = texts(30);
    encode(&bench.cached(), &texts[..20]);
    let done = std::sync::atomic::AtomicUsize::new(0);
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let count = |n| {
        done.fetch_add(n, std::sync::atomic::Ordering::Relaxed);
    };
    bench.cached().encode(&all, &count).unwrap();
    assert_eq!(done.into_inner(), 30);
}

#[test]
fn another_prompt_or_limit_has_vectors_of_its_own() {
    let bench = Bench::new();
    let texts = texts(10);
    encode(&bench.cached(), &texts);
    for options in [
        Options { prompt: Some("the ".to_owned()), ..Options::default() },
        Options { max_tokens: Some(5), ..Options::default() },
    ] {
        bench.made();
        let made = encode(&bench.cached_with(&options, LIMIT), &texts);
        assert_eq!(bench.made(), 10, "{options:?}");
        assert_eq!(made, encode(bench.encoder(&options).as_ref(), &texts));
    }
}

#[test]
fn the_file_stays_below_its_limit_and_the_oldest_go_first() {
    let bench = Bench::new();
    let limit = 18 << 20;
    let of = |round: usize| -> Vec<String> { (0..2000).map(|i| format!("rain {round} {i}")).collect() };
    for round in 0..13 {
        encode(&bench.cached_with(&Options::default(), limit), &of(round));
        let bytes = fs::metadata(bench.file()).unwrap().len();
        assert!(bytes <= limit, "{bytes} bytes after round {round}");
    }
    bench.made();
    let cached = bench.cached_with(&Options::default(), limit);
    encode(&cached, &of(12));
    assert_eq!(bench.made(), 0, "the newest are kept");
    encode(&cached, &of(0));
    assert_eq!(bench.made(), 2000, "the oldest are gone");
}

#[test]
fn two_programs_do_not_share_it() {
    let bench = Bench::new();
    let held = bench.cached();
    match VectorCache::open(bench.folder.path(), LIMIT).err().unwrap() {
        CacheTrouble::Busy(path) => assert_eq!(path, bench.file()),
        other => panic!("{other}"),
    }
    drop(held);
    VectorCache::open(bench.folder.path(), LIMIT).unwrap();
}

/// Changes bytes here and there.
fn damage(file: &Path, from: usize, to: usize, step: usize) {
    let mut bytes = fs::read(file).unwrap();
    let to = to.min(bytes.len());
    (from..to).step_by(step).for_each(|at| bytes[at] ^= 0x55);
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_damaged_file_is_told_and_replaced_and_never_trusted() {
    let bench = Bench::new();
    let texts = texts(80);
    let plain = encode(bench.encoder(&Options::default()).as_ref(), &texts);
    let mut told = 0;
    // Its head, everything, every page, a byte in each kilobyte; not a database at all; half of it.
    let harms: [&dyn Fn(&Path); 7] = [
        &|file| damage(file, 0, 64, 1),
        &|file| damage(file, 0, usize::MAX, 1),
        &|file| damage(file, 100, usize::MAX, 4096),
        &|file| damage(file, 4096, usize::MAX, 1000),
        &|file| damage(file, 4096, usize::MAX, 7),
        &|file| fs::write(file, "not a database").unwrap(),
        &|file| {
            let bytes = fs::read(file).unwrap();
            fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        },
    ];
    std::panic::set_hook(Box::new(|info| {
        assert!(throughline_embedding::reads_cache(), "{info}");
    }));
    for (i, harm) in harms.iter().enumerate() {
        encode(&bench.cached(), &texts);
        bench.troubles();
        harm(&bench.file());
        assert_eq!(encode(&bench.cached(), &texts), plain, "harm {i}");
        let troubles = bench.troubles();
        assert!(troubles.iter().all(|trouble| matches!(trouble, CacheTrouble::Damaged(..))), "{troubles:?}");
        told += usize::from(!troubles.is_empty());
        // Nothing of it is left for the next.
        assert_eq!(encode(&bench.cached(), &texts), plain);
        assert_eq!(encode(&bench.cached(), &texts), plain);
        assert_eq!(bench.troubles(), vec![], "harm {i}");
    }
    let _ = std::panic::take_hook();
    assert!(told >= 6, "only {told} of {} were told", harms.len());
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let bench = Bench::new();
    let in_the_way = bench.folder.path().join("file");
    fs::write(&in_the_way, "").unwrap();
    assert!(matches!(VectorCache::open(&in_the_way, LIMIT), Err(CacheTrouble::Io(..))));
}

#[test]
fn it_says_what_it_holds_and_is_cleared() {
    let bench = Bench::new();
    encode(&bench.cached(), &texts(50));
    let size = VectorCache::open(bench.folder.path(), LIMIT).unwrap().0.size().unwrap();
    assert_eq!((size.vectors, size.bytes), (50, fs::metadata(bench.file()).unwrap().len()));
    assert_eq!(VectorCache::clear(bench.folder.path()).unwrap(), size.bytes);
    assert!(!bench.file().exists());
    assert_eq!(VectorCache::clear(bench.folder.path()).unwrap(), 0);
}
