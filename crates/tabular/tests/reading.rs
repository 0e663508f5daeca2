//! Inputs of every kind, good and bad, to a corpus.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, MapBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, Date32Array, Float32Array, Int32Array, LargeStringArray, ListArray, RecordBatch,
    StringArray, StructArray,
};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use serde_json::json;
use tempfile::TempDir;
use throughline_schema::Article;
use throughline_schema::ids::digest;
use throughline_schema::manifest::{Cost, FORMAT, Manifest, ModelStamp};
use throughline_schema::tables::ArticleRow;
use throughline_tabular::{
    Cause, Corpus, InputFormat, OtherKind, OutputFormat, ReadOptions, RunFolder, TabularError, read_corpus,
    read_pairs, write_rows,
};

struct Files(TempDir);

impl Files {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            folder.add(name, bytes);
        }
        folder
    }

    fn add(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, names: &[&str], options: &ReadOptions) -> Result<Corpus, TabularError> {
        let inputs: Vec<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        read_corpus(&inputs, std::io::empty(), options)
    }

    fn all(&self) -> Result<Corpus, TabularError> {
        self.read(&[""], &ReadOptions::default())
    }
}

fn one(name: &str, bytes: &[u8]) -> Result<Corpus, TabularError> {
    Files::new(&[(name, bytes)]).read(&[name], &ReadOptions::default())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn ids(corpus: &Corpus) -> Vec<&str> {
    corpus.articles.iter().map(|a| a.id.as_str()).collect()
}

#[test]
fn a_folder_is_read_recursively_in_any_kind() {
    let files = Files::new(&[
        ("b/one.txt", "Дождь шёл.".as_bytes()),
        ("b/two.md", b"---\ntitle: Two\ndate: 2026-01-02\nmood: grey\n---\nRain fell."),
        ("a.csv", b"id,text,desk\n7,Rain,x\n8,,y\n"),
        ("c.tsv.gz", &gzip(b"id\ttext\nt1\tSnow\n")),
        ("d.jsonl.zst", &zstd::encode_all(&b"{\"id\":\"z\",\"text\":\"Wind\"}"[..], 1).unwrap()),
        ("notes.docx", b"PK"),
        ("data.json", b"[]"),
        (".DS_Store", b"x"),
        (".git/a.txt", b"hidden"),
    ]);
    let corpus = files.all().unwrap();
    assert_eq!(corpus.articles.len(), 6);
    assert!(corpus.articles.is_sorted_by(|a, b| a.id < b.id));
    let two = corpus.articles.iter().find(|a| a.file.as_deref() == Some("b/two.md")).unwrap();
    assert_eq!((two.title.as_deref(), two.published.as_deref()), (Some("Two"), Some("2026-01-02")));
    assert!(two.text.starts_with("---") && two.extra["mood"] == "grey");
    let labels: Vec<&str> = corpus.inputs.iter().map(|i| i.path.as_str()).collect();
    assert_eq!(labels, ["a.csv", "b/one.txt", "b/two.md", "c.tsv.gz", "d.jsonl.zst"]);
    assert_eq!(corpus.inputs[1].blake3, blake3::hash("Дождь шёл.".as_bytes()).to_hex().as_str());
    assert_eq!((corpus.inputs[0].articles, corpus.inputs[1].bytes), (2, 18));
    let unused: Vec<(&str, Option<u64>)> =
        corpus.unused_rows.iter().map(|row| (row.file.as_str(), row.line)).collect();
    assert_eq!(unused, [("a.csv", Some(3)), ("data.json", None), ("notes.docx", None)]);
    assert_eq!(corpus.unused_rows[1].cause, Cause::NotRead(OtherKind::Json));
}

#[test]
fn standard_input_is_json_lines_unless_told() {
    let dash = [PathBuf::from("-")];
    let read = |bytes: &[u8], format| {
        let options = ReadOptions { format, ..ReadOptions::default() };
        read_corpus(&dash, Cursor::new(bytes.to_vec()), &options).unwrap()
    };
    let corpus = read(b"{\"text\":\"Rain\"}", None);
    assert_eq!((corpus.articles[0].file.as_deref(), corpus.inputs[0].path.as_str()), (None, "-"));
    assert_eq!(read(&gzip(b"{\"text\":\"Rain\"}"), None).articles, corpus.articles);
    assert_eq!(read(b"text\nRain\n", Some(InputFormat::Csv)).articles, corpus.articles);
    assert_eq!(read(b"Rain", Some(InputFormat::Text)).articles, corpus.articles);
}

#[test]
fn ids_are_given_or_derived_from_the_text() {
    let corpus = one(
        "a.jsonl",
        b"{\"text\":\"Rain\",\"source\":\"b\"}\n{\"text\":\"Rain\",\"source\":\"a\"}\n{\"text\":\"Snow\",\"id\":3}",
    )
    .unwrap();
    let rain = digest(&[b"Rain"]);
    let by = |id: &str| corpus.articles.iter().find(|a| a.id.as_str() == id).unwrap();
    assert_eq!(by(&rain).source.as_deref(), Some("a"));
    assert_eq!(by(&format!("{rain}-2")).source.as_deref(), Some("b"));
    assert_eq!(by("3").text, "Snow");
}

#[test]
fn the_order_of_the_input_does_not_show() {
    let mut lines: Vec<String> = (0..40)
        .map(|i| {
            let row = match i % 4 {
                0 => json!({"id": i, "text": format!("Text {i}")}),
                1 => json!({"text": "A reprint", "source": format!("outlet {}", i % 3), "n": i}),
                2 => json!({"text": "A reprint", "n": i}),
                _ => json!({"text": format!("Text {i}"), "tags": ["x", i]}),
            };
            row.to_string()
        })
        .collect();
    let first = one("a.jsonl", lines.join("\n").as_bytes()).unwrap();
    let mut seed = 7u64;
    for _ in 0..5 {
        for i in (1..lines.len()).rev() {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            lines.swap(i, (seed >> 33) as usize % (i + 1));
        }
        assert_eq!(one("a.jsonl", lines.join("\n").as_bytes()).unwrap().articles, first.articles);
    }
    assert!(first.unused_rows.is_empty());
}

#[test]
fn one_id_stands_for_one_text() {
    let error = one("a.jsonl", b"{\"id\":1,\"text\":\"a\"}\n\n{\"id\":\"1\",\"text\":\"b\"}").unwrap_err();
    let message = error.to_string();
    assert!(message.contains("a.jsonl, line 3") && message.contains("a.jsonl, line 1"), "{message}");
    let corpus = one("a.jsonl", b"{\"id\":1,\"text\":\"a\"}\n{\"id\":1,\"text\":\"a\"}").unwrap();
    assert_eq!(corpus.articles.len(), 1);
    assert_eq!((corpus.unused_rows[0].line, corpus.unused_rows[0].id.as_deref()), (Some(2), Some("1")));
}

#[test]
fn files_of_one_name_are_told_apart_and_read_once() {
    let files = Files::new(&[("a/x.txt", b"One"), ("b/x.txt", b"Two"), ("b/y.txt", b"Three")]);
    let corpus = files.read(&["a", "b", "a/x.txt"], &ReadOptions::default()).unwrap();
    assert_eq!(corpus.articles.len(), 3);
    let names: Vec<&str> = corpus.inputs.iter().map(|input| input.path.as_str()).collect();
    assert!(
        names[0].ends_with("/a/x.txt") && names[1].ends_with("/b/x.txt") && names[2] == "y.txt",
        "{names:?}"
    );
}

#[test]
fn bad_rows_are_listed_and_strict_refuses_them() {
    let bytes =
        b"{\"text\":\"Rain\"}\n{\"text\": broken}\n{\"text\":\"\xff\"}\n{\"said\":\"x\"}\n{\"text\":\" \"}\n";
    let files = Files::new(&[("a.jsonl", bytes)]);
    let corpus = files.all().unwrap();
    assert_eq!(corpus.articles.len(), 3, "the blank text is kept, and so is the text with a bad byte");
    assert_eq!(corpus.unused_rows.iter().map(|r| r.line.unwrap()).collect::<Vec<_>>(), [2, 4, 5]);
    assert!(corpus.unused_rows[2].cause == Cause::EmptyText && corpus.unused_rows[2].id.is_some());
    let unseen = one("a.jsonl", "{\"text\":\"\u{200b}\u{feff}\"}".as_bytes()).unwrap();
    assert_eq!(unseen.unused_rows[0].cause, Cause::EmptyText);
    let options = ReadOptions { strict: true, ..ReadOptions::default() };
    let error = files.read(&[""], &options).unwrap_err();
    assert!(error.to_string().starts_with("3 rows can't be used"), "{error}");
    assert!(error.to_string().contains("a.jsonl, line 2: broken JSON"), "{error}");
}

#[test]
fn inputs_without_articles_are_errors() {
    let files =
        Files::new(&[("empty.jsonl", b""), ("bad.csv", b"said\nx\n"), ("a.xyz", b"x"), ("a.json", b"{}")]);
    fs::create_dir(files.path("none")).unwrap();
    let message = |name: &str| {
        let error = files.read(&[name], &ReadOptions::default()).unwrap_err();
        assert!(!matches!(error, TabularError::Io { .. }), "{error}");
        error.to_string()
    };
    assert!(message("empty.jsonl").contains("no row in it"));
    assert!(message("bad.csv").contains("line 2: no `text` field (there are: said)"));
    assert!(message("a.xyz").contains("a.xyz: its name does not tell what it holds"));
    assert!(message("a.json").contains("a .json file may hold anything"));
    assert!(message("none").contains("the folder is empty"));
    assert!(message("missing.txt").contains("no such file or folder"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let files = Files::new(&[("a.txt", b"x")]);
    fs::set_permissions(files.path("a.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(files.path("a.txt")).is_ok() {
        return; // the superuser may read everything
    }
    let error = files.all().unwrap_err();
    assert!(error.to_string().contains("a.txt: could not read it"), "{error}");
    assert!(matches!(error, TabularError::Io { .. }));
}

#[test]
fn csv_rows_of_the_wrong_width_are_listed() {
    let corpus =
        one("a.csv", "\u{feff}text,id\n\"two\nlines\",1\nx,2,3\n\n\"a \"\"b\"\"\",4\n".as_bytes()).unwrap();
    assert_eq!(ids(&corpus), ["1", "4"]);
    assert_eq!(
        (corpus.articles[0].text.as_str(), corpus.articles[1].text.as_str()),
        ("two\nlines", "a \"b\"")
    );
    assert_eq!(corpus.unused_rows[0].line, Some(4));
    assert_eq!(corpus.unused_rows[0].cause, Cause::FieldCount { found: 3, expected: 2 });
    assert_eq!(ids(&one("a.csv", b"id;text\n5;a, b\n").unwrap()), ["5"]);
    assert!(one("a.csv", b"text,text\na,b\n").unwrap_err().to_string().contains("two columns"));
}

#[test]
fn long_texts_lines_and_records_are_refused_within_memory() {
    let long = "x".repeat(500);
    let files = Files::new(&[
        (
            "a.jsonl",
            format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"ok\"}}\n{{\"t\":\"{}\"}}", "y".repeat(9_000))
                .as_bytes(),
        ),
        ("b.csv", format!("text\nok too\n\"{}", "z\n".repeat(400_000)).as_bytes()),
        ("c.txt", long.repeat(3).as_bytes()),
        ("d.html", long.repeat(300).as_bytes()),
    ]);
    let options = ReadOptions { max_text_bytes: 400, ..ReadOptions::default() };
    let corpus = files.read(&[""], &options).unwrap();
    assert_eq!(corpus.articles.len(), 2);
    let unused: Vec<(&str, Option<u64>)> =
        corpus.unused_rows.iter().map(|row| (row.file.as_str(), row.line)).collect();
    assert_eq!(
        unused,
        [("a.jsonl", Some(1)), ("a.jsonl", Some(3)), ("b.csv", Some(3)), ("c.txt", None), ("d.html", None)]
    );
    let lines = matches!(corpus.unused_rows[1].cause, Cause::LineTooLong { limit: 1_600 });
    let records = matches!(corpus.unused_rows[2].cause, Cause::RecordTooLong { limit: 1_600 });
    assert!(lines && records, "{:?}", corpus.unused_rows);
    for text in [0, 3, 4].map(|row| &corpus.unused_rows[row].cause) {
        assert!(matches!(text, Cause::TextTooLong { limit: 400, .. }), "{text}");
    }
}

#[test]
fn a_bomb_and_damaged_packing_are_errors_that_name_the_file() {
    let bomb = gzip(&[b' '; 3_000_000]);
    let files = Files::new(&[("bomb.jsonl.gz", &bomb), ("text.txt.gz", b"not packed")]);
    let options = ReadOptions { max_file_bytes: 1_000_000, ..ReadOptions::default() };
    let error = files.read(&["bomb.jsonl.gz"], &options).unwrap_err();
    assert!(error.to_string().contains("more than 1000000 bytes"), "{error}");
    let error = files.read(&["text.txt.gz"], &options).unwrap_err();
    assert!(error.to_string().contains("text.txt.gz: its gzip data is damaged"), "{error}");
    let cut = gzip("{\"text\":\"Rain\"}\n".repeat(3_000).as_bytes());
    let error = one("cut.jsonl.gz", &cut[..cut.len() / 2]).unwrap_err();
    assert!(error.to_string().contains("cut.jsonl.gz: its gzip data is damaged, cut off"), "{error}");
    let mut zst = zstd::encode_all(&b"{\"text\":\"Rain\"}"[..], 1).unwrap();
    zst.truncate(zst.len() - 3);
    assert!(one("a.jsonl.zst", &zst).unwrap_err().to_string().contains("its zstd data is damaged"));
}

fn batch() -> RecordBatch {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int32Array::from(vec![Some(1), None]))),
        ("text", Arc::new(LargeStringArray::from(vec!["Rain", "Snow"]))),
        ("published", Arc::new(Date32Array::from(vec![20_000, 20_001]))),
        ("weight", Arc::new(Float32Array::from(vec![Some(0.1), None]))),
        ("tags", Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1)]), None]))),
        ("desk", Arc::new(StringArray::from(vec![None, Some("x")]))),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true))).unwrap()
}

