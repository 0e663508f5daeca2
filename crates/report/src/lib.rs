//! A run as one page: overview, map, themes, narratives, stories, quotations and the articles themselves.
//!
//! People look before they read. The page is a single file without any address in it that a browser would
//! fetch; its numbers are those of the run's tables. What articles say is data to the page, never markup: it is
//! embedded as JSON in which no `<` stands, and put on the page as text only.

mod data;

use serde::Serialize;
use throughline_schema::manifest::Manifest;
use throughline_schema::tables::{
    ArticlePairRow, ArticleRow, BundleRow, DuplicatePairRow, NarrativeMemberRow, NarrativeRow, OutletFlowRow,
    OutletRow, QuoteRow, SpeakerRow, StatementRow, ThemeMemberRow, ThemeRow, ThemeTimelineRow,
};

/// The tables of a run that the page shows.
pub struct Tables<'a> {
    /// What the run was.
    pub manifest: &'a Manifest,
    /// `articles`.
    pub articles: &'a [ArticleRow],
    /// `statements`.
    pub statements: &'a [StatementRow],
    /// `quotes`.
    pub quotes: &'a [QuoteRow],
    /// `speakers`.
    pub speakers: &'a [SpeakerRow],
    /// `duplicate_pairs`.
    pub duplicates: &'a [DuplicatePairRow],
    /// `article_pairs`.
    pub pairs: &'a [ArticlePairRow],
    /// `themes`.
    pub themes: &'a [ThemeRow],
    /// `theme_timeline`.
    pub timeline: &'a [ThemeTimelineRow],
    /// `statement_themes`.
    pub members: &'a [ThemeMemberRow],
    /// `narratives`.
    pub narratives: &'a [NarrativeRow],
    /// `outlets`.
    pub outlets: &'a [OutletRow],
    /// `outlet_flows`.
    pub flows: &'a [OutletFlowRow],
    /// `narrative_bundles`.
    pub bundles: &'a [BundleRow],
    /// `narrative_members`.
    pub narrative_members: &'a [NarrativeMemberRow],
    /// Where each statement lies on the map, by statement id: two numbers from -1 to 1.
    pub places: &'a [(String, [f32; 2])],
}

const PAGE: &str = include_str!("../assets/page.html");
const STYLES: [&str; 4] = [
    include_str!("../assets/base.css"),
    include_str!("../assets/parts.css"),
    include_str!("../assets/views.css"),
    include_str!("../assets/print.css"),
];
/// In the order in which they run: what the views need, the views, the start.
const SCRIPTS: [&str; 19] = [
    include_str!("../assets/data.js"),
    include_str!("../assets/dom.js"),
    include_str!("../assets/words.js"),
    include_str!("../assets/colour.js"),
    include_str!("../assets/charts.js"),
    include_str!("../assets/overview.js"),
    include_str!("../assets/map.js"),
    include_str!("../assets/map-draw.js"),
    include_str!("../assets/map-select.js"),
    include_str!("../assets/themes.js"),
    include_str!("../assets/narratives.js"),
    include_str!("../assets/narrative.js"),
    include_str!("../assets/stories.js"),
    include_str!("../assets/pair.js"),
    include_str!("../assets/quotes.js"),
    include_str!("../assets/outlets.js"),
    include_str!("../assets/articles.js"),
    include_str!("../assets/search.js"),
    include_str!("../assets/start.js"),
];

/// The page.
pub fn render(tables: &Tables) -> String {
    let data = embeddable(&data::collect(tables));
    PAGE.replace("/*STYLE*/", &STYLES.join("\n"))
        .replace("/*SCRIPT*/", &SCRIPTS.join("\n"))
        .replace("/*DATA*/", &data)
}

/// JSON that may stand inside a script element: nothing in it can close the element or open a comment.
fn embeddable<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_string(value).expect("plain data with text keys always serialises");
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_its_script_element() {
        let json = embeddable(&["</script><script>alert(1)</script><!--", "\u{2028}"]);
        assert!(!json.contains('<') && !json.contains('\u{2028}'));
        assert_eq!(
            serde_json::from_str::<Vec<String>>(&json).unwrap()[0],
            "</script><script>alert(1)</script><!--"
        );
    }

    #[test]
    fn the_page_fetches_nothing() {
        for asset in SCRIPTS.iter().chain(&STYLES).chain([&PAGE]) {
            for address in ["http://", "https://", "src=", "@import", "url(", "fetch(", "XMLHttpRequest"] {
                assert!(!asset.contains(address), "{address}");
            }
        }
    }
}
