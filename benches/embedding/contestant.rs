//! A process that takes turns, and what the system books to it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use serde_json::Value;

/// One contestant, waiting for its turn.
pub struct Contestant {
    /// What it is.
    pub name: String,
    child: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// Seconds from its start until it was ready, and what it said then.
    pub start: f64,
    /// Units a processor second of each turn, and a wall-clock second.
    pub speed: Vec<f64>,
    /// The same by the clock.
    pub wall: Vec<f64>,
}

/// A process with the given environment, pinned to `cores`.
pub fn pinned(cores: &str, program: &Path, args: &[String]) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", cores]).arg(program).args(args);
    command
}

impl Contestant {
    /// Starts it; it has one first vector when this returns.
    pub fn start(name: &str, mut command: Command) -> Self {
        let started = Instant::now();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("{name}: cannot start {command:?}: {e}"));
        let commands = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let mut made = Self {
            name: name.to_owned(),
            child,
            commands,
            answers,
            start: 0.0,
            speed: Vec::new(),
            wall: Vec::new(),
        };
        made.answer();
        made.start = started.elapsed().as_secs_f64();
        made
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|e| panic!("{} said {line:?}: {e}", self.name))
    }

    /// Has a command carried out.
    pub fn tell(&mut self, command: &str) -> Value {
        writeln!(self.commands.as_ref().unwrap(), "{command}").unwrap();
        self.answer()
    }

    /// One turn; `unit` is what its answer counts.
    pub fn turn(&mut self, unit: &str) {
        let (before, started) = (self.processor_seconds(), Instant::now());
        let answer = self.tell("turn");
        let wall = started.elapsed().as_secs_f64();
        let seconds = self.processor_seconds() - before;
        let units = answer[unit].as_f64().unwrap_or_else(|| panic!("{} said {answer}", self.name));
        self.speed.push(units / seconds);
        self.wall.push(units / wall);
    }

    /// Processor seconds of all its threads; it waits for a command now, so that they are all booked.
    fn processor_seconds(&self) -> f64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let nanoseconds = |task: fs::DirEntry| -> f64 {
            let booked = fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
            booked.split(' ').next().and_then(|time| time.parse().ok()).unwrap_or(0.0)
        };
        tasks.map(|task| nanoseconds(task.unwrap())).sum::<f64>() / 1e9
    }

    /// Highest resident memory in bytes.
    pub fn peak_memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0
    }
}

impl Drop for Contestant {
    fn drop(&mut self) {
        self.commands = None;
        let _ = self.child.wait();
    }
}
