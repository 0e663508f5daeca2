//! News agencies by the names with which they sign.

use crate::text::chars::is_alphanumeric;
use crate::text::fold::fold_char;

/// Names in lower case, with the agency's own spelling. A longer name stands before one that it starts with.
#[rustfmt::skip]
const AGENCIES: &[(&str, &str)] = &[
    ("thomson reuters", "Reuters"), ("reuters", "Reuters"), ("reuter", "Reuters"), ("рейтер", "Reuters"),
    ("the associated press", "AP"), ("associated press", "AP"), ("ap", "AP"),
    ("agence france-presse", "AFP"), ("afp", "AFP"), ("афп", "AFP"),
    ("итар-тасс", "TASS"), ("itar-tass", "TASS"), ("тасс", "TASS"), ("tass", "TASS"),
    ("интерфакс-казахстан", "Interfax"), ("interfax-kazakhstan", "Interfax"), ("interfax.ru", "Interfax"),
    ("интерфакс", "Interfax"), ("interfax", "Interfax"),
    ("мия «казинформ»", "Kazinform"), ("мия казинформ", "Kazinform"), ("казинформ", "Kazinform"),
    ("kazinform", "Kazinform"), ("qazinform", "Kazinform"), ("қазақпарат", "Kazinform"), ("qazaqparat", "Kazinform"),
    ("риа новости", "RIA Novosti"), ("ria novosti", "RIA Novosti"), ("риа", "RIA Novosti"), ("ria", "RIA Novosti"),
    ("xinhua", "Xinhua"), ("синьхуа", "Xinhua"), ("dpa", "dpa"), ("дпа", "dpa"), ("upi", "UPI"), ("efe", "EFE"),
    ("ansa", "ANSA"), ("kyodo news", "Kyodo"), ("kyodo", "Kyodo"), ("bloomberg", "Bloomberg"),
    ("anadolu agency", "Anadolu"), ("anadolu", "Anadolu"), ("анадолу", "Anadolu"), ("belta", "BelTA"), ("белта", "BelTA"),
    ("ukrinform", "Ukrinform"), ("укринформ", "Ukrinform"), ("yonhap", "Yonhap"), ("press trust of india", "PTI"),
    ("pti", "PTI"), ("ians", "IANS"), ("pa media", "PA"), ("akipress", "AKIpress"), ("trend", "Trend"),
    ("azertac", "AZERTAC"), ("uza", "UzA"), ("24.kg", "24.kg"), ("aap", "AAP"), ("canadian press", "CP"),
    ("jiji press", "Jiji"), ("sputnik", "Sputnik"), ("спутник", "Sputnik"), ("росбалт", "Rosbalt"), ("prnewswire", "PR Newswire"),
];

/// The agency whose name `text` starts with, as a whole word, and what follows it.
pub(crate) fn agency(text: &str) -> Option<(&'static str, &str)> {
    let first = text.chars().next()?;
    // `trend`, `ap` and the like are words; an agency signs with a capital, or as dpa, reuter and 24.kg do.
    if first.is_lowercase() && !["dpa", "reuter"].iter().any(|name| text.starts_with(name))
        || first.is_ascii_digit() && !text.starts_with("24.kg")
    {
        return None;
    }
    // The first letter's bytes rule out nearly all names without a call.
    let mut buffer = [0; 4];
    let initial = fold_char(first).encode_utf8(&mut buffer).as_bytes();
    let (head, last) = (initial[0], initial.len() - 1);
    AGENCIES
        .iter()
        .filter(|(name, _)| name.as_bytes()[0] == head && name.as_bytes()[last] == initial[last])
        .find_map(|(name, agency)| {
            let end = prefix(text, name)?;
            let rest = &text[end..];
            let whole = rest.chars().next().is_none_or(|c| !is_alphanumeric(c));
            whole.then_some((*agency, rest))
        })
}

/// Length of the start of `text` that equals `name` in lower case.
fn prefix(text: &str, name: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in name.chars() {
        let (_, c) = chars.next()?;
        if fold_char(c) != wanted {
            return None;
        }
    }
    Some(chars.next().map_or(text.len(), |(at, _)| at))
}
