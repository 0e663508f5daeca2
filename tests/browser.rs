//! The report in a real browser: headless Chromium draws it, types, clicks and drags in it, and its console stays silent.
//!
//! Needs `chromium` on the PATH: `cargo test --features throughline/browser --test program -- browser::`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::common::chromium::Chromium;
use crate::common::{self, articles, rows, throughline};

/// A run of `input` with its report: the folder that holds it, the run, the page.
fn report(input: &Path) -> (TempDir, PathBuf, PathBuf) {
    let folder = tempdir().unwrap();
    let out = folder.path().join("run");
    let run = throughline().arg("run").arg(input).arg("--out").arg(&out).output().unwrap();
    assert!(run.status.success(), "{}", common::said(&run));
    let page = out.join("report.html");
    (folder, out, page)
}

/// Every kind of view, with words that it shows.
const VIEWS: [(&str, &str); 18] = [
    ("overview", "Narratives by spread"),
    ("map", "Map of all statements"),
    ("map/theme/0", "of the theme"),
    ("map/narrative/0", "of the narrative"),
    ("themes", "Over time"),
    ("themes/0", "Statements that stand for it"),
    ("narratives", "Claims that at least two articles make"),
    ("narratives/0", "Side by side"),
    ("outlets", "Who follows whom"),
    ("stories", "Articles on one event"),
    ("stories/0", "Pairs"),
    ("stories/pair/0/1", "Two articles side by side"),
    ("quotes", "Who says what"),
    ("quotes/0", "In their words"),
    ("articles", "Order"),
    ("articles/0/0", "What is known"),
    ("search/gate", "Found with “gate”"),
    ("nowhere/%E0%A4%A", "Narratives by spread"),
];

#[test]
fn every_view_draws_in_silence_on_every_screen() {
    let (_folder, _, page) = report(&articles());
    assert!(fs::metadata(&page).unwrap().len() < 5_000_000);
    let mut browser = Chromium::start();
    for (width, height, media, scheme) in
        [(1280, 900, "screen", "light"), (360, 740, "screen", "dark"), (800, 1100, "print", "dark")]
    {
        browser.screen(width, height);
        browser.media(media, scheme);
        for (route, words) in VIEWS {
            browser.open(&page, route);
            let shown = browser.evaluate("document.getElementById('main').textContent + document.title");
            let there = shown.as_str().unwrap();
            let said = words == "What is known" && there.contains("Statement 1") || there.contains(words);
            assert!(said, "{route}: {there}");
            let wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
            assert_eq!(browser.evaluate(wider), 0, "{route} scrolls sideways at {width}");
            browser.silent(route);
        }
    }
}

#[test]
fn its_numbers_are_those_of_the_tables() {
    let (_folder, run, page) = report(&articles());
    let table = |name: &str| rows(["export", run.to_str().unwrap(), name]);
    let mut browser = Chromium::start();
    browser.open(&page, "overview");
    let real = |name: &str, key: &str| table(name).iter().filter(|row| !row[key].is_null()).count();
    for (name, count) in [
        ("articles", table("articles").len()),
        ("statements", real("statements", "statement_id")),
        ("quotations", real("quotes", "quote_id")),
        ("narratives", table("narratives").len()),
        ("themes", table("themes").iter().filter(|theme| theme["parent_id"].is_null()).count()),
    ] {
        let figure = format!(
            "[...document.querySelectorAll('.figures dt')].find(e => e.textContent === '{name}').nextSibling.firstChild.data"
        );
        assert_eq!(browser.evaluate(&figure), json!(count.to_string()), "{name}");
    }
    for (at, narrative) in table("narratives").iter().enumerate().take(5) {
        browser.open(&page, &format!("narratives/{at}"));
        assert_eq!(browser.evaluate("document.querySelector('h1').textContent"), narrative["label"]);
        let members = browser.evaluate("document.querySelectorAll('#main article.statement').length");
        assert_eq!(members, narrative["statements"], "every member of narrative {at} stands side by side");
    }
}

