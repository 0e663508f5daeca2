//! Pages of many layouts, made up for this purpose: what is read from each, and what is known for furniture.
//!
//! `tests/pages/answers.json` says what a careful reader finds on each page. What the program makes of it is
//! compared with `docs/furniture.md`; `just refresh-docs` writes it again.

use std::fmt::Write as _;
use std::fs;
use std::sync::OnceLock;

use serde_json::Value;

use crate::common::{self, rows, text, throughline, top};
use crate::docs::same_or_refreshed;

/// What the program found on the pages.
struct Found {
    answers: Vec<Value>,
    articles: Vec<Value>,
    statements: Vec<Value>,
    furniture: Vec<Value>,
}

fn found() -> &'static Found {
    static FOUND: OnceLock<Found> = OnceLock::new();
    FOUND.get_or_init(|| {
        let pages = top().join("tests/pages");
        let answers: Vec<Value> =
            serde_json::from_str(&fs::read_to_string(pages.join("answers.json")).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("run");
        let inputs = answers.iter().map(|answer| pages.join(text(answer, "page")));
        let run = throughline().arg("run").args(inputs).arg("--out").arg(&out).output().unwrap();
        assert!(run.status.success(), "{}", common::said(&run));
        let table = |name: &str| rows(["export", out.to_str().unwrap(), name]);
        Found {
            answers,
            articles: table("articles"),
            statements: table("statements"),
            furniture: table("furniture"),
        }
    })
}

impl Found {
    fn article(&self, answer: &Value) -> &Value {
        let page = text(answer, "page");
        self.articles.iter().find(|row| text(row, "file").ends_with(page)).unwrap()
    }

    /// Rows of a table that overlap a snippet of the article; none where the article has no such snippet.
    fn at<'t>(&self, table: &'t [Value], article: &Value, snippet: &str) -> Option<Vec<&'t Value>> {
        let start = text(article, "text").find(snippet)? as u64;
        let end = start + snippet.len() as u64;
        let overlaps = |row: &&Value| {
            row["article_id"] == article["article_id"]
                && row["byte_start"].as_u64().unwrap() < end
                && row["byte_end"].as_u64().unwrap() > start
        };
        Some(table.iter().filter(overlaps).collect())
    }

    /// What became of a piece of furniture.
    fn fate(&self, answer: &Value, kind: &str, snippet: &str) -> Fate {
        let article = self.article(answer);
        let Some(statements) = self.at(&self.statements, article, snippet) else { return Fate::LeftOut };
        let known = self.at(&self.furniture, article, snippet).unwrap();
        match known.first().filter(|_| statements.is_empty()) {
            Some(row) if text(row, "kind") == kind => Fate::Recognised,
            Some(row) => Fate::As(text(row, "kind").to_owned()),
            None => Fate::Missed,
        }
    }
}

/// What became of a piece of furniture.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// It never came into the article's text.
    LeftOut,
    /// It is in the text, as furniture of its kind.
    Recognised,
    /// It is in the text, as furniture of another kind.
    As(String),
    /// It is taken for a statement.
    Missed,
}

/// What a page may say of its article.
const FIELDS: [&str; 6] = ["title", "author", "published", "source", "lang", "wire"];

/// Whether the answers say that the program does not read this field yet.
fn not_read(answer: &Value, field: &str) -> bool {
    answer["not_read"].as_array().is_some_and(|fields| fields.iter().any(|f| f == field))
}

fn pieces(answer: &Value) -> impl Iterator<Item = (&str, &str)> {
    answer["furniture"].as_array().unwrap().iter().map(|p| (p[0].as_str().unwrap(), p[1].as_str().unwrap()))
}

#[test]
fn what_a_page_says_of_its_article_is_read() {
    let found = found();
    assert!(found.answers.len() >= 10);
    for answer in &found.answers {
        let article = found.article(answer);
        for field in FIELDS {
            let read = &article[field];
            assert_eq!(
                *read == answer[field],
                !not_read(answer, field),
                "{field} of {}: {read}",
                answer["page"]
            );
        }
    }
}

#[test]
fn what_the_article_says_is_kept() {
    let found = found();
    for answer in &found.answers {
        let article = found.article(answer);
        for snippet in answer["says"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()) {
            let statements = found.at(&found.statements, article, snippet);
            assert!(
                statements.is_some_and(|s| !s.is_empty()),
                "{}: {snippet:?} is no statement of {:?}",
                answer["page"],
                text(article, "text")
            );
        }
    }
}

#[test]
fn the_page_on_furniture_tells_what_is_recognised() {
    let found = found();
    let mut page = String::from(
        "# What is known for furniture\n\n\
         Pages of twelve layouts, of our own making (`tests/pages/`), as the program reads them. A piece of\n\
         furniture is *left out* if the reader view keeps it out of the article's text, *recognised* if it is in the\n\
         text as furniture, and *missed* if it is taken for a statement. A test makes this page and compares it.\n\n",
    );
    let mut tables = String::new();
    let (mut left_out, mut recognised, mut missed) = (0, 0, 0);
    for answer in &found.answers {
        writeln!(tables, "## {}: {}\n", text(answer, "page"), text(answer, "layout")).unwrap();
        let read: Vec<&str> =
            FIELDS.into_iter().filter(|f| !answer[f].is_null() && !not_read(answer, f)).collect();
        let unread: Vec<&str> = FIELDS.into_iter().filter(|f| not_read(answer, f)).collect();
        writeln!(
            tables,
            "Read: {}.{}\n",
            read.join(", "),
            unread.iter().map(|f| format!(" **Missed**: {f}.")).collect::<String>()
        )
        .unwrap();
        tables.push_str("| kind | text on the page | what became of it |\n|---|---|---|\n");
        for (kind, snippet) in pieces(answer) {
            let fate = match found.fate(answer, kind, snippet) {
                Fate::LeftOut => {
                    left_out += 1;
                    "left out".to_owned()
                }
                Fate::Recognised => {
                    recognised += 1;
                    "recognised".to_owned()
                }
                Fate::As(other) => {
                    recognised += 1;
                    format!("recognised, as `{other}`")
                }
                Fate::Missed => {
                    missed += 1;
                    "**missed**".to_owned()
                }
            };
            writeln!(tables, "| `{kind}` | {} | {fate} |", snippet.replace('|', "\\|")).unwrap();
        }
        tables.push('\n');
    }
    writeln!(
        page,
        "Of {} pieces, {left_out} were left out, {recognised} recognised, {missed} missed.\n",
        left_out + recognised + missed
    )
    .unwrap();
    page.push_str(tables.trim_end());
    page.push('\n');
    same_or_refreshed("docs/furniture.md", &page);
    assert!(missed <= MISSED, "{missed} pieces of furniture are taken for statements");
}

/// Pieces of furniture that are taken for statements today.
const MISSED: usize = 3;
