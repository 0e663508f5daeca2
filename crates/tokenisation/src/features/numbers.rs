//! The value of a number, in digits or in words.

use super::language::Reading;
use super::paragraph::Paragraph;
use super::units::is_plural;
use crate::languages::Decimal;
use crate::languages::meaning::{Marks, Role};
use crate::text::chars::digit;
use crate::text::words::Kind;

/// Groups of three digits after the first that are read as one number: a column of them is a table.
const GROUPS: usize = 6;

/// A number with the token after its last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    /// What [`value`](Self::value) has been multiplied by: 1 where no "million" follows.
    pub scale: f64,
    pub to: usize,
    /// Written in words.
    pub words: bool,
}

/// The number that starts at `at`. `money` says that a currency sign stands before it, so that `m`
/// means millions and not metres.
pub(super) fn number(p: &Paragraph<'_>, at: usize, money: bool) -> Option<Number> {
    let (value, to) = match p.get(at)?.kind {
        Kind::Number => digits(p, at)?,
        Kind::Symbol => (fraction(p.symbol(at)?)?, at + 1),
        Kind::Word => return in_words(p, at),
    };
    let mut number = Number { value, scale: 1.0, to, words: false };
    if let Some((scale, to)) = letter_scale(p, to, money) {
        number.scale = scale;
        number.to = to;
    } else {
        take_scales(p, &mut number.scale, &mut number.to);
    }
    number.value *= number.scale;
    Some(number)
}

/// A number in digits, with its groups and a fraction behind it.
fn digits(p: &Paragraph<'_>, at: usize) -> Option<(f64, usize)> {
    let first = p.slice(p.get(at)?);
    let mut joined = first.to_owned();
    let mut to = at + 1;
    if (1..=3).contains(&joined.chars().count()) && joined.chars().all(|c| digit(c).is_some()) {
        while let Some(group) = next_group(p, to).filter(|_| to - at <= GROUPS) {
            joined.push_str(group);
            to += 1;
            if group.chars().count() > 3 {
                break;
            }
        }
    }
    let mut value = value_of(&joined, &p.reading)?;
    // `10-1/2`, `10 1/2`, `1/2`, `2½`
    if let Some(part) = p.symbol(to).filter(|_| p.glued(to)).and_then(fraction) {
        return Some((value + part, to + 1));
    }
    let hyphen = usize::from(p.symbol(to) == Some('-') && p.glued(to) && p.glued(to + 1));
    if let Some(part) = slashed(p, to + hyphen) {
        value += part;
        to += hyphen + 3;
    } else if let Some(part) = slashed(p, at).filter(|_| to == at + 1) {
        return Some((part, at + 3));
    }
    Some((value, to))
}

/// The next group of three digits after a space, where the language separates groups by spaces.
fn next_group<'p>(p: &Paragraph<'p>, at: usize) -> Option<&'p str> {
    let (before, token) = (p.get(at.checked_sub(1)?)?, p.get(at)?);
    if token.kind != Kind::Number {
        return None;
    }
    let gap = &p.text[before.end..token.start];
    let spaced = matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}")
        || (gap == " " && p.reading.convention.decimal == Decimal::Comma);
    let slice = p.slice(token);
    let whole = slice.split(['.', ',']).next()?;
    (spaced && whole.chars().count() == 3).then_some(slice)
}

/// `1/2` and the like, which prices and interest rates are quoted in.
fn slashed(p: &Paragraph<'_>, at: usize) -> Option<f64> {
    let part =
        |at: usize| p.get(at).filter(|t| t.kind == Kind::Number).and_then(|t| p.slice(t).parse::<u32>().ok());
    let (over, under) = (part(at)?, part(at + 2)?);
    let written = p.symbol(at + 1) == Some('/') && p.glued(at + 1) && p.glued(at + 2);
    (written && over < under && matches!(under, 2 | 3 | 4 | 5 | 8 | 16 | 32 | 64))
        .then(|| f64::from(over) / f64::from(under))
}

fn fraction(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    })
}

