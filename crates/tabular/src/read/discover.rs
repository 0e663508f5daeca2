//! What the user named, to the files that are read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use throughline_schema::manifest::UnusedRow;
use walkdir::WalkDir;

use super::ReadOptions;
use super::file::FileRows;
use crate::error::TabularError;
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
    pub unused: Vec<UnusedRow>,
}

const KINDS: &str = "use .jsonl, .csv, .tsv, .parquet, .arrow, .txt, .md or .html (also with .gz or .zst \
                     behind), or say what it holds with --input-format";

/// Files that people have and that are not read: extensions, problem, remedy.
const OTHERS: [(&[&str], &str, &str); 4] = [
    (
        &["pdf"],
        "a PDF does not tell where paragraphs end",
        "make text of it first, for instance with: pdftotext FILE.pdf FILE.txt",
    ),
    (
        &["doc", "docx", "odt", "rtf", "epub"],
        "a word processor's document",
        "save it as .txt or .html, for instance with: pandoc FILE -o FILE.html",
    ),
    (&["xls", "xlsx", "ods"], "a spreadsheet", "save it as .csv, with a column `text`"),
    (
        &["zip", "tar", "tgz", "7z", "rar", "bz2", "xz"],
        "an archive",
        "unpack it and name the folder; single files may be packed as .gz or .zst",
    ),
];

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
        let (problem, remedy) = unknown_kind(path);
        return Err(TabularError::unusable(path, problem, remedy));
    };
    let label = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Source { path: path.to_owned(), label, kind, packing, of_run: false, input })
}

fn unknown_kind(path: &Path) -> (String, String) {
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
        return (
            "a .json file may hold anything".into(),
            "write one object on each line (an array becomes that with: jq -c '.[]' FILE > FILE.jsonl), \
             or, if it is so already, say --input-format jsonl"
                .into(),
        );
    }
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let known = OTHERS.iter().find(|(extensions, ..)| extensions.contains(&extension.as_str()));
    if let Some((_, problem, remedy)) = known {
        return ((*problem).to_owned(), (*remedy).to_owned());
    }
    ("its name does not tell what it holds".into(), KINDS.into())
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
                    let reason = format!("a link back to {}; it was not followed", ancestor.display());
                    found.unused.push(unused(label_below(root, &path), reason));
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
                let reason = "a run folder; name it as an input of its own to read its articles".into();
                found.unused.push(unused(label_below(root, path), reason));
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
            None => {
                let (problem, remedy) = unknown_kind(path);
                found.unused.push(unused(label, format!("not read: {problem}; {remedy}")));
            }
        }
    }
    if found.files.len() == before {
        let others = match found.unused.len() {
            1 => "one file of another kind".to_owned(),
            more => format!("{more} files of other kinds"),
        };
        return Err(TabularError::NoArticles {
            path: root.to_owned(),
            detail: match found.unused.first() {
                None => "the folder is empty".into(),
                Some(first) => format!("{others}, such as {}, {}", first.file, first.reason),
            },
            remedy: KINDS.into(),
        });
    }
    Ok(())
}

fn unused(file: String, reason: String) -> UnusedRow {
    UnusedRow { file, line: None, id: None, reason }
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

/// An input that gave no article at all is an error, however much the others gave.
pub(crate) fn check_each_gave(inputs: &[PathBuf], files: &[(&Source, FileRows)]) -> Result<(), TabularError> {
    for (input, path) in inputs.iter().enumerate() {
        let mut of_input = files.iter().filter(|(source, _)| source.input == input).peekable();
        if of_input.peek().is_none() {
            continue; // the same file was named twice
        }
        if of_input.clone().all(|(_, rows)| rows.drafts.is_empty()) {
            let first = of_input.flat_map(|(_, rows)| &rows.unused).next();
            let (detail, remedy) = match first {
                Some(row) => {
                    let place = crate::error::at(Path::new(&row.file), row.line);
                    (format!("{place}: {}", row.reason), "mend it or name another input")
                }
                None => ("it is empty".into(), "give at least one row with a `text`"),
            };
            return Err(TabularError::NoArticles { path: path.clone(), detail, remedy: remedy.into() });
        }
    }
    Ok(())
}