#[test]
fn the_map_draws_finds_selects_and_goes_by_keyboard() {
    let (_folder, _, page) = report(&articles());
    let mut browser = Chromium::start();
    browser.screen(1280, 900);
    browser.open(&page, "map");
    browser.until("document.getElementById('map').dataset.drawn");
    let coloured = "(() => { const c = document.getElementById('map'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; \
                    const seen = new Set(); let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i + 3]) { n++; seen.add(d[i] + ' ' + d[i + 1] + ' ' + d[i + 2]); } return [n, seen.size]; })()";
    let drawn = browser.evaluate(coloured);
    assert!(drawn[0].as_u64() > Some(2_000) && drawn[1].as_u64() > Some(5), "pixels, colours: {drawn}");
    assert_eq!(
        browser.evaluate("document.getElementById('map').dataset.drawn === String(statements.length)"),
        true
    );

    // The search.
    browser.click("#map-search");
    browser.call("Input.insertText", json!({"text": "gate"}));
    browser.until("document.getElementById('map-count').textContent.includes('found with “gate”')");
    let found = browser.evaluate(
        "[...document.querySelectorAll('#found blockquote')].map(e => e.textContent.toLowerCase())",
    );
    let found = found.as_array().unwrap();
    assert!(found.len() > 3 && found.iter().all(|text| text.as_str().unwrap().contains("gate")));

    // A rectangle drawn with Shift selects what it encloses; all of the canvas encloses all.
    let corner = browser.evaluate("(() => { document.getElementById('map').scrollIntoView(); const b = document.getElementById('map').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; })()");
    let [x, y, wide, high] = [0, 1, 2, 3].map(|at| corner[at].as_f64().unwrap());
    browser
        .drag(&[(x + 9.0, y + 9.0), (x + wide / 2.0, y + high / 2.0), (x + wide - 9.0, y + high - 9.0)], 8);
    browser.until("mapState.picked.length === statements.length");

    // A drag without Shift moves the map, a button zooms it.
    browser.evaluate("mapState.zoom = 1; mapState.x = 0");
    browser.drag(&[(x + 200.0, y + 200.0), (x + 260.0, y + 200.0)], 0);
    browser.until("mapState.x < 0");
    browser.click("[aria-label='Zoom in']");
    browser.until("mapState.zoom > 1");

    // Two fingers that part zoom too; one that taps a statement tells it.
    browser.evaluate("Object.assign(mapState, {x: 0, y: 0, zoom: 1, at: null, picked: []})");
    browser.touch("touchStart", &[(x + 300.0, y + 300.0), (x + 340.0, y + 300.0)]);
    browser.touch("touchMove", &[(x + 240.0, y + 300.0), (x + 400.0, y + 300.0)]);
    browser.touch("touchEnd", &[]);
    browser.until("mapState.zoom > 2");
    browser.click("[aria-label='Whole map']");
    let spot = browser.evaluate(
        "(() => { const b = document.getElementById('map').getBoundingClientRect(), p = project(mapState, b.width, b.height); return [b.x + p.xs[0], b.y + p.ys[0]]; })()",
    );
    browser.until("mapState.zoom === 1");
    browser.evaluate("new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))");
    browser.touch("touchStart", &[(spot[0].as_f64().unwrap(), spot[1].as_f64().unwrap())]);
    browser.touch("touchEnd", &[]);
    browser.until("mapState.at !== null && document.querySelector('.now blockquote').textContent === textOf(mapState.at) && !document.getElementById('tip').hidden");
    browser.evaluate("mapState.at = null");

    // Colours by outlet are explained by outlets.
    browser.evaluate("(() => { const s = document.querySelector('#main select'); s.value = 'outlet'; s.dispatchEvent(new Event('change')); })()");
    browser.until("document.getElementById('legend').textContent.includes('Meridian Post')");

    // By keyboard: an arrow goes to a statement and tells it, Enter opens its article.
    browser.evaluate("document.getElementById('map').focus()");
    browser.press("ArrowRight", 0);
    browser.until(
        "mapState.at !== null && document.getElementById('spoken').textContent.includes(textOf(mapState.at))",
    );
    let first = browser.evaluate("mapState.at");
    browser.press("ArrowLeft", 0);
    browser.until(&format!("mapState.at !== {first}"));
    browser.press("Enter", 0);
    browser.until("location.hash.startsWith('#/articles/') && document.getElementById('here')");
    browser.silent("map");
}

#[test]
fn a_click_does_what_it_says() {
    let (_folder, _, page) = report(&articles());
    let mut browser = Chromium::start();
    browser.screen(1280, 900);
    browser.open(&page, "narratives");
    let label = browser.evaluate("document.querySelector('#narratives a').textContent");
    browser.click("#narratives a");
    browser.until("document.querySelector('.beside-base')");
    assert_eq!(browser.evaluate("document.querySelector('h1').textContent"), label);
    // Another telling can be the one that the others are compared with.
    let other = browser.evaluate("document.querySelector('.rows blockquote').textContent");
    browser.click(".rows .quiet");
    browser.until(&format!("document.querySelector('.held blockquote').textContent === {other}"));

    // A statement leads to its place in the article.
    browser.click(".held a[href*='articles/']");
    browser.until("document.querySelector('.text .here')");
    assert_eq!(browser.evaluate("document.querySelector('.text .here').textContent"), other);

    // A joined statement leads to the other side.
    let reprint = browser.evaluate("(() => { const p = pairs.find(p => p.relation === 'reprint'); return 'stories/pair/' + p.a + '/' + p.b; })()");
    browser.open(&page, reprint.as_str().unwrap());
    assert!(browser.evaluate("document.querySelectorAll('mark.same').length").as_u64() > Some(4));
    browser.click("#a-2 .join");
    browser.until("document.activeElement.closest('#b-2')");
    assert!(browser.evaluate("document.querySelectorAll('.lit').length").as_u64() >= Some(2));

    browser.evaluate("document.getElementById('search').focus()");
    browser.call("Input.insertText", json!({"text": "dam"}));
    browser.press("Enter", 0);
    browser.until("document.getElementById('hits')");
    browser.silent("clicks");
}

