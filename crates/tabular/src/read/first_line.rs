//! The title of a text that has no other: its first heading, or its first line where that is one.

/// Words of a headline at most.
const WORDS: usize = 25;
const CHARACTERS: usize = 160;

/// The first heading of a Markdown text: `# One`, or a line above `===`.
pub(super) fn heading(text: &str) -> Option<String> {
    let mut lines = text.lines().peekable();
    let mut fenced = false;
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
        }
        if fenced || line.is_empty() {
            continue;
        }
        let marks = line.chars().take_while(|c| *c == '#').count();
        let behind = &line[marks..];
        if (1..=6).contains(&marks) && behind.starts_with([' ', '\t']) {
            return some(behind.trim().trim_end_matches('#').trim_end());
        }
        let below = lines.peek().map(|below| below.trim()).unwrap_or_default();
        if below.len() > 1 && below.chars().all(|c| c == '=') {
            return some(line);
        }
    }
    None
}

/// The first line of a plain text where it is a headline: short, not a sentence, and set apart from what follows.
pub(super) fn headline(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut lines = text.lines();
    let first = lines.next()?.trim();
    let second = lines.next()?.trim();
    let words = first.split_whitespace().count();
    if words > WORDS
        || first.chars().count() > CHARACTERS
        || first.ends_with(['.', '。', ',', ';', ':', '-', '…'])
    {
        return None;
    }
    // A quotation that ends with its sentence is a sentence.
    if first.trim_end_matches(['"', '”', '»', '\'', '’']).ends_with('.') {
        return None;
    }
    let [letters, digits] = [char::is_alphabetic, char::is_numeric]
        .map(|is: fn(char) -> bool| first.chars().filter(|c| is(*c)).count());
    let starts = first.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    if !starts || letters < 6 || letters < 2 * digits {
        return None;
    }
    // Behind a headline stands a blank line, or a paragraph on one line. Lines broken by width are about as long.
    let apart = second.is_empty() && lines.any(|line| !line.trim().is_empty());
    let paragraph = second.chars().count() > 100.max(2 * first.chars().count());
    if apart || paragraph { some(first) } else { None }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_that_is_set_apart_is_the_headline() {
        for text in [
            "The quay is closed\n\nIt was found unsafe.",
            "\n  The quay is closed\r\n\r\nIt was found unsafe.",
        ] {
            assert_eq!(headline(text).as_deref(), Some("The quay is closed"));
        }
        let long = "The quay of Lisk was closed on Monday after divers had found cracks in four of its nine piers, the port said.";
        assert_eq!(
            headline(&format!("Will the quay ever open?\n{long}")).as_deref(),
            Some("Will the quay ever open?")
        );
        for text in [
            "The quay is closed.\n\nIt was found unsafe.",
            "The quay of Lisk was closed on\nMonday after divers had found\ncracks.",
            "The quay is closed",
            "The quay is closed\n\n",
            "4 March 2026\n\nThe quay is closed.",
            "“The quay is closed.”\n\nSo the port said.",
            "and so on\n\nIt was found unsafe.",
            "",
        ] {
            assert_eq!(headline(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_heading_of_markdown_is_the_title() {
        assert_eq!(heading("---\nmood: grey\n---\n\n## The quay ##\n\n# Other").as_deref(), Some("The quay"));
        assert_eq!(heading("The quay\n========\n").as_deref(), Some("The quay"));
        assert_eq!(heading("```\n# code\n```\n#tag\ntext"), None);
    }
}
