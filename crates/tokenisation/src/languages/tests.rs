//! One battery for all languages: every list parses, holds nothing twice and contradicts nothing.

use std::collections::BTreeMap;

use super::source::{Row, SOURCES, Wrong};

/// Reads an entry and says what is wrong with it.
pub(super) type Check = fn(&Row) -> Result<(), Wrong>;

/// Every list with what reads an entry of it.
fn known() -> BTreeMap<&'static str, Check> {
    let settings: (&str, Check) = ("settings", |row| super::Settings::default().take(row));
    let parts = [
        &super::sentences::LISTS[..],
        &super::speech::LISTS,
        &super::names::LISTS,
        &super::meaning::LISTS,
        &super::page::LISTS,
    ];
    parts.into_iter().flatten().copied().chain([settings]).collect()
}

#[test]
fn every_list_parses() {
    let known = known();
    let mut wrong = Vec::new();
    for source in SOURCES {
        for (list, _) in source.files {
            let Some(check) = known.get(list) else {
                wrong.push(format!("languages/{}/{list}.txt: no list is called so", source.tag));
                continue;
            };
            for row in source.rows(list) {
                if let Err(error) = check(&row) {
                    wrong.push(format!("languages/{}/{list}.txt:{}: {error}", source.tag, row.line));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
