//! The page of a run without any article: `cargo run -p throughline-report --example empty_page > page.html`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use throughline_report::{Tables, render};
use throughline_schema::manifest::Manifest;

fn main() {
    let manifest = Manifest::default();
    let page = render(&Tables {
        manifest: &manifest,
        articles: &[],
        statements: &[],
        quotes: &[],
        speakers: &[],
        outlets: &[],
        flows: &[],
        duplicates: &[],
        pairs: &[],
        themes: &[],
        timeline: &[],
        members: &[],
        narratives: &[],
        bundles: &[],
        narrative_members: &[],
        places: &[],
    });
    print!("{page}");
}
