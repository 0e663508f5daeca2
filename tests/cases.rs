//! Golden outputs of the program: each `.trycmd` in `tests/cases` is a session in a terminal, held in the folder of its
//! name with `.in`. `just refresh-docs` writes what the program says now; read the difference before you keep it.

use std::path::Path;

#[test]
fn sessions() {
    trycmd::TestCases::new()
        .register_bin("throughline", Path::new(env!("CARGO_BIN_EXE_throughline")))
        .env("THROUGHLINE_MODELS", env!("CARGO_TARGET_TMPDIR"))
        .env("THROUGHLINE_CACHE", "")
        .env("COLUMNS", "100")
        .case("../../tests/cases/*.trycmd")
        .case("README.md");
}
