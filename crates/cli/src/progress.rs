//! Progress, time left, warnings and notes on standard error.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{DecimalBytes, HumanCount, ProgressBar, ProgressStyle};
use serde::Serialize;
use throughline_pipeline::{Event, Reporter};

use crate::args::ProgressKind;
use crate::numbers::time;
use crate::{remedy, system};

/// Least time between two lines of JSON about one stage.
const JSON_PAUSE: Duration = Duration::from_millis(250);
/// Least time between two plain lines about one stage.
const PLAIN_PAUSE: Duration = Duration::from_secs(10);

/// Tells progress the way that was asked for.
pub struct Teller {
    kind: ProgressKind,
    quiet: bool,
    stages: Mutex<HashMap<&'static str, UnderWay>>,
    /// Seconds of each stage, as estimated.
    plan: Mutex<HashMap<&'static str, f64>>,
}

/// A stage that has begun and is not over.
struct UnderWay {
    began: Instant,
    said: Instant,
    done: u64,
    total: Option<u64>,
    /// Seconds that the plan of the run gives it.
    planned: Option<f64>,
    bar: Option<ProgressBar>,
}

/// A line of `--progress json`.
#[derive(Serialize)]
struct Line<'s> {
    event: &'static str,
    stage: &'s str,
    /// Items done.
    done: u64,
    /// Items in all; null where they can't be counted.
    total: Option<u64>,
    /// Seconds since the stage began.
    seconds: f64,
    /// Seconds left; null where nothing tells.
    eta: Option<f64>,
}

impl UnderWay {
    /// Seconds left: from the pace so far, else from the plan.
    fn eta(&self) -> Option<f64> {
        let seconds = self.began.elapsed().as_secs_f64();
        match self.total {
            Some(total) if self.done > 0 => {
                Some(seconds / self.done as f64 * total.saturating_sub(self.done) as f64)
            }
            _ => self.planned.map(|planned| (planned - seconds).max(0.0)),
        }
    }

    fn line<'s>(&self, event: &'static str, stage: &'s str) -> Line<'s> {
        let seconds = self.began.elapsed().as_secs_f64();
        let milli = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
        let eta = self.eta().map(milli);
        Line { event, stage, done: self.done, total: self.total, seconds: milli(seconds), eta }
    }

    /// `statement vectors: 4,096 of 10,199, 12 s left`
    fn plain(&self, stage: &str) -> String {
        let done = match self.total {
            Some(total) => format!("{} of {}", HumanCount(self.done), HumanCount(total)),
            None => format!("{} so far", time(self.began.elapsed().as_secs_f64())),
        };
        let left = self.eta().map(|eta| format!(", {} left", time(eta))).unwrap_or_default();
        format!("{stage}: {done}{left}")
    }
}

impl Teller {
    /// A teller; `auto` draws bars where standard error is a terminal.
    pub fn new(kind: ProgressKind, quiet: bool) -> Self {
        let kind = match kind {
            ProgressKind::Auto if !std::io::stderr().is_terminal() => ProgressKind::None,
            other => other,
        };
        Self { kind, quiet, stages: Mutex::default(), plan: Mutex::default() }
    }

    /// A line that a person should read, unless the user asked for silence.
    pub fn note(&self, text: &str) {
        match self.kind {
            _ if self.quiet => {}
            ProgressKind::Json => json(&serde_json::json!({"event": "note", "text": text})),
            _ => self.above_bars(|| say(text)),
        }
    }

