//! The language of each row, as it is compared.
//!
//! A headline shows its language badly: of Russian ones some are taken for Bulgarian, most for none. Among the rows of one
//! alphabet a language that few have is such a mistake, and so is none: they are in the language that most of them have.

use std::collections::BTreeMap;

use throughline_tokenisation::{UNDETERMINED, script_language};

/// Share of the rows of one alphabet that a language has at least.
const SHARE: f64 = 0.05;

/// The language of each of `texts`, which were taken to be in `tags`.
pub(crate) fn row_languages<'t>(texts: &[&str], tags: &[&'t str]) -> Vec<&'t str> {
    let scripts: Vec<&str> = texts.iter().map(|text| script_language(text)).collect();
    let mut counts: BTreeMap<&str, BTreeMap<&'t str, usize>> = BTreeMap::new();
    for (script, tag) in scripts.iter().zip(tags).filter(|(_, tag)| **tag != UNDETERMINED) {
        *counts.entry(script).or_default().entry(tag).or_default() += 1;
    }
    let main = |script: &str| {
        let most = counts.get(script)?.iter().max_by_key(|(tag, count)| (**count, std::cmp::Reverse(**tag)));
        most.map(|(tag, _)| *tag)
    };
    let is_told = |script: &str, tag: &str| {
        let of_script = &counts[script];
        of_script[tag] as f64 >= SHARE * of_script.values().sum::<usize>() as f64
    };
    let settled = |(script, tag): (&&str, &&'t str)| match *tag {
        UNDETERMINED => main(script).unwrap_or(tag),
        tag if is_told(script, tag) => tag,
        tag => main(script).unwrap_or(tag),
    };
    scripts.iter().zip(tags).map(settled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_rows_of_an_alphabet_have_is_a_mistake() {
        let mut rows: Vec<(&str, &str)> = vec![("Дума приняла закон", "ru"); 30];
        rows.extend([
            ("Суд закрыл дело", "bg"),
            ("Мост", UNDETERMINED),
            ("The bridge", UNDETERMINED),
            ("Заң қабылданды", "kk"),
        ]);
        rows.extend([("A law was passed", "en"); 3]);
        let (texts, tags): (Vec<&str>, Vec<&str>) = rows.into_iter().unzip();
        let found = row_languages(&texts, &tags);
        assert_eq!(found[30..], ["ru", "ru", "en", "kk", "en", "en", "en"]);
        assert_eq!(row_languages(&["42"], &[UNDETERMINED]), [UNDETERMINED]);
    }
}
