//! The record of every table, with its columns' documentation.
//!
//! Commands print these tables and run folders keep them as Parquet. Columns may be added at the end;
//! none is renamed or removed. A row with a `reason` stands for an input row that gave nothing.

use serde_json::{Map, Value};

use crate::table::{Record, Table, record, table};
use crate::values::{
    Alignment, ArticleRelation, BoilerplateKind, DifferenceKind, Period, QuoteKind, Relation, SourceFrom,
    StatementKind, Task, TimePrecision, Unit,
};
use crate::{ArticleId, BundleId, GroupId, NarrativeId, QuoteId, SpeakerId, StatementId, StoryId, ThemeId};

table! {
    /// One row for each article of the input.
    ArticleRow = "articles" {
        /// The article's id: the given one, else derived from its text.
        article_id: ArticleId;
        /// The text exactly as given; all offsets refer to it.
        text: String;
        /// Headline.
        title: Option<String>, null "not given";
        /// Address.
        url: Option<String>, null "not given";
        /// Outlet.
        source: Option<String>, null "neither given nor told by page or address";
        /// Time of publication as given.
        published: Option<String>, null "not given";
        /// Language, given or detected.
        lang: String, unit "BCP 47; und where it can't be told";
        /// The file it came from.
        file: Option<String>, null "standard input";
        /// News agency whose copy it is, as the text says.
        wire: Option<String>, null "no agency named";
        /// Characters of text.
        characters: u64, unit "code points";
        /// Statements found in it.
        statements: u64, unit "count";
        /// The story it belongs to.
        story_id: Option<StoryId>, null "no text to compare";
        /// Why nothing was found in it.
        reason: Option<String>, null "something was found";
        /// What told the outlet.
        source_from: Option<SourceFrom>, null "no outlet";
        /// Time of publication as read, which every stage counts with: in UTC with a `Z` where the zone of a time of day
        /// is known, without where it is not; `2026-03-04`, `2026-03` or `2026` where no more is given.
        published_at: Option<String>, unit "ISO 8601", null "not given, can't be read, or can be read two ways";
        /// How exactly `published_at` is known.
        published_precision: Option<TimePrecision>, null "no published_at";
        /// Every other field of the input row; Parquet, Arrow and CSV hold each as a column of its own.
        extra: Map<String, Value>;
    }
}

table! {
    /// One row for each statement, and one with a reason for each article without any.
    StatementRow = "statements" {
        /// The article it stands in.
        article_id: ArticleId;
        /// The statement's id, derived from its article and its text.
        statement_id: Option<StatementId>, null "no statement; see reason";
        /// Which of the article's statements it is.
        index: Option<u32>, unit "from 0", null "no statement";
        /// Which of the article's paragraphs it stands in.
        paragraph: Option<u32>, unit "from 0", null "no statement";
        /// Its form.
        kind: Option<StatementKind>, null "no statement";
        /// The text as it stands in the article.
        text: Option<String>, null "no statement";
        /// First byte in the article's text.
        byte_start: Option<usize>, unit "UTF-8 bytes from 0", null "no statement";
        /// One past its last byte.
        byte_end: Option<usize>, unit "UTF-8 bytes from 0", null "no statement";
        /// First character in the article's text.
        char_start: Option<usize>, unit "code points from 0", null "no statement";
        /// One past its last character.
        char_end: Option<usize>, unit "code points from 0", null "no statement";
        /// Language of the statement.
        lang: Option<String>, unit "BCP 47; und where it can't be told", null "no statement";
        /// Why the article has no statement.
        reason: Option<String>, null "this row is a statement";
    }
}

table! {
    /// Page furniture, left out of statements: one row for each piece.
    FurnitureRow = "furniture" {
        /// The article it stands in.
        article_id: ArticleId;
        /// What it is.
        kind: BoilerplateKind;
        /// The text as it stands in the article.
        text: String;
        /// First byte in the article's text.
        byte_start: usize, unit "UTF-8 bytes from 0";
        /// One past its last byte.
        byte_end: usize, unit "UTF-8 bytes from 0";
        /// First character in the article's text.
        char_start: usize, unit "code points from 0";
        /// One past its last character.
        char_end: usize, unit "code points from 0";
        /// How many articles of its outlet carry the line, near-copies included.
        articles: Option<u32>, unit "articles", null "the line alone shows what it is";
    }
}

