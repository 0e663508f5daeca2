//! `throughline themes`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use throughline_pipeline::duplicates::Duplicates;
use throughline_pipeline::themes::{FoundThemes, Over};
use throughline_pipeline::{Event, Reporter, Units};

use crate::args::{Input, Output};
use crate::commands::narratives::Unit;
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
    #[command(flatten)]
    pub cut: ThemeCut,
    /// What gets themes: whole rows, or the statements of articles, each by itself and its article together
    #[arg(long, value_enum, default_value_t = Unit::Row)]
    unit: Unit,
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

/// How many themes at the top.
#[derive(Debug, Args)]
pub struct ThemeCut {
    /// Exactly so many top-level themes [default: as many as the data shows]
    #[arg(long, value_name = "K")]
    pub count: Option<usize>,
    /// How broad the top-level themes are [default: what is clearest]
    #[arg(long, value_enum, value_name = "LEVEL", conflicts_with = "count")]
    pub level: Option<ThemeLevel>,
}

/// How broad themes are.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ThemeLevel {
    /// Up to 15 themes
    Broad,
    /// 16 to 60
    Middle,
    /// More than 60, or as many as there are
    Fine,
}

impl ThemeLevel {
    /// As the option is given.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Broad => "broad",
            Self::Middle => "middle",
            Self::Fine => "fine",
        }
    }
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
    let params = params::themes(context, &args.cut)?;
    let (read, whole) = context.article_units(&args.input.inputs, &args.input.reading)?;
    let copies_of = |units: &Units| -> anyhow::Result<Vec<u32>> {
        Ok(Duplicates::find(units, &params::duplicates(context)?, &context.teller).copies(units))
    };
    let reprints = copies_of(&whole)?;
    let (articles, texts) = (&read.corpus.articles, &read.texts);
    let (units, copies, mut found) = match args.unit {
        Unit::Row => {
            let found = FoundThemes::find(&whole, &reprints, None, articles, texts, &params, &context.teller);
            (whole, reprints, found)
        }
        Unit::Statement => {
            let units = context.statement_units(&read)?;
            let copies = copies_of(&units)?;
            let over = Over::new(&whole, &reprints, &units);
            let teller = &context.teller;
            let found = FoundThemes::find(&units, &copies, Some(&over), articles, texts, &params, teller);
            (units, copies, found)
        }
    };
    if let Some(file) = &themes_file {
        let encoder = context.encoder(articles)?;
        let lost;
        (found, lost) = found.edited(file, &units, &copies, articles, texts, encoder.as_ref())?;
        lost.into_iter().for_each(|warning| context.teller.report(Event::Warning(warning)));
    }
    if let (Some(count), missing @ 1..) = (args.cut.count, found.themes.missing) {
        let text = format!("{count} themes were asked for, and the rows give {}", count - missing);
        context.teller.warn(&text);
    }
    match args.table {
        ThemesTable::Rows => args.output.write(&found.member_rows(&units)),
        ThemesTable::Themes => args.output.write(&found.rows(&units)),
        ThemesTable::Timeline => args.output.write(&found.timeline_rows(&units, articles)),
    }
}
