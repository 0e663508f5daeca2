//! The two engines, and rust-bert's own pipeline, on the official float weights and real text.
//!
//! Needs `models/all-MiniLM-L6-v2`, which `scripts/weights.sh` makes.

#![expect(clippy::print_stderr, reason = "the differences found are worth a look with --nocapture")]

use std::fs;
use std::path::{Path, PathBuf};

use rust_bert::pipelines::common::ModelType;
use rust_bert::pipelines::sentence_embeddings::{SentenceEmbeddingsConfig, SentenceEmbeddingsModel};
use rust_bert::resources::LocalResource;
use throughline_embedding::{EmbeddingError, Embeddings, Encoder, NativeEncoder, Options};
use throughline_embedding_rust_bert::RustBertEncoder;

/// The largest difference of any component that is allowed between two engines.
const TOLERANCE: f32 = 1e-5;

/// What tokenizers and kernels trip over.
const HARD: [&str; 28] = [
    "",
    " \n\t ",
    "a",
    "?!",
    "Café, naïve, Ångström, Łódź, São Paulo, fiancée, coöperate.",
    "CAFE\u{301} and cafe\u{301} and café are one word in three forms.",
    "Погода в Озёрном портится: к вечеру обещают снег и сильный ветер.",
    "Ёлка стоит на площади, а ещё её украсили.",
    "Бүгін Алматыда жаңбыр жауады деп күтілуде.",
    "市議会は水曜日に新しい港の計画を承認した。",
    "市议会周三批准了新的港口计划。",
    "시의회는 수요일에 새 항만 계획을 승인했다.",
    "وافق المجلس يوم الأربعاء على خطة الميناء الجديد.",
    "สภาเมืองอนุมัติแผนท่าเรือใหม่เมื่อวันพุธ",
    "The vote passed 🎉🎉 and the mayor tweeted 👍🏽 twice 👩‍👩‍👧.",
    "Read it at https://www.example.org/news/2024/07/03/harbour-vote?id=12&ref=rss#top before noon.",
    "Write to press.office@example.org or @harbour_watch, #harbour2030.",
    "$27.8 billion, 3.5%, −12°C, ½ a tonne, 10⁶ litres, №5, §12(b), 1,234,567.89",
    "“Never again,” she said — ‘not here’ … “not now”.",
    "He said:\u{a0}\u{200b}nothing\u{ad}at\u{feff}all.",
    "An \u{0}odd\u{1b} control \u{fffd} character.",
    "[CLS] The template's own words [SEP] in a text [MASK] [PAD] [UNK]",
    "pneumonoultramicroscopicsilicovolcanoconiosis Donaudampfschifffahrtsgesellschaftskapitän",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "ALL CAPITALS: COUNCIL APPROVES HARBOUR PLAN",
    "line one\nline two\r\nline three",
    "<p>Left-over <b>markup</b> &amp; entities</p>",
    "𝔉𝔯𝔞𝔨𝔱𝔲𝔯 and ﬁgures in ligatures, ＦＵＬＬ ＷＩＤＴＨ.",
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn weights() -> PathBuf {
    let folder = workspace().join("models/all-MiniLM-L6-v2");
    assert!(folder.join("model.safetensors").is_file(), "run scripts/weights.sh first");
    folder
}

/// The texts of the example articles, each followed by its sentences, cut roughly.
fn articles() -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(workspace().join("examples/articles"))
        .expect("the repository has example articles")
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let content = fs::read_to_string(&file).expect("examples are UTF-8");
        if file.extension().is_some_and(|end| end == "jsonl") {
            for line in content.lines() {
                let article: serde_json::Value = serde_json::from_str(line).expect("examples are JSON lines");
                texts.push(article["text"].as_str().expect("an article has a text").to_owned());
            }
        } else {
            texts.push(content);
        }
    }
    let sentences: Vec<String> = texts
        .iter()
        .flat_map(|text| text.split_inclusive(['.', '?', '!', '\n']))
        .map(|piece| piece.trim().to_owned())
        .filter(|sentence| sentence.len() > 3)
        .collect();
    texts.extend(sentences);
    texts
}

