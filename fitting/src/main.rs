//! Fits the weights of a score on gold data and says how they do on data that the fit has not seen.
//!
//! Every number in `crates/clustering/weights/*.toml` that came from data is made here, from the features that the program
//! itself computes, so that a fit can't see anything else than the program does. Each set is told three ways: by a fit
//! that has seen it, by fits that have seen its other four fifths, and by a fit on the other sets alone. Only the last
//! two say what a user's own data can expect.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a program: its tables go to the terminal"
)]

mod gold;
mod logistic;
mod scores;
mod sets;
mod table;
#[cfg(test)]
mod tests;
mod tools;
mod weights_file;

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Parser;

use gold::Gold;
use scores::{SCORES, Score};
use sets::fit;
use tools::Tools;
use weights_file::WeightsFile;

/// Fits the weights of a score on gold data
///
/// Prints the program's weights beside those of the fit, and the figures of both. Nothing is changed without --write or
/// --figures.
#[derive(Debug, Parser)]
#[command(name = "fit", after_help = names())]
struct Args {
    /// Which score; the names stand below
    name: String,
    /// Folder of gold data: files in JSON lines
    dir: PathBuf,
    /// Write the weights, the date and the figures on unseen data into the weights file
    #[arg(long)]
    write: bool,
    /// Write only the figures on unseen data, and leave the weights as they are
    #[arg(long, conflicts_with = "write")]
    figures: bool,
    /// Read only this many rows of each file, for a quick look
    #[arg(long, conflicts_with_all = ["write", "figures"])]
    limit: Option<usize>,
    /// Keep vectors in this folder from one fit to the next
    #[arg(long, value_name = "FOLDER")]
    cache: Option<PathBuf>,
    /// Folder of the weights files
    #[arg(long, value_name = "FOLDER", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/clustering/weights"))]
    weights: PathBuf,
}

fn names() -> String {
    let mut told = "Scores, and the files that each needs in DIR:\n".to_owned();
    for score in &SCORES {
        told += &format!("  {:14} {}\n", score.name, score.needs.join(", "));
    }
    told + "The calibration of a model is fitted by 'throughline models calibrate'."
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let Some(score) = SCORES.iter().find(|score| score.name == args.name) else {
        bail!("there is no score '{}'. {}", args.name, names());
    };
    let gold = Gold::new(&args.dir, args.limit);
    let file = run(score, &gold, &Tools::new(args.cache.as_deref())?, &args.weights, args.write)?;
    if args.write || args.figures {
        file.write()?;
        println!("{} is written; read the difference before you keep it", file.path().display());
    }
    Ok(())
}

/// Fits, prints, and gives the weights file with what was found: with its weights only where `with_weights`.
fn run(
    score: &Score,
    gold: &Gold,
    tools: &Tools,
    weights: &Path,
    with_weights: bool,
) -> anyhow::Result<WeightsFile> {
    let mut file = WeightsFile::read(weights, score.file)?;
    let mut found = Vec::new();
    for problem in (score.prepare)(gold, tools)? {
        let today = file.model(&problem.keys, problem.intercept)?;
        let fitted = fit(&problem.sets, &today, problem.shift, problem.with_folds)?;
        for set in &problem.sets {
            let share = set.gold.iter().sum::<f64>();
            println!("{}: {} examples, {share:.0} of them positive", set.name, set.gold.len());
        }
        if !problem.what.is_empty() {
            println!("\n{}:", problem.what);
        }
        println!("\n{}", table::weights(&problem.keys, problem.intercept, &today, &fitted.model));
        println!("{}", table::figures(&fitted));
        if with_weights {
            file.set_model(&problem.keys, problem.intercept, &fitted.model)?;
        }
        found.push((problem.what, fitted));
    }
    let date = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    if with_weights {
        file.set_date(&date);
    }
    file.set_left_out(&found, &date, !with_weights)?;
    Ok(file)
}
