//! Lines of a site, told from background by the whole collection.

use throughline_schema::{Article, ArticleId, BoilerplateKind};
use throughline_tokenisation::boilerplate::{Listed, move_recurring};
use throughline_tokenisation::{ArticleText, read_with};

/// What the articles of the tests are about: nothing in common.
const MATTERS: [&str; 8] = [
    "The glacier above Lindow lost forty metres this summer. Surveyors from Alm measured it twice.",
    "A bakery in Harrow won the national prize for rye bread. Its owner, Petra Holm, thanked the millers.",
    "The Verdan orchestra will play without a conductor. Rehearsals begin in the old granary.",
    "Two ferries collided off Cape Torrin in thick fog. Nobody fell overboard, the harbour master said.",
    "Parliament in Osk voted to abolish the tax on bicycles. The treasurer had warned of a deficit.",
    "A comet will cross the orbit of Mars in October. Astronomers at Telm photographed its tail.",
    "Striking nurses blocked the bridge at Marn for an hour. Their union wants shorter nights.",
    "The chess champion Ilya Brand resigned after twenty moves. His opponent is fourteen years old.",
];

fn article(id: usize, text: String, source: Option<&str>) -> Article {
    Article {
        id: ArticleId(format!("{id:03}")),
        text,
        source: source.map(str::to_owned),
        lang: Some("en".to_owned()),
        ..Article::default()
    }
}

fn taken_apart(texts: &[String], source: Option<&str>, listed: &Listed) -> Vec<ArticleText> {
    let articles: Vec<Article> =
        texts.iter().enumerate().map(|(id, text)| article(id, text.clone(), source)).collect();
    let mut found: Vec<ArticleText> = articles.iter().map(|article| read_with(article, listed)).collect();
    move_recurring(&articles, &mut found, listed);
    for (article, text) in articles.iter().zip(&found) {
        let pieces = text.statements.iter().map(|s| (s.span, &s.text));
        for (span, piece) in pieces.chain(text.furniture.iter().map(|f| (f.span, &f.text))) {
            assert_eq!(span.slice(&article.text), piece);
            let chars: String =
                article.text.chars().skip(span.char_start).take(span.char_end - span.char_start).collect();
            assert_eq!(chars, *piece);
        }
        assert!((0u32..).zip(&text.statements).all(|(index, s)| s.index == index));
    }
    found
}

fn with_tail(tail: impl Fn(usize) -> String) -> Vec<String> {
    MATTERS.iter().enumerate().map(|(i, matter)| format!("{matter} {}", tail(i))).collect()
}

fn recurring(found: &[ArticleText]) -> Vec<&str> {
    let pieces = found.iter().flat_map(|text| &text.furniture);
    pieces.filter(|piece| piece.kind == BoilerplateKind::Recurring).map(|piece| piece.text.as_str()).collect()
}

#[test]
fn an_invitation_at_the_end_of_unrelated_articles_is_the_sites() {
    for source in [None, Some("Gazette")] {
        let texts = with_tail(|_| "Tell our editors what happens in your street.".to_owned());
        let found = taken_apart(&texts, source, &Listed::default());
        assert_eq!(recurring(&found).len(), MATTERS.len());
        assert!(found.iter().all(|text| text.statements.len() == 2));
        assert_eq!(found[0].furniture[0].articles, Some(8));
    }
}

#[test]
fn what_a_site_fills_in_varies() {
    let texts = with_tail(|i| {
        format!("Gazette Weekend Edition 0{}/01/2026 page{i} by reader{i}@gazette.example", i + 1)
    });
    assert_eq!(recurring(&taken_apart(&texts, None, &Listed::default())).len(), MATTERS.len());
}

#[test]
fn background_in_articles_on_one_matter_is_content() {
    let background = "The dam at Selby burst in May 1998 and drowned ninety people.";
    let texts: Vec<String> = (0..6)
        .map(|day| {
            format!(
                "Engineers inspected the Selby dam again on day {day}. Villagers below the Selby dam fear another flood, \
                 and the reservoir at Selby rose by {day} metres. {background}"
            )
        })
        .chain(MATTERS.iter().map(|&matter| matter.to_owned()))
        .collect();
    let found = taken_apart(&texts, None, &Listed::default());
    assert_eq!(recurring(&found), Vec::<&str>::new());
}

#[test]
fn reprints_prove_nothing() {
    let texts: Vec<String> =
        (0..6).map(|_| format!("{} The mayor will speak on Monday.", MATTERS[0])).collect();
    assert_eq!(recurring(&taken_apart(&texts, None, &Listed::default())), Vec::<&str>::new());
}

#[test]
fn a_form_that_is_the_whole_article_is_content() {
    let texts: Vec<String> = MATTERS
        .iter()
        .map(|matter| {
            let name = matter.split(' ').nth(1).unwrap();
            format!("{name} Inc. The board declared the regular quarterly dividend today. It is payable to holders of record.")
        })
        .collect();
    assert_eq!(recurring(&taken_apart(&texts, None, &Listed::default())), Vec::<&str>::new());
}

#[test]
fn a_line_glued_to_a_sentence_is_cut_off() {
    let mut texts = with_tail(|_| "Tell our editors what happens in your street.".to_owned());
    texts.push("The mill at Dorn closed after ninety years. It had ground rye for three villages Tell our editors what happens in your street.".to_owned());
    let found = taken_apart(&texts, None, &Listed::default());
    let last = found.last().unwrap();
    assert_eq!(last.statements[1].text, "It had ground rye for three villages");
    assert_eq!(last.furniture[0].text, "Tell our editors what happens in your street.");
}

#[test]
fn the_reader_has_the_last_word() {
    let tail = "Tell our editors what happens in your street.";
    let texts = with_tail(|_| tail.to_owned());
    let kept = taken_apart(&texts, None, &Listed::new([], ["tell our editors what happens in your street"]));
    assert!(kept.iter().all(|text| text.furniture.is_empty() && text.statements.len() == 3));

    let alone = [format!("{} {tail}", MATTERS[0])];
    let found = taken_apart(&alone, None, &Listed::new([tail], []));
    assert_eq!(found[0].furniture[0].kind, BoilerplateKind::Listed);
    let menu = ["Advertisement".to_owned()];
    let found = taken_apart(&menu, None, &Listed::new([], ["Advertisement"]));
    assert_eq!(found[0].statements.len(), 1);
}

#[test]
fn two_articles_are_too_few() {
    let texts = with_tail(|_| "Tell our editors what happens in your street.".to_owned());
    assert_eq!(recurring(&taken_apart(&texts[..2], None, &Listed::default())), Vec::<&str>::new());
}