table! {
    /// One row for each quotation, and one with a reason for each article without any.
    QuoteRow = "quotes" {
        /// The article it stands in.
        article_id: ArticleId;
        /// The quotation's id.
        quote_id: Option<QuoteId>, null "no quotation; see reason";
        /// How the words are attributed.
        kind: Option<QuoteKind>, null "no quotation";
        /// What was said, quotation marks included: `[[char_start, char_end], …]`.
        content_spans: Option<Vec<[u64; 2]>>, unit "code points from 0", null "no quotation";
        /// The words that attribute it: `[[char_start, char_end], …]`.
        cue_spans: Option<Vec<[u64; 2]>>, unit "code points from 0", null "no cue in the text";
        /// The words that name who said it: `[[char_start, char_end], …]`.
        source_spans: Option<Vec<[u64; 2]>>, unit "code points from 0", null "no source in the text";
        /// The person's or body's fullest name in this article.
        speaker: Option<String>, null "the text does not say";
        /// The statements that the content touches, in order.
        statement_ids: Vec<StatementId>;
        /// What was said, spans joined by ` … `.
        text: Option<String>, null "no quotation";
        /// Why the article has no quotation.
        reason: Option<String>, null "this row is a quotation";
        /// The same person or body over all articles: a row of `speakers`.
        speaker_id: Option<SpeakerId>, null "the text does not say, or the run is of an older version";
        /// The words that attribute it as they stand in the text: `denied`, `according to`.
        cue: Option<String>, null "no cue in the text";
        /// The words that name who said it as they stand in the text.
        source: Option<String>, null "no source in the text";
    }
}

table! {
    /// Who is quoted: one row a person or body over all articles, most quoted first.
    SpeakerRow = "speakers" {
        /// The person or body.
        speaker_id: SpeakerId;
        /// The form of the name that stands for all: the most frequent one, of more than one word where there is any.
        name: String;
        /// Quotations of it.
        quotations: u64, unit "count";
        /// Articles that quote it.
        articles: u64, unit "count";
        /// Outlets that quote it.
        sources: Vec<String>;
        /// Earliest publication among the articles.
        first_seen: Option<String>, unit "ISO 8601", null "no article says when in a form that can be read";
        /// Latest publication among the articles.
        last_seen: Option<String>, unit "ISO 8601", null "no article says when in a form that can be read";
        /// Every form of the name, as the quotations have it.
        forms: Vec<String>;
    }
}

table! {
    /// One unit-length vector for each row.
    VectorRow = "vectors" {
        /// The row's id: an article or, in a run, a statement or an article.
        id: String;
        /// The embedding, of unit length.
        vector: Option<Vec<f32>>, unit "cosine = dot product", null "no text to embed";
        /// Tokens of the text, markers included.
        tokens: u32, unit "count";
        /// Tokens that the model read; fewer than `tokens` where truncation cut the text.
        tokens_kept: u32, unit "count";
        /// What the row is made of.
        unit: Unit;
        /// The model that made it.
        model: String;
        /// Why there is no vector.
        reason: Option<String>, null "there is one";
    }
}

record! {
    /// A passage that two texts share.
    Passage {
        /// First character in the text of `a`.
        a_start: u64, unit "code points from 0";
        /// One past its last character in `a`.
        a_end: u64, unit "code points from 0";
        /// First character in the text of `b`.
        b_start: u64, unit "code points from 0";
        /// One past its last character in `b`.
        b_end: u64, unit "code points from 0";
        /// Words that both have there, in the same order.
        words: u64, unit "count";
        /// Words of either side that the other does not have there; 0 where the passage is the same word for word.
        changed: u64, unit "count";
    }
}

table! {
    /// Pairs of rows that say nearly the same, each pair once, `a` before `b` by id.
    DuplicatePairRow = "duplicate_pairs" {
        /// One row's id.
        a: String;
        /// The other's.
        b: String;
        /// How many words they share: n-gram overlap, 0 to 1.
        lexical: f32, unit "0 to 1";
        /// Cosine of their vectors, on the scale of the decision lines.
        semantic: Option<f32>, unit "-1 to 1", null "words alone were compared";
        /// Probability that they say the same; 0.5 is the decision. Words count by how few rows of the input have them.
        /// Where words alone are compared it is the overlap, stretched so that the threshold lies at 0.5.
        score: f32, unit "0 to 1";
        /// What the two are to each other.
        relation: Relation;
        /// What the row is made of.
        unit: Unit;
    }
}

