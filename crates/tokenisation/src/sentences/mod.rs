//! Where sentences end inside a block of text.

pub(crate) mod boundary;
mod following;
mod inline;
pub(crate) mod legal;
pub(crate) mod lists;
mod mark;
pub(crate) mod quoted;
mod shortened;
mod unmarked;
