//! Articles in and tables out: JSON lines, CSV, Parquet, Arrow, text and HTML.
