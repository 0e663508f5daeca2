//! Outlets, times and columns of tables as people have them, through the whole program.

use std::fs;

use tempfile::tempdir;

use crate::common::{rows, said, throughline};

const TEXT: &str = "The bridge over the Velm opened on Monday.";

#[test]
fn a_run_counts_with_outlets_and_times_whatever_their_form() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("a.csv");
    let table = format!(
        "Datum,date,headline,body,link\n\
         1,2017/2/9,Late,{TEXT},https://www.late.example/1\n\
         2,2017/2/7,Early,{TEXT},https://news.early.example/1\n\
         3,\"February 8, 2017 7:30 AM EST\",Between,{TEXT},http://between.co.uk\n\
         4,2017-02,Sometime,{TEXT},\n"
    );
    fs::write(&file, table).unwrap();
    let out = folder.path().join("run");
    let output = throughline().arg("run").arg(&file).arg("--out").arg(&out).output().unwrap();
    let message = said(&output);
    assert!(output.status.success(), "{message}");
    for words in
        ["the column `body` is read as `text`", "--column text=NAME", "`date` is read as `published`"]
    {
        assert!(message.contains(words), "'{words}' is missing: {message}");
    }
    let export = |table: &str| rows(["export".as_ref(), out.as_os_str(), table.as_ref()]);
    let mut articles: Vec<[String; 4]> = export("articles")
        .iter()
        .map(|row| {
            ["source", "source_from", "published_at", "published_precision"]
                .map(|column| row[column].as_str().unwrap_or("-").to_owned())
        })
        .collect();
    articles.sort();
    assert_eq!(
        articles,
        [
            ["-", "-", "2017-02", "month"],
            ["between.co.uk", "url", "2017-02-08T12:30:00Z", "second"],
            ["early.example", "url", "2017-02-07", "day"],
            ["late.example", "url", "2017-02-09", "day"],
        ]
    );
    let narrative = &export("narratives")[0];
    assert_eq!(narrative["first_seen"], "2017-02-07");
    // The article of some day in February may have come before.
    assert!(narrative["first_source"].is_null());
    assert_eq!(narrative["last_seen"], "2017-02-09");
    // A run is input to the next, and says then what it said before.
    let again = folder.path().join("again");
    assert!(throughline().arg("run").arg(&out).arg("--out").arg(&again).output().unwrap().status.success());
    let second = rows(["export".as_ref(), again.as_os_str(), "articles".as_ref()]);
    assert_eq!(second, export("articles"));
}

#[test]
fn columns_are_named_on_the_command_line_and_in_the_configuration() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let lines: String = (1..=6)
        .map(|i| {
            let paper = ["Bote", "Herald"][i % 2];
            format!("{{\"id\": {i}, \"said\": \"{TEXT}\", \"w\": \"{paper}\", \"d\": \"0{i}/04/2026\"}}\n")
        })
        .collect();
    fs::write(path("a.jsonl"), lines).unwrap();
    let columns = ["--column", "text=said", "--column", "source=w", "--column", "published=d"];
    let typed = throughline()
        .arg("run")
        .arg(path("a.jsonl"))
        .args(columns)
        .args(["--date-format", "%d/%m/%Y"])
        .arg("--out")
        .arg(path("typed"))
        .output()
        .unwrap();
    assert!(typed.status.success(), "{}", said(&typed));
    let narrative = &rows(["export".as_ref(), path("typed").as_os_str(), "narratives".as_ref()])[0];
    assert_eq!(
        (narrative["sources"].to_string(), &narrative["last_seen"]),
        ("[\"Bote\",\"Herald\"]".to_owned(), &"2026-04-06".into())
    );

    fs::write(path("c.toml"), "column = ['text=said', 'source=w']\n").unwrap();
    let configured = throughline()
        .arg("narratives")
        .arg(path("a.jsonl"))
        .arg("--config")
        .arg(path("c.toml"))
        .output()
        .unwrap();
    assert!(configured.status.success());
    assert!(said(&configured).contains("no article gives its `published`, and the column `d` has the look of it; --column 'published=d' takes it"), "{}", said(&configured));

    let missing = throughline().arg("statements").arg(path("a.jsonl")).output().unwrap();
    assert!(
        said(&missing).contains("there are: said, w, d") && said(&missing).contains("--column text=NAME"),
        "{}",
        said(&missing)
    );
    let wrong = throughline()
        .arg("statements")
        .arg(path("a.jsonl"))
        .args(["--column", "text=said", "--column", "source=x"])
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).contains("no row has the column `x`"), "{}", said(&wrong));
    for wrong in [
        ["--column", "text"],
        ["--column", "body=text"],
        ["--date-format", "day"],
        ["--file-names", "source"],
    ] {
        let output = throughline().arg("statements").arg(path("a.jsonl")).args(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", said(&output));
    }
}

#[test]
fn folders_and_file_names_say_who_and_when() {
    let folder = tempdir().unwrap();
    for (name, text) in
        [("Post/2026-03-04 The bridge is open.txt", TEXT), ("Herald/2026-03-05 Open at last.txt", TEXT)]
    {
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let out = folder.path().join("run");
    let output = throughline()
        .args(["run", "--file-names", "{source}/{published} {title}"])
        .arg(folder.path().join("in"))
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let narrative = &rows(["export".as_ref(), out.as_os_str(), "narratives".as_ref()])[0];
    assert_eq!(
        (&narrative["first_source"], &narrative["first_seen"]),
        (&"Post".into(), &"2026-03-04".into())
    );
    let articles = rows(["export".as_ref(), out.as_os_str(), "articles".as_ref()]);
    assert!(
        articles.iter().all(|article| article["source_from"] == "file_name" && article["title"].is_string())
    );
}
