//! Who is quoted: one a person or body, whatever the form of the name in the quotation.

use std::collections::HashMap;

use serde::{Serialize, Serializer};
use throughline_schema::tables::QuoteRow;

use crate::Tables;

/// The speakers; quotations refer to one by its place.
pub(super) struct Speakers<'a> {
    names: Vec<&'a str>,
    /// By id; by name in runs of versions without ids.
    place: HashMap<&'a str, usize>,
}

impl<'a> Speakers<'a> {
    pub(super) fn of(tables: &Tables<'a>) -> Self {
        let mut names: Vec<(&str, &str)> =
            tables.speakers.iter().map(|row| (row.name.as_str(), row.speaker_id.as_str())).collect();
        if names.is_empty() {
            names =
                tables.quotes.iter().filter_map(|q| q.speaker.as_deref()).map(|name| (name, name)).collect();
        }
        names.sort_unstable();
        names.dedup();
        let place = names.iter().enumerate().map(|(at, (_, id))| (*id, at)).collect();
        Self { names: names.into_iter().map(|(name, _)| name).collect(), place }
    }

    /// The place of who is quoted; -1 where the text does not say.
    pub(super) fn at(&self, quote: &QuoteRow) -> i32 {
        let key = quote.speaker_id.as_ref().map(|id| id.as_str()).or(quote.speaker.as_deref());
        key.and_then(|key| self.place.get(key)).map_or(-1, |&at| at as i32)
    }
}

impl Serialize for Speakers<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.names.serialize(to)
    }
}
