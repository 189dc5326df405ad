//! Prints the TypeScript bindings of the contract; `cargo xtask gen` writes them to `ui/src/host/bindings.ts`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(desk::contract::typescript().as_bytes())
}