table! {
    /// The group of near-duplicates of every row, singletons too.
    DuplicateGroupRow = "duplicate_groups" {
        /// The row's id.
        id: String;
        /// Its group.
        group_id: GroupId;
        /// Whether it stands for its group; one row of each group does.
        representative: bool;
        /// Rows in the group.
        size: u64, unit "count";
        /// Lowest score of any pair in the group.
        cohesion: f32, unit "0 to 1; 1 for a single row";
        /// What the row is made of.
        unit: Unit;
    }
}

table! {
    /// The story of every article: articles on one event.
    StoryRow = "stories" {
        /// The article.
        article_id: ArticleId;
        /// Its story.
        story_id: StoryId;
        /// Articles in the story.
        size: u64, unit "count";
        /// Why the article stands alone.
        reason: Option<String>, null "it was compared with the others";
    }
}

table! {
    /// Pairs of articles that belong together, `a` before `b` by id.
    ArticlePairRow = "article_pairs" {
        /// One article.
        a: ArticleId;
        /// The other.
        b: ArticleId;
        /// What the two are to each other.
        relation: ArticleRelation;
        /// Probability that the relation holds.
        score: f32, unit "0 to 1";
        /// How much of `a` stands in `b`.
        a_in_b: f32, unit "share of a's words, 0 to 1";
        /// How much of `b` stands in `a`.
        b_in_a: f32, unit "share of b's words, 0 to 1";
        /// The passages that they share, in the order of `a`, page furniture left out.
        passages: Vec<Passage>, since "0.1";
        /// The article that was there first, by date of publication; of a reprint, the original.
        first: Option<ArticleId>, null "one of them has no date, or they have the same";
    }
}

table! {
    /// One row for each theme of the hierarchy.
    ThemeRow = "themes" {
        /// The theme.
        theme_id: ThemeId;
        /// The theme above it.
        parent_id: Option<ThemeId>, null "a top-level theme";
        /// Depth in the hierarchy. Finer themes that are not stable are not shown: their rows stay in the theme above.
        level: u32, unit "0 at the top";
        /// A phrase that sets it apart from the others.
        label: String;
        /// The phrases that set it apart, best first.
        terms: Vec<String>;
        /// Rows in it.
        size: u64, unit "count";
        /// Rows that stand for it, most central first, at most one of a near-duplicate group.
        representative_ids: Vec<String>;
        /// Mean cosine of its rows to its centre.
        cohesion: f32, unit "-1 to 1";
        /// Cosine distance from its centre to the nearest other theme's of the same level.
        separation: Option<f32>, unit "0 to 2", null "it is the only one";
        /// How much of it comes back when the rows are resampled: mean best Jaccard overlap.
        stability: Option<f32>, unit "0 to 1; under 0.6 it is doubtful", null "not measured";
        /// What a reader should know before trusting it, such as `not stable: …`.
        note: Option<String>, null "nothing to remark";
    }
}

table! {
    /// The theme of every row.
    ThemeMemberRow = "statement_themes" {
        /// The row: an input row of `themes`, a statement in a run.
        id: String;
        /// Its theme.
        theme_id: Option<ThemeId>, null "none fits; see reason";
        /// The theme it is nearest to.
        nearest_theme_id: Option<ThemeId>, null "there is no theme";
        /// How firmly it belongs to the nearest theme.
        strength: f32, unit "0 to 1";
        /// Themes from the root to the leaf.
        path: Vec<ThemeId>;
        /// Why it was not placed.
        reason: Option<String>, null "it was placed";
    }
}

table! {
    /// The themes of each article, by share of its text.
    ArticleThemeRow = "article_themes" {
        /// The article.
        article_id: ArticleId;
        /// The theme.
        theme_id: Option<ThemeId>, null "no theme; see reason";
        /// Share of the article's statement text that is in the theme.
        share: f32, unit "0 to 1";
        /// Statements of the article in the theme.
        statements: u64, unit "count";
        /// Why the article has no theme.
        reason: Option<String>, null "it has one";
    }
}

table! {
    /// Themes over time and by outlet: one row for each theme, period and outlet that has rows in it.
    ThemeTimelineRow = "theme_timeline" {
        /// The theme, of any level.
        theme_id: ThemeId;
        /// First day of the period, as the articles' own times of publication say.
        period: Option<String>, unit "ISO 8601 date; a week starts on Monday", null "no time of publication, or none so exact";
        /// How long the periods are: the same for the whole table, chosen by the time that the articles span.
        length: Period;
        /// Outlet.
        source: Option<String>, null "not given";
        /// Rows of the outlet in the period that the theme has.
        statements: u64, unit "count";
        /// Articles that these come from.
        articles: u64, unit "count";
        /// Share of all the outlet's rows in the period.
        share: f32, unit "0 to 1";
    }
}

