//! Checked parameters of the stages, from the options.

use std::path::Path;

use anyhow::Context as _;
use throughline_clustering::duplicates::{
    DuplicateParams, ShinglePairParams, ValidDuplicateParams, ValidShinglePairParams,
};
use throughline_clustering::narratives::{NarrativeParams, ValidNarrativeParams};
use throughline_clustering::stories::{StoryParams, ValidStoryParams};
use throughline_clustering::themes::{Scale, ThemeParams, ValidThemeParams};
use throughline_pipeline::ThemesFile;

use crate::commands::themes::{ThemeCut, ThemeLevel};
use crate::context::Context;
use crate::failure::BadUsage;

fn usage(error: impl std::fmt::Display) -> anyhow::Error {
    BadUsage(error.to_string()).into()
}

/// Near-duplicates.
pub fn duplicates(context: &Context) -> anyhow::Result<ValidDuplicateParams> {
    DuplicateParams { seed: context.common.seed, ..DuplicateParams::default() }.check().map_err(usage)
}

/// Copies by their words alone.
pub fn copies(
    context: &Context,
    threshold: Option<f32>,
    shingle: Option<usize>,
) -> anyhow::Result<ValidShinglePairParams> {
    let default = ShinglePairParams::default();
    let threshold = threshold.unwrap_or(default.threshold);
    let shingle = shingle.unwrap_or(default.shingle);
    ShinglePairParams { threshold, shingle, seed: context.common.seed }.check().map_err(usage)
}

/// Stories, and claims of whole rows.
pub fn stories(_: &Context) -> anyhow::Result<ValidStoryParams> {
    StoryParams::default().check().map_err(usage)
}

/// Narratives.
pub fn narratives(_: &Context) -> anyhow::Result<ValidNarrativeParams> {
    NarrativeParams::default().check().map_err(usage)
}

/// Themes.
pub fn themes(context: &Context, asked: &ThemeCut) -> anyhow::Result<ValidThemeParams> {
    let scale = asked.level.map(|level| match level {
        ThemeLevel::Broad => Scale::Broad,
        ThemeLevel::Middle => Scale::Middle,
        ThemeLevel::Fine => Scale::Fine,
    });
    let seed = context.common.seed;
    ThemeParams { count: asked.count, scale, seed, ..ThemeParams::default() }.check().map_err(usage)
}

/// What a themes file says, if there is one.
pub fn themes_file(file: Option<&Path>) -> anyhow::Result<Option<ThemesFile>> {
    let Some(file) = file else { return Ok(None) };
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} can't be read"))?;
    Ok(Some(ThemesFile::read(&name, &text)?))
}
