//! The head of a Markdown file: `key: value` lines between two lines of `---`.

/// The keys and values of the head, as far as they are simple text. The text itself keeps its head, since
/// offsets refer to the file as it is.
pub(super) fn front_matter(text: &str) -> Vec<(String, String)> {
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return found;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        let value = value
            .strip_prefix('"')
            .and_then(|v| v.strip_suffix('"'))
            .or_else(|| value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')))
            .unwrap_or(value);
        let simple = !key.starts_with([' ', '\t', '#', '-'])
            && !value.is_empty()
            && !value.starts_with(['[', '{', '|', '>']);
        if simple {
            found.push((key.trim().to_lowercase(), value.to_owned()));
        }
    }
    // No second line of dashes: the first was a rule, not a head.
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_and_a_rule_is_not() {
        let head = "---\ntitle: \"One: two\"\nDate: 2026-03-01\ntags: [a, b]\nlist:\n  - x\n---\nText: no.\n";
        assert_eq!(
            front_matter(head),
            [("title".to_owned(), "One: two".to_owned()), ("date".to_owned(), "2026-03-01".to_owned())]
        );
        assert_eq!(front_matter("---\ntitle: x\n"), []);
        assert_eq!(front_matter("title: x\n---\n"), []);
    }
}
