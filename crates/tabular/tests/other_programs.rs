//! Tables as spreadsheets, databases and scripts write them, with their encodings and their mistakes.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{ArrayRef, PrimitiveArray, RecordBatch, StringArray};
use serde_json::json;
use tempfile::TempDir;
use throughline_schema::SourceFrom;
use throughline_tabular::{
    Cause, Corpus, Field, OutputFormat, ReadOptions, Remark, TabularError, read_corpus, write_rows,
};

fn read(files: &[(&str, &[u8])], options: &ReadOptions) -> Result<Corpus, TabularError> {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let inputs: Vec<PathBuf> = match files {
        [(name, _)] => vec![folder.path().join(name)],
        _ => vec![folder.path().to_owned()],
    };
    read_corpus(&inputs, std::io::empty(), options)
}

fn one(name: &str, bytes: &[u8]) -> Corpus {
    read(&[(name, bytes)], &ReadOptions::default()).unwrap()
}

/// The texts by id.
fn texts(corpus: &Corpus) -> Vec<&str> {
    corpus.articles.iter().map(|article| article.text.as_str()).collect()
}

fn told(corpus: &Corpus) -> Vec<String> {
    corpus.remarks.iter().map(ToString::to_string).collect()
}

#[test]
fn tables_of_old_encodings_are_read() {
    let russian = "id;Текст;Издание\n1;Причал в Лиске закрыт до конца года, сообщил порт.;Вестник\n2;Lisk;Херальд\n\
                   3;Паром отходит от Острела каждый час, кроме воскресенья.;Вестник\n";
    let mut fitting = 0;
    for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R] {
        let corpus = one("a.csv", &encoding.encode(russian).0);
        assert_eq!(
            texts(&corpus)[0],
            "Причал в Лиске закрыт до конца года, сообщил порт.",
            "{}",
            encoding.name()
        );
        assert_eq!(corpus.articles[1].source.as_deref(), Some("Херальд"));
        assert!(told(&corpus)[0].contains("3 rows not in UTF-8, the first in line 2"), "{:?}", told(&corpus));
        fitting += 1;
    }
    assert_eq!(fitting, 2);
    let german = encoding_rs::WINDOWS_1252.encode("id,text\n1,Käthe prüft vier Pfeiler in Grünau.\n").0;
    assert_eq!(texts(&one("a.csv", &german)), ["Käthe prüft vier Pfeiler in Grünau."]);
    let lines = encoding_rs::WINDOWS_1251
        .encode("{\"id\":1,\"text\":\"Причал закрыт до конца года.\"}\n{\"id\":2,\"text\":\"Lisk\"}\n")
        .0;
    assert_eq!(texts(&one("a.jsonl", &lines)), ["Причал закрыт до конца года.", "Lisk"]);
}

#[test]
fn one_bad_byte_costs_one_character() {
    let rows = b"id,text\n1,\xd0\x9f\xd1\x80\xd0\xb8\xff\xd1\x87\xd0\xb0\xd0\xbb\n2,ok\n";
    let corpus = one("a.csv", rows);
    assert_eq!(texts(&corpus), ["При\u{fffd}чал", "ok"]);
    assert!(told(&corpus)[0].contains("the first in line 2"), "{:?}", told(&corpus));
}

#[test]
fn utf_16_of_spreadsheets_and_shells_is_read() {
    let rows = "id\ttext\n1\tПричал закрыт.\n2\tThe quay is closed.\n";
    let lines = "{\"id\":1,\"text\":\"Причал закрыт.\"}\r\n{\"id\":2,\"text\":\"The quay is closed.\"}\r\n";
    for (name, text) in [("a.tsv", rows), ("a.csv", rows), ("a.jsonl", lines)] {
        for (mark, little) in [("\u{feff}", true), ("\u{feff}", false), ("", true), ("", false)] {
            let units = format!("{mark}{text}");
            let bytes: Vec<u8> = units
                .encode_utf16()
                .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
                .collect();
            assert_eq!(
                texts(&one(name, &bytes)),
                ["Причал закрыт.", "The quay is closed."],
                "{name} {little}"
            );
        }
    }
}

#[test]
fn the_line_that_names_the_separator_is_no_row() {
    for text in [
        "\u{feff}sep=;\r\nid;text\r\n1;a, b\r\n",
        "SEP=\t\nid\ttext\n1\ta, b\n",
        "id|text\n1|a, b\n",
        "id;text\n1;a, b\n",
    ] {
        assert_eq!(texts(&one("a.csv", text.as_bytes())), ["a, b"], "{text:?}");
    }
    assert_eq!(texts(&one("a.tsv", b"id;text\n1;a\tb\n")), ["a\tb"]);
}

