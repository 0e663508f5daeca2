//! Boundaries of statements, and quotations: spans of texts.

use std::collections::BTreeSet;

use serde_json::Value;
use throughline_clustering::metrics::Found;
use throughline_schema::{Span, Task};
use throughline_tabular::FieldRow;

use super::evaluation::Evaluation;
use super::gold::Gold;
use crate::error::GoldCause;
use crate::progress::Reporter;
use crate::{PipelineError, Texts};

/// `[char_start, char_end]`.
type Chars = [u64; 2];

const ATTRIBUTIONS: &str = "a list of attributions {\"content\": spans, \"source\": spans}";

/// Statements against gold sentences. The label of a row is a list of spans `[char_start, char_end]`, or the
/// sentences themselves, in their order.
///
/// # Errors
/// A row without text or label, a span outside the text, a sentence that does not stand in the text.
pub fn boundaries(gold: &Gold, reporter: &dyn Reporter) -> Result<Evaluation, PipelineError> {
    let read = gold.articles()?;
    let texts = Texts::read(&read.articles, reporter);
    let (mut all, mut whole) = (Found::default(), 0);
    for (row, &article) in gold.rows.iter().zip(&read.of_row) {
        let text = &read.articles[article].text;
        let mut wanted = BTreeSet::new();
        let mut at = 0;
        for item in gold.list(row, "a list of spans or of sentences")? {
            wanted.insert(match item {
                Value::String(sentence) => {
                    let sentence = sentence.trim();
                    let Some(place) = text[at..].find(sentence) else {
                        let cause = GoldCause::NotInText { sentence: sentence.to_owned() };
                        return Err(gold.wrong(row, cause));
                    };
                    let start = at + place;
                    at = start + sentence.len();
                    Span::of(text, start..at).chars()
                }
                other => span(gold, row, &other, text)?,
            });
        }
        let given: BTreeSet<Chars> =
            texts.articles[article].statements.iter().map(|s| s.span.chars()).collect();
        whole += usize::from(wanted == given);
        all += compared(&wanted, &given);
    }
    let mut out = Evaluation::new(Task::Boundaries);
    out.count("texts", gold.rows.len(), "labelled texts");
    out.found("", "statements", all);
    let share = whole as f64 / gold.rows.len() as f64;
    out.add("texts_right", share, "share of texts whose statements are exactly the gold's, 0 to 1");
    Ok(out)
}

/// Quotations against gold attributions. The label of a row is a list of `{"content", "source"}`, each a list
/// of spans, or a list of lists of spans.
///
/// A part is right where all its spans are; characters are counted beside. `direct` are those of which a span
/// of the content opens with a quotation mark.
///
/// # Errors
/// A row without text or label, a span outside the text.
pub fn quotes(gold: &Gold, reporter: &dyn Reporter) -> Result<Evaluation, PipelineError> {
    let read = gold.articles()?;
    let texts = Texts::read(&read.articles, reporter);
    let found = texts.quotes(&read.articles, reporter);
    let mut exact = [[Found::default(); 2]; 2];
    let mut soft = [[Found::default(); 2]; 2];
    for (row, &article) in gold.rows.iter().zip(&read.of_row) {
        let text = &read.articles[article].text;
        let chars: Vec<char> = text.chars().collect();
        let opens = |span: &Chars| chars.get(span[0] as usize).is_some_and(|c| "“\"‘«".contains(*c));
        let mut wanted: Vec<[Vec<Chars>; 2]> = Vec::new();
        for item in gold.list(row, ATTRIBUTIONS)? {
            let Value::Object(parts) = item else {
                return Err(gold.wrong(row, GoldCause::NotAttribution { item: item.to_string() }));
            };
            let part = |name: &str| flat(gold, row, parts.get(name).unwrap_or(&Value::Null), text);
            wanted.push([part("content")?, part("source")?]);
        }
        let spans = |spans: &[Span]| {
            let mut spans: Vec<Chars> = spans.iter().map(Span::chars).collect();
            spans.sort_unstable();
            spans
        };
        let given: Vec<[Vec<Chars>; 2]> =
            found[article].iter().map(|q| [spans(&q.content), spans(&q.source)]).collect();
        for (kind, (exact, soft)) in exact.iter_mut().zip(&mut soft).enumerate() {
            for part in 0..2 {
                let of = |all: &[[Vec<Chars>; 2]]| -> BTreeSet<Vec<Chars>> {
                    let counts =
                        |q: &&[Vec<Chars>; 2]| !q[part].is_empty() && (kind == 0 || q[0].iter().any(opens));
                    all.iter().filter(counts).map(|q| q[part].clone()).collect()
                };
                let (wanted, given) = (of(&wanted), of(&given));
                exact[part] += compared(&wanted, &given);
                soft[part] += compared(&covered(&wanted), &covered(&given));
            }
        }
    }
    let mut out = Evaluation::new(Task::Quotes);
    out.count("texts", gold.rows.len(), "labelled texts");
    for (kind, name) in ["all", "direct"].into_iter().enumerate() {
        for (part, what) in ["content", "source"].into_iter().enumerate() {
            out.found(&format!("{name}.{what}."), &format!("attributions with a {what}"), exact[kind][part]);
            let meaning = "F1 of the characters that they cover, 0 to 1";
            out.add(format!("{name}.{what}.chars_f1"), soft[kind][part].f1(), meaning);
        }
    }
    Ok(out)
}

fn compared<T: Ord>(wanted: &BTreeSet<T>, given: &BTreeSet<T>) -> Found {
    Found {
        right: wanted.intersection(given).count() as u64,
        given: given.len() as u64,
        gold: wanted.len() as u64,
    }
}

fn covered(all: &BTreeSet<Vec<Chars>>) -> BTreeSet<u64> {
    all.iter().flatten().flat_map(|[start, end]| *start..*end).collect()
}

/// Spans in order, however deep they stand in lists; none for null.
fn flat(gold: &Gold, row: &FieldRow, value: &Value, text: &str) -> Result<Vec<Chars>, PipelineError> {
    let mut out = Vec::new();
    match value {
        Value::Null => {}
        Value::Array(items) if items.first().is_none_or(Value::is_array) => {
            for item in items {
                out.extend(flat(gold, row, item, text)?);
            }
        }
        other => out.push(span(gold, row, other, text)?),
    }
    out.sort_unstable();
    Ok(out)
}

fn span(gold: &Gold, row: &FieldRow, value: &Value, text: &str) -> Result<Chars, PipelineError> {
    let ends: Option<Chars> = value.as_array().and_then(|pair| match pair.as_slice() {
        [start, end] => Some([start.as_u64()?, end.as_u64()?]),
        _ => None,
    });
    match ends {
        Some([start, end]) if start < end && end <= text.chars().count() as u64 => Ok([start, end]),
        _ => Err(gold.wrong(row, GoldCause::NotSpan { item: value.to_string() })),
    }
}
