//! `throughline duplicates`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use throughline_pipeline::duplicates::lexical::{Copies, WordLists, overlaps};
use throughline_pipeline::duplicates::{Duplicates, scored_pairs};
use throughline_tabular::read_pairs;

use crate::args::{Input, Output};
use crate::commands::params;
use crate::context::Context;
use crate::failure::BadUsage;

/// Pairs of rows that say nearly the same, each verified
///
/// `score` is a calibrated probability: 0.5 is the decision line. It looks at the pair among all rows of the input:
/// what very many of them have in common, such as a template, is no sign of copying. `lexical` is the share of words
/// that the two have in common, `semantic` the cosine of their vectors. With `--lexical` only words count and no model
/// is asked: fast enough for a million articles, but it finds no paraphrase.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline duplicates examples/articles\n  \
    throughline duplicates examples/articles --table groups\n  \
    throughline duplicates examples/articles --pairs pairs.csv\n  \
    throughline duplicates examples/articles --lexical --threshold 0.7")]
pub struct DuplicatesArgs {
    /// Which table to give
    #[arg(long, value_enum, default_value_t = DuplicatesTable::Pairs)]
    table: DuplicatesTable,
    /// Score exactly the pairs in this file (columns a and b: ids), or - for standard input, in its order, whatever their
    /// score
    #[arg(long, value_name = "FILE", conflicts_with = "table")]
    pairs: Option<PathBuf>,
    /// Compare words alone: copies are pairs whose word shingles overlap by the threshold (Jaccard)
    #[arg(long)]
    lexical: bool,
    /// With --lexical: lowest overlap of a copy, over 0 to 1 [default: 0.5]
    #[arg(long, value_name = "OVERLAP", requires = "lexical")]
    threshold: Option<f32>,
    /// With --lexical: words in a shingle [default: 5]
    #[arg(long, value_name = "WORDS", requires = "lexical")]
    shingle: Option<usize>,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

/// Tables of this command.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DuplicatesTable {
    /// Pairs over the decision line
    Pairs,
    /// The group of every row, singletons too
    Groups,
}

/// Runs the command.
pub fn run(args: DuplicatesArgs, context: &Context) -> anyhow::Result<()> {
    let is_stdin = |path: &Path| path == Path::new("-");
    if args.pairs.as_deref().is_some_and(is_stdin) && args.input.inputs.iter().any(|path| is_stdin(path)) {
        let text = "both INPUT and --pairs are standard input: write one of them to a file";
        return Err(BadUsage(text.into()).into());
    }
    let pairs = args.pairs.as_deref().map(|path| read_pairs(path, std::io::stdin())).transpose()?;
    if args.lexical {
        return lexical(&args, pairs.as_deref(), context);
    }
    let (_, units) = context.article_units(&args.input.inputs, &args.input.reading)?;
    if let Some(pairs) = pairs {
        return args.output.write(&scored_pairs(&units, &pairs)?);
    }
    let found = Duplicates::find(&units, &params::duplicates(context)?, &context.teller);
    match args.table {
        DuplicatesTable::Pairs => args.output.write(&found.pair_rows(&units)),
        DuplicatesTable::Groups => args.output.write(&found.group_rows(&units)),
    }
}

/// The same tables by words alone.
fn lexical(
    args: &DuplicatesArgs,
    pairs: Option<&[(String, String)]>,
    context: &Context,
) -> anyhow::Result<()> {
    let params = params::copies(context, args.threshold, args.shingle)?;
    let corpus = context.corpus(&args.input.inputs, &args.input.reading)?;
    let texts = WordLists::read(&corpus.articles, &context.teller);
    drop(corpus);
    if let Some(pairs) = pairs {
        return args.output.write(&overlaps(&texts, &params, pairs)?);
    }
    let found = Copies::find(&texts, &params, &context.teller);
    match args.table {
        DuplicatesTable::Pairs => args.output.write(&found.pair_rows()),
        DuplicatesTable::Groups => args.output.write(&found.group_rows()),
    }
}
