//! Bytes of a web page to its article: read or refused with a reason, twice the same, within bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use throughline_tabular::{Corpus, InputFormat, ReadOptions, read_corpus};

const MOST: usize = 100_000;

fuzz_target!(|page: &[u8]| {
    let read = read(page);
    assert_eq!(read, self::read(page), "two readings differ");
    let Ok(corpus) = read else { return };
    assert!(corpus.articles.len() <= 1, "one page, one article");
    for article in corpus.articles {
        assert!(article.text.len() <= MOST);
        let lines: Vec<&str> = article.text.lines().collect();
        assert!(lines.iter().all(|line| line.trim() == *line), "space around a line: {:?}", article.text);
        assert!(!lines.windows(2).any(|two| two == ["", ""]), "two blank lines: {:?}", article.text);
        for field in [article.title, article.url, article.source, article.published, article.lang] {
            assert!(field.is_none_or(|field| !field.trim().is_empty()), "a field of white space");
        }
    }
});

fn read(page: &[u8]) -> Result<Corpus, String> {
    let options = ReadOptions {
        format: Some(InputFormat::Html),
        max_text_bytes: MOST,
        max_file_bytes: 1_000_000,
        ..ReadOptions::default()
    };
    read_corpus(&["-".into()], page, &options).map_err(|error| error.to_string())
}