/// `27.8bn`, `5m`, `300k`: letters glued to the digits.
fn letter_scale(p: &Paragraph<'_>, at: usize, money: bool) -> Option<(f64, usize)> {
    let token = p.get(at).filter(|t| t.glued && t.kind == Kind::Word)?;
    // Without a currency sign, `5m` is millions only of something named.
    let counted = money || counts_noun(p, at + 1);
    let scale = match p.slice(token) {
        "k" | "K" => 1e3,
        "m" | "M" if counted => 1e6,
        "b" | "B" if counted => 1e9,
        "t" | "T" if money => 1e12,
        _ => return None,
    };
    Some((scale, at + 1))
}

/// Whether what follows can be counted in millions: "5m people", but "100m race".
fn counts_noun(p: &Paragraph<'_>, at: usize) -> bool {
    if p.reading.pack.settings.counted_by_plural {
        return is_plural(p, at) || (is_plural(p, at + 1) && !p.glued(at + 1));
    }
    p.get(at).is_some_and(|t| t.kind == Kind::Word && !t.opens && !t.meaning.is(Marks::STOP))
}

/// Takes "thousand", "million" and the like after a number, also after a hyphen.
fn take_scales(p: &Paragraph<'_>, scale: &mut f64, to: &mut usize) {
    loop {
        let hyphen =
            usize::from(matches!(p.symbol(*to), Some('-' | '‑')) && p.glued(*to) && p.glued(*to + 1));
        let Role::Scale(factor) = p.role(*to + hyphen) else { return };
        if p.get(*to + hyphen).is_some_and(|t| t.opens) || *scale * factor > 1e18 {
            return;
        }
        *scale *= factor;
        *to += hyphen + 1;
        // `млн.` before what it multiplies.
        let short = p.word(*to - 1).chars().count() <= 4;
        let goes_on = matches!(p.role(*to + 1), Role::Unit(_) | Role::Currency(_) | Role::Scale(_));
        if short && goes_on && p.symbol(*to) == Some('.') && p.glued(*to) {
            *to += 1;
        }
    }
}

/// A number in words: "two hundred and five thousand", «двадцать пять», "half a million".
fn in_words(p: &Paragraph<'_>, at: usize) -> Option<Number> {
    let mut total = 0.0;
    let mut current: Option<f64> = None;
    // What may still be added: each part must be smaller than the one before.
    let mut room = f64::INFINITY;
    let mut largest = 1.0;
    let mut to = at;
    let mut articles = 0;
    loop {
        let mut next = to;
        if to > at && matches!(p.symbol(next), Some('-' | '‑')) && p.glued(next) && p.glued(next + 1) {
            next += 1;
        }
        let is = |at: usize, marks: Marks| p.is(at, marks);
        match p.role(next) {
            Role::Cardinal(value) if value < room && (current.is_none() || fits(current, value)) => {
                current = Some(current.unwrap_or(0.0) + value);
                room = place(value);
            }
            // A scale multiplies what stands before it; alone it is a number only after "a" or in the singular.
            Role::Scale(factor) if current.is_some() || articles > 0 || (to == at && stands_alone(p, to)) => {
                let product = current.unwrap_or(1.0) * factor;
                if factor <= 100.0 {
                    current = Some(product);
                    room = factor;
                } else {
                    total += product;
                    current = None;
                    room = factor;
                }
                largest = f64::max(largest, factor);
            }
            _ if is(next, Marks::AND)
                && to > at
                && room >= 10.0
                && room.is_finite()
                && matches!(p.role(next + 1), Role::Cardinal(v) if v >= 1.0) => {}
            _ if is(next, Marks::AND)
                && is(next + 1, Marks::ARTICLE)
                && p.role(next + 2) == Role::Cardinal(0.5)
                && current.is_some() =>
            {
                current = current.map(|c| c + 0.5);
                next += 2;
            }
            _ if is(next, Marks::ARTICLE) && to == at && matches!(p.role(next + 1), Role::Scale(_)) => {
                articles += 1;
            }
            _ if is(next, Marks::ARTICLE)
                && current == Some(0.5)
                && matches!(p.role(next + 1), Role::Scale(_)) => {}
            _ => break,
        }
        to = next + 1;
        if total > 1e18 {
            return None;
        }
    }
    let value = total + current.unwrap_or(0.0);
    (to > at && (value > 0.0 || current.is_some())).then_some(Number {
        value,
        scale: largest,
        to,
        words: true,
    })
}

