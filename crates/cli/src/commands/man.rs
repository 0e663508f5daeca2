//! `throughline man`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Command};
use clap_mangen::Man;

/// The manual: one page on standard output, or with a folder one page a command
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throughline man > throughline.1\n  throughline man ~/.local/share/man/man1"
)]
pub struct ManArgs {
    /// Folder to write throughline.1, throughline-run.1, … to; made if it is not there
    folder: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: ManArgs, program: Command) -> anyhow::Result<()> {
    let Some(folder) = args.folder else {
        let mut page = Vec::new();
        Man::new(program).render(&mut page)?;
        return Ok(std::io::stdout().lock().write_all(&page)?);
    };
    let cannot = || format!("cannot write manual pages to {}", folder.display());
    std::fs::create_dir_all(&folder).with_context(cannot)?;
    clap_mangen::generate_to(program, &folder).with_context(cannot)
}
