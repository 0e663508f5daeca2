//! Any text to pieces: in order, on character boundaries, counted alike in bytes and characters, with
//! nothing but white space between.
#![no_main]

use libfuzzer_sys::fuzz_target;
use throughline_schema::{Article, ArticleId, Span};
use throughline_tokenisation::{PieceKind, read, segment};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for lang in [None, Some("en"), Some("ru")] {
        check_pieces(&text, lang);
    }
    check_article(&text);
});

fn check_pieces(text: &str, lang: Option<&str>) {
    let found = segment(text, lang);
    assert_eq!(found, segment(text, lang), "two readings differ");
    check_spans(text, found.pieces.iter().map(|piece| piece.span));
    assert!(found.pieces.is_sorted_by_key(|piece| piece.paragraph), "paragraphs out of order");
}

/// Pieces and the gaps between them make up the text.
fn check_spans(text: &str, spans: impl Iterator<Item = Span>) {
    let (mut end, mut chars) = (0, 0);
    let mut rebuilt = String::with_capacity(text.len());
    for span in spans {
        let (gap, piece) = (&text[end..span.byte_start], span.slice(text));
        let char_start = chars + gap.chars().count();
        assert_eq!((span.char_start, span.char_end), (char_start, char_start + piece.chars().count()));
        assert!(gap.chars().all(char::is_whitespace), "text between pieces: {gap:?}");
        assert!(!piece.is_empty() && piece.trim() == piece, "white space at an end: {piece:?}");
        rebuilt.push_str(gap);
        rebuilt.push_str(piece);
        (end, chars) = (span.byte_end, span.char_end);
    }
    assert!(text[end..].chars().all(char::is_whitespace), "text after the last piece: {:?}", &text[end..]);
    rebuilt.push_str(&text[end..]);
    assert_eq!(rebuilt, text);
}

/// The statements and the boilerplate of an article are its pieces.
fn check_article(text: &str) {
    let article = Article {
        id: ArticleId::from("a"),
        text: text.to_owned(),
        ..Article::default()
    };
    let found = read(&article);
    let pieces = segment(text, None).pieces;
    let is_statement = |kind| !matches!(kind, PieceKind::Boilerplate(_));
    assert_eq!(found.statements.len(), pieces.iter().filter(|piece| is_statement(piece.kind)).count());
    assert_eq!(found.statements.len() + found.furniture.len(), pieces.len());
    let mut ids: Vec<&str> = found.statements.iter().map(|statement| statement.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "two statements of one id");
    for (index, statement) in found.statements.iter().enumerate() {
        assert_eq!(statement.index as usize, index);
        assert_eq!(statement.text, statement.span.slice(text));
        assert!(!statement.lang.is_empty());
    }
    for furniture in &found.furniture {
        assert_eq!(furniture.text, furniture.span.slice(text));
    }
    let mut spans: Vec<Span> = found.statements.iter().map(|statement| statement.span).collect();
    spans.extend(found.furniture.iter().map(|furniture| furniture.span));
    spans.sort_unstable();
    check_spans(text, spans.into_iter());
}
