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
        &super::common::LISTS,
        &super::units::LISTS,
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
        "endings" => vec![format!("{} {}", row.field(0), row.field(1))],
        "opposites" => row.words(2).map(str::to_owned).collect(),
        "months" | "weekdays" | "units" | "currencies" | "unit-powers" => {
            row.words(1).map(str::to_owned).collect()
        }
        "unit-phrases" | "unit-rates" => {
            let second = || row.words(2);
            row.words(1).flat_map(|first| second().map(move |second| format!("{first} {second}"))).collect()
        }
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

/// Lists that hold no words to look up, or words of other lists.
const UNFOLDED: [&str; 6] = ["settings", "countries", "endings", "opposites", "unit-rates", "citations"];

/// Lists whose words stand in the second field.
const SECOND: [&str; 6] = ["months", "weekdays", "units", "currencies", "unit-phrases", "unit-powers"];

#[test]
fn words_are_written_as_they_are_looked_up() {
    let mut wrong = Vec::new();
    for source in SOURCES.iter().filter(|source| source.tag != UNDETERMINED) {
        for (list, _) in source.files.iter().filter(|(list, _)| !UNFOLDED.contains(list)) {
            for row in source.rows(list) {
                let words = row.field(usize::from(SECOND.contains(list)));
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

/// Lists of which a word may stand in one only, each with the field that holds its words: such a word would be
/// two things, and which of them would be left to chance.
const APART: [&[(&str, usize)]; 6] = [
    // A part in a number or a date.
    &[("months", 1), ("weekdays", 1), ("numbers", 0), ("units", 1), ("currencies", 1)],
    // A name, or none.
    &[("given-names", 0), ("common-nouns", 0)],
    &[("given-names", 0), ("company-forms", 0)],
    // Content, or none.
    &[("stop-words", 0), ("weak-words", 0)],
    // A verb, or a word beside one.
    &[("verbs-of-saying", 0), ("nouns-of-saying", 0)],
    // What ends a line that goes on, or what is a sentence by itself.
    &[("unfinished-lines", 0), ("interjections", 0)],
];

/// Uses and classes of which a word has one only.
const EITHER: [(&str, &[&str]); 7] = [
    ("titles", &["man", "woman"]),
    ("function-words", &["he", "she"]),
    ("date-words", &["am", "pm"]),
    ("date-words", &["year", "leading-year"]),
    ("negations", &["denies", "taken-back"]),
    ("negations", &["next", "clause"]),
    ("number-links", &["and", "article", "of"]),
];

#[test]
fn no_two_lists_contradict_each_other() {
    let mut wrong = Vec::new();
    for source in SOURCES {
        for lists in APART {
            let mut known: BTreeMap<&str, &str> = BTreeMap::new();
            for (list, field) in lists {
                for row in source.rows(list) {
                    for word in row.words(*field) {
                        let first = *known.entry(word).or_insert(list);
                        if first != *list {
                            let at = format!("languages/{}/{list}.txt:{}", source.tag, row.line);
                            wrong.push(format!("{at}: {word:?} stands in {first}.txt too"));
                        }
                    }
                }
            }
        }
        for (list, uses) in EITHER {
            for row in source.rows(list) {
                if uses.iter().filter(|name| row.has(1, name)).count() > 1 {
                    let at = format!("languages/{}/{list}.txt:{}", source.tag, row.line);
                    wrong.push(format!("{at}: {:?} is one of {}", row.field(0), uses.join(", ")));
                }
            }
        }
        let lemmas: Vec<&str> = source.rows("verbs-of-saying").map(|row| row.field(0)).collect();
        for row in source.rows("irregular-verbs").filter(|row| !lemmas.contains(&row.field(1))) {
            let at = format!("languages/{}/irregular-verbs.txt:{}", source.tag, row.line);
            wrong.push(format!("{at}: {:?} is in no list of verbs of saying", row.field(1)));
        }
    }
    nothing(&wrong);
}

/// Endings of names and words of which only one can be told.
const ENDINGS_APART: [[&str; 2]; 4] = [
    ["surname-man", "surname-woman"],
    ["patronymic-man", "patronymic-woman"],
    ["label", "no-label"],
    ["plural", "singular"],
];

#[test]
fn no_ending_tells_two_things() {
    let mut wrong = Vec::new();
    for source in SOURCES {
        for [one, other] in ENDINGS_APART {
            let of = |class| source.rows("endings").filter(move |row| row.field(1) == class);
            for row in of(other).filter(|row| of(one).any(|first| first.field(0) == row.field(0))) {
                let at = format!("languages/{}/endings.txt:{}", source.tag, row.line);
                wrong.push(format!("{at}: {:?} is {one} too", row.field(0)));
            }
        }
    }
    nothing(&wrong);
}

/// Lists that are read of all languages together: a word of two languages must be the same in both.
const TOGETHER: [&str; 6] = [
    "boilerplate-lines",
    "boilerplate-openings",
    "boilerplate-endings",
    "boilerplate-subjects",
    "sharing",
    "agencies",
];

#[test]
fn languages_agree_on_words_of_pages() {
    let mut wrong = Vec::new();
    for list in TOGETHER {
        let mut known: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        for source in SOURCES {
            for row in source.rows(list) {
                let (meaning, tag) = *known.entry(row.field(0)).or_insert((row.field(1), source.tag));
                if meaning != row.field(1) {
                    let at = format!("languages/{}/{list}.txt:{}", source.tag, row.line);
                    wrong.push(format!("{at}: {:?} is {meaning} in {tag}", row.field(0)));
                }
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
            let wanted = Some(sample[1..].join("\t")).filter(|wanted| wanted != "-\t-");
            if said != Vec::from_iter(wanted) {
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
    assert!(super::own("nl").speech().cue("said").is_none());
    let general = crate::sentences::boundary::Style::of(super::own("nl"));
    assert!(general.pack.sentences().starts_sentence("the"));
    assert!(super::is_supported("de-AT") && super::is_supported("deu") && !super::is_supported("und"));
}
