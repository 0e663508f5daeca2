//! Bytes of a text file to text: byte order mark, UTF-8, UTF-16, else a guess.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::table::Told;
use crate::cause::Cause;
use crate::remark::count;

/// A decoded text.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding, where it is not UTF-8.
    pub encoding: Option<String>,
    /// What the user should know of how it was decoded.
    pub warning: Option<String>,
}

/// Decodes a whole file.
///
/// `label` is the encoding that the file itself names, as web pages do. A byte order mark and valid UTF-8
/// are believed first: labels are wrong more often than those.
pub(crate) fn decode(mut bytes: Vec<u8>, label: Option<&'static Encoding>) -> Result<Decoded, Cause> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding != UTF_8 {
            return decode_as(&bytes[mark..], encoding);
        }
        bytes.drain(..mark);
    }
    if let Some(encoding) = utf16_by_zeros(&bytes) {
        return decode_as(&bytes, encoding);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            check_printable(&text)?;
            return Ok(Decoded { text, encoding: None, warning: None });
        }
        Err(error) => error.into_bytes(),
    };
    if is_damaged_utf8(&bytes) {
        let (text, _) = UTF_8.decode_without_bom_handling(&bytes);
        check_printable(&text)?;
        let line = 1 + text.split('\u{fffd}').next().unwrap_or_default().matches('\n').count();
        let broken = text.matches('\u{fffd}').count();
        let warning = format!(
            "line {line}: {broken} places are not UTF-8, though the rest is; they are read as U+FFFD; \
             save the file as UTF-8 again to have them back"
        );
        return Ok(Decoded { text: text.into_owned(), encoding: None, warning: Some(warning) });
    }
    let encoding = label.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| guess(&bytes));
    let mut decoded = decode_as(&bytes, encoding)?;
    decoded.warning =
        Some(format!("not UTF-8; read as {}; if that is wrong, save the file as UTF-8", encoding.name()));
    Ok(decoded)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, Cause> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    check_printable(&text)?;
    let warning = damaged.then(|| {
        format!("some bytes are not {}; they are read as U+FFFD; save the file as UTF-8", encoding.name())
    });
    Ok(Decoded { text: text.into_owned(), encoding: Some(encoding.name().to_lowercase()), warning })
}

/// Bytes of a table that are not UTF-8: what encoding they are in, and where the first stand.
#[derive(Default)]
pub(crate) struct Legacy {
    bytes: Vec<u8>,
    rows: usize,
    first: u64,
    last: u64,
}

/// Bytes that tell an encoding; more tell no more.
const ENOUGH: usize = 1 << 20;

impl Legacy {
    /// Takes a field or a line.
    pub(crate) fn feed(&mut self, line: u64, bytes: &[u8]) {
        if self.rows == 0 {
            self.first = line;
        }
        if self.rows == 0 || line != self.last {
            self.rows += 1;
            self.last = line;
        }
        if self.bytes.len() < ENOUGH {
            self.bytes.extend_from_slice(bytes);
            self.bytes.push(b'\n');
        }
    }

    /// The encoding of all that was fed, and what the user should know of it; none where nothing was fed.
    pub(crate) fn finish(self, told: &mut Told) -> Option<&'static Encoding> {
        if self.rows == 0 {
            return None;
        }
        let encoding = Self::of(&self.bytes).unwrap_or(UTF_8);
        let (rows, first) = (self.rows, self.first);
        told.encoding(if encoding == UTF_8 {
            let rows = count(rows, "row");
            format!(
                "{rows} with bytes that are not UTF-8, the first in line {first}; they are read as U+FFFD"
            )
        } else {
            let (rows, name) = (count(rows, "row"), encoding.name());
            format!("{rows} not in UTF-8, the first in line {first}; read as {name}")
        });
        Some(encoding)
    }

    /// The encoding of bytes some of which may be no UTF-8.
    pub(crate) fn of(bytes: &[u8]) -> Option<&'static Encoding> {
        // The end of a sample may cut a character.
        let error = std::str::from_utf8(bytes).err()?;
        if error.error_len().is_none() && bytes.len() - error.valid_up_to() < 4 {
            return None;
        }
        if is_damaged_utf8(bytes) {
            return Some(UTF_8);
        }
        Some(guess(bytes))
    }
}

