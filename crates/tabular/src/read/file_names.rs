//! What folders and file names say of an article: `Outlet/2026-03-04 title.txt`.

use std::path::Path;
use std::str::FromStr;

/// The parts of a path and the fields that they hold: `{source}/{published} {title}`.
///
/// The last parts of a file's path are held against it, without the extension. A field takes what stands up to the text
/// behind it, and the last field of a part takes the rest. `{}` takes what is not wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileNames {
    /// As it was said.
    pattern: String,
    /// For each part of the path the texts and fields in it.
    parts: Vec<Vec<Piece>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(String),
}

impl FromStr for FileNames {
    type Err = String;

    fn from_str(pattern: &str) -> Result<Self, String> {
        let parts = pattern.split('/').map(pieces).collect::<Result<Vec<_>, String>>()?;
        let names: Vec<&String> =
            parts.iter().flatten().filter_map(Piece::field).filter(|f| !f.is_empty()).collect();
        if names.is_empty() {
            return Err("it names no field; write it as {source}/{published} {title}".to_owned());
        }
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return Err(format!("it names {{{}}} twice", twice.1));
        }
        if names.iter().any(|name| *name == "text" || *name == "id") {
            return Err("a name holds neither text nor id".to_owned());
        }
        Ok(Self { pattern: pattern.to_owned(), parts })
    }
}

impl Piece {
    fn field(&self) -> Option<&String> {
        match self {
            Self::Field(name) => Some(name),
            Self::Text(_) => None,
        }
    }
}

fn pieces(part: &str) -> Result<Vec<Piece>, String> {
    let mut out = Vec::new();
    let mut rest = part;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').ok_or("a { is not closed")? + open;
        if open > 0 {
            out.push(Piece::Text(rest[..open].to_owned()));
        } else if matches!(out.last(), Some(Piece::Field(_))) {
            return Err("two fields stand side by side; put what separates them between".to_owned());
        }
        out.push(Piece::Field(rest[open + 1..close].trim().to_owned()));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest.to_owned()));
    }
    Ok(out)
}

impl std::fmt::Display for FileNames {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.pattern)
    }
}

impl FileNames {
    /// The fields that the path of a file holds; none where it is not of this form.
    pub(crate) fn read(&self, path: &Path) -> Option<Vec<(String, String)>> {
        let mut names: Vec<String> =
            path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let last = names.last_mut()?;
        for packing in [".gz", ".zst"] {
            if let Some(stem) = last.strip_suffix(packing) {
                *last = stem.to_owned();
            }
        }
        if let Some((stem, _)) = last.rsplit_once('.') {
            *last = stem.to_owned();
        }
        let from = names.len().checked_sub(self.parts.len())?;
        let mut found = Vec::new();
        for (name, pieces) in names[from..].iter().zip(&self.parts) {
            fill(name, pieces, &mut found)?;
        }
        found.retain(|(field, _)| !field.is_empty());
        Some(found)
    }
}

/// The fields of one part of a path.
fn fill(name: &str, pieces: &[Piece], found: &mut Vec<(String, String)>) -> Option<()> {
    let mut rest = name;
    let mut at = 0;
    while at < pieces.len() {
        match (&pieces[at], pieces.get(at + 1)) {
            (Piece::Text(text), _) => {
                rest = rest.strip_prefix(text.as_str())?;
                at += 1;
            }
            (Piece::Field(field), Some(Piece::Text(text))) => {
                let end = rest.find(text.as_str())?;
                found.push((field.clone(), rest[..end].trim().to_owned()));
                rest = &rest[end + text.len()..];
                at += 2;
            }
            (Piece::Field(field), _) => {
                found.push((field.clone(), rest.trim().to_owned()));
                rest = "";
                at += 1;
            }
        }
    }
    (rest.is_empty() && found.iter().all(|(_, value)| !value.is_empty())).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str, path: &str) -> Option<String> {
        let found = pattern.parse::<FileNames>().unwrap().read(Path::new(path))?;
        Some(found.iter().map(|(field, value)| format!("{field}={value}")).collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn folders_and_names_hold_fields() {
        let pattern = "{source}/{published} {title}";
        let whole = read(pattern, "in/Harbour Post/2026-03-04 The quay is closed.txt");
        assert_eq!(
            whole.as_deref(),
            Some("source=Harbour Post; published=2026-03-04; title=The quay is closed")
        );
        assert_eq!(
            read("{published}_{}_{source}", "a/20260304_17_Bote.txt.gz").as_deref(),
            Some("published=20260304; source=Bote")
        );
        assert_eq!(read("{desk}/{}", "in/sport/1.html").as_deref(), Some("desk=sport"));
        assert_eq!(read(pattern, "2026-03-04 Title.txt"), None);
        assert_eq!(read(pattern, "Post/Title.txt"), None);
    }

    #[test]
    fn patterns_that_can_not_be_filled_are_refused() {
        for wrong in ["", "source", "{source", "{source}{title}", "{title}/{title}", "{text}"] {
            assert!(wrong.parse::<FileNames>().is_err(), "{wrong}");
        }
    }
}
