//! Which of several articles on one page is the page's own.

use super::outline::Outline;

/// Two articles of which one says so many times more than the other are not alike.
const LONGER: usize = 2;

/// The heading of the article that the page is about, where the page has several; the others are left out. A page
/// that goes on with the next article under the first names its own in its title. If none is named, one that is
/// far longer than all others is taken, under its own heading.
pub(super) fn single_out(page: &mut Outline, said: &[usize], titles: &[&str]) -> Option<String> {
    let mut articles: Vec<(usize, String)> = Vec::new();
    let mut at = 1;
    while at < page.nodes.len() {
        let node = &page.nodes[at];
        if node.out {
            at = node.end;
            continue;
        }
        if node.name == "article" {
            if let Some(heading) = heading(page, at) {
                articles.push((at, heading));
            }
            at = node.end;
            continue;
        }
        at += 1;
    }
    if articles.len() < 2 {
        return None;
    }
    let titles: Vec<String> = titles.iter().map(|title| plain(title)).collect();
    let named = articles.iter().position(|(_, heading)| {
        let heading = plain(heading);
        heading.chars().count() > 8 && titles.iter().any(|title| title.contains(&heading))
    });
    let own = named.or_else(|| {
        let longest = (0..articles.len()).max_by_key(|i| said[articles[*i].0])?;
        let rest =
            (0..articles.len()).filter(|i| *i != longest).map(|i| said[articles[i].0]).max().unwrap_or(0);
        (said[articles[longest].0] > LONGER * rest).then_some(longest)
    })?;
    let (_, heading) = articles.swap_remove(own);
    for (at, _) in articles {
        page.nodes[at].out = true;
    }
    Some(heading)
}

/// The first heading inside an element.
fn heading(page: &Outline, at: usize) -> Option<String> {
    let found = (at + 1..page.nodes[at].end).find(|inside| {
        matches!(page.nodes[*inside].name.as_str(), "h1" | "h2" | "h3") && !page.nodes[*inside].out
    })?;
    Some(page.words(found..page.nodes[found].end)).filter(|words| !words.is_empty())
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
