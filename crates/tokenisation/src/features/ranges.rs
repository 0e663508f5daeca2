//! The values that a written number may stand for.
//!
//! "$38 million" is 37.5 to 38.5 million, "about 300" 250 to 350, "more than 220,000" up to 230,000, "300 miles" 300: what
//! its digits and the words beside it claim (Roy, Vieira and Roth 2015, "Reasoning about Quantities in Natural Language",
//! give a quantity such a range). So two figures differ where their ranges do not meet, and no share of a value is chosen.

use super::paragraph::Paragraph;
use crate::languages::meaning::Role;
use crate::languages::units::Approximation;

/// Units that count whole ones.
const PERSONS: [&str; 2] = ["people", "employees"];

/// Words of the longest phrase of approximation.
const PHRASE: usize = 4;

/// The lowest and the highest value of a figure whose number starts at `from` and ends before `number_to`, and which ends
/// before `to`; `scale` is what the number was multiplied by.
pub(super) fn range(
    p: &Paragraph<'_>,
    from: usize,
    number_to: usize,
    to: usize,
    value: f64,
    scale: f64,
    unit: &str,
) -> (f64, f64) {
    let step = last_place(value / scale, |digit| digit != 0.0 || scale > 1.0).min(1.0) * scale;
    let rough = last_place(value, |digit| digit != 0.0).max(step);
    let beside = before(p, from).or_else(|| behind(p, number_to)).or_else(|| behind(p, to));
    // A whole number in full is what it says: twelve people are no thirteen.
    let measured = p.tokens.iter().take(to).skip(number_to).any(|t| matches!(t.meaning.role, Role::Unit(_)))
        || unit == "%";
    let whole = scale == 1.0 && step == 1.0 && (!measured || PERSONS.contains(&unit));
    match beside {
        None if whole => (value, value),
        None => (value - step / 2.0, value + step / 2.0),
        Some(Approximation::About) => (value - rough / 2.0, value + rough / 2.0),
        Some(Approximation::Over) => (value, value + rough - f64::from(whole)),
        Some(Approximation::Under) => (value - rough + f64::from(whole), value),
    }
}

/// The worth of the last decimal place of a number whose digit is `told`, as it is written shortest: .01 for 4.05, 100 for 300.
fn last_place(value: f64, told: impl Fn(f64) -> bool) -> f64 {
    let written = format!("{}", value.abs());
    if let Some((_, decimals)) = written.split_once('.') {
        return 10f64.powi(-(decimals.len() as i32));
    }
    let noughts = written.chars().rev().take_while(|c| *c == '0').count();
    let at = if told(0.0) { 0 } else { noughts.min(written.len() - 1) };
    10f64.powi(at as i32)
}

fn before(p: &Paragraph<'_>, from: usize) -> Option<Approximation> {
    (1..=PHRASE.min(from)).rev().find_map(|words| spoken(p, from - words, from))
}

fn behind(p: &Paragraph<'_>, to: usize) -> Option<Approximation> {
    (1..=2).rev().find_map(|words| spoken(p, to, to + words))
}

fn spoken(p: &Paragraph<'_>, from: usize, to: usize) -> Option<Approximation> {
    let words: Vec<&str> = (from..to).map(|at| p.word(at)).collect();
    p.reading.pack.lexicon().units().approximation(&words)
}

#[cfg(test)]
mod tests {
    use crate::features::features;

    #[test]
    fn digits_and_words_say_how_exact_a_number_is() {
        for (lang, text, low, high) in [
            ("en", "It flew 300 miles.", 299.5, 300.5),
            ("en", "It hit 300 houses.", 300.0, 300.0),
            ("en", "It flew about 300 miles.", 250.0, 350.0),
            ("en", "It cost $38 million.", 37.5e6, 38.5e6),
            ("en", "It cost $4.05 billion.", 4.045e9, 4.055e9),
            ("en", "There were nearly 200,000 people.", 150e3, 250e3),
            ("en", "More than 220,000 people died.", 220e3, 230e3 - 1.0),
            ("en", "At least 12 people died.", 12.0, 12.0),
            ("en", "It took 24% of them.", 23.5, 24.5),
            ("ru", "Погибли более 200 человек.", 200.0, 299.0),
            ("ru", "Погибли около 200 человек.", 150.0, 250.0),
            ("kk", "200-ден астам адам келді.", 200.0, 299.0),
        ] {
            let read = features(text, lang);
            let figure = &read.figures[0];
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs();
            assert!(near(figure.low, low) && near(figure.high, high), "{text}: {figure:?}");
        }
    }
}