#[test]
fn columns_of_parquet_and_arrow_are_fields() {
    let batch = batch();
    let mut stream = StreamWriter::try_new(Vec::new(), batch.schema_ref()).unwrap();
    stream.write(&batch).unwrap();
    let stream = stream.into_inner().unwrap();
    let mut file = FileWriter::try_new(Vec::new(), batch.schema_ref()).unwrap();
    file.write(&batch).unwrap();
    let file = file.into_inner().unwrap();
    let mut parquet = parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    parquet.write(&batch).unwrap();
    let parquet = parquet.into_inner().unwrap();

    for (name, bytes) in
        [("a.arrow", &stream), ("a.arrow", &file), ("a.parquet", &parquet), ("a.parquet.gz", &gzip(&parquet))]
    {
        let corpus = one(name, bytes).unwrap();
        let rain = &corpus.articles[0];
        assert_eq!((rain.id.as_str(), rain.text.as_str()), ("1", "Rain"), "{name}");
        assert_eq!(rain.published.as_deref(), Some("2024-10-04"));
        assert_eq!(json!(rain.extra), json!({"tags": [1], "weight": 0.1}));
        assert_eq!(json!(corpus.articles[1].extra), json!({"desk": "x"}));
        assert!(corpus.inputs[0].bytes > 0);
    }
    for (name, bytes) in [("a.parquet", &parquet), ("a.arrow", &stream), ("a.arrow", &file)] {
        for keep in [0, 3, bytes.len() / 3, bytes.len() - 9] {
            let error = one(name, &bytes[..keep]).map(|corpus| corpus.articles.len());
            assert!(matches!(error, Err(TabularError::Unusable { .. })), "{name} {keep}: {error:?}");
        }
    }
}

