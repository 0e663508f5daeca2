//! Any text to its quotations and features: spans hold, statements are those the words touch, and the same
//! text reads the same twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use throughline_schema::{Article, ArticleId, Quote, Span, Statement};
use throughline_tokenisation::features::{features, words};
use throughline_tokenisation::quotes::quotes;
use throughline_tokenisation::read;

fuzz_target!(|bytes: &[u8]| {
    let article = Article {
        id: ArticleId::from("a"),
        text: String::from_utf8_lossy(bytes).into_owned(),
        ..Article::default()
    };
    let text = read(&article);
    let statements = text.statements.as_slice();
    let found = quotes(&article, &text);
    assert_eq!(found, quotes(&article, &text), "two readings differ");
    for quote in &found {
        check_quote(&article.text, quote, statements);
    }
    let mut ids: Vec<&str> = found.iter().map(|quote| quote.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "two quotations of one id");

    for statement in statements {
        check_features(&statement.text, &statement.lang);
    }
    for lang in ["en", "ru", "kk", "und"] {
        check_features(&article.text, lang);
    }
});

fn check_quote(text: &str, quote: &Quote, statements: &[Statement]) {
    assert!(!quote.content.is_empty(), "nothing was said");
    for spans in [&quote.content, &quote.cue, &quote.source] {
        for span in spans {
            assert!(span.byte_start < span.byte_end);
            assert_eq!(*span, Span::of(text, span.bytes()));
        }
        assert!(spans.windows(2).all(|two| two[0].byte_end <= two[1].byte_start), "{spans:?}");
    }
    assert!(quote.speaker.as_ref().is_none_or(|name| !name.trim().is_empty()), "a speaker without a name");
    let meets = |span: &Span, statement: &Statement| {
        span.byte_start < statement.span.byte_end && statement.span.byte_start < span.byte_end
    };
    let touched = statements.iter().filter(|s| quote.content.iter().any(|span| meets(span, s)));
    let touched: Vec<_> = touched.map(|statement| statement.id.clone()).collect();
    assert_eq!(quote.statements, touched, "not the statements that its words touch");
}

fn check_features(text: &str, lang: &str) {
    let read = features(text, lang);
    assert_eq!(read, features(text, lang), "two readings differ");
    assert_eq!(read.words, words(text));
    assert!(read.stems.len() <= read.words.len());
    assert!(read.grams.is_sorted_by(|a, b| a < b));
    assert_eq!(read.names.len(), read.name_stems.len());
    for figure in &read.figures {
        assert!(figure.value.is_finite() && text.contains(&figure.text), "{figure:?}");
    }
    assert!(read.names.iter().all(|name| text.contains(name)));
    assert!(read.phrases.iter().all(|phrase| !phrase.trim().is_empty()));
}
