//! Arguments to a command to an exit code; the one place that prints errors.

fn main() {}
