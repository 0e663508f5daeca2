//! The lists as text: files, lines and fields.

/// The files of one language's folder, embedded when the crate is built.
pub(crate) struct Source {
    /// The folder's name: a BCP 47 primary tag.
    pub tag: &'static str,
    /// Name without `.txt`, and text.
    pub files: &'static [(&'static str, &'static str)],
}

/// One folder for each language.
pub(crate) static SOURCES: &[Source] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// One entry of a list.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The line of the file, from 1. Read by the tests that name a wrong entry.
    #[cfg_attr(not(test), expect(dead_code, reason = "only the tests name lines"))]
    pub line: usize,
    fields: Vec<&'static str>,
}

impl Row {
    /// Field `at`; empty where the entry has fewer.
    pub fn field(&self, at: usize) -> &'static str {
        self.fields.get(at).copied().unwrap_or_default()
    }

    /// The words of field `at`.
    pub fn words(&self, at: usize) -> std::str::SplitWhitespace<'static> {
        self.field(at).split_whitespace()
    }

    /// Whether field `at` holds `word`.
    pub fn has(&self, at: usize, word: &str) -> bool {
        self.words(at).any(|w| w == word)
    }
}

/// What is wrong with an entry.
pub(crate) type Wrong = String;

impl Source {
    /// The entries of a list, in order; none where the language has no such list.
    pub fn rows(&self, list: &str) -> impl Iterator<Item = Row> + use<> {
        let text = self.files.iter().find(|(name, _)| *name == list).map_or("", |(_, text)| *text);
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(at, line)| Row { line: at + 1, fields: line.split('\t').map(str::trim).collect() })
    }

    /// What `parse` makes of the entries of a list. A wrong entry is left out here; the tests of this
    /// module refuse it, with its file and line.
    pub fn read<T>(&self, list: &str, parse: fn(&Row) -> Result<T, Wrong>) -> impl Iterator<Item = T> {
        self.rows(list).filter_map(move |row| parse(&row).ok())
    }
}
