//! JSON for scripts: one document a command, every string exact, no character that acts on a terminal.

use std::io::{self, Write};

use serde::Serialize;

use crate::export::escaped;

/// Writes `value` over several lines, for one record.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", escaped(serde_json::to_string_pretty(value)?))
}

/// Writes an array with one value a line.
pub fn write_rows(values: impl IntoIterator<Item = impl Serialize>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "[")?;
    let mut end = "\n";
    for value in values {
        write!(out, "{end}{}", escaped(serde_json::to_string(&value)?))?;
        end = ",\n";
    }
    writeln!(out, "\n]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_is_an_array() {
        let mut out = Vec::new();
        write_rows(Vec::<u8>::new(), &mut out).unwrap();
        assert_eq!(serde_json::from_slice::<Vec<u8>>(&out).unwrap(), Vec::<u8>::new());
    }
}
