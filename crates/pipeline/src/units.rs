//! Rows made comparable: each with its vector, the vector of its lead and its lexical features.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use ndarray::{Array2, ArrayView2, Axis, CowArray, Ix2};
use rayon::prelude::*;
use throughline_clustering::Rows;
use throughline_clustering::narratives::Contexts;
use throughline_embedding::{Embeddings, Encoder, Space};
use throughline_schema::tables::VectorRow;
use throughline_schema::{Article, CosineScale, Statement, StatementKind, TextFeatures, Unit};
use throughline_tokenisation::features::features;

use crate::progress::{Reporter, Stage};
use crate::row_languages::row_languages;
use crate::texts::EMPTY;
use crate::{PipelineError, Texts};

/// Statements or whole articles of a corpus, ready to be compared. All parts are index-aligned,
/// in canonical order: by article id, then by place in the article.
pub struct Units {
    /// What a row is.
    pub unit: Unit,
    /// Ids of the rows.
    pub ids: Vec<String>,
    /// Which article of the corpus each row belongs to.
    pub article: Vec<u32>,
    /// Vectors with token counts.
    pub embeddings: Embeddings,
    /// Vectors of the leads; the row's own vector where the row is short.
    pub leads: Option<Array2<f32>>,
    /// Lexical features.
    pub features: Vec<TextFeatures>,
    /// Whether each row claims something, as a heading of a few words ("Background") and "Thank you." do not.
    pub claims: Vec<bool>,
    /// Ids of rows that have nothing to compare, with the reason.
    pub missing: Vec<(String, String)>,
    /// From the model's cosines to the scale of the decision lines; the identity for a model without calibration.
    pub scale: CosineScale,
    /// Vectors and leads without what their languages have in common, of a model that needs it.
    centred: Option<Centred>,
}

/// Vectors of a model whose languages have corners of their own.
struct Centred {
    vectors: Array2<f32>,
    space: Space,
    /// Languages of the rows, and a number for each.
    langs: Vec<String>,
    numbers: Vec<u32>,
}

/// A row of more words than this has a lead of its own.
const LEAD_WORDS: usize = 40;
/// Words that a lead has at least, where the row has them.
const LEAD_WORDS_READ: usize = 25;
/// A heading of fewer words names a matter and claims nothing of it.
const CLAIM_WORDS: usize = 4;
/// A statement of fewer different content words ("Terrible!", "Here's how.") claims nothing, unless it tells a number or is
/// a sentence of some length ("No, I think he is behind it.").
const CLAIM_STEMS: usize = 2;
const CLAIM_LENGTH: usize = 6;

impl Units {
    /// One unit an article: headline and text without page furniture.
    pub fn articles(
        articles: &[Article],
        texts: &Texts,
        encoder: &dyn Encoder,
        reporter: &dyn Reporter,
    ) -> Result<Self, PipelineError> {
        let (present, absent): (Vec<usize>, Vec<usize>) =
            (0..articles.len()).partition(|&i| !articles[i].is_blank());
        let readable: Vec<Cow<str>> = present.iter().map(|&i| texts.readable(&articles[i], i)).collect();
        let langs: Vec<&str> = present.iter().map(|&i| texts.articles[i].lang.as_str()).collect();
        let said = readable.iter().map(AsRef::as_ref).zip(langs.iter().copied()).collect();
        let features = all_features(said, reporter);
        let leads: Vec<Option<String>> = present
            .iter()
            .zip(&features)
            .map(|(&i, f)| (f.words.len() > LEAD_WORDS).then(|| lead(&articles[i], texts, i)))
            .collect();
        let both: Vec<&str> =
            readable.iter().map(AsRef::as_ref).chain(leads.iter().flatten().map(String::as_str)).collect();
        // Headlines and posts are compared as sentences are.
        let long = 2 * both.len() >= 3 * readable.len();
        let stamp = encoder.stamp();
        let mut embeddings = encode(encoder, &both, "article vectors", reporter)?;
        let mut leads = split_leads(&mut embeddings, &leads);
        let plain: Vec<&str> = readable.iter().map(AsRef::as_ref).collect();
        let centred = Centred::new(&embeddings, &plain, &langs, encoder);
        if let Some(centred) = &centred {
            let langs: Vec<&str> = centred.langs.iter().map(String::as_str).collect();
            leads = centred.space.centred(leads.view(), &langs);
        }
        Ok(Self {
            unit: Unit::Article,
            ids: present.iter().map(|&i| articles[i].id.0.clone()).collect(),
            centred,
            article: present.iter().map(|&i| i as u32).collect(),
            embeddings,
            leads: Some(leads),
            claims: vec![true; features.len()],
            features,
            missing: absent.iter().map(|&i| (articles[i].id.0.clone(), EMPTY.to_owned())).collect(),
            scale: if long { stamp.article_calibration.or(stamp.calibration) } else { stamp.calibration }
                .unwrap_or_default(),
        })
    }

