//! What must not be left behind when the user interrupts: folders and files in the making.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

static IN_THE_MAKING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// While this lives, an interrupt removes the path.
#[derive(Debug)]
pub struct InTheMaking(PathBuf);

impl InTheMaking {
    /// Watches over `path`.
    pub fn new(path: &Path) -> Self {
        paths().push(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for InTheMaking {
    fn drop(&mut self) {
        let mut paths = paths();
        if let Some(place) = paths.iter().position(|path| *path == self.0) {
            paths.swap_remove(place);
        }
    }
}

fn paths() -> std::sync::MutexGuard<'static, Vec<PathBuf>> {
    IN_THE_MAKING.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// From now on an interrupt (ctrl-C, termination, a closed terminal) removes what is in the making before the
/// program ends by that signal, as a shell expects it to. What a kill leaves is removed by the next run.
#[cfg(unix)]
pub fn clear_on_interrupt() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    // Without it the program works as well; only an interrupt leaves a hidden folder.
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    std::thread::spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        // Held to the end, so that nothing more is begun.
        let paths = paths();
        for path in paths.iter() {
            let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        }
        let _ = signal_hook::low_level::emulate_default_handler(signal);
        std::process::exit(128 + signal);
    });
}

/// Elsewhere an interrupt ends the program at once; the next run clears up.
#[cfg(not(unix))]
pub fn clear_on_interrupt() {}
