//! The file of `--boilerplate`: lines that are boilerplate, and lines that are not.

use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use throughline_tokenisation::boilerplate::Listed;

use crate::failure::BadUsage;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    boilerplate: Vec<String>,
    #[serde(default)]
    content: Vec<String>,
}

/// What a reader listed.
#[derive(Default)]
pub struct BoilerplateFile {
    /// The lines.
    pub listed: Listed,
    /// The file's text, for the manifest.
    pub text: String,
}

/// Reads a TOML file with the lists `boilerplate` and `content`.
pub fn read(path: &Path) -> anyhow::Result<BoilerplateFile> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read the list {}", path.display()))?;
    let wrong = |cause: String| {
        BadUsage(format!(
            "{}: {cause}: a list of boilerplate is TOML, such as: boilerplate = [\"Sign up here\"], content = [\"Sport\"]",
            path.display()
        ))
    };
    let file: File = toml::from_str(&text).map_err(|error| wrong(error.to_string().trim_end().to_owned()))?;
    if let Some(both) = file.boilerplate.iter().find(|line| file.content.contains(line)) {
        return Err(wrong(format!("'{both}' is listed as boilerplate and as content")).into());
    }
    let listed =
        Listed::new(file.boilerplate.iter().map(String::as_str), file.content.iter().map(String::as_str));
    Ok(BoilerplateFile { listed, text })
}
