//! `throughline themes`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use throughline_pipeline::duplicates::Duplicates;
use throughline_pipeline::themes::FoundThemes;
use throughline_pipeline::{Event, Reporter};

use crate::args::{Input, Output};
use crate::commands::params;
use crate::context::Context;

/// Themes of rows, with strength, nearest theme and hierarchy
///
/// Every row has a line. A row that no theme fits has a null theme, its nearest theme, and the reason.
/// Near-duplicates are folded first, so that reprints do not decide the themes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  throughline themes examples/articles --table themes\n  \
    throughline themes examples/articles --count 3")]
pub struct ThemesArgs {
    /// Exactly so many top-level themes [default: as many as the data shows]
    #[arg(long, value_name = "K")]
    pub count: Option<usize>,
    /// TOML file that renames, joins, splits and pins themes; see docs/themes-file.md
    #[arg(long, value_name = "FILE")]
    themes_file: Option<PathBuf>,
    /// Which table to give
    #[arg(long, value_enum, default_value_t = ThemesTable::Rows)]
    table: ThemesTable,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    output: Output,
}

/// Tables of this command.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ThemesTable {
    /// The theme of every row
    Rows,
    /// The themes with labels and terms
    Themes,
    /// Rows of each theme by period and outlet
    Timeline,
}

/// Runs the command.
pub fn run(args: ThemesArgs, context: &Context) -> anyhow::Result<()> {
    let themes_file = params::themes_file(args.themes_file.as_deref())?;
    let params = params::themes(context, args.count)?;
    let (read, units) = context.article_units(&args.input.inputs, &args.input.reading)?;
    let duplicates = Duplicates::find(&units, &params::duplicates(context)?, &context.teller);
    let copies = duplicates.copies(&units);
    let (articles, texts) = (&read.corpus.articles, &read.texts);
    let mut found = FoundThemes::find(&units, &copies, articles, texts, &params, &context.teller);
    if let Some(file) = &themes_file {
        let encoder = context.encoder()?;
        let lost;
        (found, lost) = found.edited(file, &units, &copies, articles, texts, encoder.as_ref())?;
        lost.into_iter().for_each(|warning| context.teller.report(Event::Warning(warning)));
    }
    if let (Some(count), missing @ 1..) = (args.count, found.themes.missing) {
        let text = format!("{count} themes were asked for, and the rows give {}", count - missing);
        context.teller.warn(&text);
    }
    match args.table {
        ThemesTable::Rows => args.output.write(&found.member_rows(&units)),
        ThemesTable::Themes => args.output.write(&found.rows(&units)),
        ThemesTable::Timeline => args.output.write(&found.timeline_rows(&units, articles)),
    }
}
