//! `throughline completions`.

use std::io::Write;

use clap::{Args, Command};
use clap_complete::Shell;

/// Completions for a shell, on standard output
///
/// Bash reads them from ~/.local/share/bash-completion/completions/throughline, zsh from a file _throughline in a
/// folder of $fpath, fish from ~/.config/fish/completions/throughline.fish.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline completions bash > throughline.bash\n  \
    throughline completions fish > throughline.fish")]
pub struct CompletionsArgs {
    /// Shell
    shell: Shell,
}

/// Runs the command.
pub fn run(args: CompletionsArgs, mut program: Command) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "throughline", &mut script);
    Ok(std::io::stdout().lock().write_all(&script)?)
}
