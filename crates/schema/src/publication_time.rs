//! A time of publication as it was read.

use serde::{Deserialize, Serialize};

use crate::TimePrecision;

/// When an article was published: the first second that it may be, and the last.
///
/// A day may be any second of it, and a month any of its days. A time without a zone is taken for UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PublicationTime {
    /// The first second, from the start of 1970 in UTC.
    pub from: i64,
    /// The last second.
    pub to: i64,
    /// How exactly the input says it.
    pub precision: TimePrecision,
    /// Whether the input says in which zone a time of day counts.
    pub zone_known: bool,
}

impl PublicationTime {
    /// Whether it was over when the other began. Of a month and a day in it neither is before the other.
    pub fn is_before(self, other: Self) -> bool {
        self.to < other.from
    }

    /// What sorts times so that none stands behind one that it [is before](Self::is_before). Where nothing tells which
    /// was first, the one that was over earlier stands first: a day stands before its month.
    pub fn order(self) -> (i64, i64) {
        (self.to, self.from)
    }
}
