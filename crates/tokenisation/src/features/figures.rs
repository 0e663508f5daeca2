//! Numbers with what they count: values, multipliers, units, currencies.

use throughline_schema::Figure;

use super::numbers::{Number, number};
use super::paragraph::Paragraph;
use super::ranges::range;
use super::units::{code_before, counted, measure};
use crate::languages::common::common;
use crate::languages::meaning::{Marks, Role};
use crate::languages::names::Ending;
use crate::text::words::Kind;

/// Appends the figures of the paragraph in order. Tokens in `taken` are dates; those of numbers, units
/// and currencies are added to it, the nouns that are counted are not.
///
/// Years, times, ordinals ("5th"), list markers and numbers that are part of a name ("F-16",
/// "No. 5") are no figures. A range gives two.
pub(super) fn figures(p: &Paragraph<'_>, taken: &mut [bool], out: &mut Vec<Figure>) {
    let mut at = 0;
    while at < p.tokens.len() {
        at = figure(p, at, taken, out).unwrap_or(at + 1).max(at + 1);
    }
}

/// Reads one figure or range at `at` and gives the token after it.
fn figure(p: &Paragraph<'_>, at: usize, taken: &mut [bool], out: &mut Vec<Figure>) -> Option<usize> {
    if let Some((value, to)) = share(p, at).filter(|_| taken.get(at) == Some(&false)) {
        taken[at..to].fill(true);
        let (text, unit) = (p.span(at, to).to_owned(), "%".to_owned());
        let (low, high) = range(p, at, to, to, value, 1.0, &unit);
        out.push(Figure { text, value, low, high, unit, about: p.around(at, to) });
        return Some(to);
    }
    let sign = code_before(p, at);
    let (start, digits_at) = sign.map_or((at, at), |s| (s.from, s.to));
    if taken.get(digits_at) != Some(&false) {
        return None;
    }
    let mut first = number(p, digits_at, sign.is_some())?;
    if sign.is_none() && is_label(p, digits_at, first.to) {
        taken[at..first.to].fill(true);
        return Some(first.to);
    }
    let minus = start > 0
        && matches!(p.symbol(start - 1), Some('-' | '−'))
        && p.glued(start)
        && !(start > 1 && p.glued(start - 1));
    let from = start - usize::from(minus);
    if minus {
        first.value = -first.value;
    }

    let second = range_end(p, &first, sign.is_some()).filter(|(_, n)| taken.get(n.to - 1) == Some(&false));
    let last = second.map_or(first, |(_, n)| n);
    let unit = match sign {
        Some(sign) => Some((sign.code.to_owned(), last.to)),
        None => measure(p, last.to),
    };
    let measured = unit.as_ref().map_or(last.to, |(_, to)| *to);
    let unit = unit.or_else(|| counted(p, last.to, last.value));
    if first.words && !counts(&first, unit.is_some(), measured > first.to) {
        return Some(first.to);
    }
    taken[from..measured].fill(true);
    let (unit, to) = unit.unwrap_or_else(|| (String::new(), measured));
    let (around, opens) = (p.around(from, to), from);
    let mut push = |from, to, value: f64, scale: f64, unit: &str| {
        let (low, high) = range(p, opens, last.to, to, value, scale, unit);
        let (text, unit) = (p.span(from, to).to_owned(), unit.to_owned());
        out.push(Figure { text, value, low, high, unit, about: around.clone() });
    };
    match second {
        Some((second_from, second)) => {
            // "5 to 7 million" shares its multiplier, "500 to 1 million" does not.
            let bare = second.value / second.scale;
            let shares = first.scale == 1.0 && second.scale > 1.0 && first.value.abs() <= bare;
            let times = if shares { second.scale } else { 1.0 };
            push(from, first.to, first.value * times, first.scale * times, &unit);
            push(second_from, to, second.value, second.scale, &unit);
        }
        None => push(from, to, first.value, first.scale, &unit),
    }
    Some(to)
}