fn texts() -> Vec<String> {
    let mut texts = articles();
    texts.extend(HARD.map(str::to_owned));
    // Around the model's limit of 256 tokens, and far beyond it.
    for words in [253, 254, 255, 256, 300, 20_000] {
        texts.push("harbour ".repeat(words));
    }
    assert!(texts.len() > 300, "only {} texts to compare", texts.len());
    texts
}

fn encode(encoder: &dyn Encoder, texts: &[String]) -> Embeddings {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    encoder.encode(&texts, &|_| {}).expect("every text can be encoded")
}

/// The largest difference between two sets of vectors, and the text where it is.
fn difference<'a>(a: &ndarray::Array2<f32>, b: &ndarray::Array2<f32>, texts: &'a [String]) -> (f32, &'a str) {
    assert_eq!(a.dim(), b.dim());
    let rows = a.rows().into_iter().zip(b.rows()).zip(texts);
    rows.map(|((a, b), text)| {
        let largest =
            a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, |most, d| if d <= most { most } else { d });
        (largest, text.as_str())
    })
    .fold((0.0, ""), |most, one| if one.0 <= most.0 { most } else { one })
}

#[test]
fn both_engines_give_the_same_vectors_and_counts() {
    let texts = texts();
    let native = NativeEncoder::open(&weights()).expect("the native engine runs it");
    let second = RustBertEncoder::open(&weights()).expect("rust-bert runs it");
    let (ours, theirs) = (encode(&native, &texts), encode(&second, &texts));
    let (largest, text) = difference(&ours.vectors, &theirs.vectors, &texts);
    eprintln!("{} texts, largest difference {largest:e}", texts.len());
    assert!(largest <= TOLERANCE, "{largest:e} at {text:?}");
    assert_eq!(ours.tokens, theirs.tokens);
    assert_eq!(ours.tokens_kept, theirs.tokens_kept);
    assert!(theirs.tokens_kept.contains(&256) && !theirs.tokens_kept.iter().any(|&kept| kept > 256));

    let (native, second) = (native.stamp(), second.stamp());
    assert_eq!((second.engine.as_str(), second.kernels.as_str()), ("rust-bert", "libtorch-2.4.0"));
    assert_eq!((&native.name, &native.sha256), (&second.name, &second.sha256));
    assert_eq!((native.dimensions, native.max_tokens), (second.dimensions, second.max_tokens));
}

/// rust-bert's pipeline has a tokenizer, a truncation, a padding and a pooling of its own.
#[test]
fn rust_berts_own_pipeline_gives_the_same_vectors() {
    let folder = weights();
    let local = |file: &str| Box::new(LocalResource { local_path: folder.join(file) });
    let pipeline = SentenceEmbeddingsModel::new(SentenceEmbeddingsConfig {
        modules_config_resource: local("modules.json"),
        transformer_type: ModelType::Bert,
        transformer_config_resource: local("config.json"),
        transformer_weights_resource: local("model.safetensors"),
        pooling_config_resource: local("1_Pooling/config.json"),
        dense_config_resource: None,
        dense_weights_resource: None,
        sentence_bert_config_resource: local("sentence_bert_config.json"),
        tokenizer_config_resource: local("tokenizer_config.json"),
        tokenizer_vocab_resource: local("vocab.txt"),
        tokenizer_merges_resource: None,
        device: tch::Device::Cpu,
        kind: None,
    })
    .expect("rust-bert opens the folder");
    // By length, since the pipeline pads each batch to its longest text.
    let mut texts = articles();
    texts.sort_by_key(String::len);
    let ours = encode(&RustBertEncoder::open(&weights()).expect("rust-bert runs it"), &texts);
    let theirs: Vec<f32> = texts
        .chunks(16)
        .flat_map(|texts| pipeline.encode(texts).expect("rust-bert encodes them"))
        .flatten()
        .collect();
    let theirs = ndarray::Array2::from_shape_vec(ours.vectors.dim(), theirs).expect("one vector a text");
    let (largest, text) = difference(&ours.vectors, &theirs, &texts);
    eprintln!("{} texts, largest difference {largest:e}", texts.len());
    assert!(largest <= TOLERANCE, "{largest:e} at {text:?}");
}