    /// What tells such lines, to be handed on; it does not know of bars.
    pub fn notes(&self) -> impl Fn(&str) + Send + Sync + 'static {
        let (kind, quiet) = (self.kind, self.quiet);
        move |text| match kind {
            _ if quiet => {}
            ProgressKind::Json => json(&serde_json::json!({"event": "note", "text": text})),
            _ => say(text),
        }
    }

    /// A line that the user should read.
    pub fn warn(&self, text: &str) {
        match self.kind {
            _ if self.quiet => {}
            ProgressKind::Json => json(&serde_json::json!({"event": "warning", "text": text})),
            _ => self.above_bars(|| say(&format!("warning: {text}"))),
        }
    }

    /// Says something while bars may be on the screen.
    fn above_bars(&self, say: impl FnOnce()) {
        let stages = self.stages.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match stages.values().find_map(|stage| stage.bar.as_ref()) {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// Says what the run will cost, and warns where the machine has not as much memory.
    fn estimate(
        &self,
        articles: u64,
        statements: u64,
        seconds: f64,
        memory: u64,
        stages: Vec<(&'static str, f64)>,
    ) {
        *self.plan.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = stages.into_iter().collect();
        let counts = format!("{} articles, {} statements", HumanCount(articles), HumanCount(statements));
        match self.kind {
            ProgressKind::Json => json(&serde_json::json!({
                "event": "estimate",
                "articles": articles,
                "statements": statements,
                "seconds": seconds.round(),
                "memory_bytes": memory,
            })),
            _ => self.note(&format!("{counts}: about {} and {}", time(seconds), DecimalBytes(memory))),
        }
        if let Some(free) = system::free_memory().filter(|free| *free < memory) {
            let text = format!(
                "this takes about {} of memory, and {} are free: split the input",
                DecimalBytes(memory),
                DecimalBytes(free)
            );
            self.warn(&text);
        }
    }

    fn begin(&self, stage: &'static str, total: Option<u64>) {
        let now = Instant::now();
        let planned = self.plan.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).get(stage).copied();
        let bar = (self.kind == ProgressKind::Auto).then(|| bar(stage, total, planned));
        let under_way = UnderWay { began: now, said: now, done: 0, total, planned, bar };
        if self.kind == ProgressKind::Json {
            json(&under_way.line("started", stage));
        }
        self.with_stages(|stages| drop(stages.insert(stage, under_way)));
    }

    fn advance(&self, name: &'static str, by: u64) {
        self.with_stages(|stages| {
            let Some(stage) = stages.get_mut(name) else { return };
            stage.done += by;
            if let Some(bar) = &stage.bar {
                bar.inc(by);
            }
            let pause = if self.kind == ProgressKind::Json { JSON_PAUSE } else { PLAIN_PAUSE };
            if stage.said.elapsed() < pause {
                return;
            }
            stage.said = Instant::now();
            match self.kind {
                ProgressKind::Json => json(&stage.line("progress", name)),
                ProgressKind::Plain => say(&stage.plain(name)),
                ProgressKind::Auto | ProgressKind::None => {}
            }
        });
    }

    fn finish(&self, name: &'static str, seconds: f64) {
        self.with_stages(|stages| {
            let Some(mut stage) = stages.remove(name) else { return };
            if let Some(bar) = &stage.bar {
                bar.finish_and_clear();
            }
            stage.done = stage.total.unwrap_or(stage.done);
            match self.kind {
                ProgressKind::Json => json(&Line { eta: Some(0.0), ..stage.line("finished", name) }),
                ProgressKind::Plain => say(&format!("{name}: {seconds:.2} s")),
                ProgressKind::Auto | ProgressKind::None => {}
            }
        });
    }

    fn with_stages(&self, work: impl FnOnce(&mut HashMap<&'static str, UnderWay>)) {
        work(&mut self.stages.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
    }
}

impl Reporter for Teller {
    fn report(&self, event: Event) {
        if self.quiet {
            return;
        }
        match event {
            Event::Started { stage, total } => self.begin(stage, total),
            Event::Advanced { stage, by } => self.advance(stage, by),
            Event::Finished { stage, seconds } => self.finish(stage, seconds),
            Event::Estimate { articles, statements, seconds, memory_bytes, stages } => {
                self.estimate(articles, statements, seconds, memory_bytes, stages);
            }
            Event::Warning(warning) => self.warn(&remedy::warning(&warning)),
        }
    }
}

fn bar(stage: &'static str, total: Option<u64>, planned: Option<f64>) -> ProgressBar {
    let style =
        |template| ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = match total {
        Some(total) => ProgressBar::new(total)
            .with_style(style("{msg:18} {wide_bar} {human_pos}/{human_len}, {eta} left")),
        None => ProgressBar::new_spinner().with_style(style("{msg:18} {spinner} {elapsed}{prefix}")),
    };
    if let Some(planned) = planned {
        bar.set_prefix(format!(" of about {}", time(planned)));
    }
    bar.set_message(stage);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn json<T: Serialize>(value: &T) {
    if let Ok(line) = serde_json::to_string(value) {
        say(&line);
    }
}

/// A line on standard error; nobody reading it is no reason to stop.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_the_pace_then_the_plan() {
        let began = Instant::now().checked_sub(Duration::from_secs(10)).unwrap();
        let stage = |done, total, planned| UnderWay { began, said: began, done, total, planned, bar: None };
        let eta = |stage: UnderWay| stage.eta().map(|eta| eta.round());
        assert_eq!(eta(stage(25, Some(100), Some(99.0))), Some(30.0));
        assert_eq!(eta(stage(0, Some(100), Some(15.0))), Some(5.0));
        assert_eq!(eta(stage(0, None, Some(4.0))), Some(0.0));
        assert_eq!(eta(stage(0, None, None)), None);
        assert_eq!(stage(26, Some(1000), None).plain("quotes"), "quotes: 26 of 1,000, 6 minutes left");
    }
}
