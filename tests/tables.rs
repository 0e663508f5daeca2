//! The columns that others rely on, of every command, in every format.

use std::collections::BTreeSet;
use std::fs;

use tempfile::tempdir;

use crate::common::{self, articles, bytes, rows, text, throughline};

fn give(command: &[&str]) -> Vec<serde_json::Value> {
    let input = articles();
    rows(command.iter().map(|arg| arg.to_string()).chain([input.to_str().unwrap().to_owned()]))
}

fn has(rows: &[serde_json::Value], columns: &str) {
    assert!(!rows.is_empty());
    for row in rows {
        for column in columns.split_whitespace() {
            assert!(row.get(column).is_some(), "{column} is missing in {row}");
        }
    }
}

fn article_ids() -> BTreeSet<String> {
    give(&["stories"]).iter().map(|row| text(row, "article_id").to_owned()).collect()
}

#[test]
fn statements_stand_where_they_say() {
    let statements = give(&["statements"]);
    has(
        &statements,
        "article_id statement_id index paragraph kind text byte_start byte_end char_start char_end lang",
    );
    let folder = tempdir().unwrap();
    let out = folder.path().join("run");
    let run = throughline().arg("run").arg(articles()).arg("--out").arg(&out).output().unwrap();
    assert!(run.status.success());
    let articles = rows(["export", out.to_str().unwrap(), "articles"]);
    for statement in statements {
        let article = articles.iter().find(|a| a["article_id"] == statement["article_id"]).unwrap();
        let whole = text(article, "text");
        let at = |name: &str| statement[name].as_u64().unwrap() as usize;
        assert_eq!(&whole[at("byte_start")..at("byte_end")], text(&statement, "text"));
        let slice: String =
            whole.chars().skip(at("char_start")).take(at("char_end") - at("char_start")).collect();
        assert_eq!(slice, text(&statement, "text"));
        assert!(["sentence", "quote", "heading"].contains(&text(&statement, "kind")));
    }
}

#[test]
fn every_command_gives_its_columns_and_every_row() {
    let ids = article_ids();
    let of = |rows: &[serde_json::Value], column: &str| -> BTreeSet<String> {
        rows.iter().map(|row| text(row, column).to_owned()).collect()
    };
    let quotes = give(&["quotes"]);
    has(&quotes, "article_id quote_id kind content_spans cue_spans source_spans speaker statement_ids");
    assert_eq!(of(&quotes, "article_id"), ids);
    let vectors = give(&["embed"]);
    has(&vectors, "id vector tokens tokens_kept");
    assert_eq!(of(&vectors, "id"), ids);
    let length: f64 =
        vectors[0]["vector"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap().powi(2)).sum();
    assert!((length - 1.0).abs() < 1e-4, "unit length");
    let pairs = give(&["duplicates"]);
    has(&pairs, "a b lexical semantic score relation");
    assert!(pairs.iter().all(|row| row["score"].as_f64().unwrap() >= 0.5));
    let groups = give(&["duplicates", "--table", "groups"]);
    has(&groups, "id group_id representative");
    assert_eq!(of(&groups, "id"), ids);
    let stories = give(&["stories"]);
    has(&stories, "article_id story_id");
    has(&give(&["stories", "--table", "pairs"]), "a b relation score a_in_b b_in_a passages first");
    let themes = give(&["themes"]);
    has(&themes, "id theme_id nearest_theme_id strength path");
    assert_eq!(of(&themes, "id"), ids);
    has(
        &give(&["themes", "--table", "themes"]),
        "theme_id parent_id level label terms size representative_ids",
    );
    let counted = give(&["themes", "--count", "3", "--table", "themes"]);
    assert_eq!(counted.iter().filter(|row| row["parent_id"].is_null()).count(), 3);
    let broad = give(&["themes", "--level", "broad", "--table", "themes"]);
    assert!((1..16).contains(&broad.iter().filter(|row| row["parent_id"].is_null()).count()));
    let told = give(&["statements"]);
    let statements: BTreeSet<String> = told
        .iter()
        .filter(|row| !row["statement_id"].is_null())
        .map(|row| text(row, "statement_id").to_owned())
        .collect();
    let placed = give(&["themes", "--unit", "statement"]);
    has(&placed, "id theme_id nearest_theme_id strength path");
    let placed: BTreeSet<String> = placed.iter().map(|row| text(row, "id").to_owned()).collect();
    assert_eq!(placed, statements);
    has(&give(&["narratives"]), "narrative_id id article_id relation score same_text copy_of wire");
    let whole = give(&["narratives", "--unit", "row"]);
    has(&whole, "narrative_id id article_id relation score");
    assert_eq!(of(&whole, "id"), ids);
    has(
        &give(&["narratives", "--table", "narratives"]),
        "narrative_id label statements articles sources first_seen last_seen cohesion differences tellings reprints \
         first_id first_source spread bundle_id",
    );
    has(&give(&["narratives", "--table", "bundles"]), "bundle_id narrative_ids labels article_ids overlap");
}