    /// One unit a statement.
    pub fn statements(
        texts: &Texts,
        encoder: &dyn Encoder,
        reporter: &dyn Reporter,
    ) -> Result<Self, PipelineError> {
        let said: Vec<(&str, &str)> =
            texts.statements().map(|s| (s.text.as_str(), s.lang.as_str())).collect();
        let plain: Vec<&str> = said.iter().map(|(text, _)| *text).collect();
        let embeddings = encode(encoder, &plain, "statement vectors", reporter)?;
        let langs: Vec<&str> = said.iter().map(|(_, lang)| *lang).collect();
        let centred = Centred::new(&embeddings, &plain, &langs, encoder);
        let of_article = texts.articles.iter().enumerate();
        let features = all_features(said, reporter);
        let says = |(s, f): (&Statement, &TextFeatures)| {
            let heading = s.kind == StatementKind::Heading && f.words.len() < CLAIM_WORDS;
            let stems: BTreeSet<u32> = f.stems.iter().copied().collect();
            let tells = !f.figures.is_empty() || f.words.len() >= CLAIM_LENGTH;
            !heading && (stems.len() >= CLAIM_STEMS || !stems.is_empty() && tells)
        };
        let claims = texts.statements().zip(&features).map(says).collect();
        Ok(Self {
            unit: Unit::Statement,
            ids: texts.statements().map(|s| s.id.0.clone()).collect(),
            centred,
            article: of_article.flat_map(|(i, a)| a.statements.iter().map(move |_| i as u32)).collect(),
            embeddings,
            leads: None,
            claims,
            features,
            missing: Vec::new(),
            scale: encoder.stamp().calibration.unwrap_or_default(),
        })
    }

    /// The vector of every article of `articles`, in their order, from units that are articles; zeros where there is
    /// no text.
    pub fn by_article(&self, articles: usize) -> Array2<f32> {
        let mut vectors = Array2::zeros((articles, self.vectors().ncols()));
        for (row, article) in self.vectors().rows().into_iter().zip(&self.article) {
            vectors.row_mut(*article as usize).assign(&row);
        }
        vectors
    }

    /// The view that clustering takes.
    pub fn rows(&self) -> Rows<'_> {
        let leads = self.leads.as_ref().map(|leads| leads.view());
        let rows = Rows::new(&self.ids, self.vectors(), leads, &self.features);
        let rows = match &self.centred {
            Some(centred) => rows.and_then(|rows| rows.in_languages(&centred.numbers)),
            None => rows,
        };
        rows.expect("every unit has an id, a vector, features and a language").on_scale(self.scale)
    }

    /// The articles of units that are statements, as clustering takes them; `vectors` are those of the articles.
    pub(crate) fn contexts<'a>(&'a self, vectors: ArrayView2<'a, f32>) -> Contexts<'a> {
        Contexts::new(&self.rows(), &self.article, vectors, &self.claims)
            .expect("every statement has an article with a vector")
    }

    /// Unit-length vectors, a row each, as they are compared: without what their languages have in common, of a model
    /// that needs it.
    pub fn vectors(&self) -> ArrayView2<'_, f32> {
        self.centred.as_ref().map_or(self.embeddings.vectors.view(), |centred| centred.vectors.view())
    }

    /// Unit-length vectors in the space that themes are found in, and from their cosines to the scale of decision lines.
    pub fn theme_vectors(&self) -> (CowArray<'_, f32, Ix2>, CosineScale) {
        match &self.centred {
            None => (CowArray::from(self.embeddings.vectors.view()), self.scale),
            Some(centred) => {
                (CowArray::from(centred.space.for_themes(centred.vectors.view())), CosineScale::IDENTITY)
            }
        }
    }

    /// Vectors of texts that are looked for among these rows, in the space of [`theme_vectors`](Self::theme_vectors).
    pub(crate) fn anchors(
        &self,
        texts: &[&str],
        encoder: &dyn Encoder,
    ) -> Result<Array2<f32>, PipelineError> {
        let made = encoder.encode(texts, &|_| {})?.vectors;
        let Some(Centred { space, langs, .. }) = &self.centred else { return Ok(made) };
        // Beside the rows, so that the same means are taken away.
        let all = ndarray::concatenate![Axis(0), self.embeddings.vectors, made];
        let own: Vec<&str> = texts.iter().map(|text| throughline_tokenisation::language(text)).collect();
        let langs: Vec<&str> = langs.iter().map(String::as_str).chain(row_languages(texts, &own)).collect();
        let centred = space.centred(all.view(), &langs);
        Ok(space.for_themes(centred.slice(ndarray::s![self.ids.len().., ..])))
    }

    /// The table `vectors`.
    pub fn vector_rows(&self, model: &str) -> Vec<VectorRow> {
        vector_rows(&self.ids, &self.embeddings, &self.missing, self.unit, model)
    }
}

