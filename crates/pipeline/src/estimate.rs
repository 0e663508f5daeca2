//! What a run will cost, said before it starts: measured where it can be, fitted where it can't, and about right.
//!
//! Vectors take most of the time of most runs, and how fast they are made differs tenfold between processors. So a
//! sample of the statements is embedded first and timed. The other stages follow the number of statements by what
//! they took on a machine with two cores (`docs/evaluation.md`, 26 November 2026).

use std::time::Instant;

use throughline_embedding::Encoder;
use throughline_schema::Article;

use crate::{PipelineError, Texts};

/// A run of fewer statements takes seconds, and an estimate would be noise.
const WORTH_SAYING: usize = 1_000;
/// Texts of the sample, at most, and the share of all statements that it is.
const SAMPLE: usize = 256;
const SHARE: usize = 50;
/// Characters of an article's lead, which is embedded too.
const LEAD: usize = 250;

/// What a run will cost, about.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Seconds of the longer stages, by their name in progress messages.
    pub stages: Vec<(&'static str, f64)>,
    /// Bytes of memory at the highest.
    pub memory_bytes: u64,
}

impl Estimate {
    /// Seconds in all.
    pub fn seconds(&self) -> f64 {
        self.stages.iter().map(|(_, seconds)| seconds).sum()
    }
}

/// Estimates a run over these articles; none where it is too small to be worth it.
///
/// # Errors
/// The model refuses the sample.
pub fn estimate(
    articles: &[Article],
    texts: &Texts,
    encoder: &dyn Encoder,
    threads: usize,
) -> Result<Option<Estimate>, PipelineError> {
    let statements: Vec<&str> = texts.statements().map(|s| s.text.as_str()).collect();
    if statements.len() < WORTH_SAYING {
        return Ok(None);
    }
    let step = statements.len() / (statements.len() / SHARE).clamp(1, SAMPLE);
    let sample: Vec<&str> = statements.iter().step_by(step).copied().collect();
    let began = Instant::now();
    let read: u32 = encoder.encode(&sample, &|_| {})?.tokens_kept.iter().sum();
    let a_token = began.elapsed().as_secs_f64() / f64::from(read.max(1));
    let characters: usize = sample.iter().map(|text| text.len()).sum();
    let a_byte = f64::from(read) / characters.max(1) as f64;

    let longest = f64::from(encoder.stamp().max_tokens);
    let of_articles = articles.iter().map(|a| {
        let all = a.text.len() as f64 * a_byte;
        let lead = if a.text.len() > LEAD { LEAD as f64 * a_byte } else { 0.0 };
        all.min(longest) + lead
    });
    let of_statements = statements.iter().map(|text| (text.len() as f64 * a_byte).min(longest));
    let vectors = [of_articles.sum::<f64>() * a_token, of_statements.sum::<f64>() * a_token];
    Ok(Some(after_vectors(vectors, articles.len(), statements.len(), threads)))
}

/// The whole, once it is known what the vectors of articles and of statements take.
fn after_vectors(vectors: [f64; 2], articles: usize, statements: usize, threads: usize) -> Estimate {
    let (n, cores) = (statements as f64, threads.max(1) as f64);
    // Work on each row, and exact neighbours, which compare every row with every other one.
    let spread = |row: f64, pair: f64| 2.0 / cores * (row * n + pair * n * n);
    let stages = vec![
        ("article vectors", vectors[0]),
        ("statement vectors", vectors[1]),
        ("near-duplicates", spread(150e-6, 15e-9)),
        ("stories", spread(100e-6, 0.0)),
        ("narratives", spread(150e-6, 15e-9)),
        ("themes", spread(150e-6, 15e-9)),
        // On one core whatever there is.
        ("tables", 250e-6 * n),
        ("report", 300e-6 * n + 10e-9 * n * n),
    ];
    let memory = 90e6 + 20e3 * n + 5e3 * articles as f64;
    Estimate { stages, memory_bytes: memory as u64 }
}

#[cfg(test)]
mod tests {
    use throughline_embedding::embedded;
    use throughline_schema::ArticleId;

    use super::*;
    use crate::Silent;

    fn corpus(sentences: usize) -> (Vec<Article>, Texts) {
        let text = |i: usize| {
            (0..20).map(|j| format!("The council of ward {i} met on day {j}. ")).collect::<String>()
        };
        let article = |i| Article {
            id: ArticleId(format!("{i:04}")),
            text: text(i),
            lang: Some("en".into()),
            ..Article::default()
        };
        let articles: Vec<Article> = (0..sentences / 20).map(article).collect();
        let texts = Texts::read(&articles, &Silent);
        (articles, texts)
    }

    #[test]
    fn a_small_run_is_not_worth_an_estimate_and_a_larger_one_costs_more() {
        let encoder = embedded().unwrap();
        let (articles, texts) = corpus(400);
        assert_eq!(estimate(&articles, &texts, &encoder, 2).unwrap(), None);
        let (articles, texts) = corpus(1_200);
        let found = estimate(&articles, &texts, &encoder, 2).unwrap().unwrap();
        assert!(found.stages.iter().all(|(_, seconds)| *seconds > 0.0), "{found:?}");
        assert!((50e6..500e6).contains(&(found.memory_bytes as f64)), "{found:?}");
    }

    #[test]
    fn more_statements_cost_more_and_more_threads_less() {
        let cost = |statements, threads| after_vectors([1.0, 1.0], 100, statements, threads);
        assert!(cost(20_000, 2).seconds() > 2.0 * cost(10_000, 2).seconds() - 2.0);
        assert!(cost(10_000, 8).seconds() < cost(10_000, 2).seconds());
        assert!(cost(20_000, 2).memory_bytes > cost(10_000, 2).memory_bytes);
    }
}