#[test]
fn pairs_asked_for_come_in_the_order_of_the_file() {
    let folder = tempdir().unwrap();
    let ids: Vec<String> = article_ids().into_iter().collect();
    let asked = [(0, 3), (3, 0), (2, 2), (5, 1)];
    let csv = folder.path().join("pairs.csv");
    let lines: Vec<String> = asked.iter().map(|(a, b)| format!("{},{}", ids[*a], ids[*b])).collect();
    fs::write(&csv, format!("a,b\n{}\n", lines.join("\n"))).unwrap();
    let rows = give(&["duplicates", "--pairs", csv.to_str().unwrap()]);
    assert_eq!(rows.len(), asked.len());
    for (row, (a, b)) in rows.iter().zip(asked) {
        assert_eq!((text(row, "a"), text(row, "b")), (ids[a].as_str(), ids[b].as_str()));
    }
    assert_eq!(rows[0]["score"], rows[1]["score"]);
    assert_eq!(rows[2]["relation"], "identical");
}

#[test]
fn every_format_holds_the_same_rows() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let out = path("run");
    let input = articles();
    assert!(common::run(["run", input.to_str().unwrap(), "--out", &out]).status.success());
    let articles = rows(["export", &out, "articles"]);
    for name in ["articles.csv", "articles.parquet", "articles.arrow", "articles.jsonl"] {
        let file = path(name);
        common::bytes(["export", &out, "articles", "--output", &file]);
        // What was written can be read: the same articles, the same statements.
        let back = rows(["statements", &file]);
        let there = rows(["statements", &path("articles.jsonl").replace("articles.jsonl", name)]);
        assert_eq!(back, there);
        let statements: u64 = articles.iter().map(|row| row["statements"].as_u64().unwrap()).sum();
        assert_eq!(back.len() as u64, statements, "{name}");
    }
    for table in fs::read_dir(&out).unwrap() {
        let table = table.unwrap().path();
        if table.extension().is_some_and(|e| e == "parquet") {
            let name = table.file_stem().unwrap().to_str().unwrap().to_owned();
            for format in ["jsonl", "csv", "parquet", "arrow", "table"] {
                assert!(
                    common::run(["export", &out, &name, "--format", format]).status.success(),
                    "{name} {format}"
                );
            }
        }
    }
}

#[test]
fn the_nearest_statements_to_a_query_and_two_articles_side_by_side() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("run").to_str().unwrap().to_owned();
    let input = articles();
    assert!(common::run(["run", input.to_str().unwrap(), "--out", &out]).status.success());
    let statement = &rows(["export", &out, "statements"])[5];
    let found = rows(["similar", &out, text(statement, "text"), "-k", "4"]);
    assert_eq!(found.len(), 4);
    has(&found, "rank statement_id article_id score text");
    assert_eq!(found[0]["text"], statement["text"]);
    assert!(found[0]["score"].as_f64().unwrap() > 0.999);

    let ids: Vec<String> = article_ids().into_iter().collect();
    let both = rows(["compare", &ids[0], &ids[0], "--in", input.to_str().unwrap()]);
    has(&both, "kind a b a_text b_text relation score differences");
    assert!(
        common::run(["compare", &ids[0], "nobody", "--in", input.to_str().unwrap()]).status.code() == Some(1)
    );
}

