//! Progress and warnings on standard error.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use throughline_pipeline::{Event, Reporter};

use crate::args::ProgressKind;

/// Tells progress the way that was asked for.
pub struct Teller {
    kind: ProgressKind,
    quiet: bool,
    bars: Mutex<HashMap<&'static str, ProgressBar>>,
}

impl Teller {
    /// A teller; `auto` draws bars where standard error is a terminal.
    pub fn new(kind: ProgressKind, quiet: bool) -> Self {
        Self { kind, quiet, bars: Mutex::new(HashMap::new()) }
    }

    /// A line that a person should read, unless the user asked for silence.
    pub fn note(&self, text: &str) {
        match self.kind {
            _ if self.quiet => {}
            ProgressKind::Json => self.json(&serde_json::json!({"event": "note", "text": text})),
            _ => say(text),
        }
    }

    fn bar(&self, event: &Event) {
        let mut bars = self.bars.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match event {
            Event::Started { stage, total } => {
                let bar = match total {
                    Some(total) => ProgressBar::new(*total)
                        .with_style(style("{msg:20} {wide_bar} {pos}/{len} {eta} left")),
                    None => ProgressBar::new_spinner().with_style(style("{msg:20} {spinner} {elapsed}")),
                };
                bar.set_message(*stage);
                bar.enable_steady_tick(std::time::Duration::from_millis(200));
                bars.insert(stage, bar);
            }
            Event::Advanced { stage, by } => {
                if let Some(bar) = bars.get(stage) {
                    bar.inc(*by);
                }
            }
            Event::Finished { stage, .. } => {
                if let Some(bar) = bars.remove(stage) {
                    bar.finish_and_clear();
                }
            }
            Event::Warning { text } => say(&format!("warning: {text}")),
        }
    }

    fn json<T: serde::Serialize>(&self, value: &T) {
        if let Ok(line) = serde_json::to_string(value) {
            say(&line);
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// A line on standard error; nobody reading it is no reason to stop.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

impl Reporter for Teller {
    fn report(&self, event: Event) {
        match self.kind {
            _ if self.quiet => {}
            ProgressKind::None => {
                if let Event::Warning { text } = event {
                    say(&format!("warning: {text}"));
                }
            }
            ProgressKind::Json => self.json(&event),
            ProgressKind::Plain => match event {
                Event::Finished { stage, seconds } => say(&format!("{stage}: {seconds:.2} s")),
                Event::Warning { text } => say(&format!("warning: {text}")),
                Event::Started { .. } | Event::Advanced { .. } => {}
            },
            ProgressKind::Auto if std::io::stderr().is_terminal() => self.bar(&event),
            ProgressKind::Auto => {
                if let Event::Warning { text } = event {
                    say(&format!("warning: {text}"));
                }
            }
        }
    }
}