#[test]
fn a_text_has_the_same_bytes_alone_in_a_batch_and_on_any_number_of_threads() {
    let texts: Vec<String> = texts().into_iter().rev().take(60).collect();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| encode(&RustBertEncoder::open(&weights()).expect("rust-bert runs it"), &texts))
    };
    let one = on(1);
    assert_eq!(one, on(3));
    let encoder = RustBertEncoder::open(&weights()).expect("rust-bert runs it");
    for (text, row) in texts.iter().zip(one.vectors.rows()) {
        assert_eq!(encode(&encoder, std::slice::from_ref(text)).vectors.row(0), row, "{text:?}");
    }
}

#[test]
fn vectors_have_unit_length_and_texts_without_words_none() {
    let encoder = RustBertEncoder::open(&weights()).expect("rust-bert runs it");
    let made = encode(&encoder, &["".to_owned(), "Rain.".to_owned(), "  ".to_owned()]);
    let lengths: Vec<f32> = made.vectors.rows().into_iter().map(|row| row.dot(&row).sqrt()).collect();
    assert_eq!((lengths[0], lengths[2]), (0.0, 0.0));
    assert!((lengths[1] - 1.0).abs() < 1e-6);
    assert_eq!((made.tokens, made.tokens_kept), (vec![0, 4, 0], vec![0, 4, 0]));
}

#[test]
fn options_hold_here_too() {
    let options = Options { max_tokens: Some(8), prompt: Some("query: ".to_owned()), ..Options::default() };
    let native = NativeEncoder::open_with(&weights(), &options).expect("the native engine runs it");
    let second = RustBertEncoder::open_with(&weights(), &options).expect("rust-bert runs it");
    let texts = ["The council approves the plan for the new harbour.".to_owned(), "Rain.".to_owned()];
    let (ours, theirs) = (encode(&native, &texts), encode(&second, &texts));
    assert!(difference(&ours.vectors, &theirs.vectors, &texts).0 <= TOLERANCE);
    assert_eq!(theirs.tokens_kept, [8, 6]);
    assert_eq!((ours.tokens, ours.tokens_kept), (theirs.tokens, theirs.tokens_kept));
    assert_eq!(second.stamp().max_tokens, 8);
}

/// A copy of the model folder without its weights.
fn bare_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in ["config.json", "tokenizer.json"] {
        fs::copy(weights().join(file), folder.path().join(file)).expect("copied");
    }
    folder
}

#[test]
fn a_missing_file_is_an_error_that_names_it() {
    let folder = bare_folder();
    for (remove, missing) in [(None, "model.safetensors"), (Some("config.json"), "config.json")] {
        if let Some(file) = remove {
            fs::remove_file(folder.path().join(file)).expect("removed");
        }
        match RustBertEncoder::open(folder.path()) {
            Err(EmbeddingError::Missing { path }) => assert_eq!(path, folder.path().join(missing)),
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("opened without {missing}"),
        }
    }
}

#[test]
fn a_truncated_weights_file_is_an_error() {
    let folder = bare_folder();
    let whole = fs::read(weights().join("model.safetensors")).expect("read");
    fs::write(folder.path().join("model.safetensors"), &whole[..whole.len() / 2]).expect("written");
    assert!(matches!(RustBertEncoder::open(folder.path()), Err(EmbeddingError::Damaged { .. })));
}

#[test]
fn int8_weights_are_refused_with_a_remedy() {
    let folder = bare_folder();
    let header = r#"{"encoder.layer.0.attention.self.query.weight":{"dtype":"I8","shape":[384,384],"data_offsets":[0,147456]}}"#;
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend_from_slice(header.as_bytes());
    file.resize(file.len() + 384 * 384, 1);
    fs::write(folder.path().join("model.safetensors"), file).expect("written");
    let message = RustBertEncoder::open(folder.path()).err().expect("int8 can't run here").to_string();
    assert!(message.contains("int8 weights"), "{message}");
}

#[test]
fn another_layer_norm_is_refused_with_a_remedy() {
    let folder = bare_folder();
    fs::copy(weights().join("model.safetensors"), folder.path().join("model.safetensors")).expect("copied");
    let config = fs::read_to_string(weights().join("config.json")).expect("read");
    assert!(config.contains("1e-12"));
    fs::write(folder.path().join("config.json"), config.replace("1e-12", "1e-5")).expect("written");
    let message = RustBertEncoder::open(folder.path()).err().expect("it can't run here").to_string();
    assert!(message.contains("layer_norm_eps"), "{message}");
}
