//! Names in Russian and Kazakh led back to the nominative: `Игоря Лаптева` to `Игорь Лаптев`, `Елены Бондарь` to `Елена
//! Бондарь`, `Айгүл Омарованың` to `Айгүл Омарова`.
//!
//! A given name that the lists hold tells the case and the gender, and by them the rest. Where no list has it, the case is
//! taken from what stands before the name, `по словам`.

use crate::languages::Pack;
use crate::languages::class::Class;
use crate::languages::names::Gender;
use crate::text::fold::fold;

/// Endings of given names: in a case, in the nominative, whose.
const GIVEN: [(&str, &str, Gender); 32] = [
    ("ла", "ел", Gender::Male),
    ("лу", "ел", Gender::Male),
    ("лом", "ел", Gender::Male),
    ("ьва", "ев", Gender::Male),
    ("а", "о", Gender::Male),
    ("у", "о", Gender::Male),
    ("ом", "", Gender::Male),
    ("ем", "й", Gender::Male),
    ("ем", "ь", Gender::Male),
    ("а", "", Gender::Male),
    ("у", "", Gender::Male),
    ("я", "й", Gender::Male),
    ("я", "ь", Gender::Male),
    ("ю", "й", Gender::Male),
    ("ю", "ь", Gender::Male),
    ("ы", "а", Gender::Female),
    ("ы", "а", Gender::Male),
    ("и", "а", Gender::Female),
    ("и", "я", Gender::Female),
    ("и", "ь", Gender::Female),
    ("и", "я", Gender::Male),
    ("и", "а", Gender::Male),
    ("у", "а", Gender::Female),
    ("у", "а", Gender::Male),
    ("ю", "я", Gender::Female),
    ("ю", "я", Gender::Male),
    ("е", "а", Gender::Female),
    ("е", "я", Gender::Female),
    ("ой", "а", Gender::Female),
    ("ей", "а", Gender::Female),
    ("ей", "я", Gender::Female),
    ("е", "", Gender::Male),
];

/// Endings of men's surnames and patronymics, longest first: in a case, in the nominative.
const MEN: [(&str, &str); 30] = [
    ("ского", "ский"),
    ("скому", "ский"),
    ("ским", "ский"),
    ("ском", "ский"),
    ("цкого", "цкий"),
    ("цкому", "цкий"),
    ("цким", "цкий"),
    ("овым", "ов"),
    ("евым", "ев"),
    ("иным", "ин"),
    ("ича", "ич"),
    ("ичу", "ич"),
    ("ичем", "ич"),
    ("ова", "ов"),
    ("ову", "ов"),
    ("ове", "ов"),
    ("ева", "ев"),
    ("еву", "ев"),
    ("еве", "ев"),
    ("ина", "ин"),
    ("ину", "ин"),
    ("ине", "ин"),
    ("ына", "ын"),
    ("ого", "ый"),
    ("ому", "ый"),
    ("ая", "ай"),
    ("ея", "ей"),
    ("ия", "ий"),
    ("ля", "ль"),
    ("ря", "рь"),
];

/// The same of women.
const WOMEN: [(&str, &str); 14] = [
    ("овой", "ова"),
    ("евой", "ева"),
    ("иной", "ина"),
    ("ыной", "ына"),
    ("ской", "ская"),
    ("цкой", "цкая"),
    ("овны", "овна"),
    ("овне", "овна"),
    ("евны", "евна"),
    ("евне", "евна"),
    ("ичны", "ична"),
    ("ову", "ова"),
    ("еву", "ева"),
    ("ину", "ина"),
];

/// The nominative of a name; nothing where it stands in it, or where that can't be told. `genitive`: what stands before it
/// shows that it does.
pub(super) fn of_name(words: &[&str], pack: &Pack, genitive: bool) -> Option<String> {
    let (first, rest) = words.split_first()?;
    if pack.settings.verb_last {
        return kazakh(words, pack).or_else(|| russian(first, rest, pack, genitive));
    }
    russian(first, rest, pack, genitive)
}

