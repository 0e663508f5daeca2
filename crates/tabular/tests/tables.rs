//! Rows written in every format and read back, and the run folder.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use throughline_schema::manifest::{Cost, FORMAT, Manifest, ModelStamp};
use throughline_schema::table::Record;
use throughline_schema::tables::{ArticleRow, NarrativeRow, QuoteRow, StatementRow, VectorRow};
use throughline_schema::{ArticleId, QuoteKind, StatementId, StatementKind, Unit, tables};
use throughline_tabular::{
    OutputFormat, Pick, RunFolder, TabularError, copy_table, open_run, read_rows, write_rows,
};

fn article(id: &str, extra: Value) -> ArticleRow {
    ArticleRow {
        article_id: id.into(),
        text: format!("Text of {id}: «да», \"yes\",\nand more."),
        title: Some("A, \"b\"".into()),
        url: None,
        source: None,
        published: Some("2026-05-01".into()),
        lang: "en".into(),
        file: None,
        wire: None,
        characters: 12,
        statements: 0,
        story_id: None,
        reason: Some("none".into()),
        source_from: None,
        published_at: None,
        published_precision: None,
        extra: extra.as_object().cloned().unwrap_or_default(),
    }
}

fn vector(id: &str, vector: Option<Vec<f32>>) -> VectorRow {
    VectorRow {
        id: id.into(),
        vector,
        tokens: 4,
        tokens_kept: 4,
        unit: Unit::Statement,
        model: "tiny".into(),
        reason: None,
    }
}

