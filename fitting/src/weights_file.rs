//! A weights file: read for what the program has today, written with what a fit found.
//!
//! Only values, the date and the figures on unseen data change. What is said of each number, and what was chosen by
//! hand, stays as it stands.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use ndarray::Array1;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::logistic::Logistic;
use crate::sets::{Fitted, Seen};

/// Stands in the name of each measure that is made here.
const MADE_HERE: &str = ", fitted ";

/// A weights file of clustering.
pub struct WeightsFile {
    path: PathBuf,
    document: DocumentMut,
}

impl WeightsFile {
    /// Reads `NAME.toml` of a folder.
    ///
    /// # Errors
    /// It is missing or no TOML.
    pub fn read(folder: &Path, name: &str) -> anyhow::Result<Self> {
        let path = folder.join(format!("{name}.toml"));
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let document = text.parse().with_context(|| path.display().to_string())?;
        Ok(Self { path, document })
    }

    /// The weights of these keys, and the intercept.
    ///
    /// # Errors
    /// A key that has no weight in the file.
    pub fn model(&self, keys: &[&str], intercept: &str) -> anyhow::Result<Logistic> {
        let of = |key: &str| {
            let entry = self.document.get("weights").and_then(|weights| weights.get(key));
            let number = entry.and_then(|entry| entry.get("value")).and_then(Item::as_float);
            number.with_context(|| format!("{} has no weights.{key}.value", self.path.display()))
        };
        let weights = keys.iter().map(|key| of(key)).collect::<anyhow::Result<Vec<f64>>>()?;
        Ok(Logistic { weights: Array1::from(weights), intercept: of(intercept)? })
    }

    /// Replaces the weights of these keys by those of a fit, two digits behind the point.
    ///
    /// # Errors
    /// A key that has no weight in the file.
    pub fn set_model(&mut self, keys: &[&str], intercept: &str, model: &Logistic) -> anyhow::Result<()> {
        self.model(keys, intercept)?;
        let found = keys.iter().copied().zip(model.weights.iter().copied());
        for (key, weight) in found.chain([(intercept, model.intercept)]) {
            self.document["weights"][key]["value"] = value(rounded(weight, 2));
        }
        Ok(())
    }

    /// The day on which the weights were fitted, `2026-11-28`.
    pub fn set_date(&mut self, date: &str) {
        self.document["about"]["date"] = value(date);
    }

    /// Replaces the figures on data that the fit of this day has not seen. Each fit comes with what it is called, where the
    /// file has several. Where `weights_stay`, figures from elsewhere are still true of them and stay too.
    ///
    /// # Errors
    /// Fits without any.
    pub fn set_left_out(
        &mut self,
        fitted: &[(&str, Fitted)],
        date: &str,
        weights_stay: bool,
    ) -> anyhow::Result<()> {
        let made_here = |table: &Table| {
            table.get("measure").and_then(Item::as_str).is_some_and(|measure| measure.contains(MADE_HERE))
        };
        let mut tables = ArrayOfTables::new();
        let before = self.document.get("left_out").and_then(Item::as_array_of_tables);
        let kept = before.into_iter().flatten().filter(|table| weights_stay && !made_here(table));
        kept.for_each(|table| tables.push(table.clone()));
        for (what, judged) in
            fitted.iter().flat_map(|(what, fitted)| fitted.judged.iter().map(move |j| (what, j)))
        {
            for (seen, how) in [(Seen::LeftOut, "without the set"), (Seen::Folds, "in five folds")] {
                for figure in judged.figures.get(&seen).into_iter().flatten() {
                    let what = if what.is_empty() { String::new() } else { format!(" {what}") };
                    let mut table = Table::new();
                    table["set"] = value(&judged.set);
                    table["measure"] = value(format!("{}{what}{MADE_HERE}{how} on {date}", figure.measure));
                    table["value"] = value(rounded(figure.value, 3));
                    tables.push(table);
                }
            }
        }
        if tables.is_empty() {
            bail!("no figure on data that the fit has not seen");
        }
        // They stand behind [about], before the weights; where there were none, every later table moves back by them.
        let first =
            self.document.get("about").and_then(Item::as_table).and_then(Table::position).unwrap_or(0);
        shift(self.document.as_table_mut(), first, tables.len() as isize);
        for (place, table) in (first + 1..).zip(tables.iter_mut()) {
            table.set_position(Some(place));
        }
        self.document["left_out"] = Item::ArrayOfTables(tables);
        Ok(())
    }

