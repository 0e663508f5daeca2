//! Languages with word lists of their own and without.

use std::fs;

use crate::common::{rows, text};

fn quotes(lang: &str, article: &str) -> Vec<serde_json::Value> {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("articles.jsonl");
    let row = serde_json::json!({ "id": "a", "lang": lang, "text": article });
    fs::write(&input, format!("{row}\n")).unwrap();
    rows([std::path::Path::new("quotes"), &input])
}

#[test]
fn a_language_without_lists_is_not_said_to_have_no_quotation() {
    let found = quotes("nl", "De minister zei dat de prijzen zullen dalen. De vakbonden twijfelen daaraan.");
    assert_eq!(found.len(), 1);
    assert_eq!(text(&found[0], "reason"), "language not supported");
    let found = quotes("de", "Der Preis stieg im Mai. Der Umsatz sank im Juni.");
    assert_eq!(text(&found[0], "reason"), "no quotation");
}

#[test]
fn german_and_ukrainian_quotations_have_speakers() {
    let found =
        quotes("de", "»Das Geld reicht nicht«, erklärte Finanzminister Otto Lang. Der Rat tagt morgen.");
    assert_eq!(text(&found[0], "speaker"), "Otto Lang");
    let found = quotes("uk", "«Ми будуємо школу», — сказала Олена Бондар. Рада засідає завтра.");
    assert_eq!(text(&found[0], "speaker"), "Олена Бондар");
}