record! {
    /// How one outlet takes part in a narrative.
    Spread {
        /// Outlet.
        source: Option<String>, null "not given";
        /// Its earliest publication that makes the claim, as `published_at` of `articles`.
        first_seen: Option<String>, unit "ISO 8601", null "none of its articles says when in a form that can be read";
        /// Its latest.
        last_seen: Option<String>, unit "ISO 8601", null "none of its articles says when in a form that can be read";
        /// Its articles that make the claim.
        articles: u64, unit "count";
        /// Independent tellings among its statements: those that are no copy of another member.
        tellings: u64, unit "count";
    }
}

record! {
    /// A point on which two members of a narrative disagree.
    Difference {
        /// On what they disagree.
        kind: DifferenceKind;
        /// One member.
        a: String;
        /// The other.
        b: String;
        /// What `a` says.
        a_value: Option<String>, null "a says nothing of it";
        /// What `b` says.
        b_value: Option<String>, null "b says nothing of it";
    }
}

table! {
    /// One row for each narrative: statements of at least two articles that make the same claim.
    NarrativeRow = "narratives" {
        /// The narrative.
        narrative_id: NarrativeId;
        /// One of its statements, which stands for it.
        label: String;
        /// Statements in it.
        statements: u64, unit "count";
        /// Articles that make it.
        articles: u64, unit "count";
        /// Outlets that make it.
        sources: Vec<String>;
        /// Earliest publication among its articles, as their `published_at`.
        first_seen: Option<String>, unit "ISO 8601", null "no article says when in a form that can be read";
        /// Latest publication among its articles.
        last_seen: Option<String>, unit "ISO 8601", null "no article says when in a form that can be read";
        /// Lowest score of any pair of its members.
        cohesion: f32, unit "0 to 1";
        /// Figures, dates, names, negation and stance on which members disagree, pair by pair.
        differences: Vec<Difference>;
        /// Independent tellings: members that are no copy of another one.
        tellings: u64, unit "count", since "0.1";
        /// Members that are copies of another one: reprints, wire copy, the same words. With `tellings` they
        /// make up `statements`.
        reprints: u64, unit "count", since "0.1";
        /// The member that came first: before every other one whose date can be read.
        first_id: Option<String>, null "the dates do not show it, as where two are of one day";
        /// The outlet that came first.
        first_source: Option<String>, null "the dates do not show it, or its outlet is not given";
        /// How it spread: each outlet once, in the order in which they took it up.
        spread: Vec<Spread>, since "0.1";
        /// The narratives with which it travels across the same articles.
        bundle_id: Option<BundleId>, null "it travels alone";
        /// Whether it is a form, not a claim: the same words with other values each time, as in notices of dividends.
        form: bool, since "0.2";
    }
}

table! {
    /// Bundles: narratives that travel together, made by the same articles or nearly so.
    BundleRow = "narrative_bundles" {
        /// The bundle.
        bundle_id: BundleId;
        /// Its narratives, widest spread first.
        narrative_ids: Vec<NarrativeId>;
        /// The labels of its narratives, in the same order.
        labels: Vec<String>;
        /// The articles that make at least two of its narratives.
        article_ids: Vec<ArticleId>;
        /// Lowest overlap of the articles of any two of its narratives: Jaccard.
        overlap: f32, unit "0 to 1";
    }
}

table! {
    /// Members of narratives. Where whole rows are joined, every row of the input, singletons too.
    NarrativeMemberRow = "narrative_members" {
        /// The narrative.
        narrative_id: Option<NarrativeId>, null "no narrative; see reason";
        /// The statement, or the row where whole rows are joined.
        id: String;
        /// The article it stands in.
        article_id: ArticleId;
        /// What it is to the narrative's label.
        relation: Option<Relation>, null "no narrative";
        /// Probability that it makes the same claim as the label, in whatever words; `same_text` is another.
        score: Option<f32>, unit "0 to 1", null "no narrative";
        /// What it says.
        text: Option<String>, null "no statement";
        /// Who says it.
        speaker: Option<String>, null "the article itself, or it does not say";
        /// Outlet.
        source: Option<String>, null "not given";
        /// Time of publication as given.
        published: Option<String>, null "not given";
        /// First character in the article's text.
        char_start: Option<usize>, unit "code points from 0", null "no statement";
        /// One past its last character.
        char_end: Option<usize>, unit "code points from 0", null "no statement";
        /// Why it is in no narrative.
        reason: Option<String>, null "it is in one";
        /// Probability that it is the same text as the label in the same or nearly the same words: the `score` of
        /// `duplicate_pairs` and `compare`.
        same_text: Option<f32>, unit "0 to 1", null "no narrative";
        /// The member that it is a copy of, the earliest.
        copy_of: Option<String>, null "an independent telling, or no narrative";
        /// News agency whose copy its article is, as the text says.
        wire: Option<String>, null "no agency named";
    }
}

