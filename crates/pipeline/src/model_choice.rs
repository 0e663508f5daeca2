//! Which model a collection needs: the one for English alone, or the one that reads many languages.
//!
//! All rows want one model, since vectors of two can't be compared. So the languages of the collection decide, in the same
//! way whatever its order.

use throughline_schema::Article;
use throughline_tokenisation::is_surely_not_english;

/// Share of articles that are surely in another language from which on the collection is not an English one. A few are
/// quotations, names or noise.
const FOREIGN: f64 = 0.02;

/// How many articles of a collection are surely not in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Languages {
    /// Articles with text.
    pub articles: usize,
    /// Those that are surely in another language.
    pub foreign: usize,
}

impl Languages {
    /// Counts them.
    pub fn of(articles: &[Article]) -> Self {
        let with_text: Vec<&Article> = articles.iter().filter(|article| !article.is_blank()).collect();
        let foreign =
            |article: &&&Article| is_surely_not_english(&article.headed_text(), article.lang.as_deref());
        Self { articles: with_text.len(), foreign: with_text.iter().filter(foreign).count() }
    }

    /// Whether the collection needs a model for many languages.
    pub fn are_several(self) -> bool {
        self.foreign as f64 > FOREIGN * self.articles as f64
    }

    /// Why, in words.
    pub fn reason(self) -> String {
        let Self { articles, foreign } = self;
        format!("{foreign} of {articles} articles are not in English")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_schema::ArticleId;

    fn article(text: &str) -> Article {
        Article { id: ArticleId::from("a"), text: text.to_owned(), ..Article::default() }
    }

    #[test]
    fn one_in_fifty_decides() {
        let mut collection =
            vec![article("The ministers met in the capital on Friday to sign the agreement."); 49];
        collection.extend(["", "ok", "7 : 3"].map(article));
        assert!(!Languages::of(&collection).are_several());
        collection.push(article("Министры встретились в столице, чтобы подписать соглашение."));
        let languages = Languages::of(&collection);
        assert!(!languages.are_several(), "{languages:?}");
        collection.push(article("Министрлер келісімге қол қою үшін астанада кездесті."));
        let languages = Languages::of(&collection);
        assert!(languages.are_several(), "{languages:?}");
        assert_eq!(languages.reason(), "2 of 53 articles are not in English");
    }
}
