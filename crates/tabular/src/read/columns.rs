//! Which column of a row is which field of an article.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// Other names of columns, by field.
static NAMES: &str = include_str!("../../column-names.txt");

/// A field of an article that a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Its id.
    Id,
    /// Its text.
    Text,
    /// Its headline.
    Title,
    /// Its address.
    Url,
    /// Its outlet.
    Source,
    /// When it was published.
    Published,
    /// Its language.
    Lang,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 7] =
        [Self::Id, Self::Text, Self::Title, Self::Url, Self::Source, Self::Published, Self::Lang];

    /// What the column is called that holds it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Title => "title",
            Self::Url => "url",
            Self::Source => "source",
            Self::Published => "published",
            Self::Lang => "lang",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|field| field.name() == text).ok_or_else(|| {
            let all = Self::ALL.map(Self::name).join(", ");
            format!("no field is called \"{text}\"; the fields are {all}")
        })
    }
}

/// A column that is not called as its field, and was taken for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Taken {
    pub field: Field,
    pub column: String,
    /// Whether the user said so.
    pub said: bool,
}

/// Gives the columns of a row the names of the fields that they hold: as the user says, else by their own names, else
/// by other common names for it.
pub(crate) fn rename(fields: &mut Map<String, Value>, said: &BTreeMap<Field, String>) -> Vec<Taken> {
    let mut taken = Vec::new();
    let mut found: Vec<(Field, Value)> = Vec::new();
    for (&field, column) in said {
        if let Some(value) = fields.remove(column) {
            if column != field.name() {
                taken.push(Taken { field, column: column.clone(), said: true });
            }
            found.push((field, value));
        }
    }
    for field in Field::ALL.into_iter().filter(|field| !said.contains_key(field)) {
        if fields.contains_key(field.name()) {
            continue;
        }
        if let Some(column) = other_name(fields, field)
            && let Some(value) = fields.remove(&column)
        {
            taken.push(Taken { field, column, said: false });
            found.push((field, value));
        }
    }
    for (field, value) in found {
        // What the user says wins over a column of the field's name, which stays with the others.
        if let Some(own) = fields.insert(field.name().to_owned(), value) {
            let mut other = format!("{}_2", field.name());
            while fields.contains_key(&other) {
                other.push('_');
            }
            fields.insert(other, own);
        }
    }
    taken
}

/// The column whose name is another common one for `field`, and which holds what the field may.
fn other_name(fields: &Map<String, Value>, field: Field) -> Option<String> {
    static KNOWN: LazyLock<BTreeMap<Field, Vec<&'static str>>> = LazyLock::new(|| {
        let mut known: BTreeMap<Field, Vec<&'static str>> = BTreeMap::new();
        for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split('\t');
            if let (Some(Ok(field)), Some(names)) = (parts.next().map(str::parse), parts.nth(1)) {
                known.entry(field).or_default().extend(names.split_whitespace());
            }
        }
        known
    });
    let columns: Vec<(String, &String)> =
        fields.iter().filter(|(_, value)| fits(field, value)).map(|(name, _)| (plain(name), name)).collect();
    let names = KNOWN.get(&field)?;
    names
        .iter()
        .find_map(|name| columns.iter().find(|(plain, _)| plain == name))
        .map(|(_, name)| (*name).clone())
}

/// A name without capitals, blanks and signs.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn fits(field: Field, value: &Value) -> bool {
    match value {
        Value::Null | Value::String(_) => true,
        Value::Number(_) => matches!(field, Field::Published | Field::Id),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn renamed(row: Value, said: &[(Field, &str)]) -> (Value, Vec<(Field, String)>) {
        let said = said.iter().map(|(field, column)| (*field, (*column).to_owned())).collect();
        let mut fields = row.as_object().unwrap().clone();
        let taken = rename(&mut fields, &said);
        (Value::Object(fields), taken.into_iter().map(|taken| (taken.field, taken.column)).collect())
    }

    #[test]
    fn columns_are_known_by_their_other_names() {
        let (row, taken) = renamed(
            json!({"Date": "2026", "outlet": "Bote", "Headline": "H", "Article Body": "B", "link": "u"}),
            &[],
        );
        assert_eq!(
            row,
            json!({"published": "2026", "source": "Bote", "title": "H", "text": "B", "url": "u"})
        );
        assert_eq!(taken.len(), 5);
        let (row, _) = renamed(json!({"Текст": "Т", "Издание": "Вестник", "Дата публикации": "2026"}), &[]);
        assert_eq!(row, json!({"text": "Т", "source": "Вестник", "published": "2026"}));
        let (row, _) = renamed(json!({"мәтін": "М", "дереккөз": "Дала", "күні": "2026"}), &[]);
        assert_eq!(row, json!({"text": "М", "source": "Дала", "published": "2026"}));
    }

    #[test]
    fn a_columns_own_name_wins_over_other_names_and_the_users_word_over_both() {
        let row = json!({"text": "a", "body": "b", "content": "c"});
        assert_eq!(renamed(row.clone(), &[]).0, row);
        let (row, taken) = renamed(row, &[(Field::Text, "content")]);
        assert_eq!(row, json!({"text": "c", "body": "b", "text_2": "a"}));
        assert_eq!(taken, [(Field::Text, "content".to_owned())]);
        // A list is no outlet, and a number no text.
        let row = json!({"text": "a", "outlet": ["x"], "date": 1772609400});
        assert_eq!(renamed(row, &[]).0, json!({"text": "a", "outlet": ["x"], "published": 1772609400}));
    }
}