table! {
    /// One row for each outlet, most articles first. A narrative counts by its independent tellings.
    OutletRow = "outlets" {
        /// The outlet.
        source: Option<String>, null "articles whose outlet is not known";
        /// Its articles.
        articles: u64, unit "count";
        /// Its statements.
        statements: u64, unit "count";
        /// Its articles that reprint an earlier article of another outlet.
        reprints: u64, unit "count";
        /// Narratives that it told before every other outlet, by dates that show it.
        told_first: u64, unit "count";
        /// Narratives that only its own articles tell.
        told_alone: u64, unit "count";
        /// Narratives that another outlet told before it.
        told_later: u64, unit "count";
        /// Narratives of several outlets of which the dates do not show whether it was first.
        undecided: u64, unit "count";
    }
}

table! {
    /// Who follows whom: what one outlet had first and another later, most cases first. Only dated, independent tellings
    /// count, and reprints of dated articles.
    OutletFlowRow = "outlet_flows" {
        /// The outlet that was first.
        from: String;
        /// The outlet that was later.
        to: String;
        /// Narratives that `from` told before `to`.
        narratives: u64, unit "count";
        /// Articles of `from` that `to` reprinted.
        reprints: u64, unit "count";
        /// Median time between the two, over narratives and reprints.
        median_delay: Option<f64>, unit "hours", null "too few cases; see reason";
        /// Why there is no delay.
        reason: Option<String>, null "there are enough cases";
    }
}

table! {
    /// The statements nearest to a query.
    SimilarRow = "similar" {
        /// Place in the ranking.
        rank: u32, unit "from 1";
        /// The statement.
        statement_id: StatementId;
        /// The article it stands in.
        article_id: ArticleId;
        /// Cosine to the query.
        score: f32, unit "-1 to 1";
        /// What it says.
        text: String;
        /// The article's headline.
        title: Option<String>, null "not given";
        /// Outlet.
        source: Option<String>, null "not given";
        /// Time of publication as given.
        published: Option<String>, null "not given";
        /// First character in the article's text.
        char_start: usize, unit "code points from 0";
        /// One past its last character.
        char_end: usize, unit "code points from 0";
    }
}

table! {
    /// Two articles side by side: every statement of both, aligned where they say the same.
    CompareRow = "compare" {
        /// Which of the two articles make the statement.
        kind: Alignment;
        /// Statement of the first article.
        a: Option<StatementId>, null "only_b";
        /// Statement of the second article.
        b: Option<StatementId>, null "only_a";
        /// What the first says.
        a_text: Option<String>, null "only_b";
        /// What the second says.
        b_text: Option<String>, null "only_a";
        /// What the two statements are to each other.
        relation: Option<Relation>, null "not aligned";
        /// Probability that they are the same text in the same or nearly the same words, as in `duplicate_pairs`.
        score: Option<f32>, unit "0 to 1", null "not aligned";
        /// Where they disagree.
        differences: Vec<Difference>;
        /// Probability that they make the same claim, in whatever words.
        same_claim: Option<f32>, unit "0 to 1", null "not aligned";
        /// The words that they share, at their places in the two articles, in the order of the first.
        passages: Vec<Passage>, since "0.1";
        /// First character of `a` in its article's text.
        a_char_start: Option<usize>, unit "code points from 0", null "only_b";
        /// One past the last character of `a`.
        a_char_end: Option<usize>, unit "code points from 0", null "only_b";
        /// First character of `b` in its article's text.
        b_char_start: Option<usize>, unit "code points from 0", null "only_a";
        /// One past the last character of `b`.
        b_char_end: Option<usize>, unit "code points from 0", null "only_a";
        /// The narrative of the two articles that both statements belong to; a narrative may hold more statements
        /// than the two that are set side by side.
        narrative_id: Option<NarrativeId>, null "no statement of the other article makes the claim";
    }
}

