//! Inflection of verbs: in English the plain form from any other, in Russian and Kazakh all forms from the infinitive.

use super::speech::{Form, Verb};

/// The listed verb of which `word` is a form, and which form that is. `verb` finds a verb by its plain form.
pub(super) fn english(word: &str, verb: impl Fn(&str) -> Option<Verb>) -> Option<(Verb, Form)> {
    if let Some(verb) = verb(word) {
        return (!verb.noun).then_some((verb, Form::Base));
    }
    const ENDINGS: [(&str, Form); 4] =
        [("ing", Form::Participle), ("ed", Form::Past), ("es", Form::Third), ("s", Form::Third)];
    for (ending, form) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if let Some(verb) = of_stem(stem, &verb) {
            return (form != Form::Third || !verb.noun).then_some((verb, form));
        }
    }
    None
}

/// The verb of a form whose ending is taken off: `not(e)`, `repl(y)`, `quip(p)`.
fn of_stem(stem: &str, verb: &impl Fn(&str) -> Option<Verb>) -> Option<Verb> {
    let joined = |stem: &str, end: &str| verb(&[stem, end].concat());
    let halved = || {
        let mut back = stem.bytes().rev();
        let doubled = back.next().is_some() && stem.len() > 1 && back.next() == stem.bytes().next_back();
        if doubled { verb(&stem[..stem.len() - 1]) } else { None }
    };
    verb(stem)
        .or_else(|| joined(stem, "e"))
        .or_else(|| stem.strip_suffix('i').and_then(|short| joined(short, "y")))
        .or_else(halved)
}

/// The class that an English ending shows of a word in no list.
pub(super) fn english_class(word: &str) -> super::class::Class {
    use super::class::Class;
    if word.len() > 4 && word.ends_with("ly") {
        Class::ADVERB
    } else if word.len() > 4 && word.ends_with("ed") {
        Class::PAST
    } else if word.len() > 5 && word.ends_with("ing") {
        Class::GERUND
    } else {
        Class::NONE
    }
}

/// The forms of a Russian verb that may attribute, from its infinitive: the past, the third person of the present or the
/// future, the gerunds. `third`: whether the rule gives the third person. A word that is no infinitive is its one form.
pub(super) fn russian(verb: &str, third: bool) -> Vec<(String, Form)> {
    let (plain, own) = match verb.strip_suffix("ся") {
        Some(plain) => (plain, true),
        None => (verb, false),
    };
    let Some(stem) = plain.strip_suffix("ть") else { return vec![(verb.to_owned(), Form::Past)] };
    let mut forms = Vec::new();
    let mut add = |stem: &str, ending: &str, form: Form| {
        let vowel = ending.ends_with(['а', 'о', 'и', 'я']);
        let tail = if !own {
            ""
        } else if vowel {
            "сь"
        } else {
            "ся"
        };
        forms.push((format!("{stem}{ending}{tail}"), form));
    };
    for ending in ["л", "ла", "ло", "ли"] {
        add(stem, ending, Form::Past);
    }
    add(stem, if own { "вши" } else { "в" }, Form::Participle);
    if third {
        let (stem, [one, many, gerund]) = present(stem);
        add(&stem, one, Form::Past);
        add(&stem, many, Form::Past);
        if !gerund.is_empty() {
            add(&stem, gerund, Form::Participle);
        }
    }
    forms
}

/// The stem of the third person, and its endings with that of the gerund, for a Russian verb without `ть`.
fn present(stem: &str) -> (String, [&'static str; 3]) {
    if let Some(root) = stem.strip_suffix("ова") {
        (format!("{root}у"), ["ет", "ют", "я"])
    } else if let Some(root) = stem.strip_suffix("ну") {
        (format!("{root}н"), ["ет", "ут", ""])
    } else if let Some(root) = stem.strip_suffix('и') {
        let hissing = root.ends_with(['ж', 'ч', 'ш', 'щ']);
        (root.to_owned(), if hissing { ["ит", "ат", "а"] } else { ["ит", "ят", "я"] })
    } else {
        (stem.to_owned(), ["ет", "ют", "я"])
    }
}

/// The finite forms of a Kazakh verb, from its infinitive in -у: `айту`, `айтты`, `айтады`, `айтқан`, `айтыпты`. A
/// word that is no infinitive is its one form.
pub(super) fn kazakh(verb: &str) -> Vec<(String, Form)> {
    let Some(stem) = verb.strip_suffix('у').filter(|stem| stem.chars().count() > 1) else {
        return vec![(verb.to_owned(), Form::Past)];
    };
    let vowels = ['а', 'ә', 'е', 'ы', 'і', 'о', 'ө', 'ұ', 'ү', 'и', 'э'];
    let last = stem.chars().next_back().unwrap_or_default();
    let front = stem
        .chars()
        .rev()
        .find(|c| vowels.contains(c))
        .is_some_and(|c| matches!(c, 'ә' | 'е' | 'і' | 'ө' | 'ү' | 'и' | 'э'));
    let hard = "кқпстшщфхцчбвгд".contains(last);
    let open = vowels.contains(&last);
    let either = |back: &'static str, other: &'static str| if front { other } else { back };
    let endings = [
        if hard { either("ты", "ті") } else { either("ды", "ді") },
        if open { either("йды", "йді") } else { either("ады", "еді") },
        if hard { either("қан", "кен") } else { either("ған", "ген") },
        if open { either("пты", "пті") } else { either("ыпты", "іпті") },
        if open { "п" } else { either("ып", "іп") },
    ];
    let form = |ending: &&str| if ending.ends_with('п') { Form::Participle } else { Form::Past };
    endings.iter().map(|ending| (format!("{stem}{ending}"), form(ending))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(forms: Vec<(String, Form)>) -> String {
        forms.into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn russian_verbs_have_their_forms() {
        let all = |verb| words(russian(verb, true));
        assert_eq!(all("заявить"), "заявил заявила заявило заявили заявив заявит заявят заявя");
        assert_eq!(all("уточнять"), "уточнял уточняла уточняло уточняли уточняв уточняет уточняют уточняя");
        assert!(all("комментировать").ends_with("комментирует комментируют комментируя"));
        assert!(all("подчеркнуть").ends_with("подчеркнет подчеркнут"));
        assert!(all("поделиться").starts_with("поделился поделилась поделилось поделились поделившись"));
        assert_eq!(all("уверен"), "уверен");
        assert!(!words(russian("писать", false)).contains("писает"));
    }

    #[test]
    fn kazakh_verbs_have_their_forms() {
        let all = |verb| words(kazakh(verb));
        assert_eq!(all("айту"), "айтты айтады айтқан айтыпты айтып");
        assert_eq!(all("мәлімдеу"), "мәлімдеді мәлімдейді мәлімдеген мәлімдепті мәлімдеп");
        assert_eq!(all("түсіндіру"), "түсіндірді түсіндіреді түсіндірген түсіндіріпті түсіндіріп");
        assert_eq!(all("хабарлау"), "хабарлады хабарлайды хабарлаған хабарлапты хабарлап");
    }
}