#[test]
fn lists_structures_and_maps_are_json() {
    let numbers =
        ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1), None]), Some(vec![])]);
    let field = |name: &str, array: &dyn Array| {
        Arc::new(arrow_schema::Field::new(name, array.data_type().clone(), true))
    };
    let names = StringArray::from(vec![None, Some("Lisk")]);
    let place = StructArray::from(vec![
        (field("name", &names), Arc::new(names) as ArrayRef),
        (field("numbers", &numbers), Arc::new(numbers) as ArrayRef),
    ]);
    let mut counts = MapBuilder::new(None, StringBuilder::new(), Int32Builder::new());
    counts.keys().append_value("dogs");
    counts.values().append_value(2);
    counts.append(true).unwrap();
    counts.append(false).unwrap();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int32Array::from(vec![1, 2]))),
        ("text", Arc::new(StringArray::from(vec!["Rain", "Snow"]))),
        ("place", Arc::new(place)),
        ("counts", Arc::new(counts.finish())),
    ];
    let columns = columns.into_iter().map(|(name, column)| (name, column, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let mut stream = StreamWriter::try_new(Vec::new(), batch.schema_ref()).unwrap();
    stream.write(&batch).unwrap();
    let corpus = one("a.arrow", &stream.into_inner().unwrap()).unwrap();
    assert_eq!(
        json!(corpus.articles[0].extra),
        json!({"place": {"numbers": [1, null]}, "counts": {"dogs": 2}})
    );
    assert_eq!(json!(corpus.articles[1].extra), json!({"place": {"name": "Lisk", "numbers": []}}));
}

#[test]
fn a_page_and_an_old_encoding_become_articles() {
    let html = "<html lang=ru><head><meta charset=windows-1251><title>Мост открыт</title></head><body><p>\
                Мост через реку открыли в четверг после двух лет ремонта, сообщили в администрации района.\
                </p><p>Первые машины прошли по нему ещё до рассвета.</p><script>leak()</script></body></html>";
    let bytes = encoding_rs::WINDOWS_1251.encode(html).0.into_owned();
    let corpus = one("page.html", &bytes).unwrap();
    let page = &corpus.articles[0];
    assert!(page.text.contains("Мост через реку") && !page.text.contains("leak"), "{}", page.text);
    assert_eq!((page.title.as_deref(), page.lang.as_deref()), (Some("Мост открыт"), Some("ru")));
    assert_eq!(page.extra["encoding"], "windows-1251");
    assert!(corpus.remarks[0].to_string().starts_with("page.html: not UTF-8"));
    let deep = Files::new(&[("a.txt", b"ok"), ("deep.html", "<div>".repeat(100_000).as_bytes())]);
    let corpus = deep.all().unwrap();
    assert!(
        corpus.unused_rows[0].file == "deep.html"
            && matches!(corpus.unused_rows[0].cause, Cause::PageTooLarge { .. })
    );
}

#[test]
fn pairs_come_in_the_order_of_their_file() {
    let files = Files::new(&[
        ("p.jsonl", b"{\"a\":2,\"b\":\"x\"}\n{\"b\":1,\"a\":\"y\"}\n"),
        ("p.csv", b"b,a,note\nx,2,n\n1,y,\n"),
        ("bad.csv", b"a,b\n1,2\n3\n"),
        ("p.txt", b"a b"),
    ]);
    let pairs = [("2".to_owned(), "x".to_owned()), ("y".to_owned(), "1".to_owned())];
    assert_eq!(read_pairs(&files.path("p.jsonl"), std::io::empty()).unwrap(), pairs);
    assert_eq!(read_pairs(&files.path("p.csv"), std::io::empty()).unwrap(), pairs);
    let lines = &b"{\"a\":2,\"b\":\"x\"}\n{\"b\":1,\"a\":\"y\"}\n"[..];
    assert_eq!(read_pairs(Path::new("-"), lines).unwrap(), pairs);
    assert!(
        read_pairs(&files.path("bad.csv"), std::io::empty())
            .unwrap_err()
            .to_string()
            .contains("bad.csv, line 3")
    );
    assert!(read_pairs(&files.path("p.txt"), std::io::empty()).is_err());
    assert!(
        read_pairs(&files.path("none.csv"), std::io::empty())
            .unwrap_err()
            .to_string()
            .contains("no such file")
    );
}

fn as_row(article: &Article) -> ArticleRow {
    ArticleRow {
        article_id: article.id.clone(),
        text: article.text.clone(),
        title: article.title.clone(),
        url: article.url.clone(),
        source: article.source.clone(),
        published: article.published.clone(),
        lang: article.lang.clone().unwrap_or_else(|| "und".into()),
        file: article.file.clone(),
        wire: None,
        characters: 4,
        statements: 1,
        story_id: None,
        reason: None,
        source_from: None,
        published_at: None,
        published_precision: None,
        extra: article.extra.clone(),
    }
}

fn manifest(rows: std::collections::BTreeMap<String, u64>) -> Manifest {
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
        rows,
        results: Default::default(),
        warnings: vec![],
        cost: Cost::default(),
    }
}