/// A Kazakh name without the ending of the genitive.
fn kazakh(words: &[&str], pack: &Pack) -> Option<String> {
    let (last, rest) = words.split_last()?;
    let last = pack.speech().without_genitive(last)?;
    Some(rest.iter().copied().chain([last]).collect::<Vec<_>>().join(" "))
}

fn russian(first: &str, rest: &[&str], pack: &Pack, genitive: bool) -> Option<String> {
    let folded = fold(first);
    let listed = |ending: &str, nominative: &str| {
        let stem = folded.strip_suffix(ending).filter(|stem| stem.chars().count() > 1)?;
        let found = pack.names().is_given(&format!("{stem}{nominative}"));
        found.then(|| format!("{}{nominative}", &first[..first.len() - ending.len()]))
    };
    if rest.is_empty() {
        return None;
    }
    let known = pack.names().is_given(&folded);
    // "Александра" may be a woman or the genitive of a man.
    if known && !genitive {
        return None;
    }
    let whose = |name: &str| pack.names().given(&fold(name));
    let fits = |(ending, nominative, gender): &(&str, &str, Gender)| {
        listed(ending, nominative)
            .filter(|name| whose(name).is_none_or(|g| g == *gender))
            .map(|name| (name, *gender))
    };
    let (name, gender) = GIVEN
        .iter()
        .find_map(fits)
        .filter(|(_, gender)| !known || agrees(rest, *gender))
        .or_else(|| if known || !genitive { None } else { guessed(first, rest) })?;
    let rest = rest.iter().map(|word| surname(word, gender));
    Some(std::iter::once(name).chain(rest).collect::<Vec<_>>().join(" "))
}

/// Whether the surname may be of a man or a woman in the genitive.
fn agrees(rest: &[&str], gender: Gender) -> bool {
    let last = rest.last().copied().unwrap_or_default();
    let woman = WOMEN.iter().any(|(ending, _)| last.ends_with(ending));
    let man = MEN.iter().any(|(ending, _)| last.ends_with(ending));
    if gender == Gender::Male { man && !woman } else { woman }
}

/// A given name in the genitive that no list has: `Нурлана Ахметова`, `Айгерим` stays.
fn guessed(first: &str, rest: &[&str]) -> Option<(String, Gender)> {
    let cut = |ending: &str| first.strip_suffix(ending);
    let last = rest.last().copied().unwrap_or_default();
    let woman = WOMEN.iter().any(|(ending, _)| last.ends_with(ending));
    if woman {
        let name = cut("ии").map(|s| format!("{s}ия")).or_else(|| cut("ы").map(|s| format!("{s}а")));
        return Some((name.unwrap_or_else(|| first.to_owned()), Gender::Female));
    }
    let name = cut("ея")
        .map(|s| format!("{s}ей"))
        .or_else(|| cut("ия").map(|s| format!("{s}ий")))
        .or_else(|| cut("а").map(str::to_owned))?;
    MEN.iter().any(|(ending, _)| last.ends_with(ending)).then_some((name, Gender::Male))
}

/// A surname or a patronymic in the nominative.
fn surname(word: &str, gender: Gender) -> String {
    let listed = |endings: &[(&str, &str)]| {
        let mut fits = endings.iter().filter_map(|(ending, nominative)| {
            let stem = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 1)?;
            Some(format!("{stem}{nominative}"))
        });
        fits.next()
    };
    let plain = |ending: char, nominative: &str| {
        let stem = word.strip_suffix(ending)?;
        let consonant = stem.ends_with(|c: char| !"аеёиоуыэюяьй".contains(c));
        (consonant && stem.chars().count() > 2).then(|| format!("{stem}{nominative}"))
    };
    let found = match gender {
        Gender::Male => {
            listed(&MEN).or_else(|| plain('а', "")).or_else(|| plain('у', "")).or_else(|| plain('ы', "а"))
        }
        Gender::Female => listed(&WOMEN).or_else(|| plain('ы', "а")),
    };
    found.unwrap_or_else(|| word.to_owned())
}

