//! Every kind of model that opens gives the vectors that its definition says, on models made for the purpose.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use throughline_embedding::{
    EmbeddingError, Embeddings, Encoder, Options, Recipe, open, quantise, weights_kind,
};
use throughline_testkit::{Bert, Files, StaticTable, Tokenizer, write};

const TEXTS: [&str; 8] = [
    "rain and snow",
    "The harbour bridge opens.",
    "мост открывают",
    "rains",
    "the sun and the rain and the snow and the sun and the rain and the snow and the sun and the rain and the sun",
    "о дождь снег",
    "bridger xyz sunser",
    "sun",
];

fn folder(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    folder
}

fn encode(encoder: &dyn Encoder, texts: &[&str]) -> Embeddings {
    encoder.encode(texts, &|_| {}).unwrap()
}

fn open_with(path: &Path, change: impl FnOnce(&mut Options)) -> Box<dyn Encoder> {
    let mut options = Options::default();
    change(&mut options);
    open(path, &options).unwrap()
}

/// The largest difference of any component.
fn difference(row: ndarray::ArrayView1<f32>, expected: &[f64]) -> f64 {
    assert_eq!(row.len(), expected.len());
    row.iter().zip(expected).map(|(&x, y)| (f64::from(x) - y).abs()).fold(0.0, f64::max)
}

#[test]
fn every_kind_of_bert_gives_the_vectors_of_its_definition() {
    let plain = Bert::default;
    let kinds = [
        plain(),
        Bert { cls: true, ..plain() },
        Bert { activation: "gelu_new", width: 48, heads: 3, ..plain() },
        Bert { activation: "relu", prefix: "bert.", layers: 1, ..plain() },
        Bert { tokenizer: Tokenizer::Unigram, ..plain() },
        Bert { tokenizer: Tokenizer::Unigram, model_type: "xlm-roberta", prefix: "roberta.", ..plain() },
        Bert {
            tokenizer: Tokenizer::Unigram,
            prompts: vec![("query", "the "), ("passage", "snow and ")],
            ..plain()
        },
    ];
    for (seed, kind) in kinds.into_iter().enumerate() {
        let model = Bert { seed: seed as u64, ..kind }.make();
        let encoder = open_with(folder(&model.files).path(), |_| {});
        let made = encode(encoder.as_ref(), &TEXTS);
        for (i, text) in TEXTS.iter().enumerate() {
            let worst = difference(made.vectors.row(i), &model.vector(text));
            assert!(worst < 1e-5, "{:?} {text}: {worst:e}", model.kind);
            assert_eq!(made.tokens_kept[i] as usize, model.tokens(text).len(), "{:?} {text}", model.kind);
        }
        assert!(made.tokens[4] > made.tokens_kept[4] && made.tokens_kept[4] == 24, "truncation is told");
    }
}

#[test]
fn a_prompt_is_named_or_given() {
    let prompts = vec![("query", "the "), ("passage", "snow and ")];
    let model = Bert { tokenizer: Tokenizer::Unigram, prompts, ..Bert::default() }.make();
    let folder = folder(&model.files);
    for (asked, prompt) in
        [(None, "the "), (Some("passage"), "snow and "), (Some("sun "), "sun "), (Some(""), "")]
    {
        let encoder = open_with(folder.path(), |options| options.prompt = asked.map(str::to_owned));
        assert_eq!(encoder.stamp().prompt, prompt);
        let made = encode(encoder.as_ref(), &TEXTS[..4]);
        for (text, row) in TEXTS.iter().zip(made.vectors.rows()) {
            assert!(
                difference(row, &model.vector_of(&model.tokens_after(prompt, text))) < 1e-5,
                "{asked:?} {text}"
            );
        }
    }
    let mut files = model.files.clone();
    let unknown = json!({"prompts": {}, "default_prompt_name": "query"}).to_string();
    files.insert("config_sentence_transformers.json".to_owned(), unknown.into_bytes());
    let error = open(self::folder(&files).path(), &Options::default()).err().unwrap();
    assert!(error.to_string().contains("no prompt named query"), "{error}");
}

#[test]
fn an_int8_form_is_near_its_source() {
    let wide = Bert { tokenizer: Tokenizer::Unigram, width: 64, intermediate: 128, ..Bert::default() };
    let model = Bert { prompts: vec![("query", "the ")], ..wide }.make();
    let (source, to) = (folder(&model.files), tempfile::tempdir().unwrap());
    let to = to.path().join("tiny-int8");
    let texts = TEXTS.map(str::to_owned).to_vec();
    let recipe = Recipe { calibration: Some(texts), ..Recipe::default() };
    let manifest = quantise(source.path(), &to, &recipe).unwrap();
    assert_eq!((manifest.weights.as_str(), weights_kind(&to).unwrap()), ("int8", "int8"));
    let made = encode(open_with(&to, |_| {}).as_ref(), &TEXTS);
    for (text, row) in TEXTS.iter().zip(made.vectors.rows()) {
        let cosine: f64 = row.iter().zip(model.vector(text)).map(|(&x, y)| f64::from(x) * y).sum();
        assert!(cosine > 0.99, "{text}: {cosine}");
    }
}

