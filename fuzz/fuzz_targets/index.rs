#![no_main]

use std::sync::Once;

#[path = "../targets.rs"]
#[allow(dead_code, reason = "the other targets")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // A fault of the engine is caught where it happens; only one that gets out is found here.
    static QUIET: Once = Once::new();
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    targets::index(data);
});
