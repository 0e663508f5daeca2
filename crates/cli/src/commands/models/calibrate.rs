//! `throughline models calibrate`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde::Deserialize;
use serde_json::Value;
use throughline_embedding::model_files::{self, sha256};
use throughline_embedding::{Calibration, Encoder, Line, Options};
use throughline_pipeline::units::encode;

use crate::context::Context;
use crate::failure::{BadModel, BadUsage};
use crate::model_folders::{self, DEFAULT, Place};
use crate::system;

/// Holds a model's cosines against those of the model that the decision lines were fitted on
///
/// Both models read the same pairs of texts. What a cosine says of a pair is fitted for both, and the line from one
/// to the other goes into the model's manifest, with its source, counts and date. Pairs in a language that the
/// default model reads (English) serve best, whatever else the new model reads; a few hundred are enough.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  throughline models calibrate multilingual-e5-small --pairs pairs.jsonl\n\n\
    A line of the file: {\"a\": \"one text\", \"b\": \"another\", \"gold\": 1}, with gold 1 where both say the same and 0 where \
    not, or a grade, 0 the lowest; the highest in the file counts as the same."
)]
pub struct CalibrateArgs {
    /// Model: a name that `models list` shows, or a folder with a manifest
    name: String,
    /// The pairs are of articles: their scale is kept beside the one of sentences
    #[arg(long)]
    articles: bool,
    /// Pairs of texts with known answers, JSON lines
    #[arg(long, value_name = "FILE")]
    pairs: PathBuf,
}

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    gold: Value,
}

/// Runs the command.
pub fn run(args: CalibrateArgs, context: &Context) -> anyhow::Result<()> {
    let Place::Folder(folder) = model_folders::find(&args.name)? else {
        let reason = if args.name == DEFAULT {
            "is the model that the decision lines were fitted on: it needs no calibration"
        } else {
            "is built into the program, and its calibration with it"
        };
        return Err(BadUsage(format!("{} {reason}", args.name)).into());
    };
    if model_files::read_manifest(&folder)?.is_none() {
        let folder = folder.canonicalize().unwrap_or(folder);
        return Err(BadModel(format!(
            "{} has no manifest to keep a calibration in: bring the model here with 'throughline models pull {}'",
            folder.display(),
            folder.display()
        ))
        .into());
    }
    let content = std::fs::read(&args.pairs)
        .with_context(|| format!("cannot read {}: check that the path exists", args.pairs.display()))?;
    let (pairs, grades) = read(&args.pairs, &content)?;
    let model = context.encoder_of(&args.name)?;
    let reference = model_folders::native(DEFAULT, &Options::default())?;
    let cosines = |encoder: &dyn Encoder, stage| -> anyhow::Result<Vec<f32>> {
        let texts: Vec<&str> = pairs.iter().flat_map(|pair| [pair.a.as_str(), pair.b.as_str()]).collect();
        let mut vectors = encode(encoder, &texts, stage, &context.teller)?.vectors;
        if let Some(space) = encoder.space() {
            let languages: Vec<&str> =
                texts.iter().map(|text| throughline_tokenisation::language(text)).collect();
            vectors = space.centred(vectors.view(), &languages);
        }
        Ok((0..pairs.len()).map(|i| vectors.row(2 * i).dot(&vectors.row(2 * i + 1))).collect())
    };
    let wrong = |reason: String| anyhow::anyhow!("{}: {reason}", args.pairs.display());
    let line = Line::fit(&cosines(model.as_ref(), "vectors")?, &grades).map_err(wrong)?;
    let reference_line = Line::fit(&cosines(reference.as_ref(), "reference")?, &grades).map_err(wrong)?;
    let name = args.pairs.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let of_sentences = model_files::read_manifest(&folder)?.and_then(|manifest| manifest.calibration);
    if args.articles {
        let Some(of_sentences) = of_sentences else {
            return Err(BadUsage(format!("{} is not calibrated: do so on sentences first", args.name)).into());
        };
        let scale = line.onto(reference_line);
        model_files::write_calibration(&folder, Calibration { articles: Some(scale), ..of_sentences })?;
        context.teller.note(&format!(
            "{}: {:.3} · cosine {:+.3} is the scale of articles",
            args.name, scale.gain, scale.shift
        ));
        return Ok(());
    }
    let calibration = Calibration {
        articles: of_sentences.and_then(|older| older.articles),
        scale: line.onto(reference_line),
        prompt: model.stamp().prompt,
        line,
        reference_line,
        reference: reference.stamp().name,
        source: format!("{name}, sha256 {}", sha256(&content)),
        pairs: pairs.len() as u64,
        same: grades.iter().map(|&grade| f64::from(grade)).sum(),
        date: system::now(),
    };
    let scale = calibration.scale;
    model_files::write_calibration(&folder, calibration)?;
    context.teller.note(&format!(
        "{}: {:.3} · cosine {:+.3} is the scale of the decision lines, by {} pairs",
        args.name,
        scale.gain,
        scale.shift,
        pairs.len()
    ));
    Ok(())
}

/// The pairs with their grades from 0 to 1.
fn read(path: &Path, content: &[u8]) -> anyhow::Result<(Vec<Pair>, Vec<f32>)> {
    let text = std::str::from_utf8(content).with_context(|| format!("{} is not UTF-8", path.display()))?;
    let (mut pairs, mut grades) = (Vec::new(), Vec::new());
    for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.trim().is_empty()) {
        let at = || format!("{} line {line}", path.display());
        let pair: Pair = serde_json::from_str(row).with_context(|| {
            format!("{}: give each pair as {{\"a\": text, \"b\": text, \"gold\": 0 or 1, or a grade}}", at())
        })?;
        let grade = match &pair.gold {
            Value::Bool(same) => f64::from(u8::from(*same)),
            gold => gold.as_f64().unwrap_or(-1.0),
        };
        if !(grade >= 0.0 && grade.is_finite()) {
            anyhow::bail!("{}: gold is {}, not a number from 0", at(), pair.gold);
        }
        pairs.push(pair);
        grades.push(grade);
    }
    let highest = grades.iter().copied().fold(1.0, f64::max);
    Ok((pairs, grades.into_iter().map(|grade| (grade / highest) as f32).collect()))
}