/// The text of a field or a line: as it is where it is UTF-8, else in the encoding that was found.
pub(crate) fn bytes_to_text(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let encoding = encoding.unwrap_or(UTF_8);
            encoding.decode_without_bom_handling(error.as_bytes()).0.into_owned()
        }
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Bytes of a table as UTF-8 where its start shows that they are UTF-16; else as they are.
pub(crate) fn from_utf16<'r>(mut reader: Box<dyn Read + Send + 'r>) -> io::Result<Box<dyn Read + Send + 'r>> {
    let mut start = Vec::new();
    reader.by_ref().take(4096).read_to_end(&mut start)?;
    let marked = Encoding::for_bom(&start).filter(|(encoding, _)| *encoding != UTF_8);
    let encoding = marked.or_else(|| Some((utf16_by_zeros(&start)?, 0)));
    let whole = io::Cursor::new(start);
    Ok(match encoding {
        Some((encoding, mark)) => {
            let mut whole = whole;
            whole.set_position(mark as u64);
            Box::new(Utf16 {
                inner: whole.chain(reader),
                decoder: encoding.new_decoder_without_bom_handling(),
                out: Vec::new(),
                at: 0,
                ended: false,
            })
        }
        None => Box::new(whole.chain(reader)),
    })
}

/// Turns UTF-16 into UTF-8 as it is read.
struct Utf16<R> {
    inner: R,
    decoder: Decoder,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.ended {
            let mut block = vec![0; 64 * 1024];
            let length = self.inner.read(&mut block)?;
            self.ended = length == 0;
            let most = self.decoder.max_utf8_buffer_length(length).unwrap_or(length * 3 + 16);
            self.out.resize(most, 0);
            self.at = 0;
            let (_, _, written, _) = self.decoder.decode_to_utf8(&block[..length], &mut self.out, self.ended);
            self.out.truncate(written);
        }
        let length = buffer.len().min(self.out.len() - self.at);
        buffer[..length].copy_from_slice(&self.out[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

/// UTF-16 without a mark: nearly every other byte of text in a European script's ASCII part is zero.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    // Spaces and line ends alone make one character in twenty, also in Cyrillic.
    let enough = (sample.len() / 2).div_ceil(20);
    match (high_first >= enough, low_first >= enough) {
        (true, false) if low_first == 0 => Some(UTF_16BE),
        (false, true) if high_first == 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether bytes that are not valid UTF-8 were meant as UTF-8: far more of their multi-byte sequences are
/// whole than broken, which does not happen by chance in any other encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 4 * broken
}

/// Text has no zero bytes and hardly any control characters; a picture or an archive has.
fn check_printable(text: &str) -> Result<(), Cause> {
    let controls = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}'))
        .count();
    if controls * 200 > text.len() + 200 {
        return Err(Cause::NotText);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: Vec<u8>) -> Result<Decoded, Cause> {
        super::decode(bytes, None)
    }

    const RUSSIAN: &str = "Президент подписал закон, который вступает в силу с первого января.\n\
                           Об этом сообщила пресс-служба.";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn marks_are_read_and_removed() {
        let decoded = decode([b"\xef\xbb\xbf".as_slice(), RUSSIAN.as_bytes()].concat()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (RUSSIAN, None));
        for little in [true, false] {
            let decoded = decode(utf16(&format!("\u{feff}{RUSSIAN}"), little)).unwrap();
            assert_eq!(decoded.text, RUSSIAN);
            assert_eq!(decoded.encoding.as_deref(), Some(if little { "utf-16le" } else { "utf-16be" }));
        }
    }

    #[test]
    fn encodings_without_a_mark_are_told() {
        for little in [true, false] {
            assert_eq!(decode(utf16(RUSSIAN, little)).unwrap().text, RUSSIAN);
            assert_eq!(decode(utf16("Rain fell.", little)).unwrap().text, "Rain fell.");
        }
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R, encoding_rs::ISO_8859_5] {
            let decoded = decode(encoding.encode(RUSSIAN).0.into_owned()).unwrap();
            assert_eq!(decoded.text, RUSSIAN, "{}", encoding.name());
            // KOI8-U, which is told here, holds all Russian letters where KOI8-R has them.
            assert!(decoded.encoding.unwrap().starts_with(&encoding.name().to_lowercase()[..5]));
            assert!(decoded.warning.unwrap().contains("not UTF-8"));
        }
    }

    #[test]
    fn one_broken_byte_does_not_change_the_encoding() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        let at = RUSSIAN.find('\n').unwrap() + 1;
        bytes.insert(at, 0xff);
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.text.replace('\u{fffd}', ""), RUSSIAN);
        assert!(decoded.warning.unwrap().starts_with("line 2: 1 places"));
    }

    #[test]
    fn a_picture_is_no_text() {
        let picture: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2654435761) >> 13) as u8).collect();
        assert_eq!(decode(picture).unwrap_err(), Cause::NotText);
    }
}
