//! JSON for people too: what nests is indented, but only so deep, for a tree may be made to nest where each of its
//! lines would be mostly indent.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// Levels that are indented; what lies deeper stands on one line.
const LEVELS: usize = 24;

/// `value` as JSON over several lines.
pub fn indented(value: &impl Serialize) -> String {
    let mut json = Vec::new();
    let layers = Layers { pretty: PrettyFormatter::new(), flat: CompactFormatter, depth: 0 };
    // Every key is a string, and writing to memory cannot fail.
    let _written = value.serialize(&mut Serializer::with_formatter(&mut json, layers));
    String::from_utf8(json).unwrap_or_default()
}

struct Layers {
    pretty: PrettyFormatter<'static>,
    flat: CompactFormatter,
    depth: usize,
}

/// Hands on to the one formatter or the other, by how deep it is.
macro_rules! by_depth {
    ($($name:ident($($more:ident: $kind:ty),*);)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $more: $kind)*) -> io::Result<()> {
            if self.depth > LEVELS { self.flat.$name(writer $(, $more)*) } else { self.pretty.$name(writer $(, $more)*) }
        }
    )*};
}

impl Formatter for Layers {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.depth > LEVELS { self.flat.begin_array(writer) } else { self.pretty.begin_array(writer) }
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let flat = self.depth > LEVELS;
        self.depth -= 1;
        if flat { self.flat.end_array(writer) } else { self.pretty.end_array(writer) }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.depth > LEVELS { self.flat.begin_object(writer) } else { self.pretty.begin_object(writer) }
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let flat = self.depth > LEVELS;
        self.depth -= 1;
        if flat { self.flat.end_object(writer) } else { self.pretty.end_object(writer) }
    }

    by_depth! {
        begin_array_value(first: bool);
        end_array_value();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_is_not_deep_is_as_everyone_writes_it() {
        let value = json!({"a": [1, {"b": []}, {}], "c": {"d": null}});
        assert_eq!(indented(&value), serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn what_nests_deep_is_written_whole_and_takes_no_more_room_for_its_depth() {
        let deep = (0..50).fold(json!([1, {"x": 2}]), |inner, _| json!({"a": [inner, 3]}));
        let text = indented(&deep);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), deep);
        assert!(text.lines().all(|line| line.len() - line.trim_start().len() <= 2 * LEVELS));
    }
}