/// Whether a smaller number word may follow: "twenty" takes "five", "two" takes nothing.
fn fits(current: Option<f64>, value: f64) -> bool {
    current.is_none_or(|c| value >= 1.0 && (c >= 20.0) && value < place(c))
}

/// The place of the last digit of a number that is not 0: 20 leaves room for less than 10.
fn place(value: f64) -> f64 {
    match value {
        v if v >= 100.0 && v % 100.0 == 0.0 => 100.0,
        v if v >= 20.0 && v % 10.0 == 0.0 => 10.0,
        _ => 1.0,
    }
}

/// «миллион рублей» and "миллиард теңге" are one million and one billion; English says "a million".
fn stands_alone(p: &Paragraph<'_>, at: usize) -> bool {
    p.get(at).is_some_and(|t| t.meaning.is(Marks::ALONE))
}

/// The value of digits with separators, by the customs of the language.
pub(super) fn value_of(text: &str, reading: &Reading) -> Option<f64> {
    let text: String = text
        .chars()
        .filter_map(|c| {
            digit(c).map_or_else(|| matches!(c, '.' | ',').then_some(c), |d| char::from_digit(d, 10))
        })
        .collect();
    let count = |c: char| text.matches(c).count();
    let decimal = match (count('.'), count(',')) {
        (0, 0) => None,
        (1, 1..) | (1.., 1) if count('.') + count(',') > 1 => {
            // The last separator is the decimal one if it is the only one of its kind.
            let last = text.rfind(['.', ','])?;
            let c = text[last..].chars().next()?;
            (count(c) == 1).then_some(c)
        }
        (1, 0) => decimal_separator(&text, '.', reading.convention.dot_thousands),
        (0, 1) => decimal_separator(
            &text,
            ',',
            match reading.convention.decimal {
                Decimal::Point | Decimal::Unknown => true,
                // Nobody writes three noughts behind a decimal comma.
                Decimal::Comma => text.ends_with(",000"),
            },
        ),
        _ => None,
    };
    let grouped = match decimal.and_then(|c| text.rsplit_once(c)) {
        Some((whole, _)) => whole,
        None => &text,
    };
    let mut groups = grouped.split(['.', ',']);
    let lead = groups.next()?;
    // Groups of three, or of two before a last one of three as in India; else it is no number.
    let rest: Vec<&str> = groups.collect();
    let uneven = |(last, middle): (&&str, &[&str])| {
        lead.len() > 3 || last.len() != 3 || middle.iter().any(|g| !(2..=3).contains(&g.len()))
    };
    if rest.split_last().is_some_and(uneven) {
        return None;
    }
    let mut plain: String = grouped.chars().filter(char::is_ascii_digit).collect();
    if let Some((_, part)) = decimal.and_then(|c| text.rsplit_once(c)) {
        plain.push('.');
        plain.push_str(part);
    }
    plain.parse::<f64>().ok().filter(|v| v.is_finite())
}

/// The only separator of a number, if it is the decimal one.
fn decimal_separator(text: &str, c: char, may_group: bool) -> Option<char> {
    let (head, tail) = text.split_once(c)?;
    let groups = may_group && tail.len() == 3 && (1..=3).contains(&head.len()) && !head.starts_with('0');
    (!groups).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_by_language() {
        let value = |text, lang| value_of(text, &Reading::of(lang, ""));
        assert_eq!(value("4,050", "en"), Some(4050.0));
        assert_eq!(value("4,05", "en"), Some(4.05));
        assert_eq!(value("4,050", "ru"), Some(4.05));
        assert_eq!(value("30,000", "ru"), Some(30_000.0));
        assert_eq!(value("1.234.567,8", "de"), Some(1_234_567.8));
        assert_eq!(value("1.234", "de"), Some(1234.0));
        assert_eq!(value("1.234", "ru"), Some(1.234));
        assert_eq!(value("1,234.5", "ru"), Some(1234.5));
        assert_eq!(value("1,00,000", "en-IN"), Some(100_000.0));
        assert_eq!(value("1'000", "de"), Some(1000.0));
        assert_eq!(value("0.125", "de"), Some(0.125));
        assert_eq!(value("1.2.3", "en"), None);
        assert_eq!(value("٣٤", "ar"), Some(34.0));
    }
}
