//! A folder in the making: locked while its program lives, swapped into place, cleared away when it is stale.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::TabularError;

/// Held by the program that makes the folder, for as long as it lives.
const LOCK: &str = ".lock";
const SUFFIX: &str = ".part";

/// A hidden folder beside the place that it will take.
#[derive(Debug)]
pub(super) struct Making {
    folder: TempDir,
    lock: File,
}

impl Making {
    /// Begins a folder for `place`, and removes what dead programs left behind of theirs.
    pub(super) fn begin(place: &Path) -> Result<Self, TabularError> {
        let parent = match place.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(|e| TabularError::write(parent, e))?;
        let prefix = format!(".{}.", place.file_name().unwrap_or_default().to_string_lossy());
        clear_stale(parent, &prefix);
        let begin = || {
            let folder = tempfile::Builder::new().prefix(&prefix).suffix(SUFFIX).tempdir_in(parent)?;
            let lock = File::create(folder.path().join(LOCK))?;
            lock.lock()?;
            Ok(Self { folder, lock })
        };
        begin().map_err(|e| TabularError::write(parent, e))
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts the finished folder in its place. An older one there is gone afterwards, and stays if that fails.
    pub(super) fn put(self, place: &Path) -> io::Result<()> {
        open_to_others(self.path())?;
        fs::remove_file(self.path().join(LOCK))?;
        let taken = fs::symlink_metadata(place).is_ok();
        if taken && swap(self.path(), place)? {
            // The older run now lies where this one was made, and goes with it. One that can't be removed is no
            // reason to fail.
            let _ = self.folder.close();
            return Ok(());
        }
        let aside = if taken { Some(step_aside(place)?) } else { None };
        if let Err(error) = fs::rename(self.path(), place) {
            if let Some(aside) = &aside {
                fs::rename(aside.path().join("run"), place)?;
            }
            return Err(error);
        }
        let _ = self.folder.keep();
        drop(self.lock);
        if let Some(aside) = aside {
            let _ = aside.close();
        }
        Ok(())
    }
}

/// Lets two folders change places in one step; false where the system can't.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Where folders can't be swapped: the older one steps aside first.
fn step_aside(place: &Path) -> io::Result<TempDir> {
    let parent = place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let aside = tempfile::Builder::new().prefix(".old.").tempdir_in(parent)?;
    fs::rename(place, aside.path().join("run"))?;
    Ok(aside)
}

/// Removes the folders of programs that were killed. One whose lock is held belongs to a living program; one
/// without a lock was only just begun, or is not ours. Both are left.
fn clear_stale(parent: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(prefix) || !name.ends_with(SUFFIX) {
            continue;
        }
        let Ok(lock) = File::options().write(true).open(entry.path().join(LOCK)) else { continue };
        match lock.try_lock() {
            // What can't be removed is in nobody's way.
            Ok(()) => drop(fs::remove_dir_all(entry.path())),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => {}
        }
    }
}

/// A temporary folder is closed to other users; a result has the rights that any new folder has.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let probe = folder.join(".rights");
    fs::create_dir(&probe)?;
    let mode = fs::metadata(&probe)?.permissions().mode();
    fs::remove_dir(&probe)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_dead_program_left_is_removed_and_a_living_one_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let dead = folder.path().join(".run.dead.part");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join(LOCK), "").unwrap();
        fs::write(dead.join("articles.parquet"), "half").unwrap();
        // Of another run, or never begun by us.
        fs::create_dir(folder.path().join(".run.mine.part")).unwrap();
        fs::create_dir(folder.path().join(".other.x.part")).unwrap();
        fs::write(folder.path().join(".other.x.part").join(LOCK), "").unwrap();

        let place = folder.path().join("run");
        let living = Making::begin(&place).unwrap();
        let beside = Making::begin(&place).unwrap();
        assert!(living.path().exists(), "a living program's folder was removed");
        assert!(!dead.exists());
        drop(living);
        drop(beside);
        assert_eq!(left(folder.path()), [".other.x.part", ".run.mine.part"]);
    }

    #[test]
    fn an_older_folder_gives_way_to_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("run");
        for text in ["old", "new"] {
            let making = Making::begin(&place).unwrap();
            fs::write(making.path().join("table"), text).unwrap();
            making.put(&place).unwrap();
            assert_eq!(left(&place), ["table"]);
            assert_eq!(fs::read_to_string(place.join("table")).unwrap(), text);
            assert_eq!(left(folder.path()), ["run"]);
        }
    }

    #[test]
    fn a_folder_steps_aside_and_comes_back_where_swapping_is_not_to_be_had() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("run");
        fs::create_dir(&place).unwrap();
        let aside = step_aside(&place).unwrap();
        assert!(!place.exists() && aside.path().join("run").is_dir());
    }
}
