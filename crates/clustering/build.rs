//! Turns `weights/*.toml` into constants, and refuses a file that does not say where its numbers come from.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use toml::{Table, Value};

fn main() {
    println!("cargo::rerun-if-changed=weights");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir("weights").expect("weights/ can be listed") {
        let path = entry.expect("weights/ can be listed").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name").to_owned();
            files.insert(name, fs::read_to_string(&path).expect("a weights file can be read"));
        }
    }
    let modules: String = files.iter().map(|(name, text)| module(name, text)).collect();
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("weights.rs");
    fs::write(out, modules).expect("OUT_DIR can be written");
}

/// The module of one file. Public for the test that reads what a fit wrote.
pub fn module(name: &str, text: &str) -> String {
    let fail = |what: &str| -> ! { panic!("weights/{name}.toml: {what}") };
    let table: Table = text.parse().unwrap_or_else(|error| fail(&format!("{error}")));
    for key in table.keys() {
        if !["about", "left_out", "weights", "chosen"].contains(&key.as_str()) {
            fail(&format!("`{key}` is unknown: there are about, left_out, weights and chosen"));
        }
    }
    let about = table.get("about").and_then(Value::as_table).unwrap_or_else(|| fail("[about] is missing"));
    let said = |key: &str| {
        about.get(key).and_then(Value::as_str).unwrap_or_else(|| fail(&format!("about.{key} is missing")))
    };
    let sets = about
        .get("fitted_on")
        .and_then(Value::as_array)
        .unwrap_or_else(|| fail("about.fitted_on is missing; an empty list says that nothing was fitted"));
    let mut out = String::new();
    let mut line = |text: &str| writeln!(out, "{text}").expect("a string takes all");
    line(&format!("/// {}\n///", sentence(said("what"))));
    line(&format!(
        "/// {}, {}. Made by: `{}`.",
        sentence(said("method")).trim_end_matches('.'),
        said("date"),
        said("command")
    ));
    if !sets.is_empty() {
        let sets: Vec<&str> = sets.iter().filter_map(Value::as_str).collect();
        line(&format!("/// Fitted on: {}.", sets.join("; ")));
    }
    for figure in table.get("left_out").and_then(Value::as_array).into_iter().flatten() {
        let part = |key: &str| figure.get(key).unwrap_or_else(|| fail(&format!("a left_out has no {key}")));
        let said =
            |key: &str| part(key).as_str().unwrap_or_else(|| fail(&format!("left_out.{key} is no text")));
        let value = part("value").as_float().unwrap_or_else(|| fail("left_out.value is no number"));
        line(&format!(
            "/// On data that the fit has not seen, {}: {} {value}.",
            said("set"),
            said("measure")
        ));
    }
    line(&format!("pub mod {name} {{"));
    let mut seen = BTreeMap::new();
    for (kind, needed) in [("weights", &["what"][..]), ("chosen", &["what", "why"])] {
        let Some(group) = table.get(kind) else { continue };
        let group = group.as_table().unwrap_or_else(|| fail(&format!("[{kind}] is no table")));
        if kind == "weights" && sets.is_empty() {
            fail("has [weights], which are fitted, and an empty about.fitted_on");
        }
        for (key, entry) in group {
            let fail = |what: &str| -> ! { fail(&format!("{kind}.{key}: {what}")) };
            let entry = entry.as_table().unwrap_or_else(|| fail("is no table with value and what"));
            for part in entry.keys() {
                if !["value", "what", "why", "precision"].contains(&part.as_str()) {
                    fail(&format!("`{part}` is unknown"));
                }
            }
            let said = |part: &str| {
                entry.get(part).and_then(Value::as_str).unwrap_or_else(|| fail(&format!("{part} is missing")))
            };
            if seen.insert(key.to_uppercase(), kind).is_some() {
                fail("stands twice");
            }
            let docs: Vec<String> = needed.iter().map(|part| sentence(said(part))).collect();
            let double = entry.get("precision").and_then(Value::as_str) == Some("double");
            let (of_type, value) = match entry.get("value") {
                Some(Value::Float(value)) if double => ("f64", format!("{value:?}")),
                Some(Value::Float(value)) => ("f32", format!("{value:?}")),
                Some(Value::Integer(value)) => ("usize", value.to_string()),
                _ => fail("value is missing, or no number"),
            };
            line(&format!("    /// {}", docs.join(" ")));
            line(&format!("    pub const {}: {of_type} = {value};", key.to_uppercase()));
        }
    }
    line("}");
    out
}

/// Text as a sentence of documentation on one line.
fn sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
