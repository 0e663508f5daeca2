//! Labels as texts write them: names with their capitals.
//!
//! Phrases are compared in lower case. A reader wants "White House", so each phrase is looked up in the
//! texts of its theme and shown in the form that they use most. A capital at the start of a sentence
//! says nothing, and neither does a text all in capitals.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use throughline_clustering::themes::Themes;

/// Texts of a theme that are looked at, at most.
const READ: usize = 300;

/// Gives every label and every term of `themes` the form that the texts of its rows use most.
pub(crate) fn restore<'t>(themes: &mut Themes, text: impl Fn(usize) -> Cow<'t, str> + Sync) {
    themes.nodes.par_iter_mut().for_each(|node| {
        let mut forms: Vec<Forms> = node.terms.iter().map(|term| Forms::of(term)).collect();
        let every = node.members.len().div_ceil(READ).max(1);
        for &row in node.members.iter().step_by(every) {
            let text = text(row as usize);
            let words = words(&text);
            if text.chars().any(char::is_lowercase) {
                forms.iter_mut().for_each(|forms| forms.look(&text, &words));
            }
        }
        let best: Vec<String> = forms.iter().map(Forms::best).collect();
        let shown = |part: &str| match node.terms.iter().position(|term| term == part) {
            Some(at) => best[at].clone(),
            None => part.to_owned(),
        };
        node.label = node.label.split(", ").map(shown).collect::<Vec<_>>().join(", ");
        node.terms = best;
    });
}

/// A word with its place; `initial` where a capital may be due to the place alone.
struct Word {
    folded: String,
    start: usize,
    end: usize,
    initial: bool,
}

/// The words of a text: letters and digits, and what joins them inside.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut initial = true;
    let mut open: Option<usize> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let follows = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let inside = open.is_some() && follows && matches!(c, '-' | '‑' | '\'' | '’' | '.');
        if c.is_alphanumeric() || inside {
            open.get_or_insert(at);
            continue;
        }
        if let Some(start) = open.take() {
            words.push(Word { folded: fold(&text[start..at]), start, end: at, initial });
            initial = false;
        }
        initial |= matches!(c, '.' | '!' | '?' | '…' | ':' | '"' | '“' | '«' | '\n');
    }
    if let Some(start) = open {
        words.push(Word { folded: fold(&text[start..]), start, end: text.len(), initial });
    }
    words
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('’', "'").replace('‑', "-").replace('ё', "е")
}

/// How often a phrase is written how.
struct Forms<'t> {
    term: &'t str,
    parts: Vec<String>,
    inside: BTreeMap<String, u32>,
    initial: BTreeMap<String, u32>,
}

impl<'t> Forms<'t> {
    fn of(term: &'t str) -> Self {
        let parts = term.split(' ').map(fold).collect();
        Self { term, parts, inside: BTreeMap::new(), initial: BTreeMap::new() }
    }

    fn look(&mut self, text: &str, words: &[Word]) {
        for window in words.windows(self.parts.len().max(1)) {
            let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
            let joined =
                window.windows(2).all(|two| text[two[0].end..two[1].start].chars().all(char::is_whitespace));
            let mut end = last.end;
            let same = window.iter().zip(&self.parts).enumerate().all(|(at, (word, part))| {
                let owner = word.folded.strip_suffix("'s");
                if at + 1 == self.parts.len() && owner == Some(part) {
                    end -=
                        text[last.start..last.end].chars().rev().take(2).map(char::len_utf8).sum::<usize>();
                    return true;
                }
                word.folded == *part
            });
            if joined && same {
                let form: Vec<&str> = text[first.start..end].split_whitespace().collect();
                let counts = if first.initial { &mut self.initial } else { &mut self.inside };
                *counts.entry(form.join(" ")).or_default() += 1;
            }
        }
    }

    /// The most frequent form; of those at starts only one that has a capital besides the first letter.
    fn best(&self) -> String {
        let most = |counts: &BTreeMap<String, u32>| {
            counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(form, _)| form.clone())
        };
        let named = |form: &String| form.chars().skip(1).any(char::is_uppercase);
        most(&self.inside)
            .or_else(|| most(&self.initial).filter(named))
            .unwrap_or_else(|| self.term.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(term: &str, texts: &[&str]) -> String {
        let mut forms = Forms::of(term);
        texts.iter().for_each(|text| forms.look(text, &words(text)));
        forms.best()
    }

    #[test]
    fn names_keep_their_capitals_and_sentences_do_not_give_any() {
        assert_eq!(best("white house", &["He left the White House."]), "White House");
        assert_eq!(best("oil prices", &["Oil prices fell.", "Nobody likes oil prices."]), "oil prices");
        assert_eq!(best("oil prices", &["Oil prices fell."]), "oil prices");
        assert_eq!(best("white house", &["White House staff left."]), "White House");
        assert_eq!(best("opec", &["The rise at OPEC's request", "opec"]), "OPEC");
        assert_eq!(best("самолёт", &["летит самолет Путина"]), "самолет");
        assert_eq!(
            best("министерство энергии", &["В Казахстане Министерство  энергии, и"]),
            "Министерство энергии"
        );
    }

    #[test]
    fn words_apart_are_no_phrase() {
        assert_eq!(best("key rate", &["It was Key, Rate of Banks"]), "key rate");
    }
}