/// The nominative of the word of a body in another case: `министерства`, `полиции`.
pub(super) fn of_body(word: &str, pack: &Pack) -> Option<String> {
    let endings = [
        ("а", "о"),
        ("а", ""),
        ("и", "я"),
        ("ы", "а"),
        ("е", "о"),
        ("е", ""),
        ("е", "а"),
        ("и", "а"),
        ("я", "е"),
        ("и", "е"),
    ];
    endings.into_iter().find_map(|(ending, nominative)| {
        let name = format!("{}{nominative}", word.strip_suffix(ending)?);
        let class = pack.speech().look_up(&fold(&name)).0;
        (class.contains(Class::BODY) && !class.contains(Class::OBLIQUE)).then_some(name)
    })
}

/// The nominative of an office in another case: `губернатора`.
pub(super) fn of_office(word: &str, pack: &Pack) -> Option<String> {
    if pack.speech().look_up(word).0.contains(Class::TITLE) {
        return None;
    }
    let endings =
        [("а", ""), ("я", "ь"), ("я", "й"), ("ом", ""), ("ем", "ь"), ("ы", "а"), ("и", "а"), ("у", "")];
    endings.into_iter().find_map(|(ending, nominative)| {
        let name = format!("{}{nominative}", word.strip_suffix(ending)?);
        pack.speech().look_up(&name).0.contains(Class::TITLE).then_some(name)
    })
}

/// Whether a word in the genitive names a country or a capital rather than a person: `посол Эстонии`, `глава МИД`.
pub(super) fn is_owner(word: &str, pack: &Pack) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return true;
    }
    let folded = fold(word);
    let place = |(ending, nominative): (&str, &str)| {
        let stem = folded.strip_suffix(ending)?;
        pack.names().is_place(&format!("{stem}{nominative}")).then_some(())
    };
    let endings = [("", ""), ("а", ""), ("я", "й"), ("ы", "а"), ("и", "я"), ("и", "ь"), ("и", "а")];
    folded.ends_with("ии") || endings.into_iter().find_map(place).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages;

    fn russian_name(name: &str, genitive: bool) -> Option<String> {
        of_name(&name.split(' ').collect::<Vec<_>>(), languages::own("ru"), genitive)
    }

    #[test]
    fn a_given_name_tells_the_case_of_all() {
        for (name, nominative) in [
            ("Игоря Лаптева", "Игорь Лаптев"),
            ("Елены Бондарь", "Елена Бондарь"),
            ("Ольги Дроновой", "Ольга Дронова"),
            ("Сергеем Рудиным", "Сергей Рудин"),
            ("Ирине Вольской", "Ирина Вольская"),
            ("Павла Чайковского", "Павел Чайковский"),
            ("Ивана Петровича Клюева", "Иван Петрович Клюев"),
            ("Дмитрию Шевчуку", "Дмитрий Шевчук"),
        ] {
            assert_eq!(russian_name(name, false).as_deref(), Some(nominative), "{name}");
        }
        assert_eq!(russian_name("Иван Лаптев", true), None);
        assert_eq!(russian_name("Александра Лаптева", false), None);
        assert_eq!(russian_name("Александра Лаптева", true).as_deref(), Some("Александр Лаптев"));
        assert_eq!(russian_name("Ержана Клюева", true).as_deref(), Some("Ержан Клюев"));
        assert_eq!(russian_name("Ержана Клюева", false), None);
    }

    #[test]
    fn kazakh_names_lose_the_genitive() {
        let name = |words: &[&str]| of_name(words, languages::own("kk"), false);
        assert_eq!(name(&["Айгүл", "Омарованың"]).as_deref(), Some("Айгүл Омарова"));
        assert_eq!(name(&["Айгүл", "Омарова"]), None);
    }
}
