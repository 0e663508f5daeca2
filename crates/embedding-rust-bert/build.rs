//! Lets the tests find libtorch where they were linked against it, and hands the place on to the program.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Set by torch-sys: libtorch's `lib` folder.
    let Ok(folder) = std::env::var("DEP_TCH_LIBTORCH_LIB") else { return };
    println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    println!("cargo:lib={folder}");
}
