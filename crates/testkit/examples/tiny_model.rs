//! A tiny model as files: `cargo run -p throughline-testkit --example tiny_model -- FOLDER`

use std::path::PathBuf;

use throughline_testkit::{Bert, write};

fn main() -> Result<(), &'static str> {
    let folder: PathBuf = std::env::args_os().nth(1).ok_or("name a folder")?.into();
    write(&folder, &Bert::default().make().files);
    Ok(())
}
