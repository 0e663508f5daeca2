//! Names that many rows refer to, each once.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

/// Names in order; rows refer to one by its place.
pub(super) struct Names<'a> {
    list: Vec<&'a str>,
    place: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    pub(super) fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut list: Vec<&str> = names.collect();
        list.sort_unstable();
        list.dedup();
        let place = places(list.iter().copied());
        Self { list, place }
    }

    /// The place of a name; -1 for none.
    pub(super) fn at(&self, name: Option<&str>) -> i32 {
        name.and_then(|name| self.place.get(name)).map_or(-1, |&at| at as i32)
    }
}

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(to)
    }
}

/// The place of each id in a list.
pub(super) fn places<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    ids.enumerate().map(|(place, id)| (id, place)).collect()
}
