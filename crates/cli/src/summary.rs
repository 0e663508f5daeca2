//! What a run found and where to look, in a few lines on standard error.

use std::path::Path;

use indicatif::{DecimalBytes, HumanCount};
use throughline_schema::tables::{NarrativeRow, ThemeRow};
use throughline_tabular::open_run;

use crate::context::Context;
use crate::numbers::time;

/// Narratives and themes that are named.
const NARRATIVES: usize = 5;
const THEMES: usize = 6;
/// Characters of a statement that are shown.
const LABEL: usize = 90;

/// Says what stands in the run folder `out`.
pub fn summary(out: &Path, context: &Context) -> anyhow::Result<()> {
    let run = open_run(out)?;
    let rows = |table: &str| run.manifest.results_in(table);
    let themes = run.read::<ThemeRow>()?;
    let narratives = run.read::<NarrativeRow>()?;
    let mut top: Vec<&ThemeRow> = themes.iter().filter(|theme| theme.parent_id.is_none()).collect();
    top.sort_by_key(|theme| std::cmp::Reverse(theme.size));

    let seconds: f64 = run.manifest.cost.seconds.iter().map(|(_, seconds)| seconds).sum();
    let memory = run
        .manifest
        .cost
        .peak_memory_bytes
        .map(|peak| format!(", {}", DecimalBytes(peak)))
        .unwrap_or_default();
    let forms = narratives.iter().filter(|narrative| narrative.form).count();
    let mut lines = vec![format!(
        "{}, {}, {}, {}, {} ({}{memory})",
        count(rows("articles"), "article", "articles"),
        count(rows("statements"), "statement", "statements"),
        count(rows("quotes"), "quotation", "quotations"),
        count((narratives.len() - forms) as u64, "narrative", "narratives"),
        count(top.len() as u64, "theme", "themes"),
        time(seconds),
    )];
    if !narratives.is_empty() {
        lines.push("Widest narratives:".to_owned());
    }
    for narrative in narratives.iter().take(NARRATIVES) {
        lines.push(format!(
            "  {}, {}{}: {}",
            count(narrative.articles, "article", "articles"),
            count(narrative.sources.len() as u64, "outlet", "outlets"),
            days(narrative),
            one_line(&narrative.label)
        ));
    }
    if !top.is_empty() {
        let labels: Vec<String> = top
            .iter()
            .take(THEMES)
            .map(|theme| format!("{} ({})", one_line(&theme.label), theme.size))
            .collect();
        lines.push(format!("Themes, with their statements: {}", labels.join("; ")));
    }
    let shown = out.display();
    lines.push("Where to look:".to_owned());
    lines.push(format!("  {}  in a browser", out.join("report.html").display()));
    lines.push(format!("  throughline export {shown} narratives"));
    lines.push(format!("  throughline similar {shown} \"what you look for, in words\""));
    lines.push(format!("  {shown}/*.parquet, one a table; throughline schema tells every column"));
    for line in lines {
        context.teller.note(&line);
    }
    Ok(())
}

fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", HumanCount(number), if number == 1 { one } else { many })
}

/// `, 2026-03-04 to 2026-03-06`, as far as the input gives dates that can be read.
fn days(narrative: &NarrativeRow) -> String {
    let day =
        |time: &Option<String>| time.as_deref().map(|time| time.split('T').next().unwrap_or(time).to_owned());
    match (day(&narrative.first_seen), day(&narrative.last_seen)) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(first), _) => format!(", {first}"),
        _ => String::new(),
    }
}

/// A label fit for a terminal: on one line, without control characters, not too long.
fn one_line(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    match text.char_indices().nth(LABEL) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