#[test]
fn a_run_folder_is_input_too() {
    let corpus = one(
        "in.jsonl",
        br#"{"text":"Rain","file":"x","wire":3,"tags":[1,"a"],"score":0.1}
            {"text":"Snow","id":"s","tags":"none","title":"T"}"#,
    )
    .unwrap();
    let rows: Vec<ArticleRow> = corpus.articles.iter().map(as_row).collect();
    let files = Files::new(&[("more/a.txt", b"Wind")]);
    let place = files.path("more/run");
    let mut folder = RunFolder::begin(&place, false).unwrap();
    folder.add(&rows).unwrap();
    let manifest = manifest(folder.rows().clone());
    folder.finish(&manifest).unwrap();
    assert_eq!(files.read(&["more/run"], &ReadOptions::default()).unwrap().articles, corpus.articles);
    let around = files.read(&["more"], &ReadOptions::default()).unwrap();
    assert_eq!(around.articles.len(), 1);
    assert!(around.unused_rows[0].file == "run" && around.unused_rows[0].cause == Cause::RunFolder);
}

#[test]
fn a_run_of_a_newer_version_is_known_and_not_read() {
    let newer = format!("{{\"format\": {}, \"program\": \"throughline 9\", \"new\": true}}", FORMAT + 1);
    let files = Files::new(&[
        ("more/a.txt", b"Wind"),
        ("more/run/manifest.json", newer.as_bytes()),
        ("more/run/b.txt", b"Snow"),
    ]);
    let around = files.read(&["more"], &ReadOptions::default()).unwrap();
    assert_eq!((around.articles.len(), around.unused_rows[0].file.as_str()), (1, "run"));
    assert!(
        files.read(&["more/run"], &ReadOptions::default()).unwrap_err().to_string().contains("manifest.json")
    );
}

