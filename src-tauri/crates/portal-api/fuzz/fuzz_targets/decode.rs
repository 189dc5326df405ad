//! Every decoder: the first byte chooses the operation, the rest is what a server might answer to it. Nothing may panic,
//! and no error may repeat what was sent.

#![no_main]

use libfuzzer_sys::fuzz_target;
use portal_api::Operation;

fuzz_target!(|data: &[u8]| {
    let Some((first, body)) = data.split_first() else { return };
    let operation = Operation::ALL[usize::from(*first) % Operation::ALL.len()];
    // The client refuses what is not UTF-8 before it decodes.
    let Ok(body) = std::str::from_utf8(body) else { return };
    if let Err(error) = operation.check(body) {
        let said = error.to_string();
        assert!(!said.contains("078-05-1120"), "{said}");
    }
});