fn text<T: Record>(rows: &[T], format: OutputFormat) -> String {
    let mut out = Vec::new();
    write_rows(rows, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn parquet<T: Record>(rows: &[T], folder: &Path) -> std::path::PathBuf {
    let path = folder.join(format!("{}.parquet", T::TABLE.name));
    write_rows(rows, OutputFormat::Parquet, &mut fs::File::create(&path).unwrap()).unwrap();
    path
}

#[test]
fn json_lines_are_flat_with_nulls_and_short_floats() {
    let line = text(&[vector("a", Some(vec![0.1, -1.0])), vector("b", None)], OutputFormat::Jsonl);
    assert_eq!(
        line.lines().next().unwrap(),
        r#"{"id":"a","vector":[0.1,-1.0],"tokens":4,"tokens_kept":4,"unit":"statement","model":"tiny","reason":null}"#
    );
    let rows =
        [article("a", json!({"desk": "x", "title": "t", "n": [1, {"b": null}]})), article("b", json!({}))];
    let lines: Vec<Value> =
        text(&rows, OutputFormat::Jsonl).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["desk"], "x");
    assert_eq!(lines[0]["extra_title"], "t");
    assert_eq!(lines[0]["n"], json!([1, {"b": null}]));
    assert_eq!(lines[0]["url"], Value::Null);
    assert!(lines[1].get("desk").is_none() && lines[1].get("extra").is_none());
}

#[test]
fn csv_has_a_header_nested_json_and_empty_nulls() {
    assert_eq!(text::<VectorRow>(&[], OutputFormat::Csv), "id,vector,tokens,tokens_kept,unit,model,reason\n");
    let csv = text(&[vector("a", Some(vec![0.1, 2.5])), vector("b", None)], OutputFormat::Csv);
    assert_eq!(csv.lines().nth(1).unwrap(), "a,\"[0.1,2.5]\",4,4,statement,tiny,");
    assert_eq!(csv.lines().nth(2).unwrap(), "b,,4,4,statement,tiny,");
    let csv =
        text(&[article("a", json!({"n": 1, "m": "x"})), article("b", json!({"m": 2}))], OutputFormat::Csv);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(&reader.headers().unwrap().iter().collect::<Vec<_>>()[16..], ["m", "n"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!((&rows[0][1], &rows[0][16], &rows[0][17]), (article("a", json!({})).text.as_str(), "x", "1"));
    assert_eq!((&rows[1][16], &rows[1][17]), ("2", ""));
}

#[test]
fn vectors_of_one_length_are_fixed_size_lists() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [vector("a", None), vector("b", Some(vec![0.25, 0.5])), vector("c", Some(vec![1.0, -0.5]))];
    let path = parquet(&rows, folder.path());
    assert_eq!(read_rows::<VectorRow>(&path).unwrap(), rows);
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(
        fs::File::open(&path).unwrap(),
    )
    .unwrap();
    let field = reader.schema().field_with_name("vector").unwrap().clone();
    assert!(matches!(field.data_type(), arrow_schema::DataType::FixedSizeList(_, 2)), "{field:?}");
    assert!(field.is_nullable());

    let uneven = [vector("a", Some(vec![1.0])), vector("b", Some(vec![]))];
    assert_eq!(read_rows::<VectorRow>(&parquet(&uneven, folder.path())).unwrap(), uneven);
}

#[test]
fn a_table_of_many_batches_keeps_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<VectorRow> =
        (0..20_000u16).map(|i| vector(&i.to_string(), Some(vec![f32::from(i); 3]))).collect();
    assert_eq!(read_rows::<VectorRow>(&parquet(&rows, folder.path())).unwrap(), rows);
}

fn manifest(rows: &std::collections::BTreeMap<String, u64>) -> Manifest {
    Manifest {
        format: FORMAT,
        program: "throughline 0".into(),
        options: Default::default(),
        seed: 1,
        inputs: vec![],
        unused_rows: vec![],
        model: ModelStamp {
            name: "tiny".into(),
            sha256: String::new(),
            engine: "native".into(),
            kernels: String::new(),
            dimensions: 2,
            max_tokens: 8,
            ..ModelStamp::default()
        },
        rows: rows.clone(),
        results: Default::default(),
        warnings: vec![],
        cost: Cost::default(),
    }
}

fn make_run(place: &Path, id: &str, overwrite: bool) -> Result<(), TabularError> {
    let mut folder = RunFolder::begin(place, overwrite)?;
    folder.add(&[article(id, json!({"desk": "x", "pages": 3}))])?;
    folder.add(&[vector("v", Some(vec![1.0, 0.0]))])?;
    let manifest = manifest(folder.rows());
    folder.finish(&manifest)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_run_folder_stands_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("deep/run");
    make_run(&place, "a", false).unwrap();
    assert_eq!(names(&place), ["articles.parquet", "manifest.json", "vectors.parquet"]);
    let run = open_run(&place).unwrap();
    assert_eq!(run.manifest.rows["articles"], 1);
    assert_eq!(run.read::<ArticleRow>().unwrap()[0], article("a", json!({"desk": "x", "pages": 3})));

    let error = make_run(&place, "b", false).unwrap_err();
    assert!(error.to_string().contains("an older run is there"), "{error}");
    {
        let mut begun = RunFolder::begin(&place, true).unwrap();
        begun.add(&[vector("v", None)]).unwrap();
    }
    assert_eq!(open_run(&place).unwrap().read::<ArticleRow>().unwrap()[0].article_id, ArticleId::from("a"));
    make_run(&place, "b", true).unwrap();
    assert_eq!(open_run(&place).unwrap().read::<ArticleRow>().unwrap()[0].article_id, ArticleId::from("b"));
    assert_eq!(names(&folder.path().join("deep")), ["run"]);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("photos");
    fs::create_dir(&place).unwrap();
    make_run(&place, "a", false).expect("an empty folder is free");
    fs::remove_file(place.join("manifest.json")).unwrap();
    for overwrite in [false, true] {
        let error = make_run(&place, "a", overwrite).unwrap_err();
        assert!(error.to_string().contains("left alone"), "{error}");
    }
    fs::write(place.join("manifest.json"), "{\"name\": \"some web app\"}").unwrap();
    assert!(make_run(&place, "a", true).is_err());
    assert!(open_run(&place).unwrap_err().to_string().contains("not the manifest of a run"));
    assert!(open_run(folder.path()).unwrap_err().to_string().contains("no manifest.json"));
}

#[test]
fn a_table_is_copied_without_its_record() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    make_run(&place, "a", false).unwrap();
    let run = open_run(&place).unwrap();
    for format in [OutputFormat::Jsonl, OutputFormat::Csv, OutputFormat::Arrow, OutputFormat::Parquet] {
        for (table, direct) in [
            ("articles", {
                let mut out = Vec::new();
                write_rows(&run.read::<ArticleRow>().unwrap(), format, &mut out).unwrap();
                out
            }),
            ("vectors", {
                let mut out = Vec::new();
                write_rows(&run.read::<VectorRow>().unwrap(), format, &mut out).unwrap();
                out
            }),
        ] {
            let mut out = Vec::new();
            copy_table(&run, table, Pick::default(), format, &mut out).unwrap();
            assert!(out == direct, "{table} as {format}");
        }
    }
    let error = copy_table(&run, "quotes", Pick::default(), OutputFormat::Csv, &mut Vec::new()).unwrap_err();
    assert!(error.to_string().contains("its tables are articles, vectors"), "{error}");
}

#[test]
fn a_closed_pipe_is_told_apart() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for format in [OutputFormat::Jsonl, OutputFormat::Csv, OutputFormat::Arrow, OutputFormat::Parquet] {
        let error = write_rows(&[vector("a", None)], format, &mut Closed).unwrap_err();
        assert!(error.is_closed_pipe(), "{format}: {error}");
    }
}

