//! Bytes of a text file, packed or not, in any encoding: text that is already UTF-8 comes back as it is,
//! and text written as UTF-16 with a mark reads like the same text written as UTF-8 with one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use throughline_tabular::{Corpus, InputFormat, ReadOptions, read_corpus};

const MOST: usize = 100_000;
const MARK: char = '\u{feff}';

fuzz_target!(|bytes: &[u8]| {
    let plain = read(bytes, InputFormat::Text);
    assert_eq!(plain, read(bytes, InputFormat::Text), "two readings differ");
    let plain = text(plain);
    let markdown = text(read(bytes, InputFormat::Markdown));
    assert_eq!(plain, markdown, "a file's head is part of its text");
    if let Some(text) = &plain {
        assert!(text.len() <= MOST);
    }

    let Ok(given) = std::str::from_utf8(bytes) else { return };
    let packed = bytes.starts_with(b"\x1f\x8b\x08") || bytes.starts_with(b"\x28\xb5\x2f\xfd");
    if !packed && !given.contains('\0') {
        let unmarked = given.strip_prefix(MARK).unwrap_or(given);
        assert!(plain.is_none_or(|text| text == unmarked), "UTF-8 was changed");
    }
    let marked = format!("{MARK}{given}");
    let utf8 = text(read(marked.as_bytes(), InputFormat::Text));
    let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for utf16 in [little, big] {
        let wide = text(read(&utf16, InputFormat::Text));
        // Zero bytes may pass for UTF-16 where UTF-8 is read.
        assert!(wide == utf8 || given.contains('\0'), "UTF-16 and UTF-8 differ");
    }
});

fn read(bytes: &[u8], format: InputFormat) -> Result<Corpus, String> {
    let options =
        ReadOptions { format: Some(format), max_text_bytes: MOST, max_file_bytes: 1_000_000, ..ReadOptions::default() };
    read_corpus(&["-".into()], bytes, &options).map_err(|error| error.to_string())
}

fn text(read: Result<Corpus, String>) -> Option<String> {
    let mut articles = read.ok()?.articles;
    assert!(articles.len() <= 1, "one file, one article");
    Some(articles.pop()?.text)
}