#[test]
fn articles_written_as_a_table_read_back_with_their_fields() {
    let corpus = one(
        "in.jsonl",
        br#"{"text":"Rain","desk":"x","n":3,"nested":{"k":[1]},"mixed":1}
        {"text":"Snow","mixed":"one"}"#,
    )
    .unwrap();
    let rows: Vec<ArticleRow> = corpus.articles.iter().map(as_row).collect();
    for (format, name) in [
        (OutputFormat::Parquet, "t.parquet"),
        (OutputFormat::Arrow, "t.arrow"),
        (OutputFormat::Jsonl, "t.jsonl"),
    ] {
        let mut bytes = Vec::new();
        write_rows(&rows, format, &mut bytes).unwrap();
        let again = one(name, &bytes).unwrap();
        for article in &again.articles {
            let before = corpus.articles.iter().find(|a| a.text == article.text).unwrap();
            for (key, value) in &before.extra {
                assert_eq!(&article.extra[key], value, "{name}");
            }
        }
    }
}

#[test]
fn a_line_of_a_gigabyte_is_passed_over() {
    struct Long(u64);
    impl Read for Long {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let n = (buffer.len() as u64).min(self.0) as usize;
            buffer[..n].fill(b'x');
            self.0 -= n as u64;
            Ok(n)
        }
    }
    let stdin = Cursor::new(b"{\"text\":\"Rain\"}\n{\"text\":\"".to_vec())
        .chain(Long(200_000_000))
        .chain(Cursor::new(b"\"}\n{\"text\":\"Snow\"}\n".to_vec()));
    let corpus = read_corpus(&[Path::new("-").into()], stdin, &ReadOptions::default()).unwrap();
    assert_eq!((corpus.articles.len(), corpus.unused_rows[0].line), (2, Some(2)));
}
