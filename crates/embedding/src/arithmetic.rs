//! In which numbers the linear layers are computed.

use crate::error::{EmbeddingError, OptionCause};

/// Numbers that the linear layers multiply. Everything between them is f32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Arithmetic {
    /// 32-bit floating point.
    F32,
    /// 16-bit floating point of f32's range, summed in f32: twice as fast and half the memory of f32 where
    /// the processor has instructions for it, with vectors that differ in the fourth digit.
    Bf16,
    /// Bytes, summed exactly. Needs a model made by [`quantise`](crate::quantise).
    Int8,
}

impl Arithmetic {
    /// Its name in a model stamp.
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::Bf16 => "bf16",
            Self::Int8 => "int8",
        }
    }

    /// What a model with weights of this kind runs in, `wanted` if that is possible.
    pub(crate) fn choose(weights: &str, wanted: Option<Self>) -> Result<Self, EmbeddingError> {
        match (weights, wanted) {
            ("int8", None | Some(Self::Int8)) => Ok(Self::Int8),
            ("int8", Some(_)) => Err(OptionCause::WeightsAreInt8.into()),
            (_, Some(Self::Int8)) => Err(OptionCause::WeightsAreFloat.into()),
            (_, wanted) => Ok(wanted.unwrap_or(Self::F32)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_runs_in_what_its_weights_allow() {
        let choose = |weights, wanted| Arithmetic::choose(weights, wanted).ok();
        assert_eq!(choose("int8", None), Some(Arithmetic::Int8));
        assert_eq!(choose("int8", Some(Arithmetic::Int8)), Some(Arithmetic::Int8));
        assert_eq!(choose("int8", Some(Arithmetic::F32)), None);
        assert_eq!(choose("f32", None), Some(Arithmetic::F32));
        assert_eq!(choose("f16", Some(Arithmetic::Bf16)), Some(Arithmetic::Bf16));
        assert_eq!(choose("bf16", Some(Arithmetic::F32)), Some(Arithmetic::F32));
        assert_eq!(choose("f32", Some(Arithmetic::Int8)), None);
    }
}
