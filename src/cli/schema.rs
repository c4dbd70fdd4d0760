//! `dossier schema`: the format as a JSON Schema, for editors that help to write YAML.
//!
//! Which keys there are and what they hold comes from the readers of the library, what they mean from the format's
//! own page. Draft 7, which editors know best.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::arguments::{Described, Schema};
use super::{Outcome, Stop, json};
use crate::library::format::{File, Key, Shape};

const FORMAT: &str = include_str!("../../docs/format.md");

pub fn run(schema: &Schema, out: &mut dyn Write) -> Result<Outcome, Stop> {
    json::write(&whole(file(schema.file)), out)?;
    Ok(Outcome::Fine)
}

fn file(described: Described) -> File {
    match described {
        Described::Index => File::Index,
        Described::FrontMatter => File::FrontMatter,
        Described::Actors => File::Actors,
        Described::Topics => File::Topics,
        Described::Claims => File::Claims,
        Described::Events => File::Events,
        Described::Sources => File::Sources,
        Described::Glossary => File::Glossary,
    }
}

/// The schema of a whole file; of a registry, a list of records, or a map with that list under its name.
fn whole(file: File) -> Value {
    let keys = file.keys();
    let mut schema = match file.registry() {
        None => record(&keys, file, true),
        Some(name) => {
            let list = json!({"type": "array", "items": record(&keys, file, true)});
            json!({"anyOf": [list, {"type": "object", "required": [name], "properties": {name: list}}]})
        }
    };
    if let Value::Object(schema) = &mut schema {
        schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        schema.insert("title".to_owned(), json!(format!("dossier: {}", name(file))));
    }
    schema
}

/// A record as a map. At the top of a file other keys are kept, within they are shown nowhere.
fn record(keys: &[Key], file: File, open: bool) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|it| (it.name.to_owned(), value(it, file))).collect();
    let required: Vec<&str> = keys.iter().filter(|it| it.required).map(|it| it.name).collect();
    let mut schema = json!({"type": "object", "properties": properties});
    if let Value::Object(schema) = &mut schema {
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        if !open {
            schema.insert("additionalProperties".to_owned(), json!(false));
            schema.insert("patternProperties".to_owned(), json!({"^x-": {}}));
        }
    }
    schema
}

/// What may stand under a key: nothing is always well, it is as if the key were not there.
fn value(key: &Key, file: File) -> Value {
    let text = json!({"type": ["string", "number", "boolean", "null"]});
    let mut schema = match &key.shape {
        Shape::Text => text,
        Shape::Date => json!({"type": ["string", "integer", "null"]}),
        Shape::Word(words) => {
            json!({"enum": words.iter().map(|it| json!(it)).chain([Value::Null]).collect::<Value>()})
        }
        Shape::Flag => json!({"enum": [true, false, "yes", "no", null]}),
        Shape::Texts => json!({"type": ["array", "string", "number", "boolean", "null"]}),
        Shape::Records { keys, short } => {
            // what an index lists are whole records, each described where its own file is
            let inside = inside(file, key.name);
            let record = record(keys, inside.unwrap_or(file), inside.is_some());
            several(&if *short { json!({"anyOf": [record, text]}) } else { record })
        }
    };
    let section = if file == File::FrontMatter { File::Index } else { file };
    if let (Value::Object(schema), Some(meaning)) = (&mut schema, meaning(section, key.name)) {
        schema.insert("description".to_owned(), json!(meaning));
    }
    schema
}

/// The file whose records an index holds under `key`.
fn inside(file: File, key: &str) -> Option<File> {
    let registry = File::REGISTRIES.into_iter().find(|it| it.registry() == Some(key));
    let briefings = (key == "briefings").then_some(File::FrontMatter);
    briefings.or(registry).filter(|_| file == File::Index)
}

fn several(one: &Value) -> Value {
    json!({"anyOf": [{"type": "array", "items": one}, one, {"type": "null"}]})
}

fn name(file: File) -> String {
    match file.registry() {
        Some(registry) => format!("{registry}.yaml"),
        None if file == File::Index => "index.yaml".to_owned(),
        None => "front matter".to_owned(),
    }
}

/// What the page of the format says of a key: the row of the table in the section of `file` that names it.
fn meaning(file: File, key: &str) -> Option<String> {
    let heading = match file.registry() {
        Some(registry) => registry.to_owned(),
        None => name(file),
    };
    let mut lines =
        FORMAT.lines().skip_while(|line| line.trim_start_matches(['#', ' ']).to_lowercase() != heading);
    let section = lines.by_ref().skip(1).take_while(|line| !line.starts_with('#'));
    let quoted = format!("`{key}`");
    let row = section.filter(|line| line.starts_with("| `")).find_map(|line| {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        cells.first()?.split(", ").any(|it| it == quoted).then_some(cells)
    })?;
    let [keys, kind, meaning] = row.as_slice() else { return None };
    let meaning = if meaning.is_empty() { kind } else { meaning };
    Some(format!("{keys}: {meaning}").replace('`', ""))
}
