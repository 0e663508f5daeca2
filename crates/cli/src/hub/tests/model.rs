//! A model of a few thousand numbers that the native engine runs.

use std::collections::BTreeMap;
use std::fmt::Write;

const WIDTH: usize = 16;
const POSITIONS: usize = 16;
const WORDS: [&str; 6] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "rain", "sun"];

/// Its files, with some that no engine needs.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let config = serde_json::json!({
        "model_type": "bert", "hidden_size": WIDTH, "num_hidden_layers": 1, "num_attention_heads": 1,
        "intermediate_size": WIDTH, "max_position_embeddings": POSITIONS, "vocab_size": WORDS.len(),
        "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
    });
    let pooling = serde_json::json!({"pooling_mode_mean_tokens": true, "word_embedding_dimension": WIDTH});
    let vocabulary: BTreeMap<&str, usize> = WORDS.iter().copied().zip(0..).collect();
    let special = |content: &str, id: usize| {
        serde_json::json!({"id": id, "content": content, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false, "special": true})
    };
    let tokenizer = serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": [special("[CLS]", 2), special("[SEP]", 3)],
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
        "decoder": null,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocabulary},
    });
    let card = "---\nlanguage: en\nlicense: apache-2.0\n---\n# Tiny\n";
    BTreeMap::from([
        ("1_Pooling/config.json".to_owned(), pooling.to_string().into_bytes()),
        ("README.md".to_owned(), card.as_bytes().to_vec()),
        ("config.json".to_owned(), config.to_string().into_bytes()),
        ("model.safetensors".to_owned(), weights()),
        ("onnx/model.onnx".to_owned(), b"not for us".to_vec()),
        ("pytorch_model.bin".to_owned(), b"not for us".to_vec()),
        ("tokenizer.json".to_owned(), tokenizer.to_string().into_bytes()),
    ])
}

/// Every tensor of a one-layer BERT, filled with a pattern.
fn weights() -> Vec<u8> {
    let mut shapes: Vec<(String, Vec<usize>)> = Vec::new();
    let mut tensor = |name: &str, shape: &[usize]| shapes.push((name.to_owned(), shape.to_vec()));
    for (table, rows) in [("word", WORDS.len()), ("position", POSITIONS), ("token_type", 2)] {
        tensor(&format!("embeddings.{table}_embeddings.weight"), &[rows, WIDTH]);
    }
    let layer = "encoder.layer.0";
    let linear =
        ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"];
    for name in linear.into_iter().chain(["intermediate.dense", "output.dense"]) {
        tensor(&format!("{layer}.{name}.weight"), &[WIDTH, WIDTH]);
        tensor(&format!("{layer}.{name}.bias"), &[WIDTH]);
    }
    let norms = [format!("{layer}.attention.output.LayerNorm"), format!("{layer}.output.LayerNorm")];
    for name in norms.iter().map(String::as_str).chain(["embeddings.LayerNorm"]) {
        tensor(&format!("{name}.weight"), &[WIDTH]);
        tensor(&format!("{name}.bias"), &[WIDTH]);
    }

    let (mut header, mut data) = (String::new(), Vec::new());
    for (name, shape) in &shapes {
        let start = data.len();
        for i in 0..shape.iter().product::<usize>() {
            data.extend_from_slice(&((i % 7) as f32 / 7.0 - 0.4).to_le_bytes());
        }
        let comma = if header.is_empty() { "" } else { "," };
        write!(
            header,
            r#"{comma}"{name}":{{"dtype":"F32","shape":{shape:?},"data_offsets":[{start},{}]}}"#,
            data.len()
        )
        .unwrap();
    }
    let header = format!("{{{header}}}");
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend_from_slice(header.as_bytes());
    file.extend_from_slice(&data);
    file
}
