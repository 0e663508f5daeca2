//! What stands around a number and says what it measures: units, currencies, the noun it counts.

use super::paragraph::{Paragraph, Token};
use crate::languages::meaning::{Marks, Role};
use crate::languages::names::Ending;
use crate::text::words::Kind;

/// Words after a number among which the noun that it counts is looked for.
const REACH: usize = 3;

/// A currency written before its number: tokens `from..to`.
#[derive(Clone, Copy)]
pub(super) struct Before {
    pub code: &'static str,
    pub from: usize,
    pub to: usize,
}

/// The currency sign or code at `at`: `$`, `US$`, `USD`.
pub(super) fn code_before(p: &Paragraph<'_>, at: usize) -> Option<Before> {
    let number_follows = |at: usize| p.get(at).is_some_and(|t| t.kind == Kind::Number && !t.starts);
    if let Some(code) = p.symbol(at).and_then(currency_sign) {
        return Some(Before { code, from: at, to: at + 1 });
    }
    if let Some(sign) = p.symbol(at + 1).filter(|_| p.glued(at + 1) && number_follows(at + 2)) {
        let code = match (p.word(at), sign) {
            ("us", '$') => "USD",
            ("c" | "ca" | "can", '$') => "CAD",
            ("a" | "au" | "aus", '$') => "AUD",
            ("hk", '$') => "HKD",
            ("nz", '$') => "NZD",
            ("s" | "sg", '$') => "SGD",
            ("r", '$') => "BRL",
            ("nt", '$') => "TWD",
            _ => return None,
        };
        return Some(Before { code, from: at, to: at + 2 });
    }
    match p.role(at) {
        Role::Currency(code) if is_code(p, at) && number_follows(at + 1) => {
            Some(Before { code, from: at, to: at + 1 })
        }
        _ => None,
    }
}

/// Three capitals.
fn is_code(p: &Paragraph<'_>, at: usize) -> bool {
    p.get(at).is_some_and(|t| t.shout && t.end - t.start == 3)
}

fn currency_sign(c: char) -> Option<&'static str> {
    Some(match c {
        '$' | '＄' => "USD",
        '€' => "EUR",
        '£' => "GBP",
        '¥' | '￥' => "JPY",
        '₽' => "RUB",
        '₸' => "KZT",
        '₴' => "UAH",
        '₹' => "INR",
        '₺' => "TRY",
        '₩' => "KRW",
        '₪' => "ILS",
        '₫' => "VND",
        '₦' => "NGN",
        '₾' => "GEL",
        '₼' => "AZN",
        _ => return None,
    })
}

/// The unit or currency that starts at `at`, right after a number, with the token after it.
pub(super) fn measure(p: &Paragraph<'_>, at: usize) -> Option<(String, usize)> {
    if let Some(sign) = p.symbol(at) {
        let opens_number = p.glued(at + 1) && p.get(at + 1).is_some_and(|t| t.kind == Kind::Number);
        if let Some(code) = currency_sign(sign).filter(|_| !opens_number) {
            return Some((code.to_owned(), at + 1));
        }
        match (sign, p.word(at + 1)) {
            ('%' | '‰', _) => return Some((sign.to_string(), at + 1)),
            ('°', "c" | "с") => return Some(("°C".to_owned(), at + 2)),
            ('°', "f") => return Some(("°F".to_owned(), at + 2)),
            _ => {}
        }
    }
    let at = after_hyphen(p, at)?;
    phrase(p, at).or_else(|| single(p, at)).map(|(unit, to)| (unit.into(), to))
}

/// The token where a word goes on after a number: right there, or behind a hyphen that joins both.
fn after_hyphen(p: &Paragraph<'_>, at: usize) -> Option<usize> {
    let hyphen = matches!(p.symbol(at), Some('-' | '‑')) && p.glued(at) && p.glued(at + 1);
    let at = at + usize::from(hyphen);
    p.get(at).filter(|t| t.kind == Kind::Word && (hyphen || !t.opens)).map(|_| at)
}

