//! One record of a table: where it ends, and its fields.

use memchr::{memchr, memchr3};

/// What quotation marks are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// Around a field they are none of its text.
    Quote,
    /// They are text like any other character.
    Text,
}

/// A record as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub fields: Vec<Vec<u8>>,
    /// Its bytes with the end of its line.
    pub length: usize,
    /// A quotation mark stands inside a quoted field without another beside it.
    pub odd: bool,
    /// The text ends inside a quoted field.
    pub open: bool,
}

/// The record at the start of `bytes`; none where more bytes are needed to tell. `at_end` says that there are none.
///
/// A quotation mark inside a quoted field is text unless what follows ends the field: so `"He said "no" to it"` is read
/// as it was meant. Between tabs a field that does not end with its quotation mark is none that was quoted.
pub(super) fn record(bytes: &[u8], at_end: bool, delimiter: u8, marks: Marks) -> Option<Record> {
    let mut record = Record { fields: Vec::new(), length: 0, odd: false, open: false };
    let mut at = 0;
    loop {
        let quoted = (marks == Marks::Quote && bytes.get(at) == Some(&b'"'))
            .then(|| quoted(&bytes[at + 1..], at_end, delimiter));
        let (field, end) = match quoted {
            Some(Quoted::NeedsMore) => return None,
            Some(Quoted::Field { text, length, odd, open }) if !(delimiter == b'\t' && (odd || open)) => {
                record.odd |= odd;
                record.open |= open;
                (text, at + 1 + length)
            }
            _ => {
                let rest = &bytes[at..];
                match memchr3(delimiter, b'\n', b'\r', rest) {
                    Some(length) => (rest[..length].to_vec(), at + length),
                    None if at_end => (rest.to_vec(), bytes.len()),
                    None => return None,
                }
            }
        };
        record.fields.push(field);
        match bytes.get(end) {
            Some(byte) if *byte == delimiter => at = end + 1,
            Some(b'\r') if bytes.len() == end + 1 && !at_end => return None,
            Some(b'\r') => {
                record.length = end + 1 + usize::from(bytes.get(end + 1) == Some(&b'\n'));
                return Some(record);
            }
            Some(_) => {
                record.length = end + 1;
                return Some(record);
            }
            None if at_end => {
                record.length = bytes.len();
                return Some(record);
            }
            None => return None,
        }
    }
}

enum Quoted {
    NeedsMore,
    Field { text: Vec<u8>, length: usize, odd: bool, open: bool },
}

/// The field behind a quotation mark that opens it.
fn quoted(bytes: &[u8], at_end: bool, delimiter: u8) -> Quoted {
    let (mut text, mut odd, mut at) = (Vec::new(), false, 0);
    loop {
        let Some(mark) = memchr(b'"', &bytes[at..]).map(|found| at + found) else {
            if !at_end {
                return Quoted::NeedsMore;
            }
            text.extend_from_slice(&bytes[at..]);
            return Quoted::Field { text, length: bytes.len(), odd, open: true };
        };
        text.extend_from_slice(&bytes[at..mark]);
        // Blanks between the mark and the end of the field are none of it.
        let blanks = bytes[mark + 1..].iter().take_while(|byte| **byte == b' ').count();
        let behind = mark + 1 + blanks;
        match bytes.get(behind) {
            None if !at_end => return Quoted::NeedsMore,
            None => return Quoted::Field { text, length: bytes.len(), odd, open: false },
            Some(b'"') if blanks == 0 => {
                text.push(b'"');
                at = behind + 1;
            }
            Some(byte) if *byte == delimiter || matches!(byte, b'\n' | b'\r') => {
                return Quoted::Field { text, length: behind, odd, open: false };
            }
            Some(_) => {
                odd = true;
                text.push(b'"');
                at = mark + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str, delimiter: u8) -> (Vec<String>, usize, bool, bool) {
        let record = record(text.as_bytes(), true, delimiter, Marks::Quote).unwrap();
        let fields = record.fields.into_iter().map(|field| String::from_utf8(field).unwrap()).collect();
        (fields, record.length, record.odd, record.open)
    }

    fn owned(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|field| (*field).to_owned()).collect()
    }

    #[test]
    fn quoted_fields_hold_separators_line_breaks_and_marks() {
        let text = "1,\"a, b\r\nc \"\"d\"\"\",,e\r\nnext";
        assert_eq!(
            fields(text, b','),
            (owned(&["1", "a, b\r\nc \"d\"", "", "e"]), text.len() - 4, false, false)
        );
        assert_eq!(fields("\"a\" ,b\rc", b',').0, owned(&["a", "b"]));
        assert_eq!(fields("a \"b\" c,d", b',').0, owned(&["a \"b\" c", "d"]));
        assert_eq!(
            fields("\"He said \"no\" to it\",d\n", b','),
            (owned(&["He said \"no\" to it", "d"]), 23, true, false)
        );
        assert!(fields("\"a,b\nc", b',').3);
    }

    #[test]
    fn between_tabs_a_field_is_quoted_only_as_a_whole() {
        assert_eq!(
            fields("1\t\"Grey Harbour\" opened late\tx\n", b'\t').0,
            owned(&["1", "\"Grey Harbour\" opened late", "x"])
        );
        assert_eq!(fields("1\t\"a\tb \"\"c\"\"\"\tx\n", b'\t').0, owned(&["1", "a\tb \"c\"", "x"]));
        assert_eq!(fields("1\t\"open\n2\tx\n", b'\t').0, owned(&["1", "\"open"]));
    }

    #[test]
    fn a_cut_record_waits_for_more() {
        let text = b"1,\"a \"\"b\"\"\",c\r\n";
        for cut in 0..text.len() {
            assert_eq!(record(&text[..cut], false, b',', Marks::Quote), None, "{cut}");
        }
        assert!(record(text, false, b',', Marks::Quote).is_some());
    }
}
