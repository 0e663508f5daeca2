//! Outlets, and who follows whom, for the page.

use serde::Serialize;

use super::names::Names;
use crate::Tables;

/// outlet, articles, statements, reprints, narratives told first, alone, later, undecided.
#[derive(Serialize)]
pub(super) struct Outlet(i32, u64, u64, u64, u64, u64, u64, u64);

/// from, to, narratives, reprints, median delay in hours where there are enough cases.
#[derive(Serialize)]
pub(super) struct Flow(i32, i32, u64, u64, Option<f64>);

pub(super) fn outlets(tables: &Tables, names: &Names) -> Vec<Outlet> {
    let outlet = |row: &throughline_schema::tables::OutletRow| {
        Outlet(
            names.at(row.source.as_deref()),
            row.articles,
            row.statements,
            row.reprints,
            row.told_first,
            row.told_alone,
            row.told_later,
            row.undecided,
        )
    };
    tables.outlets.iter().map(outlet).collect()
}

pub(super) fn flows(tables: &Tables, names: &Names) -> Vec<Flow> {
    let flows = tables.flows.iter();
    flows
        .map(|row| {
            let delay = row.median_delay.map(|hours| (hours * 10.0).round() / 10.0);
            Flow(names.at(Some(&row.from)), names.at(Some(&row.to)), row.narratives, row.reprints, delay)
        })
        .collect()
}