    /// As it will be written.
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// Writes it to where it was read.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self) -> anyhow::Result<()> {
        std::fs::write(&self.path, self.text())
            .with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Moves every table that stands behind `after` back by `by` places.
fn shift(table: &mut Table, after: isize, by: isize) {
    if let Some(position) = table.position().filter(|position| *position > after) {
        table.set_position(Some(position + by));
    }
    for (_, item) in table.iter_mut() {
        if let Some(inner) = item.as_table_mut() {
            shift(inner, after, by);
        }
    }
}

fn rounded(x: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    let rounded = (x * scale).round() / scale;
    // No minus before a zero.
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sets::{Figure, Judged};

    const FILE: &str = r#"# Whether it rains.

[about]
what = "log-odds of rain"
date = "2026-01-01"

[weights.cloud]
value = 1.0
what = "share of the sky"

[weights.intercept]
value = -2.5
what = "a clear sky"

# By hand.
[chosen.most]
value = 4
what = "clouds that count"
why = "nobody counts further"
"#;

    fn file() -> (tempfile::TempDir, WeightsFile) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("rain.toml"), FILE).unwrap();
        let file = WeightsFile::read(folder.path(), "rain").unwrap();
        (folder, file)
    }

    fn fitted(value: f64) -> Vec<(&'static str, Fitted)> {
        let figures = [(Seen::LeftOut, vec![Figure { measure: "average precision", value }])];
        let judged = Judged { set: "June".into(), figures: figures.into_iter().collect() };
        let model = Logistic { weights: Array1::zeros(1), intercept: 0.0 };
        vec![("", Fitted { model, judged: vec![judged] })]
    }

    #[test]
    fn what_is_written_is_read_again_and_all_else_stays() {
        let (folder, mut file) = file();
        let model = Logistic { weights: Array1::from(vec![7.65432]), intercept: -0.001 };
        file.set_model(&["cloud"], "intercept", &model).unwrap();
        file.set_date("2026-11-28");
        file.set_left_out(&fitted(0.61803), "2026-11-28", true).unwrap();
        file.write().unwrap();
        let expected = FILE
            .replace("2026-01-01\"\n", "2026-11-28\"\n\n[[left_out]]\nset = \"June\"\nmeasure = \"average precision, fitted without the set on 2026-11-28\"\nvalue = 0.618\n")
            .replace("value = 1.0", "value = 7.65")
            .replace("value = -2.5", "value = 0.0");
        assert_eq!(std::fs::read_to_string(folder.path().join("rain.toml")).unwrap(), expected);
        // Once more gives the same bytes.
        let mut again = WeightsFile::read(folder.path(), "rain").unwrap();
        assert_eq!(again.model(&["cloud"], "intercept").unwrap().weights[0], 7.65);
        again.set_left_out(&fitted(0.61803), "2026-11-28", true).unwrap();
        assert_eq!(again.text(), expected);
    }

    #[test]
    fn figures_from_elsewhere_stay_as_long_as_the_weights() {
        let (_folder, mut file) = file();
        let other =
            "[[left_out]]\nset = \"July\"\nmeasure = \"days told right\"\nvalue = 0.7\n\n[weights.cloud]";
        file.document = FILE.replace("[weights.cloud]", other).parse().unwrap();
        for _ in 0..2 {
            file.set_left_out(&fitted(0.61803), "2026-11-28", true).unwrap();
            let text = file.text();
            let places = ["July", "June", "[weights.cloud]"].map(|part| text.find(part).unwrap());
            assert!(places.is_sorted() && text.matches("[[left_out]]").count() == 2, "{text}");
        }
        file.set_left_out(&fitted(0.61803), "2026-11-28", false).unwrap();
        assert!(!file.text().contains("July"));
    }

    #[test]
    fn a_weight_that_the_file_lacks_is_told() {
        let (_folder, file) = file();
        let error = file.model(&["wind"], "intercept").unwrap_err().to_string();
        assert!(error.contains("rain.toml has no weights.wind.value"), "{error}");
    }
}
