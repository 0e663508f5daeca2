//! What mends a model that can't be opened, or options that it can't follow.

use throughline_embedding::{EmbeddingError, OptionCause};

use super::Remedy;

const AGAIN: &str = "fetch the model again with 'throughline models pull'";

pub(super) fn of(error: &EmbeddingError) -> Remedy {
    let remedy = match error {
        EmbeddingError::Io { .. } => "check that the path exists and may be accessed",
        EmbeddingError::Missing { .. } | EmbeddingError::Tampered { .. } | EmbeddingError::Damaged { .. } => {
            AGAIN
        }
        EmbeddingError::Unsupported { .. } => "choose a BERT-family encoder or a static model",
        EmbeddingError::Option(cause) => return of_option(cause),
        _ => return None,
    };
    Some(remedy.into())
}

fn of_option(cause: &OptionCause) -> Remedy {
    let remedy = match cause {
        OptionCause::WeightsAreInt8 => "open the float model that it came from, or leave --arithmetic out",
        OptionCause::WeightsAreFloat => "'throughline models quantise' makes an int8 model of them",
        OptionCause::NoArithmetic => "leave --arithmetic out",
        OptionCause::NoInstructions { .. } => "leave the choice to the program",
        OptionCause::Exists { .. } => "name a folder that does not",
        OptionCause::NoCalibration => "give some sentences",
        OptionCause::OtherEngine { .. } => {
            "use --engine native, or a model with float weights, such as 'throughline models pull \
             sentence-transformers/all-MiniLM-L6-v2' fetches"
        }
        _ => return None,
    };
    Some(remedy.into())
}