record! {
    /// Rows near a row, in the form that Embedding Atlas reads.
    NearRows {
        /// Rows, nearest first: their places in the table.
        ids: Vec<u64>, unit "from 0";
        /// How far they are: 1 less the cosine.
        distances: Vec<f32>, unit "0 to 2";
    }
}

table! {
    /// Every statement of a run on a map, for a picture; `export RUN map` makes it.
    MapRow = "map" {
        /// The statement.
        statement_id: StatementId;
        /// The article it stands in.
        article_id: ArticleId;
        /// What it says.
        text: String;
        /// Its place from left to right. Near statements mean nearly the same; far ones say nothing.
        x: f32, unit "-1 to 1";
        /// Its place from bottom to top.
        y: f32, unit "-1 to 1";
        /// Its theme.
        theme_id: Option<ThemeId>, null "none fits";
        /// Label of its top-level theme.
        theme: Option<String>, null "none fits";
        /// Who says it.
        speaker: Option<String>, null "the article itself, or it does not say";
        /// The article's headline.
        title: Option<String>, null "not given";
        /// Outlet.
        source: Option<String>, null "not given";
        /// Time of publication as given.
        published: Option<String>, null "not given";
        /// Language of the statement.
        lang: String, unit "BCP 47; und where it can't be told";
        /// The statements nearest in meaning, ten at most.
        neighbours: NearRows;
    }
}

table! {
    /// The models on this machine.
    ModelRow = "models" {
        /// Its name.
        name: String;
        /// Where it lies; `embedded` for the one in the program.
        location: String;
        /// `f32` or `int8`.
        weights: String;
        /// Length of its vectors.
        dimensions: u32;
        /// Tokens of a text that it reads at most.
        max_tokens: u32, unit "count";
        /// Bytes of its files.
        bytes: u64;
        /// Licence, as its source states it.
        licence: String;
        /// SHA-256 over its files.
        sha256: String;
        /// Where it came from.
        origin: String;
    }
}

table! {
    /// How well the program does on a user's gold labels, a row for each metric.
    EvaluationRow = "evaluation" {
        /// What was judged.
        task: Task;
        /// The metric's name.
        metric: String;
        /// Its value.
        value: Option<f64>, null "not defined on this gold";
        /// What it tells, with its range.
        meaning: String;
    }
}

table! {
    /// How often pairs of each score are gold: a row for each tenth of the scores.
    CalibrationRow = "calibration" {
        /// Lowest score of the bin.
        score_from: f64, unit "0 to 1";
        /// One past its highest score; the last bin holds 1 too.
        score_to: f64, unit "0 to 1";
        /// Pairs whose score falls into it.
        pairs: u64, unit "count";
        /// Mean of their scores.
        mean_score: Option<f64>, unit "0 to 1", null "no pair in the bin";
        /// Share of them that are gold; where the scores are calibrated it equals the mean score.
        right: Option<f64>, unit "0 to 1", null "no pair in the bin";
    }
}

/// Every table, in the order in which the docs show them.
pub fn all() -> &'static [Table] {
    const ALL: &[Table] = &[
        ArticleRow::TABLE,
        StatementRow::TABLE,
        FurnitureRow::TABLE,
        QuoteRow::TABLE,
        SpeakerRow::TABLE,
        VectorRow::TABLE,
        DuplicatePairRow::TABLE,
        DuplicateGroupRow::TABLE,
        StoryRow::TABLE,
        ArticlePairRow::TABLE,
        ThemeRow::TABLE,
        ThemeMemberRow::TABLE,
        ArticleThemeRow::TABLE,
        ThemeTimelineRow::TABLE,
        NarrativeRow::TABLE,
        NarrativeMemberRow::TABLE,
        BundleRow::TABLE,
        OutletRow::TABLE,
        OutletFlowRow::TABLE,
        SimilarRow::TABLE,
        CompareRow::TABLE,
        MapRow::TABLE,
        ModelRow::TABLE,
        EvaluationRow::TABLE,
        CalibrationRow::TABLE,
    ];
    ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_documented_and_null_is_explained() {
        for table in all() {
            assert!(!table.doc.trim().is_empty(), "{}", table.name);
            for column in table.columns {
                assert!(!column.doc.trim().is_empty(), "{}.{}", table.name, column.name);
                assert_eq!(
                    column.nullable,
                    !column.null.is_empty(),
                    "{}.{}: say what null means, and only where it occurs",
                    table.name,
                    column.name
                );
            }
        }
    }
}
