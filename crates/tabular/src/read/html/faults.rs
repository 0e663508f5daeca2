//! Kinds of pages that readers get wrong, each with a page of our own writing.

use super::page;

const FIRST: &str =
    "The ferry between Lund and the islands stops in October, the harbour office said on Monday.";
const SECOND: &str = "Its engine is forty years old, and no yard in the country still has parts for it.";
const THIRD: &str = "The council wants to lease a boat from the mainland until a new one has been built.";

fn wrap(head: &str, body: &str) -> String {
    format!(
        "<html lang=en><head><title>Ferry stops in October</title>{head}</head><body>{body}</body></html>"
    )
}

fn story(extra: &str) -> String {
    wrap(
        "",
        &format!(
            "<article><h1>Ferry stops in October</h1><p>{FIRST}</p>{extra}<p>{SECOND}</p><p>{THIRD}</p></article>"
        ),
    )
}

fn paragraphs(html: &str) -> Vec<String> {
    page(html).unwrap().text.split("\n\n").map(str::to_owned).collect()
}

#[test]
fn what_stands_in_the_midst_of_a_story_is_no_text_of_it() {
    for extra in [
        "<figure><img src=a.jpg><figcaption>The pier at night<span>Photo: Lena</span></figcaption></figure>",
        "<div class=wp-caption-text>The pier at night. Photo: Lena</div>",
        "<p><img src=a.jpg><small>The pier at night. Photo: Lena</small></p>",
        "<p><time datetime=2026-03-04>4 March 2026, 07:30</time></p>",
        "<aside class=pullquote>“Forty years old”</aside>",
        "<div class=pull-quote><p>“Forty years old”</p></div>",
        "<div class=readAlso><strong>Read also:</strong> <a href=/b>Bridge shut for repairs</a></div>",
        "<p>Read also:</p><p><a href=/b>Bridge shut for repairs after the storm of Friday</a></p>",
        "<ul><li><a href=/b>Bridge shut for repairs</a></li><li><a href=/c>Mayor resigns</a></li></ul>",
        "<div class=newsletter-box><p>Have the news of the islands in your mailbox each morning.</p></div>",
        "<div class=ad-slot>Advertisement</div>",
        "<h3>More on this</h3>",
    ] {
        let expected = if extra.starts_with("<h3>") {
            vec![FIRST, "More on this", SECOND, THIRD]
        } else {
            vec![FIRST, SECOND, THIRD]
        };
        assert_eq!(paragraphs(&story(extra)), expected, "{extra}");
    }
}

#[test]
fn small_print_and_times_in_a_sentence_are_read() {
    let text = "It sails <small>(with luck)</small> at <time>07:30</time> from the old pier in the harbour.";
    let read = paragraphs(&story(&format!("<p>{text}</p>")));
    assert_eq!(read[1], "It sails (with luck) at 07:30 from the old pier in the harbour.");
}

#[test]
fn a_heading_with_nothing_under_it_is_left_out() {
    let html = story("")
        .replace("</article>", "<h2>More stories</h2><ul><li><a href=/b>Bridge shut</a></li></ul></article>");
    assert_eq!(paragraphs(&html), [FIRST, SECOND, THIRD]);
}

#[test]
fn a_line_break_ends_no_sentence_and_two_end_a_paragraph() {
    let html = wrap(
        "",
        "<article><p>The ferry between Lund and the islands stops<br>in October, the harbour office said.<br><br>\
         Its engine is forty years old, and no yard has parts for it.</p></article>",
    );
    assert_eq!(
        paragraphs(&html),
        [
            "The ferry between Lund and the islands stops in October, the harbour office said.",
            "Its engine is forty years old, and no yard has parts for it."
        ]
    );
}

#[test]
fn comments_are_not_read_however_long_and_nobody_of_them_is_author() {
    let comment = "<div class=comment><p class=author>gull77</p><p>I have waited for this boat for forty years, and nobody \
        at the council ever asked us what we think of it, which is a shame and always was.</p></div>";
    let html = wrap(
        "",
        &format!(
            "<main><article><h1>Ferry stops in October</h1><p>{FIRST}</p></article></main><section id=comments>{}</section>",
            comment.repeat(20)
        ),
    );
    let page = page(&html).unwrap();
    assert_eq!((page.text.as_str(), page.author), (FIRST, None));
}

#[test]
fn a_box_that_asks_for_leave_does_not_beat_a_short_article() {
    let words = "We and our partners store small files on this machine to measure who reads what. ".repeat(8);
    for bounds in ["<div class=cookie-notice>", "<div>", "<div role=dialog>"] {
        let html = wrap(
            "",
            &format!(
                "{bounds}<p>{words}</p><button>Accept</button></div><div><h1>Ferry stops in October</h1><p>{FIRST}</p></div>"
            ),
        );
        assert_eq!(paragraphs(&html), [FIRST], "{bounds}");
    }
}