#[test]
fn the_keyboard_reaches_every_view_and_shows_where_it_is() {
    let (_folder, _, page) = report(&articles());
    let mut browser = Chromium::start();
    browser.screen(1280, 900);
    browser.open(&page, "overview");
    let views = ["Overview", "Map", "Themes", "Narratives", "Stories", "Quotes", "Outlets", "Articles"];
    browser.press("Tab", 0);
    assert_eq!(browser.evaluate("document.activeElement.textContent"), "Skip to the content");
    browser.press("Tab", 0);
    for view in views {
        browser.press("Tab", 0);
        assert_eq!(browser.evaluate("document.activeElement.textContent"), view);
        assert_eq!(
            browser.evaluate("getComputedStyle(document.activeElement).outlineStyle"),
            "solid",
            "{view}"
        );
    }
    // Back to the narratives, and in.
    (0..4).for_each(|_| browser.press("Tab", 8));
    browser.press("Enter", 0);
    browser.until("document.querySelector('#nav [aria-current]').textContent === 'Narratives'");
    assert_eq!(browser.evaluate("document.activeElement.id"), "main");
    // Every control and link of every view has a name and can have the focus.
    for (route, _) in VIEWS {
        browser.open(&page, route);
        let nameless = "[...document.querySelectorAll('a, button, input, select, canvas[tabindex]')].filter(e => e.tabIndex < 0 || \
                        !(e.ariaLabel || e.textContent.trim() || (e.labels && e.labels.length))).map(e => e.outerHTML)";
        assert_eq!(browser.evaluate(nameless), json!([]), "{route}");
    }
}

#[test]
fn an_article_full_of_scripts_and_odd_letters_does_no_harm() {
    let folder = tempdir().unwrap();
    let hostile = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> said the \
                   minister on Monday. <!-- He added that <b>nothing</b> would change. \u{202e}\u{0}\u{feff} Broken \u{fffd} text\u{2028}here.\n\n\
                   😀 The 𝔘nicode dam holds 40 million crowns of water, the mayor said. قال الوزير إن السد آمن ولن يفيض. \
                   e\u{301}\u{301}\u{301} \u{d7ff}\u{e000}\u{ffff}\u{10ffff} was all that was left on Tuesday.";
    let row = |id: &str| json!({"id": id, "title": format!("<svg onload=alert(1)> {id} \u{202e}"), "source": format!("</style>{}", "x".repeat(90)), "text": hostile, "published": "2026-03-04"});
    let input = folder.path().join("hostile.jsonl");
    // A lone half of a surrogate pair is no text; the row is told of, not shown.
    let broken = r#"{"id": "c", "text": "A lone \ud800 surrogate."}"#;
    fs::write(&input, format!("{}\n{}\n{broken}\n", row("a"), row("b</script>"))).unwrap();
    let (_folder, run, page) = report(&input);
    let statements = rows(["export", run.to_str().unwrap(), "statements"]);
    let mut browser = Chromium::start();
    for (route, _) in VIEWS {
        browser.open(&page, route);
        let title = browser.evaluate("document.title");
        assert!(
            title.as_str().unwrap().ends_with("Throughline report"),
            "{route}: a script of an article ran"
        );
        assert_eq!(
            browser
                .evaluate("document.querySelectorAll('main img, main script, main svg, main b > b').length"),
            0,
            "{route}"
        );
        browser.silent(route);
    }
    // Nor do words without end push a phone's page aside.
    browser.screen(360, 740);
    for (route, _) in VIEWS {
        browser.open(&page, route);
        let wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.evaluate(wider), 0, "{route} scrolls sideways");
    }
    // Each statement is cut out of its article to the letter.
    let texts: Vec<Value> =
        statements.iter().map(|row| row["text"].clone()).filter(|text| !text.is_null()).collect();
    assert_eq!(browser.evaluate("statements.map(s => textOf(s.at))"), json!(texts));
    assert!(texts.iter().any(|text| text.as_str().unwrap().contains("آمن")));
}

#[test]
fn paper_is_white_and_without_buttons() {
    let (_folder, _, page) = report(&articles());
    let mut browser = Chromium::start();
    browser.media("print", "dark");
    browser.open(&page, "narratives/0");
    let hidden = "[...document.querySelectorAll('header, button, select')].every(e => getComputedStyle(e).display === 'none' || !e.offsetParent)";
    assert_eq!(browser.evaluate(hidden), true);
    assert_eq!(browser.evaluate("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
    assert_eq!(browser.evaluate("getComputedStyle(document.body).color"), "rgb(29, 27, 25)");
    let paper = browser.call("Page.printToPDF", json!({}));
    assert!(paper["data"].as_str().unwrap().len() > 20_000);
    browser.silent("paper");
}
