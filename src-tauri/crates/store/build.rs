//! A new migration is a new build: the migrations are compiled in.

fn main() {
    println!("cargo:rerun-if-changed=../../../migrations");
}
