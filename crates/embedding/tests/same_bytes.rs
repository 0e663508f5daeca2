//! A text gets the same bytes alone, in any batch, on any number of threads, by any kernels.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use throughline_embedding::{Embeddings, Encoder, Isa, NativeEncoder, Options};

const TEXTS: [&str; 10] = [
    "The council met on Monday.",
    "",
    "Rain.",
    "A longer sentence, with several clauses, names such as Ingrid Solheim, figures such as 27.8 billion, \
     and enough words that its tokens do not fill a multiple of sixteen.",
    "Президент подписал закон о бюджете.",
    "  \n\t ",
    "Shares fell 3% after the bank's warning, traders said, although volumes were thin and most desks \
     expected the losses to be made up before the close of the session on Friday afternoon in London.",
    "No.",
    "Цены выросли. Prices rose. Бағалар өсті.",
    "e\u{301}te\u{301} 漢字 🙂 https://example.org/a?b=c",
];

/// The default model from its folder, so that these tests need no feature.
fn int8_model(options: &Options) -> NativeEncoder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/all-MiniLM-L6-v2-int8");
    NativeEncoder::open_with(&folder, options).unwrap()
}

fn encode(encoder: &NativeEncoder, texts: &[&str]) -> Embeddings {
    encoder.encode(texts, &|_| {}).unwrap()
}

/// Enough texts for several blocks, the last one far over the limit.
fn many() -> Vec<String> {
    let mut texts: Vec<String> = (0..60).map(|i| format!("{} Number {i}.", TEXTS[i % TEXTS.len()])).collect();
    texts.push("The same words again and again. ".repeat(200));
    texts
}

#[test]
fn alone_and_in_a_batch() {
    let encoder = int8_model(&Options::default());
    let texts = many();
    let texts: Vec<&str> = texts.iter().map(String::as_str).chain(TEXTS).collect();
    let together = encode(&encoder, &texts);
    for (i, text) in texts.iter().enumerate() {
        let alone = encode(&encoder, &[text]);
        assert_eq!(alone.vectors.row(0), together.vectors.row(i), "{text}");
        assert_eq!(alone.tokens[0], together.tokens[i]);
    }
    let reversed: Vec<&str> = texts.iter().rev().copied().collect();
    let reversed = encode(&encoder, &reversed);
    for (i, row) in together.vectors.rows().into_iter().enumerate() {
        assert_eq!(row, reversed.vectors.row(texts.len() - 1 - i));
    }
}

#[test]
fn on_one_thread_and_on_four() {
    let encoder = int8_model(&Options::default());
    let texts = many();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| encode(&encoder, &texts))
    };
    assert_eq!(run(1), run(4));
}

#[test]
fn by_every_instruction_set() {
    let texts = many();
    let texts: Vec<&str> = texts.iter().step_by(7).map(String::as_str).chain(TEXTS).collect();
    let fastest = encode(&int8_model(&Options::default()), &texts);
    for isa in Isa::available() {
        let options = Options { isa: Some(isa), ..Options::default() };
        let encoder = int8_model(&options);
        assert_eq!(encoder.stamp().kernels, format!("int8-{}", isa.name()));
        assert_eq!(encode(&encoder, &texts), fastest, "{}", isa.name());
    }
}

#[test]
fn rows_are_of_unit_length_or_zero_and_truncation_is_told() {
    let made = encode(&int8_model(&Options::default()), &TEXTS);
    for (row, (&tokens, text)) in made.vectors.rows().into_iter().zip(made.tokens.iter().zip(TEXTS)) {
        let length = row.dot(&row).sqrt();
        if text.trim().is_empty() {
            assert_eq!((length, tokens), (0.0, 0));
        } else {
            assert!((length - 1.0).abs() < 1e-6);
        }
    }
    let long = "word ".repeat(1000);
    let made = encode(&int8_model(&Options::default()), &[&long, "a word"]);
    assert_eq!((made.tokens, made.tokens_kept), (vec![1002, 4], vec![256, 4]));
}

#[test]
fn progress_counts_every_text() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let done = AtomicUsize::new(0);
    let texts = many();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let count = |n| {
        done.fetch_add(n, Ordering::Relaxed);
    };
    int8_model(&Options::default()).encode(&texts, &count).unwrap();
    assert_eq!(done.into_inner(), texts.len());
}
