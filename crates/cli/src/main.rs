//! `throughline`: what the press says, from articles to narratives.

mod args;
mod boilerplate_file;
mod command_line;
mod commands;
mod config;
mod context;
mod failure;
mod hub;
mod leftovers;
mod model_folders;
mod numbers;
mod output;
mod progress;
mod remedy;
mod summary;
mod system;

use std::process::ExitCode;

fn main() -> ExitCode {
    leftovers::clear_on_interrupt();
    failure::catch_bugs(|| {
        let call = match config::parse(std::env::args_os()) {
            Ok(call) => call,
            Err(failure) => return failure.report(),
        };
        match command_line::run(call) {
            Ok(()) => ExitCode::from(throughline_schema::exit::DONE),
            Err(error) => failure::Failure::from(error).report(),
        }
    })
}
