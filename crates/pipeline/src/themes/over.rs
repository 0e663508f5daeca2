//! Articles that the themes of statements are found over.

use ndarray::Array2;
use throughline_clustering::themes::{ThemeInput, Themes, ValidThemeParams, Wholes, themes};

use super::stems;
use crate::Units;

/// Articles, each by its own vector and by those of its statements.
pub struct Over<'a> {
    whole: &'a Units,
    /// Near-duplicate group of each article.
    group: &'a [u32],
    vectors: Array2<f32>,
}

impl<'a> Over<'a> {
    /// The articles `whole`, whose statements are `units`; `group` is the near-duplicate group of each article.
    ///
    /// An article's vector shows what its beginning is about, the mean of its statements what all of it is about; both
    /// together find topics better than either.
    pub fn new(whole: &'a Units, group: &'a [u32], units: &Units) -> Self {
        let of_article = place_of_articles(whole);
        let ((articles, _), (statements, _)) = (whole.theme_vectors(), units.theme_vectors());
        let mut means = Array2::<f32>::zeros(articles.raw_dim());
        for (statement, &article) in statements.rows().into_iter().zip(&units.article) {
            if let Some(&at) = of_article.get(article as usize).filter(|at| **at != ABSENT) {
                means.row_mut(at as usize).scaled_add(1.0, &statement);
            }
        }
        for (mut mean, article) in means.rows_mut().into_iter().zip(articles.rows()) {
            unit(&mut mean);
            mean += &article;
            unit(&mut mean);
        }
        Self { whole, group, vectors: means }
    }

    /// Themes of the statements `units` (as `input`) over these articles.
    pub(super) fn themes(&self, input: &ThemeInput, units: &Units, params: &ValidThemeParams) -> Themes {
        let of_article = place_of_articles(self.whole);
        let of_row: Vec<u32> = units.article.iter().map(|&article| of_article[article as usize]).collect();
        let terms = stems(self.whole);
        let wholes =
            Wholes { vectors: self.vectors.view(), group: self.group, terms: &terms, of_row: &of_row };
        let input = input.within(wholes).expect("every statement has an article, every article a vector");
        themes(&input, params)
    }
}

/// An article without text, which has no statements either.
const ABSENT: u32 = u32::MAX;

/// Where each article of the corpus stands among `whole`.
fn place_of_articles(whole: &Units) -> Vec<u32> {
    let mut places = vec![ABSENT; whole.article.iter().max().map_or(0, |&last| last as usize + 1)];
    for (at, &article) in whole.article.iter().enumerate() {
        places[article as usize] = at as u32;
    }
    places
}

fn unit(vector: &mut ndarray::ArrayViewMut1<f32>) {
    let length = vector.dot(vector).sqrt();
    if length > 0.0 {
        vector.map_inplace(|x| *x /= length);
    }
}