#[test]
fn quotation_marks_between_tabs_are_text_unless_they_hold_the_whole_field() {
    let corpus =
        one("a.tsv", b"id\ttext\n1\t\"Grey Harbour\" opened late\n2\t\"a\tb\"\n3\t\"open\n4\tlast\n");
    assert_eq!(texts(&corpus), ["\"Grey Harbour\" opened late", "a\tb", "\"open", "last"]);
    assert!(corpus.unused_rows.is_empty());
}

#[test]
fn an_unclosed_quotation_mark_is_told_and_takes_no_other_row() {
    // The mark stands in a field that is not the last: what is left of its row is wrong.
    let corpus = one("a.csv", b"id,text,desk\n1,\"cut off\n2,\"Rain, again\",x\n3,Snow,y\n");
    assert_eq!(texts(&corpus), ["Rain, again", "Snow"]);
    assert_eq!((corpus.unused_rows[0].line, &corpus.unused_rows[0].cause), (Some(2), &Cause::OpenQuote));
    // The row is whole without it: the mark is text.
    let corpus = one("a.csv", b"id,text\n1,\"cut off\n2,Rain\n3,\"Snow\"\n");
    assert_eq!(texts(&corpus), ["\"cut off", "Rain", "Snow"]);
    assert!(
        matches!(corpus.remarks[..], [Remark::OpenQuote { line: 2, rows: 1, .. }]),
        "{:?}",
        corpus.remarks
    );
    // Far more behind it than a record may hold.
    let many: String = (2..4_000).map(|i| format!("{i},Rain number {i}\n")).collect();
    let options = ReadOptions { max_text_bytes: 1_000, ..ReadOptions::default() };
    let corpus = read(&[("a.csv", format!("id,text\n1,\"cut off\n{many}").as_bytes())], &options).unwrap();
    assert_eq!(corpus.articles.len(), 3_999);
}

#[test]
fn marks_that_nobody_doubled_are_read_as_they_were_meant() {
    let corpus = one(
        "a.csv",
        b"id,text,desk\n1,\"He said \"no\" to it.\n\nThen \"yes\" twice.\",x\n2,\"a \"\"b\"\"\",y\n",
    );
    assert_eq!(texts(&corpus), ["He said \"no\" to it.\n\nThen \"yes\" twice.", "a \"b\""]);
    let corpus = one("a.csv", b"id,text\n1,\"Grey Harbour\" opened late\n2,\"Snow\"\n");
    assert_eq!(texts(&corpus), ["\"Grey Harbour\" opened late", "Snow"]);
}

#[test]
fn times_in_a_zone_of_any_name_are_moments() {
    for zone in ["UTC", "Europe/Berlin", "Asia/Almaty", "+05:00", "No/Such"] {
        let at =
            |micros: i64| PrimitiveArray::<TimestampMicrosecondType>::from(vec![micros]).with_timezone(zone);
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("text", Arc::new(StringArray::from(vec!["Rain"]))),
            ("published", Arc::new(at(1_772_609_400_000_000))),
            ("crawled", Arc::new(at(1_772_609_400_000_000))),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let mut parquet = parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
        parquet.write(&batch).unwrap();
        let corpus = one("a.parquet", &parquet.into_inner().unwrap());
        assert_eq!(corpus.articles[0].published.as_deref(), Some("2026-03-04T07:30:00Z"), "{zone}");
        assert_eq!(corpus.articles[0].extra["crawled"], "2026-03-04T07:30:00Z");
    }
}

