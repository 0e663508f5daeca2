//! Makes a multilingual model's `space.safetensors`: the means of languages, and the map to the space of the default model,
//! in which themes are found.
//!
//! `space DIR MODEL`: DIR holds `sentences.leipzig.jsonl` and `articles.news.jsonl` in English, whose vectors by both models
//! the map is fitted on (ridge regression; Hoerl and Kennard 1970), and `bitext.en-L-SET.jsonl` for the means of Russian and
//! Kazakh; MODEL is the folder that gets the file, which its manifest then names.
#![allow(clippy::print_stderr, reason = "this is a program: what it did goes to the terminal")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;
use ndarray::{Array1, Array2, Axis};
use serde_json::Value;
use throughline_embedding::model_files::{FileStamp, MANIFEST, ModelManifest, read_manifest};
use throughline_embedding::{Encoder, Options, Space, embedded, open};

/// What the squares of the map's numbers cost beside the error.
const RIDGE: f64 = 1.0;

/// Characters of an article that are its lead.
const LEAD: usize = 300;

const FILE: &str = "space.safetensors";

/// Fits the means of languages and the map for themes of a multilingual model
#[derive(Debug, Parser)]
#[command(name = "space")]
struct Args {
    /// Folder of texts: files in JSON lines
    dir: PathBuf,
    /// Folder of the model
    model: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    // What is there is not part of what is made.
    let path = args.model.join(FILE);
    if path.exists() {
        fs::remove_file(&path)?;
        name_in_manifest(&args.model, None)?;
    }
    let model = open(&args.model, &Options::default())?;
    let leads = |text: String| text.chars().take(LEAD).collect();
    let english: Vec<String> = texts(&args.dir, "sentences.leipzig", None)?
        .into_iter()
        .chain(texts(&args.dir, "articles.news", None)?.into_iter().map(leads))
        .collect();
    let mut means = BTreeMap::new();
    let of_english = vectors(model.as_ref(), &english)?;
    means.insert("en".to_owned(), mean(&of_english));
    for language in ["ru", "kk"] {
        let mut said = Vec::new();
        for set in ["sib", "tatoeba"] {
            said.extend(texts(&args.dir, &format!("bitext.en-{language}-{set}"), Some(language))?);
        }
        means.insert(language.to_owned(), mean(&vectors(model.as_ref(), &said)?));
    }
    let all = means.values().fold(Array1::zeros(of_english.ncols()), |sum, mean| sum + mean);
    let other = all / means.len() as f32;
    let from = centred(of_english, &means["en"]);
    let of_default = vectors(embedded()?.as_ref(), &english)?;
    let into_mean = mean(&of_default);
    let into = centred(of_default, &into_mean);
    let map = ridge(&from, &into)?;
    let kept = from.dot(&map);
    let alike: f32 =
        kept.rows().into_iter().zip(into.rows()).map(|(x, y)| x.dot(&y) / x.dot(&x).sqrt()).sum();
    eprintln!(
        "{} English texts; mean cosine of the mapped to the true vectors {:.3}",
        english.len(),
        alike / english.len() as f32
    );
    means.insert("other".to_owned(), other);
    let content = Space::new(means, map).to_bytes()?;
    fs::write(&path, &content)?;
    name_in_manifest(&args.model, Some(&content))
}

/// The texts of `DIR/NAME.jsonl`, of one language where it is named.
fn texts(dir: &Path, name: &str, language: Option<&str>) -> anyhow::Result<Vec<String>> {
    let path = dir.join(format!("{name}.jsonl"));
    let content = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    let mut out = Vec::new();
    for line in content.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).with_context(|| path.display().to_string())?;
        if language.is_none_or(|language| row["lang"] == language) {
            out.extend(row["text"].as_str().map(str::to_owned));
        }
    }
    Ok(out)
}

fn vectors(encoder: &dyn Encoder, texts: &[String]) -> anyhow::Result<Array2<f32>> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(encoder.encode(&texts, &|_| {})?.vectors)
}

fn mean(vectors: &Array2<f32>) -> Array1<f32> {
    vectors.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(vectors.ncols()))
}

fn centred(mut vectors: Array2<f32>, mean: &Array1<f32>) -> Array2<f32> {
    for mut row in vectors.rows_mut() {
        row -= mean;
        let length = row.dot(&row).sqrt().max(f32::MIN_POSITIVE);
        row.map_inplace(|x| *x /= length);
    }
    vectors
}

/// The map W with the least squares of `from` · W - `into` and `RIDGE` times those of W: by Cholesky's decomposition.
fn ridge(from: &Array2<f32>, into: &Array2<f32>) -> anyhow::Result<Array2<f32>> {
    let (from, into) = (from.mapv(f64::from), into.mapv(f64::from));
    let n = from.ncols();
    let mut left = from.t().dot(&from);
    left.diag_mut().map_inplace(|x| *x += RIDGE);
    let mut right = from.t().dot(&into);
    for i in 0..n {
        for j in 0..=i {
            let sum = left[[i, j]] - (0..j).map(|k| left[[i, k]] * left[[j, k]]).sum::<f64>();
            left[[i, j]] = if i == j { sum.sqrt() } else { sum / left[[j, j]] };
        }
        anyhow::ensure!(left[[i, i]] > 0.0, "the texts do not span the space");
    }
    for column in 0..right.ncols() {
        for i in 0..n {
            let sum = right[[i, column]] - (0..i).map(|k| left[[i, k]] * right[[k, column]]).sum::<f64>();
            right[[i, column]] = sum / left[[i, i]];
        }
        for i in (0..n).rev() {
            let sum = right[[i, column]] - (i + 1..n).map(|k| left[[k, i]] * right[[k, column]]).sum::<f64>();
            right[[i, column]] = sum / left[[i, i]];
        }
    }
    Ok(right.mapv(|x| x as f32))
}

fn name_in_manifest(folder: &Path, content: Option<&[u8]>) -> anyhow::Result<()> {
    let mut manifest: ModelManifest = read_manifest(folder)?.context("the model has no manifest")?;
    match content {
        Some(content) => manifest.files.insert(FILE.to_owned(), FileStamp::of(content)),
        None => manifest.files.remove(FILE),
    };
    fs::write(folder.join(MANIFEST), serde_json::to_string_pretty(&manifest)? + "\n")?;
    Ok(())
}
