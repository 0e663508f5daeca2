//! `throughline evaluate`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use throughline_pipeline::evaluate::{
    Evaluation, Gold, Grouped, Tools, boundaries, groupings, pairs, quotes, similarity,
};
use throughline_tabular::read_fields;

use crate::args::{Output, Reading};
use crate::commands::params;
use crate::context::Context;
use crate::failure::BadUsage;

/// How well the program does on gold labels of yours
///
/// Runs what the task's command runs, with the same defaults, and compares it with FILE: .jsonl, .csv, .tsv, .parquet
/// or .arrow, a label in each row's `gold`. A row holds its own text, or names articles of INPUT by their ids.
/// `--table calibration` tells how often pairs of each score are right; `best_threshold` is the one that your data
/// would choose.
#[derive(Debug, Args)]
#[command(after_help = "What a row of FILE holds:\n  \
    boundaries      text (or id), gold: [[char_start, char_end], ...] or [\"sentence\", ...]\n  \
    quotes          text (or id), gold: [{\"content\": spans, \"source\": spans}, ...]\n  \
    similarity      a and b (or s1 and s2): texts, with INPUT ids; gold: a grade\n  \
    pairs           the same; gold: 1 or 0, or a grade\n  \
    groups, stories, claims, themes\n                  \
    text (or id), gold: the name of its group; or, with INPUT, a and b: ids, gold: 1 or 0\n\n\
    Examples:\n  throughline evaluate pairs --gold gold.csv\n  \
    throughline evaluate pairs --gold gold.csv --table calibration\n  \
    throughline evaluate stories examples/articles --gold labels.csv --label event")]
pub struct EvaluateArgs {
    /// What is judged
    #[arg(value_enum)]
    task: Task,
    /// Articles that the gold names by their ids: folders, files, or - for standard input
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// File of gold labels, or - for standard input (JSON lines)
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Field of FILE that holds the label
    #[arg(long, value_name = "FIELD", default_value = "gold")]
    label: String,
    /// Grades from this one on count as 1 in the metrics that need yes and no (similarity, pairs)
    #[arg(long, value_name = "GRADE", allow_negative_numbers = true)]
    positive_from: Option<f64>,
    /// Which table to give
    #[arg(long, value_enum, default_value_t = EvaluateTable::Metrics)]
    table: EvaluateTable,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    output: Output,
}

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Task {
    /// Statements against sentences
    Boundaries,
    /// Quotations against attributions
    Quotes,
    /// Cosines of vectors against grades
    Similarity,
    /// Scores of near-duplicates
    Pairs,
    /// Groups of near-duplicates
    Groups,
    /// Stories of articles
    Stories,
    /// Claims of whole rows, as `narratives --unit row` joins them
    #[value(alias = "narratives")]
    Claims,
    /// Themes, with nothing given and with the gold's number of themes
    Themes,
}

/// Tables of this command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EvaluateTable {
    /// A row for each metric
    Metrics,
    /// How often pairs of each score are right (pairs with gold 1 and 0)
    Calibration,
}

/// Runs the command.
pub fn run(args: EvaluateArgs, context: &Context) -> anyhow::Result<()> {
    let is_stdin = |path: &PathBuf| path == Path::new("-");
    if is_stdin(&args.gold) && args.inputs.iter().any(is_stdin) {
        let text = "both INPUT and --gold are standard input: write one of them to a file";
        return Err(BadUsage(text.into()).into());
    }
    if args.table == EvaluateTable::Calibration && args.task != Task::Pairs {
        return Err(BadUsage("only scores of pairs have a table 'calibration'".into()).into());
    }
    let rows = read_fields(&args.gold, std::io::stdin())?;
    let named = !args.inputs.is_empty();
    let articles = named.then(|| context.corpus(&args.inputs, &args.reading)).transpose()?;
    let gold = Gold::new(&args.gold, rows, &args.label, articles.map(|corpus| corpus.articles))?;
    let found = judged(&args, &gold, context)?;
    match args.table {
        EvaluateTable::Metrics => args.output.write(&found.metrics),
        EvaluateTable::Calibration if found.calibration.is_empty() => {
            let text = "a table 'calibration' needs gold of 1 and 0: say with --positive-from from which grade on \
                        two texts count as one";
            Err(BadUsage(text.into()).into())
        }
        EvaluateTable::Calibration => args.output.write(&found.calibration),
    }
}

fn judged(args: &EvaluateArgs, gold: &Gold, context: &Context) -> anyhow::Result<Evaluation> {
    let grouped = match args.task {
        Task::Boundaries => return Ok(boundaries(gold, &context.teller)?),
        Task::Quotes => return Ok(quotes(gold, &context.teller)?),
        Task::Similarity => {
            let encoder = context.encoder(&gold.texts())?;
            return Ok(similarity(gold, args.positive_from, encoder.as_ref(), &context.teller)?);
        }
        Task::Pairs => None,
        Task::Groups => Some(Grouped::Duplicates),
        Task::Stories => Some(Grouped::Stories),
        Task::Claims => Some(Grouped::Claims),
        Task::Themes => Some(Grouped::Themes),
    };
    let encoder = context.encoder(&gold.texts())?;
    let tools = Tools {
        encoder: encoder.as_ref(),
        duplicates: params::duplicates(context)?,
        stories: params::stories(context)?,
        seed: context.common.seed,
        reporter: &context.teller,
    };
    Ok(match grouped {
        None => pairs(gold, args.positive_from, &tools)?,
        Some(what) => groupings(gold, what, &tools)?,
    })
}