#[test]
fn every_table_can_be_written_without_rows() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(read_rows::<NarrativeRow>(&parquet::<NarrativeRow>(&[], folder.path())).unwrap(), []);
    assert_eq!(read_rows::<ArticleRow>(&parquet::<ArticleRow>(&[], folder.path())).unwrap(), []);
    assert!(tables::all().iter().all(|table| !table.columns.is_empty()));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Keys that collide with columns in every way, and some that do not.
fn any_extra() -> impl Strategy<Value = Map<String, Value>> {
    let key = prop_oneof![
        "[a-c]",
        Just("title".to_owned()),
        Just("extra_title".to_owned()),
        Just("extra".to_owned()),
        Just("extra_".to_owned()),
        Just("extra_b".to_owned()),
        "\\PC{1,4}",
    ];
    prop::collection::btree_map(key, any_json(), 0..5).prop_map(|map| map.into_iter().collect())
}

/// As one column of floats reads back: 1 as 1.0.
fn same(a: &Value, b: &Value) -> bool {
    a == b || (a.is_number() && b.is_number() && a.as_f64() == b.as_f64())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn articles_survive_parquet_and_json_lines(rows in prop::collection::vec((".{0,20}", any_extra()), 0..6)) {
        let rows: Vec<ArticleRow> = rows
            .into_iter()
            .enumerate()
            .map(|(i, (text, extra))| ArticleRow { text, extra, ..article(&i.to_string(), json!({})) })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let path = parquet(&rows, folder.path());
        let read = read_rows::<ArticleRow>(&path).unwrap();
        prop_assert_eq!(read.len(), rows.len());
        for (read, row) in read.iter().zip(&rows) {
            prop_assert_eq!(&read.text, &row.text);
            prop_assert_eq!(read.extra.len(), row.extra.len());
            for (key, value) in &row.extra {
                prop_assert!(same(&read.extra[key], value), "{} {} {}", key, read.extra[key], value);
            }
        }
        let again = folder.path().join("again.parquet");
        write_rows(&rows, OutputFormat::Parquet, &mut fs::File::create(&again).unwrap()).unwrap();
        prop_assert!(fs::read(&path).unwrap() == fs::read(again).unwrap());
        for (line, row) in text(&rows, OutputFormat::Jsonl).lines().zip(&rows) {
            let line: Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(&line["text"], &row.text);
        }
    }

    #[test]
    fn nested_and_null_columns_survive(
        spans in prop::collection::vec(prop::option::of(prop::collection::vec(any::<[u32; 2]>(), 0..3)), 1..5),
        float in prop::option::of(any::<f32>().prop_filter("finite", |f| f.is_finite())),
    ) {
        let quotes: Vec<QuoteRow> = spans.iter().enumerate().map(|(i, spans)| QuoteRow {
            article_id: "a".into(),
            quote_id: None,
            kind: [None, Some(QuoteKind::Direct), Some(QuoteKind::Mixed)][i % 3],
            content_spans: spans.as_ref().map(|s| s.iter().map(|x| x.map(u64::from)).collect()),
            cue_spans: None,
            source_spans: Some(vec![]),
            speaker: None,
            statement_ids: vec![StatementId::from("s1"); i],
            text: Some("«Да»".into()),
            reason: None,
            speaker_id: None,
            cue: None,
            source: Some("он".into()),
        }).collect();
        let vectors = [vector("a", float.map(|f| vec![f; 4]))];
        let folder = tempfile::tempdir().unwrap();
        prop_assert_eq!(&read_rows::<QuoteRow>(&parquet(&quotes, folder.path())).unwrap(), &quotes);
        prop_assert_eq!(&read_rows::<VectorRow>(&parquet(&vectors, folder.path())).unwrap(), &vectors);
        let lines: Vec<QuoteRow> =
            text(&quotes, OutputFormat::Jsonl).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        prop_assert_eq!(&lines, &quotes);
        let lines: Vec<VectorRow> =
            text(&vectors, OutputFormat::Jsonl).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        prop_assert_eq!(&lines[..], &vectors);
    }
}

#[test]
fn statements_survive() {
    let row = StatementRow {
        article_id: "a".into(),
        statement_id: Some("s1".into()),
        index: Some(3),
        paragraph: Some(0),
        kind: Some(StatementKind::Heading),
        text: Some("Ж".into()),
        byte_start: Some(0),
        byte_end: Some(2),
        char_start: Some(0),
        char_end: Some(1),
        lang: Some("ru".into()),
        reason: None,
    };
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        read_rows::<StatementRow>(&parquet(std::slice::from_ref(&row), folder.path())).unwrap(),
        [row]
    );
}