#[test]
fn hidden_parts_and_templates_are_not_read() {
    let terms = "By using this service you agree to our terms, which may change at any time. ".repeat(20);
    for hidden in ["<div hidden>", "<div style='Display : none'>", "<div aria-hidden=true>"] {
        let html = story("").replace(
            "</body>",
            &format!("{hidden}<p>{terms}</p></div><template>{{{{title}}}}</template></body>"),
        );
        assert_eq!(paragraphs(&html), [FIRST, SECOND, THIRD], "{hidden}");
    }
}

#[test]
fn of_two_articles_the_one_in_the_title_is_read_else_the_longer_with_its_own_heading() {
    let long = "<p>The opera of Varn opened its doors thirty years after the first drawing, and nobody left early.</p>".repeat(6);
    let two = format!(
        "<article><h1>Ferry stops in October</h1><p>{FIRST}</p></article><article><h1>The opera nobody wanted</h1>{long}</article>"
    );
    let first = page(&wrap("", &two)).unwrap();
    assert_eq!((first.title.as_deref(), first.text.as_str()), (Some("Ferry stops in October"), FIRST));
    let unnamed = wrap("", &two).replace("<title>Ferry stops in October</title>", "<title>Norpress</title>");
    let second = page(&unnamed).unwrap();
    assert_eq!(second.title.as_deref(), Some("The opera nobody wanted"));
    assert!(second.text.contains("The opera of Varn") && !second.text.contains("ferry"), "{}", second.text);
}

#[test]
fn linked_data_is_read_as_sites_write_it() {
    let body = format!("{FIRST} Brann &amp; Sons&#39; yard said so.\\n\\n{SECOND} {THIRD}");
    let block = format!(
        "<script type=application/ld+json>{{\"@type\": \"NewsArticle\", \"headline\": \"Ferry &amp; pier\n shut\",\
         \"isAccessibleForFree\": \"False\", \"articleBody\": \"{body}\",}}</script>"
    );
    let page = page(&wrap(
        &block.replace("type=application/ld+json", "type=\"application/ld+json\""),
        "<div id=root></div>",
    ))
    .unwrap();
    assert_eq!(page.title.as_deref(), Some("Ferry & pier shut"));
    assert_eq!(page.text, format!("{FIRST} Brann & Sons' yard said so.\n\n{SECOND} {THIRD}"));
    assert!(page.paid);
}

#[test]
fn an_offer_in_place_of_the_rest_is_not_read() {
    let offer = "<div class=paywall-offer><p>Subscribe for one crown a week and read this story to its end.</p></div>";
    assert_eq!(paragraphs(&story(offer)), [FIRST, SECOND, THIRD]);
}

#[test]
fn the_lead_between_headline_and_text_is_read() {
    let html = wrap(
        "",
        &format!(
            "<div><h1>Ferry stops in October</h1><div class=standfirst><p>{FIRST}</p></div><div class=article-body><p>{SECOND}</p>\
             <p>{THIRD}</p></div></div>"
        ),
    );
    assert_eq!(paragraphs(&html), [FIRST, SECOND, THIRD]);
}

#[test]
fn items_and_cells_stand_apart_and_a_linked_cell_is_read() {
    let html = story(
        "<table><tr><th>Port</th><th>Boats</th></tr><tr><td><a href=/h>Hest</a></td><td>12</td></tr></table>\
         <ul><li>Call the desk<ul><li>by day</li></ul></li><li><a href=/r>Move your cars</a></li></ul>",
    );
    assert_eq!(
        paragraphs(&html)[1..9],
        ["Port", "Boats", "Hest", "12", "Call the desk", "by day", "Move your cars", SECOND]
    );
}

#[test]
fn who_and_when_are_found_where_sites_put_them() {
    let head = "<meta property=og:site_name content='The Island Post'><meta itemprop=datePublished content=2026-03-04>";
    let html = wrap(
        head,
        &format!(
            "<article><h1>Ferry stops in October</h1><p class=byline>By Pia Lund</p><p>{FIRST}</p></article>"
        ),
    );
    let page = page(&html).unwrap();
    assert_eq!(page.source.as_deref(), Some("The Island Post"));
    assert_eq!(page.published.as_deref(), Some("2026-03-04"));
    assert_eq!(page.author.as_deref(), Some("By Pia Lund"));
    assert_eq!(page.text, FIRST);
}
