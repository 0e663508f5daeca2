//! The passages that two articles share, at their places in the articles' texts.

use std::ops::Range;

use throughline_clustering::duplicates::passages::Place;
use throughline_clustering::duplicates::passages::{PassageParams, shared_passages};
use throughline_schema::tables::Passage;
use throughline_schema::{Article, Span};
use throughline_tokenisation::ArticleText;
use throughline_tokenisation::features::placed_words;

use throughline_schema::span::CharIndex;

/// The words of an article with their places. Page furniture is none of its words, and no passage crosses it.
pub(crate) struct PlacedText {
    words: Vec<Place>,
    /// Characters of each word.
    chars: Vec<Range<usize>>,
}

impl PlacedText {
    /// Reads the whole article.
    pub(crate) fn of_article(article: &Article, parts: &ArticleText) -> Self {
        let furniture: Vec<Span> = parts.furniture.iter().map(|piece| piece.span).collect();
        Self::read(&article.text, 0..article.text.len(), &furniture)
    }

    /// Reads one part of an article.
    pub(crate) fn of_span(article: &Article, span: Span) -> Self {
        Self::read(&article.text, span.bytes(), &[])
    }

    fn read(text: &str, bytes: Range<usize>, furniture: &[Span]) -> Self {
        let index = CharIndex::new(text);
        let mut read = Self { words: Vec::new(), chars: Vec::new() };
        let mut piece = furniture.iter().peekable();
        for (word, at) in placed_words(&text[bytes.clone()]) {
            let (start, end) = (bytes.start + at.start, bytes.start + at.end);
            while piece.next_if(|p| p.byte_end <= start).is_some() {}
            let inside = piece.peek().is_some_and(|p| p.byte_start < end);
            if inside && read.words.last().is_some_and(Option::is_none) {
                continue;
            }
            read.words.push((!inside).then_some(word));
            read.chars.push(index.char_at(text, start)..index.char_at(text, end));
        }
        read
    }

    /// The passages that two texts share, in the order of the first.
    pub(crate) fn shared(&self, other: &Self, params: PassageParams) -> Vec<Passage> {
        shared_passages(&self.words, &other.words, params)
            .into_iter()
            .map(|p| Passage {
                a_start: self.chars[p.a_start].start as u64,
                a_end: self.chars[p.a_end - 1].end as u64,
                b_start: other.chars[p.b_start].start as u64,
                b_end: other.chars[p.b_end - 1].end as u64,
                words: p.words as u64,
                changed: p.changed as u64,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_schema::ArticleId;
    use throughline_tokenisation::read;

    fn article(id: &str, text: &str) -> Article {
        Article { id: ArticleId::from(id), text: text.into(), ..Article::default() }
    }

    fn chars(text: &str, from: u64, to: u64) -> String {
        text.chars().skip(from as usize).take((to - from) as usize).collect()
    }

    #[test]
    fn passages_stand_where_they_say_and_furniture_is_in_none() {
        let a = article(
            "a",
            "ДОРРЕН — The third gate of the Ishmer Dam gave way before dawn on Tuesday.\n\nRead more: How to help\n\nNobody was hurt, said the mayor of the small town.",
        );
        let b = article(
            "b",
            "“The third gate of the Ishmer Dam gave way before noon on Tuesday.”\n\nRead more: How to help\n\nNobody was hurt, said the mayor of the small town.",
        );
        let [x, y] = [&a, &b].map(|article| PlacedText::of_article(article, &read(article)));
        let found = x.shared(&y, PassageParams::ARTICLES);
        let sides: Vec<(String, String)> = found
            .iter()
            .map(|p| (chars(&a.text, p.a_start, p.a_end), chars(&b.text, p.b_start, p.b_end)))
            .collect();
        let gate = |when| format!("The third gate of the Ishmer Dam gave way before {when} on Tuesday");
        let hurt = "Nobody was hurt, said the mayor of the small town".to_owned();
        assert_eq!(sides, [(gate("dawn"), gate("noon")), (hurt.clone(), hurt)]);
        assert_eq!((found[0].words, found[0].changed, found[1].changed), (12, 2, 0));
    }
}
