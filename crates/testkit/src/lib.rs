//! For tests only: tiny models, made-up news with known answers, table comparers.
