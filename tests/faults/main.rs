//! Nothing lost, nothing sent twice: the proof, small. `cargo xtask bench faults` runs it large.

mod simulation;
