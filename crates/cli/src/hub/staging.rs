//! The hidden folder in which a model is gathered, and its move to where models are looked for.
//!
//! `MODELS/.pull/NAME/KEY/` holds the files of one version of a model, `MODELS/.pull/NAME/lock` keeps a
//! second process out. The hidden folder outlives an interrupted pull, for the next call to go on with.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use throughline_embedding::model_files::{self, FileStamp, MANIFEST, ModelManifest};
use throughline_embedding::{Options, open, weights_kind};

use super::{PullError, PulledModel, files, is_name};

/// What a manifest says of a model besides its files.
pub struct Description {
    /// Its name, and its folder's.
    pub name: String,
    /// Where it came from.
    pub origin: String,
    /// Its licence; where the source does not state one, the model card is asked.
    pub licence: Option<String>,
    /// The manifest that it had at its source, where it had one.
    pub earlier: Option<ModelManifest>,
}

/// A model being gathered.
pub struct Staging {
    description: Description,
    /// Of this model: its lock and its files.
    work: PathBuf,
    files: PathBuf,
    target: PathBuf,
    replace: bool,
    /// Held until the end.
    _lock: File,
}

/// What to do about a model: gather it, or nothing, since it is there.
pub enum Opened {
    /// Gather it here.
    Staging(Box<Staging>),
    /// The same model is there and its files fit their hashes.
    There(PulledModel),
}

impl Staging {
    /// Makes or finds the hidden folder of a model in `models`; `key` tells its versions apart.
    pub fn open(
        models: &Path,
        description: Description,
        key: &str,
        replace: bool,
    ) -> Result<Opened, PullError> {
        let name = &description.name;
        if !is_name(name) {
            return Err(PullError::BadFolderName { name: name.clone() });
        }
        let target = models.join(name);
        if target.exists() && !replace {
            return match model_files::verify(&target) {
                Ok(manifest) if manifest.origin == description.origin => {
                    Ok(Opened::There(PulledModel::of(&manifest, target, true)))
                }
                _ => Err(PullError::Exists { folder: target }),
            };
        }
        let work = models.join(".pull").join(name);
        let files = work.join(key);
        make_folder(&files)?;
        let lock_path = work.join("lock");
        let lock = File::create(&lock_path).map_err(io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PullError::Busy { lock: lock_path }),
            Err(TryLockError::Error(source)) => return Err(PullError::Io { path: lock_path, source }),
        }
        let staging = Self { description, work, files, target, replace, _lock: lock };
        Ok(Opened::Staging(Box::new(staging)))
    }

    /// Where a file of the model is to be put.
    pub fn place(&self, file: &str) -> Result<PathBuf, PullError> {
        let path = self.files.join(file);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        Ok(path)
    }

    /// Checks that an engine can run what was gathered, writes the manifest and moves all to its place.
    pub fn finish(self, names: Vec<String>) -> Result<PulledModel, PullError> {
        let earlier = self.description.earlier.as_ref();
        if let Some(earlier) = earlier {
            self.check(earlier)?;
        }
        // Reads every tensor: a model that lacks one is not worth keeping.
        let stamp = open(&self.files, &Options::default())?.stamp();
        let weights = weights_kind(&self.files)?.to_owned();
        let mut stamps = BTreeMap::new();
        for name in &names {
            let path = self.files.join(name);
            let content = fs::read(&path).map_err(io(&path))?;
            stamps.insert(name.clone(), FileStamp::of(&content));
        }
        let manifest = ModelManifest {
            name: self.description.name.clone(),
            origin: self.description.origin.clone(),
            licence: self.licence(),
            weights,
            dimensions: stamp.dimensions,
            max_tokens: stamp.max_tokens,
            made: earlier.and_then(|manifest| manifest.made.clone()),
            calibration: earlier.and_then(|manifest| manifest.calibration.clone()),
            files: stamps,
            more: earlier.map(|manifest| manifest.more.clone()).unwrap_or_default(),
        };
        let path = self.files.join(MANIFEST);
        let text = serde_json::to_string_pretty(&manifest).map_err(|e| io(&path)(e.into()))?;
        fs::write(&path, text + "\n").map_err(io(&path))?;
        self.remove_others(&names)?;
        self.move_to_target()?;
        Ok(PulledModel::of(&manifest, self.target, false))
    }

    /// Holds what was gathered against the manifest of its source.
    fn check(&self, earlier: &ModelManifest) -> Result<(), PullError> {
        for (name, stamp) in &earlier.files {
            let path = self.files.join(name);
            let found = FileStamp::of(&fs::read(&path).map_err(io(&path))?);
            if found != *stamp {
                remove_folder(&self.files)?;
                return Err(PullError::Tampered {
                    file: name.clone(),
                    expected: stamp.sha256.clone(),
                    found: found.sha256,
                });
            }
        }
        Ok(())
    }

    fn licence(&self) -> String {
        let stated = self.description.licence.clone();
        let earlier = || self.description.earlier.as_ref().map(|manifest| manifest.licence.clone());
        let card = || files::licence_of_card(&fs::read_to_string(self.files.join("README.md")).ok()?);
        stated.or_else(earlier).or_else(card).unwrap_or_else(|| "unknown".to_owned())
    }

    /// Removes what an interrupted pull of a different list of files may have left.
    fn remove_others(&self, names: &[String]) -> Result<(), PullError> {
        for entry in walk(&self.files)? {
            let name = entry.strip_prefix(&self.files).unwrap_or(&entry).to_string_lossy().replace('\\', "/");
            if name != MANIFEST && !names.contains(&name) {
                fs::remove_file(&entry).map_err(io(&entry))?;
            }
        }
        Ok(())
    }

    fn move_to_target(&self) -> Result<(), PullError> {
        let old = self.work.join("old");
        remove_folder(&old)?;
        let replaced = self.target.exists();
        if replaced && !self.replace {
            return Err(PullError::Exists { folder: self.target.clone() });
        }
        if replaced {
            fs::rename(&self.target, &old).map_err(io(&self.target))?;
        }
        if let Err(source) = fs::rename(&self.files, &self.target) {
            if replaced {
                // Put back what was there; if that fails too, the first error says more.
                let _ = fs::rename(&old, &self.target);
            }
            return Err(PullError::Io { path: self.target.clone(), source });
        }
        remove_folder(&self.work)?;
        if let Some(all) = self.work.parent() {
            // Other pulls may be under way in it.
            let _ = fs::remove_dir(all);
        }
        Ok(())
    }
}

impl PulledModel {
    fn of(manifest: &ModelManifest, folder: PathBuf, unchanged: bool) -> Self {
        Self {
            name: manifest.name.clone(),
            folder,
            origin: manifest.origin.clone(),
            bytes: manifest.files.values().map(|file| file.bytes).sum(),
            unchanged,
        }
    }
}

/// For `map_err` on file operations.
pub fn io(path: &Path) -> impl FnOnce(io::Error) -> PullError {
    let path = path.to_path_buf();
    move |source| PullError::Io { path, source }
}

fn make_folder(folder: &Path) -> Result<(), PullError> {
    fs::create_dir_all(folder).map_err(io(folder))
}

fn remove_folder(folder: &Path) -> Result<(), PullError> {
    match fs::remove_dir_all(folder) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(io(folder)(source)),
        _ => Ok(()),
    }
}

/// Every file below a folder, in order of path.
pub fn walk(folder: &Path) -> Result<Vec<PathBuf>, PullError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(io(folder))? {
        let path = entry.map_err(io(folder))?.path();
        if path.is_dir() {
            found.extend(walk(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
