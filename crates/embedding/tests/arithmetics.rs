//! One float model in f32 and in bf16: how near they are, and that each keeps the promise of the same bytes.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use throughline_embedding::{
    Arithmetic, EmbeddingError, Embeddings, Encoder, Isa, NativeEncoder, OptionCause, Options,
};

const SENTENCES: &str = include_str!("../src/quantise/sentences.txt");

fn texts() -> Vec<&'static str> {
    SENTENCES.lines().collect()
}

/// The default model from its folder, so that these tests need no feature.
fn int8_model(options: &Options) -> Result<NativeEncoder, EmbeddingError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/all-MiniLM-L6-v2-int8");
    NativeEncoder::open_with(&folder, options)
}

fn open(folder: &Path, arithmetic: Arithmetic, isa: Option<Isa>) -> NativeEncoder {
    let options = Options { arithmetic: Some(arithmetic), isa, ..Options::default() };
    NativeEncoder::open_with(folder, &options).unwrap()
}

fn encode(encoder: &NativeEncoder, texts: &[&str]) -> Embeddings {
    encoder.encode(texts, &|_| {}).unwrap()
}

fn cosines(a: &Embeddings, b: &Embeddings) -> (f32, f32) {
    let rows = a.vectors.rows().into_iter().zip(b.vectors.rows());
    let all: Vec<f32> = rows.map(|(a, b)| a.dot(&b)).collect();
    (all.iter().sum::<f32>() / all.len() as f32, all.iter().copied().fold(1.0, f32::min))
}

#[test]
fn bf16_and_int8_are_near_f32() {
    let model = common::float_model();
    let texts = texts();
    let exact = encode(&open(model.path(), Arithmetic::F32, None), &texts);
    let (mean, lowest) = cosines(&encode(&int8_model(&Options::default()).unwrap(), &texts), &exact);
    assert!(mean > 0.999 && lowest > 0.995, "int8: {mean} {lowest}");
    for isa in Isa::available() {
        let encoder = open(model.path(), Arithmetic::Bf16, Some(isa));
        assert_eq!(encoder.stamp().kernels, format!("bf16-{}", isa.name()));
        let made = encode(&encoder, &texts[..if isa == Isa::Portable { 4 } else { texts.len() }]);
        assert_ne!(made.vectors.row(0), exact.vectors.row(0), "bf16 rounds");
        let (mean, lowest) = cosines(&made, &exact);
        assert!(mean > 0.9999 && lowest > 0.999, "bf16 on {}: {mean} {lowest}", isa.name());
    }
}

#[test]
fn every_instruction_set_gives_the_same_bytes_but_the_matrix_units_own_order() {
    let model = common::float_model();
    let texts: Vec<&str> = texts().into_iter().step_by(40).collect();
    for arithmetic in [Arithmetic::F32, Arithmetic::Bf16] {
        let plain = encode(&open(model.path(), arithmetic, Some(Isa::Portable)), &texts);
        for isa in Isa::available() {
            if (arithmetic, isa) == (Arithmetic::Bf16, Isa::Amx) {
                continue;
            }
            let made = encode(&open(model.path(), arithmetic, Some(isa)), &texts);
            assert_eq!(made, plain, "{} on {}", arithmetic.name(), isa.name());
        }
    }
}

#[test]
fn alone_in_a_batch_and_on_any_number_of_threads() {
    let model = common::float_model();
    let texts = texts();
    for arithmetic in [Arithmetic::F32, Arithmetic::Bf16] {
        let encoder = open(model.path(), arithmetic, None);
        let together = encode(&encoder, &texts);
        for (i, text) in texts.iter().enumerate().step_by(5) {
            assert_eq!(encode(&encoder, &[text]).vectors.row(0), together.vectors.row(i), "{text}");
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        assert_eq!(pool.install(|| encode(&encoder, &texts)), together, "{}", arithmetic.name());
    }
}

#[test]
fn an_arithmetic_that_the_weights_do_not_allow_is_refused() {
    let refused = |result: Result<NativeEncoder, EmbeddingError>| match result {
        Err(EmbeddingError::Option(cause)) => cause,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("not refused"),
    };
    let options = |arithmetic| Options { arithmetic: Some(arithmetic), ..Options::default() };
    assert_eq!(refused(int8_model(&options(Arithmetic::Bf16))), OptionCause::WeightsAreInt8);
    let model = common::float_model();
    let opened = NativeEncoder::open_with(model.path(), &options(Arithmetic::Int8));
    assert_eq!(refused(opened), OptionCause::WeightsAreFloat);
    assert!(int8_model(&options(Arithmetic::Int8)).is_ok());
}
