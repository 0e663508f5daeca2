//! The report of a run: its tables drawn as one page.

use serde::de::DeserializeOwned;
use throughline_clustering::layout::layout;
use throughline_report::{Tables, render};
use throughline_schema::Unit;
use throughline_schema::table::Record;
use throughline_schema::tables::DuplicatePairRow;
use throughline_tabular::Run;

use crate::PipelineError;
use crate::map::statement_vectors;
use crate::progress::{Reporter, Stage};

/// The page of a run, from nothing but its tables. The map is laid out here, with the run's seed.
///
/// # Errors
/// A table of the run is missing or damaged.
pub fn report(run: &Run, reporter: &dyn Reporter) -> Result<String, PipelineError> {
    let _stage = Stage::begin(reporter, "report", None);
    let places = places(run)?;
    let mut duplicates: Vec<DuplicatePairRow> = run.read()?;
    duplicates.retain(|pair| pair.unit == Unit::Statement);
    Ok(render(&Tables {
        manifest: &run.manifest,
        articles: &run.read()?,
        statements: &run.read()?,
        quotes: &run.read()?,
        speakers: &read_if_any(run)?,
        outlets: &read_if_any(run)?,
        flows: &read_if_any(run)?,
        duplicates: &duplicates,
        pairs: &run.read()?,
        themes: &run.read()?,
        timeline: &read_if_any(run)?,
        members: &run.read()?,
        narratives: &run.read()?,
        bundles: &read_if_any(run)?,
        narrative_members: &run.read()?,
        places: &places,
    }))
}

/// The rows of a table that runs of older versions lack.
fn read_if_any<T: Record + DeserializeOwned>(run: &Run) -> Result<Vec<T>, PipelineError> {
    let any = run.tables().any(|name| name == T::TABLE.name);
    Ok(if any { run.read()? } else { Vec::new() })
}

/// Where each statement lies on the map.
fn places(run: &Run) -> Result<Vec<(String, [f32; 2])>, PipelineError> {
    let (ids, vectors) = statement_vectors(run)?;
    let map = layout(vectors.view(), run.manifest.seed);
    Ok(ids.into_iter().zip(map.rows()).map(|(id, place)| (id, [place[0], place[1]])).collect())
}
