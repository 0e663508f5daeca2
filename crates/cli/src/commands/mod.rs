//! One file per command: its arguments and what it does.

pub mod compare;
pub mod completions;
pub mod config;
pub mod duplicates;
pub mod embed;
pub mod evaluate;
pub mod export;
pub mod man;
pub mod models;
pub mod narratives;
mod params;
pub mod quotes;
pub mod report;
pub mod run;
pub mod schema;
pub mod similar;
pub mod statements;
pub mod stories;
pub mod themes;
