//! Embeds the word lists of `languages/`: each folder but `template` is a language, each file in it a list.
//!
//! So a new language is a new folder, and no list of languages stands in code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=languages");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("languages");
    let mut code = String::from("&[\n");
    for folder in sorted(&root)?.iter().filter(|path| path.is_dir() && !path.ends_with("template")) {
        writeln!(code, "    Source {{ tag: {:?}, files: &[", name(folder)).map_err(io::Error::other)?;
        for file in sorted(folder)?.iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
            writeln!(code, "        ({:?}, include_str!({:?})),", name(file), file)
                .map_err(io::Error::other)?;
        }
        code.push_str("    ] },\n");
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("languages.rs"), code)
}

/// What a folder holds, by name.
fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The name of a folder or a file, without extension.
fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
