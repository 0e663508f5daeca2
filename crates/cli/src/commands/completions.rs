//! `throughline completions`.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use crate::args::command;

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
pub fn run(args: CompletionsArgs) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "throughline", &mut script);
    Ok(std::io::stdout().lock().write_all(&script)?)
}
