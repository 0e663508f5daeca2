//! `throughline models cache`.

use std::io::Write;

use clap::Args;
use indicatif::DecimalBytes;
use serde_json::json;
use throughline_embedding::VectorCache;

use crate::context::Context;
use crate::failure::BadUsage;

/// Show how much the vector cache holds, or clear it
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline models cache --clear\n\n\
    Vectors that a transformer has made are kept in $THROUGHLINE_CACHE, else in the user's cache folder, so that a \
    second run makes only new ones.")]
pub struct CacheArgs {
    /// Remove all that it holds
    #[arg(long)]
    clear: bool,
}

/// How much the vector cache holds, on standard output.
pub fn run(args: &CacheArgs, context: &Context) -> anyhow::Result<()> {
    let folder = context.cache_folder().ok_or_else(|| {
        BadUsage("the vector cache is off: name its folder with --cache or $THROUGHLINE_CACHE".to_owned())
    })?;
    if args.clear {
        let bytes = VectorCache::clear(&folder)?;
        context.teller.note(&format!("{}: {} removed", folder.display(), DecimalBytes(bytes)));
        return Ok(());
    }
    let (cache, trouble) = VectorCache::open(&folder, context.common.cache_bytes)?;
    if let Some(trouble) = trouble {
        context.teller.note(&trouble.to_string());
    }
    let size = cache.size()?;
    let told = json!({"file": cache.path(), "vectors": size.vectors, "bytes": size.bytes,
        "limit": context.common.cache_bytes});
    Ok(writeln!(std::io::stdout().lock(), "{told}")?)
}
