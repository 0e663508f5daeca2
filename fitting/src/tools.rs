//! Texts made comparable as the program does it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use throughline_embedding::{CachedEncoder, Encoder, VectorCache, embedded};
use throughline_pipeline::{Silent, Texts, Units};
use throughline_schema::Article;

/// Most that the vector cache takes on disk.
const CACHE_BYTES: u64 = 4 << 30;

/// The embedded model, which every weight is fitted on.
pub struct Tools {
    encoder: Box<dyn Encoder>,
}

impl Tools {
    /// Opens the embedded model, with a cache of vectors in `cache` if given.
    ///
    /// # Errors
    /// The model or the cache can't be opened.
    pub fn new(cache: Option<&Path>) -> anyhow::Result<Self> {
        let encoder: Box<dyn Encoder> = Box::new(embedded()?);
        let Some(folder) = cache else { return Ok(Self { encoder }) };
        let (cache, _) = VectorCache::open(folder, CACHE_BYTES).context("the vector cache can't be used")?;
        Ok(Self { encoder: Box::new(CachedEncoder::new(encoder, cache, |_| ())) })
    }

    /// One unit an article; those without text are left out.
    ///
    /// # Errors
    /// The model fails.
    pub fn articles(&self, articles: &[Article]) -> anyhow::Result<Units> {
        let texts = Texts::read(articles, &Silent);
        Ok(Units::articles(articles, &texts, self.encoder.as_ref(), &Silent)?)
    }

    /// One unit a statement, with the texts that they were read from.
    ///
    /// # Errors
    /// The model fails.
    pub fn statements(&self, articles: &[Article]) -> anyhow::Result<(Texts, Units)> {
        let texts = Texts::read(articles, &Silent);
        let units = Units::statements(&texts, self.encoder.as_ref(), &Silent)?;
        Ok((texts, units))
    }
}

/// The row of each id among units.
pub fn places(units: &Units) -> BTreeMap<&str, u32> {
    units.ids.iter().map(String::as_str).zip(0..).collect()
}
