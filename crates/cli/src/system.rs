//! What the program asks of the system: folders of the user, memory, time.

use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

/// Where pulled models are kept: `$THROUGHLINE_MODELS`, else the user's data folder.
pub fn models_folder() -> PathBuf {
    let given = std::env::var_os("THROUGHLINE_MODELS").filter(|folder| !folder.is_empty());
    given.map_or_else(|| data_folder().join("throughline").join("models"), PathBuf::from)
}

/// The user's folder for data of programs: of this machine alone, since models are large. On Windows that is the one
/// that a profile does not carry from machine to machine.
fn data_folder() -> PathBuf {
    match choose_native_strategy() {
        Ok(folders) if cfg!(windows) => folders.cache_dir(),
        Ok(folders) => folders.data_dir(),
        Err(_) => PathBuf::from("."),
    }
}

/// Where vectors are kept: `$THROUGHLINE_CACHE`, else the user's cache folder. None where the variable is empty, or
/// where the user has no such folder.
pub fn cache_folder() -> Option<PathBuf> {
    match std::env::var_os("THROUGHLINE_CACHE") {
        Some(folder) => (!folder.is_empty()).then(|| folder.into()),
        None => Some(choose_native_strategy().ok()?.cache_dir().join("throughline")),
    }
}

/// Highest resident memory of this process so far, in bytes, where the system tells.
pub fn peak_memory() -> Option<u64> {
    kib("/proc/self/status", "VmHWM:")
}

/// Memory that programs can still have, in bytes, where the system tells.
pub fn free_memory() -> Option<u64> {
    kib("/proc/meminfo", "MemAvailable:")
}

/// A line of Linux' process files, in bytes.
fn kib(file: &str, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    let kib: u64 = line.split_ascii_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

/// Now, RFC 3339, UTC.
pub fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).map_or_else(|_| String::new(), |now| now.to_string())
}

/// Whether this program was built before `time` (RFC 3339, to the second); false where the system does not tell.
pub fn built_before(time: &str) -> bool {
    let built = std::env::current_exe().and_then(std::fs::metadata).and_then(|program| program.modified());
    match (
        built.ok().and_then(|built| jiff::Timestamp::try_from(built).ok()),
        time.parse::<jiff::Timestamp>(),
    ) {
        (Some(built), Ok(time)) => built.as_second() <= time.as_second() + 1,
        _ => false,
    }
}

/// Gives a file made as a temporary one the permissions of any other new file.
pub fn make_readable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Private is still usable: a failure here does not spoil the result.
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = path;
}
