//! What the tasks work with, and what comes out.

use throughline_clustering::duplicates::ValidDuplicateParams;
use throughline_clustering::metrics::Found;
use throughline_clustering::stories::ValidStoryParams;
use throughline_embedding::Encoder;
use throughline_schema::Task;
use throughline_schema::tables::{CalibrationRow, EvaluationRow};

use crate::progress::Reporter;

/// What the tasks that compare texts work with.
pub struct Tools<'t> {
    /// The model.
    pub encoder: &'t dyn Encoder,
    /// Near-duplicates.
    pub duplicates: ValidDuplicateParams,
    /// Stories and claims.
    pub stories: ValidStoryParams,
    /// Seed of the themes.
    pub seed: u64,
    /// Where progress goes.
    pub reporter: &'t dyn Reporter,
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The table `evaluation`.
    pub metrics: Vec<EvaluationRow>,
    /// The table `calibration`; empty unless scores are probabilities and the gold is yes or no.
    pub calibration: Vec<CalibrationRow>,
    task: Task,
}

impl Evaluation {
    pub(super) fn new(task: Task) -> Self {
        Self { metrics: Vec::new(), calibration: Vec::new(), task }
    }

    pub(super) fn add(
        &mut self,
        metric: impl Into<String>,
        value: impl Into<Option<f64>>,
        meaning: impl Into<String>,
    ) {
        self.metrics.push(EvaluationRow {
            task: self.task,
            metric: metric.into(),
            value: value.into(),
            meaning: meaning.into(),
        });
    }

    pub(super) fn count(&mut self, metric: impl Into<String>, value: usize, meaning: impl Into<String>) {
        self.add(metric, value as f64, meaning);
    }

    /// Counts, precision, recall and F1 of `what`, each metric's name behind `prefix`.
    pub(super) fn found(&mut self, prefix: &str, what: &str, found: Found) {
        self.count(format!("{prefix}gold"), found.gold as usize, format!("{what} in the gold"));
        self.count(format!("{prefix}given"), found.given as usize, format!("{what} that the program gives"));
        self.count(format!("{prefix}right"), found.right as usize, "how many of them are gold");
        self.add(format!("{prefix}precision"), found.precision(), "right of given, 0 to 1");
        self.add(format!("{prefix}recall"), found.recall(), "right of gold, 0 to 1");
        self.add(format!("{prefix}f1"), found.f1(), "harmonic mean of precision and recall, 0 to 1");
    }
}