#[test]
fn every_kind_of_static_model_gives_the_mean_of_its_rows() {
    let plain = StaticTable::default;
    let kinds = [
        plain(),
        StaticTable { tokenizer: Tokenizer::Unigram, width: 7, ..plain() },
        StaticTable { int8: true, ..plain() },
        StaticTable { shared_rows: Some(11), weights: true, ..plain() },
        StaticTable { sentence_transformers: true, ..plain() },
    ];
    for (seed, kind) in kinds.into_iter().enumerate() {
        let model = StaticTable { seed: seed as u64, ..kind }.make();
        let encoder = open_with(folder(&model.files).path(), |_| {});
        let made = encode(encoder.as_ref(), &TEXTS);
        for (text, row) in TEXTS.iter().zip(made.vectors.rows()) {
            let worst = difference(row, &model.vector(text, 512));
            assert!(worst < 1e-6, "{:?} {text}: {worst:e}", model.kind);
        }
        let stamp = encoder.stamp();
        assert_eq!(stamp.kernels, if model.kind.int8 { "static-int8" } else { "static-f32" });
        assert_eq!((stamp.dimensions as usize, stamp.max_tokens), (model.kind.width, 512));
    }
}

#[test]
fn a_static_model_leaves_out_what_it_does_not_know_and_tells_what_it_cut() {
    let model = StaticTable { max_length: Some(json!(3)), ..StaticTable::default() }.make();
    let folder = folder(&model.files);
    let texts = ["xyz rain", "xyz", "", "sun sun xyz rain snow", "the sun and the rain"];
    let made = encode(open_with(folder.path(), |_| {}).as_ref(), &texts);
    for (text, row) in texts.iter().zip(made.vectors.rows()) {
        assert!(difference(row, &model.vector(text, 3)) < 1e-6, "{text}");
    }
    assert!(made.vectors.row(1).iter().all(|&x| x == 0.0));
    assert_eq!(made.tokens, [1, 0, 0, 4, 5]);
    assert_eq!(made.tokens_kept, [1, 0, 0, 2, 3]);

    let made = encode(open_with(folder.path(), |options| options.max_tokens = Some(100)).as_ref(), &texts);
    assert_eq!(made.tokens_kept, made.tokens);
    let endless = StaticTable { max_length: Some(json!(null)), ..StaticTable::default() }.make();
    let long = "rain snow ".repeat(1000);
    let made = encode(open_with(self::folder(&endless.files).path(), |_| {}).as_ref(), &[&long]);
    assert_eq!((made.tokens[0], made.tokens_kept[0]), (2000, 2000));
}

#[test]
fn a_static_model_gives_the_same_bytes_alone_and_on_any_number_of_threads() {
    let model = StaticTable { weights: true, ..StaticTable::default() }.make();
    let folder = folder(&model.files);
    let texts: Vec<String> = (0..300).map(|i| format!("{} {}", TEXTS[i % 8], TEXTS[i / 8 % 8])).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| encode(open_with(folder.path(), |_| {}).as_ref(), &texts))
    };
    let one = on(1);
    assert_eq!(one, on(3));
    let encoder = open_with(folder.path(), |_| {});
    for (text, row) in texts.iter().zip(one.vectors.rows()) {
        assert_eq!(encode(encoder.as_ref(), &[text]).vectors.row(0), row);
    }
}

#[test]
fn static_models_that_do_not_fit_together_are_refused() {
    let refused = |change: &dyn Fn(&mut Files)| {
        let mut files =
            StaticTable { shared_rows: Some(11), weights: true, ..StaticTable::default() }.make().files;
        change(&mut files);
        match open(folder(&files).path(), &Options::default()) {
            Err(EmbeddingError::Damaged { reason, .. }) => reason,
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("opened"),
        }
    };
    let other = |table: StaticTable| table.make().files["model.safetensors"].clone();
    let weights = |content: Vec<u8>| {
        move |files: &mut Files| {
            files.insert("model.safetensors".to_owned(), content.clone());
        }
    };
    // A table with too few rows and no mapping; the weights of another kind of model; no weights at all.
    let tokenizer = |files: &mut Files| {
        let few = json!({"version": "1.0", "pre_tokenizer": {"type": "WhitespaceSplit"},
            "model": {"type": "WordLevel", "unk_token": "w0",
                "vocab": (0..99).map(|i| (format!("w{i}"), i)).collect::<std::collections::BTreeMap<_, _>>()}});
        files.insert("tokenizer.json".to_owned(), few.to_string().into_bytes());
    };
    assert!(refused(&tokenizer).contains("it has 99 tokens, the model 36"), "{}", refused(&tokenizer));
    let bert = Bert::default().make().files["model.safetensors"].clone();
    assert!(refused(&weights(bert)).contains("neither of the tables"));
    let cut = other(StaticTable::default());
    assert!(!refused(&weights(cut[..cut.len() / 2].to_vec())).is_empty());
}

#[test]
fn a_file_of_a_static_model_that_its_manifest_does_not_know_is_refused() {
    let model = StaticTable::default().make();
    let folder = folder(&model.files);
    let stamp = json!({"bytes": 1, "sha256": "0"});
    let manifest = json!({"name": "tiny", "origin": "here", "licence": "none", "weights": "f32",
        "dimensions": 20, "max_tokens": 512, "files": {"tokenizer.json": stamp}});
    fs::write(folder.path().join("manifest.json"), manifest.to_string()).unwrap();
    let error = open(folder.path(), &Options::default()).err().unwrap();
    assert!(
        matches!(&error, EmbeddingError::Tampered { path, .. } if path.ends_with("tokenizer.json")),
        "{error}"
    );
}
