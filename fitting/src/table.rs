//! What a fit found, as a table for a reader.

use std::fmt::Write as _;

use crate::logistic::Logistic;
use crate::sets::{Fitted, Seen};

const COLUMNS: [(Seen, &str); 4] = [
    (Seen::Today, "program"),
    (Seen::Home, "home"),
    (Seen::Folds, "five folds"),
    (Seen::LeftOut, "left out"),
];

/// Figures of every set: with the program's weights, with the fit that has seen it, and with fits that have not.
pub fn figures(fitted: &Fitted) -> String {
    let mut lines = vec![["set", "measure"].map(str::to_owned).to_vec()];
    lines[0].extend(COLUMNS.iter().map(|(_, name)| (*name).to_owned()));
    for judged in &fitted.judged {
        let measures = &judged.figures[&Seen::Today];
        for (at, figure) in measures.iter().enumerate() {
            let mut line = vec![judged.set.clone(), figure.measure.to_owned()];
            line.extend(COLUMNS.iter().map(|(seen, _)| {
                judged
                    .figures
                    .get(seen)
                    .map_or_else(String::new, |figures| format!("{:.3}", figures[at].value))
            }));
            lines.push(line);
        }
    }
    aligned(&lines)
}

/// The program's weights beside those of the fit.
pub fn weights(keys: &[&str], intercept: &str, today: &Logistic, found: &Logistic) -> String {
    let mut lines = vec![["weight", "program", "fit"].map(str::to_owned).to_vec()];
    let both = today.weights.iter().zip(&found.weights);
    let all = keys.iter().zip(both).map(|(key, (x, y))| (*key, *x, *y));
    for (key, x, y) in all.chain([(intercept, today.intercept, found.intercept)]) {
        lines.push(vec![key.to_owned(), format!("{x:.2}"), format!("{y:.2}")]);
    }
    aligned(&lines)
}

/// Columns side by side; numbers to the right.
fn aligned(lines: &[Vec<String>]) -> String {
    let widest = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..lines[0].len()).map(widest).collect();
    let is_number = |column: usize| {
        lines.iter().skip(1).all(|line| line[column].is_empty() || line[column].parse::<f64>().is_ok())
    };
    let mut out = String::new();
    for line in lines {
        let mut row = String::new();
        for (column, cell) in line.iter().enumerate() {
            let width = widths[column];
            let _ = if is_number(column) {
                write!(row, "{cell:>width$}  ")
            } else {
                write!(row, "{cell:<width$}  ")
            };
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr1;

    #[test]
    fn weights_stand_side_by_side() {
        let of = |weight, intercept| Logistic { weights: arr1(&[weight]), intercept };
        let told = weights(&["cosine"], "intercept", &of(3.5, -10.0), &of(3.25, -9.0));
        assert_eq!(told, "weight     program    fit\ncosine        3.50   3.25\nintercept   -10.00  -9.00\n");
    }
}
