//! What mends gold labels, themes files, queries and runs; what to do about warnings.

use throughline_pipeline::{GoldCause, PipelineError, ThemesFileCause, Unread, Warning};

use super::Remedy;

pub(super) fn of(error: &PipelineError) -> Remedy {
    let remedy = match error {
        PipelineError::ThemesFile { cause, .. } => match cause {
            ThemesFileCause::Nameless => "add 'theme' or 'like'",
            ThemesFileCause::NoLike => "give one text of the theme at least",
            ThemesFileCause::NothingToJoin => "name two themes at least",
            ThemesFileCause::OnePart => "give two, or none",
            _ => return None,
        },
        PipelineError::Gold { cause, .. } => of_gold(cause)?,
        PipelineError::NoWord => "say what to look for, such as \"the dam is safe\"",
        PipelineError::UnknownId { .. } => "check the ids, or add the row",
        PipelineError::UnknownName { what: "theme", .. } => {
            "'throughline export RUN themes' shows labels and ids"
        }
        PipelineError::UnknownName { .. } => "'throughline export RUN quotes' shows the names",
        PipelineError::Inconsistent(_) => "make the run again",
        PipelineError::OtherModel { .. } => "name the run's model with --model",
        _ => return None,
    };
    Some(remedy.into())
}

fn of_gold(cause: &GoldCause) -> Option<&'static str> {
    Some(match cause {
        GoldCause::NoRow => "give at least one row with its label",
        GoldCause::NoLabel { .. } => "label every row, or name the field with --label",
        GoldCause::NotList { .. } => "see 'throughline evaluate --help'",
        GoldCause::NotNumber { .. } => "give 1 or 0, or a grade",
        GoldCause::NoGroup { .. } => "label every row with the name of its group",
        GoldCause::NoId => "name the row of the input that it labels",
        GoldCause::LabelledTwice { .. } => "give each row one label",
        GoldCause::NotPair => "give each pair as two ids",
        GoldCause::UnknownId { .. } => "check the id, or add the row to the input",
        GoldCause::NoText { .. } => "give each row its text, or name the articles it is about as INPUT",
        GoldCause::NotInText { .. } => "give the sentences as they stand, in order",
        GoldCause::NotAttribution { .. } => {
            "give a list of attributions {\"content\": spans, \"source\": spans}"
        }
        GoldCause::NotSpan { .. } => "give a list of spans [char_start, char_end]",
        _ => return None,
    })
}

pub(super) fn of_warning(warning: &Warning) -> Remedy {
    let remedy = match warning {
        Warning::Uncalibrated { .. } => "'throughline models calibrate' mends it",
        Warning::Undated { why: Unread::DayOrMonth, .. } => {
            "say which comes first with --date-format, such as \"%d/%m/%Y\""
        }
        Warning::Undated { .. } => {
            "write it as 2026-03-04 or 2026-03-04T13:05:00+01:00, or say its form with --date-format"
        }
        Warning::DayOrMonthByColumn { .. } => "--date-format says otherwise",
        Warning::Reading(remark) => return super::tabular::of_remark(remark),
        Warning::LooksLike { field, columns } => {
            let column = columns.first().map_or("NAME", String::as_str);
            return Some(format!("--column '{field}={column}' takes it").into());
        }
        _ => return None,
    };
    Some(remedy.into())
}