type Unit = Option<(std::borrow::Cow<'static, str>, usize)>;

/// A unit of two words or more.
fn phrase(p: &Paragraph<'_>, at: usize) -> Unit {
    let unit = match (p.word(at), p.word(at + 1)) {
        ("per", "cent") => "%",
        ("basis", "point" | "points") | ("базисных" | "базисный" | "базисного", _) => {
            "bp"
        }
        ("percentage", "point" | "points") => "pp",
        ("процентных" | "процентный" | "процентного", "пункта" | "пунктов" | "пункт") => {
            "pp"
        }
        ("degrees" | "degree" | "градусов" | "градуса", "celsius" | "цельсия") => "°C",
        ("degrees" | "degree", "fahrenheit") => "°F",
        ("square" | "sq" | "квадратных" | "квадратного" | "кв" | "шаршы", _) => {
            return power(p, at, "²");
        }
        ("cubic" | "кубических" | "кубического" | "куб" | "текше", _) => {
            return power(p, at, "³");
        }
        // "US dollars", "Canadian dollars".
        (word, _) => {
            let Role::Currency(code) = p.role(at + 1) else { return None };
            match word {
                "canadian" => "CAD",
                "australian" => "AUD",
                "singapore" => "SGD",
                "swiss" => "CHF",
                "egyptian" => "EGP",
                "mexican" => "MXN",
                "us" | "u.s" | "american" | "американских" | "ақш" => code,
                _ => return None,
            }
        }
    };
    Some((unit.into(), at + 2))
}

fn power(p: &Paragraph<'_>, at: usize, power: &str) -> Unit {
    let at = at + 1 + usize::from(p.symbol(at + 1) == Some('.'));
    match p.role(at) {
        Role::Unit(unit) => Some((format!("{unit}{power}").into(), at + 1)),
        _ => None,
    }
}

/// A unit of one word, with the time that makes it a rate and the country that issues it.
fn single(p: &Paragraph<'_>, at: usize) -> Unit {
    let (word, next) = (p.word(at), p.word(at + 1));
    match p.role(at) {
        Role::Currency(code) => {
            // `try` is a verb, `TRY` is a currency.
            if code.eq_ignore_ascii_case(word) && !is_code(p, at) {
                return None;
            }
            let issuer = matches!(next, "сша" | "рк" | "рф");
            Some((code.into(), at + 1 + usize::from(issuer)))
        }
        Role::Unit(unit) => {
            let per = (p.symbol(at + 1) == Some('/') && p.glued(at + 1))
                || matches!(next, "a" | "an" | "per" | "в");
            let rate = match (unit, p.word(at + 2)) {
                ("km", "h" | "hour" | "ч" | "час" | "сағ") if per => "km/h",
                ("mi", "hour") if per => "mph",
                ("bbl", "day" | "сутки" | "день") if per => "bpd",
                _ => return Some((unit.into(), at + 1)),
            };
            Some((rate.into(), at + 3))
        }
        // `100m` where no millions are meant.
        Role::Plain if matches!(word, "m" | "м") => Some(("m".into(), at + 1)),
        _ => None,
    }
}

/// The stem of the noun that a number counts, with the token after it.
///
/// Nobody tags parts of speech here, so the noun is told by its ending: in English the first plural
/// within reach, in Russian and Kazakh the first word that has no adjective's ending.
pub(super) fn counted(p: &Paragraph<'_>, at: usize, value: f64) -> Option<(String, usize)> {
    let first = after_hyphen(p, at)?;
    let mut reach = ahead(p, first);
    let lexicon = p.reading.pack.lexicon();
    let (at, token) = if p.reading.pack.settings.counted_by_plural {
        match reach.clone().find(|(at, _)| is_plural(p, *at)) {
            Some(found) => Some(found),
            None => reach
                .next()
                .filter(|(at, t)| {
                    !t.meaning.is(Marks::WEAK)
                        && (first != *at || first > 0 && p.symbol(first - 1).is_some() || value == 1.0)
                })
                .filter(|(at, _)| !p.word(*at).ends_with("ed")),
        }
    } else {
        reach
            .find(|(at, _)| !lexicon.ends(p.word(*at), Ending::Adjective))
            .filter(|(at, _)| !lexicon.ends(p.word(*at), Ending::Verb))
    }?;
    let unit = match token.meaning.role {
        Role::Unit(unit) => unit,
        _ => p.words.stem_text(token.word),
    };
    Some((unit.to_owned(), at + 1))
}

/// Whether a bare year-like number counts the noun after it: "1500 homes", but "2024 elections".
pub(super) fn year_counts(p: &Paragraph<'_>, year: u32, next: usize) -> bool {
    const USUAL: std::ops::RangeInclusive<u32> = 1900..=2050;
    matches!(p.role(next), Role::Unit(_) | Role::Currency(_) | Role::Scale(_))
        || matches!(p.symbol(next), Some('%' | '°'))
        || p.symbol(next).is_some_and(|c| currency_sign(c).is_some())
        || (!USUAL.contains(&year)
            && p.reading.pack.settings.counted_by_plural
            && ahead(p, next).any(|(at, _)| is_plural(p, at)))
}

/// Content words that follow without a break.
fn ahead<'p>(p: &Paragraph<'p>, from: usize) -> impl Iterator<Item = (usize, &'p Token)> + Clone {
    let tokens = p.tokens;
    (from..from + REACH)
        .map_while(move |at| tokens.get(at).map(|t| (at, t)))
        .take_while(move |(at, t)| {
            t.kind == Kind::Word && (*at == from || !t.opens) && !t.meaning.is(Marks::STOP)
        })
        .take_while(|(_, t)| matches!(t.meaning.role, Role::Plain | Role::Unit(_)))
}

/// Whether the word at `at` is a plural, as English forms it.
pub(super) fn is_plural(p: &Paragraph<'_>, at: usize) -> bool {
    const SINGULAR: [&str; 4] = ["ss", "us", "is", "'s"];
    let word = p.word(at);
    let regular = word.len() > 3 && word.ends_with('s') && !SINGULAR.iter().any(|e| word.ends_with(e));
    regular || p.get(at).is_some_and(|t| t.meaning.is(Marks::PLURAL))
}