/// The table `vectors` of any rows.
fn vector_rows(
    ids: &[String],
    embeddings: &Embeddings,
    missing: &[(String, String)],
    unit: Unit,
    model: &str,
) -> Vec<VectorRow> {
    let row = |id: &str, vector: Option<Vec<f32>>, tokens, tokens_kept, reason: Option<String>| VectorRow {
        id: id.to_owned(),
        vector,
        tokens,
        tokens_kept,
        unit,
        model: model.to_owned(),
        reason,
    };
    let mut rows: Vec<VectorRow> = ids
        .iter()
        .enumerate()
        .map(|(i, id)| {
            let vector = embeddings.vectors.row(i).to_vec();
            row(id, Some(vector), embeddings.tokens[i], embeddings.tokens_kept[i], None)
        })
        .collect();
    rows.extend(missing.iter().map(|(id, reason)| row(id, None, 0, 0, Some(reason.clone()))));
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows
}

/// The table `vectors` of articles as they stand, headline and text; an article without text has a reason.
///
/// # Errors
/// The model fails.
pub fn embed_articles(
    articles: &[Article],
    encoder: &dyn Encoder,
    reporter: &dyn Reporter,
) -> Result<Vec<VectorRow>, PipelineError> {
    let (present, absent): (Vec<&Article>, Vec<&Article>) = articles.iter().partition(|a| !a.is_blank());
    let texts: Vec<Cow<str>> = present.iter().map(|a| a.headed_text()).collect();
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    let embeddings = encode(encoder, &texts, "vectors", reporter)?;
    let ids: Vec<String> = present.iter().map(|a| a.id.0.clone()).collect();
    let missing: Vec<_> = absent.iter().map(|a| (a.id.0.clone(), EMPTY.to_owned())).collect();
    Ok(vector_rows(&ids, &embeddings, &missing, Unit::Article, &encoder.stamp().name))
}

/// Embeds rows, each distinct text once.
pub fn encode(
    encoder: &dyn Encoder,
    texts: &[&str],
    name: &'static str,
    reporter: &dyn Reporter,
) -> Result<Embeddings, PipelineError> {
    let mut place: HashMap<&str, usize> = HashMap::with_capacity(texts.len());
    let mut distinct: Vec<&str> = Vec::new();
    let of: Vec<usize> = texts
        .iter()
        .map(|&text| {
            *place.entry(text).or_insert_with(|| {
                distinct.push(text);
                distinct.len() - 1
            })
        })
        .collect();
    let stage = Stage::begin(reporter, name, Some(distinct.len()));
    let encoded = encoder.encode(&distinct, &|by| stage.advance(by))?;
    if distinct.len() == texts.len() {
        return Ok(encoded);
    }
    Ok(Embeddings {
        vectors: encoded.vectors.select(ndarray::Axis(0), &of),
        tokens: of.iter().map(|&i| encoded.tokens[i]).collect(),
        tokens_kept: of.iter().map(|&i| encoded.tokens_kept[i]).collect(),
    })
}

fn all_features(texts: Vec<(&str, &str)>, reporter: &dyn Reporter) -> Vec<TextFeatures> {
    let stage = Stage::begin(reporter, "features", Some(texts.len()));
    texts
        .par_iter()
        .map(|(text, lang)| {
            let found = features(text, lang);
            stage.advance(1);
            found
        })
        .collect()
}

/// Headline and first statements, until they are long enough to tell what the text is about.
fn lead(article: &Article, texts: &Texts, index: usize) -> String {
    let mut lead = String::new();
    for statement in &texts.articles[index].statements {
        if lead.split_whitespace().count() >= LEAD_WORDS_READ {
            break;
        }
        lead.push_str(&statement.text);
        lead.push('\n');
    }
    if lead.is_empty() {
        lead.push_str(&article.text);
    }
    article.headed(&lead).into_owned()
}

impl Centred {
    fn new(embeddings: &Embeddings, texts: &[&str], tags: &[&str], encoder: &dyn Encoder) -> Option<Self> {
        let space = encoder.space()?.clone();
        let langs = row_languages(texts, tags);
        let vectors = space.centred(embeddings.vectors.view(), &langs);
        let numbers = numbered(&langs);
        let langs = langs.into_iter().map(str::to_owned).collect();
        Some(Self { vectors, space, langs, numbers })
    }
}

/// A number for each language.
fn numbered(langs: &[&str]) -> Vec<u32> {
    let known: BTreeSet<&str> = langs.iter().copied().collect();
    let place: HashMap<&str, u32> = known.into_iter().zip(0..).collect();
    langs.iter().map(|lang| place[lang]).collect()
}

/// Takes the leads' vectors off the end of `embeddings`; a row without a lead keeps its own vector as one.
fn split_leads(embeddings: &mut Embeddings, leads: &[Option<String>]) -> Array2<f32> {
    let n = leads.len();
    let own = embeddings.vectors.slice(ndarray::s![..n, ..]).to_owned();
    let mut of_lead = own.clone();
    let mut next = n;
    for (i, lead) in leads.iter().enumerate() {
        if lead.is_some() {
            of_lead.row_mut(i).assign(&embeddings.vectors.row(next));
            next += 1;
        }
    }
    embeddings.vectors = own;
    embeddings.tokens.truncate(n);
    embeddings.tokens_kept.truncate(n);
    of_lead
}
