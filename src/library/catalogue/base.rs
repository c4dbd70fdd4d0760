//! What the YAML files say, taken out of them: facts of folders, and the records of the registries.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Base, Facts, Registries};
use crate::id::Id;
use crate::library::convert;
use crate::library::fields::{Fields, place};
use crate::library::indexes::{Indexes, Sheet};
use crate::library::problem::{Place, Problem};
use crate::library::record::LIKELIHOOD_SCALES;
use crate::library::yaml::{Node, Value};
use crate::text::Text;

impl Indexes {
    /// All that they say but of single Markdown files; `problems` are those of reading them.
    pub(super) fn base(&self, mut problems: Vec<Problem>) -> Base {
        let registries = self.registries(&mut problems);
        let facts = |sheet: &Sheet| Facts {
            title: sheet.line("title"),
            description: sheet.line("description"),
            marking: sheet.line("marking"),
            lang: sheet.line("lang"),
        };
        let folders = self.folders.iter().map(|(path, sheet)| (path.clone(), facts(sheet))).collect();
        let root = self.folders.get("").and_then(|sheet| Some((sheet, sheet.node.as_ref()?)));
        let likelihood_scale = root.and_then(|(sheet, node)| {
            Fields::of(&sheet.file, node, &mut problems).word("likelihood_scale", &LIKELIHOOD_SCALES)
        });
        let single = self.single.clone();
        Base { problems, folders, registries, single, likelihood_scale, others: Vec::new() }
    }

    /// The records of the registries and the packets of the indexes.
    fn registries(&self, problems: &mut Vec<Problem>) -> Registries {
        let mut all = Registries::default();
        let records = |key| self.records_of(key);
        take(&mut all.actors, records("actors"), problems, (convert::actor, |it| (&it.id, &it.place)));
        take(&mut all.topics, records("topics"), problems, (convert::topic, |it| (&it.id, &it.place)));
        take(&mut all.claims, records("claims"), problems, (convert::claim, |it| (&it.id, &it.place)));
        take(&mut all.events, records("events"), problems, (convert::event, |it| (&it.id, &it.place)));
        take(&mut all.sources, records("sources"), problems, (convert::source, |it| (&it.id, &it.place)));
        take(&mut all.terms, records("glossary"), problems, (convert::term, |it| (&it.id, &it.place)));
        take(&mut all.packets, records("packets"), problems, (convert::packet, |it| (&it.id, &it.place)));
        all
    }
}

/// How a record is read, and what it is then called by and where it stands.
type Form<T> = (fn(&mut Fields<'_, '_>, &Place) -> Option<T>, fn(&T) -> (&Id, &Place));

/// Takes in records. An id that is taken is an error of the later record.
fn take<T>(
    map: &mut BTreeMap<String, T>,
    records: Vec<(&Arc<Text>, &Node)>,
    problems: &mut Vec<Problem>,
    (convert, named): Form<T>,
) {
    for (file, node) in records {
        let place = place(file, node);
        if !matches!(node.value, Value::Map(_)) {
            problems.push(Problem::error(place, "this record is no map").help("write it as `key: value`"));
            continue;
        }
        let mut fields = Fields::of(file, node, problems);
        let Some(record) = convert(&mut fields, &place) else { continue };
        let (id, place) = named(&record);
        if let Some(first) = map.get(&id.slug) {
            let first = named(first).1;
            let message = format!("the id `{}` is taken, at {first}; this record is not read", id.slug);
            problems.push(Problem::error(place.clone(), message).help("write another `id`"));
        } else {
            map.insert(id.slug.clone(), record);
        }
    }
}
