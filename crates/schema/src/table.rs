//! How a table is described: its columns, their types, units and what null means.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{ArticleId, BundleId, GroupId, NarrativeId, QuoteId, SpeakerId, StatementId, StoryId, ThemeId};

/// The type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Bool,
    /// 64-bit signed integer.
    Int,
    /// 32-bit float.
    Float,
    /// 64-bit float.
    Double,
    /// UTF-8 text.
    Text,
    /// UTF-8 text, one of these words.
    OneOf(&'static [Choice]),
    /// A list of values of one kind.
    List(&'static Kind),
    /// Named values.
    Struct(&'static [Column]),
    /// Any JSON value, written as JSON text in Parquet, Arrow and CSV.
    Json,
}

/// One of the words that may stand in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As tables write it.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub doc: &'static str,
    /// Type of its values.
    pub kind: Kind,
    /// Whether null may stand in it.
    pub nullable: bool,
    /// Unit or range; empty where there is none.
    pub unit: &'static str,
    /// What null means; empty where null does not occur.
    pub null: &'static str,
}

impl Column {
    /// What the column's values, or the items of its lists, are.
    fn item(&self) -> Kind {
        match self.kind {
            Kind::List(item) => *item,
            kind => kind,
        }
    }

    /// The words that may stand in the column or in a list of it; none where any text or number may.
    pub fn values(&self) -> Option<&'static [Choice]> {
        match self.item() {
            Kind::OneOf(values) => Some(values),
            _ => None,
        }
    }

    /// What the column holds and, where it holds one of a few words, what each of them means.
    pub fn meaning(&self) -> String {
        let mut meaning = self.doc.trim().to_owned();
        if let Some(values) = self.values() {
            meaning.push(' ');
            meaning.push_str(&glossary(values));
        }
        if let Kind::Struct(fields) = self.item() {
            for (field, values) in fields.iter().filter_map(|field| Some((field, field.values()?))) {
                meaning.push_str(&format!(" Its `{}`: {}", field.name, glossary(values)));
            }
        }
        meaning
    }
}

/// `` `quote`: a sentence that is wholly inside quotation marks; `heading`: … ``, as the end of a paragraph.
fn glossary(values: &[Choice]) -> String {
    let one = |value: &Choice| {
        let doc = value.doc.trim().trim_end_matches('.');
        let mut chars = doc.chars();
        let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
        format!("`{}`: {first}{}", value.name, chars.as_str())
    };
    format!("{}.", values.iter().map(one).collect::<Vec<_>>().join("; "))
}

/// One table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, also its file's in a run folder.
    pub name: &'static str,
    /// What one row is.
    pub doc: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// A record that is a row of a table.
pub trait Record: Serialize {
    /// The table it is a row of.
    const TABLE: Table;
}

/// A type that can stand in a column.
pub trait Cell {
    /// The column's type.
    const KIND: Kind;
    /// Whether null may stand in it.
    const NULLABLE: bool = false;
}

macro_rules! cells {
    ($kind:expr => $($t:ty),*) => {$(impl Cell for $t { const KIND: Kind = $kind; })*};
}
cells!(Kind::Bool => bool);
cells!(Kind::Int => u32, u64, i64, usize);
cells!(Kind::Float => f32);
cells!(Kind::Double => f64);
cells!(Kind::Text => String, ArticleId, StatementId, QuoteId, SpeakerId, GroupId, StoryId, NarrativeId, BundleId, ThemeId);
cells!(Kind::Json => Map<String, Value>);
cells!(Kind::List(&Kind::Int) => [u64; 2]);

impl<T: Cell> Cell for Option<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
}

impl<T: Cell> Cell for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
}

impl Kind {
    /// The kind as the docs write it: `list<struct<a: text, b: text>>`.
    pub fn describe(&self) -> String {
        match self {
            Kind::Bool => "bool".into(),
            Kind::Int => "int64".into(),
            Kind::Float => "float32".into(),
            Kind::Double => "float64".into(),
            Kind::Text | Kind::OneOf(_) => "text".into(),
            Kind::Json => "json".into(),
            Kind::List(item) => format!("list<{}>", item.describe()),
            Kind::Struct(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|f| format!("{}: {}", f.name, f.kind.describe())).collect();
                format!("struct<{}>", fields.join(", "))
            }
        }
    }
}

/// Declares a record with its columns' documentation:
/// `name: Type, unit "…", null "…", since "…";` with the doc comment above it. A column that came later, `since`
/// a version, is empty or 0 where an older run lacks it.
macro_rules! record {
    (
        $(#[doc = $tdoc:literal])*
        $name:ident {
            $( $(#[doc = $doc:literal])* $field:ident : $ty:ty $(, unit $unit:literal)? $(, null $null:literal)? $(, since $since:literal)? ; )*
        }
    ) => {
        $(#[doc = $tdoc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[allow(missing_docs)]
        pub struct $name { $(
            $(#[doc = $doc])*
            $(#[doc = concat!(" Since ", $since, ".")] #[serde(default)])?
            pub $field: $ty,
        )* }

        impl $name {
            /// The columns, in order.
            pub const COLUMNS: &'static [$crate::table::Column] = &[$(
                $crate::table::Column {
                    name: stringify!($field),
                    doc: concat!($($doc),*),
                    kind: <$ty as $crate::table::Cell>::KIND,
                    nullable: <$ty as $crate::table::Cell>::NULLABLE,
                    unit: concat!($($unit)?),
                    null: concat!($($null)?),
                },
            )*];
        }

        impl $crate::table::Cell for $name {
            const KIND: $crate::table::Kind = $crate::table::Kind::Struct($name::COLUMNS);
        }
    };
}

/// Declares the record of a table.
macro_rules! table {
    (
        $(#[doc = $tdoc:literal])*
        $name:ident = $table:literal { $($body:tt)* }
    ) => {
        record! { $(#[doc = $tdoc])* $name { $($body)* } }

        impl $crate::table::Record for $name {
            const TABLE: $crate::table::Table = $crate::table::Table {
                name: $table,
                doc: concat!($($tdoc),*),
                columns: $name::COLUMNS,
            };
        }
    };
}

pub(crate) use {record, table};