#[test]
fn the_schema_comes_in_every_format() {
    let csv = String::from_utf8(bytes(["schema", "quotes", "--format", "csv"])).unwrap();
    assert!(csv.starts_with("table,column,type,nullable,unit,null_means,meaning,values\n"), "{csv}");
    let kind = rows(["schema", "quotes"]).into_iter().find(|row| row["column"] == "kind").unwrap();
    assert_eq!(kind["values"], serde_json::json!(["direct", "indirect", "mixed"]));
    assert!(kind["meaning"].as_str().unwrap().contains("`direct`: wholly in quotation marks;"), "{kind}");
    assert_eq!(rows(["schema", "quotes"]).len(), csv.lines().count() - 1);
    assert!(bytes(["schema", "--format", "parquet"]).starts_with(b"PAR1"));
    assert!(!bytes(["schema", "--format", "arrow"]).is_empty());
}

#[test]
fn vectors_as_a_numpy_array_are_those_of_the_table() {
    let folder = tempdir().unwrap();
    let input = folder.path().join("a.jsonl");
    fs::write(&input, "{\"id\":\"b\",\"text\":\"Rain fell.\"}\n{\"id\":\"a\",\"text\":\" \"}\n").unwrap();
    let npy = folder.path().join("v.npy");
    let embed = |extra: &[&std::ffi::OsStr]| {
        let output = throughline().arg("embed").arg(&input).args(extra).output().unwrap();
        assert!(output.status.success());
        output.stdout
    };
    embed(&["--output".as_ref(), npy.as_os_str()]);
    let table = common::lines(&embed(&[]));
    let ids = common::lines(&fs::read(folder.path().join("v.ids.jsonl")).unwrap());
    let array = fs::read(&npy).unwrap();
    let start = 10 + usize::from(u16::from_le_bytes([array[8], array[9]]));
    assert!(String::from_utf8_lossy(&array[..start]).contains("'shape': (2, 384)"));
    let values: Vec<f32> =
        array[start..].chunks(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect();
    assert_eq!(values.len(), 2 * 384);
    for (i, row) in table.iter().enumerate() {
        assert_eq!((&row["id"], &row["reason"]), (&ids[i]["id"], &ids[i]["reason"]));
        let vector = &values[i * 384..(i + 1) * 384];
        match row["vector"].as_array() {
            Some(said) => assert!(said.iter().zip(vector).all(|(a, b)| a.as_f64().unwrap() as f32 == *b)),
            None => assert!(vector.iter().all(|value| value.is_nan())),
        }
    }
}

#[test]
fn the_map_has_every_statement_with_places_and_neighbours() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("run");
    assert!(
        throughline().arg("run").arg(articles()).arg("--out").arg(&out).output().unwrap().status.success()
    );
    let run = out.to_str().unwrap();
    let map = rows(["export", run, "map"]);
    has(
        &map,
        "statement_id article_id text x y theme_id theme speaker title source published lang neighbours",
    );
    let statements = rows(["export", run, "statements"]);
    assert_eq!(map.len(), statements.iter().filter(|row| !row["statement_id"].is_null()).count());
    assert!(
        map.iter().any(|row| row["speaker"] == "Teodor Vask")
            && map.iter().any(|row| !row["theme"].is_null())
    );
    for row in &map {
        assert!(row["x"].as_f64().unwrap().abs() <= 1.0 && row["y"].as_f64().unwrap().abs() <= 1.0);
        let near = row["neighbours"]["ids"].as_array().unwrap();
        assert!(near.iter().all(|id| (id.as_u64().unwrap() as usize) < map.len()));
        assert_eq!(near.len(), row["neighbours"]["distances"].as_array().unwrap().len());
    }
    assert_eq!(
        bytes(["export", run, "map", "--format", "parquet"]),
        bytes(["export", run, "map", "--format", "parquet"])
    );
    let output = common::run(["export", run, "themes", "--output", "themes.npy"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(common::said(&output).contains("vectors"));
}
