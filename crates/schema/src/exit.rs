//! Exit codes. Stable: scripts rely on them.

/// Done; also when the reader of our output closed the pipe.
pub const DONE: u8 = 0;
/// The input or the data was wrong.
pub const DATA: u8 = 1;
/// The command line was wrong.
pub const USAGE: u8 = 2;
/// A model is missing, damaged or of a kind that this engine does not run.
pub const MODEL: u8 = 3;
/// Something could not be read or written: permission, full disk, network (`models pull` only).
pub const IO: u8 = 4;
/// A bug in the program; the message asks for a report.
pub const BUG: u8 = 70;

/// Every code with what it means, for `--help` and the docs.
pub const ALL: [(u8, &str); 6] = [
    (DONE, "done; also when the reader of the output closed the pipe"),
    (DATA, "the input or the data was wrong"),
    (USAGE, "the command line was wrong"),
    (MODEL, "a model is missing, damaged or not supported"),
    (IO, "something could not be read or written"),
    (BUG, "a bug in the program; the message asks for a report"),
];