/// A share in words, in per cent: "a third of", "three-quarters", "half of".
fn share(p: &Paragraph<'_>, at: usize) -> Option<(f64, usize)> {
    let times = match p.role(at) {
        Role::Cardinal(0.5) if p.is(at + 1, Marks::OF) => return Some((50.0, at + 1)),
        Role::Cardinal(times) if times >= 1.0 => times,
        _ if p.is(at, Marks::ARTICLE) => 1.0,
        _ => return None,
    };
    let hyphen = usize::from(p.symbol(at + 1) == Some('-') && p.glued(at + 1));
    let parts = p.reading.pack.lexicon().units().share(p.word(at + 1 + hyphen))?;
    let to = at + 2 + hyphen;
    (times < parts && (hyphen == 1 || p.is(to, Marks::OF))).then_some((times * 100.0 / parts, to))
}

/// Digits in a row, without a separator, of a number that is called and counts nothing.
const CALLED: usize = 7;

/// Whether the number at `at` names, orders or lists rather than counts.
fn is_label(p: &Paragraph<'_>, at: usize, to: usize) -> bool {
    let token = &p.tokens[at];
    if token.kind != Kind::Number {
        return false;
    }
    // A number to call, or of a thing: 069 20650, 9327600.
    let digits = p.slice(token);
    let plain = digits.len() > 1 && digits.bytes().all(|c| c.is_ascii_digit());
    if plain && (digits.starts_with('0') || digits.len() >= CALLED) {
        return true;
    }
    let dash = |at: usize| matches!(p.symbol(at), Some('-' | '–' | '‑')) && p.glued(at);
    let glued_word = |at: usize| if p.glued(at) { p.word(at) } else { "" };
    let ordinal = |word: &str| p.reading.pack.lexicon().is_ending(word, Ending::Ordinal);
    if ordinal(glued_word(to)) || (dash(to) && ordinal(glued_word(to + 1))) {
        return true;
    }
    // `1.` or `1)` at the start of a line.
    let marker = matches!(p.symbol(to), Some('.' | ')')) && p.glued(to) && !p.glued(to + 1);
    let Some(before) = at.checked_sub(1) else { return marker };
    if marker && p.text[p.tokens[before].end..token.start].contains('\n') {
        return true;
    }
    if matches!(p.symbol(before), Some('№' | '#')) {
        return true;
    }
    if p.symbol(before) == Some('.') && before > 0 && common().numbers(p.word(before - 1)) {
        return true;
    }
    let named = |at: usize| p.get(at).is_some_and(|t| t.kind == Kind::Word && t.capital);
    // `COVID-19`, `F-16`.
    if dash(before) && p.glued(at) && before > 0 && named(before - 1) {
        return true;
    }
    // `Boeing 737`, `Channel 4`: a whole number after a name and before nothing that it could count.
    let name = &p.tokens[before];
    named(before)
        && !name.meaning.is(Marks::STOP)
        && name.meaning.role == Role::Plain
        && p.slice(token).chars().all(char::is_numeric)
        && to == at + 1
        && !dash(to)
        && measure(p, to).is_none()
        && counted(p, to, 2.0).is_none()
}

/// The second number of a range, with the token where it starts.
fn range_end(p: &Paragraph<'_>, first: &Number, money: bool) -> Option<(usize, Number)> {
    let at = first.to;
    let dash = matches!(p.symbol(at), Some('-' | '–' | '—' | '‑' | '−'));
    if !dash && !p.get(at).is_some_and(|t| t.kind == Kind::Word && t.meaning.is(Marks::RANGE)) {
        return None;
    }
    let sign = code_before(p, at + 1);
    let second = number(p, sign.map_or(at + 1, |s| s.to), money || sign.is_some())?;
    // "5 to one of them" is no range.
    (first.words == second.words).then_some((at + 1, second))
}

