//! The migrations are embedded: a changed file rebuilds this crate.

fn main() {
    println!("cargo:rerun-if-changed=../../../migrations");
}
