//! What the user named, to the files that are read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::ReadOptions;
use crate::cause::{Cause, OtherKind};
use crate::error::{Instead, TabularError, Unused};
use crate::format::{InputFormat, Packing};
use crate::run;

/// One file to read.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Where it lies; `-` for standard input.
    pub path: PathBuf,
    /// What results call it: its path below the input that the user named, `/` between folders.
    pub label: String,
    /// What it holds.
    pub kind: InputFormat,
    /// How it is packed.
    pub packing: Packing,
    /// Whether it is the `articles` table of an older run.
    pub of_run: bool,
    /// Which of the inputs it belongs to.
    pub input: usize,
}

impl Source {
    pub(crate) fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }
}

/// What a folder or a list of inputs comes to.
#[derive(Default)]
pub(crate) struct Found {
    /// Files to read, by label.
    pub files: Vec<Source>,
    /// Files that are not read, with the reason.
    pub unused: Vec<Unused>,
}

/// Finds the files of all inputs. A file that is reached twice is read once.
pub(crate) fn discover(inputs: &[PathBuf], options: &ReadOptions) -> Result<Found, TabularError> {
    let mut found = Found::default();
    for (input, path) in inputs.iter().enumerate() {
        if path == Path::new("-") {
            found.files.push(Source {
                path: path.clone(),
                label: "-".into(),
                kind: options.format.unwrap_or(InputFormat::Jsonl),
                packing: Packing::Plain,
                of_run: false,
                input,
            });
            continue;
        }
        let metadata = std::fs::metadata(path).map_err(|e| TabularError::read(path, e))?;
        if !metadata.is_dir() {
            found.files.push(named_file(path, input, options)?);
        } else if run::is_run(path) {
            run::open_run(path)?;
            found.files.push(Source {
                path: path.join("articles.parquet"),
                label: "articles.parquet".into(),
                kind: InputFormat::Parquet,
                packing: Packing::Plain,
                of_run: true,
                input,
            });
        } else {
            walk(path, input, options, &mut found)?;
        }
    }

    let mut seen = BTreeSet::new();
    found.files.retain(|source| {
        seen.insert(std::fs::canonicalize(&source.path).unwrap_or_else(|_| source.path.clone()))
    });
    tell_apart(&mut found.files);
    found.files.sort_by(|a, b| (&a.label, &a.path).cmp(&(&b.label, &b.path)));
    Ok(found)
}

fn named_file(path: &Path, input: usize, options: &ReadOptions) -> Result<Source, TabularError> {
    let (kind, packing) = InputFormat::of_path(path);
    let Some(kind) = options.format.or(kind) else {
        return Err(TabularError::unusable(path, other_kind(path)));
    };
    let label = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Source { path: path.to_owned(), label, kind, packing, of_run: false, input })
}

fn other_kind(path: &Path) -> Cause {
    let extension = path.extension().map(|e| e.to_string_lossy()).unwrap_or_default();
    Cause::NotRead(OtherKind::of_extension(&extension))
}

fn walk(root: &Path, input: usize, options: &ReadOptions, found: &mut Found) -> Result<(), TabularError> {
    let before = found.files.len();
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                if let Some(ancestor) = error.loop_ancestor() {
                    let cause = Cause::LinkBack { to: ancestor.display().to_string() };
                    found.unused.push(unused(label_below(root, &path), cause));
                    continue;
                }
                return Err(TabularError::read(&path, error.into()));
            }
        };
        let is_dir = entry.file_type().is_dir();
        if entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.') {
            if is_dir {
                entries.skip_current_dir();
            }
            continue;
        }
        let path = entry.path();
        if is_dir {
            if entry.depth() > 0 && run::is_run(path) {
                entries.skip_current_dir();
                found.unused.push(unused(label_below(root, path), Cause::RunFolder));
            }
            continue;
        }
        if !entry.file_type().is_file() {
            continue;
        }
        let label = label_below(root, path);
        let (kind, packing) = InputFormat::of_path(path);
        match options.format.or(kind) {
            Some(kind) => {
                found.files.push(Source { path: path.to_owned(), label, kind, packing, of_run: false, input })
            }
            None => found.unused.push(unused(label, other_kind(path))),
        }
    }
    if found.files.len() == before {
        let instead = match found.unused.first() {
            None => Instead::EmptyFolder,
            Some(first) => Instead::OtherFiles { files: found.unused.len(), first: Box::new(first.clone()) },
        };
        return Err(TabularError::NoArticles { path: root.to_owned(), found: instead });
    }
    Ok(())
}

fn unused(file: String, cause: Cause) -> Unused {
    Unused { file, line: None, id: None, cause }
}

fn label_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Two files of one label (`a/x.txt` and `b/x.txt`, from two inputs) are called as the user named them.
fn tell_apart(files: &mut [Source]) {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for source in files.iter() {
        *uses.entry(source.label.clone()).or_default() += 1;
    }
    for source in files {
        if uses[&source.label] > 1 {
            let parts: Vec<_> =
                source.path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            source.label = parts.join("/").replacen("//", "/", 1);
        }
    }
}
