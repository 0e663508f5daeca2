//! What a stage tells while it works: one kind of message, so that text and JSON never drift apart.

use std::time::Instant;

use crate::Warning;

/// A message about the work in hand.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A stage begins; `total` items where that is known beforehand.
    Started {
        /// The stage.
        stage: &'static str,
        /// Items it will work through.
        total: Option<u64>,
    },
    /// So many more items are done.
    Advanced {
        /// The stage.
        stage: &'static str,
        /// Items done since the last message.
        by: u64,
    },
    /// A stage is over.
    Finished {
        /// The stage.
        stage: &'static str,
        /// Its wall-clock seconds.
        seconds: f64,
    },
    /// What a run will cost, told once, when its size is known.
    Estimate {
        /// Articles of the run.
        articles: u64,
        /// Their statements.
        statements: u64,
        /// Seconds in all, about.
        seconds: f64,
        /// Highest memory in bytes, about.
        memory_bytes: u64,
        /// Seconds of each longer stage, by its name.
        stages: Vec<(&'static str, f64)>,
    },
    /// Something that the user should know.
    Warning(Warning),
}

/// Takes messages, from any thread.
pub trait Reporter: Sync {
    /// Takes one message.
    fn report(&self, event: Event);
}

/// A reporter that drops every message.
pub struct Silent;

impl Reporter for Silent {
    fn report(&self, _: Event) {}
}

/// A stage under way: says when it began and, when dropped, how long it took.
pub struct Stage<'r> {
    name: &'static str,
    began: Instant,
    reporter: &'r dyn Reporter,
}

impl<'r> Stage<'r> {
    /// Begins a stage of `total` items, or of a number not known.
    pub fn begin(reporter: &'r dyn Reporter, name: &'static str, total: Option<usize>) -> Self {
        reporter.report(Event::Started { stage: name, total: total.map(|n| n as u64) });
        Self { name, began: Instant::now(), reporter }
    }

    /// So many more items are done.
    pub fn advance(&self, by: usize) {
        self.reporter.report(Event::Advanced { stage: self.name, by: by as u64 });
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        let seconds = self.began.elapsed().as_secs_f64();
        self.reporter.report(Event::Finished { stage: self.name, seconds });
    }
}
