//! Nothing lost, nothing sent twice: the proof, small. `cargo xtask bench faults` runs it large.

mod kill;
mod pulling;
mod pulls;
mod simulation;
mod torn;
