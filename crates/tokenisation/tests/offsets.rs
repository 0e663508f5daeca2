//! Offsets hold for any text: pieces are in bounds, in order and apart, and leave out only white space.

use proptest::prelude::*;
use throughline_schema::Span;
use throughline_tokenisation::segment;

/// Checks everything that is promised of the pieces of any text.
fn check(text: &str, lang: Option<&str>) {
    let found = segment(text, lang);
    let (mut end, mut chars, mut paragraph) = (0, 0, 0);
    for piece in &found.pieces {
        let span = piece.span;
        assert!(
            end <= span.byte_start && span.byte_start < span.byte_end && span.byte_end <= text.len(),
            "{span:?}"
        );
        let gap = &text[end..span.byte_start];
        let char_start = chars + gap.chars().count();
        chars = char_start + span.slice(text).chars().count();
        let want = Span { byte_start: span.byte_start, byte_end: span.byte_end, char_start, char_end: chars };
        assert_eq!(span, want, "byte and character offsets disagree");
        assert!(gap.chars().all(char::is_whitespace), "text lost between pieces: {gap:?}");
        let piece_text = span.slice(text);
        assert_eq!(piece_text, piece_text.trim(), "white space at an end");
        assert!(piece.paragraph >= paragraph, "paragraphs out of order");
        (end, paragraph) = (span.byte_end, piece.paragraph);
    }
    assert!(text[end..].chars().all(char::is_whitespace), "text lost at the end: {:?}", &text[end..]);
}

/// Words and signs that sentences, quotations, lists, boilerplate and law reports are made of.
const PARTS: &[&str] = &[
    "The",
    "president",
    "Mr",
    ".",
    ". ",
    "!",
    "?",
    "…",
    "...",
    ". . .",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t)",
    "\u{2028}",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "'",
    "(",
    ")",
    "[",
    "]",
    "[12]",
    "—",
    " – ",
    "- ",
    "--",
    "-----",
    "***",
    "* * *",
    "U.S.",
    "a.m.",
    "5",
    "1.",
    "2)",
    "a.",
    "• ",
    "IV.",
    "§ 3.1",
    " v. ",
    "38 C.F.R.",
    "F.3d ",
    "г.",
    "т. д.",
    "им.",
    "Он",
    "сказал",
    "Ол",
    "қазақ",
    "。",
    "؟",
    "।",
    "核电站",
    "😀",
    ":)",
    "e\u{301}",
    "\u{feff}",
    "http://a.b/c",
    "<a@b.org>",
    "08/16/2000 03:48 PM",
    "Dear Anna,",
    "Regards,",
    "By Jane Doe",
    "Reuters",
    "LONDON, May 3 (Reuters) -",
    "АСТАНА. /ТАСС/.",
    "0 Comments",
    "Share on Facebook",
    "Home | World | News",
    "&#39;&#39;",
    "``",
    "``.",
    "\u{a0}",
    "İ",
    "ß",
    "ǅ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text, None);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&String::from_utf8_lossy(&bytes), Some("en"));
    }

    #[test]
    fn text_of_telling_parts(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..60),
        lang in prop::sample::select(&[None, Some("en"), Some("ru"), Some("kk"), Some("zh")][..]),
    ) {
        check(&parts.concat(), lang);
        check(&parts.join(" "), lang);
    }

    #[test]
    fn law_reports(parts in prop::collection::vec(prop::sample::select(PARTS), 0..60)) {
        check(&format!("§ § § § § {}", parts.join(" ")), Some("en"));
    }
}

/// Quadratic work on a text of this size would take minutes.
#[test]
fn long_runs_take_linear_time() {
    let unit = [
        "a",
        ".",
        ". ",
        "\n",
        "\"",
        "(",
        "A.",
        "a. ",
        "-",
        "*",
        "1. ",
        "• 1. A ",
        ": ",
        "@",
        "://",
        "«",
        "‘",
        "Dear ",
        "¶ 1. ",
        "\t",
        ".) ",
        ".)",
        "Aaaa.",
        "5\"г.",
        "a.m. ",
        "Aa: a@b ",
    ];
    for unit in unit {
        let text = unit.repeat(200_000 / unit.len());
        let begin = std::time::Instant::now();
        check(&text, Some("en"));
        check(&format!("§ § § § § {text}"), Some("en"));
        let seconds = begin.elapsed().as_secs_f64();
        // Takes a fraction of a second, and minutes once anything is quadratic: no measure of speed.
        assert!(seconds < 60.0, "{unit:?}: {seconds} s for {} bytes", text.len());
    }
}
