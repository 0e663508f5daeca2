//! Lets a program with the second engine find libtorch where it was linked against it.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Set by the engine's crate, which is there with the feature `rust-bert` only.
    if let Ok(folder) = std::env::var("DEP_THROUGHLINE_LIBTORCH_LIB") {
        println!("cargo:rustc-link-arg-bins=-Wl,-rpath,{folder}");
    }
}