/// Whether a number in words counts something; "one" and "half" mostly do not.
fn counts(number: &Number, unit: bool, measured: bool) -> bool {
    match number.value {
        v if v == 1.0 || v == 0.5 || v == 0.0 => measured,
        v if number.scale == 1.0 && v.fract() == 0.0 && v < 10.0 => unit,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::features::features;

    /// Figures as `value unit`.
    fn read(text: &str, lang: &str) -> Vec<String> {
        features(text, lang)
            .figures
            .iter()
            .map(|f| format!("{} {}", f.value, f.unit).trim_end().to_owned())
            .collect()
    }

    #[test]
    fn english() {
        let cases: &[(&str, &[&str])] = &[
            ("a $30 billion target", &["30000000000 USD"]),
            ("27.8bn euros", &["27800000000 EUR"]),
            ("US$5m, C$3 million and £300k", &["5000000 USD", "3000000 CAD", "300000 GBP"]),
            ("5 per cent, 5 % and five percent", &["5 %", "5 %", "5 %"]),
            ("two hundred and five people", &["205 people"]),
            ("twenty-five thousand three hundred", &["25300"]),
            ("two and a half million tonnes", &["2500000 t"]),
            ("half a million refugees", &["500000 refuge"]),
            ("three-quarters of voters, a third of homes", &["75 %", "33.333333333333336 %"]),
            ("from 5 to 7 million euros", &["5000000 EUR", "7000000 EUR"]),
            ("20-30 percent", &["20 %", "30 %"]),
            ("$3-4 billion", &["3000000000 USD", "4000000000 USD"]),
            ("up 10-1/2 pct", &["10.5 %"]),
            ("1.2 mln dlrs vs 800,000 dlrs", &["1200000 USD", "800000 USD"]),
            ("Shr 73 cts vs four cents", &["73 cent", "4 cent"]),
            ("120 square kilometres at 60 km/h", &["120 km²", "60 km/h"]),
            ("12 new wells and 3,500 angry residents", &["12 well", "3500 people"]),
            ("beat Sankt Elmo 5-4", &["5", "4"]),
            ("a 45-year-old man", &["45 year"]),
            ("-5 degrees Celsius", &["-5 °C"]),
            ("the 5th drop, the 1990s, in 2024, at 5:30 p.m.", &[]),
            ("the F-16, Boeing 737, No. 5, COVID-19", &[]),
            ("one of them, no one, the other two", &[]),
            ("call 069 20650 or 9327600", &["20650"]),
            ("1. First\n2. Second", &[]),
            ("1500 homes after the 2024 elections", &["1500 home"]),
            ("the 100m race, 5m people", &["100 m", "5000000 people"]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, "en"), *expected, "{text}");
        }
    }

    #[test]
    fn russian_and_kazakh() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("ru", "превысили 4,05 млрд долларов США", &["4050000000 USD"]),
            ("ru", "погибли двадцать пять человек", &["25 people"]),
            ("ru", "1 200 домов и 30,000 жителей", &["1200 дом", "30000 people"]),
            ("ru", "от 5 до 7 тысяч рублей", &["5000 RUB", "7000 RUB"]),
            ("ru", "20 тыс. тонн, миллиард тенге", &["20000 t", "1000000000 KZT"]),
            ("ru", "5-й этаж в 2024 году", &[]),
            ("ru", "на 12 процентных пунктов", &["12 pp"]),
            ("kk", "жиырма бес адам", &["25 people"]),
            ("kk", "үш жүз мың теңге, 5 пайызға", &["300000 KZT", "5 %"]),
            ("de", "1.234,5 Euro und 5 %", &["1234.5 EUR", "5 %"]),
            ("nl", "1.234,5 euro en 5 %", &["1234.5 euro", "5 %"]),
        ];
        for (lang, text, expected) in cases {
            assert_eq!(read(text, lang), *expected, "{text}");
        }
    }
}
