//! `throughline compare`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use throughline_pipeline::compare::compare;
use throughline_schema::Article;
use throughline_schema::tables::CompareRow;

use crate::args::{Output, Reading};
use crate::commands::params;
use crate::context::Context;
use crate::failure::BadUsage;

/// Two articles side by side: what both say, what only one says, where they disagree
///
/// A and B are files with one article each, or ids of articles in the run or input named by --in.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  throughline compare one.txt other.txt")]
pub struct CompareArgs {
    /// One article: a file, or with --in its id
    a: PathBuf,
    /// The other
    b: PathBuf,
    /// Files or folders in which A and B are ids
    #[arg(long = "in", value_name = "INPUT")]
    within: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
pub fn run(args: CompareArgs, context: &Context) -> anyhow::Result<()> {
    let (a, b) = if args.within.is_empty() {
        (only(&args.a, &args.reading, context)?, only(&args.b, &args.reading, context)?)
    } else {
        let corpus = context.corpus(&args.within, &args.reading)?;
        let find = |id: &Path| {
            let found = corpus.articles.iter().find(|article| Path::new(article.id.as_str()) == id).cloned();
            found.ok_or_else(|| {
                anyhow::anyhow!(
                    "no article has the id '{}': 'throughline export' or the input shows the ids",
                    id.display()
                )
            })
        };
        (find(&args.a)?, find(&args.b)?)
    };
    let encoder = context.encoder()?;
    let rows = compare(a, b, encoder.as_ref(), &params::narratives(context)?, &context.teller)?;
    args.output.write_with(|format, out| match format.file_format() {
        Some(format) => Ok(throughline_tabular::write_rows(&rows, format, out)?),
        None => side_by_side(&rows, out),
    })
}

/// The one article of a file.
fn only(file: &Path, reading: &Reading, context: &Context) -> anyhow::Result<Article> {
    let mut corpus = context.corpus(&[file.to_owned()], reading)?;
    match (corpus.articles.pop(), corpus.articles.len()) {
        (Some(article), 0) => Ok(article),
        (_, more) => Err(BadUsage(format!(
            "{} holds {} articles: name a file with one, or two ids with --in {}",
            file.display(),
            more + 1,
            file.display()
        ))
        .into()),
    }
}

/// For people: aligned statements under each other, differences below, then what only one says.
fn side_by_side(rows: &[CompareRow], out: &mut dyn Write) -> anyhow::Result<()> {
    let shown = |text: &Option<String>| text.as_deref().unwrap_or_default().replace(['\n', '\r', '\t'], " ");
    let clean = |text: String| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let of = |kind: &'static str| rows.iter().filter(move |row| row.kind == kind);
    writeln!(out, "BOTH SAY ({})", of("aligned").count())?;
    for row in of("aligned") {
        let relation = row.relation.as_deref().unwrap_or_default();
        writeln!(out, "\n  {relation}, {:.2}", row.score.unwrap_or_default())?;
        writeln!(out, "  A  {}\n  B  {}", clean(shown(&row.a_text)), clean(shown(&row.b_text)))?;
        for difference in &row.differences {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
            writeln!(
                out,
                "  ≠  {}: {} | {}",
                difference.kind,
                value(&difference.a_value),
                value(&difference.b_value)
            )?;
        }
    }
    for (kind, name) in [("only_a", "ONLY A SAYS"), ("only_b", "ONLY B SAYS")] {
        writeln!(out, "\n{name} ({})\n", of(kind).count())?;
        for row in of(kind) {
            let text = if kind == "only_a" { &row.a_text } else { &row.b_text };
            writeln!(out, "  {}", clean(shown(text)))?;
        }
    }
    Ok(())
}
