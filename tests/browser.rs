//! The report in a real browser: headless Chromium draws it, clicks in it, and its console stays silent.
//!
//! Needs `chromium` on the PATH: `cargo test --features browser --test browser`.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{articles, throughline};
use tempfile::{TempDir, tempdir};

/// A report of `input`.
fn report(input: &Path) -> (TempDir, String) {
    let folder = tempdir().unwrap();
    let out = folder.path().join("run");
    let run = throughline().arg("run").arg(input).arg("--out").arg(&out).output().unwrap();
    assert!(run.status.success(), "{}", common::said(&run));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    (folder, page)
}

/// What the page looks like after `script` has run in it: its document, and what its console said.
fn after(folder: &TempDir, page: &str, route: &str, script: &str) -> String {
    let file = folder.path().join("page.html");
    fs::write(&file, page.replace("</body>", &format!("<script>{script}</script></body>"))).unwrap();
    let profile = tempdir().unwrap();
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args([
            "--enable-logging=stderr",
            "--virtual-time-budget=4000",
            "--window-size=1200,900",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}#/{route}", file.display()))
        .output()
        .expect("chromium is on the PATH");
    let said = String::from_utf8_lossy(&output.stderr);
    let console: Vec<&str> = said.lines().filter(|line| line.contains(":CONSOLE")).collect();
    assert!(console.is_empty(), "the console is not silent: {console:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The part of the document that the views fill.
fn shown(document: &str) -> &str {
    let start = document.find("<main").expect("main");
    &document[start..document.find("</main>").expect("main ends")]
}

#[test]
fn every_view_draws_without_a_word_on_the_console() {
    let (folder, page) = report(&articles());
    assert!(page.len() < 5_000_000);
    for (route, words) in [
        ("overview", "What these articles say"),
        ("map", "Map of all statements"),
        ("themes", "Themes"),
        ("themes/0", "Statements that stand for it"),
        ("narratives", "Claims that at least two articles make"),
        ("narratives/0", "Side by side"),
        ("stories", "Stories"),
        ("stories/0/1", "Two articles side by side"),
        ("quotes", "Who says what"),
        ("articles", "Articles"),
        ("articles/0/0", "id=\"here\""),
        ("search/gate", "statement"),
        ("nowhere", "What these articles say"),
    ] {
        let document = after(&folder, &page, route, "");
        assert!(shown(&document).contains(words), "{route}");
    }
}

#[test]
fn the_map_draws_and_its_search_finds() {
    let (folder, page) = report(&articles());
    let search = "setTimeout(() => { const s = document.getElementById('map-search'); s.value = 'gate'; \
                  s.dispatchEvent(new Event('input')); }, 500);";
    let document = after(&folder, &page, "map", search);
    let main = shown(&document);
    let drawn = main.split("data-drawn=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(drawn.parse::<usize>().unwrap() > 100, "{drawn} statements drawn");
    assert!(main.contains("found"), "the count says what was found");
    assert!(main.matches("<blockquote>").count() > 3, "what was found is listed");
}

#[test]
fn a_click_on_a_narrative_opens_it() {
    let (folder, page) = report(&articles());
    let click = "setTimeout(() => document.querySelector('#narratives a').click(), 300);";
    assert!(shown(&after(&folder, &page, "narratives", click)).contains("Side by side"));
    let type_and_send = "setTimeout(() => { document.getElementById('search').value = 'dam'; \
                         document.getElementById('search-form').requestSubmit(); }, 300);";
    assert!(shown(&after(&folder, &page, "overview", type_and_send)).contains("id=\"hits\""));
}

#[test]
fn an_article_full_of_scripts_does_no_harm() {
    let folder = tempdir().unwrap();
    let hostile = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> said the \
                   minister on Monday. <!-- He added that <b>nothing</b> would change. \u{202e}\u{0}\u{feff} Broken \u{fffd} text.";
    let row = |id: &str| serde_json::json!({"id": id, "title": format!("<svg onload=alert(1)> {id}"), "source": "</style>", "text": hostile});
    let input = folder.path().join("hostile.jsonl");
    fs::write(&input, format!("{}\n{}\n", row("a"), row("b</script>"))).unwrap();
    let (folder, page) = report(&input);
    for route in
        ["overview", "narratives", "narratives/0", "articles", "articles/0", "stories", "themes/0", "map"]
    {
        let document = after(&folder, &page, route, "");
        assert!(
            document.contains("<title>Throughline report</title>"),
            "{route}: a script of an article ran"
        );
        assert!(!shown(&document).contains("<img"), "{route}");
    }
}
