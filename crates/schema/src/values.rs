//! The values of columns that hold one of a few words, each with what it means.
//!
//! An enum here is the only definition of its words: clustering and tokenisation decide with it, tables are written
//! with its names, and the docs page and `throughline schema` list them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::table::{Cell, Choice, Kind};

/// Declares the enum of a column's values: `/// what it means` and `Variant = "name in tables",` for each.
macro_rules! values {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident { $( $(#[doc = $means:literal])+ $variant:ident = $text:literal, )+ }
    )+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $(
            $(#[doc = $means])+
            #[serde(rename = $text)]
            $variant,
        )+ }

        impl $name {
            /// Every value with its meaning, in the order of the enum.
            pub const VALUES: &'static [Choice] = &[$( Choice { name: $text, doc: concat!($($means),+) }, )+];

            /// The value that tables write so; none where no value is.
            pub fn named(text: &str) -> Option<Self> {
                [$( Self::$variant, )+].into_iter().find(|value| value.as_str() == text)
            }

            /// As tables write it.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text, )+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Cell for $name {
            const KIND: Kind = Kind::OneOf(Self::VALUES);
        }
    )+};
}

values! {
    /// What a row is made of.
    Unit {
        /// One statement of an article.
        Statement = "statement",
        /// An article, or any other row of the input, as a whole.
        Article = "article",
    }

    /// What an evaluation judges.
    Task {
        /// Statements against sentences.
        Boundaries = "boundaries",
        /// Quotations against attributions.
        Quotes = "quotes",
        /// Cosines of vectors against grades.
        Similarity = "similarity",
        /// Scores of near-duplicates.
        Pairs = "pairs",
        /// Groups of near-duplicates.
        Groups = "groups",
        /// Stories of articles.
        Stories = "stories",
        /// Claims of whole rows.
        Claims = "claims",
        /// Themes.
        Themes = "themes",
    }

    /// What a statement is by its form.
    StatementKind {
        /// A sentence of running text.
        Sentence = "sentence",
        /// A sentence that is wholly inside quotation marks.
        Quote = "quote",
        /// A headline or a heading between paragraphs.
        Heading = "heading",
    }

    /// How words are attributed to somebody.
    QuoteKind {
        /// Wholly in quotation marks.
        Direct = "direct",
        /// Reported without quotation marks.
        Indirect = "indirect",
        /// Reported, with some words in quotation marks.
        Mixed = "mixed",
    }

    /// What a piece of boilerplate is: what a page adds around an article.
    BoilerplateKind {
        /// Asks for, counts or heads comments.
        CommentPrompt = "comment_prompt",
        /// Navigation.
        Menu = "menu",
        /// Consent to cookies.
        Cookie = "cookie",
        /// Asks to subscribe or to follow.
        Newsletter = "newsletter",
        /// Buttons to share or print.
        Share = "share",
        /// Links to other articles.
        ReadMore = "read_more",
        /// Who took a picture.
        PhotoCredit = "photo_credit",
        /// Who wrote the article.
        Byline = "byline",
        /// Place, date and agency before the first sentence.
        Dateline = "dateline",
        /// When the article appeared.
        Timestamp = "timestamp",
        /// The agency or the editors, where they sign.
        Credit = "credit",
        /// Rights reserved.
        Copyright = "copyright",
        /// A place for advertising.
        Advertisement = "advertisement",
        /// A rule or ornament without words.
        Separator = "separator",
        /// A line of the site: it recurs in articles of one outlet that have nothing else in common.
        Recurring = "recurring",
        /// A line that the reader listed as boilerplate.
        Listed = "listed",
    }

    /// What two texts are to each other.
    Relation {
        /// The same words in the same order.
        Identical = "identical",
        /// Most of the words of one stand in the other, in order.
        NearCopy = "near_copy",
        /// They say the same in other words.
        Paraphrase = "paraphrase",
        /// They say the same in two languages.
        Translation = "translation",
        /// Below the decision line.
        Related = "related",
        /// They make the same claim, in words of which neither has most of the other's.
        Same = "same",
        /// It makes the other's claim and says more.
        Contains = "contains",
        /// The other makes its claim and says more.
        Contained = "contained",
    }

    /// What two articles are to each other.
    ArticleRelation {
        /// Most of one stands in the other, word for word.
        Reprint = "reprint",
        /// One was made from the other: a good part of its words stand there, or half of its statements, told again
        /// in the same order.
        Rewrite = "rewrite",
        /// They tell of the same event in their own words.
        SameStory = "same_story",
        /// They are about different events and share a narrative.
        SharedNarrative = "shared_narrative",
    }

    /// On what two texts that say nearly the same disagree.
    DifferenceKind {
        /// A number with its unit or currency.
        Figure = "figure",
        /// A date or time.
        Date = "date",
        /// A name.
        Name = "name",
        /// One side denies a word that the other has.
        Negation = "negation",
        /// They take opposite sides of the same thing.
        Stance = "stance",
    }

    /// Which of two articles make a statement.
    Alignment {
        /// Both, each in a statement of its own.
        Aligned = "aligned",
        /// Only the first.
        OnlyA = "only_a",
        /// Only the second.
        OnlyB = "only_b",
    }

    /// What told an article's outlet.
    SourceFrom {
        /// The input says it.
        Given = "given",
        /// A folder's or file's name says it.
        FileName = "file_name",
        /// The name of the site that the page gives.
        Page = "page",
        /// The registrable domain of its address.
        Url = "url",
    }

    /// How exactly a time of publication is given.
    TimePrecision {
        /// A time of day.
        Second = "second",
        /// A calendar day.
        Day = "day",
        /// A calendar month.
        Month = "month",
        /// A calendar year.
        Year = "year",
    }

    /// How long the periods of a timeline are.
    Period {
        /// A calendar day.
        Day = "day",
        /// A week from Monday.
        Week = "week",
        /// A calendar month.
        Month = "month",
        /// A calendar year.
        Year = "year",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_tables_and_in_json_are_the_same() {
        for (kind, value) in [BoilerplateKind::CommentPrompt, BoilerplateKind::ReadMore]
            .map(|kind| (kind, serde_json::to_value(kind).unwrap()))
        {
            assert_eq!(value, kind.as_str());
            assert_eq!(serde_json::from_value::<BoilerplateKind>(value).unwrap(), kind);
        }
        assert_eq!(Relation::NearCopy.to_string(), "near_copy");
        assert_eq!(Relation::VALUES[Relation::NearCopy as usize].name, "near_copy");
        assert!(serde_json::from_str::<Relation>("\"near copy\"").is_err());
    }
}
