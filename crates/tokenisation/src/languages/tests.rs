//! One battery for all languages: every list parses, holds nothing twice and contradicts nothing.

use std::collections::BTreeMap;

use throughline_schema::{Article, ArticleId};

use super::source::{Row, SOURCES, Wrong};
use crate::text::language::UNDETERMINED;

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

/// The entries of a file of `languages/<tag>/tests/`, in fields; none where there is no such file.
fn samples(tag: &str, file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/languages/{tag}/tests/{file}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn article(text: &str, lang: &str) -> Article {
    Article {
        id: ArticleId::from("a"),
        text: text.to_owned(),
        lang: Some(lang.to_owned()),
        ..Article::default()
    }
}

/// Fails with everything that is wrong, a line each.
fn nothing(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_list_parses() {
    let known = known();
    let mut wrong = Vec::new();
    for source in SOURCES {
        for (list, text) in source.files {
            let file = format!("languages/{}/{list}.txt", source.tag);
            if !text.lines().take_while(|line| line.starts_with('#')).any(|line| line.contains("Licence:")) {
                wrong.push(format!("{file}:1: the head does not name source and licence"));
            }
            let Some(check) = known.get(list) else {
                wrong.push(format!("{file}: no list is called so"));
                continue;
            };
            for row in source.rows(list) {
                if let Err(error) = check(&row) {
                    wrong.push(format!("{file}:{}: {error}", row.line));
                }
            }
        }
    }
    nothing(&wrong);
}

/// What makes an entry one of a kind: its word, or where a word may stand twice, all of it that may not.
fn key(list: &str, row: &Row) -> Vec<String> {
    match list {
        "endings" | "opposites" => vec![format!("{} {}", row.field(0), row.field(1))],
        "months" | "weekdays" | "units" | "currencies" => row.words(1).map(str::to_owned).collect(),
        _ => vec![row.field(0).to_owned()],
    }
}

#[test]
fn no_list_holds_a_word_twice() {
    let mut wrong = Vec::new();
    for source in SOURCES {
        for (list, _) in source.files {
            let mut lines: BTreeMap<String, usize> = BTreeMap::new();
            for row in source.rows(list) {
                for key in key(list, &row) {
                    if let Some(first) = lines.insert(key.clone(), row.line) {
                        wrong.push(format!(
                            "languages/{}/{list}.txt:{}: {key:?} stands in line {first} too",
                            source.tag, row.line
                        ));
                    }
                }
            }
        }
    }
    nothing(&wrong);
}

#[test]
fn words_are_written_as_they_are_looked_up() {
    let mut wrong = Vec::new();
    for source in SOURCES.iter().filter(|source| source.tag != UNDETERMINED) {
        for (list, _) in
            source.files.iter().filter(|(list, _)| !matches!(*list, "settings" | "opposites" | "endings"))
        {
            for row in source.rows(list) {
                let words = if matches!(*list, "months" | "weekdays" | "units" | "currencies") {
                    row.field(1)
                } else {
                    row.field(0)
                };
                let fold = crate::text::fold::fold(words);
                if words != fold {
                    wrong.push(format!(
                        "languages/{}/{list}.txt:{}: {words:?} is looked up as {fold:?}",
                        source.tag, row.line
                    ));
                }
            }
        }
    }
    nothing(&wrong);
}

#[test]
fn months_and_days_are_complete() {
    for source in SOURCES.iter().filter(|source| source.tag != UNDETERMINED) {
        for (list, last) in [("months", 12), ("weekdays", 7)] {
            let numbers: Vec<usize> = source.rows(list).filter_map(|row| row.field(0).parse().ok()).collect();
            assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "languages/{}/{list}.txt", source.tag);
        }
    }
}

#[test]
fn an_abbreviation_that_needs_more_opens_no_sentence() {
    let mut wrong = Vec::new();
    for source in SOURCES {
        let starters: Vec<&str> = source.rows("sentence-starters").map(|row| row.field(0)).collect();
        for row in source.rows("abbreviations").filter(|row| row.field(1) == "never") {
            // One letter is an abbreviation with a full stop and a word without.
            if row.field(0).chars().count() > 1 && starters.contains(&row.field(0)) {
                wrong.push(format!(
                    "languages/{}/abbreviations.txt:{}: {:?} opens sentences",
                    source.tag,
                    row.line,
                    row.field(0)
                ));
            }
        }
    }
    nothing(&wrong);
}

#[test]
fn every_language_has_what_all_need() {
    let needed = [
        "settings",
        "abbreviations",
        "sentence-starters",
        "function-words",
        "verbs-of-saying",
        "stop-words",
        "months",
        "weekdays",
    ];
    for source in SOURCES.iter().filter(|source| source.tag != UNDETERMINED) {
        for list in needed {
            assert!(
                source.rows(list).next().is_some(),
                "languages/{}/{list}.txt is missing or empty",
                source.tag
            );
        }
        for beside in &super::own(source.tag).settings.beside {
            assert!(
                super::is_supported(beside),
                "languages/{}/settings.txt: no language {beside:?}",
                source.tag
            );
        }
    }
}

#[test]
fn sample_texts_are_split_as_marked() {
    let mut wrong = Vec::new();
    for source in SOURCES {
        for sample in samples(source.tag, "sentences") {
            let sentences: Vec<&str> = sample[0].split(" ¦ ").collect();
            let text = sentences.join(" ");
            let pieces = crate::segment(&text, Some(source.tag)).pieces;
            let found: Vec<&str> = pieces.iter().map(|piece| piece.span.slice(&text)).collect();
            if found != sentences {
                wrong.push(format!("{}: {found:?}", source.tag));
            }
        }
    }
    nothing(&wrong);
}

#[test]
fn sample_quotations_have_their_words_and_speakers() {
    let mut wrong = Vec::new();
    for source in SOURCES {
        for sample in samples(source.tag, "quotations") {
            let article = article(&sample[0], source.tag);
            let found = crate::quotes::quotes(&article, &crate::read(&article));
            let said: Vec<String> = found
                .iter()
                .map(|quote| {
                    let parts: Vec<&str> =
                        quote.content.iter().map(|span| span.slice(&article.text)).collect();
                    format!("{}\t{}", parts.join(" … "), quote.speaker.as_deref().unwrap_or("-"))
                })
                .collect();
            if said != [sample[1..].join("\t")] {
                wrong.push(format!("{}: {} gives {said:?}", source.tag, sample[0]));
            }
        }
    }
    nothing(&wrong);
}

#[test]
fn sample_dates_and_stop_words_are_read() {
    let mut wrong = Vec::new();
    for source in SOURCES {
        for sample in samples(source.tag, "dates") {
            let found = crate::features::features(&sample[0], source.tag).dates.join(" ");
            if found != sample[1] {
                wrong.push(format!("{}: {} gives {found:?}", source.tag, sample[0]));
            }
        }
        for sample in samples(source.tag, "content") {
            let found = crate::features::features(&sample[0], source.tag).stems.len().to_string();
            if found != sample[1] {
                wrong.push(format!("{}: {} has {found} words of content", source.tag, sample[0]));
            }
        }
    }
    nothing(&wrong);
}

#[test]
fn a_language_without_a_pack_has_no_words() {
    assert!(super::own("fr").speech().cue("said").is_none());
    assert!(super::pack("fr").sentences().starts_sentence("the"));
    assert!(super::is_supported("de-AT") && super::is_supported("deu") && !super::is_supported("und"));
}
