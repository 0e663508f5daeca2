//! `throughline compare`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use throughline_pipeline::compare::compare;
use throughline_schema::tables::{CompareRow, Difference, Passage};
use throughline_schema::{Alignment, Article, Relation};

use crate::args::{Output, Reading};
use crate::commands::params;
use crate::context::{Context, boilerplate};
use crate::failure::BadUsage;

/// Two articles side by side: what both say, what only one says, where they disagree
///
/// A and B are files with one article each, or ids, titles or files of articles in the run or input named by --in.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throughline compare ledger-dam northline-dam-rewrite --in examples/articles\n  \
    throughline compare examples/articles/dam-inquiry-vote.txt examples/articles/gate-three.html"
)]
pub struct CompareArgs {
    /// One article: a file, or with --in its id, title or file
    a: PathBuf,
    /// The other
    b: PathBuf,
    /// Runs, files or folders that hold A and B
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
        let find = |name: &Path| named(&corpus.articles, &name.to_string_lossy());
        (find(&args.a)?, find(&args.b)?)
    };
    let encoder = context.comparing_encoder(&[a.clone(), b.clone()])?;
    let heads = [&a, &b].map(head);
    let listed = boilerplate(&args.reading)?.listed;
    let rows = compare(a, b, encoder.as_ref(), &params::narratives(context)?, &listed, &context.teller)?;
    args.output.write_with(|format, out| match format.file_format() {
        Some(format) => Ok(throughline_tabular::write_rows(&rows, format, out)?),
        None => side_by_side(&heads, &rows, out),
    })
}

/// The article of this id, title or file.
fn named(articles: &[Article], name: &str) -> anyhow::Result<Article> {
    let is_title = |title: &str| title.trim().to_lowercase() == name.trim().to_lowercase();
    let by_id = articles.iter().find(|article| article.id.as_str() == name);
    if let Some(article) = by_id {
        return Ok(article.clone());
    }
    let called = |article: &&Article| {
        article.title.as_deref().is_some_and(is_title) || article.file.as_deref() == Some(name)
    };
    match articles.iter().filter(called).collect::<Vec<_>>()[..] {
        [one] => Ok(one.clone()),
        [] => anyhow::bail!(
            "no article has the id, title or file '{name}': 'throughline export RUN articles' or the input shows them"
        ),
        [first, ..] => anyhow::bail!(
            "several articles have the title or file '{name}': name one by its id, such as {}",
            first.id
        ),
    }
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

/// Columns of the page where the output is no terminal.
const WIDTH: u16 = 100;

/// What an article is called above its column.
fn head(article: &Article) -> String {
    let title = article.title.as_deref().unwrap_or(article.id.as_str());
    let rest = [article.source.as_deref(), article.published.as_deref()];
    let rest: Vec<&str> = rest.into_iter().flatten().collect();
    clean(&format!("{title}\n{}", rest.join(", ")))
}

/// For people: two columns, one for each article. What both say stands side by side, the words that they share in
/// ‹ ›, the differences below; then what only one says.
fn side_by_side(heads: &[String; 2], rows: &[CompareRow], out: &mut dyn Write) -> anyhow::Result<()> {
    let of = |kind: Alignment| rows.iter().filter(move |row| row.kind == kind);
    let both = of(Alignment::Aligned).count();
    let differences: usize = rows.iter().map(|row| row.differences.len()).sum();
    let words: u64 = rows.iter().flat_map(|row| &row.passages).map(|passage| passage.words).sum();
    let of_all = |kind| format!("{both} of {} statements", both + of(kind).count());
    writeln!(
        out,
        "A and B say the same in {} of A and {} of B, with",
        of_all(Alignment::OnlyA),
        of_all(Alignment::OnlyB)
    )?;
    writeln!(out, "{words} words in common passages and {differences} differences.\n")?;

    let mut said = page([&format!("A  {}", heads[0]), &format!("B  {}", heads[1])]);
    for row in of(Alignment::Aligned) {
        let a = marked(row.a_text.as_deref(), row.a_char_start, &row.passages, |p| (p.a_start, p.a_end));
        let b = marked(row.b_text.as_deref(), row.b_char_start, &row.passages, |p| (p.b_start, p.b_end));
        let below = |value: fn(&Difference) -> &Option<String>| {
            let line = |d: &Difference| {
                format!("\n≠ {}: {}", d.kind, clean(value(d).as_deref().unwrap_or("says nothing of it")))
            };
            row.differences.iter().map(line).collect::<String>()
        };
        let alike = match (row.relation, row.same_claim) {
            (Some(Relation::Related) | None, Some(claim)) => format!("(same claim {claim:.2})"),
            (Some(relation), _) => format!("({})", relation.as_str().replace('_', " ")),
            _ => String::new(),
        };
        said.add_row([
            format!("{a}{}", below(|d| &d.a_value)),
            format!("{b} {alike}{}", below(|d| &d.b_value)),
        ]);
    }
    if both > 0 {
        writeln!(out, "{}\n", trimmed(&said))?;
    }
    let only = |kind, text: fn(&CompareRow) -> &Option<String>| {
        of(kind).map(move |row| clean(text(row).as_deref().unwrap_or_default())).collect::<Vec<_>>()
    };
    let (a, b) = (only(Alignment::OnlyA, |row| &row.a_text), only(Alignment::OnlyB, |row| &row.b_text));
    if a.is_empty() && b.is_empty() {
        return Ok(());
    }
    let mut alone = page([&format!("Only A says ({})", a.len()), &format!("Only B says ({})", b.len())]);
    for at in 0..a.len().max(b.len()) {
        let cell = |texts: &[String]| texts.get(at).cloned().unwrap_or_default();
        alone.add_row([cell(&a), cell(&b)]);
    }
    writeln!(out, "{}", trimmed(&alone))?;
    Ok(())
}

/// Two columns of the same width, as wide as the terminal.
fn page(heads: [&str; 2]) -> comfy_table::Table {
    use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(WIDTH);
    }
    table.set_header(heads);
    table.set_constraints([ColumnConstraint::Absolute(Width::Percentage(50)); 2]);
    table
}

/// Without the spaces at the ends of lines.
fn trimmed(table: &comfy_table::Table) -> String {
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// A statement with the words that both share in ‹ ›.
fn marked(
    text: Option<&str>,
    start: Option<usize>,
    passages: &[Passage],
    side: fn(&Passage) -> (u64, u64),
) -> String {
    let start = start.unwrap_or_default() as u64;
    let mut shown = String::new();
    for (at, c) in (start..).zip(text.unwrap_or_default().chars()) {
        if passages.iter().any(|p| side(p).1 == at) {
            shown.push('›');
        }
        if passages.iter().any(|p| side(p).0 == at) {
            shown.push('‹');
        }
        shown.push(c);
    }
    let end = start + text.unwrap_or_default().chars().count() as u64;
    if passages.iter().any(|p| side(p).1 == end) {
        shown.push('›');
    }
    clean(&shown)
}

/// One line without control characters, which must not steer the reader's terminal; a head keeps its second line.
fn clean(text: &str) -> String {
    text.lines()
        .map(|line| {
            line.chars()
                .map(|c| if c == '\t' { ' ' } else { c })
                .filter(|c| !c.is_control())
                .collect::<String>()
        })
        .collect::<Vec<_>>()
        .join("\n")
}