#[test]
fn words_in_a_column_of_numbers_stay_words() {
    let corpus = one(
        "a.jsonl",
        br#"{"id":1,"text":"a","risk":"high"}
        {"id":2,"text":"b","risk":3}
        {"id":3,"text":"c","risk":"4"}
        {"id":4,"text":"d","risk":["x"]}"#,
    );
    let rows: Vec<throughline_schema::tables::ArticleRow> = corpus
        .articles
        .iter()
        .map(|article| {
            serde_json::from_value(json!({
            "article_id": article.id, "text": article.text, "lang": "en", "characters": 1, "statements": 1,
            "extra": article.extra,
        })).unwrap()
        })
        .collect();
    let mut csv = Vec::new();
    write_rows(&rows, OutputFormat::Csv, &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let last: Vec<&str> = csv.lines().skip(1).map(|line| line.split_once(",en,").unwrap().1).collect();
    assert!(last[0].ends_with(",high") && last[1].ends_with(",3") && last[2].ends_with(",4"), "{csv}");
    for (format, name) in [(OutputFormat::Parquet, "t.parquet"), (OutputFormat::Jsonl, "t.jsonl")] {
        let mut bytes = Vec::new();
        write_rows(&rows, format, &mut bytes).unwrap();
        let again = one(name, &bytes);
        for (before, after) in rows.iter().zip(&again.articles) {
            assert_eq!(before.extra["risk"], after.extra["risk"], "{name}");
        }
    }
}

/// A packed file of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook with these sheets, as their XML rows.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut list, mut targets, mut parts) = (String::new(), String::new(), Vec::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        list += &format!("<sheet name=\"{name}\" sheetId=\"{}\" r:id=\"r{at}\"/>", at + 1);
        targets += &format!(
            "<Relationship Id=\"r{at}\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        );
        parts.push((
            format!("xl/worksheets/sheet{at}.xml"),
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    targets += &format!("<Relationship Id=\"rs\" Type=\"{relations}/styles\" Target=\"styles.xml\"/>");
    parts.push((
        "xl/workbook.xml".into(),
        format!("<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets>{list}</sheets></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".into(),
        format!("<Relationships xmlns=\"{package}\">{targets}</Relationships>"),
    ));
    parts.push(("xl/styles.xml".into(), format!("<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>")));
    parts.push(("_rels/.rels".into(), format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"r\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")));
    parts.push((
        "[Content_Types].xml".into(),
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".into(),
    ));
    archive(&parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// A row of cells: text, or a number with its style after a `#`.
fn row(number: usize, cells: &[&str]) -> String {
    let cell = |(at, cell): (usize, &&str)| {
        let place = format!("{}{number}", char::from(b'A' + at as u8));
        match cell.split_once('#') {
            Some((value, style)) => format!("<c r=\"{place}\" s=\"{style}\"><v>{value}</v></c>"),
            None => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
        }
    };
    format!("<row r=\"{number}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

#[test]
fn spreadsheets_are_tables() {
    let header = ["id", "date", "outlet", "body", "reads"];
    let march = [
        row(1, &header),
        row(2, &["1#0", "46085#1", "Post", "Rain fell.", "12.5#0"]),
        row(4, &["2#0", "46085.3125#1", "Herald", "Snow fell.", "7#0"]),
    ]
    .concat();
    let april = [row(1, &header), row(2, &["3#0", "46115#1", "Post", "Wind blew.", "1#0"])].concat();
    let notes = row(1, &["what this is", "by whom"]) + &row(2, &["articles", "me"]);
    let book = workbook(&[("March", &march), ("April", &april), ("Notes", &notes)]);
    let corpus = one("a.xlsx", &book);
    assert_eq!(texts(&corpus), ["Rain fell.", "Snow fell.", "Wind blew."]);
    let first = &corpus.articles[0];
    assert_eq!((first.source.as_deref(), first.published.as_deref()), (Some("Post"), Some("2026-03-04")));
    assert_eq!((&first.extra["reads"], &corpus.articles[1].extra["reads"]), (&json!(12.5), &json!(7)));
    assert_eq!(corpus.articles[1].published.as_deref(), Some("2026-03-04T07:30:00"));
    assert!(told(&corpus).iter().any(|text| text.contains("\"Notes\"")), "{:?}", told(&corpus));

    let cells = |cells: &[&str]| {
        let cell = |cell: &&str| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"
            )
        };
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"A\">{}{}</table:table></office:spreadsheet></office:body>\
         </office:document-content>",
        cells(&["заголовок", "текст"]),
        cells(&["Дождь", "Дождь шёл."])
    );
    let manifest =
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let book = archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ]);
    let corpus = one("a.ods", &book);
    assert_eq!((texts(&corpus), corpus.articles[0].title.as_deref()), (vec!["Дождь шёл."], Some("Дождь")));
}

#[test]
fn a_damaged_or_swollen_spreadsheet_is_an_error() {
    let book = workbook(&[("A", &(row(1, &["text"]) + &row(2, &["Rain"])))]);
    for cut in [0, 10, book.len() / 2, book.len() - 30] {
        let read = read(&[("a.xlsx", &book[..cut])], &ReadOptions::default());
        assert!(matches!(read, Err(TabularError::Unusable { .. })), "{cut}");
    }
    let options = ReadOptions { max_file_bytes: 2_000, ..ReadOptions::default() };
    let error =
        read(&[("a.xlsx", &workbook(&[("A", &row(1, &["text"]).repeat(900))]))], &options).unwrap_err();
    assert!(error.to_string().contains("2000 bytes"), "{error}");
}

#[test]
fn columns_are_taken_as_the_user_says_and_told_where_they_are_guessed() {
    let table = b"id,paper,date,headline,body\n1,Post,2026-03-04,Rain,Rain fell.\n";
    let columns = [(Field::Source, "paper".to_owned())].into();
    let corpus = read(&[("a.csv", table)], &ReadOptions { columns, ..ReadOptions::default() }).unwrap();
    let article = &corpus.articles[0];
    assert_eq!((article.source.as_deref(), article.title.as_deref()), (Some("Post"), Some("Rain")));
    assert_eq!((article.published.as_deref(), article.text.as_str()), (Some("2026-03-04"), "Rain fell."));
    let fields: Vec<Field> = corpus
        .remarks
        .iter()
        .map(|remark| match remark {
            Remark::ColumnTaken { field, rows: 1, .. } => *field,
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(fields, [Field::Text, Field::Title, Field::Published]);
    let columns = [(Field::Source, "papre".to_owned())].into();
    let error = read(&[("a.csv", table)], &ReadOptions { columns, ..ReadOptions::default() }).unwrap_err();
    assert!(error.to_string().contains("`papre`") && error.to_string().contains("paper"), "{error}");
}

#[test]
fn the_outlet_is_given_or_told_by_folder_page_or_address() {
    let page = "<html><head><meta property=\"og:site_name\" content=\"The Valley Post\"></head><body><article><p>The old bridge \
                over the Ard reopened on Thursday after two years of repairs, the county council said, and the first lorries \
                crossed before dawn.</p></article></body></html>";
    let lines = "{\"id\":1,\"text\":\"a\",\"url\":\"https://www.harbour.co.uk/a\",\"source\":\"Harbour\"}\n\
                 {\"id\":2,\"text\":\"b\",\"url\":\"https://www.harbour.co.uk/a\"}\n{\"id\":3,\"text\":\"c\"}\n";
    let files: &[(&str, &[u8])] =
        &[("x/a.html", page.as_bytes()), ("b.jsonl", lines.as_bytes()), ("Post/2026-03-04 Rain.txt", b"d")];
    let told = |corpus: &Corpus, text: &str| {
        let article = corpus.articles.iter().find(|article| article.text.starts_with(text)).unwrap();
        (article.source.clone(), article.source_from)
    };
    let owned = |source: &str, from| (Some(source.to_owned()), Some(from));
    let corpus = read(files, &ReadOptions::default()).unwrap();
    assert_eq!(told(&corpus, "a"), owned("Harbour", SourceFrom::Given));
    assert_eq!(told(&corpus, "b"), owned("harbour.co.uk", SourceFrom::Url));
    assert_eq!(told(&corpus, "c"), (None, None));
    assert_eq!(told(&corpus, "The old"), owned("The Valley Post", SourceFrom::Page));
    let file_names = Some("{source}/{published} {title}".parse().unwrap());
    let corpus = read(files, &ReadOptions { file_names, ..ReadOptions::default() }).unwrap();
    assert_eq!(told(&corpus, "d"), owned("Post", SourceFrom::FileName));
    let rain = corpus.articles.iter().find(|article| article.text == "d").unwrap();
    assert_eq!((rain.title.as_deref(), rain.published.as_deref()), (Some("Rain"), Some("2026-03-04")));
    assert!(corpus.remarks.iter().any(|remark| matches!(remark, Remark::FileNames { files: 2, .. })));
}

#[test]
fn a_text_without_a_title_has_its_first_line_where_that_is_one() {
    let files: &[(&str, &[u8])] = &[
        ("a.txt", b"The quay is closed\n\nIt was found unsafe."),
        ("b.md", b"---\nmood: grey\n---\n# The ferry is late\n\nIt waits."),
        ("c.txt", b"It was found unsafe. So it was closed."),
    ];
    let corpus = read(files, &ReadOptions::default()).unwrap();
    let mut titles: Vec<Option<&str>> =
        corpus.articles.iter().map(|article| article.title.as_deref()).collect();
    titles.sort_unstable();
    assert_eq!(titles, [None, Some("The ferry is late"), Some("The quay is closed")]);
}
