//! What the program asks of the system: folders of the user, memory, time.

use std::path::{Path, PathBuf};

/// Where pulled models are kept: `$THROUGHLINE_MODELS`, else the user's data folder.
pub fn models_folder() -> PathBuf {
    if let Some(folder) = variable("THROUGHLINE_MODELS") {
        return folder;
    }
    let data = if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    data.unwrap_or_else(|| PathBuf::from(".")).join("throughline").join("models")
}

/// Where vectors are kept: `$THROUGHLINE_CACHE`, else the user's cache folder. None where the variable is empty, or
/// where the user has no such folder.
pub fn cache_folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("THROUGHLINE_CACHE") {
        return (!folder.is_empty()).then(|| folder.into());
    }
    let cache = if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches"))
    } else if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    Some(cache?.join("throughline"))
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
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
