//! A new migration is a new build: the migrations are compiled in.
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo:rerun-if-changed=../../../migrations");
}
